"""Email addresses are masked before anything else reads the cells.

Each address becomes `(email 1)`, `(email 2)`, …: equal addresses get the same mark, so people can still be matched, and
nothing of the address remains.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from nethealth.workbook.raw import RawCell, RawTab, RawWorkbook

EMAIL: Final = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,320}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
EMAIL_MARK: Final = re.compile(r"\(e-?mail \d+\)")
"""What stands for an address. Readings that older versions stored on disk hold the form with a hyphen."""
_SURROGATES: Final = re.compile(r"[\ud800-\udfff]")


def text_masker() -> Callable[[str], str]:
    """Return a function that masks the addresses in a text, also those broken up by invisible characters.

    One address gets the same number at each call, in any case. Texts without an address come back unchanged, except
    that a broken surrogate, which no file can hold, becomes a replacement character.
    """
    numbers: dict[str, int] = {}

    def mark(match: re.Match[str]) -> str:
        return f"(email {numbers.setdefault(match.group().casefold(), len(numbers) + 1)})"

    def mask(text: str) -> str:
        if not text.isascii() and _SURROGATES.search(text):
            text = _SURROGATES.sub("\ufffd", text)
        if "@" not in text:
            return text
        visible = text if text.isascii() else _visible(text)
        masked = EMAIL.sub(mark, visible)
        return text if masked == visible else masked

    return mask


def _visible(text: str) -> str:
    """Return the text composed (NFC) and without format characters, behind which an address could hide."""
    return unicodedata.normalize("NFC", "".join(c for c in text if unicodedata.category(c) not in {"Cf", "Cs"}))


@dataclass(frozen=True, slots=True, kw_only=True)
class MaskedWorkbook(RawWorkbook):
    """A workbook without email addresses. `mask_workbook` makes it."""

    fingerprint: str
    """A digest of the day and everything read, but not of the time; 1, "1", and TRUE differ."""


def mask_workbook(raw: RawWorkbook) -> MaskedWorkbook:
    """Return the workbook with every address masked in cells, titles, and notes; one that is masked as it is."""
    if isinstance(raw, MaskedWorkbook):
        return raw
    mask = text_masker()
    title, notes = mask(raw.title), tuple(mask(note) for note in raw.notes)
    digest = hashlib.sha256(_bytes((title, raw.day, raw.timezone, raw.url, notes)))
    tabs = []
    for tab in raw.tabs:
        tab_title = mask(tab.title)
        digest.update(_bytes((tab_title, tab.url, tab.hidden, len(tab.rows))))
        tabs.append(RawTab(title=tab_title, rows=_masked_rows(tab.rows, mask, digest), url=tab.url, hidden=tab.hidden))
    return MaskedWorkbook(
        title=title,
        tabs=tabs,
        read_at=raw.read_at,
        timezone=raw.timezone,
        url=raw.url,
        notes=notes,
        fingerprint=digest.hexdigest(),
    )


def _bytes(values: tuple[object, ...]) -> bytes:
    return repr(values).encode("utf-8", "replace")


def _masked_rows(
    rows: Sequence[Sequence[RawCell]], mask: Callable[[str], str], digest: hashlib._Hash
) -> list[Sequence[RawCell]]:
    masked: list[Sequence[RawCell]] = []
    for original in rows:
        row = original
        # Check the whole row at once: nearly no row holds an address, and the others need no copy.
        try:
            written = repr(tuple(row))
        except ValueError:
            # Python refuses to write out integers of thousands of digits.
            row = [cell if not isinstance(cell, int) or abs(cell) < 10**300 else "(too large)" for cell in original]
            written = repr(tuple(row))
        if "@" in written or "\\ud" in written:
            copy = [mask(cell) if isinstance(cell, str) else cell for cell in row]
            masked.append(copy)
            written = repr(tuple(copy))
        else:
            masked.append(row)
        digest.update(written.encode("utf-8", "replace"))
    return masked
