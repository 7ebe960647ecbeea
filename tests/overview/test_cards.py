"""The overview's card of the survey: its sentence says what the figures carry, and no more."""

from __future__ import annotations

import datetime as dt

import pytest

from nethealth.overview.cards import cards
from nethealth.overview.facts import facts_of
from nethealth.workbook.records import Question, QuestionKind, SurveyResponse, Workbook
from nethealth.workbook.schema.vocabulary import AGREEMENT, OUTCOMES, Level

LEARN, EFFECT, TIES = OUTCOMES[Level.PARTICIPANT]


def sentence(agreeing: dict[str, int]) -> str:
    """The sentence where of ten people so many agree with the one statement of each outcome."""
    workbook = Workbook(
        questions=tuple(
            Question(text=outcome, kind=QuestionKind.SCALE, scale=AGREEMENT, outcome=outcome) for outcome in agreeing
        ),
        responses=tuple(
            SurveyResponse(
                wave="2025", answers={outcome: 4.0 if place < agree else 2.0 for outcome, agree in agreeing.items()}
            )
            for place in range(10)
        ),
    )
    (card,) = (
        card for card in cards(facts_of(workbook, as_of=dt.date(2025, 6, 1))) if card.domain == "Participant experience"
    )
    return card.sentence


@pytest.mark.parametrize(
    ("agreeing", "told"),
    [
        ({LEARN: 9, EFFECT: 6, TIES: 8}, f"Members agree most on “{LEARN}” and least on “{EFFECT}”."),
        # Nothing is most where all are alike, nor where there is one.
        ({LEARN: 7, EFFECT: 7, TIES: 7}, "Members agree as much on one outcome as on another."),
        ({TIES: 7}, f"Members answered about “{TIES}”."),
    ],
)
def test_the_survey_is_told_by_what_is_highest_and_lowest_if_anything_is(agreeing: dict[str, int], told: str) -> None:
    assert sentence(agreeing) == told
