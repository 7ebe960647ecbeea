"""Tables of network tools are known by what they hold: Gephi's nodes and edges, whatever they are called."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.sources import read_file, read_files, read_path
from nethealth.workbook.layouts.network_tools import arrange_network_tools
from nethealth.workbook.layouts.rearranged import EDGE_WEIGHT
from nethealth.workbook.reader import read_workbook
from tests.sources.workbooks import zipped
from tests.workbook.conftest import raw_workbook
from tests.workbook.layouts.readings import errors, names, ties

CASES = Path(__file__).parents[2] / "cases"
KUMU = {
    "Elements": [["Label", "Type", "Tags"], ["Ana Ruiz", "Person", "STEM|Coaching"], ["North HS", "Company", None]],
    "Connections": [["From", "To", "Direction"], ["Ana Ruiz", "North HS", "directed"]],
}


def test_gephi_case_has_eight_members_and_three_pairs():
    workbook = read_workbook(read_path(CASES / "03-gephi-nodes-edges"))
    assert names(workbook) == [
        *("Ana Ruiz", "Ben Okafor", "Carla Wynn", "Dmitri Vale"),
        *("Elin Storm", "Farid Haddad", "Grace Obi", "Hugo Lindt"),
    ]
    assert workbook.people["1"].attributes["Cat"] == "T"
    assert ties(workbook) == [
        ("Ana Ruiz", "Ben Okafor"),
        ("Ben Okafor", "Carla Wynn"),
        ("Carla Wynn", "Dmitri Vale"),
        ("Ben Okafor", "Ana Ruiz"),
    ]
    assert len({frozenset(pair) for pair in ties(workbook)}) == 3
    assert [tie.measures[EDGE_WEIGHT] for tie in workbook.connections] == [1.0, 2.0, 1.0, 1.0]
    assert {(tie.strength, tie.kind, tie.is_report) for tie in workbook.connections} == {(None, None, False)}
    assert errors(workbook) == ["edges!B6"]  # the tie of 5 to itself


def test_gephi_edges_alone_are_called_by_numbers_and_say_so():
    workbook = read_workbook(read_path(CASES / "03-gephi-nodes-edges" / "edges.csv"))
    assert names(workbook) == ["1", "2", "3", "4", "5"]
    (warning,) = [problem for problem in workbook.problems if problem.severity.value == "warning"]
    assert warning.tab == "edges"
    assert "Id and Label" in warning.remedy


@pytest.mark.parametrize(
    ("nodes", "edges"),
    [("nodes", "edges"), ("Schulnetz [Nodes]", "Schulnetz [Edges]"), ("personas", "vínculos")],
)
def test_gephi_tables_are_known_by_their_ids(read, nodes, edges):
    workbook = read(
        {
            edges: [["Weight", "Source", "Target", "Type"], [7, "n2", "n1", "Directed"]],
            nodes: [["Id", "School", "Label"], ["n1", "North HS", "Ana Ruiz"], ["n2", "South HS", "Ben Okafor"]],
        }
    )
    assert names(workbook) == ["Ana Ruiz", "Ben Okafor"]
    assert ties(workbook) == [("Ben Okafor", "Ana Ruiz")]
    assert [(tie.strength, tie.is_report) for tie in workbook.connections] == [(None, True)]


def test_gephi_ids_may_be_numbers(read):
    nodes = [["Id", "Label"], [1, "Ana Ruiz"], [2.0, "Ben Okafor"]]
    workbook = read({"Nodes": nodes, "Edges": [["Source", "Target"], [1.0, 2]]})
    assert ties(workbook) == [("Ana Ruiz", "Ben Okafor")]


@pytest.mark.parametrize("ends", [("Source", "Target"), ("Vertex 1", "Vertex 2")])
def test_connections_of_their_own_stay(read, ends):
    flows = [[*ends, "Type"], ["Lab", "Shop", "Directed"]]
    workbook = read({"Flows": flows, "Connections": [["From", "To"], ["Ana Ruiz", "Ben Okafor"]]})
    assert ties(workbook) == [("Ana Ruiz", "Ben Okafor")]
    assert workbook.ignored_tabs == ("Flows",)


@pytest.mark.parametrize("form", ["zip", "several files"])
def test_gephi_case_opens_in_every_form(form):
    files = {name: (CASES / "03-gephi-nodes-edges" / name).read_bytes() for name in ("nodes.csv", "edges.csv")}
    raw = read_file(zipped(files), "network.zip") if form == "zip" else read_files(list(files.items()))
    workbook = read_workbook(raw)
    assert len(workbook.people) == 8
    assert len({frozenset(pair) for pair in ties(workbook)}) == 3


def test_list_of_ids_that_no_connection_names_is_left_alone(read):
    tools = [["Id", "Label"], ["t1", "Hammer"], ["t2", "Saw"]]
    workbook = read({"Tools": tools, "Connections": [["Source", "Target"], ["Ana Ruiz", "Ben Okafor"]]})
    assert names(workbook) == ["Ana Ruiz", "Ben Okafor"]


def test_strength_of_our_own_workbook_stays_strength(read):
    members = [["ID", "Label"], ["a", "Ana Ruiz"], ["b", "Ben Okafor"]]
    workbook = read({"Members": members, "Connections": [["Source", "Target", "Weight"], ["a", "b", 3]]})
    assert [tie.strength for tie in workbook.connections] == [3]


def test_tab_that_staff_chose_is_left_as_they_said(read):
    names_tab = [["Tab", "Column", "Your header"], ["Leave alone", "Whole tab", "Elements"]]
    workbook = read(KUMU | {"Column names": names_tab})
    assert "Elements" in workbook.ignored_tabs


HEADERS = st.sampled_from(["Label", "From", "To", "Source", "Target", "Id", "Type", "Vertex 1", "Vertex 2", "Tags"])
CELLS = st.one_of(st.none(), st.text(alphabet="ab|; ", max_size=4), st.integers(0, 3), st.booleans())


@settings(max_examples=50)
@given(st.dictionaries(
    st.sampled_from(["Elements", "Connections", "Vertices", "Edges", "nodes"]),
    st.tuples(st.lists(HEADERS, max_size=5), st.lists(st.lists(CELLS, max_size=6), max_size=4)),
    max_size=3,
))  # fmt: skip
def test_any_tabs_are_read_and_keep_their_places(tabs):
    raw = raw_workbook({title: [headers, *rows] for title, (headers, rows) in tabs.items()})
    read_workbook(raw)
    for place, rearranged in arrange_network_tools(raw.tabs).items():
        (tab,) = rearranged.tabs
        assert tab.title == raw.tabs[place].title
        assert all(tab.place_in_sheet(row, 0)[0] < len(raw.tabs[place].rows) for row in range(len(tab.rows)))
