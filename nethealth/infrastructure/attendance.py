"""Who comes to gatherings, where names are kept: newcomers and those who come again, and each member's own record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

import numpy as np

from nethealth.infrastructure.membership.by_period import members_on
from nethealth.infrastructure.membership.spells import dated_spells
from nethealth.infrastructure.periods import months_later
from nethealth.metric import Metric, Unit
from nethealth.privacy.disclosure import Disclosure
from nethealth.privacy.small_cells import HiddenCount, cells_to_hide, hide_counts, parts_to_hide
from nethealth.workbook.records import Gathering, PersonKey, Workbook

MOST = 0.5
"""From this share of the latest gatherings during their membership on, somebody comes regularly."""
FEWEST_TO_TELL = 2
"""With fewer gatherings nobody can be called regular."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turnout:
    """Who of those named at one gathering was there for the first time."""

    gathering: Gathering
    named: int
    """People in its list."""
    first_time: HiddenCount | None
    """Of them, those in no list of an earlier day; None for the first list, where everybody is new."""
    came_again: HiddenCount | None


class Regularity(StrEnum):
    """How a member comes to gatherings."""

    REGULAR = "Come regularly"
    NOW_AND_THEN = "Come now and then"
    NOT_LATELY = "Not seen lately"
    NOTHING_TO_GO_BY = "Nothing to go by yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberAttendance:
    """One member's record. Staff only."""

    person: PersonKey
    name: str
    came: int
    """Gatherings with a list that name them, on days of their membership or not."""
    of: int
    """Gatherings with a list on days of their membership."""
    share: float | None
    """Those of `of` that name them, over `of`; None where there was none."""
    first: dt.date | None
    last: dt.date | None
    regularity: Regularity


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """What the lists of names tell of one sort of gathering, up to one day."""

    as_of: dt.date
    turnouts: tuple[Turnout, ...]
    """Gatherings with a list, oldest first."""
    regularity: dict[Regularity, HiddenCount]
    """How many of the members of that day come in which way, without those that nobody is in."""
    members: tuple[MemberAttendance, ...]
    """The members of that day in the order of the sheet, without those not to be listed. Staff only."""

    @property
    def is_empty(self) -> bool:
        """Whether no gathering has a list of names."""
        return not self.turnouts


def recent_attendees(workbook: Workbook, *, as_of: dt.date) -> frozenset[PersonKey]:
    """Who is on the list of a convening or an activity of the last months (`Engaged within months`)."""
    since = months_later(as_of, -workbook.settings.engaged_within_months)
    return frozenset(
        key
        for held in (*workbook.convenings, *workbook.activities)
        if held.date is not None and since <= held.date <= as_of
        for key in held.attendees
    )


def attendance_by_name(
    workbook: Workbook, gatherings: Iterable[Gathering], *, as_of: dt.date, beside: Iterable[Gathering] = ()
) -> Attendance:
    """What the lists of these gatherings tell, of those held on `as_of` or before that hold names.

    A gathering of which only a number is kept is in none of the sums. Two on one day are each other's equals: who is
    new to one of them is new to both. How members come is told by the gatherings of the last months (`Engaged within
    months`) during their membership: regularly is half or more of them, of two or more.

    Who comes to convenings regularly came to something, which is told as well: so for viewers both, and how members
    come to the gatherings `beside` these, which are told first, are decided at once.
    """
    listed = _with_list(gatherings, as_of=as_of)
    inside = members_on(workbook, day=as_of)
    records = _records(workbook, listed, inside=inside, as_of=as_of)
    counts = [sum(record.regularity is way for record in records) for way in Regularity]
    smallest = workbook.settings.smallest_group
    if workbook.is_for_viewers:
        others = _records(workbook, _with_list(beside, as_of=as_of), inside=inside, as_of=as_of)
        held = _held_from_viewers(records, others, recent_attendees(workbook, as_of=as_of), smallest=smallest)
    else:
        held = cells_to_hide(counts, smallest_group=smallest)
    shown = hide_counts(counts, held, smallest_group=smallest)
    return Attendance(
        as_of=as_of,
        turnouts=_turnouts(workbook, listed),
        regularity={way: shown[at] for at, way in enumerate(Regularity) if counts[at]},
        members=tuple(record for record in records if workbook.people[record.person].on_map),
    )


def _with_list(gatherings: Iterable[Gathering], *, as_of: dt.date) -> list[tuple[dt.date, Gathering]]:
    """Those held by `as_of` that hold names, with their days, oldest first."""
    return sorted(
        ((held.date, held) for held in gatherings if held.date is not None and held.date <= as_of and held.attendees),
        key=lambda pair: pair[0],
    )


