"""The network in other programs' formats, read back by those programs' own readers and compared tie by tie."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import igraph
import networkx as nx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.__main__ import main
from nethealth.network.analysis.tie_values import average_answer
from nethealth.network.connectivity import analyze_connectivity
from nethealth.network.export.contents import LONGEST_TEXT, export_network
from nethealth.network.export.files import FILE_FORMATS, as_gexf, as_graphml, as_kumu, as_workbook
from nethealth.network.map.model import person_id
from nethealth.network.selection import Selection
from nethealth.privacy.viewer_redaction import redact_for_viewers
from nethealth.workbook.records import Connection, Person, Settings, Wave, Workbook
from nethealth.workbook.schema.vocabulary import Kind, NameStyle, TieMeasure, WaveKind
from tests.network.export.networks import NAMES, PEOPLE, STRENGTHS, WORKBOOK, exported, sample

ReadBack = tuple[dict[str, dict[str, Any]], dict[frozenset[str], dict[str, Any]]]
"""People by code and ties by their two codes, with the values of each."""


def by_networkx(graph: nx.Graph) -> ReadBack:
    return dict(graph.nodes(data=True)), {frozenset((a, b)): about for a, b, about in graph.edges(data=True)}


def from_graphml(content: bytes) -> ReadBack:
    return by_networkx(nx.read_graphml(io.BytesIO(content)))


def from_igraph(content: bytes, folder: Path) -> ReadBack:
    file = folder / "network.graphml"
    file.write_bytes(content)
    graph = igraph.Graph.Read_GraphML(str(file))
    assert not graph.is_directed()
    return (
        {vertex["id"]: vertex.attributes() for vertex in graph.vs},
        {frozenset(graph.vs[end]["id"] for end in edge.tuple): edge.attributes() for edge in graph.es},
    )


def from_gexf(content: bytes) -> ReadBack:
    return by_networkx(nx.read_gexf(io.BytesIO(content)))


def from_kumu(content: bytes) -> ReadBack:
    """Read by Kumu's rules: elements have a label and a type, connections have from, to, and direction."""
    result = json.loads(content)
    assert set(result) == {"elements", "connections"}
    ids = [one["id"] for one in (*result["elements"], *result["connections"])]
    assert len(set(ids)) == len(ids), "ids are unique across elements and connections"
    elements = {one["id"]: one for one in result["elements"]}
    for one in result["elements"]:
        assert one["label"]
        assert one["type"] in ("Person", "Organization")
        assert all(isinstance(value, str | int | float | bool | list) for value in one.values())
    for one in result["connections"]:
        assert one["direction"] == "undirected"
        assert {one["from"], one["to"]} <= set(elements)
    return elements, {frozenset((one["from"], one["to"])): one for one in result["connections"]}


def from_workbook(content: bytes) -> ReadBack:
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["About this file", "Members", "Connections", "Metrics"]

    def rows(title: str) -> list[dict[str, Any]]:
        head, *body = book[title].iter_rows(values_only=True)
        return [dict(zip(map(str, head), row, strict=True)) for row in body]

    return (
        {row["Code"]: row for row in rows("Members")},
        {frozenset((row["From code"], row["To code"])): row for row in rows("Connections")},
    )


READERS: Mapping[str, Callable[[bytes], ReadBack]] = {
    ".graphml": from_graphml,
    ".gexf": from_gexf,
    ".json": from_kumu,
    ".xlsx": from_workbook,
}
STRENGTH_IN = {".graphml": "strength", ".gexf": "strength", ".json": "Strength", ".xlsx": "Strength"}
LABEL_IN = {".graphml": "label", ".gexf": "label", ".json": "label", ".xlsx": "Name"}


@pytest.mark.parametrize("ending", FILE_FORMATS)
def test_every_format_has_the_same_network(ending: str) -> None:
    people, ties = READERS[ending](FILE_FORMATS[ending].write(exported()))
    codes = {key: person_id(key) for key in PEOPLE}
    assert {code: people[code][LABEL_IN[ending]] for code in people} == {
        codes[key]: PEOPLE[key].name for key in ("M1", "M2", "M3", "M4", "M6")
    }
    assert {pair: about.get(STRENGTH_IN[ending]) for pair, about in ties.items()} == {
        frozenset((codes[a], codes[b])): strength for (a, b), strength in STRENGTHS.items()
    }
    assert people[codes["M1"]]["Organization"] == "Oak School"
    assert people[codes["M4"]]["Region"] == "South"
    assert people[codes["M6"]]["Mentor"] == "Cy Moss"


