"""Membership period by period: who joined, who left, and who stayed, from the first `Joined` date on.

Everyone in the Members tab is a member, organizations as well as people; guests never are. Members without a `Joined`
date belong to the network but aren't in these metrics. A person with several spells is one person.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from nethealth.infrastructure.membership.spells import SpellTable, dated_spells, presence, spell_table
from nethealth.infrastructure.periods import Period, Span, months_later, spans
from nethealth.metric import Metric, Unit
from nethealth.workbook.records import PersonKey, Workbook


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipPeriod:
    """The membership over one period. `start` + `new` - `dropped` = `end`, always."""

    period: str
    """2024, 2024-Q1 or 2024-03; FY2024 where the fiscal year does not start in January."""
    partial: bool
    """True for the current period, which is counted up to the day asked for."""
    start: int
    """Members on the day before the period."""
    new: int
    """Members at the end but not at the start."""
    dropped: int
    """Members at the start but not at the end."""
    came_and_went: int
    """Members only during the period, neither at its start nor at its end."""
    end: int
    """Members on its last day."""
    first_day: dt.date
    last_day: dt.date
    """The last day counted: for the current period, the day asked for."""

    @property
    def growth(self) -> float | None:
        """Return (`end` - `start`) / `start`, or None without members at the start."""
        return (self.end - self.start) / self.start if self.start else None

    @property
    def attrition(self) -> float | None:
        """Return `dropped` / `start`, or None without members at the start."""
        return self.dropped / self.start if self.start else None

    @property
    def retention(self) -> float | None:
        """Return (`end` - `new`) / `start`, or None without members at the start."""
        return (self.end - self.new) / self.start if self.start else None

    def as_json(self) -> dict[str, object]:
        """Return the form that scripts read."""
        return {
            "period": self.period,
            "partial": self.partial,
            "start": self.start,
            "new": self.new,
            "dropped": self.dropped,
            "came_and_went": self.came_and_went,
            "end": self.end,
            "growth": self.growth,
            "attrition": self.attrition,
            "retention": self.retention,
        }


class NotCounted(StrEnum):
    """Why a member isn't in today's membership metrics."""

    NO_JOINED = "no Joined date"
    JOINS_LATER = "joins later"
    LEFT_ON_UNKNOWN_DAY = "left, no Left date"


@dataclass(frozen=True, slots=True, kw_only=True)
class UncountedMember:
    """A member who isn't in the membership metrics. Staff only."""

    person: PersonKey
    name: str
    reason: NotCounted
    joins: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """A member who left. Staff only."""

    person: PersonKey
    name: str
    left: dt.date
    """The last day of membership."""


def members_on(workbook: Workbook, *, day: dt.date) -> frozenset[PersonKey]:
    """Return the members on `day`, as the membership metrics count them."""
    table = spell_table(workbook)
    is_member = (table.joined <= day.toordinal()) & (day.toordinal() <= table.left)
    return frozenset(table.keys[index] for index in table.person[is_member].tolist())


def members_without_joined(workbook: Workbook) -> tuple[PersonKey, ...]:
    """Return members without a `Joined` date, in workbook order. They are in no membership metric.

    People who left on an unknown day are no members, and not among them.
    """
    return tuple(
        person.key for person in workbook.members if not dated_spells(person) and not person.left_on_unknown_day
    )


def members_not_counted(workbook: Workbook, *, as_of: dt.date) -> tuple[UncountedMember, ...]:
    """List members who are in no membership metric up to `as_of`, and why, in workbook order. Staff only.

    Members with `Show on map` = no are left out.
    """
    found = []
    for person in workbook.members:
        known = dated_spells(person)
        joins = min((joined for joined, _ in known), default=None)
        if person.on_map and (joins is None or joins > as_of):
            reason = NotCounted.NO_JOINED if joins is None else NotCounted.JOINS_LATER
            if person.left_on_unknown_day:
                reason = NotCounted.LEFT_ON_UNKNOWN_DAY
            found.append(UncountedMember(person=person.key, name=person.name, reason=reason, joins=joins))
    return tuple(found)


