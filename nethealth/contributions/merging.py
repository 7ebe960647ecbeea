"""Show entries on the pages before the workbook has them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final, TypeVar

from nethealth.contributions.entries import ID_PREFIX, Entry, EntryState
from nethealth.privacy.email_masking import EMAIL_MARK, MaskedWorkbook, text_masker
from nethealth.workbook.added_rows import add_rows
from nethealth.workbook.raw import RawCell, RawTab, RawWorkbook
from nethealth.workbook.readers.headers import match_tab, table_of
from nethealth.workbook.readers.problem_log import ProblemLog
from nethealth.workbook.schema.tabs import TABS, UPDATES

WorkbookT = TypeVar("WorkbookT", bound=RawWorkbook)
ENTRY_ID: Final = "Entry ID"
_COLUMNS: Final = {tab.name: {column.name for column in tab.columns.values()} for tab in TABS}


def with_entries(raw: WorkbookT, entries: Iterable[Entry]) -> WorkbookT:
    """Return the workbook with a row for each entry that it doesn't have yet, below the rows of the entry's tab.

    In a masked workbook they are masked, too, and the fingerprint is another for other entries.
    """
    expected = [entry for entry in entries if _is_expected(entry, raw) and _is_in_contract(entry)]
    if not expected:
        return raw
    known = entry_ids_in(raw)
    missing = [entry for entry in expected if entry.id not in known]
    if not missing:
        return raw
    rows: dict[str, list[dict[str, RawCell]]] = {}
    for entry in missing:
        cells = _masked(entry.cells) if isinstance(raw, MaskedWorkbook) else entry.cells
        rows.setdefault(entry.tab, []).append({**cells, ENTRY_ID: entry.id})
    merged = add_rows(raw, rows)
    if isinstance(merged, MaskedWorkbook):
        digest = hashlib.sha256(f"{merged.fingerprint} {rows!r}".encode("utf-8", "replace"))
        return replace(merged, fingerprint=digest.hexdigest())
    return merged


def _is_expected(entry: Entry, raw: RawWorkbook) -> bool:
    """True if the entry counts although this reading doesn't have it.

    A delivered entry that is missing from a later reading was deleted in the workbook, and stays deleted.
    """
    if entry.state is EntryState.DELIVERED:
        return entry.changed_at is not None and raw.read_at <= entry.changed_at
    return entry.state is not EntryState.UNDONE


def _is_in_contract(entry: Entry) -> bool:
    """True unless a newer version of the app recorded the entry, for a tab or column that we don't know."""
    return {*entry.cells, ENTRY_ID} <= _COLUMNS.get(entry.tab, set())


def _masked(cells: Mapping[str, RawCell]) -> dict[str, RawCell]:
    """Return the cells with email addresses masked. Their marks have no numbers, which stand for other addresses."""
    mask = text_masker()
    return {
        column: EMAIL_MARK.sub("(email)", mask(cell)) if isinstance(cell, str) else cell
        for column, cell in cells.items()
    }


def entry_ids_in(raw: RawWorkbook) -> set[str]:
    """Return the IDs of all entries that the workbook has. Updates name other rows, which don't count."""
    found: set[str] = set()
    for tab in raw.tabs:
        column = _entry_id_column(tab) if match_tab(tab) is UPDATES else None
        for row in tab.rows:
            cells = row if column is None else row[column : column + 1]
            found.update(cell.strip() for cell in cells if isinstance(cell, str) and _is_entry_id(cell))
    return found


def _is_entry_id(cell: str) -> bool:
    return cell.startswith(ID_PREFIX) or cell.lstrip().startswith(ID_PREFIX)


def _entry_id_column(tab: RawTab) -> int:
    """Return the place of Entry ID in the Updates tab; a column that isn't there if it has none."""
    table = table_of(tab, UPDATES, names={}, problem_log=ProblemLog())
    return (table.fields if table is not None else {}).get("entry_id", max(map(len, tab.rows), default=0))
