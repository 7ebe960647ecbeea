"""Answers of one survey as arrays."""

from __future__ import annotations

import math

from nethealth.experience.metrics.answer_sheet import answer_sheet, has_top_two
from nethealth.workbook.records import Question, QuestionKind, SurveyResponse
from nethealth.workbook.schema.vocabulary import AGREEMENT, Scale
from tests.experience.surveys import responses_to, scale_question, workbook_of


def test_blank_answers_are_nan() -> None:
    sheet = answer_sheet(workbook_of([scale_question("Q")], responses_to("Q", 5.0, None)), "2024")
    assert sheet.people == 2
    assert sheet.numbers["Q"][0] == 5
    assert math.isnan(sheet.numbers["Q"][1])
    assert sheet.answered("Q").tolist() == [True, False]


def test_reversed_answers_are_mirrored() -> None:
    question = scale_question("Q", reverse=True)
    sheet = answer_sheet(workbook_of([question], responses_to("Q", 1.0, 4.0, 5.0)), "2024")
    assert sheet.recoded(question).tolist() == [5, 2, 1]
    in_top_two = sheet.in_top_two(question)
    assert in_top_two is not None
    assert in_top_two.tolist() == [True, False, False]


def test_two_points_have_no_top_two() -> None:
    two = scale_question("Q", scale=Scale("Two", ((0.0, "No"), (1.0, "Yes"))))
    assert not has_top_two(two)
    assert answer_sheet(workbook_of([two], responses_to("Q", 1.0)), "2024").in_top_two(two) is None


def test_choices_are_as_given() -> None:
    choice = Question(text="Q", kind=QuestionKind.CHOICE)
    sheet = answer_sheet(workbook_of([choice], responses_to("Q", "mail", None)), "2024")
    assert sheet.choices["Q"] == ("mail", None)


def test_open_questions_and_other_surveys_are_skipped() -> None:
    open_question = Question(text="Why?", kind=QuestionKind.TEXT)
    other = SurveyResponse(wave="2023", answers={"Q": 1.0})
    sheet = answer_sheet(
        workbook_of([scale_question("Q", scale=AGREEMENT), open_question], [*responses_to("Q", 4.0), other]), "2024"
    )
    assert [question.text for question in sheet.questions] == ["Q"]
    assert sheet.numbers["Q"].tolist() == [4]
