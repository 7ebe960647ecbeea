"""Results of one closed question: recoded, counted, and hidden if too few people answered."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np

from nethealth.experience.metrics.answer_sheet import AnswerSheet, FloatArray
from nethealth.experience.metrics.choices import count_choices
from nethealth.experience.metrics.groupings import is_zero_to_ten
from nethealth.experience.metrics.intervals import difference_within, share_of
from nethealth.experience.metrics.results import QuestionResults, Recommendation
from nethealth.privacy.suppression import TooFew, is_too_small
from nethealth.workbook.records import Question, QuestionKind
from nethealth.workbook.schema.vocabulary import Scale


def question_results(question: Question, sheet: AnswerSheet, *, smallest_group: int) -> QuestionResults:
    """Return the results of one closed question, hidden if fewer than `smallest_group` people answered it."""
    answered = sheet.answered(question.text)
    n = int(answered.sum())
    scale = question.scale if question.kind is QuestionKind.SCALE else None
    hidden = TooFew(smallest_group) if is_too_small(n, smallest_group=smallest_group) else None
    mean = top = None
    distribution: dict[str, int] = {}
    pooled: str | None = None
    if question.text in sheet.numbers:
        numbers = sheet.numbers[question.text][answered]
        mean = float(sheet.recoded(question)[answered].mean()) if n else None
        in_top_two = sheet.in_top_two(question)
        top = int(in_top_two[answered].sum()) if n and in_top_two is not None else None
        if scale:
            distribution = _scale_counts(numbers, scale)
        else:
            distribution, pooled = count_choices(numbers.tolist(), smallest_group=smallest_group)
    else:
        given = [answer for answer in sheet.choices[question.text] if answer is not None]
        distribution, pooled = count_choices(given, smallest_group=smallest_group)
    return QuestionResults(
        question=question.text,
        label=question.label,
        kind=question.kind,
        scale=scale,
        level=question.level,
        outcome=question.outcome,
        reverse=question.reverse,
        n=n,
        mean=hidden if hidden and mean is not None else mean,
        top_two=None if top is None else hidden or top / n,
        share=None if hidden or top is None else share_of(top, n),
        distribution=hidden or MappingProxyType(distribution),
        pooled=None if hidden else pooled,
        recommendation=None if hidden or scale is None else _recommendation(question, sheet),
    )


def _recommendation(question: Question, sheet: AnswerSheet) -> Recommendation | None:
    """Return promoters (9 or 10), detractors (0 to 6), and their difference, on a 0-10 scale (Reichheld 2003)."""
    if question.scale is None or not is_zero_to_ten(question.scale):
        return None
    numbers = sheet.recoded(question)[sheet.answered(question.text)]
    n = len(numbers)
    promoters, detractors = int((numbers >= 9).sum()), int((numbers <= 6).sum())
    score = difference_within(promoters, detractors, n)
    if score is None:
        return None
    return Recommendation(promoters=promoters, detractors=detractors, n=n, score=score)


def _scale_counts(numbers: FloatArray, scale: Scale) -> dict[str, int]:
    counts = {label: 0 for _, label in scale.points}
    for number, count in zip(*np.unique(numbers, return_counts=True), strict=True):
        label = scale.label(float(number))
        counts[label] = counts.get(label, 0) + int(count)
    return counts
