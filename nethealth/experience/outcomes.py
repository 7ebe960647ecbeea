"""One outcome: all of its questions together, each person weighing the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nethealth.experience.questions import is_top_two, mean_of, turned
from nethealth.experience.results import OutcomeFigures
from nethealth.privacy import Withheld, is_too_small
from nethealth.workbook.records import Question, QuestionKind, SurveyResponse
from nethealth.workbook.vocabulary import OUTCOMES, Scale


def outcome_figures(
    questions: Sequence[Question], responses: Sequence[SurveyResponse], *, smallest_group: int
) -> Iterable[OutcomeFigures]:
    """The figures of each outcome that a scale question belongs to, in the framework's order.

    A question that stands in Questions for two outcomes counts in both. An outcome is held back when too few people
    answered it, or answered one of its questions: the outcome less its other questions would tell that one's answers.
    """
    mapped: dict[str, dict[str, Question]] = {}
    for question in questions:
        if question.outcome and question.kind is QuestionKind.SCALE and question.scale:
            mapped.setdefault(question.outcome, {}).setdefault(question.text, question)
    framework = [outcome for outcomes in OUTCOMES.values() for outcome in outcomes]
    for outcome in sorted(mapped, key=lambda name: framework.index(name) if name in framework else len(framework)):
        yield _outcome(outcome, list(mapped[outcome].values()), responses, smallest_group=smallest_group)


def _outcome(
    outcome: str, questions: Sequence[Question], responses: Sequence[SurveyResponse], *, smallest_group: int
) -> OutcomeFigures:
    level = next((level for level, outcomes in OUTCOMES.items() if outcome in outcomes), questions[0].level)
    by_person: list[list[tuple[float, bool | None]]] = []
    answered: dict[str, int] = {}
    for response in responses:
        own = []
        for question in questions:
            answer = response.answers.get(question.text)
            if isinstance(answer, int | float):
                own.append((turned(float(answer), question), is_top_two(float(answer), question)))
                answered[question.text] = answered.get(question.text, 0) + 1
        if own:
            by_person.append(own)
    scales = [question.scale for question in questions if question.text in answered and question.scale]
    scale = _shared(scales)
    mean = mean_of([sum(value for value, _ in own) / len(own) for own in by_person]) if scale else None
    top_two = mean_of([float(is_top) for own in by_person for _, is_top in own if is_top is not None])
    is_held = any(is_too_small(n, smallest_group=smallest_group) for n in (len(by_person), *answered.values()))
    held = Withheld(smallest_group)
    return OutcomeFigures(
        level=level,
        outcome=outcome,
        mean=held if is_held and mean is not None else mean,
        top_two=held if is_held and top_two is not None else top_two,
        answers=sum(answered.values()),
        people=len(by_person),
        questions=tuple(answered),
        scale=scale,
    )


def _shared(scales: Sequence[Scale]) -> Scale | None:
    """The one scale of all; a scale without words is the same as a worded one of the same values."""
    worded = {scale.points: scale for scale in scales if not _is_bare(scale)}
    values = {tuple(value for value, _ in scale.points) for scale in scales}
    if len(values) != 1 or len(worded) > 1:
        return None
    return next(iter(worded.values()), scales[0])


def _is_bare(scale: Scale) -> bool:
    return all(label == f"{value:g}" for value, label in scale.points)
