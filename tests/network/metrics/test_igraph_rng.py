"""igraph's random numbers: repeatable for one caller at a time, and without effect on Python's own."""

from __future__ import annotations

import random
import threading

import igraph
import pytest

from nethealth.network.metrics.igraph_rng import seeded_igraph


def edges(seed: int) -> list[tuple[int, int]]:
    with seeded_igraph(seed):
        return igraph.Graph.Erdos_Renyi(n=30, m=40).get_edgelist()  # type: ignore[no-any-return]


def test_the_same_seed_gives_the_same_graph() -> None:
    assert edges(1) == edges(1)
    assert edges(1) != edges(2)


def test_random_numbers_of_python_stay_untouched() -> None:
    before = random.getstate()
    edges(1)
    assert random.getstate() == before


def test_an_error_ends_the_turn() -> None:
    with pytest.raises(ValueError, match="no graph"), seeded_igraph(1):
        raise ValueError("no graph")
    state = random.getstate()
    igraph.Graph.Erdos_Renyi(n=30, m=40)
    assert random.getstate() != state, "igraph draws from Python's generator again"
    assert edges(1) == edges(1)


def test_another_thread_waits_for_its_turn() -> None:
    started = threading.Event()
    found: list[list[tuple[int, int]]] = []

    def draw() -> None:
        started.set()
        found.append(edges(2))

    with seeded_igraph(1):
        other = threading.Thread(target=draw)
        other.start()
        assert started.wait(60)
        first = igraph.Graph.Erdos_Renyi(n=30, m=40).get_edgelist()
        assert found == []
    other.join(60)
    assert [first, *found] == [edges(1), edges(2)]
