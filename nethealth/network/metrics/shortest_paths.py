"""Distances in steps between everybody and everybody, swept breadth-first from many people at once.

Each person holds a bit for everyone who has reached them; a step takes over the bits of all neighbours. So one sweep
serves closeness, path lengths and diameter together, and costs a small part of a search from each person. Where even
that would take long, a sample of people stands for all: the mean steps to them tell the mean steps to everybody
(Eppstein & Wang 2004, Fast approximation of centrality).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from nethealth.network.metrics.worker_processes import cores

if TYPE_CHECKING:
    from nethealth.network.metrics.graph_metrics import Topology

Numbers = npt.NDArray[np.int64]
Decimals = npt.NDArray[np.float64]
Bits = npt.NDArray[np.uint64]

BATCH_SIZE = 2_048
"""How many people's neighbourhoods one sweep follows together: bounds its memory, whatever the network's size."""
EXACT_DISTANCE_COST = 10_000_000_000
"""Up to so many people times ties to go along, everybody is swept from: under two seconds on one core.

Counted, not timed, so that every machine gives the same figures.
"""
SAMPLE = 4_096
GROUPS = 16
"""The sample is swept in so many parts, whose differences tell its error."""
LAYERS = 64
"""Beyond so many neighbours a person's are taken over together, not one by one."""
FOR_THREADS = 200_000_000
"""From so many people times ties on, threads are worth their start."""
MOST_THREADS = 8
LARGE_PART = 500
SEED = 11


@dataclass(frozen=True, slots=True, kw_only=True)
class Distances:
    """Steps between people, summed up for each: arrays with one entry a person."""

    reached: Numbers
    """How many others can be reached along ties."""
    total: Decimals
    """The steps to all of those together; an estimate for people in a part that was sampled."""
    farthest: Numbers
    """The steps to the farthest of them; 0 for whoever has no tie. Of a sampled part: to the farthest in the sample."""
    sample: int | None = None
    """How many people stand for all of a sampled part (the fewest, of several); None where all were swept from."""
    error: Decimals | None = None
    """The standard error of `total`, 0 in parts that were not sampled; None where none was."""
    mean_error: float | None = None
    """The standard error of the mean distance inside the largest part; None where it was not sampled."""


@dataclass(slots=True)
class _Sums:
    """What a sweep from some people found, for everybody with a tie."""

    reached: Numbers
    total: Numbers
    squares: Numbers
    farthest: Numbers

    def add(self, other: _Sums) -> None:
        self.reached += other.reached
        self.total += other.total
        self.squares += other.squares
        np.maximum(self.farthest, other.farthest, out=self.farthest)


def search_cost(structure: Topology, part: Sequence[int]) -> int:
    """What it takes to search a part from each of its people: people times the people and ties gone along."""
    return len(part) * (len(part) + int(structure.degrees[list(part)].sum()))


