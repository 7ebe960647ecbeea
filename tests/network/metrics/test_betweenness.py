"""Betweenness: counted in pieces that add up, shared out to other cores, and estimated from a sample."""

from __future__ import annotations

import threading
from array import array
from collections.abc import Callable, Sequence

import networkx as nx
import numpy as np
import pytest

from nethealth.network.metrics import betweenness as between
from nethealth.network.metrics.betweenness import BetweennessJob
from nethealth.network.metrics.graph_metrics import Topology


def of(graph: nx.Graph) -> Topology:
    return Topology(len(graph), edges=sorted(tuple(sorted(edge)) for edge in graph.edges))


def counted(graph: nx.Graph) -> list[float]:
    values = nx.betweenness_centrality(graph, normalized=False)
    return [values[node] for node in range(len(graph))]


@pytest.fixture(scope="module")
def large() -> nx.Graph:
    """A part of 600 people, three of five, and somebody alone."""
    parts = [nx.gnm_random_graph(600, 1_500, seed=4), *(nx.path_graph(5) for _ in range(3)), nx.empty_graph(1)]
    return nx.disjoint_union_all(parts)


@pytest.fixture(scope="module")
def expected(large: nx.Graph) -> list[float]:
    """What networkx counts."""
    return counted(large)


class Nobody:
    """Helpers where none can be started."""

    def __init__(self, *_: object, **__: object) -> None:
        self.ended = False

    def end(self) -> None:
        self.ended = True


class Slow(Nobody):
    """A helper that takes one request and never answers."""

    def __init__(self, *_: object, take: Callable[[], tuple[int, Sequence[int]] | None], **__: object) -> None:
        super().__init__()
        assert take() is not None


def test_pieces_add_up(monkeypatch: pytest.MonkeyPatch, large: nx.Graph, expected: list[float]) -> None:
    monkeypatch.setattr(between, "CALL_COST", 50_000)
    monkeypatch.setattr(between, "Helpers", Nobody)
    told: list[float] = []
    found = BetweennessJob(of(large)).result(told.append)
    assert list(found.pairs) == pytest.approx(expected, rel=1e-9, abs=1e-9)
    assert (found.sample, found.error) == (None, None)
    assert len(told) > 20
    assert told == sorted(told)
    assert told[-1] == 1


@pytest.mark.parametrize("helpers", [Nobody, Slow])
def test_whoever_counts_the_figures_are_the_same_to_the_last_bit(
    monkeypatch: pytest.MonkeyPatch, large: nx.Graph, helpers: type[Nobody]
) -> None:
    monkeypatch.setattr(between, "CALL_COST", 50_000)
    monkeypatch.setattr(between, "PARALLEL_FROM", 0)
    shared = BetweennessJob(of(large)).result()
    monkeypatch.setattr(between, "Helpers", helpers)
    alone = BetweennessJob(of(large)).result()
    assert alone.pairs.tolist() == shared.pairs.tolist()


def test_helpers_go_on_from_where_they_began(
    monkeypatch: pytest.MonkeyPatch, large: nx.Graph, expected: list[float]
) -> None:
    done = threading.Event()

    class Eager(Nobody):
        """A helper that answers everything before anybody asks."""

        def __init__(
            self,
            size: int,
            edges: Sequence[tuple[int, int]],
            *,
            take: Callable[[], tuple[int, Sequence[int]] | None],
            give: Callable[[int, array[float]], None],
        ) -> None:
            super().__init__()
            graph = Topology(size, edges=edges).graph
            while (asked := take()) is not None:
                give(asked[0], array("d", graph.betweenness(directed=False, sources=list(asked[1]))))
            done.set()

    monkeypatch.setattr(between, "CALL_COST", 50_000)
    monkeypatch.setattr(between, "PARALLEL_FROM", 0)
    monkeypatch.setattr(between, "Helpers", Eager)
    structure = of(large)
    structure.begin()
    assert done.is_set()
    assert list(structure.between.pairs) == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_a_sample_tells_how_far_it_may_be_off(
    monkeypatch: pytest.MonkeyPatch, large: nx.Graph, expected: list[float]
) -> None:
    monkeypatch.setattr(between, "FEWEST_SAMPLED", 192)
    monkeypatch.setattr(between, "SAMPLE_COST", 0)
    exact = np.array(expected)
    close, wide = [], []
    for seed in range(6):
        monkeypatch.setattr(between, "SEED", seed)
        found = BetweennessJob(of(large), whole_up_to=100_000).result()
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


def test_the_mean_of_many_samples_is_the_figure_itself(
    monkeypatch: pytest.MonkeyPatch, large: nx.Graph, expected: list[float]
) -> None:
    monkeypatch.setattr(between, "FEWEST_SAMPLED", 192)
    monkeypatch.setattr(between, "SAMPLE_COST", 0)
    found = []
    for seed in range(20):
        monkeypatch.setattr(between, "SEED", seed)
        found.append(BetweennessJob(of(large), whole_up_to=100_000).result().pairs)
    exact = np.array(expected)
    assert float(np.mean(found, axis=0).sum()) == pytest.approx(exact.sum(), rel=0.02)


def test_nobody_and_pairs() -> None:
    for size, edges in ((0, []), (3, []), (2, [(0, 1)]), (4, [(0, 1), (2, 3)])):
        found = BetweennessJob(Topology(size, edges=edges)).result()
        assert found.pairs.tolist() == [0] * size
