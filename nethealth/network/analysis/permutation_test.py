"""Do ties follow an attribute more than expected by chance? A permutation test that shuffles values among people.

The ties stay the same, and so does the number of people with each value; we shuffle only who has which value. So
expected values account for the sizes of categories. Shuffles are seeded, so results repeat. Expected values are exact,
and shuffles only rank the observed value. Join counts under shuffled labels: Cliff & Ord, Spatial Processes (1981).
P-values with one added to both counts: Phipson & Smyth, Permutation p-values should never be zero (2010).
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
"""Shuffles times ties; with more, we make fewer shuffles, so that large networks take no longer."""
BATCH_SIZE = 250
MOST_IN_MEMORY = 4_000_000
"""Shuffles that are in memory together, and the most of them times ties: fewer shuffles in very large networks."""
MOST_CATEGORIES = 24
"""With more values, we don't test single cells, because most would have no tie."""
ALPHA = 0.025
"""The significance level on each side: a value reached by chance more often counts as expected."""
CELL_ALPHA = 0.01
"""The same for one cell of a table; stricter, because a table has many cells."""


class ChanceVerdict(Enum):
    """How a value compares with chance."""

    MORE = "more than expected by chance"
    LESS = "fewer than expected by chance"
    AS_CHANCE = "about as expected by chance"


@dataclass(frozen=True, slots=True, kw_only=True)
class PermutationResult:
    """An observed value, its expected value, and how many shuffles were as high or as low."""

    observed: float
    expected: float
    at_least: int
    """Shuffles with the observed value or more."""
    at_most: int
    """Shuffles with the observed value or less."""
    shuffles: int
    alpha: float = ALPHA

    @property
    def verdict(self) -> ChanceVerdict:
        """Whether the observed value is more than, less than, or about as expected by chance."""
        if (self.at_least + 1) / (self.shuffles + 1) <= self.alpha:
            return ChanceVerdict.MORE
        if (self.at_most + 1) / (self.shuffles + 1) <= self.alpha:
            return ChanceVerdict.LESS
        return ChanceVerdict.AS_CHANCE

    @property
    def percentile_rank(self) -> float:
        """The share of shuffles that are less extreme on the same side of the expected value, 0 to 1."""
        reached = self.at_least if self.observed >= self.expected else self.at_most
        return (self.shuffles - reached) / self.shuffles


@dataclass(frozen=True, slots=True, kw_only=True)
class MixingCell:
    """The ties between two values, or within one, compared with chance."""

    one: str
    other: str
    result: PermutationResult

    @property
    def ratio(self) -> float | None:
        """Ties as a multiple of the expected number; None if that is 0."""
        return self.result.observed / self.result.expected if self.result.expected else None


@dataclass(frozen=True, slots=True, kw_only=True)
class MixingTest:
    """How ties follow one attribute, compared with chance."""

    column: str
    people: int
    """How many people have a value; values are shuffled among them."""
    ties: int
    """Ties among those people."""
    shuffles: int
    inside: PermutationResult
    """Ties within values."""
    ei_index: PermutationResult
    assortativity: PermutationResult | None
    """None if all tied people share one value, as in `AttributeMixing`."""
    cells: tuple[MixingCell, ...]
    """Each unordered pair of values that may be shown, by size; empty with more than `MOST_CATEGORIES` values."""


