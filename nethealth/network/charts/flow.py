"""People and connections in two waves, as bars: what stayed, what left, what is new."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from nethealth.network.charts.wave_pictures import WavePair
from nethealth.presentation import palette
from nethealth.presentation.chart_labels import (
    LINE,
    PHONE,
    ChartBuilder,
    figure_in_pixels,
    join_names,
    wrap_text,
    write_lines,
)
from nethealth.presentation.chart_style import apply_chart_style
from nethealth.presentation.formatting import pluralize
from nethealth.presentation.stacked_bars import BarSegment, draw_segments

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

BAR, GAP = 24, 16
NUMBER_FROM = 0.07
"""Share of the bar from which a segment has room for its number."""
STAYED = (palette.MUTED, palette.PAPER)
CAME = (palette.ACCENT, palette.DARK.paper)
CAME_WITH = (palette.DIVERGING[6], palette.INK)
WENT = (palette.LEANINGS[0], palette.PAPER)
WENT_WITH = (palette.DIVERGING[3], palette.INK)
"""Fill and text color. The yellow stays bright on a dark page, so its text stays dark in both themes."""
Segment = tuple[int, str, tuple[str, str]]
"""Count, label, and colors."""
Bars = list[tuple[str, list[Segment]]]


def _bars(waves: WavePair) -> Bars:
    comparison = waves.comparison
    before, after = waves.names
    stayed: Segment = (len(comparison.stayers), "stayed", STAYED)
    kept_segment: Segment = (len(comparison.kept_ties), "kept", STAYED)
    was, now = comparison.before, comparison.after
    return [
        (
            f"{before}: {pluralize(len(was.people), 'person', 'people')}",
            [stayed, (len(comparison.leavers), "left", WENT)],
        ),
        (
            f"{after}: {pluralize(len(now.people), 'person', 'people')}",
            [stayed, (len(comparison.newcomers), "joined", CAME)],
        ),
        (
            f"{before}: {pluralize(len(was.ties), 'connection')}",
            [
                kept_segment,
                (len(comparison.lost_ties), "lost between people who stayed", WENT),
                (len(comparison.leaver_ties), "gone with people who left", WENT_WITH),
            ],
        ),
        (
            f"{after}: {pluralize(len(now.ties), 'connection')}",
            [
                kept_segment,
                (len(comparison.new_ties), "new between people who stayed", CAME),
                (len(comparison.newcomer_ties), "new with people who joined", CAME_WITH),
            ],
        ),
    ]


def flow_chart(waves: WavePair) -> Figure:
    """Return a bar for each wave's people and each wave's ties; what both waves share starts both bars."""
    drawing = ChartBuilder()
    bars = _bars(waves)
    segments: list[BarSegment] = []
    totals = [max(sum(count for count, _, _ in parts) for _, parts in pair) or 1 for pair in (bars[:2], bars[2:])]
    y: float = 0
    for at, (label, parts) in enumerate(bars):
        lines = [*wrap_text(label, width=PHONE, lines=1), *wrap_text(_summary(parts), width=PHONE + 2, lines=2)]
        write_lines(drawing, lines[:1], y=y, size=14)
        write_lines(drawing, lines[1:], y=y + LINE, size=13, color=palette.MUTED)
        y += LINE * len(lines) + 5
        start = 0.0
        for count, status, (fill, ink) in parts:
            # People and ties have separate scales: lengths compare two waves, not people with ties.
            share = count / totals[at // 2]
            segments.append(
                BarSegment(
                    start=start,
                    length=share,
                    y=y + BAR / 2,
                    fill=fill,
                    ink=ink,
                    text=f"{count:,}" if share >= NUMBER_FROM else "",
                    hover=f"{count:,} {status}",
                )
            )
            start += share
        y += BAR + GAP + (GAP if at == 1 else 0)
    draw_segments(drawing, segments, thickness=BAR, size=13)
    return apply_chart_style(figure_in_pixels(drawing, height=y, columns=(0, 1)), height=round(y) + 16)


def _summary(parts: Sequence[Segment]) -> str:
    return join_names([f"{count:,} {status}" for count, status, _ in parts])


def flow_alt(waves: WavePair) -> str:
    """Return the chart as text for screen readers."""
    return " ".join(f"{label}: {_summary(parts)}." for label, parts in _bars(waves))
