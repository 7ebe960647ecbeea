"""Betweenness: on how many of the shortest ways between others each person lies.

Counted from some people at a time, in an order that never changes, so that figures are the same to the last bit however
the counting is shared out between processes. Where counting from everybody would take long, a sample of people stands
for all (Brandes & Pich 2007, Centrality estimation in large networks), and the spread between parts of the sample tells
how far the estimate may be off.
"""

from __future__ import annotations

import random
import threading
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from nethealth.network.metrics.shortest_paths import search_cost
from nethealth.network.metrics.worker_processes import Helpers

if TYPE_CHECKING:
    from nethealth.network.metrics.graph_metrics import Topology

Decimals = npt.NDArray[np.float64]

EXACT_BETWEENNESS_COST = 200_000_000
"""Up to so many people times ties to go along, everybody is counted from: about two seconds on one core, half on two.

Counted, not timed, so that every machine gives the same figures.
"""
SAMPLE_COST = 200_000_000
"""What a sample may take of the same."""
FEWEST_SAMPLED = 128
GROUPS = 32
"""The sample is counted in so many parts, whose differences tell its error."""
SMOOTHING_WINDOW = 101
"""An error is no smaller than that of so many people about as high: few see all that they stand between in a sample."""
CALL_COST = 4_000_000
"""What one call may take of the same: about a twentieth of a second, in which nobody else's page is drawn."""
MOST_CALLS = 128
PARALLEL_FROM = 30_000_000
"""From so much on, starting a process on another core is worth it."""
SEED = 13


@dataclass(frozen=True, slots=True, kw_only=True)
class Betweenness:
    """Each person's betweenness as a count: pairs of others, each pair by the share of its shortest paths."""

    pairs: Decimals
    sample: int | None = None
    """How many people stand for all of a sampled part (the fewest, of several); None where everybody was counted from.
    """
    error: Decimals | None = None
    """The standard error of `pairs`, 0 in parts that were not sampled; None where none was."""


@dataclass(frozen=True, slots=True)
class _Call:
    """Some people to count from: `part` None among everybody, else of a sampled part; its group of the sample."""

    sources: Sequence[int]
    part: int | None = None
    group: int = 0


class BetweennessJob:
    """The counting of one network's betweenness, which may begin on other cores before anybody waits for it.

    Parts that need more than `whole_up_to` people times ties are sampled.
    """

    def __init__(self, structure: Topology, *, whole_up_to: float = EXACT_BETWEENNESS_COST) -> None:
        self._structure = structure
        parts = [part for part in structure.components if len(part) > 2]
        work = {at: search_cost(structure, part) for at, part in enumerate(parts)}
        self._parts = [part for at, part in enumerate(parts) if work[at] > whole_up_to and len(part) > FEWEST_SAMPLED]
        of_sampled = {number for part in self._parts for number in part}
        whole = [number for part in parts for number in part if number not in of_sampled]
        self.work = sum(search_cost(structure, part) for part in parts if part[0] not in of_sampled)
        calls = min(max(1, round(self.work / CALL_COST)), MOST_CALLS)
        self._calls = [_Call(whole[at::calls]) for at in range(calls)] if whole else []
        self._sizes: list[int] = []
        lots = random.Random(SEED)  # noqa: S311 - no secret hangs on it
        for at, part in enumerate(self._parts):
            each = search_cost(structure, part) / len(part)
            taken = min(max(FEWEST_SAMPLED, int(SAMPLE_COST / each)), len(part)) // GROUPS * GROUPS
            chosen = lots.sample(part, taken)
            self._sizes.append(taken)
            self._calls += [_Call(chosen[group::GROUPS], part=at, group=group) for group in range(GROUPS)]
            self.work += round(each * taken)
        self._found: dict[int, Decimals] = {}
        self._next = 0
        self._lock = threading.Lock()
        self._helpers: Helpers | None = None

    def begin(self) -> None:
        """Begin on other cores, where that is worth it; whoever asks for the result goes on from there."""
        if self._helpers is None and self.work > PARALLEL_FROM:
            self._helpers = Helpers(
                self._structure.size, self._structure.edges, take=self._take_sources, give=self._give
            )

    def result(self, on_progress: Callable[[float], None] | None = None) -> Betweenness:
        """Betweenness of everybody. `on_progress` hears shares from 0 to 1, from the thread that calls."""
        self.begin()
        while (number := self._take()) is not None:
            self._count(number)
            if on_progress is not None:
                on_progress(len(self._found) / len(self._calls))
        # What a helper is still at is soon worked out here: nobody waits for a process that may have died.
        for number in range(len(self._calls)):
            if number not in self._found:
                self._count(number)
        if self._helpers is not None:
            self._helpers.end()
        if on_progress is not None:
            on_progress(1.0)
        return self._together()

    def _count(self, number: int) -> None:
        found = self._structure.graph.betweenness(directed=False, sources=self._calls[number].sources)
        self._found[number] = np.array(found, dtype=np.float64)

    def _take(self) -> int | None:
        with self._lock:
            if self._next >= len(self._calls):
                return None
            self._next += 1
            return self._next - 1

    def _take_sources(self) -> tuple[int, Sequence[int]] | None:
        number = self._take()
        return None if number is None else (number, self._calls[number].sources)

    def _give(self, number: int, answer: array[float]) -> None:
        self._found[number] = np.frombuffer(answer, dtype=np.float64)

    def _together(self) -> Betweenness:
        size = self._structure.size
        pairs = np.zeros(size)
        grouped = [np.zeros((GROUPS, size if self._parts else 0)) for _ in self._parts]
        # In the order of the calls, whoever worked them out: sums of decimals hang on their order. Each unordered pair
        # is counted from both its ends, of which igraph gives one half.
        for number, call in enumerate(self._calls):
            if call.part is None:
                pairs += self._found[number]
            else:
                grouped[call.part][call.group] = self._found[number]
        if not self._parts:
            return Betweenness(pairs=pairs)
        error = np.zeros(size)
        for part, groups, taken in zip(self._parts, grouped, self._sizes, strict=True):
            each = groups * (len(part) * GROUPS / taken)
            pairs += each.mean(axis=0)
            among = np.sort(np.array(part))
            spread = each[:, among].var(axis=0, ddof=1) / GROUPS * (1 - taken / len(part))
            error[among] = np.sqrt(np.maximum(spread, _smoothed(spread, by=pairs[among])))
        return Betweenness(pairs=pairs, sample=min(self._sizes), error=error)


def _smoothed(values: Decimals, *, by: Decimals) -> Decimals:
    """The mean of each value and its neighbours', in the order of `by`."""
    order = np.argsort(by, kind="stable")
    around = np.pad(values[order], SMOOTHING_WINDOW // 2, mode="edge")
    found = np.empty_like(values)
    found[order] = np.convolve(around, np.full(SMOOTHING_WINDOW, 1 / SMOOTHING_WINDOW), mode="valid")
    return found
