"""Results of one outcome: all of its questions together, with equal weight for each person."""

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

_MAX_TRIALS = 4096
_TOLERANCE = 1e-9


def outcome_results(
    questions: Sequence[Question], sheet: AnswerSheet, *, smallest_group: int
) -> Iterable[OutcomeResults]:
    """Yield the results of each outcome that has scale questions, in the framework's order.

    A question listed for two outcomes counts in both. An outcome is hidden if too few people answered it or any one of
    its questions: subtracting its other questions would reveal those few answers.
    """
    by_outcome = questions_by_outcome(questions, sheet)
    for outcome, own in by_outcome.items():
        linked = _linked_questions(own, by_outcome.values())
        yield _outcome(outcome, own, sheet, linked=linked, smallest_group=smallest_group)


def questions_by_outcome(questions: Sequence[Question], sheet: AnswerSheet) -> dict[str, tuple[Question, ...]]:
    """Return the scale questions of each outcome, with the scales they had in this survey, in the framework's order."""
    in_survey = {question.text: question for question in sheet.questions}
    by_outcome: dict[str, dict[str, Question]] = {}
    for question in questions:
        if question.outcome and question.kind is QuestionKind.SCALE and question.scale:
            by_outcome.setdefault(question.outcome, {}).setdefault(question.text, in_survey[question.text])
    framework = [outcome for outcomes in OUTCOMES.values() for outcome in outcomes]
    order = sorted(by_outcome, key=lambda name: framework.index(name) if name in framework else len(framework))
    return {outcome: tuple(by_outcome[outcome].values()) for outcome in order}


def agreement_counts(questions: Sequence[Question], sheet: AnswerSheet) -> tuple[FloatArray, FloatArray]:
    """Return each person's number of top-two answers and of all answers, over questions that have a top two."""
    count, of = np.zeros(sheet.people), np.zeros(sheet.people)
    for question in questions:
        in_top_two = sheet.in_top_two(question)
        if in_top_two is not None:
            answered = sheet.answered(question.text)
            of += answered
            count += in_top_two & answered
    return count, of


def share_among(
    count: FloatArray, of: FloatArray, people: BoolArray | None = None, *, smallest_group: int
) -> Share | None:
    """Return the share of top-two answers among some of the people, with an interval clustered by person.

    The design effect is estimated from the answers, unless only a few people gave more or fewer answers than the
    others: the interval would then reveal what those few said. In that case one person's answers count as identical,
    which gives the widest interval.
    """
    if people is not None:
        count, of = count[people], of[people]
    _, people_by_answers = np.unique(of[of > 0], return_counts=True)
    if people_by_answers.min(initial=smallest_group) >= smallest_group:
        effective = effective_answers(count, of)
    else:
        effective = float(of.sum() ** 2 / (of**2).sum())
    return share_of(float(count.sum()), float(of.sum()), effective=effective)


