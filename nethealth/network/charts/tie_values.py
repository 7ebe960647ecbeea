"""How people rate their connections (strength, trust, frequency): overall, within a category, and across."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from nethealth.network.analysis.tie_values import STRENGTH, Answers, TieValueSummary
from nethealth.presentation import palette
from nethealth.presentation.chart_labels import LINE, PHONE, ChartBuilder, chart_text, figure_in_pixels, write_lines
from nethealth.presentation.chart_style import apply_chart_style
from nethealth.presentation.formatting import (
    LONGEST_MEASURE,
    format_value,
    pluralize,
    single_line,
    tie_value_name,
    unique_headers,
)
from nethealth.presentation.metric_card import Card
from nethealth.presentation.stacked_bars import BarSegment, draw_segments
from nethealth.presentation.table import Format, Table
from nethealth.privacy.suppression import TooFew

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

BAR, GAP = 22, 14
NUMBER_FROM = 0.09
"""Share of the bar from which a segment has room for its number."""
SHADES = (1, 2, 3, 6, 8)
"""Steps of the palette's sequence on which numbers are readable in both themes."""
LIGHT_TEXT_FROM = 6
SAME_WITHIN = 0.0375
"""Averages that differ by less than this share of the scale count as the same: 0.15 on a scale from 1 to 5."""
LONGEST_END = 20
"""Characters for each end of the scale: both fit on one line of a phone."""


def strength_last(summaries: Sequence[TieValueSummary]) -> list[TieValueSummary]:
    """Return the summaries with strength last, so that the heading is about trust or another rating."""
    return sorted(summaries, key=lambda summary: summary.name == STRENGTH)


def tie_values_title(summaries: Sequence[TieValueSummary]) -> str:
    """Return how the first comparable rating differs within and across categories, as a heading."""
    ordered = strength_last(summaries)
    for each in ordered:
        if isinstance(each.within, Answers) and isinstance(each.across, Answers):
            name, column = single_line(each.name), single_line(each.column or "", longest=60)
            within, across = each.within.mean, each.across.mean
            if abs(within - across) <= SAME_WITHIN * each.span:
                return f"{name} is about the same within and across {column}: {_mean(each.within)} on average"
            direction = "higher" if within > across else "lower"
            return (
                f"{name} is {direction} between people with the same {column} ({_mean(each.within)}) than between "
                f"others ({_mean(each.across)})"
            )
    means = [
        f"{tie_value_name(summary.name)} {_mean(summary.overall)}"
        for summary in ordered
        if isinstance(summary.overall, Answers)
    ]
    if not means:
        return "Too few people have rated their connections to show this"
    return f"Average ratings of connections: {', '.join(means)}"


def average_cards(summaries: Sequence[TieValueSummary]) -> list[Card]:
    """Return the average of each rating over all ties, for viewers."""
    cards = []
    for summary in summaries:
        name, overall = single_line(summary.name, longest=LONGEST_MEASURE), summary.overall
        if isinstance(overall, TooFew):
            cards.append(Card(name, "hidden", f"{overall} people answered"))
        else:
            low, high = summary.end_labels
            scale = f", on a scale from {low} to {high}" if low else ""
            cards.append(Card(name, _mean(overall), f"average of {pluralize(overall.answers, 'answer')}{scale}"))
    return cards


