"""Charts of participant experience: outcome cards, and how people answered each question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from nethealth.definitions import Unit
from nethealth.experience import (
    HeldFigure,
    OutcomeFigures,
    QuestionFigures,
    WaveExperience,
    change_of,
    summarize_experience,
    up_to,
)
from nethealth.figures import palette
from nethealth.figures.chart_labels import LINE, PHONE, Drawing, chart_text, in_pixels, listed, wrapped, write
from nethealth.figures.chart_style import styled
from nethealth.figures.wording import counted, formatted, plain
from nethealth.privacy import Withheld
from nethealth.workbook.records import QuestionKind, Workbook
from nethealth.workbook.vocabulary import OUTCOMES, Level, Scale

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

BAR = 24
GAP = 20
ROOM_FOR_A_NUMBER = 0.1
"""A piece of a bar narrower than this share holds no number on a phone."""
MOST_OPTIONS = 12


def answered_cards(wave: WaveExperience) -> list[tuple[str, str, str | None]]:
    """Who answered, as cards (label, figure, note)."""
    asked = f"of {wave.asked:,} who were asked" if wave.asked else "nobody knows how many were asked"
    return [
        ("Answered", formatted(wave.responses, Unit.COUNT), "people in this survey"),
        ("Response rate", formatted(wave.response_rate, Unit.SHARE), asked),
    ]


def outcome_cards(waves: Sequence[WaveExperience], *, level: Level) -> list[tuple[str, str, str | None]]:
    """The three outcomes of a level as cards (label, figure, note), for the last of `waves`.

    The figure is the share of answers in the two highest; the note says how it moved since the wave before and how many
    answers stand behind it, or why there is no figure.
    """
    found = {each.outcome: each for each in waves[-1].outcomes} if waves else {}
    return [_card(name, found.get(name), waves) for name in OUTCOMES[level]]


def _card(name: str, outcome: OutcomeFigures | None, waves: Sequence[WaveExperience]) -> tuple[str, str, str | None]:
    if outcome is None:
        return name, formatted(None), "No question belongs to it yet"
    if not outcome.answers:
        return name, formatted(None), "Nobody answered its questions"
    if isinstance(outcome.top_two, Withheld):
        return name, str(outcome.top_two), "people answered: held back"
    share = formatted(outcome.top_two, Unit.SHARE)
    return name, share, " · ".join([_agreeing(outcome.scale), *_moved(name, waves), counted(outcome.answers, "answer")])


def _agreeing(scale: Scale | None) -> str:
    return "agree" if scale is not None and scale.points[-1][1] == "Strongly agree" else "in the two highest answers"


def _moved(name: str, waves: Sequence[WaveExperience]) -> Iterator[str]:
    change = change_of(name, waves)
    if change is not None and change.top_two is not None:
        points = round(change.top_two * 100)
        since = f"since {plain(change.since, longest=30)}" if change.since else "since the survey before"
        if points == 0:
            yield f"unchanged {since}"
        else:
            yield f"{'up' if points > 0 else 'down'} {counted(abs(points), 'point')} {since}"
    elif any(each.outcome == name and each.answers for wave in waves[:-1] for each in wave.outcomes):
        yield "not comparable with before"


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


def distribution_heading(questions: Sequence[QuestionFigures]) -> str:
    """What stands out in the answers on one scale, as a sentence; it quotes a question as typed."""
    shown = [question for question in questions if isinstance(question.top_two, float) and not question.reverse]
    if not shown:
        return "How people answered"
    top = max(shown, key=lambda question: question.top_two if isinstance(question.top_two, float) else -1)
    if len(shown) == 1:
        highest = " or ".join(chart_label for _, chart_label in top.scale.points[-2:]) if top.scale else "the highest"
        return f"{formatted(top.top_two, Unit.SHARE)} answered {plain(highest, longest=60)}"
    return f"Most agreed on: “{plain(top.question, longest=110)}” ({formatted(top.top_two, Unit.SHARE)})"


def choice_heading(questions: Sequence[QuestionFigures]) -> str:
    """What was chosen most in the first question with options, as a sentence; it quotes the options as typed."""
    for question in questions:
        counts = {option: n for option, n in _counts(question).items() if not option.startswith("fewer than ")}
        if question.kind is QuestionKind.NUMBER or not counts:
            continue
        most = max(counts.values())
        named = [f"“{plain(option, longest=60)}”" for option, n in counts.items() if n == most]
        if len(named) < len(counts) and len(named) < 3:
            return f"{listed(named)} {'is' if len(named) == 1 else 'are'} chosen most: {most} of {question.n}"
    return "What people chose"


def distribution_in_words(questions: Sequence[QuestionFigures]) -> str:
    """The same for those who do not see the chart: for each question how many answered, and how."""
    return " ".join(_in_words(question) for question in questions)


def _in_words(question: QuestionFigures) -> str:
    title = f"“{plain(question.question, longest=120)}”"
    if isinstance(question.distribution, Withheld):
        return f"{title}: {question.distribution} answered, held back."
    said = [f"{answer} {count}" for answer, count in question.distribution.items() if count]
    return f"{title}, {counted(question.n, 'answer')}: {', '.join(said[:MOST_OPTIONS])}."


def answer_figures(workbook: Workbook, *, wave: str | None) -> tuple[Figure, ...]:
    """The charts of a survey's questions with a scale, one for each of `by_scale`. `wave` is a wave's own name."""
    return tuple(answer_distribution(questions) for questions in by_scale(_asked(workbook, wave)))


def choice_figure(workbook: Workbook, *, wave: str | None) -> Figure | None:
    """The chart of a survey's closed questions without a scale; None where it asked none."""
    choices = with_choices(_asked(workbook, wave))
    return choice_distribution(choices) if choices else None


