"""Attendance by name: first-time and returning attendees of each gathering, and each member's own record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

import numpy as np

from nethealth.infrastructure.gatherings import GatheringKind
from nethealth.infrastructure.membership.by_period import members_on
from nethealth.infrastructure.membership.categories import counted_people
from nethealth.infrastructure.membership.spells import dated_spells
from nethealth.infrastructure.periods import months_later
from nethealth.metric import Metric, Unit
from nethealth.privacy.disclosure import Disclosure
from nethealth.privacy.small_cells import HiddenCount, cells_to_hide, hide_counts, parts_to_hide
from nethealth.workbook.records import Gathering, PersonKey, Workbook

REGULAR_SHARE = 0.5
"""Share of the recent gatherings during their membership from which a member comes regularly."""
MIN_GATHERINGS = 2
"""Recent gatherings needed to call anyone regular."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turnout:
    """First-time and returning attendees of one gathering."""

    gathering: Gathering
    listed: int
    """People on its attendance list."""
    first_time: HiddenCount | None
    """People on no earlier list; None for the first list, where everyone is new."""
    returning: HiddenCount | None


class Regularity(StrEnum):
    """How often a member comes to gatherings."""

    REGULAR = "Come regularly"
    SOMETIMES = "Come sometimes"
    NOT_LATELY = "Haven’t come lately"
    TOO_EARLY = "Too early to tell"


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberAttendance:
    """One member's attendance. Staff only."""

    person: PersonKey
    name: str
    attended: int
    """Gatherings that list them, during their membership or not."""
    possible: int
    """Gatherings with an attendance list during their membership."""
    share: float | None
    """Share of `possible` gatherings that list them; None if there were none."""
    first: dt.date | None
    last: dt.date | None
    regularity: Regularity


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """Attendance by name at one kind of gathering, up to one day."""

    as_of: dt.date
    turnouts: tuple[Turnout, ...]
    """Gatherings with an attendance list, oldest first."""
    regularity: dict[Regularity, HiddenCount]
    """How many members on that day (`counted_people`) come how often, without empty categories."""
    members: tuple[MemberAttendance, ...]
    """The members on that day in workbook order, without those hidden from lists. Staff only."""

    @property
    def is_empty(self) -> bool:
        """True if no gathering has an attendance list."""
        return not self.turnouts


def recent_attendees(workbook: Workbook, *, as_of: dt.date) -> frozenset[PersonKey]:
    """Return everyone listed at a convening or an activity within `Engaged within months`."""
    since = months_later(as_of, -workbook.settings.engaged_within_months)
    return frozenset(
        key
        for gathering in (*workbook.convenings, *workbook.activities)
        if gathering.date is not None and since <= gathering.date <= as_of
        for key in gathering.attendees
    )


def summarize_attendance(workbook: Workbook, *, kind: GatheringKind, as_of: dt.date) -> Attendance:
    """Summarize the attendance lists of one kind of gathering up to `as_of`."""
    if kind is GatheringKind.CONVENING:
        return attendance_by_name(workbook, workbook.convenings, as_of=as_of)
    return attendance_by_name(workbook, workbook.activities, as_of=as_of, others=workbook.convenings)


def attendance_by_name(
    workbook: Workbook, gatherings: Iterable[Gathering], *, as_of: dt.date, others: Iterable[Gathering] = ()
) -> Attendance:
    """Summarize the attendance lists of these gatherings up to `as_of`.

    Gatherings with only a headcount are left out. At two gatherings on one day, a person new to one is new to both. A
    member comes regularly if they came to half or more of the recent gatherings (`Engaged within months`) during their
    membership, of two or more.

    Viewers also see how many members came to anything, and how often members come to the `others`. Those numbers could
    give away a small category here, so for viewers we decide what to hide with all three in view.
    """
    listed = _with_attendees(gatherings, as_of=as_of)
    members = counted_people(workbook, members_on(workbook, day=as_of))
    records = _records(workbook, listed, members=members, as_of=as_of)
    counts = [sum(record.regularity is regularity for record in records) for regularity in Regularity]
    smallest = workbook.settings.smallest_group
    if workbook.is_for_viewers:
        other_records = _records(workbook, _with_attendees(others, as_of=as_of), members=members, as_of=as_of)
        hidden = _hidden_from_viewers(
            records, other_records, recent_attendees(workbook, as_of=as_of), smallest=smallest
        )
    else:
        hidden = cells_to_hide(counts, smallest_group=smallest)
    shown = hide_counts(counts, hidden, smallest_group=smallest)
    return Attendance(
        as_of=as_of,
        turnouts=_turnouts(workbook, listed),
        regularity={each: shown[index] for index, each in enumerate(Regularity) if counts[index]},
        members=tuple(record for record in records if workbook.people[record.person].on_map),
    )


