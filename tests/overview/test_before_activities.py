"""What came before an activity: worked out by hand on three people."""

from __future__ import annotations

import datetime as dt

import pytest

from nethealth.overview.before_activities import EventKind, events_before, main_events, story_before, summary_text
from nethealth.workbook.records import (
    Connection,
    Conversation,
    EmergentActivity,
    Gathering,
    Person,
    Wave,
    Workbook,
)
from nethealth.workbook.schema.vocabulary import WaveKind

START = dt.date(2025, 6, 1)
PEOPLE = {key: Person(key=key, name=key.title()) for key in ("ana", "bo", "cy", "di")}
CHOIR = EmergentActivity(name="Choir", collaborators=("ana", "bo", "cy"), started=START)


def wave(name: str, date: dt.date) -> Wave:
    return Wave(name=name, kinds=frozenset({WaveKind.RELATIONSHIPS}), date=date)


def workbook(**parts: object) -> Workbook:
    waves = (wave("2024", dt.date(2024, 5, 1)), wave("2025", dt.date(2025, 5, 1)), wave("2026", dt.date(2026, 5, 1)))
    given = {"people": PEOPLE, "waves": waves, "emergent": (CHOIR,), **parts}
    return Workbook(**given)  # type: ignore[arg-type]


def tie(source: str, target: str, name: str) -> Connection:
    return Connection(source=source, target=target, wave=name)


def gathering(title: str, date: dt.date, *attendees: str) -> Gathering:
    return Gathering(title=title, date=date, attendees=attendees)


def test_connections_count_in_the_first_wave_that_has_them() -> None:
    ties = (tie("ana", "bo", "2024"), tie("ana", "bo", "2025"), tie("cy", "bo", "2025"), tie("ana", "cy", "2026"))
    events = events_before(CHOIR, workbook(connections=ties))
    assert [(event.title, event.pairs) for event in events] == [("2024", (("ana", "bo"),)), ("2025", (("bo", "cy"),))]


def test_introductions_to_people_outside_do_not_count() -> None:
    talks = (
        Conversation(date=dt.date(2025, 2, 3), weaver="Wyn", member="ana", introduced_to=("di", "cy")),
        Conversation(date=START, weaver="Wyn", member="bo", introduced_to=("cy",)),
    )
    events = events_before(CHOIR, workbook(weaving=talks))
    assert [(event.date, event.kind, event.people) for event in events] == [
        (dt.date(2025, 2, 3), EventKind.INTRODUCED, ("ana", "cy"))
    ]


def test_convening_needs_two_of_the_people_and_a_day_before_the_start() -> None:
    met = (
        gathering("Alone", dt.date(2025, 1, 1), "ana", "di"),
        gathering("Together", dt.date(2025, 2, 1), "cy", "ana"),
        gathering("Same day", START, "ana", "bo"),
    )
    (event,) = events_before(CHOIR, workbook(convenings=met))
    assert (event.title, event.people) == ("Together", ("ana", "cy"))


def test_all_kinds_are_in_order_of_time() -> None:
    events = events_before(
        CHOIR,
        workbook(
            connections=(tie("ana", "bo", "2024"),),
            weaving=(Conversation(date=dt.date(2024, 3, 1), weaver="Wyn", member="bo", introduced_to=("cy",)),),
            activities=(gathering("Call", dt.date(2025, 5, 2), "bo", "cy"),),
        ),
    )
    assert [event.kind for event in events] == [EventKind.INTRODUCED, EventKind.CONNECTED, EventKind.CONVENED]


@pytest.mark.parametrize(
    "activity",
    [
        EmergentActivity(name="No date", collaborators=("ana", "bo")),
        EmergentActivity(name="One person", collaborators=("ana",), started=START),
    ],
)
def test_without_a_start_or_a_second_person_nothing_came_before(activity: EmergentActivity) -> None:
    met = gathering("Met", dt.date(2025, 2, 1), "ana", "bo")
    assert events_before(activity, workbook(convenings=(met,))) == ()


def test_largest_convenings_are_shown_and_the_others_counted() -> None:
    days = [dt.date(2025, 1, day) for day in range(1, 6)]
    met = [gathering(f"Pair {day.day}", day, "ana", "bo") for day in days]
    met.append(gathering("Everyone", dt.date(2024, 12, 1), "ana", "bo", "cy"))
    known = workbook(convenings=tuple(met))
    shown = main_events(events_before(CHOIR, known))
    assert [event.title for event in shown] == ["Everyone", "Pair 4", "Pair 5"]
    assert story_before(CHOIR, known)[-1] == ("", "Some of them were also at 3 other convenings.")


def test_person_who_asked_not_to_be_listed_is_only_counted() -> None:
    people = {**PEOPLE, "bo": Person(key="bo", name="Bo", on_map=False)}
    met = gathering("Met", dt.date(2025, 2, 1), "ana", "bo")
    (entry,) = story_before(CHOIR, workbook(people=people, convenings=(met,)))
    assert entry == ("February 1, 2025", "Ana and 1 more were at Met.")


def test_summary_counts_activities_that_have_started() -> None:
    later = EmergentActivity(name="Later", collaborators=("ana", "bo"), started=dt.date(2027, 1, 1))
    second = EmergentActivity(name="Second", collaborators=("cy", "di"), started=START)
    talk = Conversation(date=dt.date(2025, 2, 3), weaver="Wyn", member="ana", introduced_to=("bo",))
    met = gathering("Met", dt.date(2025, 2, 1), "ana", "bo")
    known = workbook(convenings=(met,), weaving=(talk,), emergent=(CHOIR, second, later))
    text = summary_text(known, as_of=dt.date(2026, 11, 30))
    assert "convening came before 1 of 2 activities" in text
    assert "introduction before 1" in text
    assert "connection" not in text


def test_summary_is_empty_if_nothing_came_before() -> None:
    assert summary_text(workbook(), as_of=dt.date(2026, 11, 30)) == ""
