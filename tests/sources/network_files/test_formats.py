"""Network files are known by their content, and what the app writes opens again."""

from pathlib import Path

import pytest

from nethealth import errors
from nethealth.network.connectivity import analyze_connectivity
from nethealth.network.export.contents import export_network
from nethealth.network.export.files import FILE_FORMATS
from nethealth.sources import read_file, read_path, read_sample
from nethealth.workbook.reader import read_workbook
from nethealth.workbook.records import Workbook
from tests.sources.network_files.networks import open_network, people, ties

CASES = Path(__file__).parents[2] / "cases" / "32-graph-files"
GRAPHML = b'<graphml><graph edgedefault="directed"><node id="Ana"/></graph></graphml>'


@pytest.mark.parametrize("name", ["kumu.json", "net.gexf", "net.net", "edges.tsv"])
def test_case_is_two_people_and_one_connection(name: str) -> None:
    workbook = read_workbook(read_path(CASES / name))
    assert people(workbook) == ["Ana Ruiz", "Ben Okafor"]
    assert ties(workbook) == [("Ana Ruiz", "Ben Okafor")]


def test_case_without_names_is_mentioned() -> None:
    workbook = read_workbook(read_path(CASES / "net.graphml"))
    assert ties(workbook) == [("n0", "n1")]
    assert any("“n0”" in note for note in workbook.notes)


def shown(workbook: Workbook) -> tuple[object, ...]:
    network = analyze_connectivity(workbook).network
    names = {key: person.name for key, person in network.people.items() if person.on_map}
    pairs = {
        (frozenset((names[tie.a], names[tie.b])), tie.strength, tuple(tie.kinds))
        for tie in network.ties
        if tie.a in names and tie.b in names
    }
    return {(names[key], network.people[key].kind, network.people[key].tags) for key in names}, pairs


@pytest.fixture(scope="module")
def sample() -> Workbook:
    return read_workbook(read_sample())


@pytest.mark.parametrize("ending", [ending for ending in FILE_FORMATS if ending != ".xlsx"])
def test_what_the_app_writes_opens_with_the_same_people_and_ties(sample: Workbook, ending: str) -> None:
    written = FILE_FORMATS[ending].write(export_network(analyze_connectivity(sample), for_staff=True))
    opened = read_workbook(read_file(written, f"net{ending}"))
    assert shown(opened) == shown(sample)
    assert len(opened.connections) > 200
    assert not [problem for problem in opened.problems if problem.severity.value == "error"]


@pytest.mark.parametrize("name", ["net.graphml", "net.xml", "net", "NET.GRAPHML"])
def test_content_decides(name: str) -> None:
    assert people(open_network(GRAPHML, name)) == ["Ana"]


@pytest.mark.parametrize("name", ["net.csv", "net.xlsx", "net.gexf", "net.json"])
def test_wrong_ending_is_named(name: str) -> None:
    with pytest.raises(errors.UnsupportedFile, match="GraphML") as caught:
        read_file(GRAPHML, name)
    assert ".graphml" in caught.value.remedy


@pytest.mark.parametrize("name", ["net.graphml", "net.gexf", "net.net"])
def test_other_content_is_refused(name: str) -> None:
    with pytest.raises(errors.FileDamaged, match=f"ends in .{name[4:]}"):
        read_file(b"From,To\nAna,Ben\n", name)
