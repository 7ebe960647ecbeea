"""Ties among people who came to a convening together, before and after: a line from one share to the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from nethealth.metric import Unit
from nethealth.network import ConveningEffect, PairCounts
from nethealth.presentation import palette
from nethealth.presentation.chart_labels import LINE, PHONE, LabelDrawing, chart_text, in_pixels, wrapped, write
from nethealth.presentation.chart_style import apply_chart_style
from nethealth.presentation.formatting import format_date, format_value, pluralize, single_line
from nethealth.privacy.suppression import TooFew

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

ROW, GAP = 34, 12
LATEST_SHOWN = 10
"""Convenings that have a line of their own, the latest ones; the register holds all."""
MOVED = 0.005
"""Shares that differ by less than this are called unchanged."""
HOW_TO_READ = (
    "Each line runs from the share of pairs tied in the wave before (ring) to the share in the wave after (disc), "
    "among people who are in both waves, the hub’s staff left out. More ties may go along with coming together; that "
    "proves no cause."
)
Row = dict[str, object]


def effect_title(effect: ConveningEffect) -> str:
    """What the pairs who came together became, beside those who came and never met, as a heading."""
    together = effect.together
    if effect.is_empty:
        return "What convenings leave behind shows once one lies between two waves, with its attendees"
    if isinstance(together, TooFew):
        return "Too few people came to a convening between two waves to show what followed"
    before, after = format_value(together.share_before, Unit.SHARE), format_value(together.share_after, Unit.SHARE)
    shares = f"Of pairs who came together, {before} were tied before and {after} after"
    apart = effect.apart
    if isinstance(apart, TooFew) or not apart.pairs:
        return shares
    then = (apart.share_after or 0.0) - (apart.share_before or 0.0)
    if abs(then) < MOVED:
        return f"{shares}; of pairs who came, but never together, as many as before"
    return (
        f"{shares}; of pairs who came, but never together, {format_value(apart.share_before, Unit.SHARE)} and "
        f"{format_value(apart.share_after, Unit.SHARE)}"
    )


def effect_chart(effect: ConveningEffect) -> Figure:
    """The shares tied before (a ring) and after (a disc): all pairs by how they came, then each convening's."""
    from plotly.graph_objects import Scatter

    drawing = LabelDrawing()
    summaries = list(_summaries(effect))
    rows = [*summaries, *_convenings(effect)]
    most = max(
        (max(p.share_before or 0, p.share_after or 0) for _, _, p in rows if isinstance(p, PairCounts)), default=0
    )
    y: float = 0
    befores: list[tuple[float, float, str]] = []
    afters: list[tuple[float, float, str]] = []
    for at_row, (words, note, counts) in enumerate(rows):
        if at_row in (0, len(summaries)):
            heading = "All pairs, by how they came" if summaries and not at_row else "Those who came to each"
            y += GAP if at_row else 0
            write(drawing, [heading], y=y, size=13, color=palette.ACCENT_TEXT)
            y += LINE + 6
        lines = wrapped(words, width=PHONE - 4, lines=2)
        write(drawing, lines, y=y, size=14)
        y += LINE * len(lines)
        write(drawing, [chart_text(note, longest=PHONE + 4)], y=y, size=12, color=palette.MUTED)
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
    figure = in_pixels(drawing, height=y, columns=(-most * 0.16, most * 1.2 or 1))
    figure.update_layout(showlegend=True)
    return apply_chart_style(figure, height=round(y) + 16)


def _side(counts: PairCounts, *, before: bool) -> str:
    rises = (counts.share_after or 0) >= (counts.share_before or 0)
    return "middle left" if rises == before else "middle right"


Told = tuple[str, str, PairCounts | TooFew]


def _summaries(effect: ConveningEffect) -> Iterable[Told]:
    for words, counts in (
        ("Came to a convening together", effect.together),
        ("Came to convenings, never to the same", effect.apart),
        ("One or both came to none", effect.others),
    ):
        if isinstance(counts, TooFew):
            yield words, f"{counts} people: held back", counts
        elif counts.pairs:
            yield words, _became(counts), counts


def _convenings(effect: ConveningEffect) -> Iterable[Told]:
    for one in effect.convenings[-LATEST_SHOWN:]:
        words = f"{single_line(one.title, longest=60)}, {format_date(one.date)}"
        if isinstance(one.together, TooFew):
            yield words, "too few came, or stayed away: held back", one.together
        else:
            yield words, f"{one.people} people, {_became(one.together)}", one.together


def _became(counts: PairCounts) -> str:
    return f"{pluralize(counts.pairs, 'pair')}, {counts.became_tied:,} newly tied"


def effect_text(effect: ConveningEffect) -> str:
    """The same for those who do not see it."""
    said = []
    for words, note, counts in (*_summaries(effect), *_convenings(effect)):
        if isinstance(counts, TooFew):
            said.append(f"{words}: {note}")
        else:
            before, after = format_value(counts.share_before, Unit.SHARE), format_value(counts.share_after, Unit.SHARE)
            said.append(f"{words}: {before} tied before, {after} after ({note})")
    return "Pairs of people tied in the wave before and the wave after. " + "; ".join(said) + "."


def effect_rows(effect: ConveningEffect) -> list[Row]:
    """One row a convening between two waves, latest first."""
    return [
        {
            "Convening": one.title,
            "Held": one.date,
            "Waves": f"{one.before} to {one.after}",
            "People": format_value(one.people, Unit.COUNT),
            "Pairs": _told(one.together, lambda counts: counts.pairs, Unit.COUNT),
            "Tied before": _told(one.together, lambda counts: counts.share_before, Unit.SHARE),
            "Tied after": _told(one.together, lambda counts: counts.share_after, Unit.SHARE),
            "Newly tied": _told(one.together, lambda counts: counts.became_tied, Unit.COUNT),
        }
        for one in reversed(effect.convenings)
    ]


def _told(counts: PairCounts | TooFew, figure: Callable[[PairCounts], float | None], unit: Unit) -> str:
    return format_value(counts if isinstance(counts, TooFew) else figure(counts), unit)
