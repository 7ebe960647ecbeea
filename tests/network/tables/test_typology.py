"""The network type in text and pictures."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from types import MappingProxyType

import networkx as nx
import pytest

from nethealth.network.analysis.typology import TypologyResult, classify_typology
from nethealth.network.analysis.typology_thresholds import THRESHOLDS, NetworkType
from nethealth.network.charts.typology_pictures import ALT_TEXTS, HEIGHT, WIDTH, type_picture
from nethealth.network.graph import network_at
from nethealth.network.tables import typology as tables
from nethealth.presentation.palette import DARK, LIGHT, Palette
from nethealth.workbook.records import Connection, Person, Workbook


def read(graph: nx.Graph) -> TypologyResult:
    return classify_typology(
        network_at(
            Workbook(
                people={str(node): Person(key=str(node), name=str(node)) for node in graph},
                connections=tuple(Connection(source=str(one), target=str(other)) for one, other in graph.edges()),
            )
        )
    )


STAR = read(nx.star_graph(19))
KARATE = read(nx.karate_club_graph())
RING = read(nx.cycle_graph(30))
SMALL = read(nx.path_graph(3))


def test_heading_is_the_finding() -> None:
    assert tables.type_title(STAR) == tables.TITLES[NetworkType.HUB_AND_SPOKE]
    assert tables.type_title(KARATE).endswith(": several hubs or core and periphery")
    assert tables.type_title(RING).endswith("none of the four stands out")
    assert tables.type_title(SMALL).startswith("Too few connections")


def test_text_counts_signs() -> None:
    assert tables.type_text(STAR) == "We found all 5 signs of this type."
    assert tables.type_text(KARATE).startswith("Both types")
    assert tables.type_text(RING).startswith("There is no clear hub")
    assert "8 people" in tables.type_text(SMALL)


def test_reasons_have_values() -> None:
    signs = tables.reasons(STAR)
    assert any(reason.endswith(": 100% (a sign if 40% or more)") for _, reason in signs)
    assert any(reason.endswith(": 0% (a sign if 25% or less)") for _, reason in signs)
    assert all(is_here for is_here, _ in signs)
    torn = [reason for _, reason in tables.reasons(KARATE)]
    assert any(reason.startswith("Several hubs: ") for reason in torn)
    assert any(reason.startswith("Core and periphery: ") for reason in torn)
    assert any(not is_here for is_here, _ in tables.reasons(KARATE))
    assert tables.reasons(RING) == []


def test_next_steps_are_for_the_possible_types() -> None:
    assert [name for name, _ in tables.next_steps(STAR)] == ["Hub and spokes"]
    assert [name for name, _ in tables.next_steps(KARATE)] == ["Several hubs", "Core and periphery"]
    assert tables.next_steps(RING) == []
    assert set(tables.NEXT_STEPS) == set(tables.TITLES) == set(tables.NAMES) == set(NetworkType)


def test_every_sign_has_a_threshold_and_a_reason() -> None:
    rows = list(tables.sign_table(KARATE).rows)
    assert len(rows) == len(THRESHOLDS)
    assert all(row["Why"] and re.search(r"or more|or less| to ", str(row["Sign if"])) for row in rows)
    assert sum("(required)" in str(row["Sign if"]) for row in rows) == len(NetworkType)
    assert {row["Present"] for row in rows} == {"yes", "no"}


def test_undefined_indicators_are_a_dash_and_no_sign() -> None:
    unknown = TypologyResult(
        network_type=None,
        tied_types=(),
        is_too_small=False,
        indicators=MappingProxyType(dict.fromkeys(STAR.indicators)),
        support=STAR.support,
    )
    assert {row["Here"] for row in list(tables.sign_table(unknown).rows)} == {"–"}
    assert {row["Present"] for row in list(tables.sign_table(unknown).rows)} == {"no"}


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("shape", NetworkType)
def test_drawings_are_whole_and_lie_within_their_frame(shape: NetworkType, palette: Palette) -> None:
    drawn = type_picture(shape, palette=palette, is_marked=True)
    root = ET.fromstring(drawn)
    circles = [element for element in root.iter() if element.tag.endswith("circle")]
    assert len(circles) >= 12
    for circle in circles:
        x, y, radius = (float(circle.attrib[name]) for name in ("cx", "cy", "r"))
        assert radius <= x <= WIDTH - radius
        assert radius <= y <= HEIGHT - radius
    assert palette.accent in drawn
    unmarked = type_picture(shape, palette=palette, is_marked=False)
    assert palette.accent not in unmarked
    assert palette.faint in unmarked
    assert ALT_TEXTS[shape]


def drawn_network(shape: NetworkType) -> nx.Graph:
    """The network that a drawing shows, from its own lines and circles."""
    drawn = type_picture(shape, palette=LIGHT, is_marked=False)
    graph = nx.Graph()
    graph.add_nodes_from(re.findall(r'cx="([\d.]+)" cy="([\d.]+)"', drawn))
    for path in re.findall(r'd="M([^"]+)"', drawn):
        one, other = (tuple(point.split()) for point in path.split("L"))
        assert one in graph
        assert other in graph
        graph.add_edge(one, other)
    return graph


@pytest.mark.parametrize(
    "shape", [NetworkType.SCATTERED, NetworkType.HUB_AND_SPOKE, NetworkType.MULTI_HUB, NetworkType.CORE_AND_PERIPHERY]
)
def test_each_drawing_is_an_example_of_its_shape(shape: NetworkType) -> None:
    assert read(drawn_network(shape)).network_type is shape
