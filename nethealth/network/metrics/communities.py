"""Communities: clusters of people with more ties to each other than to others, found by the Leiden algorithm.

The algorithm is random, so we do two things: we always seed it, and we always number people by the structure alone.
Neither the order of the rows nor anyone's name changes the result.

Traag, Waltman & van Eck (2019), From Louvain to Leiden: guaranteeing well-connected communities. Modularity: Newman &
Girvan (2004).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from nethealth.cache import cached
from nethealth.network.metrics.igraph_rng import seeded_igraph
from nethealth.network.metrics.topology import Topology

if TYPE_CHECKING:
    import igraph

SEED = 20
MAX_RUNS = 6
MIN_RUNS = 3
PEOPLE_PER_SEARCH = 3_000
"""We take the best of several runs, since one alone can miss the best division. Large networks get fewer runs: each
costs more there, and they differ less."""
MAX_ROUNDS = 20
"""A run ends when a round brings nothing, or after this many: igraph's own "until it converges" never ends in some
networks, one of eight people among them (seen in 1.0.0)."""
FULL_RUNS_UP_TO = 10_000
"""With more people, a run ends after `FEW_ROUNDS` rounds: later ones cost much and improve little."""
FEW_ROUNDS = 4
DENSEST_SORTED = 30
LARGEST_SORTED = 3_000
"""With more ties per person, or more people, putting a component in canonical order could take long."""
CLEARLY_MORE, CLEARLY_ABOVE = 1.1, 0.1
"""How many times the modularity of random networks makes communities clear; in large networks, how far above it."""
SEARCHED_UP_TO = 1_500
"""With more people, we estimate the modularity of random networks, which then hardly differ from each other."""
RANDOM_NETWORKS, LARGEST_REPEATED = 6, 300
"""How many random networks are searched; with more people than this, they differ little, and one is enough."""
SWAPS_PER_TIE = 3
"""After so many swaps per tie, nothing is left of a network but everyone's number of ties."""


