"""Entries: rows that people add in the app, each with an ID that it keeps in the workbook."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from nethealth.sources.references import FileReference, Reference, SheetReference
from nethealth.workbook.raw import RawCell

ID_PREFIX: Final = "NH-"
SAMPLE_KEY: Final = "sample"
_ID_LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, or U
_ID_LENGTH: Final = 13
"""65 random bits: two among a million entries are equal once in 10,000,000 workbooks."""
_PREFIX_LENGTH: Final = 6


class EntryState(StrEnum):
    """Where an entry is on its way to the workbook."""

    WAITING = "waiting"
    """It was not sent yet, or certainly did not arrive."""
    UNCERTAIN = "uncertain"
    """We sent it, and don't know whether it arrived. It may not be sent again before we have looked."""
    DELIVERED = "delivered"
    """We have seen it in the workbook."""
    UNDONE = "undone"
    """Its author took it back before it was sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row that someone added to a tab."""

    id: str
    """What stands in the row's Entry ID."""
    workbook: str
    """The key of the workbook that it belongs to, such as `sheet:…`."""
    tab: str
    """The contract's name of the tab."""
    cells: Mapping[str, RawCell] = field(repr=False)
    """By the contract's names of columns, without Entry ID: text, numbers, yes or no, and dates."""
    recorded_at: dt.datetime
    """Aware, in UTC."""
    author: str = ""
    """Who added it: an email address, or empty if they signed in with a passcode."""
    state: EntryState = EntryState.WAITING
    reason: str = ""
    """Why it can't be delivered yet, and what to do; empty if nothing keeps it."""
    changed_at: dt.datetime | None = None
    """When its cells or state last changed."""


def new_entry_id() -> str:
    """Return an ID that no other entry has."""
    return ID_PREFIX + "".join(secrets.choice(_ID_LETTERS) for _ in range(_ID_LENGTH))


def derived_prefix(source: str) -> str:
    """Return how the IDs begin of all entries that follow from something else, such as a session."""
    return ID_PREFIX + _letters(source, length=_PREFIX_LENGTH)


def derived_entry_id(source: str, *parts: str) -> str:
    """Return the ID of an entry that follows from something else, such as a session and a phone in it.

    Examples:
        >>> derived_entry_id("session", "phone") == derived_entry_id("session", "phone")
        True
        >>> derived_entry_id("session", "phone").startswith(derived_prefix("session"))
        True
    """
    return derived_prefix(source) + _letters("\x1f".join((source, *parts)), length=_ID_LENGTH)


def _letters(text: str, *, length: int) -> str:
    number = int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest(), "big")
    return "".join(_ID_LETTERS[number >> 5 * place & 31] for place in range(length))


def workbook_key(reference: Reference) -> str:
    """Return the key under which a workbook's entries are kept. A file's depends on where it is."""
    if isinstance(reference, SheetReference):
        return f"sheet:{reference.spreadsheet_id}"
    if isinstance(reference, FileReference):
        path = str(reference.path.expanduser().absolute())
        return f"file:{hashlib.sha256(path.encode('utf-8', 'surrogateescape')).hexdigest()}"
    return SAMPLE_KEY


def opened_key(contents: Iterable[bytes]) -> str:
    """Return the key of a workbook that someone opened from files: the same for the same contents."""
    digest = hashlib.sha256()
    for content in contents:
        digest.update(hashlib.sha256(content).digest())
    return f"opened:{digest.hexdigest()}"
