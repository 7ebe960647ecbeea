"""Answer rows: bars show the counts, questions are in full, and nothing from a cell is markup."""

from __future__ import annotations

import re

import pytest

from nethealth.experience import QuestionResults
from nethealth.experience.charts import answer_rows as rows
from nethealth.experience.charts.questions import QuestionRow, distribution_text
from nethealth.presentation import palette
from nethealth.workbook.schema.vocabulary import AGREEMENT, ONE_TO_FOUR, ZERO_TO_TEN
from tests.experience.surveys import HOSTILE, results_of, visible_texts
from tests.presentation.test_palette import contrast

LONG = "When I meet a difficulty in my building there are two people in this network I would call the same day, "


def drawn(*questions: QuestionResults) -> str:
    return rows.answer_rows([QuestionRow(each) for each in questions])


def skip_and_widths(shown: str) -> tuple[list[float], list[float]]:
    """How far from the left each bar begins, and how wide its pieces are: percentages of the chart."""
    skips = re.findall(r'<i style="width:([0-9.]+)%"', shown)
    widths = re.findall(r'<span title="[^"]*" style="width:([0-9.]+)%', shown)
    return [float(each) for each in skips], [float(each) for each in widths]


@pytest.mark.parametrize("points", range(2, 12))
def test_text_is_readable_on_every_color_in_both_themes(points: int) -> None:
    for shade in rows.colors_of(points):
        light, dark = rows.text_colors(shade)
        assert contrast(shade, light) >= 4.5
        assert contrast(palette.to_dark(shade), dark) >= 4.5


def test_bar_has_every_answer_and_its_lower_half_ends_at_zero() -> None:
    # 1 of 1, 2 of 2, 2 of 3, 3 of 4, 2 of 5: the bar goes from -0.4 (three low answers and half of two) to 0.6.
    (question,) = results_of(("Q", AGREEMENT, [1.0, 2.0, 2.0, 3.0, 3.0, 4.0, 4.0, 4.0, 5.0, 5.0]))
    shown = drawn(question)
    (skip,), widths = skip_and_widths(shown)
    assert skip == 0
    assert widths == [10, 20, 20, 30, 20]
    assert "--zero:40.00%" in shown
    assert {label for _, label in AGREEMENT.points} <= set(visible_texts(shown)), "the legend names every answer"


def test_bars_share_one_axis() -> None:
    # All agree: from 0 to 1. All disagree: from -1 to 0. The chart is two wide, its line in the middle.
    agree, disagree = results_of(("A", AGREEMENT, [4.0] * 5), ("D", AGREEMENT, [2.0] * 5))
    shown = drawn(agree, disagree)
    assert skip_and_widths(shown) == ([50, 0], [50, 50])
    assert "--zero:50.00%" in shown


def test_even_scale_splits_in_its_middle() -> None:
    # 1 and 2 lie left of the line: 0.4 of the bar.
    assert "--zero:40.00%" in drawn(*results_of(("Q", ONE_TO_FOUR, [1.0, 2.0, 3.0, 3.0, 4.0])))


def test_segments_of_a_number_scale_name_their_number() -> None:
    shown = drawn(*results_of(("Q", ZERO_TO_TEN, [9.0] * 6 + [0.0] * 4)))
    assert [each for each in visible_texts(shown) if "%" in each] == ["0: 40%", "9: 60%"]
    assert {"◀ 0", "10 ▶"} <= set(visible_texts(shown)), "of eleven points the ends are named"


def test_hidden_question_has_no_bar() -> None:
    questions = results_of(("Few", AGREEMENT, [5.0, 5.0]), ("Many", AGREEMENT, [4.0] * 6))
    shown = drawn(*questions)
    assert shown.count('class="nh-bar"') == 1
    assert "Hidden (fewer than 5 people answered)" in visible_texts(shown)
    words = distribution_text([QuestionRow(each) for each in questions])
    assert "“Few”: hidden" in words
    assert "Strongly agree 2" not in words


def test_cells_are_escaped_and_cut() -> None:
    questions = results_of((HOSTILE, AGREEMENT, [4.0] * 6), (f"{HOSTILE}?", None, [f"{HOSTILE}!"] * 6))
    for shown in (drawn(questions[0]), rows.choice_rows(questions[1:])):
        assert "<img" not in shown
        assert any("<img src=x" in line for line in visible_texts(shown)), "it shows as typed"
        assert "\u202e" not in shown
        assert len(shown) < 5_000


def test_long_question_and_option_are_in_full() -> None:
    question, option = (LONG * 2).strip(), f"{LONG[:140]}?"
    scaled, chosen = results_of((question, AGREEMENT, [4.0] * 6), (f"{question}?", None, [option] * 6))
    assert question in visible_texts(drawn(scaled))
    assert {f"{question}?", option} <= set(visible_texts(rows.choice_rows([chosen])))


def test_option_bars_are_proportional() -> None:
    (question,) = results_of(("Q", None, ["a"] * 8 + ["b"] * 6))
    shown = rows.choice_rows([question])
    assert re.findall(r'<u style="width:([0-9.]+)%', shown) == ["100.00", "75.00"]
    assert visible_texts(shown) == ["Q", "14 answers", "a", "8", "b", "6"]


@pytest.mark.parametrize("points", [4, 5, 7, 11])
def test_colors_are_distinct_palette_colors(points: int) -> None:
    colors = rows.colors_of(points)
    assert len(set(colors)) == points
    assert set(colors) <= set(palette.LIGHT.colors())
