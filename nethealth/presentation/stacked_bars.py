"""Pieces of bars that lie end to end, each with its own colour and figure, drawn in few traces."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nethealth.presentation import palette
from nethealth.presentation.chart_labels import LabelDrawing


@dataclass(frozen=True, slots=True, kw_only=True)
class BarSegment:
    """A piece of a bar that lies on its side."""

    start: float
    length: float
    y: float
    """Its middle, in the drawing's pixels."""
    fill: str
    ink: str
    """In what its text is written."""
    text: str
    """What stands in it; empty where there is no room."""
    hover: str


def draw_segments(drawing: LabelDrawing, pieces: Iterable[BarSegment], *, thickness: float, size: float = 12) -> None:
    """Add the pieces to a drawing. Those of one look are one trace: plotly takes its time for each."""
    from plotly.graph_objects import Bar

    looks: dict[tuple[str, str], list[BarSegment]] = {}
    for piece in pieces:
        looks.setdefault((piece.fill, piece.ink), []).append(piece)
    for (fill, ink), alike in looks.items():
        drawing.add_trace(
            Bar(
                orientation="h",
                x=[piece.length for piece in alike],
                y=[piece.y for piece in alike],
                base=[piece.start for piece in alike],
                width=[thickness] * len(alike),
                # A rim, since the palest shades do not stand out from the page by themselves.
                marker={"color": fill, "line": {"color": palette.QUIET, "width": 1}},
                text=[piece.text for piece in alike],
                textposition="inside",
                insidetextanchor="middle",
                textangle=0,
                constraintext="none",
                insidetextfont={"size": size, "color": ink},
                hoverinfo="text",
                hovertext=[piece.hover for piece in alike],
                showlegend=False,
            )
        )
