"""How sure the groups found are: do they come out again when other lots are drawn?

The search for groups draws lots, and many a network can be divided in several ways that are about as good. So it is run
again and again, and what it finds is compared with the groups that are shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from nethealth.network.graph import Network
from nethealth.network.metrics.communities import MAX_ROUNDS, SEED, canonical_graph, find_communities, leiden
from nethealth.network.metrics.igraph_rng import seeded_igraph
from nethealth.network.metrics.topology import Topology

RUNS = 20
TO_THE_END_UP_TO = 2_000
"""Beyond so many people tied each run ends after `ROUNDS` rounds: twenty to the end would take long, and as those that
end early differ more, the groups look a little less sure than they are, never more.
"""
ROUNDS = 2

Labels = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunityStability:
    """How often the groups found come out again in so many further runs. All shares are 0 to 1."""

    runs: int
    pairs_recovered: tuple[float, ...]
    """By group, the first the largest, as `PersonFigures.group` numbers them: of all pairs of its people, the share
    who stand in one group again, on average over the runs. It does not fall where two groups become one."""
    similarity: tuple[float, ...]
    """By group: how far it comes out as the same group. The Jaccard similarity (people in both, of people in either)
    with the group that is most like it, on average over the runs (Hennig 2007, Cluster-wise assessment of cluster
    stability, who calls 0.75 and more stable, and under 0.5 dissolved)."""
    agreement: float | None
    """How far two runs agree on average: the adjusted Rand index (Hubert & Arabie 1985) among people who have a tie, 1
    for the same groups, 0 as by chance. None where nobody is tied."""
    fewest_communities: int
    """Of two people or more, in the run that finds the fewest."""
    most_communities: int


def assess_stability(network: Network) -> CommunityStability:
    """How stable the network's groups are over twenty seeded runs of the Leiden algorithm.

    The same network gives the same figures, whatever the order of rows and names. Without a tie there is no group:
    `together` and `same` are empty. Takes about a third of a second for 5,000 people: ask for it through a cache.
    """
    return topology_stability(network.topology)


def topology_stability(topology: Topology, *, runs: int = RUNS) -> CommunityStability:
    """The same of a bare structure."""
    order, graph = canonical_graph(topology)
    if not topology.edges:
        return CommunityStability(
            runs=runs, pairs_recovered=(), similarity=(), agreement=None, fewest_communities=0, most_communities=0
        )
    found: list[Labels] = []
    for run in range(1, runs + 1):
        with seeded_igraph(SEED + run):
            division = leiden(graph, rounds=MAX_ROUNDS if len(order) <= TO_THE_END_UP_TO else ROUNDS)
        found.append(np.array(division.membership, dtype=np.int64))
    place = {number: at for at, number in enumerate(order)}
    groups = [np.array([place[number] for number in group]) for group in find_communities(topology) if len(group) > 1]
    counts = [[int(size) for size in np.bincount(labels) if size > 1] for labels in found]
    return CommunityStability(
        runs=runs,
        pairs_recovered=tuple(float(np.mean([_together(group, labels) for labels in found])) for group in groups),
        similarity=tuple(float(np.mean([_same(group, labels) for labels in found])) for group in groups),
        agreement=float(np.mean([adjusted_rand(one, other) for one, other in combinations(found, 2)])),
        fewest_communities=min(map(len, counts)),
        most_communities=max(map(len, counts)),
    )


def adjusted_rand(one: Labels, other: Labels) -> float:
    """Hubert and Arabie's adjusted Rand index of two divisions of the same people: 1 the same, 0 as by chance.

    1 where both put everybody in one group, or everybody in a group of their own: then they are the same.
    """
    both = np.bincount(one * (int(other.max()) + 1) + other)
    together, of_one, of_other = _pairs(both), _pairs(np.bincount(one)), _pairs(np.bincount(other))
    expected = of_one * of_other / max(_pairs(np.array([len(one)])), 1.0)
    most = (of_one + of_other) / 2
    return (together - expected) / (most - expected) if most != expected else 1.0


def _together(group: Labels, labels: Labels) -> float:
    return _pairs(np.bincount(labels[group])) / _pairs(np.array([len(group)]))


def _same(group: Labels, labels: Labels) -> float:
    inside = np.bincount(labels[group], minlength=int(labels.max()) + 1)
    return float((inside / (np.bincount(labels) + len(group) - inside)).max())


def _pairs(counts: Labels) -> float:
    """How many pairs of people stand together in groups of these sizes."""
    return float((counts * (counts - 1) // 2).sum())