@pytest.mark.parametrize("ending", FILE_FORMATS)
def test_trust_and_value_are_only_in_named_staff_files(ending: str) -> None:
    def ties(**how: Any) -> list[Any]:
        _, found = READERS[ending](FILE_FORMATS[ending].write(export_network(sample(), **how)))
        return [about.get("Trust", about.get("trust")) for about in found.values()]

    network = sample().network
    shown = {key for key, person in network.people.items() if person.on_map}
    asked = [average_answer(tie, "Trust") for tie in network.ties if {tie.a, tie.b} <= shown]
    assert any(asked)
    assert sorted(filter(None, ties(for_staff=True))) == sorted(filter(None, asked))
    assert not any(ties())
    assert not any(ties(for_staff=True, style=NameStyle.CODES))


@pytest.mark.parametrize("ending", FILE_FORMATS)
def test_own_tie_measures_are_only_in_named_staff_files(ending: str) -> None:
    hostile = "<b>Ease</b> & =1+1"
    numbers = {"Frequency": 4.0, "Hours together": 12.5, "Type": 3.0, hostile: 0.5}
    book = sample().workbook
    rows = tuple(replace(row, measures=numbers) if row.is_report else row for row in book.connections)
    asked = analyze_connectivity(replace(book, connections=rows, tie_measures=tuple(map(TieMeasure, numbers))))

    def ties(**how: Any) -> list[Any]:
        return list(READERS[ending](FILE_FORMATS[ending].write(export_network(asked, **how)))[1].values())

    result = [about for about in ties(for_staff=True) if about.get("Hours together") is not None]
    assert len(result) > 250
    named = {"Frequency", "frequency"}
    for about in result:
        assert [about[key] for key in about if key in named] == [4.0]
        assert [about["Hours together"], about["Type (in the sheet)"], about[hostile]] == [12.5, 3.0, 0.5]
    for how in ({}, {"for_staff": True, "style": NameStyle.CODES}):
        assert not any(
            {"Hours together", hostile, *named} & {k for k, v in about.items() if v} for about in ties(**how)
        )


@pytest.mark.parametrize("ending", FILE_FORMATS)
def test_sample_reads_back_equal(ending: str) -> None:
    network = sample().network
    people, ties = READERS[ending](FILE_FORMATS[ending].write(export_network(sample())))
    shown = {key for key, person in network.people.items() if person.on_map}
    assert set(people) == {person_id(key) for key in shown}
    assert {pair: about.get(STRENGTH_IN[ending]) for pair, about in ties.items()} == {
        frozenset((person_id(tie.a), person_id(tie.b))): tie.strength for tie in network.ties if {tie.a, tie.b} <= shown
    }
    for key in shown:
        result = people[person_id(key)]
        for column in ("Organization", "Region", "Role", "Grade band"):
            assert (result.get(column) or "") == network.people[key].attributes.get(column, "")


def test_igraph_and_networkx_read_the_same(tmp_path: Path) -> None:
    content = as_graphml(export_network(sample()))
    people, ties = from_graphml(content)
    igraphs_people, igraphs_ties = from_igraph(content, tmp_path)
    assert set(igraphs_people) == set(people)
    assert set(igraphs_ties) == set(ties)
    for code, about in people.items():
        for field, value in about.items():
            assert igraphs_people[code][field] == value
    for pair, about in ties.items():
        strength = igraphs_ties[pair]["strength"]
        assert about.get("strength", None) == (None if math.isnan(strength) else strength)
    network = sample().network
    shown = {key for key, person in network.people.items() if person.on_map}
    alone = {person_id(key) for key in shown if shown.isdisjoint(network.neighbors[key])}
    assert set(nx.isolates(nx.read_graphml(io.BytesIO(content)))) == alone
    assert len(alone) >= 9


