"""Membership of each category of a column, period by period, with small numbers hidden."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from nethealth.cache import cached
from nethealth.infrastructure.membership.by_period import MembershipPeriod, count_days, count_members, membership_spans
from nethealth.infrastructure.membership.categories import counted_people
from nethealth.infrastructure.membership.cross_column_disclosure import (
    ShownCategories,
    categories_for,
    disclose_columns,
)
from nethealth.infrastructure.membership.spells import presence, spell_table
from nethealth.infrastructure.periods import Period, Span
from nethealth.privacy.small_cells import HiddenCount, cells_to_hide
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.records import Workbook


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryPeriod:
    """The membership of one category over one period; see `MembershipPeriod`."""

    period: str
    partial: bool
    start: HiddenCount
    new: HiddenCount
    dropped: HiddenCount
    came_and_went: HiddenCount
    end: HiddenCount
    first_day: dt.date
    last_day: dt.date

    @property
    def growth(self) -> float | TooFew | None:
        """Return (`end` - `start`) / `start`, or None without members at the start."""
        start, end = self.start, self.end
        if isinstance(start, TooFew):
            return start
        if isinstance(end, TooFew):
            return end
        return (end - start) / start if start else None

    @property
    def attrition(self) -> float | TooFew | None:
        """Return `dropped` / `start`, or None without members at the start."""
        start, dropped = self.start, self.dropped
        if isinstance(start, TooFew):
            return start
        if isinstance(dropped, TooFew):
            return dropped
        return dropped / start if start else None

    @property
    def retention(self) -> float | TooFew | None:
        """Return 1 - `attrition`, the share of members at the start who are members at the end."""
        attrition = self.attrition
        return 1 - attrition if isinstance(attrition, float) else attrition


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipByCategory:
    """The membership of every category of a column, over the same periods."""

    column: str
    categories: Mapping[str, tuple[CategoryPeriod, ...]]
    """By category, largest today first, the pool last; empty if the column has no categories to show over time."""
    totals: tuple[int, ...]
    """The members that shares refer to, at each period's end: members with a value, or for viewers all members if the
    number without a value must stay hidden in any period."""

    def share(self, category: str, index: int) -> float | None:
        """Return a category's share of `totals` at the end of period `index`; None if hidden or without members."""
        end = self.categories[category][index].end
        total = self.totals[index]
        return None if isinstance(end, TooFew) or not total else end / total


