"""Bars made of segments."""

from __future__ import annotations

from nethealth.presentation.chart_labels import ChartBuilder, figure_in_pixels
from nethealth.presentation.stacked_bars import BarSegment, draw_segments


def segment(start: float, length: float, *, fill: str = "#ffffff") -> BarSegment:
    return BarSegment(start=start, length=length, y=9, fill=fill, ink="#000000", text=f"{length:.0%}", hover="tip")


def test_segments_of_one_look_are_one_trace() -> None:
    builder = ChartBuilder()
    draw_segments(builder, [segment(0, 0.25), segment(0.25, 0.5, fill="#333333"), segment(0.75, 0.25)], thickness=20)
    light, dark = figure_in_pixels(builder, height=20, columns=(0, 1)).data
    assert (light.base, light.x, light.text) == ((0, 0.75), (0.25, 0.25), ("25%", "25%"))
    assert (dark.base, dark.x, dark.width) == ((0.25,), (0.5,), (20,))
    assert dark.marker.color == "#333333"


def test_no_segments_draw_nothing() -> None:
    builder = ChartBuilder()
    draw_segments(builder, [], thickness=20)
    assert figure_in_pixels(builder, height=20, columns=(0, 1)).data == ()