def test_metrics_are_included() -> None:
    connected = sample()
    graph = nx.read_graphml(io.BytesIO(as_graphml(export_network(connected))))
    figures = connected.metrics
    for field in ("members", "isolates", "ties", "density", "average_ties", "modularity", "cut_members"):
        assert graph.graph[field] == pytest.approx(getattr(figures, field))
    assert graph.graph["wave"] == figures.wave
    result = {person.key: person for person in connected.people}
    for key, person in result.items():
        about = graph.nodes[person_id(key)]
        assert (about["ties"], about["core_number"], about["cut_member"]) == (
            person.ties,
            person.core_number,
            person.cut_member,
        )
        assert about["betweenness"] == person.betweenness
    described = as_gexf(export_network(connected)).decode()
    assert f"Density: {figures.density!r};" in described
    book = openpyxl.load_workbook(io.BytesIO(as_workbook(export_network(connected))))
    rows = {row[0]: row[1] for row in book["Metrics"].iter_rows(values_only=True)}
    assert rows["Density"] == pytest.approx(figures.density)
    formats = {row[0].value: row[1].number_format for row in book["Metrics"].iter_rows()}
    assert "%" in formats["Response rate"]
    about = {row[0]: row[1] for row in book["About this file"].iter_rows(values_only=True)}
    assert about["Date"] == "April 30, 2026"
    assert about["Not listed"].startswith("2 people")
    empty = openpyxl.load_workbook(io.BytesIO(as_workbook(exported(Workbook()))))
    assert {row[0]: row[1] for row in empty["Metrics"].iter_rows(values_only=True)}["Density"] == "–"


@pytest.mark.parametrize("ending", [".graphml", ".gexf", ".xlsx"])
def test_viewer_file_hides_small_response_numbers(ending: str) -> None:
    asked = Wave(
        name="W", kinds=frozenset({WaveKind.RELATIONSHIPS}), date=dt.date(2026, 1, 1), respondents=tuple("ABCDEFGHIJ")
    )
    workbook = Workbook(
        people={key: Person(key=key, name=key) for key in "ABCDEFGHIJKL"},
        waves=(asked,),
        connections=(Connection(source="A", target="B", wave="W"),),
        today=dt.date(2026, 2, 1),
    )
    # Two of twelve did not answer.
    for staff in (False, True):
        result = unpacked(FILE_FORMATS[ending].write(exported(workbook, for_staff=staff)))
        assert ("fewer than 5" in result) is not staff
        assert (repr(10 / 12) in result or "0.833333333" in result) is staff


def test_person_off_the_map_counts_only_in_metrics() -> None:
    export = exported()
    for file_format in FILE_FORMATS.values():
        result = unpacked(file_format.write(export))
        assert "hidden" not in result
        assert person_id("M5") not in result
        assert "secret" not in result
    # Six people and four ties count; five people and three ties are there.
    assert (export.network["members"], export.network["ties"]) == (6, 4)
    assert (len(export.people), len(export.ties)) == (5, 3)


def unpacked(content: bytes) -> str:
    """All text in a file, in lowercase; of .xlsx, all cells."""
    if not content.startswith(b"PK"):
        return content.decode().casefold()
    book = openpyxl.load_workbook(io.BytesIO(content))
    return " ".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row).casefold()


@pytest.mark.parametrize("ending", FILE_FORMATS)
@pytest.mark.parametrize("style", [NameStyle.INITIALS, NameStyle.CODES])
def test_unnamed_file_identifies_no_one(ending: str, style: NameStyle) -> None:
    people = PEOPLE | {
        "O": Person(key="O", name="Oak School", kind=Kind.ORGANIZATION),
        "M7": Person(key="M7", name="Eve East", attributes={"Region": "East"}),
    }
    result = unpacked(
        FILE_FORMATS[ending].write(exported(replace(WORKBOOK, people=people), style=style, for_staff=True))
    )
    for name in (*NAMES, "Oak School", "Elm School", "math"):
        assert name.casefold() not in result
    # Three people are in the North, and as many elsewhere; Mentor and one type of tie have names in them.
    assert "north" in result
    assert not re.search("south|east", result)
    assert "mentor" not in result
    assert "lessons" in result
    assert "visits" not in result


