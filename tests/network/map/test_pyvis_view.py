"""The network as a pyvis network: our look, harmless texts, and no simulation."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from nethealth.network.graph import network_at
from nethealth.network.layout.positions import layout
from nethealth.network.map.model import draw_network, person_id
from nethealth.network.map.network_map import color_map
from nethealth.presentation import palette
from nethealth.workbook.records import Connection, Person, Workbook

HOSTILE = '<img src=x onerror="alert(1)"><a href=x HREF=y>'


@pytest.fixture
def workbook() -> Workbook:
    people = (
        Person(key="Ana", name="Ana", attributes={"Region": "North"}),
        Person(key="Bo", name="Bo", attributes={"Region": "South"}),
        Person(key="Cy", name=HOSTILE, attributes={"Region": HOSTILE}),
        Person(key="Hal", name="Hidden Hal", on_map=False),
    )
    return Workbook(
        people={person.key: person for person in people},
        attributes=("Region",),
        connections=(
            Connection(source="Ana", target="Bo", strength=4.0, kind="Planning"),
            Connection(source="Bo", target="Cy", strength=1.0, kind=HOSTILE),
            Connection(source="Ana", target="Hal"),
        ),
    )


def test_people_have_our_positions_colors_shapes_and_sizes(workbook: Workbook) -> None:
    network = network_at(workbook)
    drawn = color_map(draw_network(network, positions=layout(network)), "Region")
    nodes = {node["id"]: node for node in network.as_pyvis(color_by="Region").nodes}
    for expected in drawn.nodes:
        node = nodes[expected["id"]]
        assert [node[field] for field in ("x", "y", "color", "shape")] == [
            expected[field] for field in ("x", "y", "color", "shape")
        ]
        assert node["physics"] is False
    assert nodes[person_id("Bo")]["size"] > nodes[person_id("Cy")]["size"]


def test_without_color_by_everyone_has_one_color(workbook: Workbook) -> None:
    assert {node["color"] for node in network_at(workbook).as_pyvis().nodes} == {palette.CATEGORY_COLORS[0]}


def test_ties_have_widths_by_strength(workbook: Workbook) -> None:
    strong, weak = sorted(network_at(workbook).as_pyvis().edges, key=lambda edge: -edge["width"])
    assert {strong["from"], strong["to"]} == {person_id("Ana"), person_id("Bo")}
    assert strong["width"] > weak["width"]


def test_hidden_people_are_excluded(workbook: Workbook) -> None:
    page = network_at(workbook).as_pyvis(color_by="Region").generate_html()
    assert "Hidden Hal" not in page
    assert person_id("Hal") not in page


def test_hostile_texts_stay_text(workbook: Workbook) -> None:
    view = network_at(workbook).as_pyvis(color_by="Region")
    texts = [str(item[field]) for item in (*view.nodes, *view.edges) for field in ("label", "title") if field in item]
    assert any("onerror" in text for text in texts)
    assert not [text for text in texts if "<" in text or "href" in text.casefold()]
    # With "href" in a title, pyvis would show all titles as HTML.
    assert "innerHTML = nodeData" not in view.generate_html()


def test_it_is_written_as_a_page(workbook: Workbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    network_at(workbook).as_pyvis().write_html("network.html")
    assert "Planning" in (tmp_path / "network.html").read_text(encoding="utf-8")


def test_pyvis_is_imported_only_when_called() -> None:
    code = (
        "import sys, nethealth.network.map.pyvis_view, nethealth.network.connectivity; sys.exit('pyvis' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0
