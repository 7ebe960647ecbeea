"""GraphML as several programs write it becomes people, attributes, and connections."""

import io

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.sources import read_file
from nethealth.workbook.reader import read_workbook
from nethealth.workbook.schema.vocabulary import HeardThrough
from tests.sources.network_files.networks import open_network, people, ties

HEAD = '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
GEPHI = f"""<?xml version="1.0" encoding="UTF-8"?>{HEAD}
<key attr.name="label" attr.type="string" for="node" id="label"/>
<key attr.name="School" attr.type="string" for="node" id="school"><default>North HS</default></key>
<key attr.name="r" attr.type="int" for="node" id="r"/>
<key attr.name="weight" attr.type="double" for="edge" id="weight"/>
<key attr.name="Topic" attr.type="string" for="edge" id="topic"/>
<graph edgedefault="undirected">
<node id="7"><data key="label">Ana Ruiz</data><data key="r">12</data></node>
<node id="8"><data key="label">Ben Okafor</data><data key="school">South HS</data></node>
<node id="9"><data key="label">Carla Wynn</data></node>
<edge source="7" target="8"><data key="weight">2.5</data></edge>
<edge source="8" target="9" directed="true"><data key="weight">1.2E-1</data></edge>
</graph></graphml>"""


def test_labels_attributes_defaults_and_weights() -> None:
    workbook = open_network(GEPHI, "net.graphml")
    assert people(workbook) == ["Ana Ruiz", "Ben Okafor", "Carla Wynn"]
    assert [person.organization for person in workbook.people.values()] == ["North HS", "South HS", "North HS"]
    assert ties(workbook) == [("Ana Ruiz", "Ben Okafor"), ("Ben Okafor", "Carla Wynn")]
    assert [tie.measures for tie in workbook.connections] == [{"Edge weight": 2.5}, {"Edge weight": 0.12}]
    assert [tie.heard_through for tie in workbook.connections] == [HeardThrough.STAFF, None]
    assert workbook.attributes == ("Organization",)


def test_ids_are_names_where_there_are_no_labels() -> None:
    nodes = '<node id="Ana Ruiz"/><node id="Ben"/>'
    text = f'{HEAD}<graph edgedefault="directed">{nodes}<edge source="Ana Ruiz" target="Ben"/>'
    workbook = open_network(text + "</graph></graphml>", "net.graphml")
    assert ties(workbook) == [("Ana Ruiz", "Ben")]
    assert workbook.notes == ()


def test_codes_instead_of_names_are_noted() -> None:
    text = f'{HEAD}<graph edgedefault="directed"><node id="n0"/><node id="n1"/><edge source="n0" target="n1"/>'
    workbook = open_network(text + "</graph></graphml>", "net.graphml")
    assert people(workbook) == ["n0", "n1"]
    assert "“n0”" in workbook.notes[0]


def test_yed_labels_and_nested_graphs() -> None:
    text = f"""{HEAD}<key for="node" id="d6" yfiles.type="nodegraphics"/><graph edgedefault="directed">
    <node id="n0"><data key="d6"><y:ShapeNode xmlns:y="u">
    <y:NodeLabel>Ana Ruiz<y:LabelModel/></y:NodeLabel></y:ShapeNode></data>
    <graph edgedefault="directed"><node id="n0::n1"><data key="d6">
    <y:NodeLabel xmlns:y="u">Ben Okafor</y:NodeLabel></data></node>
    </graph></node><edge source="n0" target="n0::n1"/></graph></graphml>"""
    workbook = open_network(text, "net.graphml")
    assert ties(workbook) == [("Ana Ruiz", "Ben Okafor")]


def test_hyperedges_are_skipped_and_noted() -> None:
    text = f'{HEAD}<graph edgedefault="directed"><node id="Ana"/><hyperedge><endpoint node="Ana"/></hyperedge></graph>'
    workbook = open_network(text + "</graphml>", "net.graphml")
    assert workbook.connections == ()
    assert "more than two people: 1" in workbook.notes[0]


def test_two_people_of_one_name_stay_two() -> None:
    text = GEPHI.replace("Carla Wynn", "Ana Ruiz")
    assert ties(open_network(text, "net.graphml")) == [("Ana Ruiz", "Ben Okafor"), ("Ben Okafor", "Ana Ruiz")]
    assert len(open_network(text, "net.graphml").people) == 3


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_declared_encodings(encoding: str) -> None:
    text = GEPHI.replace("Ana Ruiz", "Ána Rüiz").replace("UTF-8", encoding.removesuffix("-sig"))
    assert people(open_network(text.encode(encoding), "net.graphml"))[0] == "Ána Rüiz"


NAMES = st.text(alphabet="abcXY éñ'\"<&;,.-", min_size=1, max_size=8).map(str.strip).filter(
    lambda name: any(letter.isalpha() for letter in name)
)  # fmt: skip


@settings(max_examples=40)
@given(st.lists(NAMES, min_size=2, max_size=6, unique_by=lambda name: "".join(name.casefold().split())), st.data())
def test_what_networkx_writes_comes_back(names: list[str], data: st.DataObject) -> None:
    graph = networkx.DiGraph()
    for number, name in enumerate(names):
        graph.add_node(f"person-{number}", label=name)
    pairs = st.tuples(st.integers(0, len(names) - 1), st.integers(0, len(names) - 1))
    for source, target in data.draw(st.lists(pairs.filter(lambda pair: pair[0] != pair[1]), unique=True)):
        graph.add_edge(f"person-{source}", f"person-{target}")
    out = io.BytesIO()
    networkx.write_graphml_xml(graph, out)
    tables = read_file(out.getvalue(), "net.graphml").tabs
    assert [row[:2] for row in tables[0].rows[1:]] == [[name, f"person-{at}"] for at, name in enumerate(names)]
    assert {tuple(row[:2]) for row in tables[1].rows[1:]} == set(graph.edges)
    assert len(read_workbook(read_file(out.getvalue(), "net.graphml")).connections) == graph.number_of_edges()
