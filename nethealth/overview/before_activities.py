"""What came before an activity that members started: connections, introductions, and convenings its people shared.

It says what came first, never that one thing led to another. For staff, since it says who was where.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import Final

from nethealth.network.graph import Pair, network_at, pair_of
from nethealth.presentation.chart_labels import join_names
from nethealth.presentation.formatting import format_date, pluralize, uppercase_first
from nethealth.workbook.records import EmergentActivity, Person, PersonKey, Workbook
from nethealth.workbook.schema.vocabulary import HeardThrough
from nethealth.workbook.waves import relationship_waves

FEW: Final = 2
"""Up to this many pairs of people are named; of more we give the number."""
CONVENINGS_SHOWN: Final = 3


class EventKind(StrEnum):
    """What people of an activity had in common before it started."""

    CONNECTED = "connected"
    INTRODUCED = "introduced"
    CONVENED = "convened"


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierEvent:
    """One event before an activity started, among at least two of its people."""

    date: dt.date
    kind: EventKind
    title: str | None
    """The wave in which the connections were first reported, or the convening's title."""
    people: tuple[PersonKey, ...]
    """The activity's people who were part of it, in the activity's order."""
    pairs: tuple[Pair, ...] = ()
    """Those connected or introduced; empty for a convening."""


def events_before(activity: EmergentActivity, workbook: Workbook) -> tuple[EarlierEvent, ...]:
    """Return what at least two of an activity's people had in common before the day it started, earliest first.

    Connections count in the first dated wave in which they appear. Empty if the activity has no start or fewer than two
    people.

    Examples:
        >>> from nethealth.workbook.records import Gathering
        >>> choir = EmergentActivity(name="Choir", collaborators=("ana", "bo"), started=dt.date(2024, 5, 1))
        >>> met = Gathering(date=dt.date(2024, 3, 2), title="Spring convening", attendees=("ana", "bo", "cy"))
        >>> [event.title for event in events_before(choir, Workbook(convenings=(met,)))]
        ['Spring convening']
    """
    people = tuple(dict.fromkeys(activity.collaborators))
    if activity.started is None or len(people) < 2:
        return ()
    events = (
        *_connections(people, workbook, before=activity.started),
        *_introductions(people, workbook, before=activity.started),
        *_convenings(people, workbook, before=activity.started),
    )
    return tuple(sorted(events, key=lambda event: event.date))


def _connections(people: Sequence[PersonKey], workbook: Workbook, *, before: dt.date) -> list[EarlierEvent]:
    events = []
    missing = {pair_of(one, other) for one, other in combinations(people, 2)}
    for wave in relationship_waves(workbook):
        if wave.date is None or wave.date >= before:
            continue
        # An introduction is a tie as well, but has an event of its own.
        found = missing & {
            tie.pair
            for tie in network_at(workbook, wave=wave.name).ties
            if any(row.heard_through is not HeardThrough.WEAVING for row in tie.rows)
        }
        missing -= found
        if found:
            events.append(_event(people, sorted(found), date=wave.date, kind=EventKind.CONNECTED, title=wave.name))
    return events


def _introductions(people: Sequence[PersonKey], workbook: Workbook, *, before: dt.date) -> list[EarlierEvent]:
    introduced = {
        (talk.date, pair_of(talk.member, other))
        for talk in workbook.weaving
        if talk.date is not None and talk.date < before and talk.member in people
        for other in talk.introduced_to
        if other in people and other != talk.member
    }
    return [_event(people, [pair], date=day, kind=EventKind.INTRODUCED) for day, pair in sorted(introduced)]


def _convenings(people: Sequence[PersonKey], workbook: Workbook, *, before: dt.date) -> list[EarlierEvent]:
    shared = []
    for gathering in (*workbook.convenings, *workbook.activities):
        if gathering.date is None or gathering.date >= before:
            continue
        there = tuple(key for key in people if key in gathering.attendees)
        if len(there) > 1:
            event = EarlierEvent(date=gathering.date, kind=EventKind.CONVENED, title=gathering.title, people=there)
            shared.append(event)
    return shared


