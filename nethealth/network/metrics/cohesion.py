"""How tightly a network holds: cores, closed triangles, and the people and ties that connect its parts."""

from __future__ import annotations

import numpy as np

from nethealth.cache import cached
from nethealth.network.metrics.topology import Numbers, Topology


@cached
def core_numbers(topology: Topology) -> Numbers:
    """Return, for each person, the largest k for which they belong to a k-core (Seidman 1983).

    Examples:
        >>> core_numbers(Topology(4, edges=[(0, 1), (1, 2), (0, 2), (2, 3)])).tolist()
        [2, 2, 2, 1]
    """
    return np.array(topology.graph.coreness(), dtype=np.int64).reshape(topology.size)


@cached
def cut_people(topology: Topology) -> frozenset[int]:
    """Return the people whose component would split without them (articulation points).

    Examples:
        >>> sorted(cut_people(Topology(4, edges=[(0, 1), (1, 2), (0, 2), (2, 3)])))
        [2]
    """
    return frozenset(topology.graph.articulation_points())


@cached
def cut_ties(topology: Topology) -> tuple[int, ...]:
    """Return the ties without which a component falls apart (bridges), as positions in `edges`.

    Examples:
        >>> cut_ties(Topology(4, edges=[(0, 1), (1, 2), (0, 2), (2, 3)]))
        (3,)
    """
    return tuple(sorted(topology.graph.bridges()))


@cached
def transitivity(topology: Topology) -> float:
    """Return the share of triples (two ties that share a person) that are closed; 0 if there is no triple.

    Examples:
        >>> round(transitivity(Topology(4, edges=[(0, 1), (1, 2), (0, 2), (2, 3)])), 2)
        0.6
    """
    return float(topology.graph.transitivity_undirected(mode="zero")) if topology.size else 0.0


@cached
def average_clustering(topology: Topology) -> float | None:
    """Return the mean share of each person's neighbors who are tied to each other; None if there are no people.

    People with fewer than two neighbors count as 0 (Watts & Strogatz 1998).

    Examples:
        >>> average_clustering(Topology(3, edges=[(0, 1), (1, 2), (0, 2)]))
        1.0
    """
    if not topology.size:
        return None
    return float(np.mean(topology.graph.transitivity_local_undirected(mode="zero")))
