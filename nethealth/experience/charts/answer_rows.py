"""How people answered, as rows that fit any width: a question, its bar in pieces, the survey before beneath it.

A question is as long as whoever wrote it liked. These rows are therefore written for the page to lay out, where words
wrap, and not drawn as charts; their look stands in the page's style sheet under `nh-asked`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from nethealth.experience import QuestionResults, summarize_experience, up_to
from nethealth.experience.charts.questions import (
    FRAMEWORK,
    MAX_OPTIONS,
    QuestionRow,
    by_change,
    by_scale,
    counts_of,
    distribution_text,
    further_options,
    option_text,
    with_choices,
)
from nethealth.metric import Unit
from nethealth.presentation import palette
from nethealth.presentation.formatting import escape_html, format_value, pluralize
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.records import QuestionKind, Workbook
from nethealth.workbook.schema.vocabulary import Scale

MIN_LABEL_WIDTH = 0.09
"""A piece of a bar narrower than this share of the chart holds no number on a phone."""
LONGEST_QUESTION, LONGEST_OPTION = 400, 160
MAX_LEGEND_ENTRIES = 7
"""A scale of more points has its two ends named alone."""
MIN_EXTENT = 0.05


def scale_rows(workbook: Workbook, *, wave: str | None) -> tuple[tuple[tuple[QuestionRow, ...], str], ...]:
    """For each scale of a survey, its questions as `by_change` orders them, and their rows."""
    waves = up_to(summarize_experience(workbook), wave)
    sorted_ones = [by_change(questions, waves) for questions in by_scale(waves[-1].questions)]
    return tuple((asked, answer_rows(asked)) for asked in sorted_ones)


def row_id(question: str) -> str:
    """The id of a question's row on the page, by its whole header."""
    return f"asked-{hashlib.sha256(question.encode(errors='surrogatepass')).hexdigest()[:16]}"


def survey_choice_rows(workbook: Workbook, *, wave: str | None) -> str:
    """The rows of a survey's closed questions without a scale; empty where it asked none."""
    return choice_rows(with_choices(up_to(summarize_experience(workbook), wave)[-1].questions))


# Answers on a scale.


def answer_rows(asked: Sequence[QuestionRow]) -> str:
    """Diverging bars of all questions of one scale: what leans low lies left of the line, what leans high right of it.

    A bar's pieces are shares of those who answered, as they answered. The survey before is a thin bar beneath. What is
    held back says so in place of its bar. `asked` are of one scale.
    """
    scale = next(each.figures.scale for each in asked if each.figures.scale is not None)
    labels = list(dict.fromkeys(label for _, label in scale.points))
    drawn = [figures for each in asked for figures in (each.figures, _before(each)) if figures and counts_of(figures)]
    starts = [_left_end(figures, labels) for figures in drawn]
    reach = (min([*starts, -MIN_EXTENT]), max([*(start + 1 for start in starts), MIN_EXTENT]))
    rows: list[str] = []
    is_sorted = any(each.difference for each in asked)
    has_outcomes = any(each.figures.outcome in FRAMEWORK for each in asked)
    told: str | None = None
    for each in asked:
        outcome = each.figures.outcome if each.figures.outcome in FRAMEWORK else None
        heading = outcome or ("Further questions" if has_outcomes else None)
        rows.append(_row(each, labels, scale, heading=heading if heading != told else None, reach=reach))
        told = None if is_sorted else heading
    colors = "".join(_color(place, color) for place, color in enumerate(colors_of(len(labels))))
    return f'<div class="nh-asked" style="{colors}">{_legend(labels)}{"".join(rows)}</div>'


def _before(asked: QuestionRow) -> QuestionResults | None:
    return asked.change.before if asked.change is not None else None


def _row(
    asked: QuestionRow, labels: Sequence[str], scale: Scale, *, heading: str | None, reach: tuple[float, float]
) -> str:
    question, before = asked.figures, _before(asked)
    outcome = f'<p class="nh-outcome">{escape_html(heading, longest=80)}</p>' if heading else ""
    moved = f"<small>{escape_html(asked.moved)}</small>" if asked.moved else ""
    article = f'<article id="{row_id(question.question)}">'
    words = f"{outcome}<p>{escape_html(question.words, longest=LONGEST_QUESTION)}</p>{moved}"
    note = pluralize(question.n, "answer")
    if isinstance(question.distribution, TooFew):
        few = f"<small>{escape_html(question.distribution)} answered: held back</small>"
        return f"{article}<div>{words}</div>{few}</article>"
    bars = _bar(question, labels, scale, reach=reach)
    if before is not None and counts_of(before):
        bars += _bar(before, labels, scale, reach=reach, is_before=True)
        since = (asked.change.since if asked.change else None) or "before"
        note += f"; {escape_html(since, longest=40)}, the thin bar: {before.n:,}"
    if question.reverse:
        note += " · worded in reverse"
    zero = -reach[0] / (reach[1] - reach[0])
    alt = escape_html(distribution_text([asked]))
    return (
        f'{article}<div>{words}</div><div><div class="nh-bars" role="img" aria-label="{alt}" '
        f'style="--zero:{zero:.2%}">{bars}</div><small>{note}</small></div></article>'
    )