def departures(workbook: Workbook, *, as_of: dt.date) -> tuple[Departure, ...]:
    """List people who left in the year before `as_of` and haven't come back, latest first. Staff only.

    Members with `Show on map` = no count in the metrics but aren't listed.
    """
    since = months_later(as_of, -12)
    found = []
    for person in workbook.people.values():
        spells = [(joined, left) for joined, left in dated_spells(person) if joined <= as_of]
        if spells and person.on_map and since <= (left := max(left for _, left in spells)) < as_of:
            found.append(Departure(person=person.key, name=person.name, left=left))
    return tuple(sorted(found, key=lambda departure: (-departure.left.toordinal(), departure.name)))


def membership_by_period(
    workbook: Workbook, *, period: Period, as_of: dt.date, fiscal_year_starts: int | None = None
) -> tuple[MembershipPeriod, ...]:
    """Count members in every period from the first `Joined` date to `as_of`; empty if no one had joined by then.

    Years follow the fiscal year in Settings unless `fiscal_year_starts` gives another month (1 for calendar years).
    Quarters and months follow the calendar. The last period is partial unless `as_of` is its last day.

    Growth, attrition, and retention are shares of the members at the start.

    Examples
    --------
    >>> from nethealth.workbook.records import Person, Spell
    >>> stayed = Person(key="a", name="Ana", spells=(Spell(dt.date(2023, 5, 1), None),))
    >>> left = Person(key="b", name="Ben", spells=(Spell(dt.date(2023, 6, 1), dt.date(2024, 3, 1)),))
    >>> workbook = Workbook(people={"a": stayed, "b": left})
    >>> _, last = membership_by_period(workbook, period=Period.YEAR, as_of=dt.date(2024, 12, 31))
    >>> last.start, last.dropped, last.end, last.retention
    (2, 1, 1, 0.5)
    """
    table = spell_table(workbook).started_by(as_of)
    periods = membership_spans(workbook, period=period, as_of=as_of, fiscal_year_starts=fiscal_year_starts)
    return count_members(table, periods=periods, as_of=as_of)


def membership_in_past_year(workbook: Workbook, *, as_of: dt.date) -> MembershipPeriod | None:
    """Return the 365 days up to `as_of` as one period; None if no one was a member on the day before them."""
    first = as_of - dt.timedelta(days=364)
    table = spell_table(workbook).started_by(as_of)
    joined = dt.date.fromordinal(int(table.joined.min())) if len(table) else first
    if joined >= first:
        return None
    earlier = Span(name="", first=joined, last=first - dt.timedelta(days=1))
    year = Span(name="the past year", first=first, last=as_of)
    _, counted = count_members(table, periods=(earlier, year), as_of=as_of)
    return counted if counted.start else None


def membership_spans(
    workbook: Workbook, *, period: Period, as_of: dt.date, fiscal_year_starts: int | None = None
) -> tuple[Span, ...]:
    """Return the periods from the first `Joined` date to `as_of`; empty if no one had joined by then."""
    table = spell_table(workbook).started_by(as_of)
    if not len(table):
        return ()
    starts = workbook.settings.fiscal_year_starts if fiscal_year_starts is None else fiscal_year_starts
    first = dt.date.fromordinal(int(table.joined.min()))
    return spans(first, as_of, period=period, fiscal_year_starts=starts)


def count_days(periods: Sequence[Span], *, as_of: dt.date) -> list[dt.date]:
    """Return the days to count members on: the day before the first period, then each period's last counted day.

    `periods` must not be empty.
    """
    return [periods[0].first - dt.timedelta(days=1), *(min(span.last, as_of) for span in periods)]


