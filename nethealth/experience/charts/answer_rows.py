"""Answers to each question as diverging stacked bars, with the survey before underneath.

Questions can be long, so the rows are HTML, whose text wraps, rather than charts. Their style is in the page's style
sheet under `nh-asked`.
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
from nethealth.experience.text import shared_since
from nethealth.metric import Unit
from nethealth.presentation import palette
from nethealth.presentation.formatting import escape_html, format_value, pluralize
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.records import QuestionKind, Workbook
from nethealth.workbook.schema.vocabulary import Scale

MIN_LABEL_WIDTH = 0.09
"""Narrower segments of a bar, as a share of the chart, have no room for a number on a phone."""
LONGEST_QUESTION, LONGEST_OPTION = 400, 160
MAX_LEGEND_ENTRIES = 7
"""For scales with more points the legend names only the two ends."""
MIN_EXTENT = 0.05


def scale_rows(workbook: Workbook, *, wave: str | None) -> tuple[tuple[tuple[QuestionRow, ...], str], ...]:
    """Return the questions of each scale of a survey, ordered by change, and their rows as HTML."""
    waves = up_to(summarize_experience(workbook), wave)
    groups = [by_change(questions, waves) for questions in by_scale(waves[-1].questions)]
    return tuple((rows, answer_rows(rows)) for rows in groups)


def row_id(question: str) -> str:
    """Return the HTML id of a question's row, from its full header."""
    return f"asked-{hashlib.sha256(question.encode(errors='surrogatepass')).hexdigest()[:16]}"


def survey_choice_rows(workbook: Workbook, *, wave: str | None) -> str:
    """Return the rows of a survey's closed questions without a scale; empty if it has none."""
    return choice_rows(with_choices(up_to(summarize_experience(workbook), wave)[-1].questions))


def answer_rows(rows: Sequence[QuestionRow]) -> str:
    """Return diverging bars of questions on one scale as HTML: low answers left of the line, high answers right of it.

    Segments are shares of the people who answered, as answered. The survey before is a thin bar underneath. A hidden
    question says so instead of a bar.
    """
    scale = next(row.results.scale for row in rows if row.results.scale is not None)
    labels = list(dict.fromkeys(label for _, label in scale.points))
    bars = [results for row in rows for results in (row.results, _before(row)) if results and counts_of(results)]
    starts = [_left_end(results, labels) for results in bars]
    extent = (min([*starts, -MIN_EXTENT]), max([*(start + 1 for start in starts), MIN_EXTENT]))
    articles: list[str] = []
    is_by_change = any(row.difference for row in rows)
    has_outcomes = any(row.results.outcome in FRAMEWORK for row in rows)
    last_heading: str | None = None
    since = shared_since(row.change for row in rows)
    for row in rows:
        outcome = row.results.outcome if row.results.outcome in FRAMEWORK else None
        heading = outcome or ("Other questions" if has_outcomes else None)
        articles.append(
            _article(
                row, labels, scale, heading=heading if heading != last_heading else None, extent=extent, since=since
            )
        )
        last_heading = None if is_by_change else heading
    colors = "".join(_color_variables(step, color) for step, color in enumerate(colors_of(len(labels))))
    return f'<div class="nh-asked" style="{colors}">{_legend(labels, since)}{"".join(articles)}</div>'


def _before(row: QuestionRow) -> QuestionResults | None:
    return row.change.before if row.change is not None else None


def _article(
    row: QuestionRow,
    labels: Sequence[str],
    scale: Scale,
    *,
    heading: str | None,
    extent: tuple[float, float],
    since: str | None,
) -> str:
    """Return one question; `since` names the earlier survey if the legend does so for all questions."""
    question, before = row.results, _before(row)
    outcome = f'<p class="nh-outcome">{escape_html(heading, longest=80)}</p>' if heading else ""
    change_text = row.change_text(with_since=since is None)
    change = f"<small>{escape_html(change_text)}</small>" if change_text else ""
    article = f'<article id="{row_id(question.question)}">'
    text = f"{outcome}<p>{escape_html(question.label, longest=LONGEST_QUESTION)}</p>{change}"
    note = pluralize(question.n, "answer")
    if isinstance(question.distribution, TooFew):
        return f"{article}<div>{text}</div>{_hidden(question.distribution)}</article>"
    bars = _bar(question, labels, scale, extent=extent)
    if before is not None and counts_of(before):
        bars += _bar(before, labels, scale, extent=extent, is_before=True)
        survey = None if since else (row.change.since if row.change else None)
        note += f", {before.n:,} before" + (f" (thin bar: {escape_html(survey, longest=40)})" if survey else "")
    if question.reverse:
        note += " · worded in reverse"
    zero = -extent[0] / (extent[1] - extent[0])
    alt = escape_html(distribution_text([row]))
    return (
        f'{article}<div>{text}</div><div><div class="nh-bars" role="img" aria-label="{alt}" '
        f'style="--zero:{zero:.2%}">{bars}</div><small>{note}</small></div></article>'
    )


def _hidden(reason: TooFew) -> str:
    return f"<small>Hidden ({escape_html(reason)} people answered)</small>"


