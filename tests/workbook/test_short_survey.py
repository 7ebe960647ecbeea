"""The short survey's questions are recognized in every wording."""

from collections import Counter

import pytest

from nethealth.workbook.schema.vocabulary import OUTCOMES
from nethealth.workbook.short_survey import (
    ENGLISH,
    LANGUAGES,
    OPEN_QUESTIONS,
    SPANISH,
    STATEMENTS,
    answer_labels,
    find_statement,
    is_open_question,
    question_key,
    survey_text,
)

EARLIER = "I see better than before how the parts of our system hang together."


def test_two_statements_per_outcome():
    counts = Counter(each.outcome for each in STATEMENTS)
    assert counts == {outcome: 2 for outcomes in OUTCOMES.values() for outcome in outcomes}


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_has_every_line_once(language):
    lines = [line for line in survey_text(language).splitlines() if line]
    assert len(lines) == len(set(lines)) == 1 + 5 + 12 + 3


def test_all_wordings_share_one_key():
    for question in (*STATEMENTS, *OPEN_QUESTIONS):
        assert len({question_key(wording) for wording in question.wordings}) == 1
    assert len({question_key(each.english) for each in (*STATEMENTS, *OPEN_QUESTIONS)}) == 15


def test_earlier_wording_is_recognized():
    assert find_statement(EARLIER) is STATEMENTS[1]
    assert is_open_question("What should we know that we did not ask?")


def test_other_question_is_not_recognized():
    assert find_statement("I learn here") is None
    assert question_key("I learn here") is None
    assert not is_open_question("I learn here")


def test_answers_are_in_both_languages():
    assert (answer_labels(ENGLISH)[3], answer_labels(SPANISH)[3]) == ("Agree", "De acuerdo")
