"""NodeXL's Edges and Vertices are read as they come."""

from pathlib import Path

from nethealth.sources import read_path
from nethealth.workbook.reader import read_workbook
from tests.workbook.layouts.readings import errors, names, ties

CASES = Path(__file__).parents[2] / "cases"


def test_nodexl_case_has_four_members_and_three_connections():
    workbook = read_workbook(read_path(CASES / "33-nodexl" / "nodexl.xlsx"))
    assert names(workbook) == ["Ana Ruiz", "Ben Okafor", "Carla Wynn", "Dmitri Vale"]
    assert ties(workbook) == [
        ("Ana Ruiz", "Ben Okafor"),
        ("Ben Okafor", "Carla Wynn"),
        ("Ana Ruiz", "Carla Wynn"),
    ]
    assert [tie.kind for tie in workbook.connections] == ["Invites"] * 3
    assert [tie.measures["Edge Weight"] for tie in workbook.connections] == [2.0, 1.0, 1.0]
    assert [person.organization for person in workbook.people.values()] == ["North HS"] * 2 + ["South HS"] * 2
    assert set(workbook.attributes) == {"Organization", "Age"}
    assert errors(workbook) == []
    assert workbook.left_alone == ()


def test_nodexl_edges_alone_and_without_group_headings(read):
    edges = [["Vertex 1", "Vertex 2", "Color", "Edge Weight"], ["Ana", "Ben", "Red", 2], ["Ben", "Eli", "Red", 5]]
    workbook = read({"Sheet1": edges})
    assert ties(workbook) == [("Ana", "Ben"), ("Ben", "Eli")]
    assert [tie.measures for tie in workbook.connections] == [{"Edge Weight": 2.0}, {"Edge Weight": 5.0}]


def test_nodexl_graph_metrics_are_no_attributes(read):
    vertices = [["Vertex", "PageRank", "Label", "District"], ["Ana", 0.5, "A", "West"], ["Ben", 0.5, "B", "West"]]
    workbook = read({"Vertices": vertices, "Edges": [["Vertex 1", "Vertex 2"], ["Ana", "Ben"]]})
    assert names(workbook) == ["Ana", "Ben"]
    assert [dict(person.attributes) for person in workbook.people.values()] == [{"Organization": "West"}] * 2
