from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.infrastructure import METRICS, ParticipationKind, Period, engagement_by_period, summarize_engagement
from nethealth.workbook.records import (
    Connection,
    Conversation,
    EmergentActivity,
    Gathering,
    Person,
    Settings,
    Spell,
    SurveyResponse,
    Wave,
    Workbook,
)
from nethealth.workbook.schema.vocabulary import HeardThrough, Kind

D = dt.date
TODAY = D(2025, 6, 30)
LONG_AGO = D(2020, 1, 1)


def member(key: str, *, joined: D | None = LONG_AGO, left: D | None = None, **more: object) -> Person:
    return replace(Person(key=key, name=key, spells=(Spell(joined, left),) if joined or left else ()), **more)


def book(*names: str, **more: object) -> Workbook:
    return Workbook(people={name: member(name) for name in names}, today=TODAY, **more)  # type: ignore[arg-type]


def test_each_kind_of_participation() -> None:
    people = ("Ada", "Ben", "Cleo", "Dan", "Eve", "Fay", "Gus", "Hal", "Ivy", "Jo")
    result = summarize_engagement(
        book(
            *people,
            connections=(
                Connection(source="Ada", target="Ben", date=D(2025, 1, 1)),
                Connection(source="Hal", target="Ivy", date=D(2024, 6, 29)),  # one day too early
                Connection(source="Ivy", target="Jo"),  # undated
                Connection(source="Ada", target="Cleo", date=D(2024, 6, 30), heard_through=HeardThrough.STAFF),
            ),
            convenings=(
                Gathering(date=D(2025, 3, 1), title="Spring", attendees=("Dan", "Ada")),
                Gathering(date=D(2025, 7, 1), title="Summer", attendees=("Jo",)),  # in the future
            ),
            activities=(Gathering(date=D(2025, 3, 2), title="Call", attendees=("Eve",)),),
            weaving=(Conversation(date=D(2025, 4, 1), weaver="Staff", member="Fay", introduced_to=("Gus",)),),
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
    assert (result.members, result.engaged, result.engaged_share) == (10, 9, 0.9)
    assert result.by_kind == {
        ParticipationKind.TIE: 3,
        ParticipationKind.CONVENING: 2,
        ParticipationKind.ACTIVITY: 1,
        ParticipationKind.WEAVING: 2,
        ParticipationKind.SURVEY: 1,
        ParticipationKind.COLLABORATION: 1,
    }
    assert result.as_json() == {"as_of": "2025-06-30", "within_months": 12, "engaged": 9, "engaged_share": 0.9}


def test_only_members_on_the_day_count() -> None:
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
    result = summarize_engagement(
        Workbook(people={one.key: one for one in everyone}, convenings=(gathering,)), as_of=TODAY
    )
    assert (result.members, result.engaged) == (3, 1)
    assert result.engaged_share == pytest.approx(1 / 3)


def test_months_come_from_settings() -> None:
    gathering = Gathering(date=D(2025, 1, 1), title="All", attendees=("Ada",))
    for months, engaged in ((3, 0), (6, 1)):
        half = book("Ada", convenings=(gathering,), settings=Settings(engaged_within_months=months))
        assert summarize_engagement(half, as_of=TODAY).engaged == engaged


def test_no_members_gives_none() -> None:
    no_members = summarize_engagement(Workbook(people={"Ada": member("Ada", joined=None)}), as_of=TODAY)
    assert (no_members.engaged, no_members.engaged_share) == (None, None)
    gone = summarize_engagement(Workbook(people={"Ada": member("Ada", left=D(2021, 1, 1))}), as_of=TODAY)
    assert (gone.engaged, gone.engaged_share) == (0, None)
    for measure in METRICS["engagement"]:
        assert measure.value(gone) == gone.as_json()[measure.id]


def test_engagement_by_period() -> None:
    people = {"Ada": member("Ada"), "Ben": member("Ben", joined=D(2024, 3, 1), left=D(2025, 3, 31))}
    result = engagement_by_period(
        Workbook(
            people=people,
            convenings=(
                Gathering(date=D(2024, 2, 10), title="a", attendees=("Ada", "Ben")),
                Gathering(date=D(2024, 11, 1), title="b", attendees=("Ben",)),
            ),
            settings=Settings(engaged_within_months=6),
        ),
        period=Period.QUARTER,
        as_of=D(2025, 5, 1),
    )
    assert [(one.period, one.members, one.engaged) for one in result] == [
        ("2024-Q1", 2, 2),  # no earlier records
        ("2024-Q2", 2, 2),
        ("2024-Q3", 2, 0),  # February 10 is more than six months ago
        ("2024-Q4", 2, 1),
        ("2025-Q1", 2, 1),
        ("2025-Q2", 1, 0),  # Ben left
    ]
    assert (result[-1].partial, result[-1].last_day, result[-1].engaged_share) == (True, D(2025, 5, 1), 0.0)


def test_no_dated_records_gives_no_periods() -> None:
    assert engagement_by_period(book("Ada"), period=Period.MONTH, as_of=TODAY) == ()
    assert engagement_by_period(Workbook(), period=Period.MONTH, as_of=TODAY) == ()


@settings(max_examples=40, deadline=None)
@given(
    days=st.lists(st.tuples(st.sampled_from("abc"), st.dates(D(2021, 1, 1), D(2024, 12, 31))), max_size=9),
    stays=st.lists(st.tuples(st.dates(D(2020, 6, 1), D(2023, 1, 1)), st.integers(0, 900)), min_size=3, max_size=3),
    months=st.integers(1, 14),
    period=st.sampled_from(Period),
    as_of=st.dates(D(2022, 1, 1), D(2024, 12, 31)),
)
def test_periods_agree_with_their_last_days(
    days: list[tuple[str, D]], stays: list[tuple[D, int]], months: int, period: Period, as_of: D
) -> None:
    people = {
        key: member(key, joined=joined, left=joined + dt.timedelta(days=length))
        for key, (joined, length) in zip("abc", stays, strict=True)
    }
    gatherings = tuple(Gathering(date=day, title="x", attendees=(key,)) for key, day in days)
    workbook = Workbook(people=people, convenings=gatherings, settings=Settings(engaged_within_months=months))
    for one in engagement_by_period(workbook, period=period, as_of=as_of):
        alone = summarize_engagement(workbook, as_of=one.last_day)
        assert (one.members, one.engaged) == (alone.members, alone.engaged)
