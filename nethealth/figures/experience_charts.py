"""Charts of how people answered each question of a survey, beside the survey before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nethealth.definitions import Unit
from nethealth.experience import (
    Difference,
    QuestionChange,
    QuestionFigures,
    WaveExperience,
    question_change,
    summarize_experience,
    up_to,
)
from nethealth.figures import palette
from nethealth.figures.chart_labels import LINE, PHONE, Drawing, chart_text, in_pixels, listed, wrapped, write
from nethealth.figures.chart_style import styled
from nethealth.figures.experience_cards import points_in_words, question_moved
from nethealth.figures.wording import counted, formatted, plain
from nethealth.privacy import Withheld
from nethealth.workbook.records import QuestionKind, Workbook
from nethealth.workbook.vocabulary import OUTCOMES, Scale

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

BAR = 24
BEFORE = 10
"""The bar of the survey before: thin, beneath."""
GAP = 20
ROOM_FOR_A_NUMBER = 0.1
"""A piece of a bar narrower than this share holds no number on a phone."""
MOST_OPTIONS = 12
_FRAMEWORK = frozenset(outcome for outcomes in OUTCOMES.values() for outcome in outcomes)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a survey, with how it moved since the one before; `change` None: it was not asked before."""

    figures: QuestionFigures
    change: QuestionChange | None = None

    @property
    def difference(self) -> Difference | None:
        """How the share in the two highest moved; None where that is not known."""
        return self.change.difference if self.change else None

    @property
    def moved(self) -> str | None:
        """The same as a sentence."""
        return question_moved(self.change, reverse=self.figures.reverse)


def by_scale(questions: Sequence[QuestionFigures]) -> list[tuple[QuestionFigures, ...]]:
    """The questions answered on a scale, those of one scale together, the commonest scale first."""
    found: dict[tuple[tuple[float, str], ...], list[QuestionFigures]] = {}
    for question in questions:
        if question.scale is not None and question.n:
            found.setdefault(question.scale.points, []).append(question)
    return [tuple(group) for group in sorted(found.values(), key=len, reverse=True)]


def with_choices(questions: Sequence[QuestionFigures]) -> tuple[QuestionFigures, ...]:
    """The closed questions without a scale that somebody answered."""
    return tuple(question for question in questions if question.scale is None and question.n)


def by_movement(questions: Sequence[QuestionFigures], waves: Sequence[WaveExperience]) -> tuple[Asked, ...]:
    """The questions with how each moved: what clearly moved first, the furthest first, then what did not.

    In a first survey they keep the order of their outcomes.
    """
    asked = [Asked(each, question_change(each, waves)) for each in questions]
    if not any(each.difference for each in asked):
        framework = [outcome for outcomes in OUTCOMES.values() for outcome in outcomes]
        places = {outcome: place for place, outcome in enumerate(framework)}
        return tuple(sorted(asked, key=lambda each: places.get(each.figures.outcome or "", len(places))))
    return tuple(sorted(asked, key=_movement))


def _movement(asked: Asked) -> tuple[bool, bool, float]:
    moved = asked.difference
    return moved is None, moved is not None and not moved.is_clear, -abs(moved.value) if moved else 0.0


def distribution_heading(asked: Sequence[Asked]) -> str:
    """What stands out in the answers on one scale, as a sentence; it quotes a question as typed."""
    moved = [each for each in asked if each.difference is not None]
    clear = next((each for each in moved if each.difference and each.difference.is_clear), None)
    if clear is not None and clear.difference is not None and len(asked) > 1:
        points = points_in_words(clear.difference.value)
        who = "who disagree: " if clear.figures.reverse else ""
        return f"Moved most: “{plain(clear.figures.question, longest=110)}” ({who}{points})"
    shown = [each.figures for each in asked if isinstance(each.figures.top_two, float) and not each.figures.reverse]
    if not shown:
        return "How people answered"
    top = max(shown, key=lambda question: question.top_two if isinstance(question.top_two, float) else -1)
    if len(shown) == 1:
        highest = " or ".join(chart_label for _, chart_label in top.scale.points[-2:]) if top.scale else "the highest"
        return f"{formatted(top.top_two, Unit.SHARE)} answered {plain(highest, longest=60)}"
    return f"Most agreed on: “{plain(top.question, longest=110)}” ({formatted(top.top_two, Unit.SHARE)})"