def run_permutation_test(network: Network, workbook: Workbook, *, column: str) -> MixingTest | TooFew | None:
    """Return how ties among people with a value of `column` compare with chance.

    Small categories are pooled in the cells, and private columns are pooled or hidden, as in `measure_mixing`. None if
    these people have no ties, or fewer than two different values. We make `SHUFFLES`, or fewer in very large networks.
    """
    values = categorize(network, workbook, column=column)
    if values.is_hidden:
        return TooFew(workbook.settings.smallest_group)
    people = {key: index_of for index_of, key in enumerate(values.analyzed)}
    ties = np.array(
        [(people[tie.a], people[tie.b]) for tie in network.ties if tie.a in people and tie.b in people], dtype=np.intp
    ).reshape(-1, 2)
    names = sorted(set(values.analyzed.values()))
    if not len(ties) or len(names) < 2:
        return None
    index_of = {name: at for at, name in enumerate(names)}
    labels = np.array([index_of[value] for value in values.analyzed.values()], dtype=np.intp)
    pools, order = _pools(values, people, labels, names)
    shuffle_count = max(FEWEST_SHUFFLES, min(SHUFFLES, MOST_TIE_SHUFFLES // len(ties)))
    counts = _TieCounter(ties, size=len(names), pools=pools, shown=len(order), people=len(people))
    observed = counts.of(labels[:, None])
    rng = np.random.default_rng(SEED)
    batch = max(1, min(BATCH_SIZE, MOST_IN_MEMORY // len(ties)))
    shuffled = [
        counts.of(_permute_labels(labels, min(batch, shuffle_count - first), rng))
        for first in range(0, shuffle_count, batch)
    ]

    sizes = np.bincount(labels)
    expected_inside = len(ties) * float(np.sum(sizes * (sizes - 1.0))) / (len(people) * (len(people) - 1.0))
    shuffled_values = np.concatenate([one.inside for one in shuffled])
    inside = _result(float(observed.inside[0]), expected_inside, shuffled_values)
    return MixingTest(
        column=column,
        people=len(people),
        ties=len(ties),
        shuffles=shuffle_count,
        inside=inside,
        ei_index=PermutationResult(
            observed=(len(ties) - 2 * inside.observed) / len(ties),
            expected=1 - 2 * expected_inside / len(ties),
            # The more ties are inside, the lower the index.
            at_least=inside.at_most,
            at_most=inside.at_least,
            shuffles=shuffle_count,
        ),
        assortativity=_assortativity(observed, shuffled),
        cells=_cells(observed, shuffled, order, Counter(values.shown.values()), ties=len(ties)),
    )


@dataclass(frozen=True, slots=True)
class _MixingCounts:
    """Counts of several shuffles, one entry per shuffle."""

    inside: npt.NDArray[np.float64]
    assortativity: npt.NDArray[np.float64]
    cells: npt.NDArray[np.int64]
    """By shuffle, shown value, and shown value; symmetric, with ties within a value on the diagonal."""


class _TieCounter:
    """Counts ties by value for many shuffles."""

    def __init__(
        self, ties: npt.NDArray[np.intp], *, size: int, pools: npt.NDArray[np.intp], shown: int, people: int
    ) -> None:
        self._ties, self._size, self._pools = ties, size, pools
        self._shown = shown if 2 <= shown <= MOST_CATEGORIES else 0
        self._degrees = np.bincount(ties.ravel(), minlength=people).astype(np.float64)

    def of(self, labels: npt.NDArray[np.intp]) -> _MixingCounts:
        """Return the counts for labels with one row per person and one column per shuffle."""
        # Small integers in adjacent rows, so that reading both ends of a tie for all shuffles is fast.
        small = labels.astype(np.uint16)
        one, other = small[self._ties[:, 0]], small[self._ties[:, 1]]
        inside = np.count_nonzero(one == other, axis=0).astype(np.float64)
        return _MixingCounts(inside, self._assortativities(labels, inside), self._cell_counts(one, other))

    def _assortativities(
        self, labels: npt.NDArray[np.intp], inside: npt.NDArray[np.float64]
    ) -> npt.NDArray[np.float64]:
        """Return Newman's coefficient for each shuffle; NaN if all ends share one value."""
        times = labels.shape[1]
        at = labels + np.arange(times) * self._size
        ends = np.bincount(at.ravel(), weights=np.repeat(self._degrees, times), minlength=times * self._size).reshape(
            times, self._size
        )
        ties = len(self._ties)
        expected = np.sum((ends / (2 * ties)) ** 2, axis=1)
        is_undefined = np.count_nonzero(ends, axis=1) < 2
        found: npt.NDArray[np.float64] = np.full(times, np.nan)
        np.divide(inside / ties - expected, 1 - expected, out=found, where=~is_undefined)
        return found

    def _cell_counts(self, one: npt.NDArray[np.uint16], other: npt.NDArray[np.uint16]) -> npt.NDArray[np.int64]:
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
    """Return the index of the shown value for each analyzed value, and the shown values in order."""
    order = list(values.sizes)
    index_of = {name: at for at, name in enumerate(order)}
    pools = np.zeros(len(names), dtype=np.intp)
    for key, person in people.items():
        pools[labels[person]] = index_of[values.shown[key]]
    return pools, order


def _permute_labels(labels: npt.NDArray[np.intp], times: int, rng: Generator) -> npt.NDArray[np.intp]:
    """Return shuffled labels, one row per person and one column per shuffle."""
    return np.ascontiguousarray(rng.permuted(np.tile(labels, (times, 1)), axis=1).T)


def _result(
    observed: float, expected: float, shuffled_values: npt.NDArray[Any], *, alpha: float = ALPHA
) -> PermutationResult:
    return PermutationResult(
        observed=observed,
        expected=expected,
        # Sums of the same shares in another order may differ in the last bit.
        at_least=int(np.count_nonzero(shuffled_values >= observed - 1e-9)),
        at_most=int(np.count_nonzero(shuffled_values <= observed + 1e-9)),
        shuffles=len(shuffled_values),
        alpha=alpha,
    )


def _assortativity(observed: _MixingCounts, shuffled: Sequence[_MixingCounts]) -> PermutationResult | None:
    shuffled_values = np.concatenate([one.assortativity for one in shuffled])
    defined = shuffled_values[~np.isnan(shuffled_values)]
    if np.isnan(observed.assortativity[0]) or not len(defined):
        return None
    return _result(float(observed.assortativity[0]), float(defined.mean()), defined)


def _cells(
    observed: _MixingCounts,
    shuffled: Sequence[_MixingCounts],
    order: Sequence[str],
    sizes: Mapping[str, int],
    *,
    ties: int,
) -> tuple[MixingCell, ...]:
    if not observed.cells.size:
        return ()
    shuffled_values = np.concatenate([one.cells for one in shuffled])
    people = sum(sizes.values())
    pairs = people * (people - 1) / 2
    found = []
    for row, one in enumerate(order):
        for column in range(row, len(order)):
            other = order[column]
            possible = sizes[one] * (sizes[one] - 1) / 2 if row == column else sizes[one] * sizes[other]
            result = _result(
                float(observed.cells[0, row, column]),
                ties * possible / pairs,
                shuffled_values[:, row, column],
                alpha=CELL_ALPHA,
            )
            found.append(MixingCell(one=one, other=other, result=result))
    return tuple(found)
