"""Engagement: which members took part in something within the last months."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import accumulate

from nethealth.infrastructure.membership.by_period import members_on, membership_spans
from nethealth.infrastructure.membership.spells import dated_spells, presence, spell_table
from nethealth.infrastructure.participation import ParticipationKind, participations
from nethealth.infrastructure.periods import Period, months_later
from nethealth.metric import Metric, Unit
from nethealth.workbook.records import PersonKey, Workbook


@dataclass(frozen=True, slots=True, kw_only=True)
class Engagement:
    """The members on one day, and how many of them took part in the months before."""

    as_of: dt.date
    within_months: int
    members: int
    """Members on `as_of`, as `members_on` counts them."""
    engaged: int | None
    """Members who took part; None if no member has a `Joined` date."""
    by_kind: dict[ParticipationKind, int]
    """Members named in each kind of record; one person can be in several."""

    @property
    def engaged_share(self) -> float | None:
        """Return `engaged` / `members`, or None without members."""
        return self.engaged / self.members if self.engaged is not None and self.members else None

    def as_json(self) -> dict[str, object]:
        """Return the form that scripts read."""
        return {
            "as_of": self.as_of.isoformat(),
            "within_months": self.within_months,
            "engaged": self.engaged,
            "engaged_share": self.engaged_share,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class EngagedPeriod:
    """The members at the end of one period, and how many took part in the months before."""

    period: str
    """2024, FY2024, 2024-Q1 or 2024-03."""
    partial: bool
    first_day: dt.date
    last_day: dt.date
    """The last day counted: for the current period, the day asked for."""
    members: int
    engaged: int

    @property
    def engaged_share(self) -> float | None:
        """Return `engaged` / `members`, or None without members."""
        return self.engaged / self.members if self.members else None


def summarize_engagement(workbook: Workbook, *, as_of: dt.date) -> Engagement:
    """Count the members on `as_of` who took part within `Engaged within months`, both end days included.

    `participations` defines what counts as taking part.
    """
    months = workbook.settings.engaged_within_months
    since = months_later(as_of, -months)
    members = members_on(workbook, day=as_of)
    named: dict[ParticipationKind, set[PersonKey]] = {kind: set() for kind in ParticipationKind}
    for participation in participations(workbook):
        if since <= participation.day <= as_of and participation.person in members:
            named[participation.kind].add(participation.person)
    engaged = frozenset[PersonKey]().union(*named.values())
    has_dates = any(dated_spells(person) for person in workbook.people.values())
    return Engagement(
        as_of=as_of,
        within_months=months,
        members=len(members),
        engaged=len(engaged) if has_dates else None,
        by_kind={kind: len(people) for kind, people in named.items()},
    )


def engagement_by_period(
    workbook: Workbook,
    *,
    period: Period,
    as_of: dt.date,
    fiscal_year_starts: int | None = None,
) -> tuple[EngagedPeriod, ...]:
    """Count engaged members at the end of every period, from the first dated record to `as_of`.

    Each period's end gives what `summarize_engagement` gives for that day. Periods before the first dated record are
    left out because no one can know who took part. Empty if nothing is dated or no one had joined by `as_of`.

    The algorithm makes one pass over the participations: each one counts at the period ends within the months after it,
    and each person counts once per period end.
    """
    months = workbook.settings.engaged_within_months
    table = spell_table(workbook).started_by(as_of)
    joined = {table.keys[index] for index in table.person.tolist()}
    spans = membership_spans(workbook, period=period, as_of=as_of, fiscal_year_starts=fiscal_year_starts)
    days = [min(span.last, as_of) for span in spans]
    since = [months_later(day, -months) for day in days]
    engaged_ranges: dict[PersonKey, list[tuple[int, int]]] = {}
    first_day = as_of
    for participation in participations(workbook):
        if participation.person in joined and participation.day <= as_of:
            first_day = min(first_day, participation.day)
            low, high = bisect_left(days, participation.day), bisect_right(since, participation.day)
            if low < high:
                engaged_ranges.setdefault(participation.person, []).append((low, high))
    members, engaged = [0] * (len(days) + 1), [0] * (len(days) + 1)
    present = presence(table, days)
    ranges = zip(
        table.person[present.arrives_row].tolist(), present.arrives.tolist(), present.leaves.tolist(), strict=True
    )
    for person, low, high in ranges:
        members[low] += 1
        members[high] -= 1
        for first, last in merge_ranges(engaged_ranges.get(table.keys[person], [])):
            if max(low, first) < min(high, last):
                engaged[max(low, first)] += 1
                engaged[min(high, last)] -= 1
    counts = zip(spans, days, accumulate(members), accumulate(engaged), strict=False)
    return tuple(
        EngagedPeriod(
            period=span.name,
            partial=day < span.last,
            first_day=span.first,
            last_day=day,
            members=member_count,
            engaged=engaged_count,
        )
        for span, day, member_count, engaged_count in counts
        if engaged_ranges and day >= first_day
    )


def merge_ranges(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Merge half-open ranges that touch or overlap, in order.

    Examples
    --------
    >>> merge_ranges([(4, 6), (0, 2), (2, 3)])
    [(0, 3), (4, 6)]
    """
    merged: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if merged and low <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return merged


_SOURCE = "people named in dated records; the setting “Engaged within months”"

METRICS: tuple[Metric, ...] = (
    Metric(
        id="engaged",
        label="Engaged members",
        question="How many members took part in something recently?",
        reading=(
            "We count today’s members who appear in a record dated within the months you set. It can be a connection, "
            "an attendance list, a conversation, a survey response, or an emergent activity."
        ),
        not_meaning="Someone who isn’t counted may be active in ways the workbook doesn’t record.",
        unit=Unit.COUNT,
        undefined="no member has a Joined date",
        source=_SOURCE,
    ),
    Metric(
        id="engaged_share",
        label="Share engaged",
        question="What share of members took part in something recently?",
        reading="Watch it over time. If it falls, call the people you haven’t seen.",
        not_meaning="It doesn’t grade anyone. People have quiet years.",
        unit=Unit.SHARE,
        undefined="the network has no members on that day",
        source=_SOURCE,
    ),
)
