"""Connections among people who came to a convening together, before and after, as lines from one share to the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from nethealth.metric import Unit
from nethealth.network.analysis.convening_effect import ConveningEffect, PairCounts
from nethealth.presentation import palette
from nethealth.presentation.chart_labels import (
    LINE,
    PHONE,
    ChartBuilder,
    chart_text,
    figure_in_pixels,
    wrap_text,
    write_lines,
)
from nethealth.presentation.chart_style import apply_chart_style
from nethealth.presentation.formatting import format_date, format_value, pluralize, single_line
from nethealth.presentation.table import Format, Table
from nethealth.privacy.suppression import TooFew

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

ROW, GAP = 34, 12
LATEST_SHOWN = 10
"""Latest convenings, which have a line each; the table has all of them."""
UNCHANGED_WITHIN = 0.005
"""Shares that differ by less than this count as unchanged."""
HOW_TO_READ = (
    "Each line shows the share of pairs connected in the wave before (ring) and the wave after (dot). We count people "
    "in both waves, without hub staff. A rise after a convening doesn’t prove that the convening caused it."
)


def effect_title(effect: ConveningEffect) -> str:
    """Return how connections changed among people who came together, compared with people who did not, as a heading."""
    together = effect.together
    if effect.is_empty:
        return "To see connections before and after a convening, list who came"
    if isinstance(together, TooFew):
        return "Too few people came to a convening between two waves to show what changed"
    before, after = format_value(together.share_before, Unit.SHARE), format_value(together.share_after, Unit.SHARE)
    shares = f"Pairs who came to a convening together went from {before} connected to {after}"
    apart = effect.apart
    if isinstance(apart, TooFew) or not apart.pairs:
        return shares
    change = (apart.share_after or 0.0) - (apart.share_before or 0.0)
    if abs(change) < UNCHANGED_WITHIN:
        return f"{shares}; pairs who came separately didn’t change"
    return (
        f"{shares}; pairs who came separately, from {format_value(apart.share_before, Unit.SHARE)} to "
        f"{format_value(apart.share_after, Unit.SHARE)}"
    )


def effect_chart(effect: ConveningEffect) -> Figure:
    """Return the shares of pairs tied before (ring) and after (dot): all pairs by attendance, then each convening's."""
    from plotly.graph_objects import Scatter

    drawing = ChartBuilder()
    summaries = list(_summaries(effect))
    rows = [*summaries, *_convenings(effect)]
    most = max(
        (max(p.share_before or 0, p.share_after or 0) for _, _, p in rows if isinstance(p, PairCounts)), default=0
    )
    y: float = 0
    befores: list[tuple[float, float, str]] = []
    afters: list[tuple[float, float, str]] = []
    for place, (label, note, counts) in enumerate(rows):
        if place in (0, len(summaries)):
            heading = "All pairs, by who came" if summaries and not place else "People who came to each"
            y += GAP if place else 0
            write_lines(drawing, [heading], y=y, size=13, color=palette.ACCENT_TEXT)
            y += LINE + 6
        lines = wrap_text(label, width=PHONE - 4, lines=2)
        write_lines(drawing, lines, y=y, size=14)
        y += LINE * len(lines)
        write_lines(drawing, [chart_text(note, longest=PHONE + 4)], y=y, size=13, color=palette.MUTED)
        y += LINE
        if isinstance(counts, PairCounts) and counts.share_before is not None and counts.share_after is not None:
            at = y + ROW / 2
            drawing.add_shape(
                type="line",
                x0=counts.share_before,
                x1=counts.share_after,
                y0=at,
                y1=at,
                line={"color": palette.MUTED, "width": 2},
                layer="below",
            )
            befores.append((counts.share_before, at, _side(counts, before=True)))
            afters.append((counts.share_after, at, _side(counts, before=False)))
            y += ROW
        y += GAP
    for name, points, fill, color in (
        ("wave before", befores, palette.PAPER, palette.LEANINGS[0]),
        ("wave after", afters, palette.ACCENT_TEXT, palette.ACCENT_TEXT),
    ):
        drawing.add_trace(
            Scatter(
                name=name,
                mode="markers+text",
                x=[x for x, _, _ in points],
                y=[at for _, at, _ in points],
                text=[f" {format_value(x, Unit.SHARE)} " for x, _, _ in points],
                textposition=[side for _, _, side in points],
                textfont={"size": 13, "color": color},
                marker={"size": 13, "color": fill, "line": {"width": 2.5, "color": color}},
                hoverinfo="skip",
                cliponaxis=False,
            )
        )
    figure = figure_in_pixels(drawing, height=y, columns=(-most * 0.16, most * 1.2 or 1))
    figure.update_layout(showlegend=True)
    return apply_chart_style(figure, height=round(y) + 16)


