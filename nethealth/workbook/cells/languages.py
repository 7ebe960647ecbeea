"""Tell from its words whether a tab was written where people put the day before the month."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from nethealth.workbook.cells.characters import folded, unaccented
from nethealth.workbook.schema.translations import LABELS_ELSEWHERE


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_FRENCH: Final = _words(
    """
    horodateur horodatage nom prenom courriel reponse membre adhesion lieu titre commentaires quel quelle quels
    quelles quand qui avec pour dans votre vos vous nous etes avez participants rencontre suivi sujet arrivee
    """
)
_SPANISH_PORTUGUESE_GERMAN: Final = _words(
    """
    fecha fechas nombre nombres apellido apellidos marca correo respuesta respuestas asistentes inicio miembro
    miembros hora horas lugar titulo comentarios cual cuales que como cuando donde quien con para por porque usted
    nuestra nuestro hace fue personas conversacion seguimiento notas tema ingreso carimbo nome sobrenome apelido
    resposta reuniao membro qual quais quando onde quem voce seu sua seus suas nosso nossa nao inscricao saida
    assunto zeitstempel datum vorname nachname antwort beginn mitglied treffen ort titel kommentare welche welcher
    wie wann und ihr ihre sie unser unsere ist sind haben eintritt austritt teilnehmer thema
    """
)
"""Words of headers, without accents, that are neither English nor part of people's names."""
_ENGLISH: Final = _words(
    """
    the what which when where who how why your you our is are did does of to with for from and name timestamp time
    title meeting event member members joined left topic response submitted completed started attended invited
    follow up wave strength organization school
    """
)
_ANSWERS: Final = frozenset(
    unaccented(folded(label)) for labels in LABELS_ELSEWHERE.values() for label, _ in labels if not label.isascii()
)
"""Answers on the built-in scales that no one gives in English, since they have accents."""


def puts_day_first(header: str, headers: Iterable[str], answers: Iterable[str] = ()) -> bool:
    """Return True if a column of dates is probably in Spanish, French, Portuguese, or German.

    Its own header decides; if that could be in any language (`Date`), most headers of its tab; if these could, too,
    an answer on a scale.

    >>> puts_day_first("Fecha", ["Fecha", "Title", "Who came"])
    True
    >>> puts_day_first("Date / Fecha", ["Date / Fecha", "Name / Nombre"])
    False
    """
    for texts in ((header,), headers):
        found = sum(map(_language, texts))
        if found:
            return found > 0
    return any(unaccented(folded(answer)) in _ANSWERS for answer in answers)


def _language(text: str) -> int:
    """Return -1 for a text with English words, 1 for one with words of a language that puts the day first, else 0."""
    words = set(re.findall(r"\w+", unaccented(text.casefold())))
    if words & _ENGLISH or ("date" in words and words & _SPANISH_PORTUGUESE_GERMAN and not words & _FRENCH):
        return -1
    return 1 if words & (_FRENCH | _SPANISH_PORTUGUESE_GERMAN) else 0
