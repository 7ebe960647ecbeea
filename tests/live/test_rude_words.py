"""Rude words are found however they are disguised, and plain words and names are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nethealth.live.rude_words import has_rude_word

NAMES = (
    "Ana López", "Nigeria Okafor", "Dick Vergara", "Kike Putnam", "Hiro Fukuda", "Año nuevo", "Assata", "Essex", "",
    "Class of 2026", "Cockburn", "Titus", "Scunthorpe", "As is", "Retardo del tren", "A. B. C. Smith",
)  # fmt: skip


@pytest.mark.parametrize(
    "text", ["shit", "SHIT!", "Sh1thead", "fuuuck", "f.u.c.k", "P U T A", "Cabrón", "f*ck you", "a$$"]
)
def test_rude_word_is_found(text: str) -> None:
    assert has_rude_word(f"Ana {text} Li")


@pytest.mark.parametrize("text", NAMES)
def test_names_and_plain_words_pass(text: str) -> None:
    assert not has_rude_word(text)


@given(st.text())
def test_any_text_is_looked_at(text: str) -> None:
    assert isinstance(has_rude_word(text), bool)
