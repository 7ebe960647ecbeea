"""A pasted list of who came: certain names, doubtful ones with candidates, and the cell that they become."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nethealth.workbook.name_lists.attendee_list import attendees_cell, match_attendees
from nethealth.workbook.raw import RawTab, RawWorkbook
from nethealth.workbook.reader import read_workbook
from nethealth.workbook.records import Person, Workbook

MEMBERS = [
    ["Name", "Member ID", "Organization", "Show on map"],
    ["Ana Ruiz", "M1", "North HS", ""],
    ["Ana Ruiz", "M2", "South HS", ""],
    ["Carla Wynn", "M3", "", ""],
    ["Ben Okafor", "M4", "", ""],
    ["Hidden Hart", "M5", "", "no"],
]


def book(*convening: str) -> Workbook:
    tabs = [RawTab("Members", MEMBERS)]
    if convening:
        tabs.append(RawTab("Convenings", [["Date", "Title", "Attendees"], list(convening)]))
    import datetime as dt

    return read_workbook(RawWorkbook(title="x", tabs=tabs, read_at=dt.datetime(2026, 11, 30, tzinfo=dt.UTC)))


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Carla Wynn (she/her)\niPhone (Ben Okafor)", ["M3", "M4"]),
        ("1. Wynn, Carla\n2. carla wynn", ["M3"]),
        ("Ana Ruiz (South HS); M1", ["M2", "M1"]),
        ("Carla Wynn <carla@example.org>", ["M3"]),
        ("", []),
    ],
)
def test_names_as_typed_in_meetings_are_certain(text: str, people: list[str]) -> None:
    found = match_attendees(text, workbook=book())
    assert [book().people[key].member_id for key in found.people] == people
    assert found.doubtful == ()


def test_shared_and_misspelled_names_are_in_doubt() -> None:
    found = match_attendees("Ana Ruiz\nCarla Win\nana ruiz\nXyzzy\nHiden Hart", workbook=book())
    assert found.people == ()
    by_name = {each.name: [book().people[key].member_id for key in each.candidates] for each in found.doubtful}
    assert by_name == {"Ana Ruiz": ["M1", "M2"], "Carla Win": ["M3"], "Xyzzy": [], "Hiden Hart": []}


@pytest.mark.parametrize(
    ("text", "in_doubt"),
    [
        ("Carla Wynn; Ben Okafor, Zed Moss", ["Zed Moss"]),
        ("Zed, Carla Wynn; Ben Okafor", ["Zed"]),
        ("Carla Wynn, Zed Moss\nBen Okafor", ["Zed Moss"]),
        ("Carla Wynn, Zed Moss; Moss, Zoe; Ben Okafor", ["Zed Moss", "Moss, Zoe"]),
        ("Ben Okafor | Carla Wynn, Zed; Moss", ["Zed", "Moss"]),
        ("Carla Wynn, South HS; Ben Okafor, PhD", []),
        ("Carla Wynn, North Park Elementary\nBen Okafor, principal", []),
        ("Wynn, Carla; Okafor, Ben", []),
    ],
)
def test_list_of_mixed_separators_loses_no_name(text: str, in_doubt: list[str]) -> None:
    found = match_attendees(text, workbook=book())
    assert sorted(book().people[key].member_id or "" for key in found.people) == ["M3", "M4"]
    assert [each.name for each in found.doubtful] == in_doubt


def test_addresses_are_not_kept() -> None:
    found = match_attendees("eve@example.org\nBen Okafor ben@example.org", workbook=book())
    assert (found.addresses, len(found.people), found.doubtful) == (2, 1, ())


def test_cell_reads_back_as_the_same_people() -> None:
    people = list(book().people)
    cell = attendees_cell(people, ["Eve; the guest", "Eve the guest", " "], book())
    workbook = book("2026-11-01", "Fall", cell)
    (read,) = workbook.convenings
    assert (read.attendees, read.attended) == (tuple(people), 6.0)
    assert not workbook.problems


@given(st.text(max_size=60))
def test_every_name_is_certain_or_in_doubt(text: str) -> None:
    workbook = Workbook(people={"a": Person(key="a", name="Ana Ruiz")})
    found = match_attendees(f"Ana Ruiz\n{text}", workbook=workbook)
    assert found.people == ("a",) or found.doubtful
    assert attendees_cell(found.people, [each.name for each in found.doubtful], workbook) is not None