def _bar(
    question: QuestionResults,
    labels: Sequence[str],
    scale: Scale,
    *,
    extent: tuple[float, float],
    is_before: bool = False,
) -> str:
    width = extent[1] - extent[0]
    counts = counts_of(question)
    segments = []
    for step, label in enumerate(labels):
        count = counts.get(label, 0)
        if not count:
            continue
        share = count / question.n
        text = "" if is_before else _segment_text(label, share, share / width, scale)
        tip = f"{escape_html(label, longest=60)}: {count} of {question.n}"
        colors = f"background:var(--s{step});color:var(--t{step})"
        segments.append(f'<span title="{tip}" style="width:{share / width:.2%};{colors}">{escape_html(text)}</span>')
    start = (_left_end(question, labels) - extent[0]) / width
    look = "nh-bar nh-before" if is_before else "nh-bar"
    return f'<div class="{look}"><i style="width:{start:.2%}"></i>{"".join(segments)}</div>'


def _segment_text(label: str, share: float, width: float, scale: Scale) -> str:
    """Return the text inside a segment that is `width` of the chart wide: its share, after the answer if a number."""
    if width < MIN_LABEL_WIDTH:
        return ""
    is_number = all(len(text) < 3 for _, text in scale.points)
    return f"{label}: {share:.0%}" if is_number and width >= 1.5 * MIN_LABEL_WIDTH else f"{share:.0%}"


def _left_end(question: QuestionResults, labels: Sequence[str]) -> float:
    """Return where a bar starts so that its lower half ends at 0; the middle answer of an odd scale is centered."""
    counts = [counts_of(question).get(label, 0) for label in labels]
    half = len(labels) // 2
    low = sum(counts[:half]) + (counts[half] / 2 if len(labels) % 2 else 0)
    return -low / question.n


def _legend(labels: Sequence[str], since: str | None) -> str:
    thin = f"Thin bar: {escape_html(since, longest=40)}" if since else ""
    if len(labels) <= MAX_LEGEND_ENTRIES:
        entries = "".join(
            f'<li><i style="color:var(--s{step})">■</i>{escape_html(label, longest=60)}</li>'
            for step, label in enumerate(labels)
        )
        entries += f"<li>{thin}</li>" if thin else ""
        return f'<ul class="nh-legend" aria-hidden="true">{entries}</ul>'
    low, high = (escape_html(label, longest=30) for label in (labels[0], labels[-1]))
    return f'<p class="nh-ends" aria-hidden="true"><span>◀ {low}</span><span>{thin}</span><span>{high} ▶</span></p>'


def colors_of(points: int) -> list[str]:
    """Return a color per point of a scale: one hue up to the middle, another after it, equally strong at both ends."""
    half = points // 2
    last = len(palette.DIVERGING) // 2 - 1
    steps = [round(step * last / (half - 1 if half > last else max(half, 1))) for step in range(half)]
    low = [palette.DIVERGING[step] for step in steps]
    high = [palette.DIVERGING[len(palette.DIVERGING) - 1 - step] for step in reversed(steps)]
    return [*low, *([palette.GRID] if points % 2 else []), *high]


BLACK = "#000000"
"""The only readable text color on mid-tones: next to the ends on the light page, one step further on the dark one."""
_ENDS, _NEXT, _THIRD = ((palette.DIVERGING[step], palette.DIVERGING[-1 - step]) for step in range(3))


def text_colors(color: str) -> tuple[str, str]:
    """Return the text colors on one of `colors_of`: on the light page, and on its sibling on the dark page."""
    light = palette.PAPER if color in _ENDS else BLACK if color in _NEXT else palette.INK
    if color in _THIRD:
        return light, BLACK
    return light, palette.to_dark(palette.PAPER if color in (*_ENDS, *_NEXT) else palette.INK)


def _color_variables(step: int, color: str) -> str:
    light, dark = text_colors(color)
    return f"--s{step}:light-dark({color},{palette.to_dark(color)});--t{step}:light-dark({light},{dark});"


def choice_rows(questions: Iterable[QuestionResults]) -> str:
    """Return each closed question without a scale as HTML: one row per option, with a bar and its number of people.

    Shows the first `MAX_OPTIONS` options; number questions show only their average.
    """
    sections = "".join(
        f'<section id="{row_id(each.question)}">{_question(each)}{_options(each)}</section>' for each in questions
    )
    return f'<div class="nh-chosen">{sections}</div>' if sections else ""


def _question(question: QuestionResults) -> str:
    text = escape_html(question.label, longest=LONGEST_QUESTION)
    return f"<p>{text} <small>{pluralize(question.n, 'answer')}</small></p>"


def _options(question: QuestionResults) -> str:
    if isinstance(question.distribution, TooFew):
        return _hidden(question.distribution)
    if question.kind is QuestionKind.NUMBER:
        return f"<small>Average: {escape_html(format_value(question.mean, Unit.NUMBER))}</small>"
    options = list(question.distribution.items())[:MAX_OPTIONS]
    most = max([count for _, count in options], default=1) or 1
    rows = (
        f"<li><span>{escape_html(option_text(option, question), longest=LONGEST_OPTION)}</span>"
        f'<i aria-hidden="true"><u style="width:{count / most:.2%}"></u></i><em>{count:,}</em></li>'
        for option, count in options
    )
    more = further_options(question)
    return f"<ul>{''.join(rows)}</ul>{f'<small>{more}</small>' if more else ''}"
