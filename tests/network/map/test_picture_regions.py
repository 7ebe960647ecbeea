"""Regions on a picture: areas around people, and names where there is room."""

from __future__ import annotations

from nethealth.network.graph import network_at
from nethealth.network.layout.positions import layout
from nethealth.network.map.model import draw_network
from nethealth.network.map.network_map import color_map
from nethealth.network.map.picture import picture_of_map
from nethealth.network.map.picture_regions import (
    RegionArea,
    draw_areas,
    reach_around,
    region_areas,
    region_names,
    region_numbers,
)
from nethealth.network.map.regions import find_clusters
from nethealth.presentation import palette
from nethealth.workbook.records import Connection, Person, Workbook

NORTH, SOUTH = [f"n{at}" for at in range(8)], [f"s{at}" for at in range(8)]
BOOK = Workbook(
    people={
        key: Person(key=key, name=key, attributes={"Region": "North" if key in NORTH else "South"})
        for key in [*NORTH, *SOUTH, "alone"]
    },
    attributes=("Region",),
    connections=(
        *(Connection(source=a, target=b) for group in (NORTH, SOUTH) for a in group for b in group if a < b),
        Connection(source="n0", target="s0"),
    ),
)
AREA = RegionArea(name="North <&>", color="#ce7c00", people=((100.0, 100.0), (140.0, 100.0), (120.0, 130.0)))


def test_areas_are_around_those_with_ties_and_ties_between_bend() -> None:
    network = network_at(BOOK)
    drawing = draw_network(network, positions=layout(network), clusters=find_clusters(network, BOOK))
    drawn = color_map(drawing, "Region")
    spots = [(float(node["x"]), float(node["y"])) for node in drawn.nodes]
    areas = region_areas(drawn, spots, [int(node["ties"]) for node in drawn.nodes])
    assert {area.name: len(area.people) for area in areas} == {"North": 8, "South": 8}
    assert len(set(region_numbers(drawn))) >= 2
    picture = picture_of_map(drawn)
    assert picture.count("Q") == 1
    assert "North</text>" in picture


def test_clusters_have_colors_of_their_own_if_no_column_has() -> None:
    network = network_at(BOOK)
    drawing = draw_network(network, positions=layout(network), clusters=find_clusters(network, BOOK))
    nodes = color_map(drawing, None).nodes
    colors = {
        "".join(sorted(node["name"][0] for node in nodes if node["color"] == color))
        for color in palette.CATEGORY_COLORS
    }
    assert colors == {"nnnnnnnn", "ssssssss", ""}
    assert color_map(draw_network(network, positions=layout(network)), None).coloring.groups == (0,) * len(nodes)


def test_names_go_where_they_are_free_or_nowhere() -> None:
    asked = []

    def claim(*box: float) -> bool:
        asked.append(box)
        return len(asked) == 3

    text = region_names([AREA], reach=20, size=20, colors=palette.LIGHT, claim=claim)
    left, _, right, _ = asked[-1]
    assert f'x="{(left + right) / 2:.1f}"' in text
    assert "North &lt;&amp;&gt;" in text
    assert asked[0][3] < 100
    assert region_names([AREA], reach=20, size=20, colors=palette.LIGHT, claim=lambda *_: False) == ""


def test_reach_follows_the_distance_between_neighbors() -> None:
    wide = [(x * 40.0, 0.0) for x in range(5)]
    assert 12 < reach_around(wide) < 40
    assert reach_around([(x * 1.0, 0.0) for x in range(5)]) == 12
    assert reach_around([]) == 12
    assert draw_areas([AREA], reach=20).count("<path") == 1
