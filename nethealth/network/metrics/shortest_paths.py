"""Distances in steps between all people, by breadth-first search from many people at once.

Each person holds one bit for everyone who has reached them; each step takes over the bits of all neighbors. One search
gives closeness, path lengths, and diameter together, at a fraction of the cost of a search per person. In very large
components we search from a sample of people (Eppstein & Wang 2004, Fast approximation of centrality).
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nethealth.executor import core_count
from nethealth.network.metrics.topology import Decimals, Numbers, Topology

Bits = npt.NDArray[np.uint64]

EXACT_DISTANCE_COST = 10_000_000_000
"""Components whose `search_cost` is at most this are searched from everyone: under two seconds on one core.

A count, not a time, so that every machine gives the same numbers.
"""
BATCH_SIZE = 2_048
"""People searched from at once, which bounds the memory needed."""
SAMPLE = 4_096
SAMPLE_PARTS = 16
"""The sample is searched in this many parts; how they differ gives the error."""
NEIGHBOR_LAYERS = 64
"""A person's neighbors beyond this many are taken over in one operation instead of one by one."""
THREADS_FROM = 200_000_000
"""From this cost on, starting threads pays off."""
MAX_THREADS = 8
LARGE_COMPONENT = 500
SEED = 11


@dataclass(frozen=True, slots=True, kw_only=True)
class Distances:
    """Steps from each person to others: arrays with one entry per person."""

    reached: Numbers
    """How many others they can reach."""
    total: Decimals
    """Steps to all of those together; an estimate in components that were sampled."""
    farthest: Numbers
    """Steps to the farthest of them (of the sample, where there is one); 0 for isolates."""
    sample: int | None = None
    """People searched from in a sampled component; None if everyone was searched from."""
    error: Decimals | None = None
    """The standard error of `total`, 0 in components that were not sampled; None if none was."""
    mean_error: float | None = None
    """The standard error of the mean distance in the largest component; None if it was not sampled."""


@dataclass(slots=True)
class _Sums:
    """What a search from some people found, for everyone with a tie."""

    reached: Numbers
    total: Numbers
    squares: Numbers
    farthest: Numbers

    def add(self, other: _Sums) -> None:
        self.reached += other.reached
        self.total += other.total
        self.squares += other.squares
        np.maximum(self.farthest, other.farthest, out=self.farthest)


def search_cost(topology: Topology, component: Sequence[int]) -> int:
    """Return the cost of searching a component from each of its people: people times (people plus tie ends)."""
    return len(component) * (len(component) + int(topology.degrees[list(component)].sum()))


def has_sampled_distances(topology: Topology) -> bool:
    """True if the network is so large that `distances` are estimated from a sample."""
    return bool(_sampled_components(topology, EXACT_DISTANCE_COST))


def distances(
    topology: Topology, *, exact: bool = False, on_progress: Callable[[float], None] | None = None
) -> Distances:
    """Return the distances in a network, computed once; with `exact`, nothing is estimated.

    `on_progress` gets shares from 0 to 1, in the caller's thread.

    Examples:
        >>> path = distances(Topology(4, edges=[(0, 1), (1, 2)]))
        >>> path.reached.tolist(), path.total.tolist(), path.farthest.tolist()
        ([2, 2, 2, 0], [3.0, 2.0, 3.0, 0.0], [2, 1, 2, 0])
    """
    exact = exact and has_sampled_distances(topology)
    limit = math.inf if exact else EXACT_DISTANCE_COST
    return topology.results.get(
        "distances", exact, lambda: measure_distances(topology, exact_cost=limit, on_progress=on_progress)
    )


def closeness(topology: Topology, *, exact: bool = False) -> Decimals:
    """Return each person's closeness: the mean nearness of those they reach, times the share of others they reach.

    0 for isolates. Wasserman & Faust 1994, equation 5.22.

    Examples:
        >>> closeness(Topology(4, edges=[(0, 1), (1, 2)])).round(2).tolist()
        [0.44, 0.67, 0.44, 0.0]
    """
    found = distances(topology, exact=exact)
    near = np.divide(found.reached, found.total, out=np.zeros(topology.size), where=found.total > 0)
    return near * found.reached / max(topology.size - 1, 1)


