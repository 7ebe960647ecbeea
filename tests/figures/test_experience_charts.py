"""Charts of participant experience: what is drawn is what was counted, and nothing of too few."""

from __future__ import annotations

import json
import re

import pytest

from nethealth.experience import QuestionFigures, summarize_experience
from nethealth.figures import experience_charts as charts
from nethealth.figures import palette
from nethealth.figures.chart_labels import PHONE
from nethealth.workbook.records import Answer, Question, QuestionKind, SurveyResponse, Workbook
from nethealth.workbook.vocabulary import AGREEMENT, ONE_TO_FOUR, OUTCOMES, ZERO_TO_TEN, Level, Scale

KNOWLEDGE = OUTCOMES[Level.PARTICIPANT][0]
HOSTILE = "<img src=x onerror=alert(1)> =1+1 $x$ <b>bold</b> & \u202ereversed " + "long words " * 4_000


def asked(
    *questions: tuple[str, Scale | None, list[Answer]], outcome: str | None = None
) -> tuple[QuestionFigures, ...]:
    declared = [
        Question(text=text, kind=QuestionKind.SCALE if scale else QuestionKind.CHOICE, scale=scale, outcome=outcome)
        for text, scale, _ in questions
    ]
    responses = [SurveyResponse(wave=None, answers={text: answer}) for text, _, said in questions for answer in said]
    (wave,) = summarize_experience(Workbook(questions=tuple(declared), responses=tuple(responses)))
    return wave.questions


def written(figure: object) -> list[str]:
    """Every line that is written on a chart."""
    return [line for trace in figure.data if trace.type == "scatter" for line in trace.text]  # type: ignore[attr-defined]


def bars_of(figure: object) -> list:
    return [trace for trace in figure.data if trace.type == "bar"]  # type: ignore[attr-defined]


def test_a_bar_holds_every_answer_and_its_lower_half_ends_at_the_line() -> None:
    # 1 of 1, 2 of 2, 2 of 3, 3 of 4, 2 of 5: three low, two in the middle.
    questions = asked(("Q", AGREEMENT, [1.0, 2.0, 2.0, 3.0, 3.0, 4.0, 4.0, 4.0, 5.0, 5.0]))
    bars = bars_of(charts.answer_distribution(questions))
    assert [bar.name for bar in bars] == [label for _, label in AGREEMENT.points]
    assert [bar.x[0] for bar in bars] == pytest.approx([0.1, 0.2, 0.2, 0.3, 0.2])
    assert bars[0].base[0] == pytest.approx(-0.4)  # three low answers and half of two
    assert bars[2].base[0] == pytest.approx(-0.1)
    assert bars[-1].base[0] + bars[-1].x[0] == pytest.approx(0.6)
    assert len({bar.marker.color for bar in bars}) == 5


def test_an_even_scale_parts_in_its_middle() -> None:
    bars = bars_of(charts.answer_distribution(asked(("Q", ONE_TO_FOUR, [1.0, 2.0, 3.0, 3.0, 4.0]))))
    assert bars[2].base[0] == pytest.approx(0)


def test_numbers_on_a_scale_of_numbers_say_which_they_are() -> None:
    bars = bars_of(charts.answer_distribution(asked(("Q", ZERO_TO_TEN, [9.0] * 6 + [0.0] * 4))))
    assert [bar.text[0] for bar in bars if bar.text[0]] == ["0: 40%", "9: 60%"]
    assert len(bars) == 11


def test_what_is_held_back_has_no_bar() -> None:
    questions = asked(("Few", AGREEMENT, [5.0, 5.0]), ("Many", AGREEMENT, [4.0] * 6))
    figure = charts.answer_distribution(questions)
    assert all(len(bar.x) == 1 for bar in bars_of(figure))
    assert sum("held back" in text for text in written(figure)) == 1
    words = charts.distribution_in_words(questions)
    assert "“Few”: fewer than 5 answered, held back." in words
    assert "Strongly agree 2" not in words
    rows = charts.question_rows(summarize_experience(Workbook()))
    assert rows == []


def test_questions_of_one_scale_stand_together() -> None:
    questions = asked(("A", ZERO_TO_TEN, [1.0]), ("B", AGREEMENT, [1.0]), ("C", AGREEMENT, [1.0]), ("D", AGREEMENT, []))
    assert [[each.question for each in group] for group in charts.by_scale(questions)] == [["B", "C"], ["A"]]


def test_nothing_from_a_cell_is_markup_and_no_label_is_wider_than_a_phone() -> None:
    questions = asked((HOSTILE, AGREEMENT, [4.0] * 6), (f"{HOSTILE}?", None, [f"{HOSTILE}!"] * 6))
    for figure in (charts.answer_distribution(questions[:1]), charts.choice_distribution(questions[1:])):
        assert written(figure)
        for text in written(figure):
            assert "<" not in text.replace("<br>", "")
            assert "\u202e" not in text
            assert all(len(re.sub(r"&\w+;", "&", line)) <= PHONE for line in text.split("<br>"))
        assert len(json.dumps(figure.to_plotly_json(), default=list)) < 20_000
    assert len(charts.distribution_heading(questions[:1])) < 200


def test_every_colour_has_a_sibling_in_the_dark() -> None:
    questions = asked(*((scale.name, scale, [scale.lowest] * 5) for scale in (AGREEMENT, ONE_TO_FOUR, ZERO_TO_TEN)))
    for group in charts.by_scale(questions):
        figure = charts.answer_distribution(group)
        assert all(bar.marker.color in palette.LIGHT.colours() for bar in bars_of(figure))
        assert all(trace.textfont.color in palette.LIGHT.colours() for trace in figure.data if trace.type == "scatter")


def test_cards_say_why_there_is_no_figure() -> None:
    assert [value for _, value, _ in charts.outcome_cards((), level=Level.ORGANIZATION)] == ["–"] * 3
    question = Question(text="Q", kind=QuestionKind.SCALE, scale=AGREEMENT, outcome=KNOWLEDGE)
    few = Workbook(
        questions=(question,), responses=tuple(SurveyResponse(wave=None, answers={"Q": 5.0}) for _ in range(3))
    )
    first, second, _ = charts.outcome_cards(summarize_experience(few), level=Level.PARTICIPANT)
    assert first == (KNOWLEDGE, "fewer than 5", "people answered: held back")
    assert second[1:] == ("–", "No question belongs to it yet")
    enough = Workbook(
        questions=(question,), responses=tuple(SurveyResponse(wave=None, answers={"Q": 5.0}) for _ in range(5))
    )
    assert charts.outcome_cards(summarize_experience(enough), level=Level.PARTICIPANT)[0] == (
        KNOWLEDGE,
        "100%",
        "agree · 5 answers",
    )


def test_a_tie_for_the_most_chosen_is_told_as_one() -> None:
    (question,) = asked(("Q", None, ["a"] * 6 + ["b"] * 6 + ["c"] * 5))
    assert charts.choice_heading((question,)) == "“a” and “b” are chosen most: 6 of 17"
    (question,) = asked(("Q", None, ["a"] * 6 + ["b"] * 6))
    assert charts.choice_heading((question,)) == "What people chose"
