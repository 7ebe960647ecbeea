"""Metric cards of participant experience: every value, and why there is none."""

from __future__ import annotations

import pytest

from nethealth.experience import cards, summarize_experience
from nethealth.workbook.records import Question, QuestionKind, SurveyResponse, Workbook
from nethealth.workbook.schema.vocabulary import AGREEMENT, OUTCOMES, ZERO_TO_TEN, Level
from tests.experience.surveys import KNOWLEDGE, results_of, two_surveys


def outcome_card(before: dict[str, list[float]], now: dict[str, list[float]]) -> cards.Card:
    return cards.outcome_cards(summarize_experience(two_surveys(before, now)), level=Level.PARTICIPANT)[0]


def test_no_surveys_give_dashes() -> None:
    assert [value for _, value, _ in cards.outcome_cards((), level=Level.ORGANIZATION)] == ["–"] * 3


def test_too_few_answers_are_hidden() -> None:
    name, value, note = outcome_card({}, {"Q": [5.0] * 3})
    assert (name, value) == (KNOWLEDGE, "fewer than 5")
    assert "hidden" in str(note)


def test_first_survey_has_its_interval() -> None:
    # Wilson for 5 of 5: the lower end is 5 / (5 + 1.96²).
    assert outcome_card({}, {"Q": [5.0] * 5})[1:] == ("100%", "95% confidence interval 57% to 100%")


@pytest.mark.parametrize(
    ("before", "now", "share", "note"),
    [
        ({"Q": [4.0] * 8 + [2.0] * 32}, {"Q": [4.0] * 32 + [2.0] * 8}, "80%", "up 60 points"),
        (
            {"Q": [4.0] * 5 + [2.0] * 5},
            {"Q": [4.0] * 6 + [2.0] * 4},
            "60%",
            "up 10 points (could be chance)",
        ),
        ({"A": [4.0] * 6}, {"B": [4.0] * 6}, "100%", "the questions changed"),
        ({"A": [4.0] * 3}, {"A": [4.0] * 6}, "100%", "too few people answered"),
    ],
)
def test_change_since_the_last_survey(
    before: dict[str, list[float]], now: dict[str, list[float]], share: str, note: str
) -> None:
    _, value, text = outcome_card(before, now)
    assert value == share
    assert note in str(text)


def test_level_heading_has_the_range_of_its_outcomes() -> None:
    coordination, reach, _ = OUTCOMES[Level.ORGANIZATION]
    questions = [("A", coordination, 2), ("B", reach, 7)]
    workbook = Workbook(
        questions=tuple(Question(text=q, kind=QuestionKind.SCALE, scale=AGREEMENT, outcome=o) for q, o, _ in questions),
        responses=tuple(
            SurveyResponse(wave=None, answers={q: 4.0 if n < agree else 2.0 for q, _, agree in questions})
            for n in range(10)
        ),
    )
    (wave,) = summarize_experience(workbook)
    assert cards.level_heading(wave, level=Level.ORGANIZATION, title="For all") == "For all: 20–70% agree"
    assert cards.level_heading(wave, level=Level.PARTICIPANT, title="For each") == "For each"


def test_recommendation_has_its_interval() -> None:
    # 10 promoters, 4 passives, 6 detractors of 20: 50% minus 30%. Wilson: 0.299 to 0.701 and 0.145 to 0.519;
    # correlation -0.15 / 0.229 = -0.655; lower half sqrt(0.201² + 0.219² + 2 * 0.655 * 0.201 * 0.219) = 0.382, upper
    # half 0.324.
    (question,) = results_of(
        ("Recommend?", ZERO_TO_TEN, [9.0] * 6 + [10.0] * 4 + [7.0, 7.0, 8.0, 8.0] + [0.0, 6.0] * 3)
    )
    (_, promoters, _), (_, detractors, _), (_, score, note) = cards.recommendation_cards(question)
    assert (promoters, detractors, score) == ("50%", "30%", "+20")
    assert "\u221218 to +52, 20 answers" in str(note)


def test_only_visible_zero_to_ten_questions_are_a_recommendation() -> None:
    (few,) = results_of(("Recommend?", ZERO_TO_TEN, [9.0] * 4))
    (other,) = results_of(("Q", AGREEMENT, [5.0] * 6))
    assert cards.recommendation_cards(few) == cards.recommendation_cards(other) == []
