"""Shares with their confidence intervals, as rows that fit a phone: a name, its value, and a strip below."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from nethealth.presentation import palette
from nethealth.presentation.chart_labels import LINE, ChartBuilder, chart_text, figure_in_pixels, write_lines
from nethealth.presentation.chart_style import apply_chart_style

if TYPE_CHECKING:
    from plotly.graph_objects import Figure, Scatter

PLAIN, DISTINCT = palette.CATEGORY_COLORS[2], palette.CATEGORY_COLORS[3]
"""A category like the others, and one that differs by more than chance; an arrow marks it too."""
STRIP, GAP = 18, 14
TALL = 10
"""Pixels by which the overall mark reaches above and below a strip."""
NAME = 24
"""Characters of a name, so that its value fits next to it on a phone."""
MARGIN_OF_ERROR = "margin of error"
"""The interval's name in a legend."""

Point: TypeAlias = tuple[float | None, float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class IntervalRow:
    """One category's row."""

    name: str
    """As typed; escaped here."""
    figure: str
    """The text at the right end."""
    share: float | None
    """Where the dot is; None without one."""
    interval: tuple[float, float] | None
    """The line through the dot."""
    bounds: tuple[float, float] | None = None
    """Without a dot: the range that holds the share."""
    mark: float | None = None
    """Where a hollow diamond marks what the row is compared with."""
    is_notable: bool = False
    """True if the interval doesn't contain what it's compared with."""
    tip: str = ""
    """The text at the pointer, already escaped."""


def interval_chart(
    rows: Sequence[IntervalRow],
    *,
    dot: str,
    mark: str | None = None,
    apart: str | None = None,
    overall: tuple[str, float] | None = None,
    has_legend: bool = True,
) -> Figure:
    """Return the rows from top to bottom on one scale that starts at 0; `overall` is a mark across each row.

    `dot`, `mark`, and `apart` name the dots, the diamonds, and the dots that stand out in the legend. Charts side by
    side share one legend.
    """
    builder = ChartBuilder()
    placed: list[tuple[IntervalRow, float]] = []
    y: float = 0
    for row in rows:
        write_lines(builder, [chart_text(row.name, longest=NAME)], y=y)
        color = palette.INK if row.share is not None or row.bounds else palette.MUTED
        write_lines(builder, [chart_text(row.figure)], y=y, x=1, color=color)
        placed.append((row, y + LINE + STRIP / 2))
        y += LINE + STRIP + GAP
    reach = _reach(rows, overall[1] if overall else 0.0)
    hairline = {"color": palette.GRID, "width": 1}
    for _, place in placed:
        builder.add_shape(type="line", x0=0, x1=reach, y0=place, y1=place, line=hairline, layer="below")
    if overall:
        ends = [(overall[1], at + reach) for _, at in placed for reach in (-TALL, TALL)]
        middle = [point for at in range(0, len(ends), 2) for point in (ends[at], ends[at + 1], (None, None))]
        builder.add_trace(_line(overall[0], middle, color=palette.INK, width=2))
    plainly = [(row, place) for row, place in placed if not row.is_notable]
    outer = [(row, place) for row, place in placed if row.is_notable]
    builder.add_trace(_line(MARGIN_OF_ERROR, _strips((row.interval, at) for row, at in plainly), color=PLAIN))
    builder.add_trace(_line(None, _strips((row.interval, at) for row, at in outer), color=DISTINCT))
    hidden = _strips((row.bounds, at) for row, at in placed if row.share is None)
    if hidden:
        builder.add_trace(
            _line("somewhere in this range (too few people to say)", hidden, color=palette.MUTED, dash="dot")
        )
    builder.add_trace(_dots(dot, plainly, color=PLAIN))
    builder.add_trace(_dots(apart if outer else None, outer, color=DISTINCT))
    marks = [(row.mark, at) for row, at in placed if row.mark is not None]
    if mark and marks:
        builder.add_trace(_diamonds(mark, marks))
    # Leave room to draw a dot at 0 in full.
    figure = figure_in_pixels(builder, height=y, columns=(-0.016 * reach, reach))
    figure.update_layout(showlegend=has_legend)
    return apply_chart_style(figure, height=round(y) + 12)


def _reach(rows: Sequence[IntervalRow], overall: float) -> float:
    """The end of the scale: a little beyond the rightmost mark."""
    ends = [end for row in rows for pair in (row.interval, row.bounds) if pair for end in pair]
    return 1.06 * max([*ends, *(row.mark for row in rows if row.mark is not None), overall, 0.05])


def _strips(pairs: Iterable[tuple[tuple[float, float] | None, float]]) -> list[Point]:
    """Each interval at its row, with a gap after it."""
    return [
        point
        for pair, place in pairs
        if pair is not None
        for point in ((pair[0], place), (pair[1], place), (None, None))
    ]


def _line(name: str | None, points: Sequence[Point], *, color: str, width: float = 4, dash: str = "solid") -> Scatter:
    from plotly.graph_objects import Scatter

    return Scatter(
        x=[x for x, _ in points],
        y=[y for _, y in points],
        mode="lines",
        name=name,
        showlegend=name is not None,
        hoverinfo="skip",
        line={"color": color, "width": width, "dash": dash},
    )


def _dots(name: str | None, placed: Sequence[tuple[IntervalRow, float]], *, color: str) -> Scatter:
    from plotly.graph_objects import Scatter

    shown = [(row, place) for row, place in placed if row.share is not None]
    return Scatter(
        x=[row.share for row, _ in shown],
        y=[place for _, place in shown],
        mode="markers",
        name=name,
        showlegend=name is not None,
        hovertext=[row.tip for row, _ in shown],
        hoverinfo="text",
        marker={"size": 11, "color": color, "symbol": "circle"},
        cliponaxis=False,
    )


def _diamonds(name: str, marks: Sequence[tuple[float, float]]) -> Scatter:
    from plotly.graph_objects import Scatter

    return Scatter(
        x=[share for share, _ in marks],
        y=[place for _, place in marks],
        mode="markers",
        name=name,
        hoverinfo="skip",
        marker={"size": 11, "color": palette.INK, "symbol": "diamond-open", "line": {"width": 2}},
        cliponaxis=False,
    )