def _event(
    people: Sequence[PersonKey], pairs: Sequence[Pair], *, date: dt.date, kind: EventKind, title: str | None = None
) -> EarlierEvent:
    there = {key for pair in pairs for key in pair}
    ordered = tuple(key for key in people if key in there)
    return EarlierEvent(date=date, kind=kind, title=title, people=ordered, pairs=tuple(pairs))


def main_events(events: Sequence[EarlierEvent]) -> tuple[EarlierEvent, ...]:
    """Return connections, introductions, and the few convenings with most of the people, in the same order."""
    convened = [event for event in events if event.kind is EventKind.CONVENED]
    largest = sorted(convened, key=lambda event: (-len(event.people), -event.date.toordinal()))[:CONVENINGS_SHOWN]
    return tuple(event for event in events if event.kind is not EventKind.CONVENED or event in largest)


def story_before(activity: EmergentActivity, workbook: Workbook) -> list[tuple[str, str]]:
    """Return what came before an activity as pairs of a date and a sentence, earliest first. They may quote cells.

    The last pair, without a date, says how many convenings are left out.
    """
    events = events_before(activity, workbook)
    shown = main_events(events)
    story = [(when_text(event), event_text(event, activity=activity, workbook=workbook)) for event in shown]
    if others := len(events) - len(shown):
        story.append(("", f"Some of them were also at {pluralize(others, 'other convening')}."))
    return story


def summary_text(workbook: Workbook, *, as_of: dt.date) -> str:
    """Say how many activities came after a convening, an introduction, or a connection of their people.

    Empty if none did, or if no activity has started with two people.
    """
    before = [
        {event.kind for event in events_before(activity, workbook)}
        for activity in workbook.emergent
        if activity.started is not None and activity.started <= as_of and len(set(activity.collaborators)) > 1
    ]
    counts = Counter(kind for kinds in before for kind in kinds)
    words = {
        EventKind.CONVENED: "a shared convening",
        EventKind.INTRODUCED: "an introduction",
        EventKind.CONNECTED: "a connection",
    }
    parts = [(counts[kind], text) for kind, text in words.items() if counts[kind]]
    if not parts:
        return ""
    if len(before) == 1:
        listed = f"{join_names([text for _, text in parts])} came before the activity."
    else:
        (first, text), *others = parts
        whole = [
            f"{text} came before {first} of {len(before)} activities",
            *(f"{what} before {n}" for n, what in others),
        ]
        listed = f"{join_names(whole)}."
    return uppercase_first(listed)


def event_text(event: EarlierEvent, *, activity: EmergentActivity, workbook: Workbook) -> str:
    """Return an event as a sentence, such as `Ana and Bo were introduced.` It may quote cells: escape it."""
    who = _names(event.people, workbook, of=len(set(activity.collaborators)))
    match event.kind:
        case EventKind.CONVENED:
            return f"{who} were at {event.title}."
        case EventKind.INTRODUCED:
            return f"{who} were introduced."
        case EventKind.CONNECTED if len(event.pairs) <= FEW:
            first, *others = (_names(pair, workbook) for pair in event.pairs)
            return f"{first} were connected{''.join(f', and so were {pair}' for pair in others)}."
        case _:
            possible = len(set(activity.collaborators)) * (len(set(activity.collaborators)) - 1) // 2
            return f"{len(event.pairs)} of the {possible} pairs were connected."


def _names(keys: Sequence[PersonKey], workbook: Workbook, *, of: int = 0) -> str:
    """Return people's names as one text; `All 5` if they are all of the activity's people and more than a few."""
    if len(keys) > FEW and len(keys) == of:
        return f"All {of}"
    names = [name for key in keys if (name := _name(workbook.people.get(key))) is not None]
    others = len(keys) - len(names)
    return join_names(
        [*names, *([f"{others} more" if names else pluralize(others, "person", "people")] if others else [])]
    )


def _name(person: Person | None) -> str | None:
    return person.name if person is not None and person.on_map else None


def when_text(event: EarlierEvent) -> str:
    """Return when an event was: a wave's month, or another event's day."""
    return f"{event.date:%B %Y}" if event.kind is EventKind.CONNECTED else format_date(event.date)
