"""All dated stays of a workbook as columns of numbers, so that counting them takes the same few steps for any many."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from nethealth.cache import cached
from nethealth.workbook.records import Person, PersonKey, Workbook

Stay: TypeAlias = tuple[dt.date, dt.date]
"""From the first to the last day inside; `date.max` where it goes on."""
Numbers: TypeAlias = NDArray[np.int64]
Mask: TypeAlias = NDArray[np.bool_]


def dated_spells(person: Person) -> tuple[Stay, ...]:
    """A person's dated stays: those whose beginning is known. None for guests."""
    if person.is_guest:
        return ()
    return tuple((spell.joined, spell.left or dt.date.max) for spell in person.spells if spell.joined is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpellTable:
    """A row a stay, those of one person beneath one another in the order of time. Days are ordinals."""

    keys: tuple[PersonKey, ...]
    """Whoever has a stay, in the order of the sheet."""
    person: Numbers
    """The place in `keys` of whose stay it is."""
    joined: Numbers
    left: Numbers
    """The last day inside."""
    first: Numbers
    """The first day of the person's first stay."""
    is_first: Mask
    """Whether it is the person's first stay."""

    def begun_by(self, day: dt.date) -> SpellTable:
        """The stays that had begun by `day`."""
        return self._where(self.joined <= day.toordinal())

    def parted(self, group_of: Mapping[PersonKey, str], names: Sequence[str]) -> dict[str, SpellTable]:
        """The stays of each of these groups; whoever is in none is left out."""
        place = {name: at for at, name in enumerate(names)}
        group = np.array([place.get(group_of.get(key, ""), -1) for key in self.keys] or [-1], dtype=np.int64)[
            self.person
        ]
        return {name: self._where(group == at) for name, at in place.items()}

    def _where(self, kept: Mask) -> SpellTable:
        return SpellTable(
            keys=self.keys,
            person=self.person[kept],
            joined=self.joined[kept],
            left=self.left[kept],
            first=self.first[kept],
            is_first=self.is_first[kept],
        )

    def __len__(self) -> int:
        return len(self.person)


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """At which of several days people are inside, as ranges of places: those that touch are one."""

    arrives: Numbers
    """The first place of each range."""
    leaves: Numbers
    """One past its last place."""
    arrives_row: Numbers
    """The row of the table in which a range begins."""
    leaves_row: Numbers
    between: tuple[tuple[int, int], ...]
    """Person and place n, once each, of those who were inside after day n, before day n + 1, and on neither of them."""


@cached
def spell_table(workbook: Workbook) -> SpellTable:
    """The dated stays of everybody but guests; made once for each workbook and kept as long as that is."""
    keys: list[PersonKey] = []
    rows: list[tuple[int, int, int, int, bool]] = []
    for person in workbook.people.values():
        known = dated_spells(person)
        for place, (joined, left) in enumerate(known):
            rows.append((len(keys), joined.toordinal(), left.toordinal(), known[0][0].toordinal(), place == 0))
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
    """Days as the table has them."""
    return np.array([day.toordinal() for day in days], dtype=np.int64)


def presence(table: SpellTable, days: Sequence[dt.date]) -> Presence:
    """At which of `days` (in order) the people of a table are inside.

    Who left on Friday and is back on Monday never left a count that looks at neither day between: ranges of one person
    that touch are one.
    """
    at = ordinals(days)
    low, high = np.searchsorted(at, table.joined, side="left"), np.searchsorted(at, table.left, side="right")
    rows = np.flatnonzero(low < high)
    person, begins, ends = table.person[rows], low[rows], high[rows]
    goes_on = np.zeros(len(rows) + 1, dtype=np.bool_)
    goes_on[1:-1] = (person[1:] == person[:-1]) & (begins[1:] <= ends[:-1]) if len(rows) else False
    new, last = ~goes_on[:-1], ~goes_on[1:]
    return Presence(
        arrives=begins[new],
        leaves=ends[last],
        arrives_row=rows[new],
        leaves_row=rows[last],
        between=_between(table, low, high, rows),
    )


def _between(table: SpellTable, low: Numbers, high: Numbers, covered: Numbers) -> tuple[tuple[int, int], ...]:
    """Who was inside between two days only, without those who are inside on one of the two by another stay."""
    brief = np.flatnonzero((low >= high) & (table.joined <= table.left))
    if not len(brief):
        return ()
    found = set(zip(table.person[brief].tolist(), (low[brief] - 1).tolist(), strict=True))
    others = covered[np.isin(table.person[covered], table.person[brief])]
    for person, begins, ends in zip(
        table.person[others].tolist(), low[others].tolist(), high[others].tolist(), strict=True
    ):
        found -= {(person, place) for place in range(begins - 1, ends)}
    return tuple(sorted(found))
