"""Results of one question, worked out by hand."""

from __future__ import annotations

from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.experience import summarize_experience
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.records import (
    Answer,
    Settings,
    SurveyResponse,
)
from nethealth.workbook.schema.vocabulary import (
    ZERO_TO_TEN,
    Scale,
)
from tests.experience.surveys import (
    COORDINATION,
    FEW,
    KNOWLEDGE,
    only_survey,
    responses_to,
    scale_question,
    workbook_of,
)


def test_one_question_by_hand() -> None:
    # 5 5 4 4 4 2 1: seven people, sum 25, five in the two highest.
    wave = only_survey(workbook_of([scale_question("Q")], responses_to("Q", 5.0, 5.0, 4.0, 4.0, 4.0, 2.0, 1.0, None)))
    (question,) = wave.questions
    assert (wave.responses, question.n) == (8, 7)
    assert question.mean == pytest.approx(25 / 7)
    assert question.top_two == pytest.approx(5 / 7)
    assert question.distribution == {
        "Strongly disagree": 1, "Disagree": 1, "Neutral": 0, "Agree": 3, "Strongly agree": 2,
    }  # fmt: skip
    assert list(question.as_json()) == ["question", "n", "mean", "top_two", "distribution"]


def test_reversed_question_keeps_its_distribution() -> None:
    # 1 1 1 2 4 becomes 5 5 5 4 2: sum 21, four in the two highest.
    (question,) = only_survey(
        workbook_of([scale_question("Q", reverse=True)], responses_to("Q", 1.0, 1.0, 1.0, 2.0, 4.0))
    ).questions
    assert question.mean == pytest.approx(21 / 5)
    assert question.top_two == pytest.approx(4 / 5)
    assert isinstance(question.distribution, MappingProxyType)
    assert question.distribution["Strongly disagree"] == 3


def test_reversed_uneven_scale_counts_its_two_lowest() -> None:
    uneven = Scale("Uneven", ((1.0, "never"), (2.0, "once"), (10.0, "often")))
    (question,) = only_survey(
        workbook_of([scale_question("Q", scale=uneven, reverse=True)], responses_to("Q", 1.0, 2.0, 2.0, 10.0, 10.0))
    ).questions
    assert question.top_two == pytest.approx(3 / 5)
    # Mirrored on 1 to 10: 10 9 9 1 1.
    assert question.mean == pytest.approx(30 / 5)


def test_zero_is_an_answer() -> None:
    (question,) = only_survey(
        workbook_of([scale_question("Q", scale=ZERO_TO_TEN)], responses_to("Q", 0.0, 0.0, 8.0, 9.0, 10.0))
    ).questions
    assert question.n == 5
    assert question.mean == pytest.approx(27 / 5)
    assert question.top_two == pytest.approx(2 / 5)  # 9 and 10
    assert not isinstance(question.distribution, TooFew)
    assert question.distribution["0"] == 2
    assert len(question.distribution) == 11


def test_equal_answers() -> None:
    (question,) = only_survey(workbook_of([scale_question("Q")], responses_to("Q", *[4.0] * 6))).questions
    assert (question.mean, question.top_two) == (4, 1)


def test_two_point_scale_has_no_top_two() -> None:
    two = Scale("Two", ((0.0, "No"), (1.0, "Yes")))
    (question,) = only_survey(workbook_of([scale_question("Q", scale=two)], responses_to("Q", *[1.0] * 6))).questions
    assert (question.mean, question.top_two) == (1, None)


def test_too_few_answers_are_hidden() -> None:
    wave = only_survey(workbook_of([scale_question("Q", KNOWLEDGE)], responses_to("Q", 5.0, 4.0, 4.0, 3.0, None, None)))
    (question,), (outcome,) = wave.questions, wave.outcomes
    assert (question.mean, question.top_two, question.distribution) == (FEW, FEW, FEW)
    assert (outcome.mean, outcome.top_two) == (FEW, FEW)
    assert question.as_json()["mean"] == {"withheld": "fewer than 5"}
    assert (wave.responses, question.n) == (6, 4)


answer_sheets = st.lists(
    st.dictionaries(st.sampled_from(["A", "B", "C"]), st.integers(1, 5).map(float), max_size=3), max_size=24
)


@settings(max_examples=80, deadline=None)
@given(sheets=answer_sheets, smallest=st.integers(3, 7), reverse=st.booleans())
def test_too_few_answers_are_always_hidden(sheets: list[dict[str, Answer]], smallest: int, reverse: bool) -> None:
    questions = [
        scale_question("A", KNOWLEDGE, reverse=reverse),
        scale_question("B", KNOWLEDGE),
        scale_question("C", COORDINATION),
    ]
    responses = [SurveyResponse(wave="w", answers=sheet) for sheet in sheets]
    for wave in summarize_experience(workbook_of(questions, responses, settings=Settings(smallest_group=smallest))):
        hidden = {question.question for question in wave.questions if 0 < question.n < smallest}
        for question in wave.questions:
            is_hidden = question.question in hidden
            assert isinstance(question.distribution, TooFew) is is_hidden
            assert isinstance(question.mean, TooFew) is is_hidden
            if not isinstance(question.distribution, TooFew):
                assert sum(question.distribution.values()) == question.n
        for outcome in wave.outcomes:
            is_hidden = bool(hidden & set(outcome.questions)) or 0 < outcome.people < smallest
            # The mean is hidden in further cases (see test_outcomes.py).
            assert isinstance(outcome.mean, TooFew) or not is_hidden
            assert isinstance(outcome.top_two, TooFew) is is_hidden
            if isinstance(outcome.mean, float):
                assert 1 <= outcome.mean <= 5