def movement_in_words(asked: Sequence[Asked]) -> str | None:
    """Whether anything moved since the survey before, as a sentence; None where nothing can be compared."""
    moved = [each.difference for each in asked if each.difference is not None]
    if not moved:
        return None
    clear = sum(difference.is_clear for difference in moved)
    if not clear:
        return "Nothing moved by more than chance would since the survey before: it is too early to tell."
    first = "it comes first" if clear == 1 else "they come first"
    rest = "" if clear == len(moved) else " For the others it is too early to tell."
    # At 95 in 100, one question in twenty is beyond its interval though nothing moved.
    by_chance = round(len(moved) / 20)
    alone = f" Of so many, about {by_chance} would seem to by chance alone." if by_chance else ""
    return (
        f"{counted(clear, 'question')} of {len(moved)} moved by more than chance would since the survey before; "
        f"{first}.{alone}{rest}"
    )


def choice_heading(questions: Sequence[QuestionFigures]) -> str:
    """What was chosen most in the first question with options, as a sentence; it quotes the options as typed."""
    for question in questions:
        counts = {option: n for option, n in _counts(question).items() if option != question.pooled}
        if question.kind is QuestionKind.NUMBER or not counts:
            continue
        most = max(counts.values())
        named = [f"“{plain(option, longest=60)}”" for option, n in counts.items() if n == most]
        if len(named) < len(counts) and len(named) < 3:
            return f"{listed(named)} {'is' if len(named) == 1 else 'are'} chosen most: {most} of {question.n}"
    return "What people chose"


def distribution_in_words(asked: Sequence[Asked]) -> str:
    """The same for those who do not see the chart: for each question how many answered, how, and how it moved."""
    return " ".join(_in_words(each) for each in asked)


def _in_words(asked: Asked) -> str:
    question = asked.figures
    title = f"“{plain(question.question, longest=120)}”"
    if isinstance(question.distribution, Withheld):
        return f"{title}: {question.distribution} answered, held back."
    said = [f"{_option(answer, question)} {count}" for answer, count in question.distribution.items() if count]
    told = ", ".join([*said[:MOST_OPTIONS], *filter(None, [_further(question)])])
    moved = f" {asked.moved}." if asked.moved else ""
    return f"{title}, {counted(question.n, 'answer')}: {told}.{moved}"


def scale_charts(workbook: Workbook, *, wave: str | None) -> tuple[tuple[tuple[Asked, ...], Figure], ...]:
    """For each scale of a survey, its questions as `by_movement` orders them, and their chart."""
    waves = up_to(summarize_experience(workbook), wave)
    sorted_ones = [by_movement(questions, waves) for questions in by_scale(waves[-1].questions)]
    return tuple((asked, answer_distribution(asked)) for asked in sorted_ones)


def choice_figure(workbook: Workbook, *, wave: str | None) -> Figure | None:
    """The chart of a survey's closed questions without a scale; None where it asked none."""
    choices = with_choices(up_to(summarize_experience(workbook), wave)[-1].questions)
    return choice_distribution(choices) if choices else None


