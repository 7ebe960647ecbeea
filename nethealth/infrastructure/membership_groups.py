"""The membership of each group of an attribute, period by period, with what speaks of too few held back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from nethealth.infrastructure.groups import groups_by
from nethealth.infrastructure.membership import MembershipPeriod, counted, membership_spans
from nethealth.infrastructure.periods import Period
from nethealth.infrastructure.small_cells import HeldCount, held_back, without
from nethealth.infrastructure.stay_table import stay_table
from nethealth.privacy import Withheld
from nethealth.workbook.records import Workbook


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupPeriod:
    """The membership of one group over one period; see `MembershipPeriod`."""

    period: str
    partial: bool
    start: HeldCount
    new: HeldCount
    dropped: HeldCount
    came_and_went: HeldCount
    end: HeldCount
    first_day: dt.date
    last_day: dt.date

    @property
    def growth(self) -> float | Withheld | None:
        """(`end` - `start`) / `start`; None where nobody was there at the start."""
        start, end = self.start, self.end
        if isinstance(start, Withheld):
            return start
        if isinstance(end, Withheld):
            return end
        return (end - start) / start if start else None

    @property
    def attrition(self) -> float | Withheld | None:
        """`dropped` / `start`; None where nobody was there at the start."""
        start, dropped = self.start, self.dropped
        if isinstance(start, Withheld):
            return start
        if isinstance(dropped, Withheld):
            return dropped
        return dropped / start if start else None

    @property
    def retention(self) -> float | Withheld | None:
        """1 - `attrition`: the share of those at the start who are there at the end."""
        left = self.attrition
        return 1 - left if isinstance(left, float) else left


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupedMembership:
    """The membership of every group of a column, over the same periods."""

    column: str
    groups: Mapping[str, tuple[GroupPeriod, ...]]
    """By group, largest today first, the pool last; empty where the column makes no groups."""
    with_value: tuple[int, ...]
    """At each period's end the members who have a value, whatever is held back of the groups."""

    def share(self, group: str, at: int) -> float | None:
        """A group's share of the members with a value at the end of period `at`; None where held back or nobody is."""
        end = self.groups[group][at].end
        whole = self.with_value[at]
        return None if isinstance(end, Withheld) or not whole else end / whole


def membership_by_group(
    workbook: Workbook, *, column: str, period: Period, as_of: dt.date, fiscal_year_starts: int | None = None
) -> GroupedMembership:
    """The membership by period of each group of a column (see `groups_by`), over the periods of the whole membership.

    Whoever has no value is in none. Empty where the column makes no groups or nobody had joined by `as_of`. In each
    period the groups' figures add up to known ones, so neighbours are held back with what is too small; and since
    start, new, dropped and end make a sum in themselves, new and dropped are held back together.
    """
    groups = groups_by(workbook, column=column, as_of=as_of)
    if groups is None:
        return GroupedMembership(column=column, groups=MappingProxyType({}), with_value=())
    spans = membership_spans(workbook, period=period, as_of=as_of, fiscal_year_starts=fiscal_year_starts)
    table = stay_table(workbook).begun_by(as_of)
    parts = table.parted(groups.of, groups.names)
    told = {name: counted(part, periods=spans, as_of=as_of) for name, part in parts.items()}
    smallest = workbook.settings.smallest_group
    columns = [_held([told[name][at] for name in groups.names], smallest=smallest) for at in range(len(spans))]
    return GroupedMembership(
        column=column,
        groups=MappingProxyType({name: tuple(row[at] for row in columns) for at, name in enumerate(groups.names)}),
        with_value=tuple(sum(told[name][at].end for name in groups.names) for at in range(len(spans))),
    )


def _held(periods: Sequence[MembershipPeriod], *, smallest: int) -> list[GroupPeriod]:
    """One period of all groups, with what may not be shown held back."""

    def places(counts: Sequence[int]) -> frozenset[int]:
        return held_back(counts, smallest_group=smallest)

    start, end = places([each.start for each in periods]), places([each.end for each in periods])
    moved = places([each.new for each in periods]) | places([each.dropped for each in periods]) | start | end
    passed = places([each.came_and_went for each in periods])
    shown = {
        "start": without([each.start for each in periods], start, smallest_group=smallest),
        "new": without([each.new for each in periods], moved, smallest_group=smallest),
        "dropped": without([each.dropped for each in periods], moved, smallest_group=smallest),
        "came_and_went": without([each.came_and_went for each in periods], passed, smallest_group=smallest),
        "end": without([each.end for each in periods], end, smallest_group=smallest),
    }
    return [
        GroupPeriod(
            period=each.period,
            partial=each.partial,
            first_day=each.first_day,
            last_day=each.last_day,
            start=shown["start"][at],
            new=shown["new"][at],
            dropped=shown["dropped"][at],
            came_and_went=shown["came_and_went"][at],
            end=shown["end"][at],
        )
        for at, each in enumerate(periods)
    ]
