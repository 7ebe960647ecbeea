"""Betweenness: counted in pieces that add up, shared out to other cores, and estimated from a sample."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future

import networkx as nx
import numpy as np
import pytest

from nethealth.network.metrics import betweenness as module
from nethealth.network.metrics.betweenness import BetweennessJob, betweenness_counts, start_betweenness
from nethealth.network.metrics.topology import Topology


def of(graph: nx.Graph) -> Topology:
    return Topology(len(graph), edges=sorted(tuple(sorted(edge)) for edge in graph.edges))


def counted(graph: nx.Graph) -> list[float]:
    values = nx.betweenness_centrality(graph, normalized=False)
    return [values[node] for node in range(len(graph))]


@pytest.fixture(scope="module")
def large() -> nx.Graph:
    """Return a component of 600 people, three of five, and an isolate."""
    parts = [nx.gnm_random_graph(600, 1_500, seed=4), *(nx.path_graph(5) for _ in range(3)), nx.empty_graph(1)]
    return nx.disjoint_union_all(parts)


@pytest.fixture(scope="module")
def expected(large: nx.Graph) -> list[float]:
    """What networkx counts."""
    return counted(large)


def no_workers(*_: object) -> None:
    """Stand in for `submit` where nothing can be started."""


def stuck_worker(*_: object) -> Future[bytes]:
    """Stand in for `submit` with a worker that never answers."""
    return Future()


def failing_worker(*_: object) -> Future[bytes]:
    """Stand in for `submit` with a worker that dies."""
    future: Future[bytes] = Future()
    future.set_exception(BrokenExecutor())
    return future


def eager_worker(function: Callable[..., bytes], *arguments: object) -> Future[bytes]:
    """Stand in for `submit` with a worker that has answered at once."""
    future: Future[bytes] = Future()
    future.set_result(function(*arguments))
    return future


@pytest.fixture
def many_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CALL_COST", 50_000)
    monkeypatch.setattr(module, "PARALLEL_FROM", 0)


@pytest.mark.usefixtures("many_calls")
def test_calls_add_up_to_the_whole(monkeypatch: pytest.MonkeyPatch, large: nx.Graph, expected: list[float]) -> None:
    monkeypatch.setattr(module, "submit", no_workers)
    progress: list[float] = []
    found = BetweennessJob(of(large)).result(progress.append)
    assert list(found.pairs) == pytest.approx(expected, rel=1e-9, abs=1e-9)
    assert (found.sample, found.error) == (None, None)
    assert len(progress) > 20
    assert progress == sorted(progress)
    assert progress[-1] == 1


@pytest.mark.usefixtures("many_calls")
@pytest.mark.parametrize("worker", [no_workers, stuck_worker, failing_worker, eager_worker])
def test_results_are_equal_to_the_last_bit(
    monkeypatch: pytest.MonkeyPatch, large: nx.Graph, worker: Callable[..., Future[bytes] | None]
) -> None:
    shared = BetweennessJob(of(large)).result()
    monkeypatch.setattr(module, "submit", worker)
    assert BetweennessJob(of(large)).result().pairs.tolist() == shared.pairs.tolist()


@pytest.mark.usefixtures("many_calls")
def test_workers_may_finish_before_anyone_asks(
    monkeypatch: pytest.MonkeyPatch, large: nx.Graph, expected: list[float]
) -> None:
    monkeypatch.setattr(module, "submit", eager_worker)
    topology = of(large)
    start_betweenness(topology)
    progress: list[float] = []
    found = betweenness_counts(topology, on_progress=progress.append)
    assert list(found.pairs) == pytest.approx(expected, rel=1e-9, abs=1e-9)
    assert progress == [1]


def test_error_covers_the_difference(monkeypatch: pytest.MonkeyPatch, large: nx.Graph, expected: list[float]) -> None:
    monkeypatch.setattr(module, "SMALLEST_SAMPLE", 192)
    monkeypatch.setattr(module, "SAMPLE_COST", 0)
    exact = np.array(expected)
    close, wide = [], []
    for seed in range(6):
        monkeypatch.setattr(module, "SEED", seed)
        found = BetweennessJob(of(large), exact_cost=100_000).result()
        assert found.sample == 192
        assert found.error is not None
        # Small parts are counted whole.
        assert found.pairs[600:].tolist() == exact[600:].tolist()
        assert not found.error[600:].any()
        off = (found.pairs - exact)[:600] / np.maximum(found.error[:600], 1e-9)
        leaders = np.argsort(-exact)[:100]
        close.append((np.abs(off[leaders]) <= 2).mean())
        wide.append(np.mean(off[leaders] ** 2))
    assert float(np.mean(close)) > 0.9
    assert 0.3 < float(np.mean(wide)) < 1.7


def test_mean_of_samples_is_unbiased(monkeypatch: pytest.MonkeyPatch, large: nx.Graph, expected: list[float]) -> None:
    monkeypatch.setattr(module, "SMALLEST_SAMPLE", 192)
    monkeypatch.setattr(module, "SAMPLE_COST", 0)
    found = []
    for seed in range(20):
        monkeypatch.setattr(module, "SEED", seed)
        found.append(BetweennessJob(of(large), exact_cost=100_000).result().pairs)
    exact = np.array(expected)
    assert float(np.mean(found, axis=0).sum()) == pytest.approx(exact.sum(), rel=0.02)


def test_fewer_than_three_connected_people_give_zero() -> None:
    for size, edges in ((0, []), (3, []), (2, [(0, 1)]), (4, [(0, 1), (2, 3)])):
        found = BetweennessJob(Topology(size, edges=edges)).result()
        assert found.pairs.tolist() == [0] * size