def _asked(workbook: Workbook, wave: str | None) -> Sequence[QuestionFigures]:
    return up_to(summarize_experience(workbook), wave)[-1].questions


def answer_distribution(questions: Sequence[QuestionFigures]) -> Figure:
    """Diverging bars of all questions of one scale: what leans low lies left of the line, what leans high right of it.

    Each question stands above its bar, under its outcome; a bar's pieces are shares of those who answered it, as they
    answered. What is held back says so in place of its bar. `questions` is one of `by_scale`.
    """
    scale = next(question.scale for question in questions if question.scale is not None)
    drawing = Drawing()
    write(drawing, [f"◀ {chart_text(scale.points[0][1], longest=20)}"], y=0, size=13, color=palette.LEANINGS[0])
    top = f"{chart_text(scale.points[-1][1], longest=20)} ▶"
    write(drawing, [top], y=0, x=1, size=13, color=palette.LEANINGS[1])
    y: float = LINE + GAP
    rows: list[tuple[QuestionFigures, float]] = []
    for heading, question in _under_outcomes(questions):
        y = _headed(drawing, question, heading=heading, y=y)
        if isinstance(question.distribution, Withheld):
            write(drawing, [f"{question.distribution} answered: held back"], y=y, size=13, color=palette.MUTED)
            y += LINE + GAP
        else:
            rows.append((question, y + BAR / 2))
            y += BAR + GAP
    columns = _draw(drawing, rows, scale)
    figure = in_pixels(drawing, height=y, columns=columns)
    return styled(figure, height=round(y) + 16)


def _draw(drawing: Drawing, rows: Sequence[tuple[QuestionFigures, float]], scale: Scale) -> tuple[float, float]:
    """One trace for each point of the scale; returns how far the bars reach left and right of the line."""
    from plotly.graph_objects import Bar

    labels = list(dict.fromkeys(label for _, label in scale.points))
    starts = [_left_end(question, labels) for question, _ in rows]
    ends = [start + 1 for start in starts]
    columns = (min([*starts, -0.05]), max([*ends, 0.05]))
    for label, colour in zip(labels, _colours(len(labels)), strict=True):
        shares = [_counts(question).get(label, 0) / question.n for question, _ in rows]
        drawing.add_trace(
            Bar(
                orientation="h",
                name=chart_text(label),
                x=shares,
                y=[place for _, place in rows],
                base=starts,
                width=[BAR] * len(rows),
                marker={"color": colour, "line": {"width": 0}},
                text=[_inside(label, share, share / (columns[1] - columns[0]), scale) for share in shares],
                textposition="inside",
                insidetextanchor="middle",
                textangle=0,
                constraintext="none",
                insidetextfont={"size": 12, "color": palette.PAPER if colour in _STRONG else palette.INK},
                hoverinfo="text",
                hovertext=[
                    f"{chart_text(label)}: {_counts(question).get(label, 0)} of {question.n}" for question, _ in rows
                ],
            )
        )
        starts = [start + share for start, share in zip(starts, shares, strict=True)]
    line = {"color": palette.MUTED, "width": 1}
    for _, place in rows:
        drawing.add_shape(
            type="line", x0=0, x1=0, y0=place - BAR / 2 - 4, y1=place + BAR / 2 + 4, line=line, layer="below"
        )
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
        for place, (option, count) in enumerate(list(question.distribution.items())[:MOST_OPTIONS]):
            words = chart_text(_option(option, place, question), longest=PHONE - 6)
            write(drawing, [words], y=y, size=13, color=palette.MUTED)
            write(drawing, [str(count)], y=y, x=1, size=13, color=palette.MUTED)
            places.append(y + LINE + 5)
            counts.append(count)
            y += LINE + 18
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


