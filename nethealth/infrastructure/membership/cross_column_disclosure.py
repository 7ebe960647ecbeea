"""Of which groups viewers are told: decided for all columns at once, figure by figure.

By one column nothing is told of too few (`small_cells`). But columns nest and overlap: whoever takes the districts of a
region from the region may be left with two people. So for viewers `nethealth.privacy.disclosure` decides for every column
together, of each figure among exactly the people whom it counts: of who left in a year among those who left in it.
Staff have the sheet; for them each column stands by itself.
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
from nethealth.infrastructure.membership.categories import OTHERS, Categories, categorize
from nethealth.infrastructure.membership.spells import Numbers, spell_table
from nethealth.privacy.disclosure import Disclosure, Table
from nethealth.workbook.records import PersonKey, Workbook

Told: TypeAlias = frozenset[str | None]
"""The groups of a column that may be told of; None among them: so may be how many have no value."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ColumnDisclosure:
    """Everybody with a dated stay by every column that can be compared, and of which groups viewers are told."""

    groups: Mapping[str, Categories]
    """By column, in the order of decision: what comes first loses least."""
    keys: tuple[PersonKey, ...]
    """As the table of stays has them."""
    smallest_group: int
    _disclosure: Disclosure

    def told(self, people: Container[PersonKey]) -> Mapping[str, Told]:
        """By column the groups of which it may be told how many of `people` are in them."""
        if not self.groups:
            return {}
        holds = self._disclosure.holds[np.array([key in people for key in self.keys], dtype=np.bool_)]
        return self.told_of(holds.T @ holds)

    def told_of(self, crossed: Table) -> Mapping[str, Told]:
        """The same of people counted crosswise (`crossed_at`).

        Groups of nobody are told, unless those who are counted are too few altogether: then it would say where they
        are not.
        """
        sizes = np.split(np.diagonal(crossed), self._disclosure.starts[1:])
        if 0 < sizes[0].sum() < self.smallest_group:
            return dict.fromkeys(self.groups, frozenset())
        found: dict[str, Told] = {}
        for groups, own, shown in zip(self.groups.values(), sizes, self._disclosure.shown_of(crossed), strict=True):
            held = {place for place, size in enumerate(own[1:]) if size} - shown
            found[groups.column] = frozenset(
                name for place, name in enumerate((*groups.names, None)) if place not in held
            )
        return found

    def crossed_at(self, people: Numbers, places: Numbers, *, count: int) -> Table:
        """At each of `count` places the `people` (by their place in `keys`) of that place, counted crosswise."""
        order = np.argsort(places, kind="stable")
        holds = self._disclosure.holds[people[order]]
        edges = np.searchsorted(places[order], np.arange(count + 1))
        return np.stack([holds[low:high].T @ holds[low:high] for low, high in pairwise(edges)])


@cached
def disclose_columns(workbook: Workbook, *, as_of: dt.date, are_private: bool = False) -> ColumnDisclosure:
    """Every column that can be compared on `as_of`, or the private ones alone; worked out once for a workbook.

    The columns of which Reference speaks and the one that colours the map are decided first, then those of few groups.
    """
    columns = workbook.private_attributes if are_private else (*workbook.attributes, *workbook.private_attributes)
    made = [groups for column in columns if (groups := categorize(workbook, column=column, as_of=as_of)) is not None]
    first = [*(row.attribute for row in workbook.reference), workbook.settings.color_map_by]

    def rank(groups: Categories) -> tuple[int, int]:
        return first.index(groups.column) if groups.column in first else len(first), len(groups.names)

    made.sort(key=rank)
    keys = spell_table(workbook).keys
    smallest = workbook.settings.smallest_group
    return ColumnDisclosure(
        groups=MappingProxyType({groups.column: groups for groups in made}),
        keys=keys,
        smallest_group=smallest,
        _disclosure=Disclosure([_codes(groups, keys) for groups in made], smallest_group=smallest),
    )


def _codes(groups: Categories, keys: Sequence[PersonKey]) -> Numbers:
    """For each person the place of their group; those without a value are a group of their own, after all others."""
    place: dict[str | None, int] = {name: at for at, name in enumerate(groups.names)}
    return np.array([place.get(groups.of.get(key), len(place)) for key in keys], dtype=np.int64)


def categories_for(workbook: Workbook, *, column: str, as_of: dt.date) -> Categories | None:
    """The groups of a column (`categorize`), for viewers in an order that tells nothing of how many are held back:
    those that may be told of today, largest first, then the others by name, the pool last.
    """
    if not workbook.is_for_viewers:
        return categorize(workbook, column=column, as_of=as_of)
    every = disclose_columns(workbook, as_of=as_of)
    groups = every.groups.get(column)
    if groups is None:
        return None
    told = every.told(members_on(workbook, day=as_of))[column]
    named = [name for name in groups.names if name != OTHERS]
    ordered = (*(name for name in named if name in told), *sorted(name for name in named if name not in told))
    return replace(groups, names=(*ordered, *groups.names[len(named) :]))


def categories_shown(workbook: Workbook, *, as_of: dt.date) -> dict[str, tuple[str, ...]]:
    """By column, in the order of the sheet, the groups of whom one may ask, largest first.

    For viewers those of which may be told how many are here. Columns without such a group are left out.
    """
    every = disclose_columns(workbook, as_of=as_of)
    told = every.told(members_on(workbook, day=as_of)) if workbook.is_for_viewers else None
    found = {
        column: tuple(name for name in every.groups[column].names if told is None or name in told[column])
        for column in (*workbook.attributes, *workbook.private_attributes)
        if column in every.groups
    }
    return {column: names for column, names in found.items() if names}
