"""Who has taken part lately: named in a tie, a gathering, a talk, an answer or a collaboration within N months."""

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
    """The members of one day, and which of them took part in the months before it."""

    as_of: dt.date
    within_months: int
    members: int
    """Members on `as_of`, by the rule of the membership figures."""
    engaged: int | None
    """Of them, those who took part; None where no member's `Joined` is known."""
    by_way: dict[ParticipationKind, int]
    """How many of the members were named in each way; one person can be in several."""
    quiet: tuple[PersonKey, ...]
    """Members named nowhere in that time, in the order of the sheet, without those not to be listed. Staff only."""

    @property
    def engaged_share(self) -> float | None:
        """`engaged` / `members`; None without members."""
        return self.engaged / self.members if self.engaged is not None and self.members else None

    def as_json(self) -> dict[str, object]:
        """The form that scripts read."""
        return {
            "as_of": self.as_of.isoformat(),
            "within_months": self.within_months,
            "engaged": self.engaged,
            "engaged_share": self.engaged_share,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class EngagedPeriod:
    """Who of the members at a period's end had taken part in the months before it."""

    period: str
    """2024, FY2024, 2024-Q1 or 2024-03."""
    partial: bool
    first_day: dt.date
    last_day: dt.date
    """The last day told of: for the running period the day asked for."""
    members: int
    engaged: int

    @property
    def engaged_share(self) -> float | None:
        """`engaged` / `members`; None without members."""
        return self.engaged / self.members if self.members else None


def summarize_engagement(workbook: Workbook, *, as_of: dt.date) -> Engagement:
    """Who of the members on `as_of` took part in the months before it that are set, both ends inside.

    What counts as taking part: see `participations`.
    """
    months = workbook.settings.engaged_within_months
    since = months_later(as_of, -months)
    members = members_on(workbook, day=as_of)
    named: dict[ParticipationKind, set[PersonKey]] = {way: set() for way in ParticipationKind}
    for occasion in participations(workbook):
        if since <= occasion.day <= as_of and occasion.person in members:
            named[occasion.way].add(occasion.person)
    engaged = frozenset[PersonKey]().union(*named.values())
    is_known = any(dated_spells(person) for person in workbook.people.values())
    return Engagement(
        as_of=as_of,
        within_months=months,
        members=len(members),
        engaged=len(engaged) if is_known else None,
        by_way={way: len(people) for way, people in named.items()},
        quiet=tuple(
            person.key
            for person in workbook.people.values()
            if person.key in members and person.key not in engaged and person.on_map
        ),
    )


def engagement_by_period(
    workbook: Workbook,
    *,
    period: Period,
    as_of: dt.date,
    fiscal_year_starts: int | None = None,
) -> tuple[EngagedPeriod, ...]:
    """The share engaged at the end of every period from the first thing that the workbook dates to `as_of`.

    At each period's end it is what `summarize_engagement` says of that day. Periods that ended before anything was written down
    are left out: nobody can tell who took part. Empty where nothing is dated, or nobody had joined by `as_of`.

    One pass over the occasions: each counts at the ends that lie within the months after it, and a person once at each.
    """
    months = workbook.settings.engaged_within_months
    table = spell_table(workbook).begun_by(as_of)
    inside = {table.keys[place] for place in table.person.tolist()}
    spans = membership_spans(workbook, period=period, as_of=as_of, fiscal_year_starts=fiscal_year_starts)
    days = [min(span.last, as_of) for span in spans]
    since = [months_later(day, -months) for day in days]
    reach: dict[PersonKey, list[tuple[int, int]]] = {}
    first_day = as_of
    for occasion in participations(workbook):
        if occasion.person in inside and occasion.day <= as_of:
            first_day = min(first_day, occasion.day)
            low, high = bisect_left(days, occasion.day), bisect_right(since, occasion.day)
            if low < high:
                reach.setdefault(occasion.person, []).append((low, high))
    members, engaged = [0] * (len(days) + 1), [0] * (len(days) + 1)
    there = presence(table, days)
    ranges = zip(table.person[there.arrives_row].tolist(), there.arrives.tolist(), there.leaves.tolist(), strict=True)
    for person, low, high in ranges:
        members[low] += 1
        members[high] -= 1
        for first, last in joined_up(reach.get(table.keys[person], [])):
            if max(low, first) < min(high, last):
                engaged[max(low, first)] += 1
                engaged[min(high, last)] -= 1
    told = zip(spans, days, accumulate(members), accumulate(engaged), strict=False)
    return tuple(
        EngagedPeriod(
            period=span.name,
            partial=day < span.last,
            first_day=span.first,
            last_day=day,
            members=inside,
            engaged=active,
        )
        for span, day, inside, active in told
        if reach and day >= first_day
    )


def joined_up(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges (first, one past the last) that touch or overlap as one, in order."""
    merged: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if merged and low <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return merged


_SOURCE = "being named in what the workbook dates; the months are the setting “Engaged within months”"

METRICS: tuple[Metric, ...] = (
    Metric(
        id="engaged",
        label="Engaged members",
        question="How many members took part in something lately?",
        reading=(
            "Members of today who are named in a dated tie, an attendance list, a weaving conversation, a survey "
            "answer or an emergent activity of the last months."
        ),
        not_meaning="Whoever is not counted may be active where the sheet can't see it: it says what was written down.",
        unit=Unit.COUNT,
        undefined="no member has a date in “Joined”",
        source=_SOURCE,
    ),
    Metric(
        id="engaged_share",
        label="Share engaged",
        question="What share of the members took part in something lately?",
        reading="Read it over time. A falling share is a reason to call people, kindly.",
        not_meaning="Not a mark for anybody: people have quiet years.",
        unit=Unit.SHARE,
        undefined="nobody is a member on that day",
        source=_SOURCE,
    ),
)
