"""The answers of one survey as arrays: one row per response, one column per closed question."""

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
    """The closed answers of one survey."""

    wave: str | None
    responses: tuple[SurveyResponse, ...]
    questions: tuple[Question, ...]
    """Closed questions, each once, in the workbook's order and on the scale they had in this survey."""
    numbers: Mapping[str, FloatArray]
    """Answers to scale and number questions as given, by question; NaN if there is none."""
    choices: Mapping[str, tuple[object, ...]]
    """Answers to the other closed questions, by question; None if there is none."""

    @property
    def people(self) -> int:
        """The number of responses."""
        return len(self.responses)

    def answered(self, question: str) -> BoolArray:
        """A mask of the responses that answer the question."""
        if question in self.numbers:
            return ~np.isnan(self.numbers[question])
        return np.array([answer is not None for answer in self.choices[question]], dtype=bool)

    def recoded(self, question: Question) -> FloatArray:
        """The answers as numbers, mirrored on the scale if the question is worded in reverse."""
        given = self.numbers[question.text]
        scale = question.scale
        return scale.lowest + scale.highest - given if question.reverse and scale else given

    def in_top_two(self, question: Question) -> BoolArray | None:
        """A mask of the responses in the scale's top two answers, after recoding; None without three points or more."""
        if not has_top_two(question) or question.scale is None:
            return None
        points = [value for value, _ in question.scale.points]
        given = self.numbers[question.text]
        with np.errstate(invalid="ignore"):
            return given <= points[1] if question.reverse else given >= points[-2]


def has_top_two(question: Question) -> bool:
    """True if a question is answered on a scale of three points or more."""
    return question.kind is QuestionKind.SCALE and question.scale is not None and len(question.scale.points) > 2


def answer_sheet(workbook: Workbook, wave: str | None) -> AnswerSheet:
    """Return the answers of the survey named `wave`, empty if it has none."""
    responses = tuple(response for response in workbook.responses if response.wave == wave)
    return build_answer_sheet(workbook.questions, responses, wave=wave)


def build_answer_sheet(
    questions: Sequence[Question], responses: Sequence[SurveyResponse], *, wave: str | None
) -> AnswerSheet:
    """Return the answers in `responses`, all of one survey."""
    closed: dict[str, Question] = {}
    for question in questions:
        if question.kind is not QuestionKind.TEXT and question.text not in closed:
            closed[question.text] = with_scale_of(question, wave)
    numbers: dict[str, FloatArray] = {}
    choices: dict[str, tuple[object, ...]] = {}
    answers_by_response = [response.answers for response in responses]
    for text, question in closed.items():
        given = [answers.get(text) for answers in answers_by_response]
        if question.kind in (QuestionKind.SCALE, QuestionKind.NUMBER):
            try:
                numbers[text] = np.array(given, dtype=float)
            except (TypeError, ValueError):
                numeric = [answer if isinstance(answer, int | float) else None for answer in given]
                numbers[text] = np.array(numeric, dtype=float)
        else:
            choices[text] = tuple(given)
    return AnswerSheet(
        wave=wave,
        responses=tuple(responses),
        questions=tuple(closed.values()),
        numbers=MappingProxyType(numbers),
        choices=MappingProxyType(choices),
    )


def with_scale_of(question: Question, wave: str | None) -> Question:
    """Return the question with the scale it had in the survey named `wave`."""
    if wave not in question.earlier_scales or question.scale is None:
        return question
    return replace(question, scale=question.earlier_scales[wave])
