"""Delivery: each entry once, in the right columns, whatever Google and people do meanwhile."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import settings

from nethealth.contributions.delivery import Outcome, Timing, deliver_once
from nethealth.contributions.entries import Entry, EntryState, new_entry_id
from nethealth.contributions.journal import Journal
from nethealth.errors import ConnectionFailed, QuotaExceeded, SheetNotEditable
from tests.contributions.delivery_machine import DeliveryMachine
from tests.contributions.grid_writer import Fault, GridSheet
from tests.sources import sheet_grid
from tests.sources.sheet_grid import Sheet

KEY = "sheet:a"
DAY = dt.date(2026, 11, 30)
HEADERS = ["Date", "Weaver", "Member", "What we heard", "Due", "Entry ID"]


@dataclass
class Network:
    """A journal, a Google Sheet, and a clock that tests move."""

    journal: Journal
    grid: GridSheet
    time: float = 1_800_000_000.0
    timing: Timing = field(default_factory=Timing)

    def make(self, member: str = "Ana", *, tab: str = "Weaving", **cells: Any) -> Entry:
        """Make an entry."""
        if tab == "Weaving":
            cells = {"Date": DAY, "Weaver": "Bo", "Member": member, **cells}
        self.time += 1
        recorded_at = dt.datetime.fromtimestamp(self.time, dt.UTC)
        return Entry(id=new_entry_id(), workbook=KEY, tab=tab, cells=cells, recorded_at=recorded_at)

    def record(self, member: str = "Ana", *, tab: str = "Weaving", **cells: Any) -> Entry:
        """Make an entry and record it."""
        entry = self.make(member, tab=tab, **cells)
        self.journal.record([entry])
        return entry

    def deliver(self, *, holder: str = "one") -> Outcome:
        """Run one cycle."""
        return deliver_once(
            self.journal,
            KEY,
            holder=holder,
            open_writer=self.grid.open,
            timing=self.timing,
            now=lambda: self.time,
        )

    def settle(self) -> None:
        """Let all that was sent happen, and its time pass."""
        self.grid.finish_late()
        self.time += self.timing.settle + 1

    def state(self, entry: Entry) -> EntryState:
        """The state of an entry."""
        found = self.journal.entry(entry.id)
        assert found is not None
        return found.state

    def reason(self, entry: Entry) -> str:
        """Why an entry waits."""
        found = self.journal.entry(entry.id)
        assert found is not None
        return found.reason

    def rows(self, title: str = "Weaving") -> list[dict[str, Any]]:
        """The filled cells of each row of a tab, by header."""
        headers, *rows = self.grid.sheet.tabs[title]
        return [{str(headers[at]): cell for at, cell in enumerate(row) if cell not in ("", None)} for row in rows]

    def members(self, title: str = "Weaving") -> list[Any]:
        """The Member of each row."""
        return [row.get("Member") for row in self.rows(title)]


@pytest.fixture
def network() -> Iterator[Network]:
    grid = GridSheet(Sheet(tabs={"Weaving": [[*HEADERS], [46000, "Bo", "typed by staff"]]}))
    journal = Journal("sqlite://", now=lambda: made.time)
    made = Network(journal, grid)
    grid.now = lambda: made.time
    yield made
    journal.close()


def test_many_entries_go_in_one_append(network: Network) -> None:
    entries = [network.make(f"M{at}") for at in range(300)]
    network.journal.record(entries)
    outcome = network.deliver()
    assert outcome == Outcome(delivered=300, requests=4)
    assert network.grid.requests.count("append") == 1
    assert network.members() == ["typed by staff", *(f"M{at}" for at in range(300))]
    assert {network.state(entry) for entry in entries} == {EntryState.DELIVERED}


def test_cells_stand_under_their_headers_and_run_nothing(network: Network) -> None:
    network.grid.sheet.tabs["Weaving"][0] = ["Entry ID", "Member", "", "What we heard", "Due", "Weaver", "Date"]
    network.grid.sheet.tabs["Weaving"][1] = ["", "typed by staff", "x", "", "", "Bo", 46000]
    entry = network.record("=HYPERLINK(1) 🌱", **{"What we heard": "007", "Due": DAY})
    network.deliver()
    assert network.rows()[1] == {
        "Date": 46356,
        "Weaver": "Bo",
        "Member": "=HYPERLINK(1) 🌱",
        "What we heard": "007",
        "Due": 46356,
        "Entry ID": entry.id,
    }
    assert network.grid.sheet.formulas == []


def test_table_may_start_anywhere(network: Network) -> None:
    tabs = network.grid.sheet.tabs
    tabs["Weaving"] = [["Our log"], [], ["", "", *HEADERS], ["", "", 46000, "Bo", "typed by staff"], [], ["", "", 1]]
    entry = network.record()
    network.deliver()
    assert tabs["Weaving"][4:] == [[], ["", "", 1], ["", "", 46356, "Bo", "Ana", "", "", entry.id]]


def test_dates_get_a_date_format(network: Network) -> None:
    network.record("Ana", Due=DAY)
    network.record("Cy")
    network.deliver()
    formats = network.grid.sheet.look("Weaving").formats
    places = {(place["startRowIndex"], place["endRowIndex"], place["startColumnIndex"]) for place, _ in formats}
    assert places == {(2, 4, 0), (2, 3, 4)}


def test_missing_tab_and_column_are_created_as_the_template_would(network: Network) -> None:
    entry = network.record("Ana", **{"Follow-up": "call"})
    garden = network.record(tab="Emergent activity", Name="Garden", Collaborators="Ana; Bo")
    network.deliver()
    assert network.rows()[1]["Follow-up"] == "call"
    assert network.rows("Emergent activity") == [{"Name": "Garden", "Collaborators": "Ana; Bo", "Entry ID": garden.id}]
    assert network.grid.sheet.look("Emergent activity").frozen_rows == 1
    assert network.state(entry) is EntryState.DELIVERED
    assert len(network.grid.requests) <= 20


def test_adding_a_column_overwrites_none_that_moved_at_that_moment(network: Network) -> None:
    sheet = network.grid.sheet
    sheet.tabs["Weaving"] = [[*HEADERS, "Ours"], [46000, "Bo", "typed by staff", "", "", "", "x"]]
    entry = network.record("Ana", **{"Follow-up": "call"})
    network.grid.before["batch"] = [lambda: sheet_grid.insert_column(sheet, "Weaving", 2, "Mood")]
    network.deliver()
    assert network.rows()[0]["Ours"] == "x"
    assert network.rows()[1]["Follow-up"] == "call"
    assert network.state(entry) is EntryState.DELIVERED


@pytest.mark.parametrize("fault", [Fault.UNSENT, Fault.LOST, Fault.LATE])
def test_uncertain_entry_is_sent_again_only_if_a_later_reading_lacks_it(network: Network, fault: Fault) -> None:
    entry = network.record()
    network.grid.faults["append"] = [fault]
    outcome = network.deliver()
    assert isinstance(outcome.failure, ConnectionFailed)
    assert network.state(entry) is EntryState.UNCERTAIN
    for _ in range(3):  # too early to know
        network.deliver()
        network.time += 10
    assert network.grid.requests.count("append") == 1
    network.settle()
    network.deliver()
    assert network.members() == ["typed by staff", "Ana"]
    assert network.state(entry) is EntryState.DELIVERED
    assert network.grid.requests.count("append") == (2 if fault is Fault.UNSENT else 1)


def test_killed_after_sending_does_not_send_again(network: Network) -> None:
    entry = network.record()

    def die() -> None:
        raise KeyboardInterrupt

    network.grid.before["read"] = [lambda: None, die]
    with pytest.raises(KeyboardInterrupt):
        network.deliver()
    assert network.state(entry) is EntryState.UNCERTAIN
    network.deliver(holder="another")
    assert network.members() == ["typed by staff", "Ana"]
    assert network.state(entry) is EntryState.DELIVERED


def test_killed_before_sending_sends_later(network: Network) -> None:
    entry = network.record()

    def die() -> None:
        raise KeyboardInterrupt

    network.grid.before["append"] = [die]
    with pytest.raises(KeyboardInterrupt):
        network.deliver()
    network.settle()
    network.deliver()
    assert network.state(entry) is EntryState.DELIVERED
    assert network.members() == ["typed by staff", "Ana"]


def test_one_copy_delivers_at_a_time(network: Network) -> None:
    network.record()
    assert network.journal.take_lease(f"deliver {KEY}", holder="two", seconds=75)
    assert network.deliver(holder="one").is_taken
    assert network.grid.requests == []
    network.time += 76
    assert network.deliver(holder="one").delivered == 1


def test_copy_that_lost_its_lease_sends_nothing(network: Network) -> None:
    entry = network.record()

    def take_over() -> None:
        network.time += 100
        assert network.journal.take_lease(f"deliver {KEY}", holder="two", seconds=75)

    network.grid.before["read"] = [take_over]
    network.deliver(holder="one")
    assert "append" not in network.grid.requests
    assert network.state(entry) is EntryState.WAITING


def test_entry_undone_or_changed_meanwhile_is_sent_as_it_is_then(network: Network) -> None:
    undone, changed = network.record("undone"), network.record("before")
    network.grid.before["read"] = [
        lambda: network.journal.undo(undone.id),
        lambda: None,
    ]
    assert network.journal.edit(changed.id, {**changed.cells, "Member": "after"})
    network.deliver()
    assert network.members() == ["typed by staff", "after"]
    assert network.state(undone) is EntryState.UNDONE


@pytest.mark.parametrize(
    "edit",
    [
        lambda sheet: sheet_grid.insert_column(sheet, "Weaving", 0, "New"),
        lambda sheet: sheet_grid.move_column(sheet, "Weaving", 2, 0),
        lambda sheet: sheet_grid.move_column(sheet, "Weaving", 0, 5),
        lambda sheet: sheet_grid.move_column(sheet, "Weaving", 5, 1),
        lambda sheet: sheet_grid.insert_rows(sheet, "Weaving", 0, 2),
        lambda sheet: sheet_grid.rename_tab(sheet, "Weaving", "Weaving log"),
        lambda sheet: sheet.tabs["Weaving"][0].__setitem__(3, "What was said"),
    ],
)
def test_what_people_move_between_reading_and_writing_misplaces_nothing(network: Network, edit: Any) -> None:
    entry = network.record("Ana", **{"What we heard": "a lot", "Due": DAY + dt.timedelta(7)})
    network.grid.before["append"] = [lambda: edit(network.grid.sheet)]
    network.deliver()
    network.settle()
    network.deliver()
    (title,) = network.grid.sheet.tabs
    rows = network.grid.sheet.tabs[title]
    while "Weaver" not in rows[0]:
        assert not any(rows.pop(0))
    typed, sent = network.rows(title)
    assert typed == {"Date": 46000, "Weaver": "Bo", "Member": "typed by staff"}
    expected = {"Date": 46356, "Weaver": "Bo", "Member": "Ana", "Due": 46363, "Entry ID": entry.id}
    assert {name: cell for name, cell in sent.items() if name in expected} == expected
    assert "a lot" in sent.values()
    assert network.state(entry) is EntryState.DELIVERED


def test_row_that_moves_again_and_again_is_left(network: Network) -> None:
    entry = network.record()

    def swap() -> None:
        headers = network.grid.sheet.tabs["Weaving"][0]
        headers[1], headers[2] = headers[2], headers[1]

    network.grid.before["append"] = [swap]
    network.grid.before["update"] = [swap] * 9
    network.deliver()
    assert network.grid.requests.count("update") == 3
    assert network.state(entry) is EntryState.DELIVERED


def test_row_that_people_edit_at_once_stays_as_they_want_it(network: Network) -> None:
    network.record()
    network.grid.before["read"] = [lambda: None, lambda: network.grid.sheet.tabs["Weaving"][2].__setitem__(2, "Di")]
    network.deliver()
    assert network.members() == ["typed by staff", "Di"]
    assert "update" not in network.grid.requests


def test_row_that_people_pasted_themselves_is_not_sent(network: Network) -> None:
    entry = network.record()
    network.grid.sheet.tabs["Weaving"].append([46356, "Bo", "Ana", "", "", entry.id])
    assert network.deliver().delivered == 1
    assert "append" not in network.grid.requests


def test_change_of_an_entry_is_not_that_entry(network: Network) -> None:
    entry = network.record()
    network.grid.faults["append"] = [Fault.UNSENT]
    network.deliver()
    update = network.record(tab="Updates", Tab="Weaving", Row=entry.id, Field="Done", Value="yes", Date=DAY)
    network.settle()
    network.deliver()
    network.deliver()
    assert [row["Entry ID"] for row in network.rows()[1:]] == [entry.id]
    assert [(row["Row"], row["Entry ID"]) for row in network.rows("Updates")] == [(entry.id, update.id)]


def test_without_a_right_to_write_entries_wait_with_the_remedy(network: Network) -> None:
    entry = network.record()
    network.grid.faults["append"] = [Fault.VIEWER]
    outcome = network.deliver()
    assert isinstance(outcome.failure, SheetNotEditable)
    assert network.state(entry) is EntryState.WAITING
    assert "Editor" in network.reason(entry)
    assert network.deliver().delivered == 1
    assert network.reason(entry) == ""


def test_quota_passes_and_needs_no_reason(network: Network) -> None:
    entry = network.record()
    network.grid.faults["append"] = [Fault.REFUSED]
    assert isinstance(network.deliver().failure, QuotaExceeded)
    assert (network.state(entry), network.reason(entry)) == (EntryState.WAITING, "")


def test_protected_tab_keeps_only_its_own_entries(network: Network) -> None:
    entry_id = network.record(tab="Emergent activity", Name="Garden", Collaborators="Ana; Bo")
    sent = network.record("Ana", **{"Follow-up": "call"})
    network.grid.sheet.tabs["Emergent activity"] = [["Name", "Collaborators"]]
    network.grid.sheet.look("Emergent activity").protected.append({"range": {}})
    network.deliver()
    assert network.state(sent) is EntryState.DELIVERED
    assert network.state(entry_id) is EntryState.WAITING
    assert "protect" in network.reason(entry_id)


def test_two_columns_with_one_header_wait_for_someone_to_rename_one(network: Network) -> None:
    network.grid.sheet.tabs["Weaving"] = [["Date", "Weaver", "Member", "Member"], [1, "Bo", "Ana", "Cy"]]
    entry = network.record()
    outcome = network.deliver()
    assert network.state(entry) is EntryState.WAITING
    assert "Member" in network.reason(entry)
    assert outcome.again_in == network.timing.longest_wait


def test_one_row_that_google_refuses_keeps_no_other(network: Network) -> None:
    entries = [network.record(f"M{at}") for at in range(8)]
    bad = network.record("bad")
    network.grid.refuses = "bad"
    network.deliver()
    assert {network.state(entry) for entry in entries} == {EntryState.DELIVERED}
    assert network.state(bad) is EntryState.WAITING
    assert "refused" in network.reason(bad)


def test_clock_set_back_sends_nothing_twice(network: Network) -> None:
    entry = network.record()
    network.grid.faults["append"] = [Fault.LATE]
    network.deliver()
    network.time -= 86_400
    network.deliver()
    assert network.state(entry) is EntryState.UNCERTAIN
    network.settle()
    network.deliver()
    assert network.members() == ["typed by staff", "Ana"]


def test_nothing_to_deliver_asks_google_nothing(network: Network) -> None:
    assert network.deliver() == Outcome()
    assert network.grid.requests == []


def test_entries_of_an_hour_without_google_need_few_requests(network: Network) -> None:
    entries = [network.make(f"M{at}") for at in range(180)]
    entries += [network.make(tab="Connections", From=f"M{at}", To="Ana") for at in range(20)]
    entries += [network.make(tab="Emergent activity", Name=f"A{at}", Collaborators="Ana") for at in range(10)]
    network.journal.record(entries)
    network.grid.faults["read"] = [Fault.UNSENT] * 5
    while network.grid.faults["read"]:
        assert network.deliver().failure is not None
        network.time += 600
    network.grid.requests.clear()
    network.deliver()
    assert {entry.state for entry in network.journal.entries(KEY)} == {EntryState.DELIVERED}
    # Each reading takes two requests.
    assert len(network.grid.requests) + network.grid.requests.count("read") <= 20


class TestDeliveryMachine(DeliveryMachine.TestCase):  # type: ignore[name-defined,misc]
    """Whatever happens in whatever order; `python -m benchmarks delivery` tries many more."""

    settings = settings(max_examples=20, stateful_step_count=15)
