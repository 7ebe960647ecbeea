"""What the room becomes besides connections: attendees of a convening, and people to seat."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from nethealth.live.connections import read_room
from nethealth.live.listed_people import guest, with_person
from nethealth.ui.live.connections.control import convening_of, missing_attendees
from nethealth.workbook.records import Gathering, Person, Workbook
from tests.ui.live.rooms import TODAY, answers_in, known_network, session_in

DAY = dt.timedelta(days=1)


def convening(title: str, day: dt.date | None, *attendees: str, row: str = "r1") -> Gathering:
    return Gathering(title=title, date=day, attendees=attendees, row_id=row)


def book(*convenings: Gathering) -> Workbook:
    return replace(known_network(), convenings=convenings)


@pytest.mark.parametrize(
    ("convenings", "row"),
    [
        ([], None),
        ([convening("fall  RETREAT", TODAY - DAY, row="a"), convening("Other", TODAY, row="b")], "a"),
        ([convening("Fall retreat", TODAY - 9 * DAY), convening("Other", TODAY, row="b")], "b"),
        ([convening("One", TODAY), convening("Two", TODAY, row="b")], None),
        ([convening("Fall retreat", None), convening("Old", TODAY - DAY, row="b")], None),
    ],
)
def test_convening_is_the_one_of_that_name_or_the_only_one_of_the_day(
    convenings: list[Gathering], row: str | None
) -> None:
    workbook = book(*convenings)
    found = convening_of(session_in(workbook), workbook)
    assert (found and found.row_id) == row


def test_people_who_are_attendees_already_are_not_missing() -> None:
    workbook = book(convening("Fall retreat", TODAY, "m0", "Zoe"))
    workbook = replace(workbook, people={**workbook.people, "Zoe": Person(key="Zoe", name="Zoe", is_guest=True)})
    session = session_in(workbook)
    zoe, yan = (guest(name, session="s") for name in ("zoe", "Yan"))
    session = replace(session, setup=with_person(with_person(session.setup, zoe), yan))
    answers = answers_in(session, "01")
    for one in (zoe, yan):
        answers[one.key] = {"me": replace(answers["0"]["me"], phone=one.key, value={"person": one.key})}
    room = read_room(session, answers)
    missing = missing_attendees(session, room, convening_of(session, workbook), workbook)
    assert {each.name for each in missing} == {"Ben Li", "Yan"}
    assert len(missing_attendees(session, room, None, workbook)) == 4
