"""What is taken out of the cells before anything reads them: e-mail addresses, and what no file can hold."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Final

from nethealth.privacy import email_masker
from nethealth.workbook.raw import RawCell, RawTab, RawWorkbook

_SURROGATES: Final = re.compile(r"[\ud800-\udfff]")


def _without_hidden(text: str) -> str:
    """The text composed, without format characters: an address must not hide behind one."""
    return unicodedata.normalize("NFC", "".join(c for c in text if unicodedata.category(c) not in {"Cf", "Cs"}))


def text_mask() -> Callable[[str], str]:
    """A function that masks the e-mail addresses in a text, also those broken up by invisible characters."""
    mask = email_masker()

    def masked(text: str) -> str:
        if not text.isascii():
            if _SURROGATES.search(text):
                text = _SURROGATES.sub("\ufffd", text)
            if "@" in text:
                plain = _without_hidden(text)
                hidden = mask(plain)
                return text if hidden == plain else hidden
        return mask(text)

    return masked


def masked_workbook(raw: RawWorkbook) -> RawWorkbook:
    """The workbook with every e-mail address masked, in cells, titles and notes. Equal addresses get equal marks."""
    mask = text_mask()
    return RawWorkbook(
        title=mask(raw.title),
        tabs=[
            RawTab(title=mask(tab.title), rows=_masked_rows(tab.rows, mask), url=tab.url, hidden=tab.hidden)
            for tab in raw.tabs
        ],
        read_at=raw.read_at,
        timezone=raw.timezone,
        url=raw.url,
        notes=[mask(note) for note in raw.notes],
    )


def _masked_rows(rows: Sequence[Sequence[RawCell]], mask: Callable[[str], str]) -> list[Sequence[RawCell]]:
    masked: list[Sequence[RawCell]] = []
    for row in rows:
        for cell in row:
            if isinstance(cell, str) and ("@" in cell or not cell.isascii()):
                masked.append([mask(cell) if isinstance(cell, str) else cell for cell in row])
                break
        else:
            # Nearly every row holds no address, and needs no copy.
            masked.append(row)
    return masked


def fingerprint(workbook: RawWorkbook, *, today: object) -> str:
    """A digest of a masked workbook and the day: equal cells on an equal day, equal digest."""
    digest = hashlib.sha256(repr((workbook.title, str(today))).encode("utf-8", "replace"))
    for tab in workbook.tabs:
        digest.update(repr((tab.title, tab.hidden, len(tab.rows))).encode("utf-8", "replace"))
        for start in range(0, len(tab.rows), 1000):
            block = [tuple(row) for row in tab.rows[start : start + 1000]]
            digest.update(repr(block).encode("utf-8", "replace"))
    return digest.hexdigest()
