"""How ties follow an attribute, set against chance: the values are dealt out anew among the same people, many times.

Who is tied with whom stays as it is, and how many people have each value; only who has which is shuffled. So the sizes
of groups, which by themselves make ties stay within or run across, are in what chance would give. The lots are seeded:
the same network gives the same figures. What is expected is worked out exactly; where the network stands is counted in
the shufflings. Join counts under shuffled labels: Cliff & Ord, Spatial Processes (1981); p-values with one added to
both counts: Phipson & Smyth, Permutation p-values should never be zero (2010).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from nethealth.network.analysis.attribute_mixing import Categories, categorize
from nethealth.network.graph import Network
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.records import PersonKey, Workbook

if TYPE_CHECKING:
    from numpy.random import Generator

SEED = 31
SHUFFLES = 999
FEWEST_SHUFFLES = 199
MOST_TIE_SHUFFLES = 4_000_000
"""Shufflings times ties: beyond it fewer shufflings are made, so that five thousand people cost no more than one."""
BATCH_SIZE = 250
"""Shufflings that are held in memory together."""
MOST_CATEGORIES = 24
"""With more values than this, single cells are not looked at: most would hold no tie."""
ALPHA = 0.025
"""How rarely chance may reach a figure, at either end, before it is said to differ from chance."""
CELL_ALPHA = 0.01
"""The same for one cell of a table: stricter, since many are looked at together."""


class ChanceVerdict(Enum):
    """Where a figure stands beside chance."""

    MORE = "more than expected by chance"
    LESS = "fewer than expected by chance"
    AS_CHANCE = "about as expected by chance"


@dataclass(frozen=True, slots=True, kw_only=True)
class PermutationResult:
    """A figure, what chance would give, and in how many shufflings it was as high or as low."""

    observed: float
    expected: float
    at_least: int
    """Shufflings that gave as much or more."""
    at_most: int
    """Shufflings that gave as little or less."""
    shuffles: int
    alpha: float = ALPHA

    @property
    def verdict(self) -> ChanceVerdict:
        """Whether it is more or less than chance would give, or about as much."""
        if (self.at_least + 1) / (self.shuffles + 1) <= self.alpha:
            return ChanceVerdict.MORE
        if (self.at_most + 1) / (self.shuffles + 1) <= self.alpha:
            return ChanceVerdict.LESS
        return ChanceVerdict.AS_CHANCE

    @property
    def percentile_rank(self) -> float:
        """The share of shufflings that it lies beyond, on the side where it stands: 0 to 1."""
        reached = self.at_least if self.observed >= self.expected else self.at_most
        return (self.shuffles - reached) / self.shuffles

    def as_json(self) -> dict[str, Any]:
        """The figure in the form that scripts read."""
        return {
            "observed": self.observed,
            "expected": self.expected,
            "at_least": self.at_least,
            "at_most": self.at_most,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class MixingCell:
    """The ties between two values (or within one), beside what chance would give."""

    one: str
    other: str
    result: PermutationResult

    @property
    def ratio(self) -> float | None:
        """Ties as a multiple of what chance would give; None where chance would give none."""
        return self.result.observed / self.result.expected if self.result.expected else None


@dataclass(frozen=True, slots=True, kw_only=True)
class MixingTest:
    """How ties follow one attribute beside how they would by chance. Declared in `PAGE_MEASURES["chance"]`."""

    column: str
    people: int
    """Who has a value: the values are dealt out among them."""
    ties: int
    """Ties among those people."""
    shuffles: int
    inside: PermutationResult
    """Ties within values."""
    ei_index: PermutationResult
    assortativity: PermutationResult | None
    """None where all who are tied share one value, as in `SegmentFigures`."""
    cells: tuple[MixingCell, ...]
    """Each unordered pair of the values that may be shown, by size; empty with more than `MOST_CATEGORIES`."""

    def as_json(self) -> dict[str, Any]:
        """The figures in the form that scripts read."""
        return {
            "shufflings": self.shuffles,
            "inside": self.inside.as_json(),
            "ei_index": self.ei_index.as_json(),
            "assortativity": self.assortativity.as_json() if self.assortativity else None,
            "cells": [{"one": c.one, "other": c.other, **c.result.as_json()} for c in self.cells],
        }


def run_permutation_test(
    network: Network, workbook: Workbook, *, column: str, shufflings: int | None = None, seed: int = SEED
) -> MixingTest | TooFew | None:
    """How the ties among people with a value of `column` stand beside chance.

    Small values are pooled in the cells, and private columns are pooled or held back, as in `segment_figures`. None
    where there is nothing to shuffle: no tie among those people, or fewer than two values. `shufflings` None means
    `SHUFFLES`, fewer in very large networks.
    """
    values = categorize(network, workbook, column=column)
    if values.is_hidden:
        return TooFew(workbook.settings.smallest_group)
    people = {key: place for place, key in enumerate(values.analyzed)}
    ties = np.array(
        [(people[tie.a], people[tie.b]) for tie in network.ties if tie.a in people and tie.b in people], dtype=np.intp
    ).reshape(-1, 2)
    names = sorted(set(values.analyzed.values()))
    if not len(ties) or len(names) < 2:
        return None
    place = {name: at for at, name in enumerate(names)}
    labels = np.array([place[value] for value in values.analyzed.values()], dtype=np.intp)
    pools, order = _pools(values, people, labels, names)
    made = shufflings or max(FEWEST_SHUFFLES, min(SHUFFLES, MOST_TIE_SHUFFLES // len(ties)))
    counts = _Counts(ties, size=len(names), pools=pools, shown=len(order), people=len(people))
    observed = counts.of(labels[:, None])
    rng = np.random.default_rng(seed)
    shuffled = [
        counts.of(_permute_labels(labels, min(BATCH_SIZE, made - first), rng)) for first in range(0, made, BATCH_SIZE)
    ]

    sizes = np.bincount(labels)
    within = len(ties) * float(np.sum(sizes * (sizes - 1.0))) / (len(people) * (len(people) - 1.0))
    shuffled_values = np.concatenate([one.inside for one in shuffled])
    inside = _result(float(observed.inside[0]), within, shuffled_values)
    return MixingTest(
        column=column,
        people=len(people),
        ties=len(ties),
        shuffles=made,
        inside=inside,
        ei_index=PermutationResult(
            observed=(len(ties) - 2 * inside.observed) / len(ties),
            expected=1 - 2 * within / len(ties),
            # The more ties lie inside, the lower the index.
            at_least=inside.at_most,
            at_most=inside.at_least,
            shuffles=made,
        ),
        assortativity=_assortativity(observed, shuffled),
        cells=_cells(observed, shuffled, order, Counter(values.shown.values()), ties=len(ties)),
    )


@dataclass(frozen=True, slots=True)
class _Mixed:
    """Counts of several shufflings: an entry, or a column, for each."""

    inside: npt.NDArray[np.float64]
    assortativity: npt.NDArray[np.float64]
    cells: npt.NDArray[np.int64]
    """Shufflings by shown values by shown values, both halves alike; ties within a value on the diagonal."""


class _Counts:
    """Counts ties by value for many ways of dealing out the values."""

    def __init__(
        self, ties: npt.NDArray[np.intp], *, size: int, pools: npt.NDArray[np.intp], shown: int, people: int
    ) -> None:
        self._ties, self._size, self._pools = ties, size, pools
        self._shown = shown if 2 <= shown <= MOST_CATEGORIES else 0
        self._degrees = np.bincount(ties.ravel(), minlength=people).astype(np.float64)

    def of(self, labels: npt.NDArray[np.intp]) -> _Mixed:
        """The counts for labels with a row a person and a column a shuffling."""
        # Small whole numbers in rows that lie together: a tie's two ends are then read at once for all shufflings.
        small = labels.astype(np.uint16)
        one, other = small[self._ties[:, 0]], small[self._ties[:, 1]]
        inside = np.count_nonzero(one == other, axis=0).astype(np.float64)
        return _Mixed(inside, self._assorted(labels, inside), self._mixed(one, other))

    def _assorted(self, labels: npt.NDArray[np.intp], inside: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Newman's coefficient for each shuffling; not a number where all ends share one value."""
        times = labels.shape[1]
        at = labels + np.arange(times) * self._size
        ends = np.bincount(at.ravel(), weights=np.repeat(self._degrees, times), minlength=times * self._size).reshape(
            times, self._size
        )
        ties = len(self._ties)
        chance = np.sum((ends / (2 * ties)) ** 2, axis=1)
        alone = np.count_nonzero(ends, axis=1) < 2
        found: npt.NDArray[np.float64] = np.full(times, np.nan)
        np.divide(inside / ties - chance, 1 - chance, out=found, where=~alone)
        return found

    def _mixed(self, one: npt.NDArray[np.uint16], other: npt.NDArray[np.uint16]) -> npt.NDArray[np.int64]:
        times, shown = one.shape[1], self._shown
        if not shown:
            return np.zeros((times, 0, 0), dtype=np.int64)
        pools = self._pools.astype(np.int32)
        cell = pools[one] * shown + pools[other] + np.arange(times, dtype=np.int32) * shown * shown
        counts = np.bincount(cell.ravel(), minlength=times * shown * shown).reshape(times, shown, shown)
        both = counts + counts.transpose(0, 2, 1)
        both[:, np.arange(shown), np.arange(shown)] //= 2
        return both.astype(np.int64)