def _option(option: str, place: int, question: QuestionFigures) -> str:
    """An option's words; the pooled ones, which come last, say what they are."""
    is_pooled = place == len(_counts(question)) - 1 and option.startswith("fewer than ")
    return f"Answers of {option} people each" if is_pooled else option


def _headed(drawing: Drawing, question: QuestionFigures, *, heading: str | None, y: float) -> float:
    """Write a question above its bar, beneath the outcome where one begins; returns where the bar begins."""
    if heading is not None:
        write(drawing, [chart_text(heading, longest=60)], y=y, size=13, color=palette.ACCENT_TEXT)
        y += LINE + 6
    note = counted(question.n, "answer") + (" · worded in reverse" if question.reverse else "")
    lines = wrapped(question.question, width=PHONE)
    write(drawing, lines, y=y)
    # The note stands at the right end of the last line, or below it where a phone would have no room for both.
    fits = len(lines[-1]) + len(note) < PHONE - 3
    last = len(lines) - (1 if fits else 0)
    write(drawing, [note], y=y + LINE * last + 1, x=1, size=12, color=palette.MUTED)
    return y + LINE * (last + 1) + 6


def _under_outcomes(questions: Sequence[QuestionFigures]) -> Iterator[tuple[str | None, QuestionFigures]]:
    """The questions in the framework's order of outcomes, each with its outcome's name where that one begins."""
    framework = [outcome for outcomes in OUTCOMES.values() for outcome in outcomes]
    places = {outcome: place for place, outcome in enumerate(framework)}
    ordered = sorted(questions, key=lambda question: places.get(question.outcome or "", len(places)))
    has_outcomes = any(question.outcome in places for question in questions)
    told: str | None = None
    for question in ordered:
        heading = question.outcome if question.outcome in places else "Further questions"
        yield (heading if has_outcomes and heading != told else None), question
        told = heading


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


def outcome_rows(waves: Sequence[WaveExperience]) -> list[Mapping[str, object]]:
    """The outcomes of all waves as a table to download, rounded as the page shows them."""
    return [
        {
            "Wave": wave.wave,
            "Level": each.level.value if each.level else None,
            "Outcome": each.outcome,
            "Share in the two highest answers": _rounded(each.top_two, 2),
            "Average answer": _rounded(each.mean, 1),
            "Answers": each.answers,
        }
        for wave in waves
        for each in wave.outcomes
    ]


def question_rows(waves: Sequence[WaveExperience]) -> list[Mapping[str, object]]:
    """Every answer of every closed question with how many gave it, as a table to download; held back ones say so."""
    rows: list[Mapping[str, object]] = []
    for wave in waves:
        for question in wave.questions:
            about = {"Wave": wave.wave, "Question": question.question, "People who answered": question.n}
            if isinstance(question.distribution, Withheld):
                rows.append({**about, "Answer": question.distribution, "People": question.distribution})
            else:
                rows += [{**about, "Answer": option, "People": n} for option, n in question.distribution.items()]
    return rows


def _rounded(figure: HeldFigure, digits: int) -> HeldFigure:
    return round(figure, digits) if isinstance(figure, float) else figure
