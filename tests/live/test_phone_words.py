"""What phones say: complete in both languages, with the same blanks, in the language that the phone asks for."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nethealth.live.phone_words import (
    LANGUAGES,
    pair_statements,
    phone_words,
    preferred_language,
    statement_in,
    translated_statements,
)
from nethealth.ui.live.kinds import STATEMENTS
from nethealth.workbook.schema.vocabulary import AGREEMENT, AGREEMENT_IN_SPANISH, PAIRS


def blanks(text: str) -> list[str]:
    return sorted(re.findall(r"{(\w+)}", text))


def test_every_text_is_there_in_both_languages_with_the_same_blanks() -> None:
    english, spanish = (phone_words(language) for language in LANGUAGES)
    assert {name: blanks(text) for name, text in english.items()} == {
        name: blanks(text) for name, text in spanish.items()
    }
    same = {name for name in english if english[name] == spanish[name]}
    assert same == set()


def test_pairs_are_there_in_both_languages() -> None:
    assert pair_statements("en") == [(pair.hierarchical, pair.network) for pair in PAIRS]
    spanish = pair_statements("es")
    assert len({statement for pair in spanish for statement in pair}) == 2 * len(PAIRS)
    assert not {pole for pair in pair_statements("en") for pole in pair} & {pole for pair in spanish for pole in pair}


def test_agreement_is_worded_as_in_the_workbook() -> None:
    labels = [label for _, label in AGREEMENT.points]
    assert [phone_words("en")[f"agree_{value}"] for value in range(1, 6)] == labels
    assert [phone_words("es")[f"agree_{value}"] for value in range(1, 6)] == list(AGREEMENT_IN_SPANISH)


def test_our_own_statements_are_there_in_both_languages_and_others_stay() -> None:
    assert list(translated_statements()) == sorted(STATEMENTS)
    assert all(english in STATEMENTS and spanish != english for english, spanish in translated_statements().values())
    assert statement_in("es", "We sing.") == "We sing."


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "en"),
        ("es", "es"),
        ("ES-419", "es"),
        ("en-US,en;q=0.9,es;q=0.8", "en"),
        ("fr-FR, es;q=0.5, en;q=0.4", "es"),
        ("es;q=0", "en"),
        ("est, zh", "en"),
        ("*", "en"),
    ],
)
def test_language_is_the_one_that_the_phone_prefers(accepted: str, language: str) -> None:
    assert preferred_language(accepted) == language


@given(st.text())
def test_any_header_gives_a_language(accepted: str) -> None:
    assert preferred_language(accepted) in LANGUAGES
