"""Counts of chosen options, with rare ones pooled."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.experience import summarize_experience
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.records import (
    Question,
    QuestionKind,
    Settings,
)
from tests.experience.surveys import only_survey, responses_to, workbook_of


def test_rare_options_are_pooled() -> None:
    choice = Question(text="Q", kind=QuestionKind.CHOICE)
    chosen = [*["North"] * 9, *["South"] * 7, *["East"] * 5, "my own words", "my other words"]
    (question,) = only_survey(workbook_of([choice], responses_to("Q", *chosen))).questions
    # The two rare ones alone would leave a remainder of two, so that the next rarest joins them.
    assert question.distribution == {"North": 9, "South": 7, "fewer than 5": 7}
    assert (question.mean, question.top_two) == (None, None)
    (question,) = only_survey(workbook_of([choice], responses_to("Q", *["Yes"] * 5, *["No"] * 6))).questions
    assert question.distribution == {"No": 6, "Yes": 5}


def test_option_named_like_the_pool() -> None:
    choice = Question(text="Q", kind=QuestionKind.CHOICE)
    chosen = [*["fewer than 5"] * 6, *["6 to 10"] * 7, *["11 to 20"] * 3, *["more"] * 2]
    (question,) = only_survey(workbook_of([choice], responses_to("Q", *chosen))).questions
    assert question.distribution == {"6 to 10": 7, "fewer than 5": 6, "fewer than 5 people": 5}
    assert question.pooled == "fewer than 5 people"
    (question,) = only_survey(workbook_of([choice], responses_to("Q", *["fewer than 5"] * 6, *["more"] * 7))).questions
    assert (question.distribution, question.pooled) == ({"more": 7, "fewer than 5": 6}, None)


def test_large_numbers_stay_distinct() -> None:
    number = Question(text="Q", kind=QuestionKind.NUMBER)
    (question,) = only_survey(
        workbook_of([number], responses_to("Q", *[1234567.0] * 5, *[1234568.0] * 6, *[0.5] * 5))
    ).questions
    assert question.distribution == {"1234568": 6, "0.5": 5, "1234567": 5}


def test_checked_options_count_people() -> None:
    boxes = Question(text="Q", kind=QuestionKind.MULTIPLE)
    chosen = [("a", "b"), ("a", "b"), ("a",), ("a",), ("a", "c"), ("b", "d"), ("b", "c", "d"), ("b",), ("c",), ("d",)]
    (question,) = only_survey(workbook_of([boxes], responses_to("Q", *chosen))).questions
    # c: 3 people, d: 3, together 5 different ones.
    assert question.distribution == {"a": 5, "b": 5, "fewer than 5": 5}


@settings(max_examples=80, deadline=None)
@given(chosen=st.lists(st.sampled_from("abcdefg"), max_size=40), smallest=st.integers(3, 7))
def test_no_shown_option_or_rest_is_too_small(chosen: list[str], smallest: int) -> None:
    choice = Question(text="Q", kind=QuestionKind.CHOICE)
    workbook = workbook_of([choice], responses_to("Q", *chosen), settings=Settings(smallest_group=smallest))
    for wave in summarize_experience(workbook):
        (question,) = wave.questions
        if isinstance(question.distribution, TooFew):
            assert question.n < smallest
        else:
            assert all(count >= smallest for count in question.distribution.values())
            assert sum(question.distribution.values()) == len(chosen)
