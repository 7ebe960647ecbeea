"""Show entries on the pages before the workbook has them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TypeVar

from nethealth.contributions.entries import ID_PREFIX, Entry, EntryState
from nethealth.workbook.added_rows import AddedRows, add_rows
from nethealth.workbook.raw import RawCell, RawWorkbook

WorkbookT = TypeVar("WorkbookT", bound=RawWorkbook)
ENTRY_ID: Final = "Entry ID"


def with_entries(raw: WorkbookT, entries: Iterable[Entry]) -> WorkbookT:
    """Return the workbook with a row for each entry that it doesn't have yet, below the rows of the entry's tab."""
    shown = [entry for entry in entries if _is_expected(entry, raw)]
    if not shown:
        return raw
    known = entry_ids_in(raw)
    rows: dict[str, list[dict[str, RawCell]]] = {}
    for entry in shown:
        if entry.id not in known:
            rows.setdefault(entry.tab, []).append({**entry.cells, ENTRY_ID: entry.id})
    added: AddedRows = rows
    return add_rows(raw, added)


def _is_expected(entry: Entry, raw: RawWorkbook) -> bool:
    """True if the entry counts although this reading doesn't have it.

    A delivered entry that is missing from a later reading was deleted in the workbook, and stays deleted.
    """
    if entry.state is EntryState.DELIVERED:
        return entry.changed_at is not None and raw.read_at <= entry.changed_at
    return entry.state is not EntryState.UNDONE


def entry_ids_in(raw: RawWorkbook) -> set[str]:
    """Return the IDs of all entries that the workbook has."""
    return {
        cell.strip()
        for tab in raw.tabs
        for row in tab.rows
        for cell in row
        if isinstance(cell, str) and cell.lstrip().startswith(ID_PREFIX)
    }
