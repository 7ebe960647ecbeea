"""Connections kept, new, and lost from wave to wave, as bars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from nethealth.network.analysis.wave_metrics import WaveMetrics
from nethealth.presentation import palette
from nethealth.presentation.chart_labels import chart_text
from nethealth.presentation.chart_style import apply_chart_style
from nethealth.presentation.formatting import pluralize, single_line

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

# The yellow for new ties stays bright on a dark page, so its text stays dark in both themes.
TEXT_COLORS = {"Kept": palette.PAPER, "New": palette.DARK.paper, "Lost": palette.PAPER}


def change_title(waves: Sequence[WaveMetrics]) -> str:
    """Return how many connections lasted until the latest wave, as a heading."""
    latest = waves[-1] if waves else None
    if latest is None or latest.kept_ties is None or latest.new_ties is None or latest.lost_ties is None:
        return "You’ll see changes after the second wave"
    earlier = latest.kept_ties + latest.lost_ties
    if not earlier:
        return f"{pluralize(latest.new_ties, 'connection')} formed between people in both waves".capitalize()
    kept_share = f"{latest.kept_ties:,} of {pluralize(earlier, 'connection')}"
    return f"Members who stayed kept {kept_share} and formed {latest.new_ties:,} new ones"


def change_chart(waves: Sequence[WaveMetrics]) -> Figure:
    """Return bars for each wave after the first: kept and new ties above zero, lost ties below it.

    Ties are unordered pairs of people who are in both waves.
    """
    from plotly.graph_objects import Bar, Figure

    compared = [
        wave
        for wave in waves
        if wave.kept_ties is not None and wave.new_ties is not None and wave.lost_ties is not None
    ]
    names = [chart_text(wave.wave or "Unnamed wave", longest=24) for wave in compared]
    parts = (
        ("Kept", palette.MUTED, [wave.kept_ties or 0 for wave in compared], 1),
        ("New", palette.ACCENT, [wave.new_ties or 0 for wave in compared], 1),
        ("Lost", palette.LEANINGS[0], [wave.lost_ties or 0 for wave in compared], -1),
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
                textfont={"color": TEXT_COLORS[name]},
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


def change_alt(waves: Sequence[WaveMetrics]) -> str:
    """Return the chart as text for screen readers."""
    changes = [
        f"{single_line(wave.wave or 'Unnamed wave')}: {wave.kept_ties:,} kept, "
        f"{wave.new_ties:,} new, {wave.lost_ties:,} lost"
        for wave in waves
        if wave.kept_ties is not None and wave.new_ties is not None and wave.lost_ties is not None
    ]
    return f"Connections from wave to wave. {'; '.join(changes)}." if changes else "There is only one wave so far."
