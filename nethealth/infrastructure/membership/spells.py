"""Membership spells as numeric columns, so that counting members stays fast in large networks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from nethealth.cache import cached
from nethealth.workbook.records import Person, PersonKey, Workbook

DatedSpell: TypeAlias = tuple[dt.date, dt.date]
"""First and last day of membership; the last is `date.max` for a current member."""
Numbers: TypeAlias = NDArray[np.int64]
Mask: TypeAlias = NDArray[np.bool_]


def dated_spells(person: Person) -> tuple[DatedSpell, ...]:
    """Return a person's spells with a known start; none for guests."""
    if person.is_guest:
        return ()
    return tuple((spell.joined, spell.left or dt.date.max) for spell in person.spells if spell.joined is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpellTable:
    """One row per spell, with each person's spells together in time order. Days are ordinals."""

    keys: tuple[PersonKey, ...]
    """Everyone with a spell, in workbook order."""
    person: Numbers
    """Index in `keys` of the person."""
    joined: Numbers
    left: Numbers
    """The last day of the spell."""
    first: Numbers
    """The first day of the person's first spell."""
    is_first: Mask
    """True for the person's first spell."""

    def started_by(self, day: dt.date) -> SpellTable:
        """Return the spells that had started by `day`."""
        return self._where(self.joined <= day.toordinal())

    def split_by(self, category_of: Mapping[PersonKey, str], names: Sequence[str]) -> dict[str, SpellTable]:
        """Return the spells of each category; people without one are left out."""
        index = {name: at for at, name in enumerate(names)}
        codes = np.array([index.get(category_of.get(key, ""), -1) for key in self.keys] or [-1], dtype=np.int64)
        category = codes[self.person]
        return {name: self._where(category == at) for name, at in index.items()}

    def _where(self, rows: Mask) -> SpellTable:
        return SpellTable(
            keys=self.keys,
            person=self.person[rows],
            joined=self.joined[rows],
            left=self.left[rows],
            first=self.first[rows],
            is_first=self.is_first[rows],
        )

    def __len__(self) -> int:
        return len(self.person)


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """On which of several days people are members, as half-open ranges of day indexes; touching ranges are merged."""

    arrives: Numbers
    """The first index of each range."""
    leaves: Numbers
    """One past its last index."""
    arrives_row: Numbers
    """The table row where each range begins."""
    leaves_row: Numbers
    between: tuple[tuple[int, int], ...]
    """Pairs of person and n, once each: members only after day n and before day n + 1."""


@cached
def spell_table(workbook: Workbook) -> SpellTable:
    """Return the dated spells of everyone except guests."""
    keys: list[PersonKey] = []
    rows: list[tuple[int, int, int, int, bool]] = []
    for person in workbook.people.values():
        known = dated_spells(person)
        for index, (joined, left) in enumerate(known):
            rows.append((len(keys), joined.toordinal(), left.toordinal(), known[0][0].toordinal(), index == 0))
        if known:
            keys.append(person.key)
    table = np.array(rows, dtype=np.int64).reshape(len(rows), 5)
    return SpellTable(
        keys=tuple(keys),
        person=table[:, 0],
        joined=table[:, 1],
        left=table[:, 2],
        first=table[:, 3],
        is_first=table[:, 4].astype(np.bool_),
    )


def ordinals(days: Sequence[dt.date]) -> Numbers:
    """Return days as ordinals."""
    return np.array([day.toordinal() for day in days], dtype=np.int64)


def presence(table: SpellTable, days: Sequence[dt.date]) -> Presence:
    """Find on which of `days` (in order) each person in the table is a member.

    Someone who left on Friday and rejoined on Monday is a member on both of two days that straddle the weekend, so
    touching ranges of one person are merged.
    """
    at = ordinals(days)
    low, high = np.searchsorted(at, table.joined, side="left"), np.searchsorted(at, table.left, side="right")
    rows = np.flatnonzero(low < high)
    person, begins, ends = table.person[rows], low[rows], high[rows]
    continues = np.zeros(len(rows) + 1, dtype=np.bool_)
    continues[1:-1] = (person[1:] == person[:-1]) & (begins[1:] <= ends[:-1]) if len(rows) else False
    new, last = ~continues[:-1], ~continues[1:]
    return Presence(
        arrives=begins[new],
        leaves=ends[last],
        arrives_row=rows[new],
        leaves_row=rows[last],
        between=_between(table, low, high, rows),
    )


def _between(table: SpellTable, low: Numbers, high: Numbers, covered: Numbers) -> tuple[tuple[int, int], ...]:
    """Find members only between two days, without those who are members on one of the two in another spell."""
    brief = np.flatnonzero((low >= high) & (table.joined <= table.left))
    if not len(brief):
        return ()
    found = set(zip(table.person[brief].tolist(), (low[brief] - 1).tolist(), strict=True))
    others = covered[np.isin(table.person[covered], table.person[brief])]
    for person, begins, ends in zip(
        table.person[others].tolist(), low[others].tolist(), high[others].tolist(), strict=True
    ):
        found -= {(person, index) for index in range(begins - 1, ends)}
    return tuple(sorted(found))