def membership_by_category(
    workbook: Workbook, *, column: str, period: Period, as_of: dt.date, fiscal_year_starts: int | None = None
) -> MembershipByCategory:
    """Count the members of each category (see `categorize`) over the periods of the whole membership.

    People without a value are in no category. Empty if the column has no categories to show or no one had joined by
    `as_of`. In each period the categories add up to known totals, so neighbors of a small number are hidden with it.
    Start, new, dropped, and end add up as well, so new and dropped are hidden together. For viewers we decide for all
    columns at once (`disclose_columns`), including the members present at both start and end. Of private columns
    viewers see nothing over time: if one person left, the difference between two periods would be that person's value.
    """
    categories = categories_for(workbook, column=column, as_of=as_of)
    if categories is None or (workbook.is_for_viewers and column not in workbook.attributes):
        return MembershipByCategory(column=column, categories=MappingProxyType({}), totals=())
    spans = membership_spans(workbook, period=period, as_of=as_of, fiscal_year_starts=fiscal_year_starts)
    table = spell_table(workbook).started_by(as_of)
    parts = table.split_by(categories.of, categories.names)
    counts = {name: count_members(part, periods=spans, as_of=as_of) for name, part in parts.items()}
    by_period = [[counts[name][at] for name in categories.names] for at in range(len(spans))]
    smallest = workbook.settings.smallest_group
    totals = [sum(each.end for each in periods) for periods in by_period]
    if workbook.is_for_viewers:
        visible = [each[column] for each in _shown_to_viewers(workbook, spans, as_of=as_of)]
        # A share next to its number gives away the total, and the total gives away how many have no value.
        if any(each.end and None not in each.end for each in visible):
            everyone = dict.fromkeys(counted_people(workbook, table.keys), "everyone")
            counted = table.split_by(everyone, ("everyone",))["everyone"]
            totals = [each.end for each in count_members(counted, periods=spans, as_of=as_of)]
    else:
        visible = [_shown_alone(row, categories.names, smallest=smallest) for row in by_period]
    shown = [
        _with_hidden(row, categories.names, each, smallest=smallest)
        for row, each in zip(by_period, visible, strict=True)
    ]
    return MembershipByCategory(
        column=column,
        categories=MappingProxyType(
            {name: tuple(row[at] for row in shown) for at, name in enumerate(categories.names)}
        ),
        totals=tuple(totals),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _ShownPeriod:
    """The categories of one column whose numbers are shown for one period."""

    start: ShownCategories
    end: ShownCategories
    changed: ShownCategories
    """Those with new and dropped shown."""
    came_and_went: ShownCategories


def _shown_alone(periods: Sequence[MembershipPeriod], names: Sequence[str], *, smallest: int) -> _ShownPeriod:
    """Decide for one period of one column, taken alone."""

    def shown(counts: Sequence[int]) -> ShownCategories:
        hidden = cells_to_hide(counts, smallest_group=smallest)
        return frozenset(name for index, name in enumerate(names) if index not in hidden)

    start, end = shown([each.start for each in periods]), shown([each.end for each in periods])
    return _ShownPeriod(
        start=start,
        end=end,
        changed=start & end & shown([each.new for each in periods]) & shown([each.dropped for each in periods]),
        came_and_went=shown([each.came_and_went for each in periods]),
    )


@cached
def _shown_to_viewers(workbook: Workbook, spans: tuple[Span, ...], *, as_of: dt.date) -> list[dict[str, _ShownPeriod]]:
    """Decide for each period and all columns what viewers may see.

    Start and end, together with new or dropped, give away who stayed, so those who stayed count as well.
    """
    if not spans:
        return []
    disclosure = disclose_columns(workbook, as_of=as_of)
    table = spell_table(workbook).started_by(as_of)
    days = count_days(spans, as_of=as_of)
    present = presence(table, days)
    brief, brief_index = np.array(present.between, dtype=np.int64).reshape(-1, 2).T
    joined = disclosure.cross_counts(table.person[present.arrives_row], present.arrives, count=len(days))
    left = disclosure.cross_counts(table.person[present.leaves_row], present.leaves, count=len(days))
    members = (joined - left).cumsum(axis=0)
    came_and_went = disclosure.cross_counts(brief, brief_index, count=len(days) - 1)
    found = []
    start = disclosure.shown_for(members[0])
    for at in range(1, len(days)):
        end = disclosure.shown_for(members[at])
        changed = [disclosure.shown_for(each[at]) for each in (joined, left, members - joined)]
        brief_shown = disclosure.shown_for(came_and_went[at - 1])
        found.append(
            {
                column: _ShownPeriod(
                    start=start[column],
                    end=end[column],
                    changed=frozenset.intersection(start[column], end[column], *(each[column] for each in changed)),
                    came_and_went=brief_shown[column],
                )
                for column in disclosure.categories
            }
        )
        start = end
    return found


def _with_hidden(
    periods: Sequence[MembershipPeriod], names: Sequence[str], shown: _ShownPeriod, *, smallest: int
) -> list[CategoryPeriod]:
    """Return one period of all categories with hidden numbers marked."""
    hidden = TooFew(smallest)
    return [
        CategoryPeriod(
            period=each.period,
            partial=each.partial,
            first_day=each.first_day,
            last_day=each.last_day,
            start=each.start if name in shown.start else hidden,
            new=each.new if name in shown.changed else hidden,
            dropped=each.dropped if name in shown.changed else hidden,
            came_and_went=each.came_and_went if name in shown.came_and_went else hidden,
            end=each.end if name in shown.end else hidden,
        )
        for name, each in zip(names, periods, strict=True)
    ]
