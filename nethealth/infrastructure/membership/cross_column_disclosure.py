"""Which categories viewers may see: decided for all columns at once, number by number.

Within one column, `small_cells` hides small numbers. But columns nest and overlap: subtract a region's districts from
the region, and two people may be left. So for viewers `nethealth.privacy.disclosure` decides for every column together,
for each number among exactly the people it counts, such as members who left in one year. Staff have the workbook, so
for them each column stands alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from types import MappingProxyType
from typing import TypeAlias

import numpy as np

from nethealth.cache import cached
from nethealth.infrastructure.membership.by_period import members_on
from nethealth.infrastructure.membership.categories import OTHERS, Categories, categorize, counted_people
from nethealth.infrastructure.membership.spells import Numbers, spell_table
from nethealth.privacy.common_values import columns_of_groups
from nethealth.privacy.disclosure import NOT_COUNTED, Disclosure, Table
from nethealth.workbook.records import PersonKey, Workbook

ShownCategories: TypeAlias = frozenset[str | None]
"""The categories of a column that may be shown; includes None if the number without a value may be shown, too."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ColumnDisclosure:
    """Everyone with a dated spell by every comparable column, and which categories viewers may see."""

    categories: Mapping[str, Categories]
    """By column, in the order of decision: the first column hides the least."""
    keys: tuple[PersonKey, ...]
    """In the order of the spell table."""
    smallest_group: int
    _disclosure: Disclosure

    def shown_categories(self, people: Container[PersonKey]) -> Mapping[str, ShownCategories]:
        """Return, by column, the categories for which viewers may see how many of `people` are in them."""
        if not self.categories:
            return {}
        holds = self._disclosure.holds[np.array([key in people for key in self.keys], dtype=np.bool_)]
        return self.shown_for(holds.T @ holds)

    def shown_for(self, crossed: Table) -> Mapping[str, ShownCategories]:
        """Return the same for people cross-counted by `cross_counts`.

        Empty categories are shown unless the people counted are too few altogether, because then the empty ones would
        tell where those people are not.
        """
        sizes = np.split(np.diagonal(crossed), self._disclosure.starts[1:])
        if 0 < sizes[0].sum() < self.smallest_group:
            return dict.fromkeys(self.categories, frozenset())
        found: dict[str, ShownCategories] = {}
        for column, own, shown in zip(self.categories.values(), sizes, self._disclosure.shown_of(crossed), strict=True):
            hidden = {index for index, size in enumerate(own[1:]) if size} - shown
            found[column.column] = frozenset(
                name for index, name in enumerate((*column.names, None)) if index not in hidden
            )
        return found

    def cross_counts(self, people: Numbers, indexes: Numbers, *, count: int) -> Table:
        """Cross-count the `people` (indexes in `keys`) at each of `count` indexes."""
        order = np.argsort(indexes, kind="stable")
        holds = self._disclosure.holds[people[order]]
        edges = np.searchsorted(indexes[order], np.arange(count + 1))
        return np.stack([holds[low:high].T @ holds[low:high] for low, high in pairwise(edges)])


@cached
def disclose_columns(workbook: Workbook, *, as_of: dt.date, are_private: bool = False) -> ColumnDisclosure:
    """Decide for every comparable column on `as_of`, or for the private ones alone.

    Columns in the Reference tab and the one that colors the map come first, then those with few categories.
    """
    columns = workbook.private_attributes if are_private else columns_of_groups(workbook)
    categorized = [categorize(workbook, column=column, as_of=as_of) for column in columns]
    categories = [each for each in categorized if each is not None]
    first = [*(row.attribute for row in workbook.reference), workbook.settings.color_map_by]

    def rank(each: Categories) -> tuple[int, int]:
        return first.index(each.column) if each.column in first else len(first), len(each.names)

    categories.sort(key=rank)
    keys = spell_table(workbook).keys
    smallest = workbook.settings.smallest_group
    return ColumnDisclosure(
        categories=MappingProxyType({each.column: each for each in categories}),
        keys=keys,
        smallest_group=smallest,
        _disclosure=Disclosure(
            [_codes(each, keys, counted=counted_people(workbook, keys)) for each in categories],
            smallest_group=smallest,
        ),
    )


def _codes(categories: Categories, keys: Sequence[PersonKey], *, counted: Container[PersonKey]) -> Numbers:
    """Return the index of each person's category; people without a value come after all others."""
    index: dict[str | None, int] = {name: at for at, name in enumerate(categories.names)}
    return np.array(
        [index.get(categories.of.get(key), len(index)) if key in counted else NOT_COUNTED for key in keys],
        dtype=np.int64,
    )


def categories_for(workbook: Workbook, *, column: str, as_of: dt.date) -> Categories | None:
    """Return the categories of a column (`categorize`), for viewers in an order that reveals no hidden number.

    That order is the categories shown today, largest first, then the others by name, with the pool last.
    """
    if not workbook.is_for_viewers:
        return categorize(workbook, column=column, as_of=as_of)
    disclosure = disclose_columns(workbook, as_of=as_of)
    categories = disclosure.categories.get(column)
    if categories is None:
        return None
    shown = disclosure.shown_categories(members_on(workbook, day=as_of))[column]
    named = [name for name in categories.names if name != OTHERS]
    ordered = (*(name for name in named if name in shown), *sorted(name for name in named if name not in shown))
    return replace(categories, names=(*ordered, *categories.names[len(named) :]))


def categories_shown(workbook: Workbook, *, as_of: dt.date) -> dict[str, tuple[str, ...]]:
    """Return, by column in workbook order, the categories with a number of members to show, largest first.

    Columns without such a category are left out, and for viewers private ones (`membership_by_category` says why).
    """
    disclosure = disclose_columns(workbook, as_of=as_of)
    shown = disclosure.shown_categories(members_on(workbook, day=as_of)) if workbook.is_for_viewers else None
    found = {
        column: tuple(name for name in disclosure.categories[column].names if shown is None or name in shown[column])
        for column in (workbook.attributes if workbook.is_for_viewers else columns_of_groups(workbook))
        if column in disclosure.categories
    }
    return {column: names for column, names in found.items() if names}
