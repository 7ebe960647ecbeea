"""Charts for print: lengths in proportion, every value written, cells escaped."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from nethealth.report.charts import chart_svg, chart_text
from nethealth.report.model import Chart
from tests.report.conftest import BARS, HOSTILE, LINE

SVG = "{http://www.w3.org/2000/svg}"


def test_bars_are_in_proportion_to_one() -> None:
    widths = [float(rect.attrib["width"]) for rect in ET.fromstring(chart_svg(BARS)).iter(f"{SVG}rect")]
    # 640 pixels, less 236 for names and 56 for values, are 100%.
    assert widths == [pytest.approx(261), pytest.approx(174)]
    texts = [text.text for text in ET.fromstring(chart_svg(BARS)).iter(f"{SVG}text")]
    assert {"75%", "50%", "Reach and impact"} <= set(texts)


def test_line_starts_at_zero() -> None:
    (line,) = ET.fromstring(chart_svg(LINE)).iter(f"{SVG}polyline")
    heights = [float(point.split(",")[1]) for point in line.attrib["points"].split()]
    # Zero is at 180 and the largest, 30, at 26: a third of the way is 51.3 pixels.
    assert heights == pytest.approx([128.7, 26, 77.3], abs=0.1)


@pytest.mark.parametrize("chart", [BARS, LINE], ids=["bars", "line"])
def test_names_are_escaped(chart: Chart) -> None:
    hostile = replace(chart, names=("<b>&", *chart.names[1:]), title=HOSTILE[:30])
    drawn = chart_svg(hostile)
    assert "<script" not in drawn
    assert "<b>" not in drawn
    ET.fromstring(drawn)


def test_chart_in_words_has_every_value() -> None:
    assert chart_text(BARS) == "Members who agree. Reach and impact: 75%, Coordination: 50%."
