"""Charts of a report as SVG, for print: one color, and values next to their marks. Nothing in them runs or loads."""

from __future__ import annotations

import html
from typing import Final

from nethealth.metric import Unit
from nethealth.presentation.chart_labels import wrap_text
from nethealth.presentation.formatting import format_value, single_line
from nethealth.presentation.palette import LIGHT, TEXT_FONTS
from nethealth.report.model import Chart, ChartKind

WIDTH: Final = 640.0
_TEXT: Final = 16.0
"""In pixels: 7 points beside the text of a page."""
_ROW, _BAR, _LABEL, _VALUE = 38.0, 20.0, 236.0, 56.0
_LETTERS_PER_LINE: Final = 28
_LINE_HEIGHT, _TOP, _BOTTOM, _SIDE = 180.0, 26.0, 44.0, 40.0
_MOST_NAMES: Final = 6
"""Names below a line; more would run into each other."""


def chart_svg(chart: Chart) -> str:
    """Return the chart as SVG, 640 pixels wide, without its title."""
    marks, height = _bars(chart) if chart.kind is ChartKind.BARS else _line(chart)
    size = f'width="{WIDTH:g}" height="{height:g}" viewBox="0 0 {WIDTH:g} {height:g}"'
    font = f'font-family="{html.escape(TEXT_FONTS)}" font-size="{_TEXT:g}"'
    label = html.escape(chart_text(chart))
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} {font} role="img" aria-label="{label}">{marks}</svg>'


def chart_text(chart: Chart) -> str:
    """Return the chart in words: its title and every value."""
    listed = ", ".join(
        f"{single_line(name, longest=80)}: {value_text(chart, value)}"
        for name, value in zip(chart.names, chart.values, strict=True)
    )
    return f"{chart.title}. {listed}."


def value_text(chart: Chart, value: float) -> str:
    """Return one of the chart's values as people read it."""
    return format_value(value, Unit.SHARE if chart.is_share else Unit.NUMBER)


def _bars(chart: Chart) -> tuple[str, float]:
    room = WIDTH - _LABEL - _VALUE
    largest = 1.0 if chart.is_share else max(chart.values, default=1.0) or 1.0
    parts = []
    for place, (name, value) in enumerate(zip(chart.names, chart.values, strict=True)):
        middle = place * _ROW + _ROW / 2
        length = round(room * value / largest, 1)
        parts.append(_name(name, middle))
        parts.append(
            f'<rect x="{_LABEL:g}" y="{middle - _BAR / 2:g}" width="{length:g}" height="{_BAR:g}" '
            f'fill="{LIGHT.categories[0]}"/>'
            + _text(value_text(chart, value), x=_LABEL + length + 8, y=middle + 5, color=LIGHT.ink)
        )
    return "".join(parts), _ROW * len(chart.names)


def _name(name: str, middle: float) -> str:
    lines = wrap_text(name, width=_LETTERS_PER_LINE, lines=2)
    top = middle + 5 - _TEXT / 2 * (len(lines) - 1)
    return "".join(
        _escaped_text(line, x=_LABEL - 12, y=top + _TEXT * place, color=LIGHT.ink, anchor="end")
        for place, line in enumerate(lines)
    )


def _line(chart: Chart) -> tuple[str, float]:
    largest = max(chart.values, default=1.0) or 1.0
    step = (WIDTH - 2 * _SIDE) / max(len(chart.values) - 1, 1)
    points = [
        (round(_SIDE + place * step, 1), round(_TOP + (1 - value / largest) * (_LINE_HEIGHT - _TOP), 1))
        for place, value in enumerate(chart.values)
    ]
    ends = f'x1="{_SIDE:g}" y1="{_LINE_HEIGHT:g}" x2="{WIDTH - _SIDE:g}" y2="{_LINE_HEIGHT:g}"'
    base = f'<line {ends} stroke="{LIGHT.grid}"/>'
    path = " ".join(f"{x:g},{y:g}" for x, y in points)
    line = f'<polyline points="{path}" fill="none" stroke="{LIGHT.categories[0]}" stroke-width="2.5"/>'
    every = -(-len(points) // _MOST_NAMES)
    labels = []
    for place, (x, y) in enumerate(points):
        is_last = place == len(points) - 1
        if (len(points) - 1 - place) % every == 0:
            labels.append(_text(single_line(chart.names[place], longest=12), x=x, y=_LINE_HEIGHT + 22, anchor="middle"))
        if is_last or place == 0:
            labels.append(
                _text(value_text(chart, chart.values[place]), x=x, y=y - 10, color=LIGHT.ink, anchor="middle")
            )
            labels.append(f'<circle cx="{x:g}" cy="{y:g}" r="4" fill="{LIGHT.categories[0]}"/>')
    return base + line + "".join(labels), _LINE_HEIGHT + _BOTTOM


def _text(text: str, *, x: float, y: float, color: str = LIGHT.muted, anchor: str = "start") -> str:
    return _escaped_text(html.escape(text), x=x, y=y, color=color, anchor=anchor)


def _escaped_text(text: str, *, x: float, y: float, color: str, anchor: str) -> str:
    return f'<text x="{x:g}" y="{y:g}" fill="{color}" text-anchor="{anchor}">{text}</text>'
