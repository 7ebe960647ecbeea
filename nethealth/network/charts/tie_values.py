"""What people say of their ties: how strong, how much trust, how often; for everybody, in groups and across."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from nethealth.network import Answers, TieValueSummary
from nethealth.network.analysis.tie_values import STRENGTH
from nethealth.presentation import palette
from nethealth.presentation.chart_labels import LINE, PHONE, LabelDrawing, chart_text, in_pixels, write
from nethealth.presentation.chart_style import apply_chart_style
from nethealth.presentation.formatting import (
    LONGEST_MEASURE,
    format_value,
    pluralize,
    single_line,
    tie_value_name,
    unique_headers,
)
from nethealth.presentation.stacked_bars import BarSegment, draw_segments
from nethealth.privacy.suppression import TooFew

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

BAR, GAP = 22, 14
ROOM_FOR_A_NUMBER = 0.09
SHADES = (1, 2, 3, 6, 8)
"""Steps of the palette's sequence on which figures can be read in both themes."""
LIGHT_TEXT_FROM = 6
NEARLY = 0.0375
"""Averages that differ by less than this share of all the levels are called about the same: 0.15 from 1 to 5."""
LONGEST_END = 20
"""Characters of either end of the levels: both stand on one line of a phone."""
Row = dict[str, object]


def as_told(qualities: Sequence[TieValueSummary]) -> list[TieValueSummary]:
    """The qualities in the order in which they are told: what the heading speaks of first."""
    return sorted(qualities, key=lambda one: one.name == STRENGTH)


def qualities_title(qualities: Sequence[TieValueSummary]) -> str:
    """How trust (or the first quality that is parted) differs within groups and across, as a heading."""
    preferred = as_told(qualities)
    for one in preferred:
        if isinstance(one.within, Answers) and isinstance(one.across, Answers):
            name = single_line(one.column or "", longest=60)
            within, across = one.within.mean, one.across.mean
            if abs(within - across) <= NEARLY * one.span:
                return (
                    f"{single_line(one.name)} is about the same within one {name} and across: "
                    f"{_mean(one.within)} on average"
                )
            parts = [f"within one {name} ({_mean(one.within)})", f"across ({_mean(one.across)})"]
            more, less = parts if within > across else reversed(parts)
            return f"{single_line(one.name)} is higher in ties {more} than in ties {less}"
    told = [one for one in preferred if isinstance(one.overall, Answers)]
    if not told:
        return "Too few people have said how their ties are to show it"
    means = [f"{tie_value_name(one.name)} {_mean(one.overall)}" for one in told if isinstance(one.overall, Answers)]
    return f"How ties are, on average: {', '.join(means)}"


def qualities_chart(qualities: Sequence[TieValueSummary]) -> Figure:
    """A bar for all ties, those within one value and those across, each parted by how many gave which answer.

    One block a quality. What is held back says so in place of its bar.
    """
    drawing = LabelDrawing()
    pieces: list[BarSegment] = []
    y: float = 0
    for quality in qualities:
        name, ends = chart_text(quality.name), _ends(quality)
        write(drawing, [name], y=y, size=15, color=palette.ACCENT_TEXT)
        # Beside each other only where a phone has room for both.
        y += LINE if len(name) + len(ends) > PHONE else 0
        write(drawing, [ends], y=y + 1, x=1, size=12, color=palette.MUTED)
        y += LINE + 8
        for words, held in _parts(quality):
            note = _held_back(held) if isinstance(held, TooFew) else _note(held)
            write(drawing, [chart_text(words, longest=PHONE // 2 + 4)], y=y, size=13)
            if isinstance(held, TooFew):
                write(drawing, [note], y=y + LINE, size=13, color=palette.MUTED)
                y += 2 * LINE + GAP
                continue
            write(drawing, [note], y=y, x=1, size=12, color=palette.MUTED)
            y += LINE + 4
            start = 0.0
            for (level, count), shade in zip(held.counts.items(), _shades(len(held.counts)), strict=True):
                share = count / held.answers
                pieces.append(
                    BarSegment(
                        start=start,
                        length=share,
                        y=y + BAR / 2,
                        fill=palette.SEQUENCE[shade],
                        ink=palette.PAPER if shade >= LIGHT_TEXT_FROM else palette.INK,
                        text=f"{share:.0%}" if share >= ROOM_FOR_A_NUMBER else "",
                        hover=f"{chart_text(level)}: {count} of {held.answers}",
                    )
                )
                start += share
            y += BAR + GAP
        y += GAP
    draw_segments(drawing, pieces, thickness=BAR)
    figure = in_pixels(drawing, height=y, columns=(0, 1))
    return apply_chart_style(figure, height=round(y) + 16)


def _parts(quality: TieValueSummary) -> list[tuple[str, Answers | TooFew]]:
    column = single_line(quality.column or "", longest=24)
    parts = (
        ("All ties", quality.overall),
        (f"Within one {column}", quality.within),
        (f"Across {column}", quality.across),
    )
    return [(words, held) for words, held in parts if held is not None]


def _mean(held: Answers) -> str:
    return f"{held.mean:,.1f}" if abs(held.mean) >= 1 else f"{held.mean:,.2f}"


def _ends(quality: TieValueSummary) -> str:
    if isinstance(quality.overall, TooFew):
        return ""
    low, high = (chart_text(end, longest=LONGEST_END) for end in quality.end_labels)
    return f"{low} (left) to {high} (right)"


def _note(held: Answers) -> str:
    return f"{_mean(held)} on average · {pluralize(held.answers, 'answer')}"


def _held_back(held: TooFew) -> str:
    """Perhaps many answered, and few others could be told from it: so it does not say that these were few."""
    return f"held back: it would tell of {held} people"


def _shades(levels: int) -> list[int]:
    """A step of the sequence for each level, lighter to darker."""
    if levels == 1:
        return [SHADES[2]]
    return [SHADES[round(place * (len(SHADES) - 1) / (levels - 1))] for place in range(levels)]


def qualities_text(qualities: Sequence[TieValueSummary]) -> str:
    """The same for those who do not see it."""
    said = []
    for quality in qualities:
        parts = []
        for words, held in _parts(quality):
            if isinstance(held, TooFew):
                parts.append(f"{words.lower()} {_held_back(held)}")
            else:
                levels = ", ".join(f"{level}: {count}" for level, count in held.counts.items())
                parts.append(f"{words.lower()} {_mean(held)} on average ({levels})")
        said.append(f"{single_line(quality.name)}: {'; '.join(parts)}.")
    return " ".join(said)


def quality_rows(qualities: Sequence[TieValueSummary]) -> list[Row]:
    """One row for each value of the attribute: the average of each quality among ties within it."""
    values = dict.fromkeys(value for quality in qualities for value in quality.by_value)
    first = f"Ties within one {single_line(qualities[0].column or '', longest=40)}"
    shown = {quality.name: single_line(quality.name, longest=LONGEST_MEASURE) for quality in qualities}
    headers = unique_headers(shown, taken=(first,))
    rows = []
    for value in values:
        row: Row = {first: value}
        for quality in qualities:
            held = quality.by_value.get(value)
            row[headers[quality.name]] = _mean(held) if isinstance(held, Answers) else format_value(held)
        rows.append(row)
    return rows