def _side(counts: PairCounts, *, before: bool) -> str:
    rises = (counts.share_after or 0) >= (counts.share_before or 0)
    return "middle left" if rises == before else "middle right"


PairRow = tuple[str, str, PairCounts | TooFew]
"""Label, note, and counts."""


def _summaries(effect: ConveningEffect) -> Iterable[PairRow]:
    for label, counts in (
        ("Came together", effect.together),
        ("Came to different convenings", effect.apart),
        ("One or both didn’t come", effect.others),
    ):
        if isinstance(counts, TooFew):
            yield label, f"{counts} people: hidden", counts
        elif counts.pairs:
            yield label, _pair_counts(counts), counts


def _convenings(effect: ConveningEffect) -> Iterable[PairRow]:
    for convening in effect.convenings[-LATEST_SHOWN:]:
        label = f"{single_line(convening.title, longest=60)}, {format_date(convening.date)}"
        if isinstance(convening.together, TooFew):
            yield label, "hidden: too few came, or too few didn’t", convening.together
        else:
            yield label, f"{convening.people} people, {_pair_counts(convening.together)}", convening.together


def _pair_counts(counts: PairCounts) -> str:
    return f"{pluralize(counts.pairs, 'pair')}, {counts.became_tied:,} newly connected"


def effect_alt(effect: ConveningEffect) -> str:
    """Return the chart as text for screen readers."""
    parts = []
    for label, note, counts in (*_summaries(effect), *_convenings(effect)):
        if isinstance(counts, TooFew):
            parts.append(f"{label}: {note}")
        else:
            before, after = format_value(counts.share_before, Unit.SHARE), format_value(counts.share_after, Unit.SHARE)
            parts.append(f"{label}: {before} connected before, {after} after ({note})")
    return f"Pairs of people who were connected in the wave before and the wave after. {'; '.join(parts)}."


def effect_table(effect: ConveningEffect) -> Table:
    """Return one row per convening between two waves, latest first."""
    numbers = ("People", "Pairs", "Connected before", "Connected after", "Newly connected")
    formats = {
        **{"Convening": Format.TEXT, "Date": Format.DATE, "Waves": Format.TEXT},
        **dict.fromkeys(numbers, Format.NUMBER),
    }
    rows = (
        {
            "Convening": convening.title,
            "Date": convening.date,
            "Waves": f"{convening.before} to {convening.after}",
            "People": format_value(convening.people, Unit.COUNT),
            "Pairs": _format(convening.together, lambda counts: counts.pairs, Unit.COUNT),
            "Connected before": _format(convening.together, lambda counts: counts.share_before, Unit.SHARE),
            "Connected after": _format(convening.together, lambda counts: counts.share_after, Unit.SHARE),
            "Newly connected": _format(convening.together, lambda counts: counts.became_tied, Unit.COUNT),
        }
        for convening in reversed(effect.convenings)
    )
    return Table.of(formats, rows)


def _format(counts: PairCounts | TooFew, value: Callable[[PairCounts], float | None], unit: Unit) -> str:
    return format_value(counts if isinstance(counts, TooFew) else value(counts), unit)