def closeness_error(topology: Topology, *, exact: bool = False) -> Decimals | None:
    """Return the standard error of each person's closeness; None if it is exact."""
    found = distances(topology, exact=exact)
    if found.error is None:
        return None
    relative = np.divide(found.error, found.total, out=np.zeros(topology.size), where=found.total > 0)
    return closeness(topology, exact=exact) * relative


def path_lengths(topology: Topology, *, exact: bool = False) -> tuple[float, int] | None:
    """Return the mean and the longest distance in the largest component, in steps; None if there are no ties.

    Of several largest components we take the one with the most ties, then the one with the shortest paths.

    Examples:
        >>> path_lengths(Topology(4, edges=[(0, 1), (1, 2), (2, 3)]))
        (1.6666666666666667, 3)
        >>> path_lengths(Topology(4, edges=[])) is None
        True
    """
    if not topology.edges:
        return None
    found = distances(topology, exact=exact)
    largest = len(topology.components[0])
    candidates = []
    for component in topology.components:
        if len(component) < largest:
            break
        mean = float(found.total[component].sum()) / (largest * (largest - 1))
        candidates.append((-int(topology.degrees[component].sum()), mean, int(found.farthest[component].max())))
    _, mean, longest = min(candidates)
    return mean, longest


def measure_distances(
    topology: Topology,
    *,
    exact_cost: float = EXACT_DISTANCE_COST,
    on_progress: Callable[[float], None] | None = None,
) -> Distances:
    """Compute the distances in a network, with a sample in components that cost more than `exact_cost`.

    `on_progress` gets shares from 0 to 1, in the caller's thread.
    """
    size = topology.size
    tied = np.flatnonzero(topology.degrees)
    reached, farthest = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    total = np.zeros(size)
    if not len(tied):
        return Distances(reached=reached, total=total, farthest=farthest)
    components = [component for component in topology.components if len(component) > 1]
    sampled = _sampled_components(topology, exact_cost)
    search = _Search(topology, _neighbors_in_order(topology, components))
    rng = random.Random(SEED)  # noqa: S311 - nothing here is secret
    samples = [rng.sample(component, SAMPLE) for component in sampled]
    in_sampled = {number for component in sampled for number in component}
    sources = [number for number in search.sources.tolist() if number not in in_sampled]
    batches = [sources[at : at + BATCH_SIZE] for at in range(0, len(sources), BATCH_SIZE)]
    exact_batches = len(batches)
    for people in samples:
        batches += [people[at : at + SAMPLE // SAMPLE_PARTS] for at in range(0, SAMPLE, SAMPLE // SAMPLE_PARTS)]
    sums: list[_Sums] = []
    threads = min(core_count(), MAX_THREADS) if len(tied) * (len(tied) + len(search.along)) > THREADS_FROM else 1
    with ThreadPoolExecutor(max_workers=threads) as pool:
        for done, found in enumerate(pool.map(search.run, batches), start=1):
            if done <= exact_batches and sums:
                sums[0].add(found)
            else:
                sums.append(found)
            if on_progress is not None:
                on_progress(done / len(batches))
    if exact_batches:
        exact = sums.pop(0)
        reached[search.rows], total[search.rows], farthest[search.rows] = exact.reached, exact.total, exact.farthest
    if not sampled:
        return Distances(reached=reached, total=total, farthest=farthest)
    error = np.zeros(size)
    mean_error = None
    for at, component in enumerate(sampled):
        parts = sums[at * SAMPLE_PARTS : (at + 1) * SAMPLE_PARTS]
        error_of_mean = _estimate(
            search, component, parts, reached=reached, total=total, farthest=farthest, error=error
        )
        if component is components[0]:
            mean_error = error_of_mean
    return Distances(reached=reached, total=total, farthest=farthest, sample=SAMPLE, error=error, mean_error=mean_error)


def _sampled_components(topology: Topology, exact_cost: float) -> list[list[int]]:
    return [
        component
        for component in topology.components
        if len(component) > SAMPLE and search_cost(topology, component) > exact_cost
    ]


def _estimate(
    search: _Search,
    component: list[int],
    parts: list[_Sums],
    *,
    reached: Numbers,
    total: Decimals,
    farthest: Numbers,
    error: Decimals,
) -> float:
    """Fill in what a sample says about everyone in the component; returns the error of their mean distance."""
    rows = search.row_of[component]
    together = parts[0]
    # From each part alone: the mean distance in the component.
    means = np.array([found.total[rows].sum() / found.reached[rows].sum() for found in parts])
    for found in parts[1:]:
        together.add(found)
    others = len(component) - 1
    unseen = 1 - SAMPLE / len(component)
    seen, steps = together.reached[rows], together.total[rows]
    mean = steps / seen
    variance = np.maximum(together.squares[rows] / seen - mean**2, 0)
    reached[component], farthest[component] = others, together.farthest[rows]
    total[component] = mean * others
    error[component] = np.sqrt(variance / seen * unseen) * others
    return float(means.std(ddof=1) / np.sqrt(len(means)) * np.sqrt(unseen))


class _Search:
    """A search among people with a tie, those with most ties first, with their neighbors in layers: first, second, …"""

    def __init__(self, topology: Topology, sources: Numbers) -> None:
        degrees = topology.degrees[sources]
        # Searches from people near each other end after about as many steps.
        self.sources = sources
        self.rows = sources[np.argsort(-degrees, kind="stable")]
        self.row_of = np.full(topology.size, -1, dtype=np.int64)
        self.row_of[self.rows] = np.arange(len(self.rows))
        ends, others = topology.neighbors
        self.along = self.row_of[others]
        starts, degrees = ends[self.rows], topology.degrees[self.rows]
        self.layers: list[Numbers] = []
        for layer in range(min(int(degrees.max()), NEIGHBOR_LAYERS)):
            holders = int(np.count_nonzero(degrees > layer))
            self.layers.append(self.along[starts[:holders] + layer])
        # People with very many neighbors take over the rest of them at once.
        crowded = int(np.count_nonzero(degrees > NEIGHBOR_LAYERS))
        rest = [self.along[starts[row] + NEIGHBOR_LAYERS : starts[row] + degrees[row]] for row in range(crowded)]
        self.rest = np.concatenate(rest) if rest else np.zeros(0, dtype=np.int64)
        self.rest_starts = np.cumsum([0, *(len(one) for one in rest[:-1])]) if rest else np.zeros(0, dtype=np.int64)

    def run(self, people: Sequence[int]) -> _Sums:
        """Return the steps from these people to everyone, one row per person in the order of `rows`."""
        size = len(self.rows)
        at = np.arange(len(people))
        seen: Bits = np.zeros((size, -(-len(people) // 64)), dtype=np.uint64)
        seen[self.row_of[list(people)], at // 64] = np.uint64(1) << (at % 64).astype(np.uint64)
        later, taken = np.empty_like(seen), np.empty_like(seen)
        count = np.bitwise_count(seen).sum(axis=1, dtype=np.int64)
        reached, total, squares, farthest = (np.zeros(size, dtype=np.int64) for _ in range(4))
        step = 0
        while True:
            step += 1
            np.copyto(later, seen)
            for layer in self.layers:
                holders = len(layer)
                np.take(seen, layer, axis=0, out=taken[:holders], mode="clip")
                np.bitwise_or(later[:holders], taken[:holders], out=later[:holders])
            if len(self.rest_starts):
                crowded = later[: len(self.rest_starts)]
                crowded |= np.bitwise_or.reduceat(seen[self.rest], self.rest_starts, axis=0)
            now = np.bitwise_count(later).sum(axis=1, dtype=np.int64)
            gained = now - count
            if not gained.any():
                return _Sums(reached=reached, total=total, squares=squares, farthest=farthest)
            reached += gained
            total += step * gained
            squares += step**2 * gained
            farthest[gained > 0] = step
            count = now
            seen, later = later, seen


def _neighbors_in_order(topology: Topology, components: list[list[int]]) -> Numbers:
    """Return everyone with a tie, in an order that keeps neighbors near each other."""
    order: list[int] = []
    for component in components:
        if len(component) < LARGE_COMPONENT:
            order += component
        else:
            middle = max(component, key=lambda number: (int(topology.degrees[number]), -number))
            order += topology.graph.bfs(middle)[0]
    return np.array(order, dtype=np.int64)
