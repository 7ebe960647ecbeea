"""What people record about weaving, as cells from which the reader finds the same people again."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.contributions.recording import new_entry
from nethealth.weaving.entries import conversation_cells, introduction_cells, weavers
from nethealth.workbook.added_rows import add_rows
from nethealth.workbook.name_lists.person_cells import person_cell
from nethealth.workbook.raw import RawTab, RawWorkbook
from nethealth.workbook.reader import read_workbook
from nethealth.workbook.records import Conversation, Workbook

TODAY = dt.date(2026, 6, 1)
READ_AT = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)


def raw(*members: tuple[str, str]) -> RawWorkbook:
    rows = [["Name", "Member ID"], *map(list, members)]
    return RawWorkbook(title="Sheet", tabs=(RawTab("Members", rows),), read_at=READ_AT)


def read(source: RawWorkbook) -> Workbook:
    return read_workbook(source, today=TODAY)


NETWORK = raw(("Ana Ruiz", "M-1"), ("Ana Ruiz", "M-2"), ("Bo Lind", "M-3"), ("Lind, Cy; MD", "M-4"))


def test_name_is_written_unless_others_have_it() -> None:
    workbook = read(NETWORK)
    assert person_cell("M-3", workbook) == "Bo Lind"
    assert {person_cell("M-1", workbook), person_cell("M-2", workbook)} == {"M-1", "M-2"}


def test_name_with_a_separator_is_written_as_its_id() -> None:
    assert person_cell("M-4", read(NETWORK)) == "M-4"


def test_conversation_reads_back_as_recorded() -> None:
    cells = conversation_cells(
        read(NETWORK), date=TODAY, weaver=" Wen ", member="M-2", introduced_to=("M-1", "M-3", "M-2", "M-4"),
        heard="Likes labs\nand visits ", follow_up="Send it", due=dt.date(2026, 6, 8),
    )  # fmt: skip
    entry = new_entry("sample", "Weaving", cells, author="", now=READ_AT)
    (found,) = read(add_rows(NETWORK, {"Weaving": [{**entry.cells, "Entry ID": entry.id}]})).weaving
    assert (found.date, found.weaver, found.member) == (TODAY, "Wen", "M-2")
    assert found.introduced_to == ("M-1", "M-3", "M-4")
    assert (found.what_we_heard, found.follow_up) == ("Likes labs\nand visits", "Send it")
    assert (found.due, found.entry_id) == (dt.date(2026, 6, 8), entry.id)


def test_introduction_is_made_or_not_now() -> None:
    workbook = read(NETWORK)
    cells = [
        introduction_cells(workbook, date=TODAY, weaver="Wen", one="M-1", other="M-3", is_made=is_made)
        for is_made in (True, False)
    ]
    assert [each["Introduction"] for each in cells] == ["Made", "Not now"]
    filled = [{name: cell for name, cell in each.items() if cell} for each in cells]
    made, not_now = (read(add_rows(NETWORK, {"Weaving": [each]})) for each in filled)
    assert [each.introduced_to for each in made.weaving] == [("M-3",)]
    assert not_now.weaving == ()
    assert [(each.member, each.other) for each in not_now.postponed] == [("M-1", "M-3")]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.from_regex(r"[A-Z][a-z]{2,8}( [A-Z][a-z]{2,8})?", fullmatch=True), min_size=2, max_size=5))
def test_every_person_is_found_again(names: list[str]) -> None:
    source = raw(*((name, f"K-{number}") for number, name in enumerate(names)))
    workbook = read(source)
    one, *others = workbook.people
    cells = conversation_cells(workbook, date=TODAY, weaver="Wen", member=one, introduced_to=others)
    filled = {name: cell for name, cell in cells.items() if cell}
    (found,) = read(add_rows(source, {"Weaving": [filled]})).weaving
    assert (found.member, set(found.introduced_to)) == (one, set(others))


def test_weavers_are_listed_once_the_latest_first() -> None:
    said = [("Wen", 1), ("Xu", 3), ("Wen", 2), ("", 4)]
    log = tuple(Conversation(date=dt.date(2026, 1, day), weaver=name, member="a") for name, day in said)
    assert weavers(Workbook(weaving=log)) == ["Xu", "Wen"]
