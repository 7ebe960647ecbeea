"""Ties without the days and people that would reveal who reported them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.network.graph import network_at
from nethealth.privacy.tie_redaction import date_ties_by_wave, detach_hidden_people
from nethealth.workbook.records import Connection, Conversation, EmergentActivity, Gathering, Person, Wave, Workbook
from nethealth.workbook.schema.vocabulary import HeardThrough, WaveKind
from nethealth.workbook.waves import relationship_waves

TODAY = dt.date(2026, 6, 1)
FIRST, SECOND = dt.date(2025, 4, 30), dt.date(2026, 4, 30)


def asked(name: str, date: dt.date | None) -> Wave:
    return Wave(name=name, date=date, kinds=frozenset({WaveKind.RELATIONSHIPS}))


def book(*ties: Connection, **fields: object) -> Workbook:
    people = {key: Person(key=key, name=key) for key in "abcd"}
    waves = (asked("first", FIRST), asked("second", SECOND))
    return replace(Workbook(today=TODAY, people=people, waves=waves, connections=ties), **fields)  # type: ignore[arg-type]


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def test_reports_have_the_date_of_their_wave() -> None:
    before = Connection(source="a", target="b", wave="first", date=day("2025-04-17"))
    after = Connection(source="b", target="a", wave="first", date=day("2025-05-09"))
    undated = Connection(source="c", target="a", wave="first")
    assert {tie.date for tie in date_ties_by_wave(book(before, after, undated)).connections} == {FIRST}


def test_reports_of_an_undated_wave_have_its_latest_date() -> None:
    ties = [Connection(source="a", target=key, wave="odd", date=day(f"2026-05-0{n}")) for n, key in enumerate("bcd", 1)]
    assert {tie.date for tie in date_ties_by_wave(book(*ties)).connections} == {day("2026-05-03")}
    alone = replace(book(*ties), waves=(), connections=tuple(replace(tie, wave=None) for tie in ties))
    assert {tie.date for tie in date_ties_by_wave(alone).connections} == {day("2026-05-03")}


@pytest.mark.parametrize(
    ("met", "shown"),
    [("2025-03-01", FIRST), ("2025-05-01", SECOND), ("2026-04-30", SECOND), ("2026-05-05", TODAY), (None, None)],
)
def test_facts_have_the_date_of_the_first_wave_that_includes_them(met: str | None, shown: dt.date | None) -> None:
    date = None if met is None else day(met)
    fact = Connection(source="a", target="b", date=date, heard_through=HeardThrough.STAFF)
    conversation = Conversation(date=date, weaver="w", member="a", introduced_to=("c",))
    redacted = date_ties_by_wave(book(fact, weaving=(conversation,)))
    assert [tie.date for tie in redacted.connections] == [shown]
    assert [each.date for each in redacted.weaving] == [shown]


def test_planned_conversations_are_removed() -> None:
    planned = Conversation(date=TODAY + dt.timedelta(days=1), weaver="w", member="a")
    assert date_ties_by_wave(book(weaving=(planned,))).weaving == ()


DAYS = st.none() | st.dates(dt.date(2025, 1, 1), dt.date(2026, 12, 31))
SOURCES = st.sampled_from([None, HeardThrough.SURVEY, HeardThrough.WEAVING, HeardThrough.CONVENING])


@st.composite
def ties(draw: st.DrawFn) -> Connection:
    one, other = draw(st.sampled_from([("a", "b"), ("b", "a"), ("a", "c"), ("c", "d"), ("d", "b")]))
    wave = draw(st.sampled_from([None, "first", "second", "only in rows"]))
    return Connection(source=one, target=other, wave=wave, date=draw(DAYS), heard_through=draw(SOURCES))


@settings(max_examples=60, deadline=None)
@given(st.lists(ties(), max_size=8), st.sampled_from([(FIRST, SECOND), (None, SECOND), (None, None)]))
def test_waves_keep_their_date_and_ties(rows: list[Connection], dates: tuple[dt.date | None, dt.date | None]) -> None:
    before = replace(book(*rows), waves=(asked("first", dates[0]), asked("second", dates[1])))
    after = date_ties_by_wave(before)
    waves = [(one.name, one.date) for one in relationship_waves(before)]
    assert [(one.name, one.date) for one in relationship_waves(after)] == waves
    for name, _ in waves:
        pairs = [[tie.pair for tie in network_at(each, wave=name).ties] for each in (before, after)]
        assert pairs[0] == pairs[1]


def test_hidden_people_are_mere_members() -> None:
    hidden = Person(
        key="d", name="d", on_map=False, attributes={"Region": "North"}, private_attributes={"Age": "30"}, tags=("t",)
    )
    waves = (replace(asked("first", FIRST), respondents=("a", "d")),)
    rows = [Connection(source=one, target=other, wave="first") for one, other in ("ab", "ad", "dc")]
    weaving = (
        Conversation(date=FIRST, weaver="w", member="a", introduced_to=("b", "d")),
        Conversation(date=FIRST, weaver="w", member="d", introduced_to=("c",)),
    )
    together = EmergentActivity(name="Book club", collaborators=("a", "d"))
    convening = Gathering(date=FIRST, title="Spring", attendees=("a", "d"), attended=12)
    people = {**book().people, "d": hidden}
    detached = detach_hidden_people(
        book(
            *rows,
            people=people,
            waves=waves,
            weaving=weaving,
            emergent=(together,),
            convenings=(convening,),
            activities=(replace(convening, attended=None),),
            respondents_without_wave=("d", "b"),
        )
    )
    assert detached.people["d"] == Person(key="d", name="d", on_map=False)
    assert [(tie.source, tie.target) for tie in detached.connections] == [("a", "b")]
    assert [each.introduced_to for each in detached.weaving] == [("b",), ()]
    assert [(wave.respondents, wave.responded) for wave in detached.waves] == [(("a",), 2)]
    assert [each.collaborators for each in detached.emergent] == [("a",)]
    came = [(each.attendees, each.attended) for each in (*detached.convenings, *detached.activities)]
    assert came == [(("a",), 11), (("a",), None)]
    assert detached.respondents_without_wave == ("b",)
