"""Charts of participant experience: what is drawn is what was counted, and nothing of too few."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
from collections.abc import Sequence
from typing import Any

import pytest

from nethealth.experience import QuestionFigures, summarize_experience
from nethealth.figures import experience_cards as cards
from nethealth.figures import experience_charts as charts
from nethealth.figures import experience_tables as tables
from nethealth.figures import palette
from nethealth.figures.chart_labels import PHONE
from nethealth.workbook.records import Answer, Question, QuestionKind, SurveyResponse, Wave, Workbook
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


def drawn(questions: Sequence[QuestionFigures]) -> Any:
    return charts.answer_distribution([charts.Asked(each) for each in questions])


def written(figure: object) -> list[str]:
    """Every line that is written on a chart."""
    return [line for trace in figure.data if trace.type == "scatter" for line in trace.text]  # type: ignore[attr-defined]


def bars_of(figure: object) -> list:
    return [trace for trace in figure.data if trace.type == "bar"]  # type: ignore[attr-defined]


def test_a_bar_holds_every_answer_and_its_lower_half_ends_at_the_line() -> None:
    # 1 of 1, 2 of 2, 2 of 3, 3 of 4, 2 of 5: three low, two in the middle.
    questions = asked(("Q", AGREEMENT, [1.0, 2.0, 2.0, 3.0, 3.0, 4.0, 4.0, 4.0, 5.0, 5.0]))
    bars = bars_of(drawn(questions))
    assert [bar.name for bar in bars] == [label for _, label in AGREEMENT.points]
    assert [bar.x[0] for bar in bars] == pytest.approx([0.1, 0.2, 0.2, 0.3, 0.2])
    assert bars[0].base[0] == pytest.approx(-0.4)  # three low answers and half of two
    assert bars[2].base[0] == pytest.approx(-0.1)
    assert bars[-1].base[0] + bars[-1].x[0] == pytest.approx(0.6)
    assert len({bar.marker.color for bar in bars}) == 5


def test_an_even_scale_parts_in_its_middle() -> None:
    bars = bars_of(drawn(asked(("Q", ONE_TO_FOUR, [1.0, 2.0, 3.0, 3.0, 4.0]))))
    assert bars[2].base[0] == pytest.approx(0)


def test_numbers_on_a_scale_of_numbers_say_which_they_are() -> None:
    bars = bars_of(drawn(asked(("Q", ZERO_TO_TEN, [9.0] * 6 + [0.0] * 4))))
    assert [bar.text[0] for bar in bars if bar.text[0]] == ["0: 40%", "9: 60%"]
    assert len(bars) == 11


def test_what_is_held_back_has_no_bar() -> None:
    questions = asked(("Few", AGREEMENT, [5.0, 5.0]), ("Many", AGREEMENT, [4.0] * 6))
    figure = drawn(questions)
    assert all(len(bar.x) == 1 for bar in bars_of(figure))
    assert sum("held back" in text for text in written(figure)) == 1
    words = charts.distribution_in_words([charts.Asked(each) for each in questions])
    assert "“Few”: fewer than 5 answered, held back." in words
    assert "Strongly agree 2" not in words
    rows = tables.question_rows(summarize_experience(Workbook()))
    assert rows == []


def test_questions_of_one_scale_stand_together() -> None:
    questions = asked(("A", ZERO_TO_TEN, [1.0]), ("B", AGREEMENT, [1.0]), ("C", AGREEMENT, [1.0]), ("D", AGREEMENT, []))
    assert [[each.question for each in group] for group in charts.by_scale(questions)] == [["B", "C"], ["A"]]


def test_nothing_from_a_cell_is_markup_and_no_label_is_wider_than_a_phone() -> None:
    questions = asked((HOSTILE, AGREEMENT, [4.0] * 6), (f"{HOSTILE}?", None, [f"{HOSTILE}!"] * 6))
    for figure in (drawn(questions[:1]), charts.choice_distribution(questions[1:])):
        assert written(figure)
        for text in written(figure):
            assert "<" not in text.replace("<br>", "")
            assert "\u202e" not in text
            assert all(len(re.sub(r"&\w+;", "&", line)) <= PHONE for line in text.split("<br>"))
        assert len(json.dumps(figure.to_plotly_json(), default=list)) < 20_000
    assert len(charts.distribution_heading([charts.Asked(questions[0])])) < 200


def test_every_colour_has_a_sibling_in_the_dark() -> None:
    questions = asked(*((scale.name, scale, [scale.lowest] * 5) for scale in (AGREEMENT, ONE_TO_FOUR, ZERO_TO_TEN)))
    for group in charts.by_scale(questions):
        figure = drawn(group)
        assert all(bar.marker.color in palette.LIGHT.colours() for bar in bars_of(figure))
        assert all(trace.textfont.color in palette.LIGHT.colours() for trace in figure.data if trace.type == "scatter")


def test_cards_say_why_there_is_no_figure() -> None:
    assert [value for _, value, _ in cards.outcome_cards((), level=Level.ORGANIZATION)] == ["–"] * 3
    question = Question(text="Q", kind=QuestionKind.SCALE, scale=AGREEMENT, outcome=KNOWLEDGE)
    few = Workbook(
        questions=(question,), responses=tuple(SurveyResponse(wave=None, answers={"Q": 5.0}) for _ in range(3))
    )
    first, second, _ = cards.outcome_cards(summarize_experience(few), level=Level.PARTICIPANT)
    assert first == (KNOWLEDGE, "fewer than 5", "people answered: held back")
    assert second[1:] == ("–", "No question belongs to it yet")
    enough = Workbook(
        questions=(question,), responses=tuple(SurveyResponse(wave=None, answers={"Q": 5.0}) for _ in range(5))
    )
    assert cards.outcome_cards(summarize_experience(enough), level=Level.PARTICIPANT)[0] == (
        KNOWLEDGE,
        "100%",
        "agree · average 5.0 of 5 · 5 answers",
    )


def test_a_tie_for_the_most_chosen_is_told_as_one() -> None:
    (question,) = asked(("Q", None, ["a"] * 6 + ["b"] * 6 + ["c"] * 5))
    assert charts.choice_heading((question,)) == "“a” and “b” are chosen most: 6 of 17"
    (question,) = asked(("Q", None, ["a"] * 6 + ["b"] * 6))
    assert charts.choice_heading((question,)) == "What people chose"


def two_surveys(before: dict[str, list[float]], now: dict[str, list[float]], *, scale: Scale = AGREEMENT) -> Workbook:
    """Two surveys of the same questions, each with its answers by question."""
    texts = {**before, **now}
    responses = [
        SurveyResponse(wave=wave, answers={text: answer})
        for wave, given in (("2024", before), ("2025", now))
        for text, said in given.items()
        for answer in said
    ]
    return Workbook(
        questions=tuple(Question(text=text, kind=QuestionKind.SCALE, scale=scale, outcome=KNOWLEDGE) for text in texts),
        responses=tuple(responses),
        waves=(Wave(name="2024", date=dt.date(2024, 5, 1)), Wave(name="2025", date=dt.date(2025, 5, 1))),
    )


def test_what_clearly_moved_comes_first_and_the_rest_is_too_early_to_tell() -> None:
    workbook = two_surveys(
        {"Still": [4.0] * 20 + [2.0] * 20, "Moved": [4.0] * 8 + [2.0] * 32, "Noise": [4.0] * 20 + [2.0] * 20},
        {"Still": [4.0] * 20 + [2.0] * 20, "Moved": [4.0] * 32 + [2.0] * 8, "Noise": [4.0] * 23 + [2.0] * 17},
    )
    ((asked_now, figure),) = charts.scale_charts(workbook, wave="2025")
    assert [each.figures.question for each in asked_now] == ["Moved", "Noise", "Still"]
    assert charts.distribution_heading(asked_now) == "Moved most: “Moved” (+60 points)"
    assert charts.movement_in_words(asked_now) == (
        "1 question of 3 moved by more than chance would since the survey before; it comes first. "
        "For the others it is too early to tell."
    )
    moved, noise, still = (each.moved for each in asked_now)
    # Newcombe's interval of 32/40 less 8/40 by statsmodels: 0.3913 to 0.7344.
    assert moved is not None
    assert moved.startswith("Up 60 points since 2024 (+39 to +73)")
    assert noise is not None
    assert "too early to tell" in noise
    assert still is not None
    assert still.startswith("No different since 2024, but too early to tell")
    # Both surveys are drawn, one under the other: three thick bars and three thin ones.
    (first, *_) = bars_of(figure)
    assert sorted(first.width) == [charts.BEFORE] * 3 + [charts.BAR] * 3
    assert any("2024: 40 answers" in line for line in written(figure))
    assert "Up 60 points since 2024" in charts.distribution_in_words(asked_now)


def test_of_many_questions_it_is_said_how_many_would_move_by_chance() -> None:
    before = {f"Q{n}": [4.0] * 20 + [2.0] * 20 for n in range(40)}
    now = before | {"Q7": [4.0] * 38 + [2.0] * 2, "Q8": [4.0] * 2 + [2.0] * 38}
    ((asked_now, _),) = charts.scale_charts(two_surveys(before, now), wave="2025")
    # At 95 in 100, two of forty.
    assert charts.movement_in_words(asked_now) == (
        "2 questions of 40 moved by more than chance would since the survey before; they come first. Of so many, about "
        "2 would seem to by chance alone. For the others it is too early to tell."
    )


def test_a_heading_of_a_question_worded_in_reverse_says_whose_share_moved() -> None:
    workbook = two_surveys(
        {"It costs time": [4.0] * 8 + [2.0] * 32, "Still": [4.0] * 40},
        {"It costs time": [4.0] * 32 + [2.0] * 8, "Still": [4.0] * 40},
    )
    costs, still = workbook.questions
    turned = dataclasses.replace(workbook, questions=(dataclasses.replace(costs, reverse=True), still))
    ((asked_now, _),) = charts.scale_charts(turned, wave="2025")
    # 32 of 40 disagreed, then 8.
    assert charts.distribution_heading(asked_now) == ("Moved most: “It costs time” (who disagree: −60 points)")


def test_options_beyond_the_twelve_that_are_drawn_are_counted() -> None:
    said = [f"Option {letter}" for letter in "abcdefghijklmn" for _ in range(5)] + ["rare"] * 2 + ["rarer"] * 3
    (question,) = asked(("Which?", None, said))
    # Fourteen options and the pool: twelve are drawn.
    assert "and 3 more answers in the download" in written(charts.choice_distribution([question]))
    assert charts.distribution_in_words([charts.Asked(question)]).endswith(
        "Option l 5, and 3 more answers in the download."
    )


def test_only_the_pool_is_called_one() -> None:
    (question,) = asked(("Hours?", None, ["10 or more"] * 6 + ["fewer than 10"] * 5))
    drawn_words = written(charts.choice_distribution([question]))
    assert "fewer than 10" in drawn_words
    (question,) = asked(("Hours?", None, ["fewer than 10"] * 6 + ["9"] * 5 + ["10"] * 3 + ["11"] * 2))
    assert charts.choice_heading([question]) == "“fewer than 10” is chosen most: 6 of 16"
    assert "Answers of fewer than 5 people each 5" in charts.distribution_in_words([charts.Asked(question)])


def test_a_first_survey_is_compared_with_nothing() -> None:
    ((asked_now, _),) = charts.scale_charts(two_surveys({"Q": [4.0] * 6}, {}), wave="2024")
    assert charts.movement_in_words(asked_now) is None
    assert asked_now[0].moved is None


def test_an_outcomes_card_says_how_it_moved() -> None:
    def card(before: dict[str, list[float]], now: dict[str, list[float]]) -> str:
        waves = summarize_experience(two_surveys(before, now))
        return str(cards.outcome_cards(waves, level=Level.PARTICIPANT)[0][2])

    up = card({"Q": [4.0] * 8 + [2.0] * 32}, {"Q": [4.0] * 32 + [2.0] * 8})
    assert up == "agree · up 60 points since 2024 (+39 to +73) · average 3.6 of 5 · 40 answers"
    early = card({"Q": [4.0] * 5 + [2.0] * 5}, {"Q": [4.0] * 6 + [2.0] * 4})
    assert "+10 points since 2024, but too early to tell (" in early
    assert "not comparable with before: other questions than before" in card({"A": [4.0] * 6}, {"B": [4.0] * 6})
    assert "not comparable with before: held back: too few answered" in card({"A": [4.0] * 3}, {"A": [4.0] * 6})
    assert "compar" not in card({}, {"A": [4.0] * 6})


def test_zero_to_ten_as_promoters_and_detractors_with_their_noise() -> None:
    # 10 promoters, 4 passives, 6 detractors of 20: 50% less 30%. Wilson: 0.299 to 0.701 and 0.145 to 0.519; correlation
    # -0.15 / 0.229 = -0.655; lower half sqrt(0.201² + 0.219² + 2 * 0.655 * 0.201 * 0.219) = 0.382, upper half 0.324.
    (question,) = asked(("Recommend?", ZERO_TO_TEN, [9.0] * 6 + [10.0] * 4 + [7.0, 7.0, 8.0, 8.0] + [0.0, 6.0] * 3))
    (_, promoters, _), (_, detractors, _), (_, score, noise) = cards.recommendation_cards(question)
    assert (promoters, detractors, score) == ("50%", "30%", "+20")
    assert noise is not None
    assert "with 20 answers, the true figure may lie anywhere from \u221218 to +52" in noise
    (few,) = asked(("Recommend?", ZERO_TO_TEN, [9.0] * 4))
    assert cards.recommendation_cards(few) == []
    (other,) = asked(("Q", AGREEMENT, [5.0] * 6))
    assert cards.recommendation_cards(other) == []


def test_downloads_round_and_hold_back_what_the_page_does() -> None:
    waves = summarize_experience(two_surveys({"A": [4.0] * 3}, {"A": [4.0] * 6 + [1.0] * 3}))
    before, now = tables.outcome_rows(waves)
    assert (str(before["Share in the two highest answers"]), before["From"]) == ("fewer than 5", None)
    assert (now["Share in the two highest answers"], now["Average answer"]) == (0.67, 3.0)
    assert (now["From"], now["To"]) == (0.35, 0.88)  # Wilson for 6 of 9, by statsmodels