@cached
def find_communities(topology: Topology) -> list[list[int]]:
    """Return all people divided into communities, largest first, then by first number; each sorted.

    Isolates are communities of one. The same structure gives the same division, in any thread.

    Examples:
        >>> two_triangles = [(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5), (2, 3)]
        >>> find_communities(Topology(7, edges=two_triangles))
        [[0, 1, 2], [3, 4, 5], [6]]
    """
    order, graph = canonical_graph(topology)
    rounds = MAX_ROUNDS if len(order) <= FULL_RUNS_UP_TO else FEW_ROUNDS
    # A division must be better than leaving each component whole.
    whole = graph.connected_components()
    best = (-round(whole.modularity, 10), len(whole), list(whole.membership)) if graph.ecount() else None
    if best:
        with seeded_igraph(SEED):
            for _ in range(max(MIN_RUNS, min(MAX_RUNS, PEOPLE_PER_SEARCH // len(order)))):
                found = leiden(graph, rounds=rounds)
                # Rounded, so that the last bit does not decide between two equally good divisions.
                best = min(best, (-round(found.modularity, 10), len(found), list(found.membership)))
    members: dict[int, list[int]] = {}
    for at, community in enumerate(best[2] if best else []):
        members.setdefault(community, []).append(order[at])
    tied = set(order)
    isolates = [[number] for number in range(topology.size) if number not in tied]
    return sorted((*map(sorted, members.values()), *isolates), key=lambda members: (-len(members), members))


@cached
def community_modularity(topology: Topology) -> float | None:
    """Return the modularity of the communities found; None if there are no ties."""
    return modularity(topology, find_communities(topology))


@cached
def are_communities_clear(topology: Topology) -> bool:
    """Return whether the communities are clearer than in random networks where everyone has as many ties.

    A division can be found in any network, and even a random one has a modularity far above 0 (Guimerà, Sales-Pardo &
    Amaral 2004, Modularity from fluctuations in random graphs and complex networks). So we search random networks, too.
    In large ones with d ties per person, it's near the square root of 1 / d (Reichardt & Bornholdt 2006, When are
    networks truly modular?).

    Examples:
        >>> square = [(0, 1), (1, 2), (2, 3), (0, 3), (0, 2), (1, 3)]
        >>> are_communities_clear(Topology(8, edges=[*square, *((a + 4, b + 4) for a, b in square), (3, 4)]))
        True
        >>> are_communities_clear(Topology(4, edges=[(0, 1), (0, 2), (0, 3)]))
        False
    """
    found = community_modularity(topology)
    if found is None or found <= 0:
        return False
    order, graph = canonical_graph(topology)
    if len(order) > SEARCHED_UP_TO:
        return found >= float(np.sqrt(len(order) / (2 * len(topology.edges)))) + CLEARLY_ABOVE
    reached: list[float] = []
    with seeded_igraph(SEED):
        for _ in range(RANDOM_NETWORKS if len(order) <= LARGEST_REPEATED else 1):
            random = graph.copy()
            random.rewire(n=SWAPS_PER_TIE * random.ecount())
            reached.append(float(leiden(random, rounds=FEW_ROUNDS).modularity))
    return found >= CLEARLY_MORE * sum(reached) / len(reached)


def modularity(topology: Topology, division: Sequence[Sequence[int]]) -> float | None:
    """Return Newman and Girvan's modularity of a division of all people: ties inside, minus those expected by chance.

    None if there are no ties.

    Examples:
        >>> topology = Topology(4, edges=[(0, 1), (2, 3)])
        >>> modularity(topology, [[0, 1], [2, 3]])
        0.5
        >>> modularity(topology, [[0, 1, 2, 3]])
        0.0
    """
    if not topology.edges:
        return None
    part_of = np.zeros(topology.size, dtype=np.int64)
    for number, part in enumerate(division):
        part_of[list(part)] = number
    inside = np.count_nonzero(part_of[topology.pairs[:, 0]] == part_of[topology.pairs[:, 1]])
    ends = np.bincount(part_of, weights=topology.degrees, minlength=len(division))
    ties = len(topology.edges)
    return float(inside / ties - np.sum((ends / (2 * ties)) ** 2))


def leiden(graph: igraph.Graph, *, rounds: int) -> igraph.VertexClustering:
    """Run the Leiden algorithm for modularity once, until a round brings nothing or `rounds` are done.

    It uses igraph's random numbers: call it within `seeded_igraph`.
    """
    best, best_modularity = None, float("-inf")
    for _ in range(rounds):
        found = graph.community_leiden(
            objective_function="modularity", n_iterations=1, initial_membership=best.membership if best else None
        )
        if (reached := round(found.modularity, 10)) <= best_modularity:
            break
        best, best_modularity = found, reached
    return best


@cached
def canonical_graph(topology: Topology) -> tuple[list[int], igraph.Graph]:
    """Return everyone with a tie in canonical order, and the graph of them in that order, which no one may change."""
    import igraph

    order = canonical_order(topology)
    place = {number: at for at, number in enumerate(order)}
    return order, igraph.Graph(n=len(order), edges=sorted(_pair(place[a], place[b]) for a, b in topology.edges))


def canonical_order(topology: Topology) -> list[int]:
    """Return everyone with a tie, in an order that depends on the structure alone.

    Topologies that differ only in their numbering become the same graph when renumbered by it. Each component is put
    in BLISS's canonical form (Junttila & Kaski 2007), except very large or dense ones, where that could take long.
    """
    sorted_parts: list[tuple[tuple[int, int, list[tuple[int, int]]], list[int]]] = []
    edges_of: dict[int, list[tuple[int, int]]] = {}
    component_of = {number: at for at, part in enumerate(topology.components) for number in part}
    for a, b in topology.edges:
        edges_of.setdefault(component_of[a], []).append((a, b))
    for at, part in enumerate(topology.components):
        if len(part) < 2:
            break
        order = _canonical_part(part, edges_of[at])
        place = {number: place for place, number in enumerate(order)}
        form = sorted(_pair(place[a], place[b]) for a, b in edges_of[at])
        sorted_parts.append(((-len(part), -len(form), form), order))
    # Components of the same form differ only in their numbers: either may come first.
    sorted_parts.sort()
    return [number for _, order in sorted_parts for number in order]


def _canonical_part(part: Sequence[int], edges: Sequence[tuple[int, int]]) -> list[int]:
    """Return the numbers of one component in canonical order."""
    import igraph

    if len(part) == 2 or len(part) > LARGEST_SORTED or len(edges) > DENSEST_SORTED * len(part):
        return list(part)
    neighbors: dict[int, set[int]] = {number: set() for number in part}
    for a, b in edges:
        neighbors[a].add(b)
        neighbors[b].add(a)
    # People whose only tie is to the same person are interchangeable: one stands for all, their number its color.
    leaves: dict[int, list[int]] = {}
    for number in part:
        if len(neighbors[number]) == 1:
            (only,) = neighbors[number]
            leaves.setdefault(only, []).append(number)
    twins = {group[0]: group for group in leaves.values()}
    dropped = {number for group in leaves.values() for number in group[1:]}
    representatives = [number for number in part if number not in dropped]
    place = {number: at for at, number in enumerate(representatives)}
    graph = igraph.Graph(
        n=len(representatives), edges=[(place[a], place[b]) for a, b in edges if a not in dropped and b not in dropped]
    )
    colors = [len(twins.get(number, ())) for number in representatives]
    order = [representatives[at] for at in graph.canonical_permutation(color=colors)]
    return [twin for number in order for twin in twins.get(number, [number])]


def _pair(a: int, b: int) -> tuple[int, int]:
    return (a, b) if a < b else (b, a)
