"""Drawings of network types."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import networkx as nx
import pytest

from nethealth.network.analysis.typology import TypologyResult, classify_typology
from nethealth.network.analysis.typology_thresholds import NetworkType
from nethealth.network.charts.typology_pictures import ALT_TEXTS, HEIGHT, WIDTH, type_picture
from nethealth.network.graph import network_at
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


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("shape", NetworkType)
def test_drawings_are_within_bounds(shape: NetworkType, palette: Palette) -> None:
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
