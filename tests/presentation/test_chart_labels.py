"""Text in charts: escaped, cut, wrapped, and placed in pixels."""

from __future__ import annotations

import pytest

from nethealth.presentation.chart_labels import (
    LINE,
    ChartBuilder,
    chart_text,
    figure_in_pixels,
    join_names,
    wrap_text,
    write_lines,
)


def test_text_is_one_escaped_line() -> None:
    assert chart_text("a <b>\nc") == "a &lt;b&gt; c"
    assert len(chart_text("x" * 100, longest=10)) == 10


def test_wrapped_text_is_cut_after_its_last_line() -> None:
    assert wrap_text("one two three four", width=8, lines=2) == ["one two", "three …"]
    assert wrap_text("<b>") == ["&lt;b&gt;"]
    assert wrap_text("") == [""]


@pytest.mark.parametrize(
    ("names", "joined"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b, and c")]
)
def test_names_are_joined(names: list[str], joined: str) -> None:
    assert join_names(names) == joined


def test_lines_that_look_alike_are_one_trace() -> None:
    builder = ChartBuilder()
    write_lines(builder, ["first", "second"], y=10)
    write_lines(builder, ["right"], y=10, x=1)
    left, right = figure_in_pixels(builder, height=100, columns=(0, 2)).data
    assert (left.text, left.x, left.y) == (("first", "second"), (0, 0), (10, 10 + LINE))
    assert (right.text, right.x) == (("right",), (2,))


def test_axes_are_hidden_and_run_down() -> None:
    figure = figure_in_pixels(ChartBuilder(), height=100, columns=(0, 2))
    assert (figure.layout.yaxis.range, figure.layout.xaxis.range) == ((100, 0), (0, 2))
    assert not figure.layout.yaxis.visible
    assert not figure.layout.xaxis.visible