def test_viewer_file_has_only_what_viewers_see() -> None:
    for style in (NameStyle.INITIALS, NameStyle.CODES):
        shown = redact_for_viewers(replace(WORKBOOK, settings=Settings(names=style, smallest_group=2)), salt=b"s" * 32)
        result = unpacked(as_kumu(exported(shown)))
        assert not [name for name in (*NAMES, "Oak School") if name.casefold() in result]
        assert "north" in result
        assert not analyze_connectivity(shown).shows_full_names
    named = unpacked(as_kumu(exported(redact_for_viewers(WORKBOOK))))
    assert "oak school" in named
    assert "hal hidden" not in named


def test_selection_exports_only_its_part() -> None:
    part = analyze_connectivity(WORKBOOK, selection=Selection(values=(("Region", "North"),)))
    people, ties = from_graphml(as_graphml(export_network(part)))
    assert (len(people), len(ties)) == (3, 2)
    assert "3 of 5 people" in nx.read_graphml(io.BytesIO(as_graphml(export_network(part)))).graph["shown"]


HOSTILE = (
    "]]> <![CDATA[x]]> &amp; <script>alert(1)</script>",
    "\"quoted\" 'twice' \\ back",
    "\x00\x01\x0b\x1f control \x7f \x85",
    "lone \ud800 surrogate \ufffe \uffff no character",
    "\u202eright to left\u202c \u200f\u200e marks",
    "=HYPERLINK(1)",
    "+1",
    "-1",
    "@cmd",
    "\tTab\r\nand lines",
    "x" * 40_000,
    "क्‍ष Ünïcödé 👩‍🏫 عربى",
    "  ",
)


@pytest.mark.parametrize("ending", FILE_FORMATS)
def test_hostile_text_survives_or_is_harmless(ending: str, tmp_path: Path) -> None:
    people = {
        f"{text}{n}": Person(
            key=f"{text}{n}", name=text, attributes={text: text, "label": text, "Ties": "of silk"}, tags=(text,)
        )
        for n, text in enumerate(HOSTILE)
    }
    keys = list(people)
    ties = tuple(
        Connection(source=one, target=other, strength=2.0, kind=text)
        for one, other, text in zip(keys, keys[1:], HOSTILE, strict=False)
    )
    workbook = Workbook(title=HOSTILE[0], people=people, attributes=(*HOSTILE, "label", "Ties"), connections=ties)
    content = FILE_FORMATS[ending].write(exported(workbook, for_staff=True))
    back, tied = READERS[ending](content)
    assert set(back) == {person_id(key) for key in keys}
    assert set(tied) == {frozenset(map(person_id, pair)) for pair in pairwise(keys)}
    for result in (*back.values(), *tied.values()):
        for field, value in result.items():
            assert len(field) <= LONGEST_TEXT + 30
            if isinstance(value, str):
                assert len(value) <= LONGEST_TEXT + 1
                assert not re.search(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]", value)
    assert {result["Ties (in the sheet)"] for result in back.values()} == {"of silk"}
    teacher = back[person_id(keys[11])]
    assert teacher[LABEL_IN[ending]] == "क्‍ष Ünïcödé 👩‍🏫 عربى"
    if ending == ".graphml":
        assert len(from_igraph(content, tmp_path)[0]) == len(keys)
    if ending == ".xlsx":
        book = openpyxl.load_workbook(io.BytesIO(content))
        cells = [cell for sheet in book for row in sheet for cell in row if isinstance(cell.value, str)]
        assert not [cell for cell in cells if cell.data_type == "f" or cell.value[:1] in {"=", "+", "-", "@"}]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=12), min_size=2, max_size=4), st.text(max_size=12), st.floats(allow_nan=True))
def test_any_text_reads_back(texts: list[str], column: str, strength: float) -> None:
    people = {f"k{n}": Person(key=f"k{n}", name=text, attributes={column: text}) for n, text in enumerate(texts)}
    tie = Connection(source="k0", target="k1", strength=strength, kind=column)
    workbook = Workbook(title=column, people=people, attributes=(column,), connections=(tie,))
    for style in NameStyle:
        export = exported(workbook, style=style)
        for ending in (".graphml", ".gexf", ".json"):
            back, _ = READERS[ending](FILE_FORMATS[ending].write(export))
            assert len(back) == len(texts)