def tie_values_chart(summaries: Sequence[TieValueSummary]) -> Figure:
    """Return bars for all ties, ties within a category, and ties across, each divided by answer.

    One block per rating. Hidden answers say so in place of their bar.
    """
    drawing = ChartBuilder()
    segments: list[BarSegment] = []
    y: float = 0
    for summary in summaries:
        name, ends = chart_text(summary.name), _scale_ends(summary)
        write_lines(drawing, [name], y=y, size=15, color=palette.ACCENT_TEXT)
        # Next to each other only if a phone has room for both.
        y += LINE if len(name) + len(ends) > PHONE else 0
        write_lines(drawing, [ends], y=y + 1, x=1, size=13, color=palette.MUTED)
        y += LINE + 8
        for label, answers in _parts(summary):
            note = _hidden(answers) if isinstance(answers, TooFew) else _note(answers)
            write_lines(drawing, [chart_text(label, longest=PHONE // 2 + 4)], y=y, size=13)
            if isinstance(answers, TooFew):
                write_lines(drawing, [note], y=y + LINE, size=13, color=palette.MUTED)
                y += 2 * LINE + GAP
                continue
            write_lines(drawing, [note], y=y, x=1, size=13, color=palette.MUTED)
            y += LINE + 4
            start = 0.0
            for (level, count), shade in zip(answers.counts.items(), _shades(len(answers.counts)), strict=True):
                share = count / answers.answers
                segments.append(
                    BarSegment(
                        start=start,
                        length=share,
                        y=y + BAR / 2,
                        fill=palette.SEQUENCE[shade],
                        ink=palette.PAPER if shade >= LIGHT_TEXT_FROM else palette.INK,
                        text=f"{share:.0%}" if share >= NUMBER_FROM else "",
                        hover=f"{chart_text(level)}: {count} of {answers.answers}",
                    )
                )
                start += share
            y += BAR + GAP
        y += GAP
    draw_segments(drawing, segments, thickness=BAR)
    figure = figure_in_pixels(drawing, height=y, columns=(0, 1))
    return apply_chart_style(figure, height=round(y) + 16)


def _parts(summary: TieValueSummary) -> list[tuple[str, Answers | TooFew]]:
    column = single_line(summary.column or "", longest=24)
    parts = (
        ("All connections", summary.overall),
        (f"Same {column}", summary.within),
        (f"Different {column}", summary.across),
    )
    return [(label, answers) for label, answers in parts if answers is not None]


def _mean(answers: Answers) -> str:
    return f"{answers.mean:,.1f}" if abs(answers.mean) >= 1 else f"{answers.mean:,.2f}"


def _scale_ends(summary: TieValueSummary) -> str:
    if isinstance(summary.overall, TooFew):
        return ""
    low, high = (chart_text(end, longest=LONGEST_END) for end in summary.end_labels)
    return f"{low} (left) to {high} (right)"


def _note(answers: Answers) -> str:
    return f"{_mean(answers)} on average · {pluralize(answers.answers, 'answer')}"


def _hidden(withheld: TooFew) -> str:
    """Many may have answered here, and few elsewhere could be worked out: so it does not say that these were few."""
    return f"hidden: it could reveal {withheld} people"


def _shades(levels: int) -> list[int]:
    """Return a step of the palette's sequence for each level, lighter to darker."""
    if levels == 1:
        return [SHADES[2]]
    return [SHADES[round(place * (len(SHADES) - 1) / (levels - 1))] for place in range(levels)]


def tie_values_alt(summaries: Sequence[TieValueSummary]) -> str:
    """Return the chart as text for screen readers."""
    sentences = []
    for summary in summaries:
        parts = []
        for label, answers in _parts(summary):
            if isinstance(answers, TooFew):
                parts.append(f"{label.lower()} {_hidden(answers)}")
            else:
                levels = ", ".join(f"{level}: {count}" for level, count in answers.counts.items())
                parts.append(f"{label.lower()} {_mean(answers)} on average ({levels})")
        sentences.append(f"{single_line(summary.name)}: {'; '.join(parts)}.")
    return " ".join(sentences)


def category_table(summaries: Sequence[TieValueSummary]) -> Table:
    """Return one row per category: the average of each rating among ties within it."""
    categories = dict.fromkeys(category for summary in summaries for category in summary.by_value)
    first = f"Within the same {single_line(summaries[0].column or '', longest=40)}"
    names = {summary.name: single_line(summary.name, longest=LONGEST_MEASURE) for summary in summaries}
    headers = unique_headers(names, taken=(first,))
    rows = []
    for category in categories:
        row: dict[str, object] = {first: category}
        for summary in summaries:
            answers = summary.by_value.get(category)
            row[headers[summary.name]] = _mean(answers) if isinstance(answers, Answers) else format_value(answers)
        rows.append(row)
    return Table.of({first: Format.TEXT, **dict.fromkeys(headers.values(), Format.NUMBER)}, rows)
