"""Pajek's .net files become people and connections."""

import pytest

from nethealth.errors import FileDamaged
from nethealth.sources import read_file
from tests.sources.network_files.networks import open_network, people, ties

VERTICES = '% made by hand\n*Vertices 3\n1 "Ana Ruiz" 0.1 0.2 ic Red\n2 "Ben Okafor"\n3 Carla\n'


def test_arcs_and_edges_with_weights() -> None:
    workbook = open_network(VERTICES + "*Arcs\n1 2 4\n*Edges\n2 3 0.5 c Blue\n1 3 c Blue\n", "net.net")
    assert people(workbook) == ["Ana Ruiz", "Ben Okafor", "Carla"]
    assert ties(workbook) == [("Ana Ruiz", "Ben Okafor"), ("Ben Okafor", "Carla"), ("Ana Ruiz", "Carla")]
    assert [tie.measures for tie in workbook.connections] == [{"Edge weight": 4.0}, {"Edge weight": 0.5}, {}]
    assert [tie.is_report for tie in workbook.connections] == [True, False, False]


def test_lists_and_named_relations() -> None:
    workbook = open_network(VERTICES + '*Arcslist :1 "trusts"\n1 2 3\n*Edgeslist\n2 3\n', "net.net")
    assert ties(workbook) == [("Ana Ruiz", "Ben Okafor"), ("Ana Ruiz", "Carla"), ("Ben Okafor", "Carla")]
    assert [tie.kind for tie in workbook.connections] == ["trusts", "trusts", None]


def test_matrix() -> None:
    workbook = open_network(VERTICES + "*Matrix\n0 2 0\n0 0 0.0\n1 0 0\n", "net.net")
    assert ties(workbook) == [("Ana Ruiz", "Ben Okafor"), ("Carla", "Ana Ruiz")]
    assert [tie.measures for tie in workbook.connections] == [{"Edge weight": 2.0}, {"Edge weight": 1.0}]


def test_two_vertices_of_one_label_stay_two() -> None:
    assert len(open_network(VERTICES.replace("Carla", '"Ana Ruiz"') + "*Edges\n1 2\n", "net.net").people) == 3


def test_vertices_without_labels_are_noted() -> None:
    workbook = open_network("*Vertices 3\r\n*Arcs\r\n1 2\r\n", "net.net")
    assert people(workbook) == ["1", "2"]
    assert any("“1”" in note for note in workbook.notes)


def test_second_network_is_noted() -> None:
    workbook = open_network(f"*Network One\n{VERTICES}*Edges\n1 2\n*Network Two\n{VERTICES}", "net.net")
    assert people(workbook) == ["Ana Ruiz", "Ben Okafor", "Carla"]
    assert any("several networks" in note for note in workbook.notes)


def test_old_encoding() -> None:
    text = '*Vertices 2\n1 "Žofia Świderska"\n2 "Łukasz Gęś"\n*Edges\n1 2\n'.encode("cp1250")
    assert people(open_network(text, "net.net")) == ["Žofia Świderska", "Łukasz Gęś"]


@pytest.mark.parametrize("line", ["a b", "1 99999999999999999999", "1 ²"])
def test_line_that_is_no_arc_is_refused(line: str) -> None:
    with pytest.raises(FileDamaged):
        read_file((VERTICES + f"*Arcs\n{line}\n").encode(), "net.net")
