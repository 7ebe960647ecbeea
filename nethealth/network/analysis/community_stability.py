"""How stable clusters are: does the search find them again with other random seeds?

The search for clusters is random, and many networks can be divided in several ways that are about equally good. So we
repeat it with other seeds and compare the results with the clusters that are shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from nethealth.network.metrics.communities import MAX_ROUNDS, SEED, canonical_graph, find_communities, leiden
from nethealth.network.metrics.igraph_rng import seeded_igraph
from nethealth.network.metrics.topology import Topology

RUNS = 20
TO_THE_END_UP_TO = 2_000
"""With more tied people, each run stops after `ROUNDS` rounds to save time.

Unfinished runs differ more, so clusters look slightly less stable than they are, never more.
"""
ROUNDS = 2

Labels = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunityStability:
    """How well clusters are found again in repeated runs. All shares are 0 to 1."""

    runs: int
    similarity: tuple[float, ...]
    """By cluster, largest first: the Jaccard similarity (people in both, as a share of people in either) with the most
    similar cluster of a run, averaged over runs. Hennig (2007, Cluster-wise assessment of cluster stability) calls 0.75
    or more stable, and less than 0.5 dissolved."""
    agreement: float | None
    """The mean adjusted Rand index (Hubert & Arabie 1985) between two runs, among people with ties: 1 for the same
    clusters, 0 as expected by chance. None without ties."""
    fewest_communities: int
    """Clusters of two people or more, in the run that found the fewest."""
    most_communities: int
    """The same, in the run that found the most."""


def assess_stability(topology: Topology) -> CommunityStability:
    """Return how stable a network's clusters are over seeded runs of the Leiden algorithm.

    The order of rows and names changes nothing. Without ties, `similarity` is empty. Takes about a third of a second
    for 5,000 people, so callers should cache it.
    """
    order, graph = canonical_graph(topology)
    if not topology.edges:
        return CommunityStability(runs=RUNS, similarity=(), agreement=None, fewest_communities=0, most_communities=0)
    found: list[Labels] = []
    for run in range(1, RUNS + 1):
        with seeded_igraph(SEED + run):
            division = leiden(graph, rounds=MAX_ROUNDS if len(order) <= TO_THE_END_UP_TO else ROUNDS)
        found.append(np.array(division.membership, dtype=np.int64))
    place = {number: at for at, number in enumerate(order)}
    groups = [np.array([place[number] for number in group]) for group in find_communities(topology) if len(group) > 1]
    counts = [[int(size) for size in np.bincount(labels) if size > 1] for labels in found]
    return CommunityStability(
        runs=RUNS,
        similarity=tuple(float(np.mean([_similarity(group, labels) for labels in found])) for group in groups),
        agreement=float(np.mean([adjusted_rand(one, other) for one, other in combinations(found, 2)])),
        fewest_communities=min(map(len, counts)),
        most_communities=max(map(len, counts)),
    )


def adjusted_rand(one: Labels, other: Labels) -> float:
    """Return Hubert and Arabie's adjusted Rand index of two divisions: 1 if they are the same, 0 as by chance.

    1 if both put everyone in one group, or everyone alone.
    """
    both = np.bincount(one * (int(other.max()) + 1) + other)
    together, of_one, of_other = _pairs(both), _pairs(np.bincount(one)), _pairs(np.bincount(other))
    expected = of_one * of_other / max(_pairs(np.array([len(one)])), 1.0)
    most = (of_one + of_other) / 2
    return (together - expected) / (most - expected) if most != expected else 1.0


def _similarity(group: Labels, labels: Labels) -> float:
    inside = np.bincount(labels[group], minlength=int(labels.max()) + 1)
    return float((inside / (np.bincount(labels) + len(group) - inside)).max())


def _pairs(counts: Labels) -> float:
    """Return how many pairs of people are together in groups of these sizes."""
    return float((counts * (counts - 1) // 2).sum())
