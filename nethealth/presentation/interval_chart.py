"""Shares with their intervals, as rows that a phone's width holds: a group's name, its figure, a strip beneath."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from nethealth.presentation import palette
from nethealth.presentation.chart_labels import LINE, LabelDrawing, chart_text, in_pixels, write
from nethealth.presentation.chart_style import apply_chart_style

if TYPE_CHECKING:
    from plotly.graph_objects import Figure, Scatter

PLAIN, APART = palette.GROUPS[2], palette.GROUPS[3]
"""A group like the others, and one that stands apart by more than chance; an arrow says it too."""
STRIP, GAP = 18, 14
TALL = 10
"""Pixels by which everybody's mark reaches above and below a strip."""
NAME = 24
"""Characters of a group's name, so that its figure fits beside it on a phone."""
HOW_FAR = "how far chance could move it"
"""What a legend calls the interval."""

Point: TypeAlias = tuple[float | None, float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class IntervalRow:
    """One group's row."""

    name: str
    """As typed: it is escaped here."""
    figure: str
    """What stands at the right end."""
    share: float | None
    """Where the dot lies; None without one."""
    interval: tuple[float, float] | None
    """The line through the dot."""
    bounds: tuple[float, float] | None = None
    """Without a dot: between which two the share lies."""
    mark: float | None = None
    """Where a hollow diamond lies: what the row is compared with."""
    stands_out: bool = False
    """Whether the interval does not hold what it is compared with."""
    tip: str = ""
    """What a pointer is told, already harmless."""


def interval_chart(
    rows: Sequence[IntervalRow],
    *,
    dot: str,
    mark: str | None = None,
    apart: str | None = None,
    everybody: tuple[str, float] | None = None,
    has_legend: bool = True,
) -> Figure:
    """The rows from top to bottom over one scale that begins at nothing; `everybody` is a mark across each of them.

    `dot` and `mark` are what the legend calls the dot and the diamond, `apart` the dots of groups that stand out;
    several charts beside one another have one legend between them.
    """
    drawing = LabelDrawing()
    placed: list[tuple[IntervalRow, float]] = []
    y: float = 0
    for row in rows:
        write(drawing, [chart_text(row.name, longest=NAME)], y=y)
        color = palette.INK if row.share is not None or row.bounds else palette.MUTED
        write(drawing, [chart_text(row.figure)], y=y, x=1, color=color)
        placed.append((row, y + LINE + STRIP / 2))
        y += LINE + STRIP + GAP
    reach = _reach(rows, everybody[1] if everybody else 0.0)
    hairline = {"color": palette.GRID, "width": 1}
    for _, place in placed:
        drawing.add_shape(type="line", x0=0, x1=reach, y0=place, y1=place, line=hairline, layer="below")
    if everybody:
        ends = [(everybody[1], at + reach) for _, at in placed for reach in (-TALL, TALL)]
        middle = [point for at in range(0, len(ends), 2) for point in (ends[at], ends[at + 1], (None, None))]
        drawing.add_trace(_line(everybody[0], middle, color=palette.INK, width=2))
    plainly = [(row, place) for row, place in placed if not row.stands_out]
    outer = [(row, place) for row, place in placed if row.stands_out]
    drawing.add_trace(_line(HOW_FAR, _strips((row.interval, at) for row, at in plainly), color=PLAIN))
    drawing.add_trace(_line(None, _strips((row.interval, at) for row, at in outer), color=APART))
    held = _strips((row.bounds, at) for row, at in placed if row.share is None)
    if held:
        drawing.add_trace(_line("somewhere here: few did, or few did not", held, color=palette.MUTED, dash="dot"))
    drawing.add_trace(_dots(dot, plainly, color=PLAIN))
    drawing.add_trace(_dots(apart if outer else None, outer, color=APART))
    marks = [(row.mark, at) for row, at in placed if row.mark is not None]
    if mark and marks:
        drawing.add_trace(_diamonds(mark, marks))
    # A dot on nothing is drawn whole.
    figure = in_pixels(drawing, height=y, columns=(-0.016 * reach, reach))
    figure.update_layout(showlegend=has_legend)
    return apply_chart_style(figure, height=round(y) + 12)


def _reach(rows: Sequence[IntervalRow], everybody: float) -> float:
    """How far the scale goes: a little beyond whatever lies furthest right."""
    ends = [end for row in rows for pair in (row.interval, row.bounds) if pair for end in pair]
    return 1.06 * max([*ends, *(row.mark for row in rows if row.mark is not None), everybody, 0.05])


def _strips(pairs: Iterable[tuple[tuple[float, float] | None, float]]) -> list[Point]:
    """Each interval at its height, with a gap after it."""
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
