"""The rows of how people answered: each bar is what was counted, whole questions are written, nothing is markup."""

from __future__ import annotations

import html
import re

import pytest

from nethealth.experience import QuestionResults
from nethealth.experience.charts import answer_rows as rows
from nethealth.experience.charts import questions as charts
from nethealth.presentation import palette
from nethealth.workbook.schema.vocabulary import AGREEMENT, ONE_TO_FOUR, ZERO_TO_TEN
from tests.experience.charts.test_questions import HOSTILE, asked
from tests.presentation.test_palette import contrast

LONG = "When I meet a difficulty in my building there are two people in this network whom I would call the same day, "


def drawn(*questions: QuestionResults) -> str:
    return rows.answer_rows([charts.QuestionRow(each) for each in questions])


def written(shown: str) -> list[str]:
    """Every text that stands in rows, as a reader sees it."""
    return [html.unescape(text).strip() for text in re.findall(r">([^<>]+)<", shown) if text.strip()]


def skip_and_widths(shown: str) -> tuple[list[float], list[float]]:
    """How far from the left each bar begins, and how wide its pieces are: percentages of the chart."""
    skips = re.findall(r'<i style="width:([0-9.]+)%"', shown)
    widths = re.findall(r'<span title="[^"]*" style="width:([0-9.]+)%', shown)
    return [float(each) for each in skips], [float(each) for each in widths]


@pytest.mark.parametrize("points", range(2, 12))
def test_the_numbers_on_every_shade_can_be_read_in_both_themes(points: int) -> None:
    for shade in rows.colors_of(points):
        light, dark = rows.text_colors(shade)
        assert contrast(shade, light) >= 4.5
        assert contrast(palette.to_dark(shade), dark) >= 4.5


def test_a_bar_holds_every_answer_and_its_lower_half_ends_at_the_line() -> None:
    # 1 of 1, 2 of 2, 2 of 3, 3 of 4, 2 of 5: the bar goes from -0.4 (three low answers and half of two) to 0.6.
    (question,) = asked(("Q", AGREEMENT, [1.0, 2.0, 2.0, 3.0, 3.0, 4.0, 4.0, 4.0, 5.0, 5.0]))
    shown = drawn(question)
    (skip,), widths = skip_and_widths(shown)
    assert skip == 0
    assert widths == [10, 20, 20, 30, 20]
    assert "--zero:40.00%" in shown
    assert {label for _, label in AGREEMENT.points} <= set(written(shown)), "the legend names every answer"


def test_bars_stand_over_one_another_on_one_scale() -> None:
    # All agree: from 0 to 1. All disagree: from -1 to 0. The chart is two wide, its line in the middle.
    agree, disagree = asked(("A", AGREEMENT, [4.0] * 5), ("D", AGREEMENT, [2.0] * 5))
    shown = drawn(agree, disagree)
    assert skip_and_widths(shown) == ([50, 0], [50, 50])
    assert "--zero:50.00%" in shown


def test_an_even_scale_parts_in_its_middle() -> None:
    # 1 and 2 lie left of the line: 0.4 of the bar.
    assert "--zero:40.00%" in drawn(*asked(("Q", ONE_TO_FOUR, [1.0, 2.0, 3.0, 3.0, 4.0])))


def test_numbers_on_a_scale_of_numbers_say_which_they_are() -> None:
    shown = drawn(*asked(("Q", ZERO_TO_TEN, [9.0] * 6 + [0.0] * 4)))
    assert [each for each in written(shown) if "%" in each] == ["0: 40%", "9: 60%"]
    assert {"◀ 0", "10 ▶"} <= set(written(shown)), "of eleven points the ends are named"


def test_what_is_held_back_has_no_bar() -> None:
    questions = asked(("Few", AGREEMENT, [5.0, 5.0]), ("Many", AGREEMENT, [4.0] * 6))
    shown = drawn(*questions)
    assert shown.count('class="nh-bar"') == 1
    assert "fewer than 5 answered: held back" in written(shown)
    words = charts.distribution_text([charts.QuestionRow(each) for each in questions])
    assert "“Few”: fewer than 5 answered, held back." in words
    assert "Strongly agree 2" not in words


def test_nothing_from_a_cell_is_markup_and_nothing_is_endless() -> None:
    questions = asked((HOSTILE, AGREEMENT, [4.0] * 6), (f"{HOSTILE}?", None, [f"{HOSTILE}!"] * 6))
    for shown in (drawn(questions[0]), rows.choice_rows(questions[1:])):
        assert "<img" not in shown
        assert any("<img src=x" in line for line in written(shown)), "it shows as typed"
        assert "\u202e" not in shown
        assert len(shown) < 5_000


def test_a_long_question_and_a_long_option_are_written_in_full() -> None:
    question, option = (LONG * 2).strip(), f"{LONG[:140]}?"
    scaled, chosen = asked((question, AGREEMENT, [4.0] * 6), (f"{question}?", None, [option] * 6))
    assert question in written(drawn(scaled))
    assert {f"{question}?", option} <= set(written(rows.choice_rows([chosen])))


def test_options_are_as_long_as_they_were_chosen() -> None:
    (question,) = asked(("Q", None, ["a"] * 8 + ["b"] * 6))
    shown = rows.choice_rows([question])
    assert re.findall(r'<u style="width:([0-9.]+)%', shown) == ["100.00", "75.00"]
    assert written(shown) == ["Q", "14 answers", "a", "8", "b", "6"]


@pytest.mark.parametrize("points", [4, 5, 7, 11])
def test_every_color_is_one_of_the_palette_and_none_twice(points: int) -> None:
    colors = rows.colors_of(points)
    assert len(set(colors)) == points
    assert set(colors) <= set(palette.LIGHT.colors())
