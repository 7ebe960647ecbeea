"""The bare structure of a network: who is tied to whom by number, and what follows from that alone.

Numbers stand for people here, 0 to `size` - 1, and a tie is a pair of them. The heavy measures run on igraph; distances
are swept once for closeness, path length and diameter together. Everything is worked out when first asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import igraph

Numbers = npt.NDArray[np.int64]
Decimals = npt.NDArray[np.float64]

BITS_AT_ONCE = 2_048
"""How many people's neighbourhoods one sweep follows together: bounds its memory, whatever the network's size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Distances:
    """Steps between people, summed up for each: arrays with one entry a person."""

    reached: Numbers
    """How many others can be reached along ties."""
    total: Numbers
    """The steps to all of those together."""
    farthest: Numbers
    """The steps to the farthest of them; 0 for whoever has no tie."""


class Structure:
    """An undirected simple graph over the numbers 0 to `size` - 1, and its measures.

    `edges` holds each tie once, as a pair of different numbers.
    """

    def __init__(self, size: int, *, edges: Sequence[tuple[int, int]]) -> None:
        self.size = size
        self.edges = list(edges)

    @cached_property
    def graph(self) -> igraph.Graph:
        """The same graph for igraph, its vertices in the order of the numbers."""
        import igraph

        return igraph.Graph(n=self.size, edges=self.edges)

    @cached_property
    def _pairs(self) -> Numbers:
        return np.array(self.edges, dtype=np.int64).reshape(-1, 2)

    @cached_property
    def degrees(self) -> Numbers:
        """How many ties each person has."""
        return np.bincount(self._pairs.ravel(), minlength=self.size).astype(np.int64)

    @cached_property
    def neighbours(self) -> tuple[Numbers, Numbers]:
        """Everybody's neighbours in one row (the second array); the first says where each person's begin and end."""
        both = np.concatenate([self._pairs, self._pairs[:, ::-1]])
        both = both[np.lexsort((both[:, 1], both[:, 0]))]
        ends = np.concatenate([[0], np.cumsum(self.degrees)]).astype(np.int64)
        return ends, both[:, 1]

    @cached_property
    def components(self) -> list[list[int]]:
        """The parts that hang together, people without a tie being parts of one: largest first, then by number."""
        return sorted((sorted(part) for part in self.graph.connected_components()), key=lambda part: (-len(part), part))

    @cached_property
    def distances(self) -> Distances:
        """Steps between people, swept breadth-first from many people at once.

        Each person holds a bit for everyone who has reached them; a step takes over the bits of all neighbours.
        """
        reached, total, farthest = (np.zeros(self.size, dtype=np.int64) for _ in range(3))
        ends, others = self.neighbours
        tied = np.flatnonzero(self.degrees)
        if not len(tied):
            return Distances(reached=reached, total=total, farthest=farthest)
        starts = ends[tied]
        place = np.zeros(self.size, dtype=np.int64)
        place[tied] = np.arange(len(tied))
        others = place[others]
        for first in range(0, len(tied), BITS_AT_ONCE):
            sources = np.arange(first, min(first + BITS_AT_ONCE, len(tied)))
            seen = np.zeros((len(tied), -(-len(sources) // 64)), dtype=np.uint64)
            offset = sources - first
            seen[sources, offset // 64] = np.uint64(1) << (offset % 64).astype(np.uint64)
            count = np.bitwise_count(seen).sum(axis=1, dtype=np.int64)
            step = 0
            while True:
                step += 1
                seen |= np.bitwise_or.reduceat(seen[others], starts, axis=0)
                now = np.bitwise_count(seen).sum(axis=1, dtype=np.int64)
                gained = now - count
                if not gained.any():
                    break
                reached[tied] += gained
                total[tied] += step * gained
                farthest[tied[gained > 0]] = np.maximum(farthest[tied[gained > 0]], step)
                count = now
        return Distances(reached=reached, total=total, farthest=farthest)

    @cached_property
    def closeness(self) -> Decimals:
        """Closeness of each person after Wasserman and Faust: the mean nearness of those who can be reached, times
        the share of all others who can. 0 for whoever has no tie.
        """
        reached, total = self.distances.reached, self.distances.total
        near = np.divide(reached, total, out=np.zeros(self.size), where=total > 0)
        return near * reached / max(self.size - 1, 1)

    @cached_property
    def betweenness(self) -> Decimals:
        """The share of all pairs of other people on whose shortest paths each person lies, 0 to 1 (Freeman 1977).

        0 where there are fewer than three people: nobody can stand between.
        """
        if self.size < 3 or not self.edges:
            return np.zeros(self.size)
        raw = np.array(self.graph.betweenness(directed=False), dtype=np.float64)
        return raw * 2 / ((self.size - 1) * (self.size - 2))

    @cached_property
    def cores(self) -> Numbers:
        """The largest k for which each person belongs to a k-core (Seidman 1983)."""
        return np.array(self.graph.coreness(), dtype=np.int64).reshape(self.size)

    @cached_property
    def cut_people(self) -> frozenset[int]:
        """Those without whom their part falls apart (articulation points)."""
        return frozenset(self.graph.articulation_points())

    @cached_property
    def cut_ties(self) -> tuple[int, ...]:
        """The ties without which a part falls apart (bridges), as places in `edges`."""
        return tuple(sorted(self.graph.bridges()))

    @cached_property
    def transitivity(self) -> float:
        """Of all triples (two ties that share a person), the share that is closed; 0 where there is no triple."""
        return float(self.graph.transitivity_undirected(mode="zero")) if self.size else 0.0

    @cached_property
    def average_clustering(self) -> float | None:
        """The mean share of each person's neighbours that are tied; who has fewer than two counts 0. None: nobody."""
        if not self.size:
            return None
        local = self.graph.transitivity_local_undirected(mode="zero")
        return float(np.mean(local))

    @cached_property
    def paths(self) -> tuple[float, int] | None:
        """Mean and longest distance in steps inside the largest component; None where nobody is tied.

        Of several equally large components the one with the most ties is meant, then the one with the shorter paths.
        """
        if not self.edges:
            return None
        largest = len(self.components[0])
        figures = []
        for part in self.components:
            if len(part) < largest:
                break
            mean = float(self.distances.total[part].sum()) / (largest * (largest - 1))
            figures.append((-int(self.degrees[part].sum()), mean, int(self.distances.farthest[part].max())))
        _, mean, longest = min(figures)
        return mean, longest

    @cached_property
    def groups(self) -> list[list[int]]:
        """The communities found, largest first; whoever is in none stands alone. See `communities`."""
        from nethealth.network.communities import communities

        return communities(self)

    @cached_property
    def modularity(self) -> float | None:
        """How much more the ties lie inside the communities than chance would put there; None where nobody is tied."""
        return self.modularity_of(self.groups)

    def modularity_of(self, parts: Sequence[Sequence[int]]) -> float | None:
        """Newman and Girvan's modularity, unweighted, of a division of all people into parts; None without a tie."""
        if not self.edges:
            return None
        part_of = np.zeros(self.size, dtype=np.int64)
        for number, part in enumerate(parts):
            part_of[list(part)] = number
        inside = np.count_nonzero(part_of[self._pairs[:, 0]] == part_of[self._pairs[:, 1]])
        ends = np.bincount(part_of, weights=self.degrees, minlength=len(parts))
        ties = len(self.edges)
        return float(inside / ties - np.sum((ends / (2 * ties)) ** 2))
