"""Columns of one question become boxes to tick, or rows of a grid."""

import pytest

from nethealth.workbook.layouts.option_columns import Asked, merge_columns


def merged(parts, *rows, question="Q"):
    """The header row and the rows below, with all columns about one question."""
    table = [[None] * len(parts), *map(list, rows)]
    merge_columns(table, 0, [Asked(at, question, part, "1") for at, part in enumerate(parts)])
    return table


def test_ticked_boxes_are_joined_in_the_first_column():
    rows = merged(
        ["Math, early", "Arts; music", "Other (please specify)"], ["Math, early", None, "Bus"], [None, "Arts; music"]
    )
    assert rows == [["Q", None, None], ["Math, early;Bus;", None, None], ["Arts, music;", None]]


@pytest.mark.parametrize("other", ["Other", "Otro", "Autre (précisez)", "Outro", "Sonstiges", "Please specify"])
def test_text_next_to_other_is_an_option(other):
    assert merged(["Math", other], ["Math", "Bus"], [None, "Car"])[1:] == [["Math;Bus;", None], ["Car;", None]]


def test_other_answers_are_rows_of_a_grid():
    assert merged(["Calls [all]", "Visits"], ["Agree", "Neutral"])[0] == ["Q [Calls (all)]", "Q [Visits]"]


def test_parts_about_the_respondent_are_headers():
    assert merged(["Name", "Company", "Email Address"], ["Ana", "X", "(email 1)"])[0] == [
        "Name",
        "Q [Company]",
        "Email Address",
    ]


@pytest.mark.parametrize(
    ("rows", "are_boxes"),
    [
        ([[1, None], [1, 1]], True),
        ([["1", ""], ["", "2"]], True),
        ([[1, 1], [1, 1]], False),  # everyone answered 1
        ([[1, None], [2, 1]], False),
        ([[None, None]], False),
    ],
)
def test_codes_are_boxes_if_some_are_blank(rows, are_boxes):
    assert (merged(["Math", "Arts"], *rows)[0] == ["Q", None]) is are_boxes


def test_whole_question_keeps_its_words():
    assert merged([None], ["Agree"]) == [["Q"], ["Agree"]]
