"""Which columns are written where people put the day first, from the words of their tab."""

from __future__ import annotations

import pytest

from nethealth.workbook.cells.languages import puts_day_first


@pytest.mark.parametrize(
    ("header", "headers", "answers"),
    [
        ("Fecha de reunión", ["Title"], ()),
        ("Date de la rencontre", (), ()),
        ("Data", ["Data", "Nome", "Você participa?"], ()),
        ("Date", ["Date", "Prénom", "Quel est votre rôle ?", "Notes"], ()),
        ("Date", ["Date", "Q1"], ["Rarement", "Très satisfaite"]),
    ],
)
def test_words_of_the_column_its_tab_or_its_answers_put_the_day_first(
    header: str, headers: list[str], answers: list[str]
) -> None:
    assert puts_day_first(header, headers, answers)


@pytest.mark.parametrize(
    ("header", "headers", "answers"),
    [
        ("Date", ["Date", "Title", "Who came"], ["Très satisfaite"]),
        # A program that heads its times in English writes them that way, whatever people were asked.
        ("Timestamp", ["Timestamp", "¿Cómo estás?", "¿Qué aprendiste?"], ()),
        ("Date / Fecha", ["Date / Fecha", "Name / Nombre"], ()),
        # Names of people say nothing.
        ("Date", ["Date", "Ana de la Cruz", "Su Li", "Luis del Río"], ()),
        ("Date", ["Date", "Q1"], ["Agree", "Café"]),
        ("", (), ()),
    ],
)
def test_english_and_names_do_not(header: str, headers: list[str], answers: list[str]) -> None:
    assert not puts_day_first(header, headers, answers)
