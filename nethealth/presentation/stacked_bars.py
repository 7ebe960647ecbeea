"""Horizontal bars made of segments, each with its own color and text, drawn in few traces."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nethealth.presentation import palette
from nethealth.presentation.chart_labels import ChartBuilder


@dataclass(frozen=True, slots=True, kw_only=True)
class BarSegment:
    """One segment of a horizontal bar."""

    start: float
    length: float
    y: float
    """Its middle, in pixels."""
    fill: str
    ink: str
    """The color of its text."""
    text: str
    """The text inside; empty if there is no room."""
    hover: str


def draw_segments(builder: ChartBuilder, segments: Iterable[BarSegment], *, thickness: float, size: float = 13) -> None:
    """Add the segments to a chart. Segments that look alike are one trace, since plotly is slow with many."""
    from plotly.graph_objects import Bar

    by_look: dict[tuple[str, str], list[BarSegment]] = {}
    for segment in segments:
        by_look.setdefault((segment.fill, segment.ink), []).append(segment)
    for (fill, ink), alike in by_look.items():
        builder.add_trace(
            Bar(
                orientation="h",
                x=[segment.length for segment in alike],
                y=[segment.y for segment in alike],
                base=[segment.start for segment in alike],
                width=[thickness] * len(alike),
                # A rim, since the palest shades don't stand out from the page.
                marker={"color": fill, "line": {"color": palette.FAINT, "width": 1}},
                text=[segment.text for segment in alike],
                textposition="inside",
                insidetextanchor="middle",
                textangle=0,
                constraintext="none",
                insidetextfont={"size": size, "color": ink},
                hoverinfo="text",
                hovertext=[segment.hover for segment in alike],
                showlegend=False,
            )
        )
