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

    The Latin ones share most letters. Among them, we take the one with the fewest characters where no language has
    them: Polish `Łukasz` in Windows-1250 would read `£ukasz` in Windows-1252, and Czech `Čapek` would read `Èapek`. A
    few names show no language. In another alphabet, their vowels and capitals do.
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
    return min(_LATIN, key=lambda encoding: _unlikely_characters(telling, encoding))


def _is_in_another_alphabet(data: bytes) -> bool:
    """True if words hold hardly any ASCII letters: Latin ones have few letters beyond them."""
    words = [word for word in _WORD_BEYOND_ASCII.findall(data) if len(word) > 1]
    letters = b"".join(words)
    return (
        sum(letter > 0x7F for letter in letters) > _SHARE_IN_OTHER_ALPHABETS * len(letters)
        and sum(min(word) > 0x7F for word in words) >= len(words) / 2
    )


def _count_likely_letters(data: bytes, encoding: str) -> int:
    """Return the vowels that an encoding makes of text, less what it makes no word: symbols, capitals after others."""
    text = data.decode(encoding, "replace")
    vowels = sum(character in _VOWELS[encoding] for character in text.lower())
    capitals = sum(before.islower() and after.isupper() for before, after in pairwise(text))
    return vowels - 2 * (capitals + _symbols_in_words(text))


def _symbols_in_words(text: str) -> int:
    """Return how many characters beyond ASCII touch a letter but aren't letters, quotation marks, or spaces."""
    padded = f" {_SIGNS_AT_WORDS.sub(' ', text)} "
    return sum(
        not character.isascii()
        and not character.isalpha()
        and not character.isspace()
        and character not in _PUNCTUATION
        and (padded[place - 1].isalpha() or padded[place + 1].isalpha())
        for place, character in enumerate(padded)
    )


def _unlikely_characters(data: bytes, encoding: str) -> int:
    """Return how many characters of a Latin encoding stand where its languages have none."""
    text = data.decode(encoding, "replace")
    unlikely = _UNLIKELY_WESTERN if encoding in _WESTERN else _UNLIKELY_CENTRAL
    return _symbols_in_words(text) + _capitals_in_words(text) + len(unlikely.findall(text.lower()))


def _capitals_in_words(text: str) -> int:
    """Return how many capitals beyond ASCII follow a small letter: `JosŽ`."""
    return sum(before.islower() and after.isupper() and not after.isascii() for before, after in pairwise(text))


_PUNCTUATION: Final = "’‘“”«»„‚–—…ºª·"
_SIGNS_AT_WORDS: Final = re.compile(r"(?<!\w)[¿¡](?=\w)|(?<=\w)[®™©°](?!\w)|\b[kcm]?m[²³]\b")
"""`¿Cómo?`, `Teams®`, and `m²` are as they should be."""
_WESTERN: Final = frozenset({"cp1252", "mac_roman"})
_UNLIKELY_WESTERN: Final = re.compile(
    r"""
    \bè(?!s?\b|v) | [aeáíýšž]è | è[aeiouyáéíóúýkjhwšžæ]  # Èapek, Kovaè, Kuèera; but Hélène, Ève
    | ì(?=\w) | ù(?=\w) | ò(?=[aeiouyáéíóúý]) | [aáéíý]ò(?=\w)  # Nìmec, Rùžena, Daòek; but Nicolò, Antònia
    | [aeiouyáéíóúý]ø | ø[aiouáéíóúý] | øe(?!\b|g|rn)  # Dvoøák, Ondøej; but Søren, Bøe
    | [aeiouyáéíóúèð]æ | æ[aeiouw]  # Periæ, Æosiæ; but Kjær
    | ê[bdgkz] | iê | êcz  # Kêdzior, Ziêba; but Fenêtre, Inês
    | ñ(?:s|cz|d|k|z|w|l|t|b|g) | (?<=[aeiouy])ñ\b  # Gdañsk; but Muñoz
    | [zd]û[cs] | szõ | gyõ | nyõ | csõ | õ[zk] | õs?\b  # Szõke, Erdõs; but Simões
    | ã(?!o|e|i|s?\b)  # Bãlan; but João
    | (?<=[a-z])þ[aei]?\b | \bï  # Constanþa, Ïurica; but Anaïs
    | [aeiouy]œ(?!u) | \bœ(?![uidct]) | œ\b  # Leœ, Œliwa; but Cœur
    | [ªº](?=[^\W\d]) | (?<=[a-mo-z])[ªº]  # ªtefan; but Nº, 1ª
    """,
    re.VERBOSE,
)
"""Where letters stand in no word of Western Europe, if the text is Czech, Polish, Hungarian, Croatian, or Romanian."""
_UNLIKELY_CENTRAL: Final = re.compile(
    r"""
    ą[aeiouyáéíóúý] | [aeouyáéíóúýšž]ą | ľ[eiěí] | lľ  # Tomáą, Boľena: š and ž of another encoding
    | (?<![aeiouyáéíóúý])ľ(?![aeiouyáéíóúý]) | ż(?=[rlmnt])  # Kjľr, Sżren
    """,
    re.VERBOSE,
)