def count_members(table: SpellTable, *, periods: Sequence[Span], as_of: dt.date) -> tuple[MembershipPeriod, ...]:
    """Count members period by period from the spells started by `as_of`; empty without periods.

    Each spell marks its first and last counted day (difference arrays), so the cost grows with the number of spells,
    not with spells times periods.
    """
    if not periods:
        return ()
    days = count_days(periods, as_of=as_of)
    present = presence(table, days)
    joined = np.bincount(present.arrives, minlength=len(days) + 1).tolist()
    left = np.bincount(present.leaves, minlength=len(days) + 1).tolist()
    came_and_went = Counter(index for _, index in present.between)
    counted = []
    start = 0
    for index, span in enumerate(periods):
        new, dropped = joined[index + 1], left[index + 1]
        end = start + new - dropped
        counted.append(
            MembershipPeriod(
                period=span.name,
                partial=as_of < span.last,
                start=start,
                new=new,
                dropped=dropped,
                came_and_went=came_and_went[index],
                end=end,
                first_day=span.first,
                last_day=days[index + 1],
            )
        )
        start = end
    return tuple(counted)


_SOURCE = "we compare who was a member on two days; rates are shares of members at the start"

METRICS: tuple[Metric, ...] = (
    Metric(
        id="start",
        label="Members at the start",
        question="How many members did the period start with?",
        reading="We count everyone who had joined, and hadn’t left, the day before the period.",
        not_meaning="Members without a Joined date are on the map but not counted here.",
        unit=Unit.COUNT,
        undefined="never; 0 before the first member",
        source=_SOURCE,
    ),
    Metric(
        id="new",
        label="New members",
        question="How many members at the end weren’t members at the start?",
        reading="In a good year for invitations, this number is high. Someone who came back counts as new again.",
        not_meaning="Someone who joined and left within the period isn’t included.",
        unit=Unit.COUNT,
        undefined="never",
        source=_SOURCE,
    ),
    Metric(
        id="dropped",
        label="Members who left",
        question="How many members at the start weren’t members at the end?",
        reading="Compare it with the reasons people gave. A finished project and lost interest look the same here.",
        not_meaning="Leaving isn’t always a loss. People move, retire, and carry the work elsewhere.",
        unit=Unit.COUNT,
        undefined="never",
        source=_SOURCE,
    ),
    Metric(
        id="came_and_went",
        label="Joined and left",
        question="How many people joined and left within the period?",
        reading="If there are several, look at what the first weeks of membership are like.",
        not_meaning="We don’t count them among new members or members who left.",
        unit=Unit.COUNT,
        undefined="never",
        source=_SOURCE,
    ),
    Metric(
        id="end",
        label="Members at the end",
        question="How many members did the period end with?",
        reading="Members at the start, plus new members, minus members who left. For the current period, it’s today.",
        not_meaning="Being a member doesn’t mean taking part. The engaged members metric shows that.",
        unit=Unit.COUNT,
        undefined="never",
        source=_SOURCE,
    ),
    Metric(
        id="growth",
        label="Growth",
        question="By what share did membership grow or shrink?",
        reading="The change from start to end, as a share of the start. Below zero, the network shrank.",
        not_meaning="Bigger isn’t always healthier. A network can be the right size.",
        unit=Unit.SHARE,
        undefined="there were no members when the period started",
        source=_SOURCE,
    ),
    Metric(
        id="attrition",
        label="Attrition",
        question="What share of members left?",
        reading="Members who left, as a share of members at the start. Attrition and retention add up to 100%.",
        not_meaning="It doesn’t say why people left. Don’t compare part of a year with a whole one.",
        unit=Unit.SHARE,
        undefined="there were no members when the period started",
        source=_SOURCE,
    ),
    Metric(
        id="retention",
        label="Retention",
        question="What share of members stayed?",
        reading="Members at the start who were still members at the end, as a share of those at the start.",
        not_meaning="Staying on a list doesn’t mean being engaged.",
        unit=Unit.SHARE,
        undefined="there were no members when the period started",
        source=_SOURCE,
    ),
)
