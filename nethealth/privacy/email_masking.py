"""What is taken out of the cells before anything reads them: e-mail addresses, and what no file can hold."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Final

from nethealth.privacy.suppression import email_masker
from nethealth.workbook.raw import RawCell, RawTab, RawWorkbook

_SURROGATES: Final = re.compile(r"[\ud800-\udfff]")


def _without_hidden(text: str) -> str:
    """The text composed, without format characters: an address must not hide behind one."""
    return unicodedata.normalize("NFC", "".join(c for c in text if unicodedata.category(c) not in {"Cf", "Cs"}))


def text_masker() -> Callable[[str], str]:
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


def mask_workbook(raw: RawWorkbook, *, today: dt.date) -> tuple[RawWorkbook, str]:
    """The workbook with every e-mail address masked, and its fingerprint.

    Addresses are masked in cells, titles and notes; equal addresses get equal marks. The fingerprint is a digest of
    the masked cells, the titles and the day: equal cells on an equal day, equal digest.
    """
    mask = text_masker()
    digest = hashlib.sha256(repr((mask(raw.title), today.isoformat())).encode("utf-8", "replace"))
    tabs = []
    for tab in raw.tabs:
        title = mask(tab.title)
        digest.update(repr((title, len(tab.rows))).encode("utf-8", "replace"))
        tabs.append(RawTab(title=title, rows=_masked_rows(tab.rows, mask, digest), url=tab.url, hidden=tab.hidden))
    masked = RawWorkbook(
        title=mask(raw.title),
        tabs=tabs,
        read_at=raw.read_at,
        timezone=raw.timezone,
        url=raw.url,
        notes=[mask(note) for note in raw.notes],
    )
    return masked, digest.hexdigest()


def _masked_rows(
    rows: Sequence[Sequence[RawCell]], mask: Callable[[str], str], digest: hashlib._Hash
) -> list[Sequence[RawCell]]:
    masked: list[Sequence[RawCell]] = []
    for original in rows:
        row = original
        # One look at the whole row: nearly none holds an address, and needs no copy.
        try:
            written = repr(tuple(row))
        except ValueError:
            # Python refuses to write out integers of thousands of digits; no sheet holds one.
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
