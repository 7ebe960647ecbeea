"""People and ties from one wave to another, as bars that share their middle: what stayed, what went, what came."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from nethealth.network.charts.wave_pictures import WavePair
from nethealth.presentation import palette
from nethealth.presentation.chart_labels import LINE, PHONE, LabelDrawing, in_pixels, joined, wrapped, write
from nethealth.presentation.chart_style import apply_chart_style
from nethealth.presentation.formatting import pluralize
from nethealth.presentation.stacked_bars import BarSegment, draw_segments

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

BAR, GAP = 24, 16
ROOM_FOR_A_NUMBER = 0.07
STAYED = (palette.MUTED, palette.PAPER)
CAME = (palette.ACCENT, palette.DARK.paper)
CAME_WITH = (palette.DIVERGING[6], palette.INK)
WENT = (palette.LEANINGS[0], palette.PAPER)
WENT_WITH = (palette.DIVERGING[3], palette.INK)
"""How a piece is filled and written on. The marigold stays bright on a dark page, so its figures stay dark on both."""
Piece = tuple[int, str, tuple[str, str]]
"""How many, what they did, and how it looks."""
Bars = list[tuple[str, list[Piece]]]


def _bars(waves: WavePair) -> Bars:
    compared = waves.compared
    before, after = waves.names
    stayed: Piece = (len(compared.stayers), "stayed", STAYED)
    kept: Piece = (len(compared.kept_ties), "kept", STAYED)
    was, now = compared.before, compared.after
    return [
        (
            f"{before}: {pluralize(len(was.people), 'person', 'people')}",
            [stayed, (len(compared.leavers), "left", WENT)],
        ),
        (
            f"{after}: {pluralize(len(now.people), 'person', 'people')}",
            [stayed, (len(compared.newcomers), "joined", CAME)],
        ),
        (
            f"{before}: {pluralize(len(was.ties), 'tie')}",
            [
                kept,
                (len(compared.lost_ties), "lost between two who stayed", WENT),
                (len(compared.leaver_ties), "gone with somebody who left", WENT_WITH),
            ],
        ),
        (
            f"{after}: {pluralize(len(now.ties), 'tie')}",
            [
                kept,
                (len(compared.new_ties), "new between two who stayed", CAME),
                (len(compared.newcomer_ties), "with somebody who joined", CAME_WITH),
            ],
        ),
    ]


def flow_chart(waves: WavePair) -> Figure:
    """A bar for each wave's people and each wave's ties; what both waves have lies at the left of both."""
    drawing = LabelDrawing()
    bars = _bars(waves)
    pieces: list[BarSegment] = []
    longest = [max(sum(count for count, _, _ in pieces) for _, pieces in pair) or 1 for pair in (bars[:2], bars[2:])]
    y: float = 0
    for at, (words, parts) in enumerate(bars):
        lines = [*wrapped(words, width=PHONE, lines=1), *wrapped(_told(parts), width=PHONE + 2, lines=2)]
        write(drawing, lines[:1], y=y, size=14)
        write(drawing, lines[1:], y=y + LINE, size=12, color=palette.MUTED)
        y += LINE * len(lines) + 5
        start = 0.0
        for count, did, (fill, ink) in parts:
            # People and ties have scales of their own: a bar's length says its share of the longer of two.
            share = count / longest[at // 2]
            pieces.append(
                BarSegment(
                    start=start,
                    length=share,
                    y=y + BAR / 2,
                    fill=fill,
                    ink=ink,
                    text=f"{count:,}" if share >= ROOM_FOR_A_NUMBER else "",
                    hover=f"{count:,} {did}",
                )
            )
            start += share
        y += BAR + GAP + (GAP if at == 1 else 0)
    draw_segments(drawing, pieces, thickness=BAR, size=13)
    return apply_chart_style(in_pixels(drawing, height=y, columns=(0, 1)), height=round(y) + 16)


def _told(pieces: Sequence[Piece]) -> str:
    return joined([f"{count:,} {did}" for count, did, _ in pieces])


def flow_text(waves: WavePair) -> str:
    """The same for those who do not see it."""
    return " ".join(f"{words}: {_told(pieces)}." for words, pieces in _bars(waves))
