"""JSON with nodes and links opens with its names, whatever program wrote it."""

import json

import pytest

from nethealth.sources import read_file
from tests.sources.network_files.networks import open_network, people, ties

NETWORKX = {
    "directed": True,
    "multigraph": False,
    "graph": {},
    "nodes": [{"id": 7, "name": "Ana Ruiz", "school": "North"}, {"id": 9, "name": "Ben Okafor", "school": "East"}],
    "links": [{"source": 7, "target": 9, "weight": 3}],
}
D3_BY_PLACE = {
    "nodes": [{"name": "Ana Ruiz", "group": 1}, {"name": "Ben Okafor", "group": 2}],
    "links": [{"source": 0, "target": 1, "value": 3}],
}
D3_DRAWN = {
    "nodes": [{"id": "Ana Ruiz", "x": 1.5}, {"id": "Ben Okafor", "x": 2.5}],
    "links": [{"source": {"id": "Ana Ruiz"}, "target": {"id": "Ben Okafor"}}],
}
CYTOSCAPE = {
    "elements": {
        "nodes": [{"data": {"id": "a", "name": "Ana Ruiz"}}, {"data": {"id": "b", "name": "Ben Okafor"}}],
        "edges": [{"data": {"id": "e", "source": "a", "target": "b"}}],
    }
}
CYTOSCAPE_IN_ONE_LIST = {
    "elements": [
        {"data": {"id": "a", "label": "Ana Ruiz"}, "group": "nodes"},
        {"data": {"id": "b", "label": "Ben Okafor"}, "group": "nodes"},
        {"data": {"id": "e", "source": "a", "target": "b"}, "group": "edges"},
    ]
}
VIS_JS = {
    "nodes": [{"id": 1, "label": "Ana Ruiz"}, {"id": 2, "label": "Ben Okafor"}],
    "edges": [{"from": 1, "to": 2, "label": "coach"}],
}
SIGMA = {
    "nodes": [
        {"key": "a", "attributes": {"label": "Ana Ruiz", "size": 3}},
        {"key": "b", "attributes": {"label": "Ben Okafor", "size": 4}},
    ],
    "edges": [{"key": "e", "source": "a", "target": "b", "attributes": {"weight": 2}}],
}


@pytest.mark.parametrize("content", [NETWORKX, D3_BY_PLACE, D3_DRAWN, CYTOSCAPE, CYTOSCAPE_IN_ONE_LIST, VIS_JS, SIGMA])
def test_each_program_gives_two_people_and_their_connection(content: object) -> None:
    workbook = open_network(json.dumps(content), "net.json")
    assert people(workbook) == ["Ana Ruiz", "Ben Okafor"]
    assert ties(workbook) == [("Ana Ruiz", "Ben Okafor")]
    assert not [problem for problem in workbook.problems if problem.severity.value == "error"]


def test_only_a_directed_network_has_reports() -> None:
    def is_report(content: object) -> list[bool]:
        return [tie.is_report for tie in open_network(json.dumps(content), "net.json").connections]

    assert is_report(NETWORKX) == [True]
    assert is_report(D3_BY_PLACE) == [False]
    assert is_report(NETWORKX | {"links": [{"source": 7, "target": 9, "directed": False}]}) == [False]


def test_values_of_nodes_and_links_are_kept() -> None:
    workbook = open_network(json.dumps(NETWORKX), "net.json")
    assert [person.member_id for person in workbook.people.values()] == ["7", "9"]
    weighted = D3_BY_PLACE | {"links": [{"source": a, "target": b, "value": a + 3} for a, b in ((0, 1), (1, 0))]}
    assert [tie.measures for tie in open_network(json.dumps(weighted), "net.json").connections] == [
        {"Edge weight": 3.0},
        {"Edge weight": 4.0},
    ]
    assert [cell for row in read_file(json.dumps(NETWORKX).encode(), "net.json").tabs[0].rows for cell in row][
        -1
    ] == "East"


@pytest.mark.parametrize(
    "links", [[{"source": 99, "target": True}], [{"source": None, "target": 1}, {"target": 0}], [3, {"source": [1]}]]
)
def test_ends_that_name_no_node_are_no_connections(links: object) -> None:
    content = D3_BY_PLACE | {"links": [*D3_BY_PLACE["links"], *links]}  # type: ignore[misc]
    assert ties(open_network(json.dumps(content), "net.json")) == [("Ana Ruiz", "Ben Okafor")]
