"""Betweenness: on how many shortest paths between others each person lies.

Counted from a few people at a time, in a fixed order, so that results are the same to the last bit however the work is
shared among processes. In large components we count from a sample of people (Brandes & Pich 2007, Centrality estimation
in large networks); how parts of the sample differ shows how far the estimate may be off.
"""

from __future__ import annotations

import math
import random
import threading
from array import array
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING

import numpy as np

from nethealth.executor import submit, worker_count
from nethealth.network.metrics.shortest_paths import search_cost
from nethealth.network.metrics.topology import Decimals, Topology

if TYPE_CHECKING:
    import igraph

EXACT_BETWEENNESS_COST = 200_000_000
"""Components whose `search_cost` is at most this are counted from everyone: two seconds on one core, one on two.

A count, not a time, so that every machine gives the same numbers.
"""
SAMPLE_COST = 200_000_000
"""What a sample may cost."""
SMALLEST_SAMPLE = 128
SAMPLE_PARTS = 32
"""The sample is counted in this many parts; how they differ gives the error."""
SMOOTHING_WINDOW = 101
"""Errors are averaged over this many people with similar betweenness: in a sample, few show all their paths."""
CALL_COST = 4_000_000
"""What one call may cost: about a twentieth of a second, in which no other page can be drawn."""
MAX_CALLS = 128
PARALLEL_FROM = 30_000_000
"""From this cost on, starting a worker pays off."""
SEED = 13


@dataclass(frozen=True, slots=True, kw_only=True)
class BetweennessCounts:
    """For each person: the pairs of others on whose shortest paths they lie, each pair by its share of paths."""

    pairs: Decimals
    sample: int | None = None
    """People counted from in a sampled component (the smallest sample, of several); None if all were counted from."""
    error: Decimals | None = None
    """The standard error of `pairs`, 0 in components that were not sampled; None if none was."""


@dataclass(frozen=True, slots=True)
class _Call:
    """Some people to count from: of all exact components, or of one part of a component's sample."""

    sources: Sequence[int]
    component: int | None = None
    part: int = 0


def betweenness(topology: Topology, *, exact: bool = False) -> Decimals:
    """Return the share of pairs of other people on whose shortest paths each person lies (Freeman 1977).

    0 with fewer than three people: then no one can be between others.

    Examples:
        >>> betweenness(Topology(4, edges=[(0, 1), (1, 2), (2, 3)])).round(2).tolist()
        [0.0, 0.67, 0.67, 0.0]
    """
    return betweenness_counts(topology, exact=exact).pairs * _share_per_pair(topology)


def betweenness_error(topology: Topology, *, exact: bool = False) -> Decimals | None:
    """Return the standard error of each person's betweenness; None if it is exact."""
    error = betweenness_counts(topology, exact=exact).error
    return None if error is None else error * _share_per_pair(topology)


def betweenness_counts(
    topology: Topology, *, exact: bool = False, on_progress: Callable[[float], None] | None = None
) -> BetweennessCounts:
    """Return the counts behind `betweenness`, computed once; with `exact`, nothing is estimated.

    `on_progress` gets shares from 0 to 1, in the caller's thread.
    """
    exact = exact and has_sampled_betweenness(topology)
    return topology.results.get("betweenness", exact, lambda: _job(topology, exact=exact).result(on_progress))


def has_sampled_betweenness(topology: Topology) -> bool:
    """True if the network is so large that betweenness is estimated from a sample."""
    return _job(topology, exact=False).is_sampled


def start_betweenness(topology: Topology) -> None:
    """Start counting in worker processes, if it takes long, before anyone waits for it."""
    _job(topology, exact=False).start()


def _job(topology: Topology, *, exact: bool) -> BetweennessJob:
    limit = math.inf if exact else EXACT_BETWEENNESS_COST
    return topology.results.get("betweenness job", exact, lambda: BetweennessJob(topology, exact_cost=limit))


def _share_per_pair(topology: Topology) -> float:
    return 2 / ((topology.size - 1) * (topology.size - 2)) if topology.size > 2 else 0.0


