"""Cutpoints and bridges by hand, and by removing each person and tie in turn."""

from __future__ import annotations

from collections.abc import Callable

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.network.graph import network_at
from nethealth.network.metrics.cut_points import cut_members, cut_ties, find_cut_points, people_cut_off_by
from nethealth.network.metrics.topology import Topology
from nethealth.workbook.records import Workbook

MakeWorkbook = Callable[..., Workbook]


def test_the_hand_drawn_network(hand_drawn: Workbook) -> None:
    # Cy is between Ana and Bo on one side, Di and Ed on the other; only Di connects Ed.
    network = network_at(hand_drawn)
    assert [(one.key, one.parts, one.cut_off) for one in cut_members(network)] == [
        ("cy", (2, 2), 2),
        ("di", (3, 1), 1),
    ]
    assert [(one.tie.a, one.tie.b, one.parts) for one in cut_ties(network)] == [
        ("cy", "di", (3, 2)),
        ("di", "ed", (4, 1)),
        ("flo", "gus", (1, 1)),
    ]
    assert people_cut_off_by(network, "cy") == ("di", "ed")
    assert people_cut_off_by(network, "di") == ("ed",)
    assert people_cut_off_by(network, "ana") == people_cut_off_by(network, "hal") == ()


def test_chain_ring_star_and_no_people(workbook_of: MakeWorkbook) -> None:
    chain = network_at(workbook_of([("a", "b"), ("b", "c"), ("c", "d"), ("d", "e")]))
    assert [(one.key, one.cut_off) for one in cut_members(chain)] == [("c", 2), ("b", 1), ("d", 1)]
    ring = network_at(workbook_of([("a", "b"), ("b", "c"), ("c", "a")]))
    assert cut_members(ring) == cut_ties(ring) == ()
    star = network_at(workbook_of([("s", leaf) for leaf in "abcd"]))
    assert [(one.key, one.parts, one.cut_off) for one in cut_members(star)] == [("s", (1, 1, 1, 1), 3)]
    assert cut_members(network_at(workbook_of())) == ()


@settings(max_examples=150, deadline=None)
@given(st.sets(st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda pair: pair[0] < pair[1]), max_size=18))
def test_results_match_removing_each(edges: set[tuple[int, int]]) -> None:
    graph = nx.Graph(edges)
    graph.add_nodes_from(range(12))
    found = find_cut_points(Topology(12, edges=sorted(edges)))
    for person in range(12):
        part = graph.subgraph(nx.node_connected_component(graph, person) - {person})
        left = sorted(map(len, nx.connected_components(part)), reverse=True)
        assert found.sizes_without_person.get(person, ()) == (tuple(left) if len(left) > 1 else ())
    for one, other in edges:
        bare = graph.copy()
        bare.remove_edge(one, other)
        sides = [len(nx.node_connected_component(bare, end)) for end in (one, other)]
        is_cut = other not in nx.node_connected_component(bare, one)
        assert found.sizes_without_tie.get((one, other)) == (tuple(sorted(sides, reverse=True)) if is_cut else None)


def test_long_chain_needs_no_recursion() -> None:
    found = find_cut_points(Topology(5_000, edges=[(place, place + 1) for place in range(4_999)]))
    assert found.sizes_without_person[2_499] == (2_500, 2_499)
    assert len(found.sizes_without_person) == 4_998
    assert len(found.sizes_without_tie) == 4_999
