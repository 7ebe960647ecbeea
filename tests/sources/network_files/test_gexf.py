"""GEXF of every version becomes people, attributes, and connections."""

import pytest

from nethealth.workbook.schema.vocabulary import HeardThrough
from tests.sources.network_files.networks import open_network, people, ties


def gexf(inside: str, *, version: str = "1.3", graph: str = "") -> str:
    return f'<gexf xmlns="http://gexf.net/{version}" version="{version}"><graph {graph}>{inside}</graph></gexf>'


NODES = '<nodes><node id="0" label="Ana Ruiz"/><node id="1" label="Ben Okafor"/></nodes>'


@pytest.mark.parametrize("version", ["1.1draft", "1.2draft", "1.3"])
def test_attributes_defaults_and_weights(version: str) -> None:
    inside = """<attributes class="node"><attribute id="s" title="School" type="string">
    <default>North HS</default></attribute>
    </attributes><attributes class="edge"><attribute id="h" title="Hours" type="double"/></attributes>
    <nodes count="2"><node id="0" label="Ana Ruiz"><attvalues><attvalue for="s" value="South HS"/></attvalues></node>
    <node id="1" label="Ben Okafor"/></nodes>
    <edges><edge id="a" source="0" target="1" weight="3.5"><attvalues><attvalue for="h" value="2"/></attvalues></edge>
    <edge id="b" source="1" target="0" type="directed" weight="1" label="Coaches"><attvalues>
    <attvalue for="h" value="4"/></attvalues></edge></edges>"""
    workbook = open_network(gexf(inside, version=version), "net.gexf")
    assert [person.organization for person in workbook.people.values()] == ["South HS", "North HS"]
    assert ties(workbook) == [("Ana Ruiz", "Ben Okafor"), ("Ben Okafor", "Ana Ruiz")]
    assert [tie.measures for tie in workbook.connections] == [
        {"Edge weight": 3.5, "Hours": 2.0},
        {"Edge weight": 1.0, "Hours": 4.0},
    ]
    assert [tie.heard_through for tie in workbook.connections] == [HeardThrough.STAFF, None]
    assert [tie.kind for tie in workbook.connections] == [None, "Coaches"]


def test_direction_by_default() -> None:
    inside = f'{NODES}<edges><edge source="0" target="1"/></edges>'
    workbook = open_network(gexf(inside, graph='defaultedgetype="directed"'), "net.gexf")
    assert [tie.is_report for tie in workbook.connections] == [True]


def test_nodes_in_nodes_and_parents_in_a_circle() -> None:
    inside = """<nodes><node id="0" label="Ana" pid="1"><nodes><node id="1" label="Ben" pid="0"/></nodes></node></nodes>
    <edges><edge source="0" target="1"/></edges>"""
    assert ties(open_network(gexf(inside), "net.gexf")) == [("Ana", "Ben")]


def test_edge_to_no_one_is_a_problem() -> None:
    workbook = open_network(gexf(f'{NODES}<edges><edge source="0" target="99"/></edges>'), "net.gexf")
    assert workbook.connections == ()
    assert [(each.tab, each.value) for each in workbook.problems if each.severity.value == "error"] == [
        ("Connections", "99")
    ]


def test_case_is_two_people_and_one_connection() -> None:
    workbook = open_network(gexf(f'{NODES}<edges><edge source="0" target="1"/></edges>'), "net.gexf")
    assert people(workbook) == ["Ana Ruiz", "Ben Okafor"]
    assert ties(workbook) == [("Ana Ruiz", "Ben Okafor")]
