"""Headers that number one question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nethealth.workbook.cells.numbered_headers import shared_questions


@pytest.mark.parametrize(
    ("headers", "question"),
    [
        (["Colleague 1", "Colleague 2", "Colleague 3"], "Colleague"),
        (["friend", "Friend_2"], "friend"),
        (["alter1", "alter2"], "alter"),
        (["Who helps you? [1]", "Who helps you? [2]"], "Who helps you?"),
        (["Who helps you? #2", "Who helps you? #1"], "Who helps you?"),
        (["First person you ask", "Second person you ask"], "person you ask"),
        (["1st choice", "2nd choice", "3rd choice"], "choice"),
        (["Primera persona", "Segunda persona"], "persona"),
    ],
)
def test_numbers_from_one_on_ask_the_same(headers, question):
    assert {found.casefold() for found in shared_questions(headers).values()} == {question.casefold()}


@pytest.mark.parametrize(
    "headers", [["Grade 9", "Grade 10"], ["PS 1", "PS 3"], ["Week 2", "Other"], ["2", "3"], ["Only 1"]]
)
def test_other_numbers_are_part_of_the_question(headers):
    assert shared_questions(headers) == {header: header for header in headers}


@given(st.lists(st.text(max_size=20), max_size=6))
def test_every_header_has_a_question_that_is_not_blank(headers):
    found = shared_questions(headers)
    assert set(found) == set(headers)
    assert all(question or not header for header, question in found.items())
