"""Guess the encoding of text files from before UTF-8."""

from __future__ import annotations

from collections.abc import Mapping
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
_BYTES_CHECKED: Final = 1 << 16


def guess_legacy_encoding(data: bytes) -> str:
    """Return the likely encoding of text that isn't UTF-8: a key of `LEGACY_ENCODINGS`, Windows-1252 if in doubt.

    The Latin ones share most letters. Among them, we take the one that puts the fewest symbols inside words: Polish
    `Łukasz` in Windows-1250 would read `£ukasz` in Windows-1252.
    """
    from charset_normalizer import from_bytes  # takes a moment to import, and few files need it

    head = data[:_BYTES_CHECKED]
    # Only lines that go beyond ASCII tell encodings apart.
    telling = b"\n".join(line for line in head.splitlines() if not line.isascii())
    best = from_bytes(telling, cp_isolation=list(LEGACY_ENCODINGS)).best()
    if best is not None and best.encoding not in _LATIN and best.coherence > 0:
        return best.encoding
    return min(_LATIN, key=lambda encoding: _symbols_in_words(telling.decode(encoding, "replace")))


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