def _pools(
    values: Categories, people: Mapping[PersonKey, int], labels: npt.NDArray[np.intp], names: Sequence[str]
) -> tuple[npt.NDArray[np.intp], list[str]]:
    """For each measured value the number of the value as which it is shown, and the shown values in their order."""
    order = list(values.sizes)
    place = {name: at for at, name in enumerate(order)}
    pools = np.zeros(len(names), dtype=np.intp)
    for key, person in people.items():
        pools[labels[person]] = place[values.shown[key]]
    return pools, order


def _permute_labels(labels: npt.NDArray[np.intp], times: int, rng: Generator) -> npt.NDArray[np.intp]:
    """The values dealt out anew so many times: a row a person, a column a shuffling."""
    return np.ascontiguousarray(rng.permuted(np.tile(labels, (times, 1)), axis=1).T)


def _result(
    observed: float, expected: float, shuffled_values: npt.NDArray[Any], *, tells: float = ALPHA
) -> PermutationResult:
    return PermutationResult(
        observed=observed,
        expected=expected,
        # Sums of the same shares in another order may part in the last bit.
        at_least=int(np.count_nonzero(shuffled_values >= observed - 1e-9)),
        at_most=int(np.count_nonzero(shuffled_values <= observed + 1e-9)),
        shuffles=len(shuffled_values),
        alpha=tells,
    )


def _assortativity(observed: _Mixed, shuffled: Sequence[_Mixed]) -> PermutationResult | None:
    shuffled_values = np.concatenate([one.assortativity for one in shuffled])
    defined = shuffled_values[~np.isnan(shuffled_values)]
    if np.isnan(observed.assortativity[0]) or not len(defined):
        return None
    return _result(float(observed.assortativity[0]), float(defined.mean()), defined)


def _cells(
    observed: _Mixed, shuffled: Sequence[_Mixed], order: Sequence[str], sizes: Mapping[str, int], *, ties: int
) -> tuple[MixingCell, ...]:
    if not observed.cells.size:
        return ()
    shuffled_values = np.concatenate([one.cells for one in shuffled])
    people = sum(sizes.values())
    pairs = people * (people - 1) / 2
    found = []
    for at, one in enumerate(order):
        for place in range(at, len(order)):
            other = order[place]
            possible = sizes[one] * (sizes[one] - 1) / 2 if at == place else sizes[one] * sizes[other]
            result = _result(
                float(observed.cells[0, at, place]),
                ties * possible / pairs,
                shuffled_values[:, at, place],
                tells=CELL_ALPHA,
            )
            found.append(MixingCell(one=one, other=other, result=result))
    return tuple(found)
