from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from nethealth.infrastructure import MEASURES, TookPart, engagement
from nethealth.workbook.records import (
    Connection,
    EmergentActivity,
    Gathering,
    Person,
    Settings,
    Spell,
    SurveyResponse,
    Wave,
    WeavingTalk,
    Workbook,
)
from nethealth.workbook.vocabulary import HeardThrough, Kind

D = dt.date
TODAY = D(2025, 6, 30)
LONG_AGO = D(2020, 1, 1)


def member(key: str, *, joined: D | None = LONG_AGO, left: D | None = None, **more: object) -> Person:
    return replace(Person(key=key, name=key, spells=(Spell(joined, left),) if joined or left else ()), **more)


def book(*names: str, **more: object) -> Workbook:
    return Workbook(people={name: member(name) for name in names}, today=TODAY, **more)  # type: ignore[arg-type]


def test_each_way_of_taking_part_worked_by_hand() -> None:
    people = ("Ada", "Ben", "Cleo", "Dan", "Eve", "Fay", "Gus", "Hal", "Ivy", "Jo")
    told = engagement(
        book(
            *people,
            connections=(
                Connection(source="Ada", target="Ben", date=D(2025, 1, 1)),
                Connection(source="Hal", target="Ivy", date=D(2024, 6, 29)),  # a day too long ago
                Connection(source="Ivy", target="Jo"),  # undated
                Connection(source="Ada", target="Cleo", date=D(2024, 6, 30), heard_through=HeardThrough.STAFF),
            ),
            convenings=(
                Gathering(date=D(2025, 3, 1), title="Spring", attendees=("Dan", "Ada")),
                Gathering(date=D(2025, 7, 1), title="Summer", attendees=("Jo",)),  # lies ahead
            ),
            activities=(Gathering(date=D(2025, 3, 2), title="Call", attendees=("Eve",)),),
            weaving=(WeavingTalk(date=D(2025, 4, 1), weaver="Staff", member="Fay", introduced_to=("Gus",)),),
            responses=(
                SurveyResponse(wave="S1", answers={}, respondent="Hal"),  # of a wave within the time
                SurveyResponse(wave="S1", answers={}, date=D(2023, 1, 1), respondent="Jo"),  # its own date holds
                SurveyResponse(wave=None, answers={}, date=TODAY),
            ),
            waves=(Wave(name="S1", date=D(2025, 2, 1)),),
            emergent=(
                EmergentActivity(name="Lesson study", collaborators=("Ivy",), started=D(2024, 6, 30)),
                EmergentActivity(name="Old", collaborators=("Jo",), started=D(2020, 1, 1)),
            ),
        ),
        as_of=TODAY,
    )
    assert (told.members, told.engaged, told.engaged_share) == (10, 9, 0.9)
    assert told.quiet == ("Jo",)
    assert told.by_way == {
        TookPart.TIE: 3,
        TookPart.CONVENING: 2,
        TookPart.ACTIVITY: 1,
        TookPart.WEAVING: 2,
        TookPart.SURVEY: 1,
        TookPart.COLLABORATION: 1,
    }
    assert told.as_json() == {"as_of": "2025-06-30", "within_months": 12, "engaged": 9, "engaged_share": 0.9}


def test_only_members_of_that_day_count() -> None:
    everyone = (
        member("Ada"),
        member("Ben", left=D(2025, 6, 29)),
        member("Cleo", joined=None),
        member("Dan", joined=D(2025, 7, 1)),
        member("Guest", is_guest=True),
        member("Lakeside School", kind=Kind.ORGANIZATION),
        member("Hidden", on_map=False),
    )
    gathering = Gathering(date=D(2025, 1, 1), title="All", attendees=("Ada", "Ben", "Cleo", "Dan", "Guest"))
    told = engagement(Workbook(people={one.key: one for one in everyone}, convenings=(gathering,)), as_of=TODAY)
    assert (told.members, told.engaged) == (3, 1)
    assert told.engaged_share == pytest.approx(1 / 3)
    assert told.quiet == ("Lakeside School",)  # Hidden is counted, never listed


def test_the_months_are_as_set() -> None:
    gathering = Gathering(date=D(2025, 1, 1), title="All", attendees=("Ada",))
    half = book("Ada", convenings=(gathering,), settings=Settings(engaged_within_months=3))
    assert engagement(half, as_of=TODAY).engaged == 0
    assert engagement(half, as_of=TODAY, within_months=6).engaged == 1


def test_undefined_is_none() -> None:
    nobody = engagement(Workbook(people={"Ada": member("Ada", joined=None)}), as_of=TODAY)
    assert (nobody.engaged, nobody.engaged_share) == (None, None)
    gone = engagement(Workbook(people={"Ada": member("Ada", left=D(2021, 1, 1))}), as_of=TODAY)
    assert (gone.engaged, gone.engaged_share) == (0, None)
    for measure in MEASURES["engagement"]:
        assert measure.compute(gone) == gone.as_json()[measure.id]