class BetweennessJob:
    """The work of counting one network's betweenness, shared between this thread and worker processes.

    Components that cost more than `exact_cost` are sampled.
    """

    def __init__(self, topology: Topology, *, exact_cost: float = EXACT_BETWEENNESS_COST) -> None:
        self._topology = topology
        components = [component for component in topology.components if len(component) > 2]
        costs = [search_cost(topology, component) for component in components]
        self._sampled = [
            component
            for component, cost in zip(components, costs, strict=True)
            if cost > exact_cost and len(component) > SMALLEST_SAMPLE
        ]
        in_sampled = {number for component in self._sampled for number in component}
        exact = [number for component in components for number in component if number not in in_sampled]
        self.cost = sum(
            cost for component, cost in zip(components, costs, strict=True) if component[0] not in in_sampled
        )
        calls = min(max(1, round(self.cost / CALL_COST)), MAX_CALLS)
        self._calls = [_Call(exact[at::calls]) for at in range(calls)] if exact else []
        self._sample_sizes: list[int] = []
        rng = random.Random(SEED)  # noqa: S311 - nothing here is secret
        for at, component in enumerate(self._sampled):
            cost_each = search_cost(topology, component) / len(component)
            size = min(max(SMALLEST_SAMPLE, int(SAMPLE_COST / cost_each)), len(component)) // SAMPLE_PARTS
            sample = rng.sample(component, size * SAMPLE_PARTS)
            self._sample_sizes.append(len(sample))
            self._calls += [_Call(sample[part::SAMPLE_PARTS], component=at, part=part) for part in range(SAMPLE_PARTS)]
            self.cost += round(cost_each * len(sample))
        self._counts: dict[int, Decimals] = {}
        self._next = 0
        self._lock = threading.Lock()
        self._is_started = False

    @property
    def is_sampled(self) -> bool:
        """True if a component is so large that it is sampled."""
        return bool(self._sampled)

    def start(self) -> None:
        """Start counting in worker processes, if that pays off; `result` goes on from there."""
        if self._is_started or self.cost <= PARALLEL_FROM:
            return
        self._is_started = True
        # One more than there are workers, so that none has to wait for its next call.
        for _ in range(worker_count() + 1):
            self._delegate()

    def result(self, on_progress: Callable[[float], None] | None = None) -> BetweennessCounts:
        """Return everyone's counts. `on_progress` gets shares from 0 to 1, in the caller's thread."""
        self.start()
        while (number := self._take()) is not None:
            self._count(number)
            if on_progress is not None:
                on_progress(len(self._counts) / len(self._calls))
        # We never wait for a worker, which may have died: what it has not finished yet is soon counted here. The last
        # calls come first, since workers took those last.
        for number in reversed(range(len(self._calls))):
            if number not in self._counts:
                self._count(number)
        if on_progress is not None:
            on_progress(1.0)
        return self._total()

    def _take(self) -> int | None:
        with self._lock:
            if self._next >= len(self._calls):
                return None
            self._next += 1
            return self._next - 1

    def _count(self, number: int) -> None:
        found = self._topology.graph.betweenness(directed=False, sources=self._calls[number].sources)
        self._counts[number] = np.array(found, dtype=np.float64)

    def _delegate(self) -> None:
        """Give the next call to a worker; once it's done, the next one."""
        number = self._take()
        if number is None:
            return
        ties = self._topology.pairs.tobytes()
        future = submit(count_from, self._topology.size, ties, self._calls[number].sources)
        if future is not None:
            future.add_done_callback(partial(self._receive, number))

    def _receive(self, number: int, future: Future[bytes]) -> None:
        # Nothing more goes to an executor that failed: it holds its lock while it says so.
        if not future.cancelled() and future.exception() is None:
            self._counts[number] = np.frombuffer(future.result(), dtype=np.float64)
            self._delegate()

    def _total(self) -> BetweennessCounts:
        size = self._topology.size
        pairs = np.zeros(size)
        parts = [np.zeros((SAMPLE_PARTS, size)) for _ in self._sampled]
        # In the order of the calls, because the last bit of a sum depends on its order. Each unordered pair
        # is counted from both ends, and igraph gives half for each.
        for number, call in enumerate(self._calls):
            if call.component is None:
                pairs += self._counts[number]
            else:
                parts[call.component][call.part] = self._counts[number]
        if not self._sampled:
            return BetweennessCounts(pairs=pairs)
        error = np.zeros(size)
        for component, counts, taken in zip(self._sampled, parts, self._sample_sizes, strict=True):
            estimates = counts * (len(component) * SAMPLE_PARTS / taken)
            pairs += estimates.mean(axis=0)
            members = np.sort(np.array(component))
            variance = estimates[:, members].var(axis=0, ddof=1) / SAMPLE_PARTS * (1 - taken / len(component))
            error[members] = np.sqrt(np.maximum(variance, _smooth(variance, by=pairs[members])))
        return BetweennessCounts(pairs=pairs, sample=min(self._sample_sizes), error=error)


def count_from(size: int, ties: bytes, sources: Sequence[int]) -> bytes:
    """Count betweenness from some people, in a worker: `ties` and the counts are the bytes of arrays."""
    counts = _graph(size, ties).betweenness(directed=False, sources=list(sources))
    return array("d", counts).tobytes()


@lru_cache(maxsize=2)
def _graph(size: int, ties: bytes) -> igraph.Graph:
    import igraph

    return igraph.Graph(n=size, edges=np.frombuffer(ties, dtype=np.int64).reshape(-1, 2))


def _smooth(values: Decimals, *, by: Decimals) -> Decimals:
    """Return the mean of each value and its neighbors, in the order of `by`."""
    order = np.argsort(by, kind="stable")
    padded = np.pad(values[order], SMOOTHING_WINDOW // 2, mode="edge")
    smooth = np.empty_like(values)
    smooth[order] = np.convolve(padded, np.full(SMOOTHING_WINDOW, 1 / SMOOTHING_WINDOW), mode="valid")
    return smooth
