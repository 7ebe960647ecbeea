"""Categories: the values of a column that are common enough to show, with the rest pooled into one."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from nethealth.infrastructure.membership.by_period import members_on
from nethealth.privacy.common_values import columns_of_groups, value_for_groups
from nethealth.privacy.viewer_redaction import has_left
from nethealth.workbook.records import Person, PersonKey, Workbook

OTHERS = "All others"
"""Name of the category that pools values with too few people and values after the largest ones."""
MAX_CATEGORIES = 8
"""Most values with a category of their own: a chart with more is unreadable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Categories:
    """Everyone by their value of one column. Values are today's: the workbook has no earlier ones."""

    column: str
    names: tuple[str, ...]
    """The categories, largest first by members on the day asked for, `OTHERS` last if there is one."""
    of: Mapping[PersonKey, str]
    """Each person's category, including people who left; people without a value are left out."""
    pooled: frozenset[str]
    """The values pooled in `OTHERS`."""


def comparable_columns(workbook: Workbook, *, as_of: dt.date) -> tuple[str, ...]:
    """Return the columns, including private ones, with two or more categories to show on `as_of`."""
    return tuple(
        column for column in columns_of_groups(workbook) if categorize(workbook, column=column, as_of=as_of) is not None
    )


def counted_people(workbook: Workbook, people: Iterable[PersonKey]) -> frozenset[PersonKey]:
    """Return which of these people count by category and by attendance: for viewers, only those who may be on the map.

    Members of a region, minus those drawn there, would tell where the others are.
    """
    return frozenset(key for key in people if workbook.people[key].on_map or not workbook.is_for_viewers)


def count_left_out(workbook: Workbook, *, as_of: dt.date) -> int:
    """Return how many members on `as_of` tables by category leave out."""
    members = members_on(workbook, day=as_of)
    return len(members) - len(counted_people(workbook, members))


def categorize(workbook: Workbook, *, column: str, as_of: dt.date) -> Categories | None:
    """Return the categories of a column, or None if fewer than two reach the minimum group size.

    Values below the minimum group size are pooled. The pool takes in the next smallest value until it is large enough
    itself, because a small pool could be worked out from the total.

    Rare values that viewers never receive count as blank: those of people who left or aren't shown, and everyone's in
    private columns. So viewers and staff get the same categories.
    """
    value_of = _values(workbook, column)
    members = members_on(workbook, day=as_of)
    sizes = Counter(value for key, value in value_of.items() if key in members)
    ordered = sorted(sizes, key=lambda value: (-sizes[value], value))
    smallest = workbook.settings.smallest_group
    named = [value for value in ordered if sizes[value] >= smallest][:MAX_CATEGORIES]
    pool = sum(sizes.values()) - sum(sizes[value] for value in named)
    while named and 0 < pool < smallest:
        pool += sizes[named.pop()]
    pooled = frozenset(value_of.values()) - frozenset(named)
    if len(named) + bool(pool) < 2:
        return None
    return Categories(
        column=column,
        names=(*named, *([OTHERS] if pooled else ())),
        of=MappingProxyType({key: OTHERS if value in pooled else value for key, value in value_of.items()}),
        pooled=pooled,
    )


def _values(workbook: Workbook, column: str) -> dict[PersonKey, str]:
    """Return the value of each member whose value may be used in metrics."""
    private = column in workbook.private_attributes
    value_of = {key: (value_for_groups(person, column) or "").strip() for key, person in workbook.people.items()}
    holders = Counter(value_of.values())
    smallest = workbook.settings.smallest_group

    def is_usable(person: Person) -> bool:
        value = value_of[person.key]
        if not value or holders[value] >= smallest:
            return bool(value)
        return not private and person.on_map and not has_left(person, today=workbook.today)

    return {person.key: value_of[person.key] for person in workbook.members if is_usable(person)}
