"""Who is here and who is missing: the membership by an attribute beside whom one would expect, and each group's part
in what the network does. Every share comes with its interval, and what speaks of too few people is held back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Set
from dataclasses import dataclass
from enum import StrEnum

from nethealth.infrastructure.attendance import recent_attendees
from nethealth.infrastructure.membership.by_period import members_on
from nethealth.infrastructure.membership.categories import OTHERS, Categories
from nethealth.infrastructure.membership.cross_column_disclosure import Told, categories_for, disclose_columns
from nethealth.infrastructure.periods import months_later
from nethealth.metric import Metric, Unit
from nethealth.privacy.small_cells import (
    HiddenCount,
    are_bounds_wide_enough,
    cells_to_hide,
    hide_counts,
    parts_to_hide,
    share_bounds,
)
from nethealth.privacy.suppression import TooFew, is_too_small
from nethealth.proportions import Interval, wilson
from nethealth.workbook.cells.characters import folded
from nethealth.workbook.records import PersonKey, Workbook

LEADERSHIP_COLUMN = "Leadership role"


class Difference(StrEnum):
    """Where a share stands beside what it is compared with, as far as its interval tells."""

    BELOW = "below"
    WITHIN = "within"
    ABOVE = "above"


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryShare:
    """One group's share in the membership."""

    group: str
    count: HiddenCount
    share: float | TooFew
    """Of `MakeUp.members`."""
    interval: Interval | None
    """Wilson's 95% interval; None where the share is held back."""
    expected: float | None
    """The share that Reference names; None where it names none."""

    @property
    def standing(self) -> Difference | None:
        """Whether the interval lies below or above what is expected, or holds it; None without one of the two."""
        return standing(self.interval, self.expected)


@dataclass(frozen=True, slots=True, kw_only=True)
class Representation:
    """The members of one day by one attribute."""

    column: str
    as_of: dt.date
    members: int
    """Of whom the groups are a share: who has a value of the attribute, or everybody."""
    is_of_everybody: bool
    """Whether `members` are everybody: for viewers, where it may not be told how many have no value."""
    without_value: HiddenCount
    """Who has none, and so is in no group."""
    groups: tuple[CategoryShare, ...]
    """Largest first, then those whom Reference expects and of whom nobody is here, the pool last."""
    source: str | None
    """Where the expected shares come from, as Reference says."""


class GroupOutcome(StrEnum):
    """What the groups are compared by."""

    LEADERSHIP = "leadership"
    ATTENDANCE = "attendance"
    TIES = "ties"
    LEFT = "left"


OPEN = frozenset({GroupOutcome.LEADERSHIP, GroupOutcome.TIES})
"""What is open to whoever sees the map: who has a role, and who is tied."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupOutcomeShare:
    """One group's share of people of whom something holds."""

    group: str
    of: HiddenCount
    those: HiddenCount
    share: float | TooFew | None
    """`those` / `of`; None where nobody of the group is in question."""
    interval: Interval | None
    """Wilson's 95% interval; None where the share is held back."""
    bounds: Interval | None
    """Of a share that is held back because it holds of few, or of all but few: between which two it lies; else None."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupOutcomeResult:
    """How something that holds of some members is spread over the groups."""

    lens: GroupOutcome
    of: int
    """Who is in question; for staff those of them who have a value."""
    those: HiddenCount
    """Of them, those of whom it holds."""
    share: float | TooFew | None
    """Everybody's; None where nobody is in question."""
    groups: tuple[GroupOutcomeShare, ...]
    threshold: int | None = None
    """Of ties: how many one has at least."""
    bounds: Interval | None = None
    """Of everybody's share, where it is held back: between which two it lies. None: it is not, or too few are asked."""

    def standing_of(self, group: GroupOutcomeShare) -> Difference | None:
        """Where a group stands beside everybody's share, as far as its interval tells."""
        return standing(group.interval, None if isinstance(self.share, TooFew) else self.share)


def standing(interval: Interval | None, other: float | None) -> Difference | None:
    """Whether an interval lies wholly below or above a share, or holds it; None without one of the two."""
    if interval is None or other is None:
        return None
    low, high = interval
    return Difference.BELOW if high < other else Difference.ABOVE if low > other else Difference.WITHIN


