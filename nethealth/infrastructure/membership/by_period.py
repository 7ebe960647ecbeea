"""Who is in the network, who came, who left: period by period, from the first `Joined` on.

Everyone in the Members tab is a member, organizations as well as people; guests never are. Whoever has no `Joined` is
in the network and not in these figures. A person with several stays is one person.
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
    """True for the running period: it is told up to the day asked for."""
    start: int
    """Members on the day before the period."""
    new: int
    """At the end, not at the start."""
    dropped: int
    """At the start, not at the end."""
    came_and_went: int
    """Inside on some day of the period, neither at its start nor at its end."""
    end: int
    """Members on its last day."""
    first_day: dt.date
    last_day: dt.date
    """The last day told of: for the running period the day asked for."""

    @property
    def growth(self) -> float | None:
        """(`end` - `start`) / `start`; None where nobody was there at the start."""
        return (self.end - self.start) / self.start if self.start else None

    @property
    def attrition(self) -> float | None:
        """`dropped` / `start`; None where nobody was there at the start."""
        return self.dropped / self.start if self.start else None

    @property
    def retention(self) -> float | None:
        """(`end` - `new`) / `start`; None where nobody was there at the start."""
        return (self.end - self.new) / self.start if self.start else None

    def as_json(self) -> dict[str, object]:
        """The form that scripts read."""
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
    """Why a member is in no figure of the membership today or ever."""

    NO_JOINED = "no date under Joined"
    JOINS_LATER = "joins later"


@dataclass(frozen=True, slots=True, kw_only=True)
class UncountedMember:
    """A member who is not in the membership figures. Staff only."""

    person: PersonKey
    name: str
    why: NotCounted
    joins: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """Somebody who left. Staff only."""

    person: PersonKey
    name: str
    left: dt.date
    """The last day inside."""


def members_on(workbook: Workbook, *, day: dt.date) -> frozenset[PersonKey]:
    """Who is a member on `day`, by the same rule as the membership figures."""
    table = spell_table(workbook)
    there = (table.joined <= day.toordinal()) & (day.toordinal() <= table.left)
    return frozenset(table.keys[place] for place in table.person[there].tolist())


def members_without_joined(workbook: Workbook) -> tuple[PersonKey, ...]:
    """Members whose `Joined` is not known: in the network, in no membership figure. In the order of the sheet."""
    return tuple(person.key for person in workbook.members if not dated_spells(person))


def members_not_counted(workbook: Workbook, *, as_of: dt.date) -> tuple[UncountedMember, ...]:
    """Members who are in no membership figure up to `as_of`, and why, in the order of the sheet. Staff only.

    Whoever is not to be listed (`Show on map` = no) is not in it.
    """
    found = []
    for person in workbook.members:
        known = dated_spells(person)
        joins = min((joined for joined, _ in known), default=None)
        if person.on_map and (joins is None or joins > as_of):
            why = NotCounted.NO_JOINED if joins is None else NotCounted.JOINS_LATER
            found.append(UncountedMember(person=person.key, name=person.name, why=why, joins=joins))
    return tuple(found)


def departures(workbook: Workbook, *, as_of: dt.date) -> tuple[Departure, ...]:
    """Who left in the year before `as_of` and has not come back, latest first. Staff only.

    Whoever is not to be listed (`Show on map` = no) is counted in the figures and is not in this list.
    """
    since = months_later(as_of, -12)
    found = []
    for person in workbook.people.values():
        begun = [(joined, left) for joined, left in dated_spells(person) if joined <= as_of]
        if begun and person.on_map and since <= (left := max(left for _, left in begun)) < as_of:
            found.append(Departure(person=person.key, name=person.name, left=left))
    return tuple(sorted(found, key=lambda departure: (-departure.left.toordinal(), departure.name)))


def membership_by_period(
    workbook: Workbook, *, period: Period, as_of: dt.date, fiscal_year_starts: int | None = None
) -> tuple[MembershipPeriod, ...]:
    """The membership of every period from the first `Joined` to `as_of`; empty where nobody had joined by then.

    Years are fiscal ones as set, unless `fiscal_year_starts` names another month (1: calendar years); quarters and
    months are the calendar's. The last period is partial unless `as_of` is its last day.

    Growth, attrition and retention are shares of those there at the start; docs/metrics.md defines each figure.
    """
    table = spell_table(workbook).begun_by(as_of)
    periods = membership_spans(workbook, period=period, as_of=as_of, fiscal_year_starts=fiscal_year_starts)
    return counted(table, periods=periods, as_of=as_of)


def membership_spans(
    workbook: Workbook, *, period: Period, as_of: dt.date, fiscal_year_starts: int | None = None
) -> tuple[Span, ...]:
    """The periods from the first `Joined` to `as_of`; empty where nobody had joined by then."""
    table = spell_table(workbook).begun_by(as_of)
    if not len(table):
        return ()
    starts = workbook.settings.fiscal_year_starts if fiscal_year_starts is None else fiscal_year_starts
    first = dt.date.fromordinal(int(table.joined.min()))
    return spans(first, as_of, period=period, fiscal_year_starts=starts)


def period_days(periods: Sequence[Span], *, as_of: dt.date) -> list[dt.date]:
    """The days on which is counted: first that before the first period, then the last one told of each.

    A person is in a period's `start` or `end` when one of their stays covers that day. There must be a period.
    """
    return [periods[0].first - dt.timedelta(days=1), *(min(span.last, as_of) for span in periods)]


def counted(table: SpellTable, *, periods: Sequence[Span], as_of: dt.date) -> tuple[MembershipPeriod, ...]:
    """The arithmetic of stays begun by `as_of`, period by period; empty without periods.

    Each stay marks the first and the last of the moments that it covers (difference arrays), so that the cost is that
    of the stays, not of stays times periods.
    """
    if not periods:
        return ()
    days = period_days(periods, as_of=as_of)
    there = presence(table, days)
    came = np.bincount(there.arrives, minlength=len(days) + 1).tolist()
    went = np.bincount(there.leaves, minlength=len(days) + 1).tolist()
    came_and_went = Counter(place for _, place in there.between)
    told = []
    start = 0
    for index, span in enumerate(periods):
        new, dropped = came[index + 1], went[index + 1]
        end = start + new - dropped
        told.append(
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
    return tuple(told)


_SOURCE = "members active at two moments compared; rates as shares of those there at the start of the period"

METRICS: tuple[Metric, ...] = (
    Metric(
        id="start",
        label="Members at the start",
        question="How many members did the period begin with?",
        reading="The members of the day before the period: whoever had joined and not yet left.",
        not_meaning="People whose “Joined” is blank are not in it, though they are on the map.",
        unit=Unit.COUNT,
        undefined="never: before the first member it is 0",
        source=_SOURCE,
    ),
    Metric(
        id="new",
        label="New members",
        question="Who is here at the end who was not here at the start?",
        reading="A good year for invitations shows here. Somebody who came back counts as new again.",
        not_meaning="Not everybody who joined: who came and left inside the period is counted apart.",
        unit=Unit.COUNT,
        undefined="never",
        source=_SOURCE,
    ),
    Metric(
        id="dropped",
        label="Members who left",
        question="Who was here at the start and is not at the end?",
        reading="Read it beside the reasons people gave: a finished project and a lost interest look alike here.",
        not_meaning="Leaving is not always a loss: people move, retire, and carry the work elsewhere.",
        unit=Unit.COUNT,
        undefined="never",
        source=_SOURCE,
    ),
    Metric(
        id="came_and_went",
        label="Came and went",
        question="How many were members only inside the period?",
        reading="Several of them suggest that the first weeks of membership deserve a look.",
        not_meaning="They are in neither the new nor the dropped, so that the sum still holds.",
        unit=Unit.COUNT,
        undefined="never",
        source=_SOURCE,
    ),
    Metric(
        id="end",
        label="Members at the end",
        question="How many members does the period end with?",
        reading="Start, plus new, minus dropped. For the running period it is today's count.",
        not_meaning="Being a member is not the same as taking part: see who is engaged.",
        unit=Unit.COUNT,
        undefined="never",
        source=_SOURCE,
    ),
    Metric(
        id="growth",
        label="Growth",
        question="By what share did the membership grow or shrink?",
        reading="The change from start to end, as a share of the start. Below zero the network became smaller.",
        not_meaning="Bigger is not healthier by itself: a network can be the right size.",
        unit=Unit.SHARE,
        undefined="nobody was a member when the period began",
        source=_SOURCE,
    ),
    Metric(
        id="attrition",
        label="Attrition",
        question="What share of those who were here left?",
        reading="Members who left, as a share of those at the start. Attrition and retention add up to everybody.",
        not_meaning="It says nothing of why people left. A part of a year can't be compared with a whole one.",
        unit=Unit.SHARE,
        undefined="nobody was a member when the period began",
        source=_SOURCE,
    ),
    Metric(
        id="retention",
        label="Retention",
        question="What share of those who were here stayed?",
        reading="Of those at the start, the share who are there at the end.",
        not_meaning="Staying on a list is not the same as being engaged.",
        unit=Unit.SHARE,
        undefined="nobody was a member when the period began",
        source=_SOURCE,
    ),
)
