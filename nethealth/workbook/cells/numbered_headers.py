"""Headers that ask the same thing several times: `Colleague 1` and `Colleague 2`, `First person you ask`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from nethealth.workbook.cells.characters import folded

_ORDINALS: Final = (
    (
        "first",
        "primer",
        "primero",
        "primera",
        "premier",
        "première",
        "erste",
        "erster",
        "erstes",
        "primeiro",
        "primeira",
    ),
    ("second", "segundo", "segunda", "deuxième", "zweite", "zweiter", "zweites"),
    ("third", "tercer", "tercero", "tercera", "troisième", "dritte", "dritter", "drittes", "terceiro", "terceira"),
    ("fourth", "cuarto", "cuarta", "quatrième", "vierte", "vierter", "viertes", "quarto", "quarta"),
    ("fifth", "quinto", "quinta", "cinquième", "fünfte", "fünfter", "fünftes"),
)
_NUMBER_OF_WORD: Final = {word: number for number, words in enumerate(_ORDINALS, start=1) for word in words}
_NUMBER: Final = re.compile(
    r"[\s_#(\[.-]*(?:(?<!\d)(?P<digits>\d{1,2})(?:st|nd|rd|th|er|º|ª|°)?(?!\w)|\b(?P<word>"
    + "|".join(sorted(_NUMBER_OF_WORD, key=len, reverse=True))
    + r")\b)[)\].:]*",
    re.IGNORECASE,
)
_LONGEST: Final = 300


def shared_questions(headers: Iterable[str]) -> dict[str, str]:
    """Return each header with the question that it numbers, which is the header itself unless others ask the same.

    >>> shared_questions(["Friend", "Friend 2", "Grade 9", "Grade 10"])
    {'Friend': 'Friend', 'Friend 2': 'Friend', 'Grade 9': 'Grade 9', 'Grade 10': 'Grade 10'}
    """
    split = {header: _split(header) for header in headers}
    numbers: dict[str, set[int]] = {}
    for question, number in split.values():
        numbers.setdefault(folded(question), set()).add(number)
    # Numbers that don't begin at 1 are part of the question.
    counted = {key for key, found in numbers.items() if len(found) > 1 and found == {*range(1, len(found) + 1)}}
    return {header: question if folded(question) in counted else header for header, (question, _) in split.items()}


def _split(header: str) -> tuple[str, int]:
    """Return a header without its number, and the number; 1 if it has none."""
    match = None if len(header) > _LONGEST else _NUMBER.search(header)
    if match is None:
        return header, 1
    number = int(match["digits"]) if match["digits"] else _NUMBER_OF_WORD[match["word"].casefold()]
    question = f"{header[: match.start()]} {header[match.end() :]}".strip()
    return (" ".join(question.split()) or header), number
