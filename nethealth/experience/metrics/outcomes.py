"""One outcome: all of its questions together, each person weighing the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, combinations, product

import numpy as np

from nethealth.experience.metrics.answer_sheet import AnswerSheet, BoolArray, FloatArray
from nethealth.experience.metrics.intervals import Share, effective_answers, share_of
from nethealth.experience.metrics.results import DisclosedValue, OutcomeResults
from nethealth.privacy.suppression import TooFew, is_too_small
from nethealth.workbook.records import Question, QuestionKind
from nethealth.workbook.schema.vocabulary import OUTCOMES, Scale

_MOST_TRIED = 4096
_TINY = 1e-9


def outcome_results(
    questions: Sequence[Question], sheet: AnswerSheet, *, smallest_group: int
) -> Iterable[OutcomeResults]:
    """The figures of each outcome that a scale question belongs to, in the framework's order.

    A question that stands in Questions for two outcomes counts in both. An outcome is held back when too few people
    answered it, or answered one of its questions: the outcome less its other questions would tell that one's answers.
    """
    mapped = questions_by_outcome(questions, sheet)
    for outcome, belonging in mapped.items():
        together = _linked_questions(belonging, mapped.values())
        yield _outcome(outcome, belonging, sheet, together=together, smallest_group=smallest_group)


def questions_by_outcome(questions: Sequence[Question], sheet: AnswerSheet) -> dict[str, tuple[Question, ...]]:
    """The scale questions of each outcome, as they were asked in a survey; outcomes in the framework's order."""
    asked = {question.text: question for question in sheet.questions}
    mapped: dict[str, dict[str, Question]] = {}
    for question in questions:
        if question.outcome and question.kind is QuestionKind.SCALE and question.scale:
            mapped.setdefault(question.outcome, {}).setdefault(question.text, asked[question.text])
    framework = [outcome for outcomes in OUTCOMES.values() for outcome in outcomes]
    order = sorted(mapped, key=lambda name: framework.index(name) if name in framework else len(framework))
    return {outcome: tuple(mapped[outcome].values()) for outcome in order}


def agreement_counts(questions: Sequence[Question], sheet: AnswerSheet) -> tuple[FloatArray, FloatArray]:
    """For each person the answers in the two highest, and all answers, to questions that have two highest."""
    count, of = np.zeros(sheet.people), np.zeros(sheet.people)
    for question in questions:
        marks = sheet.in_top_two(question)
        if marks is not None:
            answered = sheet.answered(question.text)
            of += answered
            count += marks & answered
    return count, of


def share_among(
    count: FloatArray, of: FloatArray, people: BoolArray | None = None, *, smallest_group: int
) -> Share | None:
    """The share of `agreement_counts` answers among some of the people, with an interval that knows who gave several.

    How much a person's answers resemble each other is seen from the answers. Where few gave fewer or more of them than
    the others, that would tell, beside the questions' shares, what these few said: then a person's answers are taken to
    be all alike, by which the interval is at its widest.
    """
    if people is not None:
        count, of = count[people], of[people]
    _, as_many = np.unique(of[of > 0], return_counts=True)
    if as_many.min(initial=smallest_group) >= smallest_group:
        worth = effective_answers(count, of)
    else:
        worth = float(of.sum() ** 2 / (of**2).sum())
    return share_of(float(count.sum()), float(of.sum()), effective=worth)


def _linked_questions(questions: Sequence[Question], outcomes: Iterable[Sequence[Question]]) -> tuple[Question, ...]:
    """These questions and those of every outcome that has one in common with them, directly or by way of a third."""
    found = {question.text: question for question in questions}
    rest = list(outcomes)
    while near := [each for each in rest if any(question.text in found for question in each)]:
        rest = [each for each in rest if each not in near]
        found |= {question.text: question for each in near for question in each}
    return tuple(found.values())


def _outcome(
    outcome: str,
    questions: Sequence[Question],
    sheet: AnswerSheet,
    *,
    together: Sequence[Question],
    smallest_group: int,
) -> OutcomeResults:
    level = next((level for level, outcomes in OUTCOMES.items() if outcome in outcomes), questions[0].level)
    answered = {question.text: sheet.answered(question.text) for question in questions}
    counts = {text: int(marks.sum()) for text, marks in answered.items() if marks.any()}
    used = [question for question in questions if question.text in counts]
    given = sum((answered[question.text].astype(float) for question in used), np.zeros(sheet.people))
    people = int((given > 0).sum())
    scale = shared_scale([question.scale for question in used if question.scale])
    mean: float | None = None
    if scale:
        total = sum((np.nan_to_num(sheet.turned(question)) for question in used), np.zeros(sheet.people))
        mean = float((total[given > 0] / given[given > 0]).mean())
    count, of = agreement_counts(used, sheet)
    share = share_among(count, of, smallest_group=smallest_group)
    is_held = any(is_too_small(n, smallest_group=smallest_group) for n in (people, *counts.values()))
    held = TooFew(smallest_group)
    exact = held if is_held and mean is not None else mean
    return OutcomeResults(
        level=level,
        outcome=outcome,
        mean=exact
        if is_held
        else _disclosed_mean(mean, used, sheet, scale=scale, together=together, smallest_group=smallest_group),
        exact_mean=exact,
        top_two=None if share is None else held if is_held else share.value,
        share=None if is_held else share,
        answers=sum(counts.values()),
        people=people,
        questions=tuple(counts),
        scale=scale,
        scales=tuple(question.scale.points for question in used if question.scale),
    )


