"""Characters, and text made plain: what is hidden, how headers and labels are compared, digits of every script."""

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
    """Whether a character shows nothing of itself: format and control characters, fillers, broken surrogates."""
    return character in _INVISIBLE_LETTERS or unicodedata.category(character) in {"Cf", "Cc", "Cs"}


def _joins(before: str, after: str) -> bool:
    # Joiners belong to the spelling in Arabic and Indic scripts and inside emoji; between Latin letters they only hide.
    return before >= "\u0590" and after >= "\u0590"


def without_hidden(words: str, *, keep: str = "") -> str:
    """`words` without hidden characters; a broken surrogate, which no file can hold, becomes a replacement mark."""
    kept = []
    last = len(words) - 1
    for place, character in enumerate(words):
        if character in keep or character.isspace() or not is_hidden(character):
            kept.append(character)
        elif "\ud800" <= character <= "\udfff":
            kept.append("\ufffd")
        elif character in _JOINERS and 0 < place < last and _joins(words[place - 1], words[place + 1]):
            kept.append(character)
    return "".join(kept)


def tidy(words: str) -> str:
    """One line, trimmed, NFC, white space folded, nothing hidden."""
    if words.isascii() and words.isprintable():
        return words if _is_single_spaced(words) else " ".join(words.split())
    if not words.isprintable() or INVISIBLE.search(words):
        words = without_hidden(words)
    if not unicodedata.is_normalized("NFC", words):
        words = unicodedata.normalize("NFC", words)
    return words if _is_single_spaced(words) else " ".join(words.split())


def _is_single_spaced(words: str) -> bool:
    """Whether printable text has no spacing to fold (of white space only the plain space is printable)."""
    return words[:1] != " " and words[-1:] != " " and "  " not in words and words.isprintable()


def folded(words: str) -> str:
    """The key by which headers, tab names and labels are compared: case, spacing and punctuation ignored.

    Words of nothing but punctuation stay themselves, so that they never equal an empty header.
    """
    if words.isascii():
        key = "".join(character for character in words.lower() if character.isalnum())
    else:
        spread = unicodedata.normalize("NFKC", without_hidden(words)).casefold()
        key = "".join(c for c in spread if c.isalnum() or unicodedata.category(c)[0] == "M")
    return key or words.strip().casefold()


def unaccented(words: str) -> str:
    """`words` with plain letters: without the accents of Latin, Greek and Cyrillic, and with `l` for `ł`."""
    if words.isascii():
        return words
    spread = unicodedata.normalize("NFKD", words.translate(_PLAIN_LETTERS))
    return unicodedata.normalize("NFC", _ACCENTS.sub("", spread))


def digits_folded(words: str) -> str:
    """Digits and number signs of every script as ASCII."""
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
