"""Charts of the page on connections: what became of ties from wave to wave, and between which groups they run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from nethealth.figures import palette
from nethealth.figures.chart_labels import chart_text
from nethealth.figures.chart_style import styled
from nethealth.figures.wording import counted, plain
from nethealth.network import SegmentFigures, WaveFigures

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

MOST_VALUES = 12
"""A table of more values than this is no longer read as a picture: the register beneath holds all."""

# The marigold of new ties stays bright on a dark page, so its figures stay dark on both.
ON_BARS = {"Kept": palette.PAPER, "New": palette.DARK.paper, "Lost": palette.INK}


def change_title(waves: Sequence[WaveFigures]) -> str:
    """What became of ties in the latest wave, as a heading."""
    latest = waves[-1] if waves else None
    if latest is None or latest.kept is None or latest.new is None or latest.lost is None:
        return "One wave so far: change shows with the second"
    earlier = latest.kept + latest.lost
    if not earlier:
        return f"{counted(latest.new, 'tie is', 'ties are')} new".capitalize()
    return f"{latest.kept:,} of {counted(earlier, 'tie')} held from the wave before, and {latest.new:,} are new"


def change_chart(waves: Sequence[WaveFigures]) -> Figure:
    """Bars for each wave after the first: kept and new ties upwards, lost ones beneath zero.

    Ties are unordered pairs among people who are in both waves.
    """
    from plotly.graph_objects import Bar, Figure

    told = [one for one in waves if one.kept is not None and one.new is not None and one.lost is not None]
    names = [chart_text(one.wave or "Unnamed wave", longest=24) for one in told]
    parts = (
        ("Kept", palette.LEANINGS[0], [one.kept or 0 for one in told], 1),
        ("New", palette.ACCENT, [one.new or 0 for one in told], 1),
        ("Lost", palette.QUIET, [one.lost or 0 for one in told], -1),
    )
    figure = Figure(
        [
            Bar(
                name=name,
                x=names,
                y=[sign * count for count in counts],
                text=[f"{count:,}" if count else "" for count in counts],
                textposition="inside",
                insidetextanchor="middle",
                textfont={"color": ON_BARS[name]},
                customdata=counts,
                marker={"color": colour},
                hovertemplate="%{customdata:,} " + name.lower() + "<extra>%{x}</extra>",
            )
            for name, colour, counts, sign in parts
        ]
    )
    figure.update_layout(barmode="relative", bargap=0.45)
    styled(figure, height=330).update_layout(margin={"l": 8})
    figure.update_yaxes(
        showticklabels=False, showgrid=False, zeroline=True, zerolinecolor=palette.MUTED, zerolinewidth=1
    )
    figure.update_xaxes(type="category")
    return figure


def change_in_words(waves: Sequence[WaveFigures]) -> str:
    """The same for those who do not see it."""
    told = [
        f"{plain(one.wave or 'Unnamed wave', longest=60)}: {one.kept:,} kept, {one.new:,} new, {one.lost:,} lost"
        for one in waves
        if one.kept is not None and one.new is not None and one.lost is not None
    ]
    return "Ties from wave to wave. " + "; ".join(told) + "." if told else "There is one wave of ties so far."


def mixing_chart(segments: SegmentFigures) -> Figure | None:
    """Ties between each two values as shaded squares with their numbers; None below two values or above twelve.

    Shades tell the number of ties; the square on the diagonal holds the ties among people of one value.
    """
    values = list(segments.sizes)
    if not 2 <= len(values) <= MOST_VALUES or not segments.ties:
        return None
    from plotly.graph_objects import Figure, Heatmap

    at = {value: place for place, value in enumerate(values)}
    grid: list[list[int]] = [[0] * len(values) for _ in values]
    for one, other, ties in segments.ties:
        grid[at[one]][at[other]] = grid[at[other]][at[one]] = ties
    most = max(max(row) for row in grid)
    labels = [chart_text(value, longest=22) for value in values]
    steps = palette.SEQUENCE[:8]
    figure = Figure(
        Heatmap(
            z=grid,
            x=list(range(len(values))),
            y=list(range(len(values))),
            zmin=0,
            zmax=most,
            colorscale=[[place / (len(steps) - 1), step] for place, step in enumerate(steps)],
            showscale=False,
            xgap=3,
            ygap=3,
            customdata=[[[one, other] for other in labels] for one in labels],
            hovertemplate="%{z:,} ties<extra>%{customdata[0]} and %{customdata[1]}</extra>",
        )
    )
    for row, counts in enumerate(grid):
        for column, ties in enumerate(counts):
            dark = ties > most * 0.66
            figure.add_annotation(
                x=column,
                y=row,
                text=f"{ties:,}" if ties else "·",
                showarrow=False,
                font={"color": palette.PAPER if dark else palette.INK, "size": 14},
            )
    styled(figure, height=110 + 40 * len(values), long_labels=True)
    places = list(range(len(values)))
    figure.update_yaxes(tickvals=places, ticktext=labels, autorange="reversed", showgrid=False, ticklabelstandoff=8)
    figure.update_xaxes(tickvals=places, ticktext=labels, side="top", showgrid=False)
    if len(labels) > 7 or max(map(len, labels)) > 12:
        figure.update_xaxes(tickangle=-35)
    return figure


def mixing_in_words(segments: SegmentFigures) -> str:
    """The strongest of it for those who do not see it."""
    ranked = sorted(segments.ties, key=lambda row: -row[2])[:5]
    told = [
        f"{ties:,} within {plain(one, longest=60)}"
        if one == other
        else f"{ties:,} between {plain(one, longest=60)} and {plain(other, longest=60)}"
        for one, other, ties in ranked
    ]
    return f"Ties by {plain(segments.column, longest=60)}, the most first: " + "; ".join(told) + "."