def compare_representation(workbook: Workbook, *, column: str, as_of: dt.date) -> Representation | None:
    """Who is here on `as_of` by the values of a column, beside the shares of Reference; None without groups to show.

    A value that Reference expects and that no member has is a group of nobody. The pool is compared where Reference
    names a share for each of its values. What viewers are told is decided for all columns at once (`disclose_columns`).
    """
    groups = categories_for(workbook, column=column, as_of=as_of)
    if groups is None:
        return None
    inside = members_on(workbook, day=as_of)
    sizes = dict.fromkeys(groups.names, 0)
    for key, name in groups.of.items():
        sizes[name] += key in inside
    expected, absent, source = _expected(workbook, groups)
    rows = {name: size for name, size in sizes.items() if name != OTHERS} | dict.fromkeys(absent, 0)
    if sizes.get(OTHERS) or OTHERS in expected:
        rows[OTHERS] = sizes[OTHERS]
    smallest = workbook.settings.smallest_group
    counts = list(rows.values())
    members = sum(counts)
    blank = len(inside) - members
    if workbook.is_for_viewers:
        told = disclose_columns(workbook, as_of=as_of).told(inside)[column]
        held = frozenset(place for place, (name, count) in enumerate(rows.items()) if count and name not in told)
        is_blank_held = is_of_everybody = None not in told
    else:
        held = cells_to_hide(counts, smallest_group=smallest)
        is_blank_held, is_of_everybody = is_too_small(blank, smallest_group=smallest), False
    if is_of_everybody:
        members = len(inside)
    shown = hide_counts(counts, held, smallest_group=smallest)
    return Representation(
        column=column,
        as_of=as_of,
        members=members,
        is_of_everybody=is_of_everybody,
        without_value=TooFew(smallest) if is_blank_held else blank,
        groups=tuple(
            CategoryShare(
                group=name,
                count=count,
                share=count if isinstance(count, TooFew) else count / members,
                interval=None if isinstance(count, TooFew) else wilson(count, members),
                expected=expected.get(name),
            )
            for name, count in zip(rows, shown, strict=True)
        ),
        source=source,
    )


def _expected(workbook: Workbook, groups: Categories) -> tuple[dict[str, float], list[str], str | None]:
    """The share expected of each group, the values expected of whom nobody ever was a member, and who says so."""
    rows = [row for row in workbook.reference if folded(row.attribute) == folded(groups.column)]
    group_of = {folded(name): name for name in groups.names if name != OTHERS}
    group_of |= {folded(value): OTHERS for value in groups.pooled}
    expected: dict[str, float] = {}
    absent: list[str] = []
    named: set[str] = set()
    for row in rows:
        name = group_of.get(folded(row.value))
        if name is None:
            name = row.value
            absent.append(name)
        expected[name] = expected.get(name, 0.0) + row.share
        named.add(folded(row.value))
    if any(folded(value) not in named for value in groups.pooled):
        expected.pop(OTHERS, None)
    sources = {row.source: None for row in rows if row.source}
    return expected, list(dict.fromkeys(absent)), "; ".join(sources) or None


def group_outcomes(
    workbook: Workbook, *, column: str, as_of: dt.date, ties: Mapping[PersonKey, int] | None = None
) -> tuple[GroupOutcomeResult, ...]:
    """What can be compared between the groups of a column on `as_of`; empty without groups to show.

    - leadership: of the members, who has a Leadership role (unless that is the column itself, or nobody has one);
    - attendance: of the members, who is on an attendance list of the last months (`Engaged within months`);
    - ties: of the members in `ties` (by person, of one wave), who has as many as the middle of them (the median);
    - left: of the members a year before, who is not one now.

    A lens of which nothing is kept is left out. Who has a role and who is tied is open to whoever sees the map, so of
    columns on it the shares are shown as they are; who came and who left is not, nor what a private column holds: there
    a share of fewer people than the smallest group, or of all but so few, is held back.
    """
    groups = categories_for(workbook, column=column, as_of=as_of)
    if groups is None:
        return ()
    smallest = workbook.settings.smallest_group
    inside = members_on(workbook, day=as_of)
    found = [
        compared(
            groups,
            lens=lens,
            of=of,
            those=those,
            smallest_group=smallest,
            is_open=lens in OPEN and column not in workbook.private_attributes,
            told=_told_to_viewers(workbook, column, as_of, lens, set(of), set(those))
            if workbook.is_for_viewers
            else None,
            threshold=threshold,
        )
        for lens, of, those, threshold in _questions(workbook, column, inside, as_of, ties or {})
    ]
    return tuple(result for result in found if result.of)