def _with_attendees(gatherings: Iterable[Gathering], *, as_of: dt.date) -> list[tuple[dt.date, Gathering]]:
    """Return the gatherings up to `as_of` that list attendees, with their dates, oldest first."""
    return sorted(
        (
            (gathering.date, gathering)
            for gathering in gatherings
            if gathering.date is not None and gathering.date <= as_of and gathering.attendees
        ),
        key=lambda pair: pair[0],
    )


def _records(
    workbook: Workbook, listed: Sequence[tuple[dt.date, Gathering]], *, members: Container[PersonKey], as_of: dt.date
) -> list[MemberAttendance]:
    """Return the record of each of the `members`, in workbook order."""
    attended: dict[PersonKey, list[dt.date]] = {}
    for day, gathering in listed:
        for key in gathering.attendees:
            attended.setdefault(key, []).append(day)
    days = [day for day, _ in listed]
    since = months_later(as_of, -workbook.settings.engaged_within_months)
    return [
        _record(workbook, key, attended=attended.get(key, []), days=days, since=since)
        for key in workbook.people
        if key in members
    ]


def _hidden_from_viewers(
    records: Sequence[MemberAttendance],
    other_records: Sequence[MemberAttendance],
    attendees: Container[PersonKey],
    *,
    smallest: int,
) -> frozenset[int]:
    """Return the indexes in `Regularity` to hide, given what viewers also see of all attendees and other gatherings."""
    index = {regularity: at for at, regularity in enumerate(Regularity)}
    groupings = [
        np.array([record.person in attendees for record in records], dtype=np.int64),
        *(np.array([index[record.regularity] for record in some], dtype=np.int64) for some in (other_records, records)),
    ]
    shown = Disclosure(groupings, smallest_group=smallest).shown_groups(np.ones(len(records), dtype=np.bool_))
    return frozenset(index.values()) - shown[-1]


def _turnouts(workbook: Workbook, listed: Sequence[tuple[dt.date, Gathering]]) -> tuple[Turnout, ...]:
    smallest = workbook.settings.smallest_group
    seen: set[PersonKey] = set()
    turnouts = []
    for _, same_day in groupby(listed, key=lambda pair: pair[0]):
        gatherings = [gathering for _, gathering in same_day]
        for gathering in gatherings:
            new = sum(key not in seen for key in gathering.attendees)
            again = len(gathering.attendees) - new
            hidden = parts_to_hide([new], [len(gathering.attendees)], smallest_group=smallest)
            [first_time], [returning] = (
                hide_counts([count], hidden, smallest_group=smallest) for count in (new, again)
            )
            turnouts.append(
                Turnout(
                    gathering=gathering,
                    listed=len(gathering.attendees),
                    first_time=first_time if seen else None,
                    returning=returning if seen else None,
                )
            )
        seen.update(key for gathering in gatherings for key in gathering.attendees)
    return tuple(turnouts)


def _record(
    workbook: Workbook, key: PersonKey, *, attended: Sequence[dt.date], days: Sequence[dt.date], since: dt.date
) -> MemberAttendance:
    person = workbook.people[key]
    spells = dated_spells(person)

    def during(some: Sequence[dt.date]) -> list[dt.date]:
        return [day for day in some if any(joined <= day <= left for joined, left in spells)]

    possible, came = during(days), during(attended)
    possible_lately, came_lately = sum(day >= since for day in possible), sum(day >= since for day in came)
    if possible_lately >= MIN_GATHERINGS and came_lately >= REGULAR_SHARE * possible_lately:
        regularity = Regularity.REGULAR
    elif came_lately:
        regularity = Regularity.SOMETIMES
    else:
        regularity = Regularity.NOT_LATELY if possible_lately else Regularity.TOO_EARLY
    return MemberAttendance(
        person=key,
        name=person.name,
        attended=len(attended),
        possible=len(possible),
        share=len(came) / len(possible) if possible else None,
        first=attended[0] if attended else None,
        last=attended[-1] if attended else None,
        regularity=regularity,
    )


_SOURCE = "the names under Attendees; gatherings without names don’t count"

METRICS: tuple[Metric, ...] = (
    Metric(
        id="first_time",
        label="First-time attendees",
        question="How many people came who hadn’t come before?",
        reading="We count people on a gathering’s list who are on no earlier list. New faces mean the door is open.",
        not_meaning="Someone may have come before you listed names. Few new faces can mean a group that went deep.",
        unit=Unit.COUNT,
        undefined="it’s the first gathering with names. We hide it if too few people were new or returning",
        source=_SOURCE,
    ),
    Metric(
        id="regularity",
        label="How often members come",
        question="How many of today’s members come regularly, come sometimes, or haven’t come lately?",
        reading=(
            "We look at gatherings since each member joined, within “Engaged within months” in Settings. Regularly "
            "means half or more, out of at least two. Members who haven’t come may need another day, a ride, or a call."
        ),
        not_meaning="It doesn’t grade anyone. Many members take part in other ways.",
        unit=Unit.LABEL,
        undefined="no gathering has names under Attendees",
        source=_SOURCE,
    ),
)
