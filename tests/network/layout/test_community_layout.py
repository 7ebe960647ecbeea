"""Layouts by community, and when a network has clear ones."""

from __future__ import annotations

import networkx as nx

from nethealth.network.layout.community_layout import has_clear_communities
from nethealth.network.metrics.topology import Topology


def test_random_network_has_no_clear_communities() -> None:
    meshed = nx.gnm_random_graph(600, 1_800, seed=1)
    grouped = nx.planted_partition_graph(10, 60, 0.08, 0.002, seed=5)
    for graph, expected in ((meshed, False), (grouped, True)):
        part = sorted(max(nx.connected_components(graph), key=len))
        at = {node: place for place, node in enumerate(part)}
        edges = [tuple(sorted((at[a], at[b]))) for a, b in graph.subgraph(part).edges]
        assert has_clear_communities(Topology(len(part), edges=edges)) is expected
