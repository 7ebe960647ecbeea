"""Communities: groups of people with more ties among themselves than with others, found by the Leiden algorithm.

The algorithm draws lots, so two things are done that a reader may rely on: it always draws the same lots, and it always
meets people in an order that follows from the structure alone, so that neither the order of the rows nor anybody's name
changes what is found.

Traag, Waltman & van Eck (2019), From Louvain to Leiden: guaranteeing well-connected communities. Modularity: Newman &
Girvan (2004).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from nethealth.network.metrics.igraph_rng import seeded_igraph

if TYPE_CHECKING:
    import igraph

    from nethealth.network.metrics.graph_metrics import Topology

SEED = 20
TRIALS = 6
FEWEST_TRIALS = 3
PEOPLE_TRIED = 3_000
"""The best of so many runs is taken, since one alone misses the best division now and then: of fewer runs in large
networks, where each costs more and the differences are small, so that about so many people are gone through in all."""
MOST_ROUNDS = 20
"""A run ends when a round brings nothing, and after so many in any case. igraph's own way to go on to the end never
comes to one in some networks, one of eight people among them (seen in 1.0.0)."""
TO_THE_END_UP_TO = 10_000
"""Beyond so many people a run ends after `ROUNDS` rounds, each of which costs much and brings next to nothing."""
ROUNDS = 4
DENSEST_SORTED = 30
LARGEST_SORTED = 3_000
"""Beyond so many ties a person, or people in a part, putting a part in a canonical order could take long."""


def find_communities(structure: Topology) -> list[list[int]]:
    """All people divided into communities: largest first, then by their first number; each sorted.

    Whoever has no tie is a community of one. The same structure gives the same division, in any thread.
    """
    order, graph = canonical_graph(structure)
    rounds = MOST_ROUNDS if len(order) <= TO_THE_END_UP_TO else ROUNDS
    # What must be beaten is to leave each component whole.
    whole = graph.connected_components()
    best = (-round(whole.modularity, 10), len(whole), list(whole.membership)) if graph.ecount() else None
    if best:
        with seeded_igraph(SEED):
            for _ in range(max(FEWEST_TRIALS, min(TRIALS, PEOPLE_TRIED // len(order)))):
                found = leiden(graph, rounds=rounds)
                # Rounded, so that two divisions of equal worth are not told apart by the last bit.
                best = min(best, (-round(found.modularity, 10), len(found), list(found.membership)))
    parts: dict[int, list[int]] = {}
    for at, community in enumerate(best[2] if best else []):
        parts.setdefault(community, []).append(order[at])
    tied = set(order)
    alone = [[number] for number in range(structure.size) if number not in tied]
    return sorted((*(sorted(part) for part in parts.values()), *alone), key=lambda part: (-len(part), part))


def leiden(graph: igraph.Graph, *, rounds: int) -> igraph.VertexClustering:
    """One run of the Leiden algorithm for modularity, from everybody alone: until a round brings nothing, or so many.

    It draws igraph's lots: call it within `seeded_igraph`.
    """
    best, worth = None, float("-inf")
    for _ in range(rounds):
        found = graph.community_leiden(
            objective_function="modularity", n_iterations=1, initial_membership=best.membership if best else None
        )
        if (reached := round(found.modularity, 10)) <= worth:
            break
        best, worth = found, reached
    return best


def canonical_graph(structure: Topology) -> tuple[list[int], igraph.Graph]:
    """Everyone who has a tie in canonical order, and the graph of them in that order."""
    import igraph

    order = canonical_order(structure)
    place = {number: at for at, number in enumerate(order)}
    return order, igraph.Graph(n=len(order), edges=sorted(_pair(place[a], place[b]) for a, b in structure.edges))


def canonical_order(structure: Topology) -> list[int]:
    """Everyone who has a tie, in an order that follows from the structure alone.

    Two structures that differ only in their numbering give the same graph when they are renumbered by it. Each
    component is put in BLISS's canonical form (Junttila & Kaski 2007); very large or dense ones are left in the order
    of their numbers, since that could take long.
    """
    sorted_parts: list[tuple[tuple[int, int, list[tuple[int, int]]], list[int]]] = []
    edges_of: dict[int, list[tuple[int, int]]] = {}
    component_of = {number: at for at, part in enumerate(structure.components) for number in part}
    for a, b in structure.edges:
        edges_of.setdefault(component_of[a], []).append((a, b))
    for at, part in enumerate(structure.components):
        if len(part) < 2:
            break
        order = _canonical_part(part, edges_of[at])
        place = {number: place for place, number in enumerate(order)}
        form = sorted(_pair(place[a], place[b]) for a, b in edges_of[at])
        sorted_parts.append(((-len(part), -len(form), form), order))
    # Parts of equal form are alike in everything but their numbers: which comes first makes no difference.
    sorted_parts.sort()
    return [number for _, order in sorted_parts for number in order]


def _canonical_part(part: Sequence[int], edges: Sequence[tuple[int, int]]) -> list[int]:
    """The numbers of one component in canonical order."""
    import igraph

    if len(part) == 2 or len(part) > LARGEST_SORTED or len(edges) > DENSEST_SORTED * len(part):
        return list(part)
    neighbors: dict[int, set[int]] = {number: set() for number in part}
    for a, b in edges:
        neighbors[a].add(b)
        neighbors[b].add(a)
    # People whose only tie is to one and the same person are alike: they go as one, with their number as its colour.
    leaves: dict[int, list[int]] = {}
    for number in part:
        if len(neighbors[number]) == 1:
            (only,) = neighbors[number]
            leaves.setdefault(only, []).append(number)
    stands_for = {group[0]: group for group in leaves.values()}
    dropped = {number for group in leaves.values() for number in group[1:]}
    kept = [number for number in part if number not in dropped]
    place = {number: at for at, number in enumerate(kept)}
    graph = igraph.Graph(
        n=len(kept), edges=[(place[a], place[b]) for a, b in edges if a not in dropped and b not in dropped]
    )
    colors = [len(stands_for.get(number, ())) for number in kept]
    order = [kept[at] for at in graph.canonical_permutation(color=colors)]
    return [twin for number in order for twin in stands_for.get(number, [number])]


def _pair(a: int, b: int) -> tuple[int, int]:
    return (a, b) if a < b else (b, a)
