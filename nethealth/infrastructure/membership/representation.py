"""Representation: the share of members in each category of a column, compared with the share you'd expect, and how
leadership, attendance, ties, and leaving differ among categories. Shares come with intervals; small numbers are hidden.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Set
from dataclasses import dataclass
from enum import StrEnum

from nethealth.infrastructure.attendance import recent_attendees
from nethealth.infrastructure.membership.by_period import members_on
from nethealth.infrastructure.membership.categories import OTHERS, Categories, counted_people
from nethealth.infrastructure.membership.cross_column_disclosure import (
    ShownCategories,
    categories_for,
    disclose_columns,
)
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


class IntervalPosition(StrEnum):
    """Where a share's interval lies compared with another share."""

    BELOW = "below"
    WITHIN = "within"
    ABOVE = "above"


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryShare:
    """One category's share of members."""

    category: str
    count: HiddenCount
    share: float | TooFew
    """Share of `Representation.members`."""
    interval: Interval | None
    """Wilson's 95% interval; None if the share is hidden."""
    expected: float | None
    """The share in the Reference tab; None if it has none."""

    @property
    def position(self) -> IntervalPosition | None:
        """Return where the interval lies compared with the expected share; None without one of the two."""
        return interval_position(self.interval, self.expected)


@dataclass(frozen=True, slots=True, kw_only=True)
class Representation:
    """The members on one day by the categories of one column."""

    column: str
    as_of: dt.date
    members: int
    """The members that shares refer to: those with a value, or everyone if `includes_blanks`."""
    includes_blanks: bool
    """True if `members` is everyone: for viewers, if the number without a value must stay hidden."""
    without_value: HiddenCount
    """Members without a value, who are in no category."""
    categories: tuple[CategoryShare, ...]
    """Largest first, then expected ones without members, the pool last."""
    source: str | None
    """Where the expected shares come from, as the Reference tab says."""


class CategoryOutcome(StrEnum):
    """What categories are compared by."""

    LEADERSHIP = "leadership"
    ATTENDANCE = "attendance"
    TIES = "ties"
    LEFT = "left"


PUBLIC_OUTCOMES = frozenset({CategoryOutcome.LEADERSHIP, CategoryOutcome.TIES})
"""Outcomes that everyone who sees the map can see for each person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryOutcomeShare:
    """The share of one category's people with an outcome."""

    category: str
    total: HiddenCount
    count: HiddenCount
    share: float | TooFew | None
    """`count` / `total`; None without people."""
    interval: Interval | None
    """Wilson's 95% interval; None if the share is hidden."""
    bounds: Interval | None
    """The range of a share hidden because few people, or all but few, have the outcome; else None."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeByCategory:
    """One outcome compared among the categories of a column."""

    outcome: CategoryOutcome
    total: int
    """People considered; for staff, those with a value."""
    count: HiddenCount
    """People with the outcome."""
    share: float | TooFew | None
    """`count` / `total`; None without people."""
    categories: tuple[CategoryOutcomeShare, ...]
    threshold: int | None = None
    """For ties: the number that counts as many."""
    bounds: Interval | None = None
    """The range of a hidden `share`; None if it isn't hidden or too few people are considered."""

    def position(self, category: CategoryOutcomeShare) -> IntervalPosition | None:
        """Return where a category's interval lies compared with everyone's share."""
        return interval_position(category.interval, None if isinstance(self.share, TooFew) else self.share)


def interval_position(interval: Interval | None, value: float | None) -> IntervalPosition | None:
    """Return whether an interval lies wholly below or above a value, or contains it; None without one of the two.

    Examples
    --------
    >>> interval_position((0.1, 0.3), 0.4)
    <IntervalPosition.BELOW: 'below'>
    """
    if interval is None or value is None:
        return None
    low, high = interval
    if high < value:
        return IntervalPosition.BELOW
    return IntervalPosition.ABOVE if low > value else IntervalPosition.WITHIN


