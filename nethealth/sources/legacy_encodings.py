"""Guess the encoding of text files from before UTF-8."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import Final

LEGACY_ENCODINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "cp1252": "Windows-1252 (Western European)",
        "mac_roman": "Mac Roman (Western European)",
        "cp1250": "Windows-1250 (Central European)",
        "iso8859_2": "ISO 8859-2 (Central European)",
        "cp1251": "Windows-1251 (Cyrillic)",
        "koi8_r": "KOI8-R (Cyrillic)",
        "cp1253": "Windows-1253 (Greek)",
    }
)
"""Encodings that we recognize, with their names for people."""
_LATIN: Final = ("cp1252", "cp1250", "iso8859_2", "mac_roman")
_VOWELS: Final[Mapping[str, str]] = {
    "cp1251": "аеёиоуыэюяіїє",
    "koi8_r": "аеёиоуыэюя",
    "cp1253": "αεηιουωάέήίόύώϊϋ",
}
"""By encoding of another alphabet: its vowels."""
_WORD_BEYOND_ASCII: Final = re.compile(rb"[A-Za-z]*[\x80-\xff][A-Za-z\x80-\xff]*")
_SHARE_IN_OTHER_ALPHABETS: Final = 0.7
"""At least this share of the letters of a word beyond ASCII, unless the alphabet is Latin."""
_BYTES_CHECKED: Final = 1 << 16


def guess_legacy_encoding(data: bytes) -> str:
    """Return the likely encoding of text that isn't UTF-8: a key of `LEGACY_ENCODINGS`, Windows-1252 if in doubt.

    The Latin ones share most letters. Among them, we take the one that puts the fewest symbols inside words: Polish
    `Łukasz` in Windows-1250 would read `£ukasz` in Windows-1252. A few names show no language. In another alphabet,
    their vowels and capitals do.
    """
    from charset_normalizer import from_bytes  # takes a moment to import, and few files need it

    head = data[:_BYTES_CHECKED]
    # Only lines that go beyond ASCII tell encodings apart.
    telling = b"\n".join(line for line in head.splitlines() if not line.isascii())
    best = from_bytes(telling, cp_isolation=list(LEGACY_ENCODINGS)).best()
    if best is not None and best.encoding not in _LATIN and best.coherence > 0:
        return best.encoding
    if _is_in_another_alphabet(telling):
        likely = {encoding: _count_likely_letters(telling, encoding) for encoding in _VOWELS}
        if max(likely.values()) > 0:
            return max(likely, key=likely.__getitem__)
    return min(_LATIN, key=lambda encoding: _symbols_in_words(telling.decode(encoding, "replace")))


def _is_in_another_alphabet(data: bytes) -> bool:
    """True if words hold hardly any ASCII letters: Latin ones have few letters beyond them."""
    letters = b"".join(_WORD_BEYOND_ASCII.findall(data))
    return sum(letter > 0x7F for letter in letters) > _SHARE_IN_OTHER_ALPHABETS * len(letters)


def _count_likely_letters(data: bytes, encoding: str) -> int:
    """Return the vowels that an encoding makes of text, less what it makes no word: symbols, capitals after others."""
    text = data.decode(encoding, "replace")
    vowels = sum(character in _VOWELS[encoding] for character in text.lower())
    capitals = sum(before.islower() and after.isupper() for before, after in pairwise(text))
    return vowels - 2 * (capitals + _symbols_in_words(text))


def _symbols_in_words(text: str) -> int:
    """Return how many characters beyond ASCII touch a letter but aren't letters, quotation marks, or spaces."""
    padded = f" {text} "
    return sum(
        not character.isascii()
        and not character.isalpha()
        and not character.isspace()
        and character not in _PUNCTUATION
        and (padded[place].isalpha() or padded[place + 2].isalpha())
        for place, character in enumerate(text)
    )


_PUNCTUATION: Final = "’‘“”«»„‚–—…ºª·"
