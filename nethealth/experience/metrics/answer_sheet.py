"""The answers of one survey as columns of numbers: read once from the responses, counted as often as asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from nethealth.workbook.records import Question, QuestionKind, SurveyResponse, Workbook

FloatArray: TypeAlias = npt.NDArray[np.float64]
BoolArray: TypeAlias = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AnswerSheet:
    """One survey: a row for each response, a column for each closed question."""

    wave: str | None
    responses: tuple[SurveyResponse, ...]
    questions: tuple[Question, ...]
    """Closed ones, each once, in the sheet's order, on the scale that they had in this survey."""
    numbers: Mapping[str, FloatArray]
    """Of questions answered by a number: the answers as given, not a number where there is none."""
    words: Mapping[str, tuple[object, ...]]
    """Of the other closed questions: the answers, None where there is none."""

    @property
    def people(self) -> int:
        """How many responses there are."""
        return len(self.responses)

    def answered(self, question: str) -> BoolArray:
        """Who answered a question."""
        if question in self.numbers:
            return ~np.isnan(self.numbers[question])
        return np.array([answer is not None for answer in self.words[question]], dtype=bool)

    def turned(self, question: Question) -> FloatArray:
        """The answers as they count: of a question worded in reverse, mirrored on its scale."""
        given = self.numbers[question.text]
        scale = question.scale
        return scale.lowest + scale.highest - given if question.reverse and scale else given

    def in_top_two(self, question: Question) -> BoolArray | None:
        """Who gave one of the two highest answers, after reversing; None on a scale of two, or none."""
        if not has_top_two(question) or question.scale is None:
            return None
        points = [value for value, _ in question.scale.points]
        given = self.numbers[question.text]
        with np.errstate(invalid="ignore"):
            return given <= points[1] if question.reverse else given >= points[-2]


def has_top_two(question: Question) -> bool:
    """Whether a question is answered on a scale of more than two points."""
    return question.kind is QuestionKind.SCALE and question.scale is not None and len(question.scale.points) > 2


def answer_sheet(workbook: Workbook, wave: str | None) -> AnswerSheet:
    """The answers of the survey named `wave`; without any where it has none."""
    responses = tuple(response for response in workbook.responses if response.wave == wave)
    return build_answer_sheet(workbook.questions, responses, wave=wave)


def build_answer_sheet(
    questions: Sequence[Question], responses: Sequence[SurveyResponse], *, wave: str | None
) -> AnswerSheet:
    """The answers of `responses`, which are all of one survey."""
    closed: dict[str, Question] = {}
    for question in questions:
        if question.kind is not QuestionKind.TEXT and question.text not in closed:
            closed[question.text] = with_scale_of(question, wave)
    numbers: dict[str, FloatArray] = {}
    words: dict[str, tuple[object, ...]] = {}
    told = [response.answers for response in responses]
    for text, question in closed.items():
        given = [answers.get(text) for answers in told]
        if question.kind in (QuestionKind.SCALE, QuestionKind.NUMBER):
            try:
                numbers[text] = np.array(given, dtype=float)
            except (TypeError, ValueError):
                only = [answer if isinstance(answer, int | float) else None for answer in given]
                numbers[text] = np.array(only, dtype=float)
        else:
            words[text] = tuple(given)
    return AnswerSheet(
        wave=wave,
        responses=tuple(responses),
        questions=tuple(closed.values()),
        numbers=MappingProxyType(numbers),
        words=MappingProxyType(words),
    )


def with_scale_of(question: Question, wave: str | None) -> Question:
    """The question as it was asked in a survey."""
    if wave not in question.earlier_scales or question.scale is None:
        return question
    return replace(question, scale=question.earlier_scales[wave])