def compare_representation(workbook: Workbook, *, column: str, as_of: dt.date) -> Representation | None:
    """Compare each category's share of the members on `as_of` with the Reference tab; None without categories.

    An expected value that no member has becomes a category with no one in it. The pool is compared if the Reference
    tab has a share for each of its values. What viewers see is decided for all columns at once (`disclose_columns`).
    """
    categories = categories_for(workbook, column=column, as_of=as_of)
    if categories is None:
        return None
    members = counted_people(workbook, members_on(workbook, day=as_of))
    sizes = dict.fromkeys(categories.names, 0)
    for key, name in categories.of.items():
        sizes[name] += key in members
    expected, absent, source = _expected(workbook, categories)
    rows = {name: size for name, size in sizes.items() if name != OTHERS} | dict.fromkeys(absent, 0)
    if sizes.get(OTHERS) or OTHERS in expected:
        rows[OTHERS] = sizes[OTHERS]
    smallest = workbook.settings.smallest_group
    counts = list(rows.values())
    total = sum(counts)
    blank = len(members) - total
    if workbook.is_for_viewers:
        visible = disclose_columns(workbook, as_of=as_of).shown_categories(members)[column]
        hidden = frozenset(index for index, (name, count) in enumerate(rows.items()) if count and name not in visible)
        is_blank_hidden = includes_blanks = None not in visible
    else:
        hidden = cells_to_hide(counts, smallest_group=smallest)
        is_blank_hidden, includes_blanks = is_too_small(blank, smallest_group=smallest), False
    if includes_blanks:
        total = len(members)
    shown = hide_counts(counts, hidden, smallest_group=smallest)
    return Representation(
        column=column,
        as_of=as_of,
        members=total,
        includes_blanks=includes_blanks,
        without_value=TooFew(smallest) if is_blank_hidden else blank,
        categories=tuple(
            CategoryShare(
                category=name,
                count=count,
                share=count if isinstance(count, TooFew) else count / total,
                interval=None if isinstance(count, TooFew) else wilson(count, total),
                expected=expected.get(name),
            )
            for name, count in zip(rows, shown, strict=True)
        ),
        source=source,
    )


def _expected(workbook: Workbook, categories: Categories) -> tuple[dict[str, float], list[str], str | None]:
    """Return each category's expected share, the expected values that no one ever had, and the source."""
    rows = [row for row in workbook.reference if folded(row.attribute) == folded(categories.column)]
    category_of = {folded(name): name for name in categories.names if name != OTHERS}
    category_of |= {folded(value): OTHERS for value in categories.pooled}
    expected: dict[str, float] = {}
    absent: list[str] = []
    named: set[str] = set()
    for row in rows:
        name = category_of.get(folded(row.value))
        if name is None:
            name = row.value
            absent.append(name)
        expected[name] = expected.get(name, 0.0) + row.share
        named.add(folded(row.value))
    if any(folded(value) not in named for value in categories.pooled):
        expected.pop(OTHERS, None)
    sources = {row.source: None for row in rows if row.source}
    return expected, list(dict.fromkeys(absent)), "; ".join(sources) or None