def _records(
    workbook: Workbook, listed: Sequence[tuple[dt.date, Gathering]], *, inside: Container[PersonKey], as_of: dt.date
) -> list[MemberAttendance]:
    """The record of everybody `inside`, in the order of the sheet."""
    came: dict[PersonKey, list[dt.date]] = {}
    for day, held in listed:
        for key in held.attendees:
            came.setdefault(key, []).append(day)
    days = [day for day, _ in listed]
    since = months_later(as_of, -workbook.settings.engaged_within_months)
    return [
        _record(workbook, key, came=came.get(key, []), days=days, since=since)
        for key in workbook.people
        if key in inside
    ]


def _held_from_viewers(
    records: Sequence[MemberAttendance],
    others: Sequence[MemberAttendance],
    came: Container[PersonKey],
    *,
    smallest: int,
) -> frozenset[int]:
    """The places in `Regularity` of what may not be told beside how many came at all, and how they come to others."""
    place = {way: at for at, way in enumerate(Regularity)}
    groupings = [
        np.array([record.person in came for record in records], dtype=np.int64),
        *(np.array([place[each.regularity] for each in some], dtype=np.int64) for some in (others, records)),
    ]
    shown = Disclosure(groupings, smallest_group=smallest).shown_groups(np.ones(len(records), dtype=np.bool_))
    return frozenset(place.values()) - shown[-1]


def _turnouts(workbook: Workbook, listed: Sequence[tuple[dt.date, Gathering]]) -> tuple[Turnout, ...]:
    smallest = workbook.settings.smallest_group
    seen: set[PersonKey] = set()
    told = []
    for _, same_day in groupby(listed, key=lambda pair: pair[0]):
        day = [held for _, held in same_day]
        for held in day:
            new = sum(key not in seen for key in held.attendees)
            again = len(held.attendees) - new
            small = parts_to_hide([new], [len(held.attendees)], smallest_group=smallest)
            [first_time], [came_again] = (
                hide_counts([count], small, smallest_group=smallest) for count in (new, again)
            )
            told.append(
                Turnout(
                    gathering=held,
                    named=len(held.attendees),
                    first_time=first_time if seen else None,
                    came_again=came_again if seen else None,
                )
            )
        seen.update(key for held in day for key in held.attendees)
    return tuple(told)


def _record(
    workbook: Workbook, key: PersonKey, *, came: Sequence[dt.date], days: Sequence[dt.date], since: dt.date
) -> MemberAttendance:
    person = workbook.people[key]
    inside = dated_spells(person)

    def during(some: Sequence[dt.date]) -> list[dt.date]:
        return [day for day in some if any(joined <= day <= left for joined, left in inside)]

    could, did = during(days), during(came)
    could_lately, did_lately = sum(day >= since for day in could), sum(day >= since for day in did)
    if could_lately >= FEWEST_TO_TELL and did_lately >= MOST * could_lately:
        regularity = Regularity.REGULAR
    elif did_lately:
        regularity = Regularity.NOW_AND_THEN
    else:
        regularity = Regularity.NOT_LATELY if could_lately else Regularity.NOTHING_TO_GO_BY
    return MemberAttendance(
        person=key,
        name=person.name,
        came=len(came),
        of=len(could),
        share=len(did) / len(could) if could else None,
        first=came[0] if came else None,
        last=came[-1] if came else None,
        regularity=regularity,
    )


_SOURCE = "the lists of names under Attendees; gatherings without a list are left out"

METRICS: tuple[Metric, ...] = (
    Metric(
        id="first_time",
        label="There for the first time",
        question="How many came who had not been to one before?",
        reading="Of those named at a gathering, those whom no earlier list names. New faces say that the door is open.",
        not_meaning="Somebody may have come before lists were kept. Few new faces can be a group that went deep.",
        unit=Unit.COUNT,
        undefined="it is the first gathering with a list; where few came for the first time or again, it is held back",
        source=_SOURCE,
    ),
    Metric(
        id="regularity",
        label="How members come",
        question="How many of today's members come regularly, now and then, or have not been seen lately?",
        reading=(
            "Of the gatherings of the last months (Settings, “Engaged within months”) since each member joined, "
            "regularly is half or more, of two or more. Who has not been seen may need another day, a lift, or a call."
        ),
        not_meaning="Not a mark for anybody: many take part elsewhere.",
        unit=Unit.LABEL,
        undefined="no gathering has a list of names",
        source=_SOURCE,
    ),
)