def answer_distribution(asked: Sequence[Asked]) -> Figure:
    """Diverging bars of all questions of one scale: what leans low lies left of the line, what leans high right of it.

    Each question stands above its bar; a bar's pieces are shares of those who answered it, as they answered. The survey
    before is a thin bar beneath. What is held back says so in place of its bar. `asked` are of one scale.
    """
    scale = next(each.figures.scale for each in asked if each.figures.scale is not None)
    drawing = Drawing()
    write(drawing, [f"◀ {chart_text(scale.points[0][1], longest=20)}"], y=0, size=13, color=palette.LEANINGS[0])
    top = f"{chart_text(scale.points[-1][1], longest=20)} ▶"
    write(drawing, [top], y=0, x=1, size=13, color=palette.LEANINGS[1])
    y: float = LINE + GAP
    rows: list[_Row] = []
    is_sorted = any(each.difference for each in asked)
    told: str | None = None
    for each in asked:
        question = each.figures
        outcome = question.outcome if question.outcome in _FRAMEWORK else None
        heading = outcome or ("Further questions" if any(one.figures.outcome in _FRAMEWORK for one in asked) else None)
        y = _headed(drawing, question, heading=heading if heading != told else None, y=y, moved=each.moved)
        told = None if is_sorted else heading
        if isinstance(question.distribution, Withheld):
            write(drawing, [f"{question.distribution} answered: held back"], y=y, size=13, color=palette.MUTED)
            y += LINE + GAP
            continue
        rows.append(_Row(question, y + BAR / 2, BAR))
        y += BAR
        before = each.change.before if each.change else None
        if each.change is not None and before is not None and not isinstance(before.distribution, Withheld):
            rows.append(_Row(before, y + 4 + BEFORE / 2, BEFORE))
            note = f"{each.change.since or 'before'}: {counted(before.n, 'answer')}"
            write(drawing, [chart_text(note)], y=y + 8 + BEFORE, x=1, size=12, color=palette.MUTED)
            y += BEFORE + LINE + 8
        y += GAP
    columns = _draw(drawing, rows, scale)
    figure = in_pixels(drawing, height=y, columns=columns)
    return styled(figure, height=round(y) + 16)


@dataclass(frozen=True, slots=True)
class _Row:
    """A bar: whose answers, where its middle lies, and how thick it is."""

    figures: QuestionFigures
    y: float
    thick: float


def _draw(drawing: Drawing, rows: Sequence[_Row], scale: Scale) -> tuple[float, float]:
    """One trace for each point of the scale; returns how far the bars reach left and right of the line."""
    from plotly.graph_objects import Bar

    labels = list(dict.fromkeys(label for _, label in scale.points))
    starts = [_left_end(row.figures, labels) for row in rows]
    ends = [start + 1 for start in starts]
    columns = (min([*starts, -0.05]), max([*ends, 0.05]))
    for label, colour in zip(labels, _colours(len(labels)), strict=True):
        counts = [_counts(row.figures).get(label, 0) for row in rows]
        shares = [count / row.figures.n for count, row in zip(counts, rows, strict=True)]
        drawing.add_trace(
            Bar(
                orientation="h",
                name=chart_text(label),
                x=shares,
                y=[row.y for row in rows],
                base=starts,
                width=[row.thick for row in rows],
                marker={"color": colour, "line": {"width": 0}},
                text=[
                    _inside(label, share, share / (columns[1] - columns[0]), scale) if row.thick == BAR else ""
                    for share, row in zip(shares, rows, strict=True)
                ],
                textposition="inside",
                insidetextanchor="middle",
                textangle=0,
                constraintext="none",
                insidetextfont={"size": 12, "color": palette.PAPER if colour in _STRONG else palette.INK},
                hoverinfo="text",
                hovertext=[
                    f"{chart_text(label)}: {count} of {row.figures.n}" for count, row in zip(counts, rows, strict=True)
                ],
            )
        )
        starts = [start + share for start, share in zip(starts, shares, strict=True)]
    line = {"color": palette.MUTED, "width": 1}
    for row in rows:
        reach = row.thick / 2 + 4
        drawing.add_shape(type="line", x0=0, x1=0, y0=row.y - reach, y1=row.y + reach, line=line, layer="below")
    return columns


def _inside(label: str, share: float, width: float, scale: Scale) -> str:
    """What stands inside a piece `width` of the chart wide: its share, after the answer if that is a number."""
    if width < ROOM_FOR_A_NUMBER:
        return ""
    is_number = all(len(words) < 3 for _, words in scale.points)
    return f"{label}: {share:.0%}" if is_number and width >= 1.5 * ROOM_FOR_A_NUMBER else f"{share:.0%}"


