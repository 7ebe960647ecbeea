"""The shape in words and drawings."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from types import MappingProxyType

import networkx as nx
import pytest

from nethealth.network import NetworkType, TypologyResult, classify_typology, network_at
from nethealth.network.analysis.typology_thresholds import THRESHOLDS
from nethealth.network.charts.typology_pictures import HEIGHT, WHAT_IT_SHOWS, WIDTH, shape_picture
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


def test_the_heading_is_the_finding() -> None:
    assert tables.shape_title(STAR) == "The network is a hub with spokes: most ways run through one"
    assert tables.shape_title(KARATE) == "The shape is not sure: several hubs or core and periphery"
    assert tables.shape_title(RING) == "The shape is not sure: none of the four stands out"
    assert tables.shape_title(SMALL) == "Too few ties yet to speak of a shape"


def test_how_much_speaks_for_it() -> None:
    assert tables.shape_text(STAR) == "All of its 5 signs are here."
    assert tables.shape_text(KARATE).startswith("The signs disagree")
    assert tables.shape_text(RING).startswith("Ties are spread")
    assert "8 people" in tables.shape_text(SMALL)


def test_reasons_are_in_figures() -> None:
    told = tables.reasons(STAR)
    assert (True, "Ties that involve the best connected: 100% (a sign if 40% or more)") in told
    assert (True, "Closed triangles: 0% (a sign if 25% or less)") in told
    assert all(speaks for speaks, _ in told)
    torn = [reason for _, reason in tables.reasons(KARATE)]
    assert any(reason.startswith("Several hubs: ") for reason in torn)
    assert any(reason.startswith("Core and periphery: ") for reason in torn)
    assert any(not speaks for speaks, _ in tables.reasons(KARATE))
    assert tables.reasons(RING) == []


def test_what_helps_next_is_for_the_shapes_that_it_may_be() -> None:
    assert [name for name, _ in tables.advice(STAR)] == ["Hub and spokes"]
    assert [name for name, _ in tables.advice(KARATE)] == ["Several hubs", "Core and periphery"]
    assert tables.advice(RING) == []
    assert set(tables.NEXT) == set(tables.TITLES) == set(tables.NAMES) == set(NetworkType)


def test_every_sign_is_told_with_its_limit_and_why() -> None:
    rows = tables.sign_rows(KARATE)
    assert len(rows) == len(THRESHOLDS)
    assert all(row["Why"] and re.search(r"or more|or less| to ", str(row["A sign if"])) for row in rows)
    assert sum("(must be)" in str(row["A sign if"]) for row in rows) == len(NetworkType)
    assert {row["Is it"] for row in rows} == {"yes", "no"}


def test_what_is_undefined_is_a_dash_and_no_sign() -> None:
    unknown = TypologyResult(
        network_type=None,
        tied_types=(),
        is_too_small=False,
        indicators=MappingProxyType(dict.fromkeys(STAR.indicators)),
        support=STAR.support,
    )
    assert {row["Here"] for row in tables.sign_rows(unknown)} == {"–"}
    assert {row["Is it"] for row in tables.sign_rows(unknown)} == {"no"}


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("shape", NetworkType)
def test_drawings_are_whole_and_lie_within_their_frame(shape: NetworkType, palette: Palette) -> None:
    drawn = shape_picture(shape, palette=palette, is_marked=True)
    root = ET.fromstring(drawn)
    circles = [element for element in root.iter() if element.tag.endswith("circle")]
    assert len(circles) >= 12
    for circle in circles:
        x, y, radius = (float(circle.attrib[name]) for name in ("cx", "cy", "r"))
        assert radius <= x <= WIDTH - radius
        assert radius <= y <= HEIGHT - radius
    assert palette.accent in drawn
    unmarked = shape_picture(shape, palette=palette, is_marked=False)
    assert palette.accent not in unmarked
    assert palette.quiet in unmarked
    assert WHAT_IT_SHOWS[shape]


def drawn_network(shape: NetworkType) -> nx.Graph:
    """The network that a drawing shows, from its own lines and circles."""
    drawn = shape_picture(shape, palette=LIGHT, is_marked=False)
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