def _bar(
    question: QuestionResults,
    labels: Sequence[str],
    scale: Scale,
    *,
    reach: tuple[float, float],
    is_before: bool = False,
) -> str:
    whole = reach[1] - reach[0]
    counts = counts_of(question)
    pieces = []
    for place, label in enumerate(labels):
        count = counts.get(label, 0)
        if not count:
            continue
        share = count / question.n
        inside = "" if is_before else _inside(label, share, share / whole, scale)
        tip = f"{escape_html(label, longest=60)}: {count} of {question.n}"
        colors = f"background:var(--s{place});color:var(--t{place})"
        pieces.append(f'<span title="{tip}" style="width:{share / whole:.2%};{colors}">{escape_html(inside)}</span>')
    start = (_left_end(question, labels) - reach[0]) / whole
    kind = "nh-bar nh-before" if is_before else "nh-bar"
    return f'<div class="{kind}"><i style="width:{start:.2%}"></i>{"".join(pieces)}</div>'


def _inside(label: str, share: float, width: float, scale: Scale) -> str:
    """What stands inside a piece `width` of the chart wide: its share, after the answer if that is a number."""
    if width < MIN_LABEL_WIDTH:
        return ""
    is_number = all(len(words) < 3 for _, words in scale.points)
    return f"{label}: {share:.0%}" if is_number and width >= 1.5 * MIN_LABEL_WIDTH else f"{share:.0%}"


def _left_end(question: QuestionResults, labels: Sequence[str]) -> float:
    """Where a bar begins, so that its lower half ends at 0; the middle answer of an odd scale straddles it."""
    counts = [counts_of(question).get(label, 0) for label in labels]
    half = len(labels) // 2
    low = sum(counts[:half]) + (counts[half] / 2 if len(labels) % 2 else 0)
    return -low / question.n


def _legend(labels: Sequence[str]) -> str:
    if len(labels) <= MAX_LEGEND_ENTRIES:
        named = "".join(
            f'<li><i style="color:var(--s{place})">■</i>{escape_html(label, longest=60)}</li>'
            for place, label in enumerate(labels)
        )
        return f'<ul class="nh-legend" aria-hidden="true">{named}</ul>'
    low, high = (escape_html(label, longest=30) for label in (labels[0], labels[-1]))
    return f'<p class="nh-ends" aria-hidden="true"><span>◀ {low}</span><span>{high} ▶</span></p>'


def colors_of(points: int) -> list[str]:
    """A colour for each point of a scale: one hue to the middle, another from there, as strong at both ends."""
    half = points // 2
    last = len(palette.DIVERGING) // 2 - 1
    steps = [round(place * last / (half - 1 if half > last else max(half, 1))) for place in range(half)]
    low = [palette.DIVERGING[step] for step in steps]
    high = [palette.DIVERGING[len(palette.DIVERGING) - 1 - step] for step in reversed(steps)]
    return [*low, *([palette.GRID] if points % 2 else []), *high]


BLACK = "#000000"
"""Alone read on shades of middling strength: on those next to the ends, in the dark theme on those after them."""
_ENDS, _NEXT, _THIRD = ((palette.DIVERGING[place], palette.DIVERGING[-1 - place]) for place in range(3))


def text_colors(color: str) -> tuple[str, str]:
    """The colour of text on a shade of `colors_of`: on the light page, and on its sibling on the dark one."""
    light = palette.PAPER if color in _ENDS else BLACK if color in _NEXT else palette.INK
    if color in _THIRD:
        return light, BLACK
    return light, palette.to_dark(palette.PAPER if color in (*_ENDS, *_NEXT) else palette.INK)


def _color(place: int, color: str) -> str:
    light, dark = text_colors(color)
    return f"--s{place}:{_light_dark(color)};--t{place}:light-dark({light},{dark});"


def _light_dark(color: str) -> str:
    return f"light-dark({color},{palette.to_dark(color)})"


# Answers among options.


def choice_rows(questions: Iterable[QuestionResults]) -> str:
    """Each closed question without a scale: an option a row, its bar, and the number of people who chose it.

    The first `MAX_OPTIONS` options of each; questions answered by a number say their average alone.
    """
    shown = "".join(
        f'<section id="{row_id(each.question)}">{_question(each)}{_options(each)}</section>' for each in questions
    )
    return f'<div class="nh-chosen">{shown}</div>' if shown else ""


def _question(question: QuestionResults) -> str:
    words = escape_html(question.words, longest=LONGEST_QUESTION)
    return f"<p>{words} <small>{pluralize(question.n, 'answer')}</small></p>"


def _options(question: QuestionResults) -> str:
    if isinstance(question.distribution, TooFew):
        return f"<small>{escape_html(question.distribution)} answered: held back</small>"
    if question.kind is QuestionKind.NUMBER:
        return f"<small>On average {escape_html(format_value(question.mean, Unit.NUMBER))}</small>"
    options = list(question.distribution.items())[:MAX_OPTIONS]
    most = max([count for _, count in options], default=1) or 1
    rows = (
        f"<li><span>{escape_html(option_text(option, question), longest=LONGEST_OPTION)}</span>"
        f'<i aria-hidden="true"><u style="width:{count / most:.2%}"></u></i><em>{count:,}</em></li>'
        for option, count in options
    )
    further = further_options(question)
    return f"<ul>{''.join(rows)}</ul>{f'<small>{further}</small>' if further else ''}"
