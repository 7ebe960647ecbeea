"""Which groups may be shown: the one place where that is decided, for every view at once. A leaf: it knows no workbook.

A view is one figure of some people by one grouping of them: a number for each group that is shown, beside that of
everybody. Of a survey the people are those who answered a question; of the membership those who are counted, such as
who left in a year. Whoever has several views can add and subtract them. So three things hold among these people:

1. No group that is shown has fewer people than the smallest group.
2. The groups of a view that are not shown have, all together, nobody or at least the smallest group: everybody less the
   groups that are shown tells nothing of fewer. Where the small ones are too few together, the next smallest goes, too.
3. Of two views, any groups of the one taken together, less any groups of the other taken together, differ by nobody or
   by at least the smallest group of people. (Region North less its one large school leaves the teacher of the small
   one: then the school is not shown.)

The third is decided exactly. Let the groups of two views be the two sides of a graph, and each person an edge between
their group in the one and their group in the other. To take groups together is to colour vertices; the people by whom
the two sums differ are the edges whose ends have different colours, that is, an edge cut. For each way to colour the
groups of one view, the fewest people are cut where each group of the other takes the colour of its majority; so it is
enough to try those. Hiding a group merges its vertex with that of the others not shown; cuts then only grow, so that
what was decided for earlier views stays true.

Views are decided one after the other in a fixed order, whatever is looked at: what one sees does not depend on what
was asked for before. The first lose least.

(Complementary suppression: Cox 1980; the attack by adding and subtracting views: Denning 1982, 6.3.)
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, cached_property
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

Marks: TypeAlias = npt.NDArray[np.bool_]
Codes: TypeAlias = npt.NDArray[np.int64]
Table: TypeAlias = npt.NDArray[np.float32]
"""Counts of people; whole numbers far below those that the type holds exactly (16 million)."""
Shown: TypeAlias = frozenset[int]
"""The places of the groups that may be shown."""

NONE_SHOWN: Shown = frozenset()
MOST_SHOWN: Final = 12
"""Groups of one view, largest first: nobody compares more at a glance, and every union of so few can be tried."""


AT_ONCE: Final = 60
"""Up to so many views all are decided at once, so that whoever looks at another one waits for nothing."""


class Disclosure:
    """What may be shown of some people, by several groupings of them."""

    def __init__(self, groupings: Sequence[Codes], *, smallest_group: int) -> None:
        self._smallest = smallest_group
        self._ends = [int(codes.max(initial=-1)) + 2 for codes in groupings]
        self.starts = [sum(self._ends[:place]) for place in range(len(groupings))]
        """Where each grouping begins among the columns of `holds`."""
        people = len(groupings[0]) if groupings else 0
        self.holds = np.zeros((people, sum(self._ends)), dtype=np.float32)
        """Who is in which group: a row for each person, a column for each group, those of one grouping together.

        The first of a grouping holds those of whom it is not known.
        """
        for start, codes in zip(self.starts, groupings, strict=True):
            self.holds[np.arange(people), start + codes + 1] = 1
        self._decided: dict[bytes, tuple[Shown, ...]] = {}

    @cached_property
    def _crossed(self) -> Table:
        crossed: Table = self.holds.T @ self.holds
        return crossed

    def shown_groups(self, counted: Marks, *, first: int | None = None) -> tuple[Shown, ...]:
        """For each grouping, the groups that may be shown of the people who are counted.

        With `first`, of so many groupings from the first one on. Of very many the later ones, which never change what
        is shown of the earlier, are not even worked out: it takes the square of their number.
        """
        every = len(self._ends)
        asked_for = every if first is None else first
        wanted = every if every <= AT_ONCE else min(asked_for, every)
        key = np.packbits(counted).tobytes()
        if len(self._decided.get(key, ())) < wanted:
            others = self.holds[~counted]
            # Who is not counted are mostly few: they are taken out, rather than the others counted again.
            self._decided[key] = self.shown_of(self._crossed - others.T @ others, first=wanted)
        return self._decided.get(key, ())[:asked_for]

    def shown_of(self, crossed: Table, *, first: int | None = None) -> tuple[Shown, ...]:
        """The same of people who are counted already: how many are in each group and in each other one.

        `crossed` is `holds.T @ holds` of their rows. Nothing is kept.
        """
        wanted = len(self._ends) if first is None else first
        # Without a grouping nothing tells how many people there are; there is nothing to decide either.
        if not wanted or np.trace(crossed[: self._ends[0], : self._ends[0]]) < self._smallest:
            return (NONE_SHOWN,) * wanted
        decided_blocks = np.empty_like(crossed)
        """A column for each block of the views that are decided: how many of it are in each group of later views."""
        blocks = 0
        starts: list[int] = []
        decided: list[Shown] = []
        for start, width in zip(self.starts[:wanted], self._ends[:wanted], strict=True):
            view = _View(np.diagonal(crossed)[start : start + width], self._smallest)
            view.hide_small_ones()
            end = start + width
            across = decided_blocks[start:end, :blocks]
            while view.shown and starts:
                near = _groups_too_near(view.merged() @ across, starts, smallest=self._smallest)
                if near is None:
                    break
                view.hide_smallest_of(near)
            decided.append(frozenset(view.shown))
            starts.append(blocks)
            own = view.merged()
            decided_blocks[end:, blocks : blocks + len(own)] = crossed[end:, start:end] @ own.T
            blocks += len(own)
        return tuple(decided)


class _View:
    """One grouping of those who are counted, while it is decided which of its groups are shown."""

    def __init__(self, sizes: Table, smallest: int) -> None:
        self._sizes = sizes[1:]
        self._people = float(sizes.sum())
        self._smallest = smallest
        large = [place for place, size in enumerate(self._sizes) if size >= smallest]
        self.shown = set(sorted(large, key=self._rank)[-MOST_SHOWN:])

    def _rank(self, place: int) -> tuple[float, int]:
        return float(self._sizes[place]), -place

    def hide_smallest_of(self, blocks: Sequence[int]) -> None:
        """Hide the smallest of these blocks of `merged` (0, those not shown, is none), or of all where none is left."""
        order = sorted(self.shown)
        self.shown.discard(min({order[block - 1] for block in blocks if block} or self.shown, key=self._rank))
        self.hide_small_ones()

    def hide_small_ones(self) -> None:
        """Hide the next smallest while those that are not shown are too few together."""
        while self.shown and 0 < self._people - sum(self._sizes[place] for place in self.shown) < self._smallest:
            self.shown.discard(min(self.shown, key=self._rank))

    def merged(self) -> Table:
        """A row for each block that can be seen, marking its groups: first those not shown, as one, then the others."""
        blocks: Table = np.zeros((len(self.shown) + 1, len(self._sizes) + 1), dtype=np.float32)
        blocks[0] = 1
        for block, place in enumerate(sorted(self.shown), start=1):
            blocks[0, place + 1] = 0
            blocks[block, place + 1] = 1
        return blocks


def _groups_too_near(table: Table, starts: Sequence[int], *, smallest: int) -> list[int] | None:
    """The rows by which some sum of rows differs from one of another view's columns by too few people.

    `table` has our blocks as rows and those of the views that begin at `starts` as columns. None: there is no such sum.
    """
    inside = _unions(len(table)) @ table
    differing = np.minimum(inside, table.sum(axis=0) - inside)
    fewest = np.add.reduceat(differing, starts, axis=1)
    found = np.argwhere((fewest > 0) & (fewest < smallest))
    if not len(found):
        return None
    union, view = found[0]
    end = starts[view + 1] if view + 1 < len(starts) else table.shape[1]
    touched = np.flatnonzero(differing[union, starts[view] : end]) + starts[view]
    return [int(row) for row in np.flatnonzero(table[:, touched].sum(axis=1))]


@cache
def _unions(blocks: int) -> Table:
    """Every union of blocks as a row of marks, but for complements: the last block is in no union."""
    numbers = np.arange(1, 2 ** (blocks - 1))
    marks: Table = ((numbers[:, None] >> np.arange(blocks)) & 1).astype(np.float32)
    return marks
