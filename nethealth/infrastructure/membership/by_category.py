"""The membership of each group of an attribute, period by period, with what speaks of too few held back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from nethealth.cache import cached
from nethealth.infrastructure.membership.by_period import MembershipPeriod, counted, membership_spans, period_days
from nethealth.infrastructure.membership.cross_column_disclosure import Told, categories_for, disclose_columns
from nethealth.infrastructure.membership.spells import presence, spell_table
from nethealth.infrastructure.periods import Period, Span
from nethealth.privacy.small_cells import HiddenCount, cells_to_hide
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.records import Workbook


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryPeriod:
    """The membership of one group over one period; see `MembershipPeriod`."""

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
        """(`end` - `start`) / `start`; None where nobody was there at the start."""
        start, end = self.start, self.end
        if isinstance(start, TooFew):
            return start
        if isinstance(end, TooFew):
            return end
        return (end - start) / start if start else None

    @property
    def attrition(self) -> float | TooFew | None:
        """`dropped` / `start`; None where nobody was there at the start."""
        start, dropped = self.start, self.dropped
        if isinstance(start, TooFew):
            return start
        if isinstance(dropped, TooFew):
            return dropped
        return dropped / start if start else None

    @property
    def retention(self) -> float | TooFew | None:
        """1 - `attrition`: the share of those at the start who are there at the end."""
        left = self.attrition
        return 1 - left if isinstance(left, float) else left


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipByCategory:
    """The membership of every group of a column, over the same periods."""

    column: str
    groups: Mapping[str, tuple[CategoryPeriod, ...]]
    """By group, largest today first, the pool last; empty where the column makes no groups."""
    wholes: tuple[int, ...]
    """At each period's end the members of whom the groups are a share: those who have a value, whatever is held back of
    the groups; for viewers all members, where it may not always be told how many have none."""

    def share(self, group: str, at: int) -> float | None:
        """A group's share of `wholes` at the end of period `at`; None where held back or nobody is."""
        end = self.groups[group][at].end
        whole = self.wholes[at]
        return None if isinstance(end, TooFew) or not whole else end / whole


def membership_by_category(
    workbook: Workbook, *, column: str, period: Period, as_of: dt.date, fiscal_year_starts: int | None = None
) -> MembershipByCategory:
    """The membership by period of each group of a column (see `groups_by`), over the periods of the whole membership.

    Whoever has no value is in none. Empty where the column makes no groups or nobody had joined by `as_of`. In each
    period the groups' figures add up to known ones, so neighbours are held back with what is too small; and since
    start, new, dropped and end make a sum in themselves, new and dropped are held back together. For viewers it is
    decided for all columns at once (`disclose_columns`), also of those who were there at the start and at the end.
    """
    groups = categories_for(workbook, column=column, as_of=as_of)
    if groups is None:
        return MembershipByCategory(column=column, groups=MappingProxyType({}), wholes=())
    spans = membership_spans(workbook, period=period, as_of=as_of, fiscal_year_starts=fiscal_year_starts)
    table = spell_table(workbook).begun_by(as_of)
    parts = table.parted(groups.of, groups.names)
    counts = {name: counted(part, periods=spans, as_of=as_of) for name, part in parts.items()}
    by_period = [[counts[name][at] for name in groups.names] for at in range(len(spans))]
    smallest = workbook.settings.smallest_group
    wholes = [sum(each.end for each in row) for row in by_period]
    if workbook.is_for_viewers:
        told = [each[column] for each in _told_to_viewers(workbook, spans, as_of=as_of)]
        # A share beside its number tells the whole, and the whole how many have no value.
        if any(each.end and None not in each.end for each in told):
            wholes = [each.end for each in counted(table, periods=spans, as_of=as_of)]
    else:
        told = [_told_by_itself(row, groups.names, smallest=smallest) for row in by_period]
    shown = [_shown(row, groups.names, each, smallest=smallest) for row, each in zip(by_period, told, strict=True)]
    return MembershipByCategory(
        column=column,
        groups=MappingProxyType({name: tuple(row[at] for row in shown) for at, name in enumerate(groups.names)}),
        wholes=tuple(wholes),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _ToldPeriod:
    """The groups of one column whose figures of one period are told."""

    start: Told
    end: Told
    moved: Told
    """Whose new and dropped are."""
    passed: Told


def _told_by_itself(periods: Sequence[MembershipPeriod], names: Sequence[str], *, smallest: int) -> _ToldPeriod:
    """Of one period of all groups of a column, taken by itself."""

    def told(counts: Sequence[int]) -> Told:
        held = cells_to_hide(counts, smallest_group=smallest)
        return frozenset(name for place, name in enumerate(names) if place not in held)

    start, end = told([each.start for each in periods]), told([each.end for each in periods])
    return _ToldPeriod(
        start=start,
        end=end,
        moved=start & end & told([each.new for each in periods]) & told([each.dropped for each in periods]),
        passed=told([each.came_and_went for each in periods]),
    )


@cached
def _told_to_viewers(workbook: Workbook, spans: tuple[Span, ...], *, as_of: dt.date) -> list[dict[str, _ToldPeriod]]:
    """For each period and column what may be told; worked out once for all columns.

    `start` and `end` show who stayed as soon as one sees who is new or who left: so those who stayed count, too.
    """
    if not spans:
        return []
    every = disclose_columns(workbook, as_of=as_of)
    table = spell_table(workbook).begun_by(as_of)
    days = period_days(spans, as_of=as_of)
    there = presence(table, days)
    passing, places = np.array(there.between, dtype=np.int64).reshape(-1, 2).T
    came = every.crossed_at(table.person[there.arrives_row], there.arrives, count=len(days))
    went = every.crossed_at(table.person[there.leaves_row], there.leaves, count=len(days))
    here = (came - went).cumsum(axis=0)
    passed = every.crossed_at(passing, places, count=len(days) - 1)
    found = []
    start = every.told_of(here[0])
    for at in range(1, len(days)):
        end = every.told_of(here[at])
        moved = [every.told_of(each[at]) for each in (came, went, here - came)]
        passing_by = every.told_of(passed[at - 1])
        found.append(
            {
                column: _ToldPeriod(
                    start=start[column],
                    end=end[column],
                    moved=frozenset.intersection(start[column], end[column], *(each[column] for each in moved)),
                    passed=passing_by[column],
                )
                for column in every.groups
            }
        )
        start = end
    return found


def _shown(
    periods: Sequence[MembershipPeriod], names: Sequence[str], told: _ToldPeriod, *, smallest: int
) -> list[CategoryPeriod]:
    """One period of all groups, with what is not told held back."""
    mark = TooFew(smallest)
    return [
        CategoryPeriod(
            period=each.period,
            partial=each.partial,
            first_day=each.first_day,
            last_day=each.last_day,
            start=each.start if name in told.start else mark,
            new=each.new if name in told.moved else mark,
            dropped=each.dropped if name in told.moved else mark,
            came_and_went=each.came_and_went if name in told.passed else mark,
            end=each.end if name in told.end else mark,
        )
        for name, each in zip(names, periods, strict=True)
    ]
