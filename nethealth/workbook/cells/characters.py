"""Clean text: remove hidden characters, fold headers and labels for comparison, read digits of every script."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_INVISIBLE_LETTERS: Final = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u2800\u3164\uffa0"
INVISIBLE: Final = re.compile(f"[{_INVISIBLE_LETTERS}]")
_JOINERS: Final = "\u200c\u200d"
DIRECTION_MARKS: Final = "\u061c\u200e\u200f"
_ACCENTS: Final = re.compile("[\u0300-\u036f]")
_PLAIN_LETTERS: Final = str.maketrans("łŁøØđĐıðÐ", "lLoOdDidD") | {ord("æ"): "ae", ord("Æ"): "AE", ord("œ"): "oe"}


def is_hidden(character: str) -> bool:
    """True if a character is invisible: format and control characters, fillers, broken surrogates."""
    return character in _INVISIBLE_LETTERS or unicodedata.category(character) in {"Cf", "Cc", "Cs"}


def _joins(before: str, after: str) -> bool:
    # Joiners are part of the spelling in Arabic and Indic scripts and in emoji, but not between Latin letters.
    return before >= "\u0590" and after >= "\u0590"


def without_hidden(words: str, *, keep: str = "") -> str:
    """Remove hidden characters; replace a broken surrogate, which no file can hold, with a replacement character."""
    visible = []
    last = len(words) - 1
    for place, character in enumerate(words):
        if character in keep or character.isspace() or not is_hidden(character):
            visible.append(character)
        elif "\ud800" <= character <= "\udfff":
            visible.append("\ufffd")
        elif character in _JOINERS and 0 < place < last and _joins(words[place - 1], words[place + 1]):
            visible.append(character)
    return "".join(visible)


def tidy(words: str) -> str:
    """Return text as one line: trimmed, NFC, white space folded, nothing hidden."""
    if words.isascii() and words.isprintable():
        return words if _is_single_spaced(words) else " ".join(words.split())
    if not words.isprintable() or INVISIBLE.search(words):
        words = without_hidden(words)
    if not unicodedata.is_normalized("NFC", words):
        words = unicodedata.normalize("NFC", words)
    return words if _is_single_spaced(words) else " ".join(words.split())


def _is_single_spaced(words: str) -> bool:
    """True if printable text has no white space to fold (the plain space is the only printable one)."""
    return words[:1] != " " and words[-1:] != " " and "  " not in words and words.isprintable()


def folded(words: str) -> str:
    """Return the key by which headers, tab names, and labels are compared, ignoring case, spacing, and punctuation.

    Text that is only punctuation stays as it is, so that it never equals an empty header.
    """
    if words.isascii():
        key = "".join(character for character in words.lower() if character.isalnum())
    else:
        spread = unicodedata.normalize("NFKC", without_hidden(words)).casefold()
        key = "".join(c for c in spread if c.isalnum() or unicodedata.category(c)[0] == "M")
    return key or words.strip().casefold()


def unaccented(words: str) -> str:
    """Remove the accents of Latin, Greek, and Cyrillic letters, and write `l` for `ł`."""
    if words.isascii():
        return words
    spread = unicodedata.normalize("NFKD", words.translate(_PLAIN_LETTERS))
    return unicodedata.normalize("NFC", _ACCENTS.sub("", spread))


def digits_folded(words: str) -> str:
    """Return digits and number signs of every script as ASCII."""
    if words.isascii():
        return words
    folded_characters = []
    for character in words:
        digit = unicodedata.decimal(character, None)
        folded_characters.append(str(digit) if digit is not None else _NUMBER_SIGNS.get(character, character))
    return "".join(folded_characters)


_NUMBER_SIGNS: Final = {
    "−": "-",
    "﹣": "-",
    "－": "-",
    "＋": "+",
    "٫": ".",
    "．": ".",
    "٬": ",",
    "，": ",",
    "٪": "%",
    "％": "%",
}