def test_columns_with_reserved_names_are_renamed() -> None:
    headers = ("Label", "ID", "Weight", "Source", "betweenness", "Named by", "Start", "Tags")
    people = {"a": Person(key="a", name="Ana", attributes=dict.fromkeys(headers, "typed"))}
    export = exported(Workbook(people=people, attributes=headers))
    ids = [field.id for field in export.people_fields]
    assert len({name.casefold() for name in ids}) == len(ids)
    for ending, read in READERS.items():
        (result,) = read(FILE_FORMATS[ending].write(export))[0].values()
        for header in headers:
            assert result[f"{header} (in the sheet)"] == "typed"


def test_xml_has_the_formats_namespaces() -> None:
    graphml = ET.fromstring(as_graphml(exported()))
    assert graphml.tag == "{http://graphml.graphdrawing.org/xmlns}graphml"
    gexf = ET.fromstring(as_gexf(exported()))
    assert gexf.tag == "{http://www.gexf.net/1.2draft}gexf"
    assert gexf.find(".//{http://www.gexf.net/1.2draft/viz}position") is not None
    assert "weight" not in as_graphml(exported()).decode()


COMPLETE = [f"P{number:02}" for number in range(30)]
ODD: dict[str, Workbook] = {
    "no one": Workbook(),
    "one": Workbook(people={"a": Person(key="a", name="Ana")}),
    "no tie": Workbook(people={key: Person(key=key, name=key) for key in "abc"}),
    "everyone with everyone": Workbook(
        people={key: Person(key=key, name=key) for key in COMPLETE},
        connections=tuple(Connection(source=a, target=b) for at, a in enumerate(COMPLETE) for b in COMPLETE[at + 1 :]),
    ),
    "300 values": Workbook(
        people={f"k{n}": Person(key=f"k{n}", name="n" * 400, attributes={"School": f"S{n}"}) for n in range(300)},
        attributes=("School",),
    ),
}


@pytest.mark.parametrize("ending", FILE_FORMATS)
@pytest.mark.parametrize("odd", ODD)
def test_odd_networks_read_back(odd: str, ending: str) -> None:
    workbook = ODD[odd]
    for style in (NameStyle.NAMES, NameStyle.CODES):
        people, ties = READERS[ending](FILE_FORMATS[ending].write(exported(workbook, style=style)))
        assert len(people) == len(workbook.people)
        assert len(ties) == len(workbook.connections)


def written(folder: Path) -> str:
    members = [["Name", "Email", "Region"], ["Ana", "ana@example.org", "North"], ["Bo", "", "North"], ["Cy", "", ""]]
    rows = {"Members": members, "Connections": [["From", "To", "Strength"], ["Ana", "Bo", "3"]]}
    for title, lines in rows.items():
        with (folder / f"{title}.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(lines)
    return str(folder)


@pytest.mark.parametrize("ending", [".xlsx", ".graphml", ".GEXF", ".json"])
def test_export_command_writes_a_file(ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / f"network{ending}"
    assert main(["export", written(tmp_path), str(out)]) == 0
    printed = capsys.readouterr()
    assert printed.out == ""
    assert str(out) in printed.err
    people, ties = READERS[ending.lower()](out.read_bytes())
    assert (len(people), len(ties)) == (3, 1)
    assert "@" not in unpacked(out.read_bytes())
    assert main(["export", written(tmp_path), str(out), "--names", "codes"]) == 0
    assert "ana" not in unpacked(out.read_bytes())


def test_export_command_reports_what_it_cannot_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "sample", str(tmp_path / "network.pdf")]) == 2
    assert ".graphml" in capsys.readouterr().err
    assert main(["export", written(tmp_path), str(tmp_path / "no folder" / "x.json")]) == 2
    assert "no folder" in capsys.readouterr().err
    assert main(["export", str(tmp_path / "missing.xlsx"), str(tmp_path / "x.json")]) == 3
    assert not (tmp_path / "x.json").exists()
    with pytest.raises(SystemExit, match="2"):
        main(["export", "sample", "x.json", "--names", "nicknames"])
