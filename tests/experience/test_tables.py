"""Tables of participant experience hide and round what the page does."""

from __future__ import annotations

from nethealth.experience import summarize_experience, tables
from nethealth.metric import Unit
from nethealth.presentation.formatting import format_value
from nethealth.workbook.records import Question, QuestionKind, SurveyResponse, Workbook
from nethealth.workbook.schema.vocabulary import AGREEMENT
from tests.experience.surveys import KNOWLEDGE, two_surveys


def test_download_rounds_and_hides() -> None:
    waves = summarize_experience(two_surveys({"A": [4.0] * 3}, {"A": [4.0] * 6 + [1.0] * 3}))
    before, now = tables.outcome_table(waves).rows
    assert (str(before[tables.TOP_TWO]), before[tables.LOW]) == ("fewer than 5", None)
    assert (now[tables.TOP_TWO], now["Average answer"]) == (0.67, 3.0)
    # Wilson for 6 of 9, by statsmodels.
    assert (now[tables.LOW], now[tables.HIGH]) == (0.35, 0.88)


def test_details_have_interval_change_average_and_counts() -> None:
    waves = summarize_experience(
        two_surveys({"A": [4.0] * 6, "B": [4.0] * 6}, {"A": [4.0] * 6, "B": [4.0] * 3 + [2.0] * 3})
    )
    (row,) = tables.outcome_details(waves).rows
    assert (format_value(row["Share"], Unit.SHARE), row["Average answer"], row["Answers"], row["Questions"]) == (
        "75%",
        "3.5 of 5",
        12,
        2,
    )
    assert "down 25 points since 2024" in str(row["Change"])


def test_average_that_would_reveal_few_people_is_hidden() -> None:
    questions = tuple(
        Question(text=text, kind=QuestionKind.SCALE, scale=AGREEMENT, outcome=KNOWLEDGE) for text in ("P", "Q")
    )
    answers = [{"P": 5.0, "Q": 5.0}] * 9 + [{"P": 5.0}]
    responses = tuple(SurveyResponse(wave=None, answers=each) for each in answers)
    (row,) = tables.outcome_details(summarize_experience(Workbook(questions=questions, responses=responses))).rows
    assert (row["Share"], row["Average answer"], row["Answers"]) == (1.0, "hidden", 19)
