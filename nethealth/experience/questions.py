"""One closed question: its answers turned the right way, counted, and held back where they speak of too few."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import MappingProxyType

from nethealth.experience.results import QuestionFigures
from nethealth.privacy import Withheld, is_too_small
from nethealth.workbook.records import Question, QuestionKind, SurveyResponse
from nethealth.workbook.vocabulary import Scale


def question_figures(
    question: Question, responses: Iterable[SurveyResponse], *, smallest_group: int
) -> QuestionFigures:
    """The figures of one closed question among `responses`; held back where fewer than `smallest_group` answered it."""
    answers = [response.answers[question.text] for response in responses if question.text in response.answers]
    numbers = [float(answer) for answer in answers if isinstance(answer, int | float)]
    scale = question.scale if question.kind is QuestionKind.SCALE else None
    is_held = is_too_small(len(answers), smallest_group=smallest_group)
    held = Withheld(smallest_group)
    distribution = (
        _on_scale(numbers, scale) if scale else _chosen(answers, of=len(answers), smallest_group=smallest_group)
    )
    mean = mean_of([turned(number, question) for number in numbers])
    top = [is_top_two(number, question) for number in numbers]
    top_two = mean_of([float(is_top) for is_top in top if is_top is not None])
    return QuestionFigures(
        question=question.text,
        kind=question.kind,
        scale=scale,
        level=question.level,
        outcome=question.outcome,
        reverse=question.reverse,
        n=len(answers),
        mean=held if is_held and mean is not None else mean,
        top_two=held if is_held and top_two is not None else top_two,
        distribution=held if is_held else MappingProxyType(distribution),
    )


def turned(number: float, question: Question) -> float:
    """An answer as it counts: of a question worded in reverse, mirrored on its scale."""
    scale = question.scale
    return scale.lowest + scale.highest - number if question.reverse and scale else number


def is_top_two(number: float, question: Question) -> bool | None:
    """Whether an answer is one of the two highest, after reversing; None on a scale of two or none."""
    if question.scale is None or question.kind is not QuestionKind.SCALE or len(question.scale.points) < 3:
        return None
    points = [value for value, _ in question.scale.points]
    return number <= points[1] if question.reverse else number >= points[-2]


def _on_scale(numbers: Iterable[float], scale: Scale) -> dict[str, int]:
    found = {label: 0 for _, label in scale.points}
    for number in numbers:
        label = scale.label(number)
        found[label] = found.get(label, 0) + 1
    return found


def _chosen(answers: Sequence[object], *, of: int, smallest_group: int) -> dict[str, int]:
    """People by option, most chosen first; the rarest are pooled until nothing small is shown or can be worked out."""
    ticked = [
        frozenset(answer)
        if isinstance(answer, tuple)
        else {f"{answer:g}" if isinstance(answer, float) else str(answer)}
        for answer in answers
    ]
    counts: dict[str, int] = {}
    for options in ticked:
        for option in options:
            counts[option] = counts.get(option, 0) + 1
    shown = dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
    pooled: set[str] = set()
    while shown:
        rarest = next(reversed(shown))
        together = sum(1 for options in ticked if options & pooled)
        if not is_too_small(shown[rarest], smallest_group=smallest_group) and (
            not is_too_small(together, smallest_group=smallest_group)
        ):
            break
        pooled.add(rarest)
        del shown[rarest]
    if pooled:
        shown[str(Withheld(smallest_group))] = sum(1 for options in ticked if options & pooled)
    return shown if of else {}


def mean_of(numbers: Sequence[float]) -> float | None:
    """The mean; None of nothing."""
    return sum(numbers) / len(numbers) if numbers else None
