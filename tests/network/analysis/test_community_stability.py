"""Cluster stability by hand, by brute force, and with and without clear clusters."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.network.analysis import community_stability as stability
from nethealth.network.analysis.community_stability import adjusted_rand, assess_stability
from nethealth.network.graph import network_at
from nethealth.network.metrics.communities import find_communities, leiden
from nethealth.network.metrics.network_metrics import compute_person_metrics
from nethealth.network.metrics.topology import Topology
from nethealth.workbook.records import Workbook

MakeWorkbook = Callable[..., Workbook]


def of(graph: nx.Graph) -> Topology:
    return Topology(len(graph), edges=sorted(tuple(sorted(edge)) for edge in graph.edges))


def labels(text: str) -> np.ndarray:
    return np.array([int(one) for one in text])


def test_adjusted_rand() -> None:
    # Of six people in 000111 and 001122: pairs together in both 2, in the first 6, in the second 3, of 15.
    assert adjusted_rand(labels("000111"), labels("001122")) == pytest.approx((2 - 6 * 3 / 15) / (4.5 - 6 * 3 / 15))
    assert adjusted_rand(labels("000111"), labels("111000")) == 1
    assert adjusted_rand(labels("0000"), labels("0000")) == 1
    assert adjusted_rand(labels("0123"), labels("3210")) == 1
    assert adjusted_rand(labels("0000"), labels("0123")) == 0
    assert adjusted_rand(labels("0"), labels("0")) == 1


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_adjusted_rand_matches_pair_counts(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, 9))
    one, other = (data.draw(st.lists(st.integers(0, 3), min_size=size, max_size=size)) for _ in range(2))
    pairs = list(itertools.combinations(range(size), 2))
    same_in_one, same_in_other = ([side[a] == side[b] for a, b in pairs] for side in (one, other))
    both = sum(x and y for x, y in zip(same_in_one, same_in_other, strict=True))
    expected = sum(same_in_one) * sum(same_in_other) / len(pairs)
    most = (sum(same_in_one) + sum(same_in_other)) / 2
    index = (both - expected) / (most - expected) if most != expected else 1
    assert adjusted_rand(np.array(one), np.array(other)) == pytest.approx(index)


def test_clear_clusters_are_stable() -> None:
    found = assess_stability(of(nx.connected_caveman_graph(6, 8)))
    assert found.similarity == (1,) * 6
    assert (found.agreement, found.fewest_communities, found.most_communities, found.runs) == (1, 6, 6, 20)


def test_random_network_is_unstable() -> None:
    found = assess_stability(of(nx.gnm_random_graph(100, 300, seed=1)))
    assert found.agreement is not None
    assert found.agreement < 0.6
    # Hennig 2007: below 0.5, a cluster is dissolved.
    assert sorted(found.similarity)[len(found.similarity) // 2] < 0.6
    assert all(0 <= share <= 1 for share in found.similarity)


def test_shares_match_brute_force(monkeypatch: pytest.MonkeyPatch) -> None:
    structure = of(nx.gnm_random_graph(60, 130, seed=3))
    drawn: list[list[int]] = []

    def noting(graph: object, *, rounds: int) -> object:
        found = leiden(graph, rounds=rounds)
        drawn.append(list(found.membership))
        return found

    order, _ = stability.canonical_graph(structure)
    monkeypatch.setattr(stability, "leiden", noting)
    monkeypatch.setattr(stability, "RUNS", 5)
    found = assess_stability(structure)
    groups = [set(group) for group in find_communities(structure) if len(group) > 1]
    place = {number: at for at, number in enumerate(order)}
    for group, same in zip(groups, found.similarity, strict=True):
        likeness = []
        for run in drawn:
            others = [{number for number in order if run[place[number]] == label} for label in set(run)]
            likeness.append(max(len(group & other) / len(group | other) for other in others))
        assert same == pytest.approx(sum(likeness) / 5)


def test_one_share_per_cluster(hand_drawn: Workbook) -> None:
    network = network_at(hand_drawn)
    found = assess_stability(network.topology)
    shown = {person.group for person in compute_person_metrics(network)} - {None}
    assert len(found.similarity) == len(shown) == 3


def test_no_ties(workbook_of: MakeWorkbook) -> None:
    found = assess_stability(network_at(workbook_of(people=["ana", "bo"])).topology)
    assert (found.similarity, found.agreement, found.most_communities) == ((), None, 0)


def test_names_and_order_change_nothing(workbook_of: MakeWorkbook) -> None:
    graph = nx.gnm_random_graph(40, 80, seed=2)
    renamed = list(range(40))
    random.Random(1).shuffle(renamed)
    one = workbook_of([(f"p{a}", f"p{b}") for a, b in graph.edges])
    other = workbook_of([(f"q{renamed[b]}", f"q{renamed[a]}") for a, b in reversed(list(graph.edges))])
    first, second = (assess_stability(network_at(book).topology) for book in (one, other))
    assert first.agreement == second.agreement
    # Clusters of equal size are numbered by their first name.
    assert sorted(first.similarity) == sorted(second.similarity)
