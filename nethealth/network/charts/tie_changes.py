"""Charts of the page on connections over time: what became of ties from wave to wave."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from nethealth.network import WaveMetrics
from nethealth.presentation import palette
from nethealth.presentation.chart_labels import chart_text
from nethealth.presentation.chart_style import apply_chart_style
from nethealth.presentation.formatting import pluralize, single_line

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

# The marigold of new ties stays bright on a dark page, so its figures stay dark on both.
ON_BARS = {"Kept": palette.PAPER, "New": palette.DARK.paper, "Lost": palette.PAPER}


def change_title(waves: Sequence[WaveMetrics]) -> str:
    """What became of ties in the latest wave, as a heading."""
    latest = waves[-1] if waves else None
    if latest is None or latest.kept_ties is None or latest.new_ties is None or latest.lost_ties is None:
        return "One wave so far: change shows with the second"
    earlier = latest.kept_ties + latest.lost_ties
    if not earlier:
        return f"{pluralize(latest.new_ties, 'tie is', 'ties are')} new among people in both waves".capitalize()
    are = "is" if latest.new_ties == 1 else "are"
    return (
        f"Among those who stayed, {latest.kept_ties:,} of {pluralize(earlier, 'tie')} held and "
        f"{latest.new_ties:,} {are} new"
    )


def change_chart(waves: Sequence[WaveMetrics]) -> Figure:
    """Bars for each wave after the first: kept and new ties upwards, lost ones beneath zero.

    Ties are unordered pairs among people who are in both waves.
    """
    from plotly.graph_objects import Bar, Figure

    told = [
        one for one in waves if one.kept_ties is not None and one.new_ties is not None and one.lost_ties is not None
    ]
    names = [chart_text(one.wave or "Unnamed wave", longest=24) for one in told]
    parts = (
        ("Kept", palette.MUTED, [one.kept_ties or 0 for one in told], 1),
        ("New", palette.ACCENT, [one.new_ties or 0 for one in told], 1),
        ("Lost", palette.LEANINGS[0], [one.lost_ties or 0 for one in told], -1),
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
                marker={"color": color},
                hovertemplate="%{customdata:,} " + name.lower() + "<extra>%{x}</extra>",
            )
            for name, color, counts, sign in parts
        ]
    )
    figure.update_layout(barmode="relative", bargap=0.45)
    apply_chart_style(figure, height=330).update_layout(margin={"l": 0, "r": 0})
    figure.update_yaxes(
        showticklabels=False, showgrid=False, zeroline=True, zerolinecolor=palette.MUTED, zerolinewidth=1
    )
    figure.update_xaxes(type="category")
    return figure


def change_text(waves: Sequence[WaveMetrics]) -> str:
    """The same for those who do not see it."""
    told = [
        f"{single_line(one.wave or 'Unnamed wave', longest=60)}: {one.kept_ties:,} kept, "
        f"{one.new_ties:,} new, {one.lost_ties:,} lost"
        for one in waves
        if one.kept_ties is not None and one.new_ties is not None and one.lost_ties is not None
    ]
    return "Ties from wave to wave. " + "; ".join(told) + "." if told else "There is one wave of ties so far."
