"""Exact distances from everyone, and estimates from a sample in large networks."""

from __future__ import annotations

import itertools

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.network.metrics import shortest_paths as sweep
from nethealth.network.metrics.shortest_paths import measure_distances
from nethealth.network.metrics.topology import Topology

Edges = list[tuple[int, int]]


def of(graph: nx.Graph) -> Topology:
    return Topology(len(graph), edges=sorted(tuple(sorted(edge)) for edge in graph.edges))


def searched(graph: nx.Graph) -> tuple[list[int], list[int], list[int]]:
    """Reached, total and farthest of each, by a search from each."""
    steps = [dict(nx.single_source_shortest_path_length(graph, node)) for node in range(len(graph))]
    return (
        [len(one) - 1 for one in steps],
        [sum(one.values()) for one in steps],
        [max(one.values()) for one in steps],
    )


@st.composite
def graphs(draw: st.DrawFn) -> nx.Graph:
    size = draw(st.integers(0, 16))
    every = list(itertools.combinations(range(size), 2))
    graph = nx.empty_graph(size)
    graph.add_edges_from(draw(st.sets(st.sampled_from(every), max_size=50)) if every else [])
    return graph


@settings(max_examples=60, deadline=None)
@given(graphs(), st.sampled_from([1, 3, 64]), st.sampled_from([2, 7, 2048]))
def test_it_finds_what_a_search_from_each_finds(graph: nx.Graph, layers: int, at_once: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sweep, "NEIGHBOR_LAYERS", layers)
        patch.setattr(sweep, "BATCH_SIZE", at_once)
        found = measure_distances(of(graph))
    assert (found.reached.tolist(), found.total.tolist(), found.farthest.tolist()) == searched(graph)
    assert (found.sample, found.error, found.mean_error) == (None, None, None)


def test_people_with_very_many_ties_and_several_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = nx.disjoint_union(nx.star_graph(150), nx.gnm_random_graph(700, 1_600, seed=1))
    monkeypatch.setattr(sweep, "THREADS_FROM", 0)
    monkeypatch.setattr(sweep, "BATCH_SIZE", 200)
    found = measure_distances(of(graph))
    assert (found.reached.tolist(), found.total.tolist(), found.farthest.tolist()) == searched(graph)


@pytest.fixture(scope="module")
def large() -> nx.Graph:
    """A component of 900 people, and a ring of five."""
    graph = nx.connected_watts_strogatz_graph(900, 6, 0.2, seed=2)
    return nx.disjoint_union(graph, nx.cycle_graph(5))


def test_sample_has_a_margin_of_error(monkeypatch: pytest.MonkeyPatch, large: nx.Graph) -> None:
    monkeypatch.setattr(sweep, "SAMPLE", 160)
    structure = of(large)
    exact, found = measure_distances(structure), measure_distances(structure, exact_cost=1)
    assert found.sample == 160
    assert found.error is not None
    assert found.mean_error is not None
    # Who is reached is known without any search, and the ring is small enough to be searched whole.
    assert found.reached.tolist() == exact.reached.tolist()
    assert found.total[900:].tolist() == exact.total[900:].tolist()
    assert found.error[900:].tolist() == [0] * 5
    assert (found.farthest <= exact.farthest).all()
    off = np.abs(found.total - exact.total)[:900]
    assert (off <= 2 * found.error[:900]).mean() > 0.9
    assert (off > 0).mean() > 0.9
    mean = [one.total[:900].sum() / (900 * 899) for one in (found, exact)]
    assert abs(mean[0] - mean[1]) <= 3 * found.mean_error
    assert found.mean_error < 0.02 * mean[1]


def test_the_errors_are_neither_too_small_nor_too_large(monkeypatch: pytest.MonkeyPatch, large: nx.Graph) -> None:
    structure = of(large)
    exact = measure_distances(structure)
    monkeypatch.setattr(sweep, "SAMPLE", 160)
    wide = []
    for seed in range(12):
        monkeypatch.setattr(sweep, "SEED", seed)
        found = measure_distances(structure, exact_cost=1)
        assert found.error is not None
        wide.append(((found.total - exact.total)[:900] / found.error[:900]) ** 2)
    assert 0.5 < float(np.mean(wide)) < 2


def test_the_same_sample_each_time_and_all_in_a_sample_is_exact(
    monkeypatch: pytest.MonkeyPatch, large: nx.Graph
) -> None:
    structure = of(large)
    monkeypatch.setattr(sweep, "SAMPLE", 160)
    assert (
        measure_distances(structure, exact_cost=1).total.tolist()
        == measure_distances(structure, exact_cost=1).total.tolist()
    )
    monkeypatch.setattr(sweep, "SAMPLE", 2_000)
    assert measure_distances(structure, exact_cost=1).sample is None


def test_progress_is_reported(monkeypatch: pytest.MonkeyPatch, large: nx.Graph) -> None:
    monkeypatch.setattr(sweep, "BATCH_SIZE", 100)
    progress: list[float] = []
    measure_distances(of(large), on_progress=progress.append)
    assert len(progress) == 10
    assert progress == sorted(progress)
    assert progress[-1] == 1