def measure_distances(
    structure: Topology, *, whole_up_to: float = EXACT_DISTANCE_COST, on_progress: Callable[[float], None] | None = None
) -> Distances:
    """The distances in a network; parts that need more than `whole_up_to` people times ties are sampled.

    `on_progress` hears shares from 0 to 1, from the thread that calls.
    """
    size = structure.size
    tied = np.flatnonzero(structure.degrees)
    reached, farthest = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    total = np.zeros(size)
    if not len(tied):
        return Distances(reached=reached, total=total, farthest=farthest)
    parts = [part for part in structure.components if len(part) > 1]
    sampled = [part for part in parts if len(part) > SAMPLE and search_cost(structure, part) > whole_up_to]
    field = _Field(structure, _nearby(structure, parts))
    lots = random.Random(SEED)  # noqa: S311 - no secret hangs on it
    chosen = [lots.sample(part, SAMPLE) for part in sampled]
    of_sampled = {number for part in sampled for number in part}
    everywhere = [number for number in field.sources.tolist() if number not in of_sampled]
    batches = [everywhere[at : at + BATCH_SIZE] for at in range(0, len(everywhere), BATCH_SIZE)]
    swept_whole = len(batches)
    for people in chosen:
        batches += [people[at : at + SAMPLE // GROUPS] for at in range(0, SAMPLE, SAMPLE // GROUPS)]
    sums: list[_Sums] = []
    threads = _threads() if len(tied) * (len(tied) + len(field.along)) > FOR_THREADS else 1
    with ThreadPoolExecutor(max_workers=threads) as pool:
        for done, found in enumerate(pool.map(field.sweep, batches), start=1):
            if done <= swept_whole and sums:
                sums[0].add(found)
            else:
                sums.append(found)
            if on_progress is not None:
                on_progress(done / len(batches))
    if swept_whole:
        whole = sums.pop(0)
        reached[field.rows], total[field.rows], farthest[field.rows] = whole.reached, whole.total, whole.farthest
    if not sampled:
        return Distances(reached=reached, total=total, farthest=farthest)
    error = np.zeros(size)
    mean_error = None
    for at, part in enumerate(sampled):
        groups = sums[at * GROUPS : (at + 1) * GROUPS]
        mean_of_part = _estimated(field, part, groups, reached=reached, total=total, farthest=farthest, error=error)
        if part is parts[0]:
            mean_error = mean_of_part
    return Distances(reached=reached, total=total, farthest=farthest, sample=SAMPLE, error=error, mean_error=mean_error)


def _estimated(
    field: _Field,
    part: list[int],
    groups: list[_Sums],
    *,
    reached: Numbers,
    total: Decimals,
    farthest: Numbers,
    error: Decimals,
) -> float:
    """Fill in what a sample of a part's people tells of everybody in it; returns the error of their mean distance."""
    rows = field.place[part]
    together = groups[0]
    # Each group alone: what a mean over all people of the part would be, from that group's people.
    means = np.array([found.total[rows].sum() / found.reached[rows].sum() for found in groups])
    for found in groups[1:]:
        together.add(found)
    others = len(part) - 1
    unseen = 1 - SAMPLE / len(part)
    seen, steps = together.reached[rows], together.total[rows]
    mean = steps / seen
    spread = np.maximum(together.squares[rows] / seen - mean**2, 0)
    reached[part], farthest[part] = others, together.farthest[rows]
    total[part] = mean * others
    error[part] = np.sqrt(spread / seen * unseen) * others
    return float(means.std(ddof=1) / np.sqrt(len(means)) * np.sqrt(unseen))


class _Field:
    """The people who have a tie, those with most first, and their neighbours in layers: everybody's first, second, …"""

    def __init__(self, structure: Topology, nearby: Numbers) -> None:
        degrees = structure.degrees[nearby]
        # Sweeps from people near each other end after about as many steps.
        self.sources = nearby
        self.rows = nearby[np.argsort(-degrees, kind="stable")]
        self.place = np.full(structure.size, -1, dtype=np.int64)
        self.place[self.rows] = np.arange(len(self.rows))
        ends, others = structure.neighbors
        self.along = self.place[others]
        starts, degrees = ends[self.rows], structure.degrees[self.rows]
        self.layers: list[Numbers] = []
        for layer in range(min(int(degrees.max()), LAYERS)):
            holders = int(np.count_nonzero(degrees > layer))
            self.layers.append(self.along[starts[:holders] + layer])
        # Whoever has very many neighbours takes over the rest of them at once.
        crowded = int(np.count_nonzero(degrees > LAYERS))
        rest = [self.along[starts[row] + LAYERS : starts[row] + degrees[row]] for row in range(crowded)]
        self.rest = np.concatenate(rest) if rest else np.zeros(0, dtype=np.int64)
        self.rest_starts = np.cumsum([0, *(len(one) for one in rest[:-1])]) if rest else np.zeros(0, dtype=np.int64)

    def sweep(self, people: Sequence[int]) -> _Sums:
        """Steps from these people to everybody, one row a person in the order of `rows`."""
        size = len(self.rows)
        at = np.arange(len(people))
        seen: Bits = np.zeros((size, -(-len(people) // 64)), dtype=np.uint64)
        seen[self.place[list(people)], at // 64] = np.uint64(1) << (at % 64).astype(np.uint64)
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


def _nearby(structure: Topology, parts: list[list[int]]) -> Numbers:
    """Everybody who has a tie, in an order in which neighbours stand near each other."""
    order: list[int] = []
    for part in parts:
        if len(part) < LARGE_PART:
            order += part
        else:
            middle = max(part, key=lambda number: (int(structure.degrees[number]), -number))
            order += structure.graph.bfs(middle)[0]
    return np.array(order, dtype=np.int64)


def _threads() -> int:
    return min(cores(), MOST_THREADS)