def choice_distribution(questions: Sequence[QuestionFigures]) -> Figure:
    """Bars of the closed questions without a scale: each option above its bar, with the number of people who chose it.

    The first `MOST_OPTIONS` options of each question; questions answered by a number say their average alone.
    """
    from plotly.graph_objects import Bar

    drawing = Drawing()
    y: float = 0
    places: list[float] = []
    counts: list[int] = []
    for question in questions:
        y = _headed(drawing, question, heading=None, y=y)
        if isinstance(question.distribution, Withheld):
            write(drawing, [f"{question.distribution} answered: held back"], y=y, size=13, color=palette.MUTED)
            y += LINE + GAP
            continue
        if question.kind is QuestionKind.NUMBER:
            write(drawing, [f"On average {formatted(question.mean)}"], y=y, size=13, color=palette.MUTED)
            y += LINE + GAP
            continue
        for option, count in list(question.distribution.items())[:MOST_OPTIONS]:
            words = chart_text(_option(option, question), longest=PHONE - 6)
            write(drawing, [words], y=y, size=13, color=palette.MUTED)
            write(drawing, [str(count)], y=y, x=1, size=13, color=palette.MUTED)
            places.append(y + LINE + 5)
            counts.append(count)
            y += LINE + 18
        if further := _further(question):
            write(drawing, [further], y=y, size=13, color=palette.MUTED)
            y += LINE
        y += GAP
    drawing.add_trace(
        Bar(
            orientation="h",
            x=counts,
            y=places,
            width=[8] * len(places),
            marker={"color": palette.GROUPS[0], "line": {"width": 0}},
            hoverinfo="skip",
        )
    )
    figure = in_pixels(drawing, height=y, columns=(0, max([*counts, 1])))
    return styled(figure, height=round(y) + 16)


def _further(question: QuestionFigures) -> str:
    """How many options are not told of one by one; empty where all are."""
    left = sum(1 for count in _counts(question).values() if count) - MOST_OPTIONS
    return f"and {counted(left, 'more answer')} in the download" if left > 0 else ""


def _option(option: str, question: QuestionFigures) -> str:
    """An option's words; the pooled ones say what they are."""
    return f"Answers of {option.removesuffix(' people')} people each" if option == question.pooled else option


def _headed(
    drawing: Drawing, question: QuestionFigures, *, heading: str | None, y: float, moved: str | None = None
) -> float:
    """Write a question above its bar, beneath its outcome and above how it moved; returns where the bar begins."""
    if heading is not None:
        write(drawing, [chart_text(heading, longest=60)], y=y, size=13, color=palette.ACCENT_TEXT)
        y += LINE + 2
    note = counted(question.n, "answer") + (" · worded in reverse" if question.reverse else "")
    lines = wrapped(question.question, width=PHONE)
    write(drawing, lines, y=y)
    # The note stands at the right end of the last line, or below it where a phone would have no room for both.
    fits = len(lines[-1]) + len(note) < PHONE - 3
    last = len(lines) - (1 if fits else 0)
    write(drawing, [note], y=y + LINE * last + 1, x=1, size=12, color=palette.MUTED)
    y += LINE * (last + 1)
    if moved is not None:
        words = wrapped(moved, width=PHONE)
        write(drawing, words, y=y, size=13, color=palette.MUTED)
        y += LINE * len(words)
    return y + 6


def _counts(question: QuestionFigures) -> Mapping[str, int]:
    return {} if isinstance(question.distribution, Withheld) else question.distribution


def _left_end(question: QuestionFigures, labels: Sequence[str]) -> float:
    """Where a bar begins, so that its lower half ends at 0; the middle answer of an odd scale straddles it."""
    counts = [_counts(question).get(label, 0) for label in labels]
    half = len(labels) // 2
    low = sum(counts[:half]) + (counts[half] / 2 if len(labels) % 2 else 0)
    return -low / question.n


def _colours(points: int) -> list[str]:
    """A colour for each point of a scale: one hue to the middle, another from there, as strong at both ends."""
    half = points // 2
    last = len(palette.DIVERGING) // 2 - 1
    steps = [round(place * last / (half - 1 if half > last else max(half, 1))) for place in range(half)]
    low = [palette.DIVERGING[step] for step in steps]
    high = [palette.DIVERGING[len(palette.DIVERGING) - 1 - step] for step in reversed(steps)]
    return [*low, *([palette.GRID] if points % 2 else []), *high]


_STRONG = frozenset((*palette.DIVERGING[:2], *palette.DIVERGING[-2:]))
"""Colours on which light text is read."""