def _questions(
    workbook: Workbook, column: str, inside: Set[PersonKey], as_of: dt.date, ties: Mapping[PersonKey, int]
) -> Iterator[tuple[GroupOutcome, Set[PersonKey], Set[PersonKey], int | None]]:
    leads = {key for key in inside if workbook.people[key].attributes.get(LEADERSHIP_COLUMN)}
    if leads and column != LEADERSHIP_COLUMN:
        yield GroupOutcome.LEADERSHIP, inside, leads, None
    if came := recent_attendees(workbook, as_of=as_of):
        yield GroupOutcome.ATTENDANCE, inside, came, None
    tied = {key: count for key, count in ties.items() if key in inside}
    if any(tied.values()):
        middle = max(1, sorted(tied.values())[len(tied) // 2])
        yield GroupOutcome.TIES, tied.keys(), {key for key, count in tied.items() if count >= middle}, middle
    before = members_on(workbook, day=months_later(as_of, -12))
    if before:
        yield GroupOutcome.LEFT, before, before - inside, None


@dataclass(frozen=True, slots=True, kw_only=True)
class _ToldLens:
    """The groups of which viewers are told in a lens."""

    of: Told
    those: Told


def _told_to_viewers(
    workbook: Workbook, column: str, as_of: dt.date, lens: GroupOutcome, of: set[PersonKey], those: set[PersonKey]
) -> _ToldLens:
    """Decided for all columns at once. What is open of each person can give away another's private column alone."""
    every = disclose_columns(workbook, as_of=as_of)
    found = every.told(of)[column]
    if lens in OPEN and column not in workbook.private_attributes:
        return _ToldLens(of=found, those=found)
    among = disclose_columns(workbook, as_of=as_of, are_private=True) if lens in OPEN else every
    asked: list[Set[PersonKey]] = [of & those, of - those]
    if lens is GroupOutcome.LEFT:
        # Beside those who are here today, who stayed tells who has joined since.
        asked.append(members_on(workbook, day=as_of) - of)
    return _ToldLens(of=found, those=found.intersection(*(among.told(people)[column] for people in asked)))


def compared(
    groups: Categories,
    *,
    lens: GroupOutcome,
    of: Collection[PersonKey],
    those: Collection[PersonKey],
    smallest_group: int,
    is_open: bool,
    told: _ToldLens | None,
    threshold: int | None = None,
) -> GroupOutcomeResult:
    """How `those` among `of` are spread over the groups.

    Groups of too few people are held back. Unless the matter is open (known to all of each person), so are shares of
    too few people and of all but too few, with as many neighbours as it takes that the whole does not give them away.
    For viewers (`told`) that is decided already, and everybody is in the whole, as in that of any other column; for
    staff whoever has no value is left out.
    """
    wholes, parts = dict.fromkeys(groups.names, 0), dict.fromkeys(groups.names, 0)
    for key in of:
        if (name := groups.of.get(key)) is not None:
            wholes[name] += 1
            parts[name] += key in those
    names = [name for name in groups.names if wholes[name]]
    whole_counts, part_counts = [wholes[name] for name in names], [parts[name] for name in names]
    if told is not None:
        all_of, all_those = len(of), sum(key in those for key in of)
        small = frozenset(at for at, name in enumerate(names) if name not in told.of)
        held = frozenset(at for at, name in enumerate(names) if name not in told.those)
    else:
        all_of, all_those = sum(whole_counts), sum(part_counts)
        small = cells_to_hide(whole_counts, smallest_group=smallest_group)
        held = small if is_open else parts_to_hide(part_counts, whole_counts, smallest_group=smallest_group)
    too_few = not is_open and is_too_small(all_those, whole=all_of, smallest_group=smallest_group)
    if too_few:
        held = frozenset(range(len(names)))
    has_bounds = not too_few and (
        told is None or are_bounds_wide_enough(part_counts, whole_counts, held, smallest_group=smallest_group)
    )
    shown_of = hide_counts(whole_counts, small, smallest_group=smallest_group)
    shown = hide_counts(part_counts, held, smallest_group=smallest_group)
    mark = TooFew(smallest_group)
    return GroupOutcomeResult(
        lens=lens,
        of=all_of,
        those=mark if too_few else all_those,
        share=mark if too_few else all_those / all_of if all_of else None,
        bounds=share_bounds(all_those, all_of, smallest_group=smallest_group) if too_few else None,
        groups=tuple(
            GroupOutcomeShare(
                group=name,
                of=shown_of[at],
                those=shown[at],
                share=mark if at in held else part_counts[at] / whole_counts[at],
                bounds=share_bounds(part_counts[at], whole_counts[at], smallest_group=smallest_group)
                if has_bounds and at in held and at not in small
                else None,
                interval=None if at in held else wilson(part_counts[at], whole_counts[at]),
            )
            for at, name in enumerate(names)
        ),
        threshold=threshold,
    )


_SOURCE = "Wilson's 95% score interval for a proportion (Wilson 1927; Newcombe 1998, method 3)"

METRICS: tuple[Metric, ...] = (
    Metric(
        id="group_share",
        label="Share of the members",
        question="Who is here, and who would one expect?",
        reading=(
            "Each group's share of the members who have a value (of all, where it may not be told how many have none), "
            "beside the share that the Reference tab names. The line shows how far chance alone could move it. Where "
            "it does not reach the expected share, the difference is larger than chance explains."
        ),
        not_meaning="Whom to expect is a choice of those who typed Reference; a gap asks for a talk, not a quota.",
        unit=Unit.SHARE,
        undefined=(
            "nobody has a value; groups of fewer people than the smallest that may be shown are pooled. For viewers it "
            "is held back where it would tell of so few beside the groups of another column"
        ),
        source=_SOURCE,
    ),
    Metric(
        id="lens_share",
        label="Share of each group",
        question="Do leading, coming, ties and staying reach every group alike?",
        reading=(
            "For each group the share of its people of whom it holds, beside everybody's. Only where the line does not "
            "reach everybody's share is the difference larger than chance explains."
        ),
        not_meaning=(
            "It tells no cause. Of twenty groups that are alike, one looks different by chance; and a group that is "
            "small can differ a great deal without its line showing it."
        ),
        unit=Unit.SHARE,
        undefined=(
            "nobody of the group is in question; where too few do, or do not, it is held back, for viewers also where "
            "it would tell of so few beside the groups of another column"
        ),
        source=_SOURCE,
    ),
)
