"""Decide which categories to show, for all views together. The only module that does; it knows nothing of workbooks.

A view shows one metric of some people by category of one column: a number for each category shown, next to the number
for everyone. In a survey the people are those who answered a question; for membership they are those counted, such as
people who left in a year. Someone with several views can add and subtract them. So among these people:

1. No category shown has fewer people than the minimum group size.
2. The hidden categories of a view have zero people together, or at least the minimum group size: the total minus the
   categories shown must not describe fewer. If the small ones are too few together, we hide the next smallest, too.
3. For two views, any categories of one, minus any categories of the other, differ by zero people or by at least the
   minimum group size. (If Region North minus its one large school leaves one teacher of a small school, we hide the
   large school.)

The third rule is decided exactly. Let the categories of two views be the two sides of a graph, and each person an edge
between their categories. Combining categories means coloring vertices; two sums differ by the edges
between different colors, that is, an edge cut. For each coloring of one view's categories, the cut is smallest if each
category of the other takes the color of its majority, so we only need to try those. Hiding a category merges its vertex
with the other hidden ones. Cuts then only grow, so decisions for earlier views stay valid.

Views are decided one after the other, in a fixed order: what someone sees doesn't depend on what was asked for before.
Earlier views lose the least.

(Complementary suppression: Cox 1980; attacks by adding and subtracting views: Denning 1982, 6.3.)
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
"""Counts of people: whole numbers far below the type's largest exact one (16 million)."""
Shown: TypeAlias = frozenset[int]
"""The positions of the categories to show."""

NONE_SHOWN: Shown = frozenset()
UNKNOWN: Final = -1
"""The code of people whose category is unknown. They count in the total."""
NOT_COUNTED: Final = -2
"""The code of people who count nowhere, not even in the total."""
MOST_SHOWN: Final = 12
"""Categories of one view, largest first: few enough to compare at a glance, and to try every combination."""
MAX_VIEWS_TOGETHER: Final = 60
"""Up to this many views are decided at once, so that opening another one is instant."""


class Disclosure:
    """Decides what to show about some people, by the categories of several columns."""

    def __init__(self, groupings: Sequence[Codes], *, smallest_group: int) -> None:
        self._smallest = smallest_group
        self._ends = [int(codes.max(initial=-1)) + 2 for codes in groupings]
        self.starts = [sum(self._ends[:place]) for place in range(len(groupings))]
        """Where each grouping starts among the columns of `holds`."""
        people = len(groupings[0]) if groupings else 0
        self.holds = np.zeros((people, sum(self._ends)), dtype=np.float32)
        """Who is in which category: a row per person, a column per category, those of one grouping together.

        A grouping's first column is for people whose category is unknown.
        """
        for start, codes in zip(self.starts, groupings, strict=True):
            counted = np.flatnonzero(codes >= UNKNOWN)
            self.holds[counted, start + codes[counted] + 1] = 1
        self._decided: dict[bytes, tuple[Shown, ...]] = {}

    @cached_property
    def _crossed(self) -> Table:
        crossed: Table = self.holds.T @ self.holds
        return crossed

    def shown_groups(self, counted: Marks, *, first: int | None = None) -> tuple[Shown, ...]:
        """Return, for each grouping, the categories to show of the people counted.

        With `first`, only for that many groupings. Later ones never change what is shown of earlier ones; if there are
        very many, they aren't computed, since that takes the square of their number.
        """
        every = len(self._ends)
        asked_for = every if first is None else first
        wanted = every if every <= MAX_VIEWS_TOGETHER else min(asked_for, every)
        key = np.packbits(counted).tobytes()
        if len(self._decided.get(key, ())) < wanted:
            others = self.holds[~counted]
            # Mostly few people aren't counted: subtracting them is faster than counting the others again.
            self._decided[key] = self.shown_of(self._crossed - others.T @ others, first=wanted)
        return self._decided.get(key, ())[:asked_for]

    def shown_of(self, crossed: Table, *, first: int | None = None) -> tuple[Shown, ...]:
        """Return the same from a table of counts: how many people are in each pair of categories.

        `crossed` is `holds.T @ holds` of the people's rows. Nothing is cached.
        """
        wanted = len(self._ends) if first is None else first
        # Without a grouping there is nothing to decide.
        if not wanted or np.trace(crossed[: self._ends[0], : self._ends[0]]) < self._smallest:
            return (NONE_SHOWN,) * wanted
        decided_blocks = np.empty_like(crossed)
        """A column for each block of the views decided so far: how many of its people are in each later category."""
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
    """One grouping, while we decide which of its categories to show."""

    def __init__(self, sizes: Table, smallest: int) -> None:
        self._sizes = sizes[1:]
        self._people = float(sizes.sum())
        self._smallest = smallest
        large = [place for place, size in enumerate(self._sizes) if size >= smallest]
        self.shown = set(sorted(large, key=self._rank)[-MOST_SHOWN:])

    def _rank(self, place: int) -> tuple[float, int]:
        return float(self._sizes[place]), -place

    def hide_smallest_of(self, blocks: Sequence[int]) -> None:
        """Hide the smallest of these blocks of `merged` (block 0 is hidden already), or of all if none is left."""
        order = sorted(self.shown)
        self.shown.discard(min({order[block - 1] for block in blocks if block} or self.shown, key=self._rank))
        self.hide_small_ones()

    def hide_small_ones(self) -> None:
        """Hide the next smallest category while the hidden ones are too few together."""
        while self.shown and 0 < self._people - sum(self._sizes[place] for place in self.shown) < self._smallest:
            self.shown.discard(min(self.shown, key=self._rank))

    def merged(self) -> Table:
        """Return a row per visible block, marking its categories: first the hidden ones, as one block."""
        blocks: Table = np.zeros((len(self.shown) + 1, len(self._sizes) + 1), dtype=np.float32)
        blocks[0] = 1
        for block, place in enumerate(sorted(self.shown), start=1):
            blocks[0, place + 1] = 0
            blocks[block, place + 1] = 1
        return blocks


def _groups_too_near(table: Table, starts: Sequence[int], *, smallest: int) -> list[int] | None:
    """Return the rows by which a sum of rows differs from a sum of another view's columns by too few people.

    `table` has our blocks as rows, and those of the views that start at `starts` as columns. None if there is no such
    sum.
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
    """Return every union of blocks as a row of marks, without complements: the last block is in no union."""
    numbers = np.arange(1, 2 ** (blocks - 1))
    marks: Table = ((numbers[:, None] >> np.arange(blocks)) & 1).astype(np.float32)
    return marks