def compare_outcomes(
    workbook: Workbook, *, column: str, as_of: dt.date, ties: Mapping[PersonKey, int] | None = None
) -> tuple[OutcomeByCategory, ...]:
    """Compare outcomes among the categories of a column on `as_of`; empty without categories to show.

    - leadership: members with a Leadership role (unless that is the column itself, or no one has a role);
    - attendance: members on an attendance list within `Engaged within months`;
    - ties: members in `ties` (by person, of one wave) with at least the median number of ties;
    - left: members a year ago who aren't members now.

    Outcomes without data are left out. Everyone who sees the map can see roles and ties, so for columns on the map we
    show those shares as they are. Attendance, leaving, and private columns aren't public, so we hide a share if fewer
    people than the minimum group size, or all but so few, have the outcome. Of private columns viewers see only
    outcomes of everyone who is a member on that day: the difference from other people could be one person's value.
    """
    categories = categories_for(workbook, column=column, as_of=as_of)
    if categories is None:
        return ()
    smallest = workbook.settings.smallest_group
    members = counted_people(workbook, members_on(workbook, day=as_of))
    results = [
        compare_outcome(
            categories,
            outcome=outcome,
            people=people,
            having=having,
            smallest_group=smallest,
            is_public=outcome in PUBLIC_OUTCOMES and column not in workbook.private_attributes,
            shown=_shown_to_viewers(workbook, column, as_of, outcome, set(people), set(having))
            if workbook.is_for_viewers
            else None,
            threshold=threshold,
        )
        for outcome, people, having, threshold in _outcomes(workbook, column, members, as_of, ties or {})
        if people == members or column in workbook.attributes or not workbook.is_for_viewers
    ]
    return tuple(result for result in results if result.total)


