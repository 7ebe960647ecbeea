"""Clusters: the best possible in networks small enough to try all, and the same for any order and thread."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import igraph
import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.network.metrics.communities import (
    are_communities_clear,
    canonical_order,
    community_modularity,
    find_communities,
    modularity,
)
from nethealth.network.metrics.topology import Topology


def divisions(numbers: list[int]) -> Iterator[list[list[int]]]:
    """Every way to divide the numbers into groups."""
    if not numbers:
        yield []
        return
    first, rest = numbers[0], numbers[1:]
    for division in divisions(rest):
        yield [[first], *division]
        for at, group in enumerate(division):
            yield [*division[:at], [first, *group], *division[at + 1 :]]


@pytest.mark.parametrize("seed", range(12))
def test_no_division_is_better(seed: int) -> None:
    graph = nx.gnm_random_graph(7, 7 + seed % 4, seed=seed)
    structure = Topology(7, edges=[tuple(sorted(edge)) for edge in graph.edges])
    best = max(modularity(structure, division) or 0 for division in divisions(list(range(7))))
    assert community_modularity(structure) == pytest.approx(best)


def test_communities_are_ordered_by_size_with_isolates_alone() -> None:
    triangle, pair = [(0, 1), (1, 2), (0, 2)], [(5, 6)]
    assert find_communities(Topology(8, edges=triangle + pair)) == [[0, 1, 2], [5, 6], [3], [4], [7]]
    assert find_communities(Topology(2, edges=[])) == [[0], [1]]
    assert find_communities(Topology(0, edges=[])) == []


def test_a_community_that_is_whole_is_not_divided_for_nothing() -> None:
    # A triangle with one person more: no division has more than 0, which leaving it whole has too.
    assert find_communities(Topology(4, edges=[(0, 1), (1, 2), (0, 2), (2, 3)])) == [[0, 1, 2, 3]]


@st.composite
def renumbered_networks(draw: st.DrawFn) -> tuple[int, set[tuple[int, int]], list[int]]:
    size = draw(st.integers(2, 12))
    every = list(itertools.combinations(range(size), 2))
    return size, draw(st.sets(st.sampled_from(every), max_size=25)), draw(st.permutations(range(size)))


@settings(max_examples=40, deadline=None)
@given(renumbered_networks())
def test_the_order_follows_from_the_structure_alone(case: tuple[int, set[tuple[int, int]], list[int]]) -> None:
    size, edges, renumbered = case

    def renumbered_by_order(numbering: list[int]) -> list[tuple[int, ...]]:
        structure = Topology(size, edges=[(numbering[a], numbering[b]) for a, b in sorted(edges)])
        place = {number: at for at, number in enumerate(canonical_order(structure))}
        return sorted(tuple(sorted((place[a], place[b]))) for a, b in structure.edges)

    assert renumbered_by_order(list(range(size))) == renumbered_by_order(renumbered)


@pytest.mark.parametrize(
    "edges",
    [
        [(0, number) for number in range(1, 3000)],
        [(2 * number, 2 * number + 1) for number in range(1500)],
        list(itertools.combinations(range(200), 2)),
        [(number, (number + 1) % 3000) for number in range(3000)],
    ],
    ids=["star", "pairs", "everyone", "ring"],
)
def test_alike_people_are_put_in_order_too(edges: list[tuple[int, int]]) -> None:
    # An algorithm that looked at each of them separately would never end.
    size = max(map(max, edges)) + 1
    assert sorted(number for part in find_communities(Topology(size, edges=edges)) for number in part) == list(
        range(size)
    )


def test_threads_and_random_state_change_nothing() -> None:
    graph = nx.gnm_random_graph(120, 260, seed=3)
    edges = [tuple(sorted(edge)) for edge in graph.edges]

    def found(_: int) -> list[list[int]]:
        random.random()
        return find_communities(Topology(120, edges=edges))

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(found, range(12)))
    assert all(result == results[0] for result in results)


def test_global_random_state_is_unchanged() -> None:
    structure = Topology(6, edges=[(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5), (2, 3)])
    random.seed(5)
    expected = [random.random() for _ in range(3)]
    random.seed(5)
    find_communities(structure)
    assert [random.random() for _ in range(3)] == expected
    # And igraph draws from Python's generator again.
    random.seed(5)
    first = igraph.Graph.Erdos_Renyi(30, m=40).get_edgelist()
    random.seed(5)
    assert igraph.Graph.Erdos_Renyi(30, m=40).get_edgelist() == first


@pytest.mark.parametrize(
    "edges",
    [
        [(2, 3), (6, 7), (0, 4), (3, 6), (4, 6), (1, 4), (0, 2), (0, 7), (3, 7), (3, 4)],
        [(0, 1), (3, 4), (0, 2), (4, 6), (4, 7), (0, 4), (2, 6), (0, 3), (3, 7)],
    ],
)
def test_the_search_comes_to_an_end(edges: list[tuple[int, int]]) -> None:
    # In these igraph's search "until nothing changes" (1.0.0, with our lots) never ended.
    structure = Topology(8, edges=sorted(edges))
    best = max(modularity(structure, division) or 0.0 for division in divisions(list(range(8))))
    assert modularity(structure, find_communities(structure)) == pytest.approx(best)


@pytest.mark.parametrize("people", [34, 120, 600])
def test_communities_of_random_networks_are_not_clear(people: int) -> None:
    graph = nx.gnm_random_graph(people, 5 * people // 2, seed=3)
    assert not are_communities_clear(Topology(people, edges=[tuple(sorted(edge)) for edge in graph.edges]))


def test_two_factions_of_the_karate_club_are_clear() -> None:
    assert are_communities_clear(Topology(34, edges=[tuple(sorted(edge)) for edge in nx.karate_club_graph().edges]))


def test_network_without_ties_has_no_clear_communities() -> None:
    assert not are_communities_clear(Topology(5, edges=[]))
