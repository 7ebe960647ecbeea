"""Metrics of a large network are estimates, as the page says, and exact on request."""

from __future__ import annotations

from dataclasses import replace

import networkx as nx
import pytest
from streamlit.testing.v1 import AppTest

from nethealth.network.connectivity import analyze_connectivity
from nethealth.network.metrics import betweenness as between
from nethealth.network.metrics import shortest_paths
from tests.pages.conftest import Show, sample, visit
from tests.pages.test_every_page import text_of


@pytest.fixture
def small_counts_as_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(between, "EXACT_BETWEENNESS_COST", 10)
    monkeypatch.setattr(between, "SMALLEST_SAMPLE", 64)
    monkeypatch.setattr(between, "SAMPLE_COST", 0)
    monkeypatch.setattr(shortest_paths, "EXACT_DISTANCE_COST", 10)
    monkeypatch.setattr(shortest_paths, "SAMPLE", 32)


@pytest.mark.usefixtures("small_counts_as_large")
def test_estimates_are_marked_and_exact_on_request(app: AppTest, showing: Show) -> None:
    workbook = replace(sample(), fingerprint="as if it were large")
    showing(workbook)
    visit(app, "connectivity")
    words = text_of(app)
    assert "estimated from 32 people, give or take" in words
    assert "so some metrics are estimated from" in words
    app.button(key="exactly").click().run()
    words = text_of(app)
    assert "estimated" not in words
    assert not [button for button in app.button if button.key == "exactly"]
    app.query_params["tab"] = "Table"
    app.run()
    assert "estimated" not in text_of(app)


@pytest.mark.usefixtures("small_counts_as_large")
def test_exact_metrics_match_small_networks() -> None:
    estimated = analyze_connectivity(replace(sample(), fingerprint="another"))
    assert estimated.metrics.sample is not None
    assert estimated.sample is not None
    heard: list[float] = []
    exact = estimated.with_exact_metrics(heard.append)
    assert heard
    assert heard == sorted(heard)
    assert exact.sample is None
    assert exact.metrics.sample is None
    # By networkx, which estimates nothing.
    graph = nx.Graph((tie.a, tie.b) for tie in exact.network.ties)
    graph.add_nodes_from(exact.network.people)
    largest = graph.subgraph(max(nx.connected_components(graph), key=len))
    assert exact.metrics.average_path_length == pytest.approx(nx.average_shortest_path_length(largest))
    between = nx.betweenness_centrality(graph)
    assert len(exact.people) > 100
    for person in exact.people:
        assert person.betweenness == pytest.approx(between[person.key])


def test_exact_metrics_are_not_offered_without_estimates(app: AppTest, showing: Show) -> None:
    showing(sample())
    visit(app, "connectivity")
    assert "estimated" not in text_of(app)