def _outcomes(
    workbook: Workbook, column: str, members: Set[PersonKey], as_of: dt.date, ties: Mapping[PersonKey, int]
) -> Iterator[tuple[CategoryOutcome, Set[PersonKey], Set[PersonKey], int | None]]:
    """Yield each outcome with data: the people considered, those with the outcome, and the threshold."""
    leaders = {key for key in members if workbook.people[key].attributes.get(LEADERSHIP_COLUMN)}
    if leaders and column != LEADERSHIP_COLUMN:
        yield CategoryOutcome.LEADERSHIP, members, leaders, None
    if attendees := recent_attendees(workbook, as_of=as_of):
        yield CategoryOutcome.ATTENDANCE, members, attendees, None
    counts = {key: count for key, count in ties.items() if key in members}
    if any(counts.values()):
        median = max(1, sorted(counts.values())[len(counts) // 2])
        yield CategoryOutcome.TIES, counts.keys(), {key for key, count in counts.items() if count >= median}, median
    before = counted_people(workbook, members_on(workbook, day=months_later(as_of, -12)))
    if before:
        yield CategoryOutcome.LEFT, before, before - members, None


@dataclass(frozen=True, slots=True, kw_only=True)
class _ShownOutcome:
    """The categories that viewers may see for one outcome."""

    total: ShownCategories
    count: ShownCategories


def _shown_to_viewers(
    workbook: Workbook,
    column: str,
    as_of: dt.date,
    outcome: CategoryOutcome,
    people: set[PersonKey],
    having: set[PersonKey],
) -> _ShownOutcome:
    """Decide for all columns at once. A public outcome can only give away people's private columns."""
    disclosure = disclose_columns(workbook, as_of=as_of)
    total = disclosure.shown_categories(people)[column]
    if outcome in PUBLIC_OUTCOMES and column not in workbook.private_attributes:
        return _ShownOutcome(total=total, count=total)
    if outcome in PUBLIC_OUTCOMES:
        disclosure = disclose_columns(workbook, as_of=as_of, are_private=True)
    counted: list[Set[PersonKey]] = [people & having, people - having]
    if outcome is CategoryOutcome.LEFT:
        # Together with today's members, the number who stayed gives away how many have joined since.
        counted.append(members_on(workbook, day=as_of) - people)
    return _ShownOutcome(
        total=total, count=total.intersection(*(disclosure.shown_categories(each)[column] for each in counted))
    )


def compare_outcome(
    categories: Categories,
    *,
    outcome: CategoryOutcome,
    people: Collection[PersonKey],
    having: Collection[PersonKey],
    smallest_group: int,
    is_public: bool,
    shown: _ShownOutcome | None,
    threshold: int | None = None,
) -> OutcomeByCategory:
    """Compare the share of `people` `having` an outcome among categories.

    Categories with too few people are hidden. Unless the outcome is public, so are shares of too few people and of all
    but too few, with as many others as it takes that the total doesn't give them away. For viewers (`shown`) that is
    already decided, and everyone counts in the total; for staff, people without a value are left out.
    """
    totals, counts = dict.fromkeys(categories.names, 0), dict.fromkeys(categories.names, 0)
    for key in people:
        if (name := categories.of.get(key)) is not None:
            totals[name] += 1
            counts[name] += key in having
    names = [name for name in categories.names if totals[name]]
    category_totals, category_counts = [totals[name] for name in names], [counts[name] for name in names]
    if shown is not None:
        total, count = len(people), sum(key in having for key in people)
        hidden_totals = frozenset(index for index, name in enumerate(names) if name not in shown.total)
        hidden = frozenset(index for index, name in enumerate(names) if name not in shown.count)
    else:
        total, count = sum(category_totals), sum(category_counts)
        hidden_totals = cells_to_hide(category_totals, smallest_group=smallest_group)
        hidden = (
            hidden_totals
            if is_public
            else parts_to_hide(category_counts, category_totals, smallest_group=smallest_group)
        )
    is_hidden = not is_public and is_too_small(count, whole=total, smallest_group=smallest_group)
    if is_hidden:
        hidden = frozenset(range(len(names)))
    has_bounds = not is_hidden and (
        shown is None or are_bounds_wide_enough(category_counts, category_totals, hidden, smallest_group=smallest_group)
    )
    shown_totals = hide_counts(category_totals, hidden_totals, smallest_group=smallest_group)
    shown_counts = hide_counts(category_counts, hidden, smallest_group=smallest_group)
    withheld = TooFew(smallest_group)
    return OutcomeByCategory(
        outcome=outcome,
        total=total,
        count=withheld if is_hidden else count,
        share=withheld if is_hidden else count / total if total else None,
        bounds=share_bounds(count, total, smallest_group=smallest_group) if is_hidden else None,
        categories=tuple(
            CategoryOutcomeShare(
                category=name,
                total=shown_totals[index],
                count=shown_counts[index],
                share=withheld if index in hidden else category_counts[index] / category_totals[index],
                bounds=share_bounds(category_counts[index], category_totals[index], smallest_group=smallest_group)
                if has_bounds and index in hidden and index not in hidden_totals
                else None,
                interval=None if index in hidden else wilson(category_counts[index], category_totals[index]),
            )
            for index, name in enumerate(names)
        ),
        threshold=threshold,
    )


_SOURCE = "Wilson’s 95% score interval for a proportion (Wilson 1927; Newcombe 1998, method 3)"

METRICS: tuple[Metric, ...] = (
    Metric(
        id="member_share",
        label="Share of members",
        question="Do your members match the shares you’d expect?",
        reading=(
            "Each category’s share of members who have a value, compared with the share in the Reference tab. The line "
            "is the 95% confidence interval. If it misses the expected share, the difference is more than chance. If "
            "the number of blanks must stay hidden, shares are of all members."
        ),
        not_meaning="You choose the expected shares. A gap calls for a conversation, not a quota.",
        unit=Unit.SHARE,
        undefined=(
            "no one has a value. We combine categories below the minimum group size, and hide from viewers what "
            "another column would give away"
        ),
        source=_SOURCE,
    ),
    Metric(
        id="outcome_share",
        label="Share of each category",
        question="Do some categories lead, attend, connect, or leave more than others?",
        reading=(
            "For each category, the share of its people with the outcome, compared with everyone’s. The difference is "
            "more than chance only if the 95% confidence interval misses everyone’s share."
        ),
        not_meaning=(
            "It doesn’t show causes. Of 20 categories that are really alike, about one looks different by chance. A "
            "small category can differ a lot before its interval shows it."
        ),
        unit=Unit.SHARE,
        undefined=(
            "the category has no people to count. We hide a share if it would reveal too few people. For viewers, we "
            "also hide it if another column would reveal it"
        ),
        source=_SOURCE,
    ),
)
