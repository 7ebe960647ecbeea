"""Answers on a scale, and the scale guessed from a column of answers."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.workbook.cells.scale_answers import LABEL_AND_NUMBER_DIFFER, guess_scale, read_scale_answer
from nethealth.workbook.cells.text import is_no_answer
from nethealth.workbook.schema.vocabulary import (
    AGREEMENT,
    BUILT_IN_SCALES,
    FREQUENCY,
    ONE_TO_FIVE,
    ONE_TO_FOUR,
    ONE_TO_SEVEN,
    SATISFACTION,
    STRENGTH,
    ZERO_TO_TEN,
    Scale,
)
from tests.workbook.cells.samples import RAW_CELLS, is_error, value_of


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (4, 4),
        (4.0, 4),
        ("4", 4),
        ("Agree", 4),
        ("4 - Agree", 4),
        ("4-Agree", 4),
        ("4 – agree", 4),
        ("4: Agree", 4),
        ("4. Agree", 4),
        ("4 (Agree)", 4),
        ("Agree (4)", 4),
        ("Agree - 4", 4),
        ("4=Agree", 4),
        ("STRONGLY  agree", 5),
        ("4 - rather", 4),
    ],
)
def test_number_label_or_both(cell, expected):
    assert value_of(read_scale_answer(cell, AGREEMENT)) == expected


@pytest.mark.parametrize(
    "cell",
    [
        *("Not applicable", "N/A", "n.a.", "Don't know", "Don’t know", "I don't know", "", None, "-"),
        *("No sé", "No sabe / No contesta", "NS/NC", "Prefiero no responder", "No estoy segura"),
    ],
)
def test_no_answer_gives_none(cell):
    assert is_no_answer(cell)
    assert value_of(read_scale_answer(cell, AGREEMENT)) is None


def test_zero_counts_only_on_scales_with_zero():
    assert value_of(read_scale_answer(0, ZERO_TO_TEN)) == 0
    assert value_of(read_scale_answer("0", ZERO_TO_TEN)) == 0
    assert is_error(read_scale_answer(0, AGREEMENT))


@pytest.mark.parametrize(
    "cell", [6, "0", "3.5", "Perhaps", "7 - Agree", "=4", True, dt.date(2026, 1, 1), "1e0", "#N/A"]
)
def test_off_scale_is_error(cell):
    assert is_error(read_scale_answer(cell, AGREEMENT))


def test_number_and_label_that_differ_is_error():
    assert read_scale_answer("4 - Disagree", AGREEMENT) == LABEL_AND_NUMBER_DIFFER


def test_signed_values():
    scale = Scale("Change", ((-1.0, "Less"), (0.0, "Same"), (1.0, "More")))
    assert [value_of(read_scale_answer(cell, scale)) for cell in (-1, "-1", "-1 - Less", "Same", "+1")] == [
        -1,
        -1,
        -1,
        0,
        1,
    ]


@pytest.mark.parametrize(
    ("column", "scale"),
    [
        (["Agree", "Neutral", "", "N/A", "Strongly agree"], AGREEMENT),
        (["Satisfied", "Neutral"], SATISFACTION),
        (["Agree", 5, "2 - Disagree", "N/A", "#N/A", "=1+1", "maybe", "Neutral"], AGREEMENT),
        (["Often", "Never", "Often"], FREQUENCY),
        (["4 - Coordinate", "2 - Know"], STRENGTH),
        ([1, 3, 5, 4], ONE_TO_FIVE),
        (["1", "2"], ONE_TO_FIVE),
        ([1, 2, 3, 4] * 5, ONE_TO_FOUR),
        ([1, 2, 3, 4], ONE_TO_FIVE),
        ([7, 2, 5], ONE_TO_SEVEN),
        ([0, 10, 8], ZERO_TO_TEN),
        ([9, 8, 10], ZERO_TO_TEN),
        ([12, 30], None),
        (["More time", "Fewer messages"], None),
        (["", None, "N/A"], None),
        ([2.5, 3], None),
        ([], None),
    ],
)
def test_scale_is_guessed(column, scale):
    assert guess_scale(column, BUILT_IN_SCALES) is scale


@given(st.lists(RAW_CELLS, max_size=12))
@settings(max_examples=100, deadline=None)
def test_guess_never_raises(column):
    guess = guess_scale(column, BUILT_IN_SCALES)
    assert guess is None or guess in BUILT_IN_SCALES


@pytest.mark.parametrize(
    ("typed", "label"), [("collaborat", "Collaborate"), ("colaborate", "Collaborate"), ("coordinat", "Coordinate")]
)
def test_remedy_offers_the_label_that_was_nearly_typed(typed, label):
    (problem,) = read_scale_answer(typed, STRENGTH).problems
    assert f"“{label}”" in problem.remedy


@pytest.mark.parametrize("typed", ["weak", "88", "friends"])
def test_remedy_offers_nothing_that_is_unlike(typed):
    (problem,) = read_scale_answer(typed, STRENGTH).problems
    assert "“" not in problem.remedy
