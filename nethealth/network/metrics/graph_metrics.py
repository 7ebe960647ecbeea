"""The bare structure of a network: who is tied to whom by number, and what follows from that alone.

Numbers stand for people here, 0 to `size` - 1, and a tie is a pair of them. The heavy measures run on igraph; distances
are swept once for closeness, path length and diameter together. Everything is worked out when first asked for; in very
large networks betweenness, and in still larger ones distances, are estimated from a sample of people.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from nethealth.network.metrics.betweenness import EXACT_BETWEENNESS_COST, Betweenness, BetweennessJob
from nethealth.network.metrics.shortest_paths import EXACT_DISTANCE_COST, Distances, measure_distances

if TYPE_CHECKING:
    import igraph

Numbers = npt.NDArray[np.int64]
Decimals = npt.NDArray[np.float64]

SWEEPS_SHARE = 0.05
"""Which part of the time that exact figures take goes into distances, about."""


class Topology:
    """An undirected simple graph over the numbers 0 to `size` - 1, and its measures.

    `edges` holds each tie once, as a pair of different numbers. With `is_exact` nothing is estimated, however long it
    takes.
    """

    def __init__(self, size: int, *, edges: Sequence[tuple[int, int]], is_exact: bool = False) -> None:
        self.size = size
        self.edges = list(edges)
        self.is_exact = is_exact

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
    def neighbors(self) -> tuple[Numbers, Numbers]:
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
        """Steps between people; see `sweep`."""
        return measure_distances(self, whole_up_to=math.inf if self.is_exact else EXACT_DISTANCE_COST)

    @cached_property
    def closeness(self) -> Decimals:
        """Closeness of each person after Wasserman and Faust: the mean nearness of those who can be reached, times
        the share of all others who can. 0 for whoever has no tie.
        """
        reached, total = self.distances.reached, self.distances.total
        near = np.divide(reached, total, out=np.zeros(self.size), where=total > 0)
        return near * reached / max(self.size - 1, 1)

    @cached_property
    def closeness_error(self) -> Decimals | None:
        """The standard error of `closeness`, person by person; None where it is exact."""
        total, error = self.distances.total, self.distances.error
        if error is None:
            return None
        return self.closeness * np.divide(error, total, out=np.zeros(self.size), where=total > 0)

    @cached_property
    def betweenness(self) -> Decimals:
        """The share of all pairs of other people on whose shortest paths each person lies, 0 to 1 (Freeman 1977).

        0 where there are fewer than three people: nobody can stand between.
        """
        return self.between.pairs * self._share_of_pairs

    @cached_property
    def betweenness_error(self) -> Decimals | None:
        """The standard error of `betweenness`, person by person; None where it is exact."""
        return None if self.between.error is None else self.between.error * self._share_of_pairs

    @cached_property
    def between(self) -> Betweenness:
        """The counts behind `betweenness`; see `between`."""
        return self._counting.result()

    @cached_property
    def _counting(self) -> BetweennessJob:
        return BetweennessJob(self, whole_up_to=math.inf if self.is_exact else EXACT_BETWEENNESS_COST)

    @property
    def _share_of_pairs(self) -> float:
        return 2 / ((self.size - 1) * (self.size - 2)) if self.size > 2 else 0.0

    def begin(self) -> None:
        """Begin with what takes long, on other cores where there are some, before anybody waits for it."""
        self._counting.begin()

    @property
    def sample(self) -> int | None:
        """How many people stand for all in what is estimated, at the least; None where every figure is exact."""
        return min((one for one in (self.between.sample, self.distances.sample) if one is not None), default=None)

    def exactly(self, on_progress: Callable[[float], None] | None = None) -> Topology:
        """The same with nothing estimated, worked out now; itself where that is so already.

        `on_progress` hears shares from 0 to 1, from the thread that calls.
        """
        if self.sample is None:
            return self

        def hear(share: float) -> None:
            if on_progress is not None:
                on_progress(share)

        exact = self._exact
        if "between" not in exact.__dict__:
            # Distances are soon swept beside the counting of betweenness.
            exact.distances = measure_distances(
                exact, whole_up_to=math.inf, on_progress=lambda share: hear(share * SWEEPS_SHARE)
            )
            exact.between = exact._counting.result(lambda share: hear(SWEEPS_SHARE + share * (1 - SWEEPS_SHARE)))
        return exact

    @cached_property
    def _exact(self) -> Topology:
        exact = Topology(self.size, edges=self.edges, is_exact=True)
        shared = ("graph", "degrees", "neighbors", "components", "cores", "cut_people", "cut_ties", "communities")
        exact.__dict__.update({name: self.__dict__[name] for name in shared if name in self.__dict__})
        return exact

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
    def communities(self) -> list[list[int]]:
        """The communities found, largest first; whoever is in none stands alone. See `find_communities`."""
        from nethealth.network.metrics.communities import find_communities

        return find_communities(self)

    @cached_property
    def modularity(self) -> float | None:
        """How much more the ties lie inside the communities than chance would put there; None where nobody is tied."""
        return self.modularity_of(self.communities)

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
