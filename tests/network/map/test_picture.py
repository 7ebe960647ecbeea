"""Pictures as SVG: positions, names that cover nothing, and text that stays text."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from nethealth.network.graph import network_at
from nethealth.network.layout.positions import layout
from nethealth.network.map.model import draw_network
from nethealth.network.map.network_map import color_map
from nethealth.network.map.picture import EDGE, WIDTH, Frame, LegendItem, Line, Mark, map_picture, picture_of_map
from nethealth.presentation import palette
from nethealth.workbook.records import Connection, Person, Settings, Workbook
from nethealth.workbook.schema.vocabulary import TieRule

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '<script>alert("1")</script>&]]>\u202e'


def parsed(picture: str) -> ElementTree.Element:
    return ElementTree.fromstring(picture)


def dot(x: float, y: float, label: str = "", **more: object) -> Mark:
    return Mark(at=(x, y), radius=4, color="#123456", label=label, **more)  # type: ignore[arg-type]


def test_people_fill_the_width_in_their_arrangement() -> None:
    root = parsed(map_picture([dot(-10, 0), dot(0, 5), dot(10, 0)], description="Three people"))
    spots = [(float(c.get("cx", "")), float(c.get("cy", ""))) for c in root.iter(f"{SVG}circle")]
    assert spots[0][0] == EDGE
    assert spots[2][0] == WIDTH - EDGE
    assert spots[1][0] == WIDTH / 2
    assert spots[1][1] > spots[0][1] == spots[2][1]
    assert root.findtext(f"{SVG}title") == "Three people"


def test_same_frame_gives_same_positions() -> None:
    frame = Frame.around([(0, 0), (100, 40)])
    both = [map_picture(marks, description="", frame=frame) for marks in ([dot(50, 20)], [dot(50, 20), dot(0, 0)])]
    first, second = (re.search(r'cx="([\d.]+)" cy="([\d.]+)"', picture) for picture in both)
    assert first is not None
    assert second is not None
    assert first.groups() == second.groups()


def test_hostile_text_is_escaped() -> None:
    picture = map_picture([dot(0, 0, HOSTILE), dot(1, 1)], description=HOSTILE)
    root = parsed(picture)
    assert [text.text for text in root.iter(f"{SVG}text")] == ['<script>alert("1")</script>&]]>']
    assert "<script" not in picture
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        "svg", "title", "rect", "g", "path", "circle", "polygon", "text",
    }  # fmt: skip
    assert not re.search(r"href|url\(|\son\w+=", picture)


def test_lines_that_look_alike_share_a_path() -> None:
    lines = [
        Line(start=(0, 0), end=(1, 1), color="#111111"),
        Line(start=(1, 1), end=(2, 0), color="#111111"),
        Line(start=(0, 0), end=(2, 0), color="#222222", dash="4 2", width=2),
        Line(start=(0, 0), end=(math.nan, 0), color="#333333"),
    ]
    root = parsed(map_picture([dot(0, 0), dot(2, 1), dot(math.inf, 0)], lines, description=""))
    paths = list(root.iter(f"{SVG}path"))
    assert [(path.get("stroke"), path.get("stroke-dasharray"), path.get("d", "").count("M")) for path in paths] == [
        ("#111111", None, 2),
        ("#222222", "4 2", 1),
    ]
    assert len(list(root.iter(f"{SVG}circle"))) == 2


def boxes(root: ElementTree.Element, size: float) -> list[tuple[float, float, float, float]]:
    found = []
    for text in root.iter(f"{SVG}text"):
        wide = 0.5 * size * len(text.text or "")
        x, y = float(text.get("x", "")), float(text.get("y", ""))
        left = {"start": x, "middle": x - wide / 2, "end": x - wide}[text.get("text-anchor", "")]
        found.append((left, y - size * 0.7, left + wide, y + size * 0.1))
    return found


def test_names_cover_nothing_and_best_connected_come_first() -> None:
    crowd = [dot(x * 3, y * 2, f"Person {x} {y}", weight=x) for x in range(12) for y in range(12)]
    ring = dot(16.5, 11, is_hollow=True)
    root = parsed(map_picture([*crowd, ring], description="", most_labels=30, text_size=12))
    placed = boxes(root, 12)
    assert 5 < len(placed) <= 30
    circle = [c for c in root.iter(f"{SVG}circle") if c.get("fill") == palette.PAPER]
    ((x, y),) = [(float(c.get("cx", "")), float(c.get("cy", ""))) for c in circle]
    for at, one in enumerate(placed):
        assert not (one[0] < x < one[2] and one[1] < y < one[3])
        for other in placed[at + 1 :]:
            assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
    assert all(left >= 0 and right <= WIDTH for left, _, right, _ in placed)
    bridge = replace(crowd[70], label="Bridge", weight=0, is_ringed=True)
    assert "Bridge" in [text.text for text in parsed(map_picture([*crowd, bridge], description="")).iter(f"{SVG}text")]
    few = parsed(map_picture(crowd, description="", most_labels=2))
    # At the edge there is no room.
    assert [text.text for text in few.iter(f"{SVG}text")] == ["Person 10 0", "Person 10 1"]


@pytest.mark.parametrize("shape", palette.SHAPES)
def test_each_shape_is_different(shape: str) -> None:
    def drawn(kind: str) -> str:
        return map_picture([Mark(at=(0, 0), radius=5, color="#123456", shape=kind)], description="")

    parsed(drawn(shape))
    assert sum(drawn(other) == drawn(shape) for other in palette.SHAPES) == 1


def test_none_one_or_overlapping_people() -> None:
    for marks in ([], [dot(3, 3)], [dot(1, 1), dot(1, 1)], [dot(0, y) for y in range(50)]):
        root = parsed(map_picture(marks, description=""))
        assert len(list(root.iter(f"{SVG}circle"))) == len(marks)
        assert 0.4 * WIDTH < float(root.get("height", "")) < 1.3 * WIDTH


def test_legend_takes_the_rows_it_needs() -> None:
    def tall(signs: int) -> float:
        legend = [LegendItem("dot", "#123456", f"Group {at} of very many words") for at in range(signs)]
        root = parsed(map_picture([dot(0, 0), dot(1, 1)], description="", legend=legend))
        texts = list(root.iter(f"{SVG}text"))
        assert len(texts) == signs
        assert all(float(text.get("x", "")) < WIDTH - 150 for text in texts)
        assert all(float(text.get("y", "")) < float(root.get("height", "")) for text in texts)
        return float(root.get("height", ""))

    assert tall(0) < tall(1) == tall(2) < tall(8)


def test_legend_explains_rings_only_if_there_are_any() -> None:
    network = network_at(four_people())
    drawn = color_map(draw_network(network, positions=layout(network)), "Region")
    for brokers in ((), (0,)):
        regions = replace(drawn.regions, brokers=brokers)
        picture = parsed(picture_of_map(replace(drawn, regions=regions)))
        texts = [text.text for text in picture.iter(f"{SVG}text")]
        assert (any("Key link to another" in (text or "") for text in texts)) == bool(brokers)


def four_people() -> Workbook:
    people = {
        key: Person(key=key, name=f"{key} Smith", attributes={"Region": "N" if key < "c" else "S"}, on_map=key != "d")
        for key in "abcde"
    }
    return Workbook(
        title="Four",
        people=people,
        attributes=("Region",),
        connections=(
            Connection(source="a", target="b"),
            Connection(source="b", target="d"),
            Connection(source="e", target="d"),
        ),
    )


def test_map_as_a_picture() -> None:
    network = network_at(four_people())
    drawn = color_map(draw_network(network, positions=layout(network)), "Region").described("A map")
    picture = picture_of_map(drawn.titled("Four", wave="Fall", source="Read in May."))
    texts = [text.text for text in parsed(picture).iter(f"{SVG}text")]
    # Neither people who must stay off the map nor people with no connections, as far as anyone may know, are in it.
    assert texts == [
        "a Smith", "b Smith", "Four · Fall", "2 of 4 people share 1 connection; 2 have none yet.", "N 2",
        "Read in May.",
    ]  # fmt: skip
    assert len(list(parsed(picture).iter(f"{SVG}path"))) == 1
    for color in (palette.LIGHT.paper, palette.LIGHT.categories[0]):
        assert color in picture


def test_picture_names_people_without_connections_if_asked() -> None:
    network = network_at(four_people())
    drawn = color_map(draw_network(network, positions=layout(network)), "Region")
    picture = parsed(picture_of_map(drawn, names_unconnected=True))
    texts = [text.text for text in picture.iter(f"{SVG}text")]
    assert {"c Smith", "e Smith", "S 2"} < set(texts)


def test_picture_leaves_out_unconfirmed_ties() -> None:
    # b didn't answer.
    one = four_people().connections[:1]
    network = network_at(replace(four_people(), connections=one, settings=Settings(tie_rule=TieRule.BOTH)))
    drawn = color_map(draw_network(network, positions=layout(network), include_unconfirmed=True), None)
    assert drawn.edges[0]["is_unconfirmed"]
    assert not list(parsed(picture_of_map(drawn)).iter(f"{SVG}path"))