def _disclosed_mean(
    mean: float | None,
    questions: Sequence[Question],
    sheet: AnswerSheet,
    *,
    scale: Scale | None,
    together: Sequence[Question],
    smallest_group: int,
) -> DisclosedValue:
    """The mean as exactly as it may be told, so that it does not give away what few people answered.

    Each person weighs the same, so that who answered one question of two weighs it twice: the mean of the outcome, less
    those of its questions, is about nobody but those. It is exact where there is nobody of that kind, or where the same
    questions of those `together` were answered by at least the smallest group, whichever they are; else it is rounded
    to one decimal. Where it would tell of fewer than the smallest group it is given only if it is rounded to the same
    whatever they answered.
    """
    if mean is None or scale is None:
        return mean
    given = [marks for each in together if (marks := sheet.answered(each.text)).any()]
    patterns, people = np.unique(given, axis=1, return_counts=True)
    if people[patterns.any(axis=0)].min() >= smallest_group:
        return mean
    told = _fewest_identifiable(questions, sheet)
    if told is None:
        return TooFew(smallest_group)
    few, parts, above, below = told
    if not few:
        return mean
    # Rounded or not, the means of outcomes that share a question could be taken from each other.
    if few < smallest_group or len(given) > len(questions):
        answered = np.any([sheet.answered(question.text) for question in questions], axis=0).sum()
        sums = [float(np.nansum(sheet.turned(question))) for question in questions]
        known = sum(part * each for part, each in zip(parts, sums, strict=True))
        lowest = (known + above * scale.lowest - below * scale.highest) / answered
        highest = (known + above * scale.highest - below * scale.lowest) / answered
        if round(float(lowest), 1) != round(float(highest), 1):
            return TooFew(smallest_group)
    return round(mean, 1)


def _fewest_identifiable(
    questions: Sequence[Question], sheet: AnswerSheet
) -> tuple[int, tuple[float, ...], float, float] | None:
    """The fewest people of whom the mean tells beside its questions' means; None where that takes too long to find.

    Of every person's answers the mean takes the same part: one over how many the person gave. Taking a part of each
    question's sum away leaves those whose part is another one; the parts are chosen so that they are fewest. Returned
    are how many they are, the parts, and how much their answers weigh above and below those parts.
    """
    answered = np.array([sheet.answered(question.text) for question in questions]).T
    patterns, people = np.unique(answered, axis=0, return_counts=True)
    given = patterns.sum(axis=1)
    sizes = sorted({int(each) for each in given if each})
    # Nobody who gave three answers has that part of every one, unless at least three questions have it.
    several = [
        frozenset(chosen)
        for number in range(1, len(sizes) + 1)
        for chosen in combinations(sizes, number)
        if sum(chosen) <= len(questions)
    ]
    several = [chosen for chosen in several if not any(chosen < other for other in several)]
    if sum(len(chosen) ** len(questions) for chosen in several) > _MOST_TRIED:
        return None
    found: tuple[int, tuple[float, ...], float, float] | None = None
    for sizes_of in chain.from_iterable(product(sorted(chosen), repeat=len(questions)) for chosen in several):
        parts = tuple(1 / size for size in sizes_of)
        weighs = (1 / np.maximum(given, 1)[:, None] - np.array(parts)) * patterns
        few = int(people[(np.abs(weighs) > _TINY).any(axis=1)].sum())
        if found is None or few < found[0]:
            total = people[:, None] * weighs
            found = few, parts, float(np.maximum(total, 0).sum()), float(-np.minimum(total, 0).sum())
    return found


def shared_scale(scales: Sequence[Scale]) -> Scale | None:
    """The one scale of all; a scale without words is the same as a worded one of the same values."""
    worded = {scale.points: scale for scale in scales if not _is_bare(scale)}
    values = {tuple(value for value, _ in scale.points) for scale in scales}
    if len(values) != 1 or len(worded) > 1:
        return None
    return next(iter(worded.values()), scales[0])


def _is_bare(scale: Scale) -> bool:
    return all(label == f"{value:g}" for value, label in scale.points)
