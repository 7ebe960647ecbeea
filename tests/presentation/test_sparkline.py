from __future__ import annotations

import base64
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.presentation.palette import DARK, LIGHT, Palette
from nethealth.presentation.sparkline import HEIGHT, LINE, LINE_IN_DARK, WIDTH, image_source, sparkline
from tests.presentation.test_palette import contrast

SVG = "{http://www.w3.org/2000/svg}"


def points(svg: str) -> list[list[tuple[float, float]]]:
    lines = ET.fromstring(svg).iter(f"{SVG}polyline")
    return [[tuple(map(float, pair.split(","))) for pair in line.attrib["points"].split()] for line in lines]


def test_rise_goes_up_to_the_right() -> None:
    drawn = sparkline([1, 2, 3])
    assert drawn is not None
    # 5 pixels of margin on all sides of 144 by 42: by hand.
    assert points(drawn) == [[(5, 37), (72, 21), (139, 5)]]
    dot = ET.fromstring(drawn).find(f"{SVG}circle")
    assert dot is not None
    assert (dot.attrib["cx"], dot.attrib["cy"]) == ("139", "5")


def test_constant_values_are_in_the_middle() -> None:
    drawn = sparkline([4, 4])
    assert drawn is not None
    assert points(drawn) == [[(5, 21), (139, 21)]]


def test_gap_splits_the_line() -> None:
    drawn = sparkline([1, 2, None, 2, 1])
    assert drawn is not None
    assert [len(run) for run in points(drawn)] == [2, 2]


def test_one_point_draws_no_line() -> None:
    assert sparkline([]) is None
    assert sparkline([3]) is None
    assert sparkline([None, 3, None]) is None


@pytest.mark.parametrize(("theme", "line"), [(LIGHT, LINE), (DARK, LINE_IN_DARK)], ids=["light", "dark"])
def test_line_has_enough_contrast(theme: Palette, line: str) -> None:
    assert contrast(line, theme.paper) >= 3
    assert contrast(line, theme.surface) >= 3


@settings(max_examples=60, deadline=None)
@given(st.lists(st.none() | st.floats(-1e9, 1e9), max_size=30))
def test_drawing_is_within_bounds(values: list[float | None]) -> None:
    drawn = sparkline(values)
    if drawn is not None:
        assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for run in points(drawn) for x, y in run)
        head, body = image_source(drawn).split(",", 1)
        assert head == "data:image/svg+xml;base64"
        assert base64.b64decode(body).decode() == drawn


def test_from_zero_a_small_change_looks_small() -> None:
    drawn = sparkline([50, 64], from_zero=True)
    assert drawn is not None
    # 32 pixels are 64, so 50 is 25 above the bottom at 37.
    assert points(drawn) == [[(5, 12), (139, 5)]]