def _linked_questions(questions: Sequence[Question], outcomes: Iterable[Sequence[Question]]) -> tuple[Question, ...]:
    """Return these questions and those of every outcome that shares one with them, directly or through others."""
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
    linked: Sequence[Question],
    smallest_group: int,
) -> OutcomeResults:
    level = next((level for level, outcomes in OUTCOMES.items() if outcome in outcomes), questions[0].level)
    answered = {question.text: sheet.answered(question.text) for question in questions}
    counts = {text: int(mask.sum()) for text, mask in answered.items() if mask.any()}
    used = [question for question in questions if question.text in counts]
    given = sum((answered[question.text].astype(float) for question in used), np.zeros(sheet.people))
    people = int((given > 0).sum())
    scale = shared_scale([question.scale for question in used if question.scale])
    mean: float | None = None
    if scale:
        total = sum((np.nan_to_num(sheet.recoded(question)) for question in used), np.zeros(sheet.people))
        mean = float((total[given > 0] / given[given > 0]).mean())
    count, of = agreement_counts(used, sheet)
    share = share_among(count, of, smallest_group=smallest_group)
    is_hidden = any(is_too_small(n, smallest_group=smallest_group) for n in (people, *counts.values()))
    hidden = TooFew(smallest_group)
    exact = hidden if is_hidden and mean is not None else mean
    return OutcomeResults(
        level=level,
        outcome=outcome,
        mean=exact
        if is_hidden
        else _disclosed_mean(mean, used, sheet, scale=scale, linked=linked, smallest_group=smallest_group),
        exact_mean=exact,
        top_two=None if share is None else hidden if is_hidden else share.value,
        share=None if is_hidden else share,
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
    linked: Sequence[Question],
    smallest_group: int,
) -> DisclosedValue:
    """Return the mean, exact, rounded, or hidden, so that it doesn't reveal what few people answered.

    Each person has equal weight, so someone who answered one of two questions gives it double weight: subtracting the
    question means from the outcome's mean isolates those people. The mean is exact if there are no such people, or if
    every pattern of answered questions among the `linked` ones is shared by at least `smallest_group` people. Otherwise
    it is rounded to one decimal. If it would isolate fewer than `smallest_group` people, it is shown only if it rounds
    to the same value whatever they answered.
    """
    if mean is None or scale is None:
        return mean
    given = [mask for each in linked if (mask := sheet.answered(each.text)).any()]
    patterns, people = np.unique(given, axis=1, return_counts=True)
    if people[patterns.any(axis=0)].min() >= smallest_group:
        return mean
    identifiable = _fewest_identifiable(questions, sheet)
    if identifiable is None:
        return TooFew(smallest_group)
    few, weights, above, below = identifiable
    if not few:
        return mean
    # Even rounded, the means of outcomes that share a question could be subtracted from each other.
    if few < smallest_group or len(given) > len(questions):
        answered = np.any([sheet.answered(question.text) for question in questions], axis=0).sum()
        sums = [float(np.nansum(sheet.recoded(question))) for question in questions]
        known = sum(weight * each for weight, each in zip(weights, sums, strict=True))
        lowest = (known + above * scale.lowest - below * scale.highest) / answered
        highest = (known + above * scale.highest - below * scale.lowest) / answered
        if round(float(lowest), 1) != round(float(highest), 1):
            return TooFew(smallest_group)
    return round(mean, 1)


def _fewest_identifiable(
    questions: Sequence[Question], sheet: AnswerSheet
) -> tuple[int, tuple[float, ...], float, float] | None:
    """Return the fewest people that the mean isolates, given its questions' means; None if that takes too long to find.

    In the mean each answer has the weight 1 / (the person's number of answers). Subtracting each question's sum times
    some weight leaves only the people with another weight. This tries the weights and returns, for those that leave the
    fewest people: their number, the weights, and the total remaining weight above and below zero.
    """
    answered = np.array([sheet.answered(question.text) for question in questions]).T
    patterns, people = np.unique(answered, axis=0, return_counts=True)
    given = patterns.sum(axis=1)
    sizes = sorted({int(each) for each in given if each})
    # Someone who gave three answers only cancels out if at least three questions have the weight 1/3.
    size_sets = [
        frozenset(chosen)
        for number in range(1, len(sizes) + 1)
        for chosen in combinations(sizes, number)
        if sum(chosen) <= len(questions)
    ]
    size_sets = [chosen for chosen in size_sets if not any(chosen < other for other in size_sets)]
    if sum(len(chosen) ** len(questions) for chosen in size_sets) > _MAX_TRIALS:
        return None
    found: tuple[int, tuple[float, ...], float, float] | None = None
    for chosen_sizes in chain.from_iterable(product(sorted(chosen), repeat=len(questions)) for chosen in size_sets):
        weights = tuple(1 / size for size in chosen_sizes)
        remaining = (1 / np.maximum(given, 1)[:, None] - np.array(weights)) * patterns
        few = int(people[(np.abs(remaining) > _TOLERANCE).any(axis=1)].sum())
        if found is None or few < found[0]:
            total = people[:, None] * remaining
            found = few, weights, float(np.maximum(total, 0).sum()), float(-np.minimum(total, 0).sum())
    return found


def shared_scale(scales: Sequence[Scale]) -> Scale | None:
    """Return the scale that all share, or None; a scale without labels equals a labeled one with the same values."""
    labeled = {scale.points: scale for scale in scales if not _is_unlabeled(scale)}
    values = {tuple(value for value, _ in scale.points) for scale in scales}
    if len(values) != 1 or len(labeled) > 1:
        return None
    return next(iter(labeled.values()), scales[0])


def _is_unlabeled(scale: Scale) -> bool:
    return all(label == f"{value:g}" for value, label in scale.points)
