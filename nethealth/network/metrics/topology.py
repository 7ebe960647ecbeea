"""The bare structure of a network: numbers from 0 to `size` - 1 for people, and pairs of them for ties.

Metrics are functions of a topology (`betweenness`, `shortest_paths`, `communities`, `cohesion`). Those that take time
are computed once per topology and stored in its `results`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from nethealth.cache import StoresResults

if TYPE_CHECKING:
    import igraph

Numbers = npt.NDArray[np.int64]
Decimals = npt.NDArray[np.float64]


class Topology(StoresResults):
    """An undirected graph without loops or repeated ties.

    `edges` holds each tie once, as a pair of different numbers.

    Examples:
        >>> topology = Topology(4, edges=[(0, 1), (1, 2)])
        >>> topology.degrees.tolist()
        [1, 2, 1, 0]
        >>> topology.components
        [[0, 1, 2], [3]]
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
    def pairs(self) -> Numbers:
        """The ties as an array with two columns."""
        return np.array(self.edges, dtype=np.int64).reshape(-1, 2)

    @cached_property
    def degrees(self) -> Numbers:
        """How many ties each person has."""
        return np.bincount(self.pairs.ravel(), minlength=self.size).astype(np.int64)

    @cached_property
    def neighbors(self) -> tuple[Numbers, Numbers]:
        """Everyone's neighbors in one array (the second); the first says where each person's begin and end."""
        both = np.concatenate([self.pairs, self.pairs[:, ::-1]])
        both = both[np.lexsort((both[:, 1], both[:, 0]))]
        ends = np.concatenate([[0], np.cumsum(self.degrees)]).astype(np.int64)
        return ends, both[:, 1]

    @cached_property
    def components(self) -> list[list[int]]:
        """People who can reach each other; isolates are components of one. Largest first, then by number."""
        return sorted((sorted(part) for part in self.graph.connected_components()), key=lambda part: (-len(part), part))
