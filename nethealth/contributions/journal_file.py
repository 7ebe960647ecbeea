"""The journal as a file: every entry with its row, its state, and who recorded it when."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from typing import Any, Final

from nethealth.contributions.entries import Entry, EntryState
from nethealth.contributions.merging import ENTRY_ID
from nethealth.presentation.table import LONGEST_CELL, Column, Format, Table, csv_bytes
from nethealth.presentation.xlsx_file import xlsx_bytes
from nethealth.workbook.raw import RawCell
from nethealth.workbook.schema.tabs import TABS

_TAB, _STATE, _REASON = "Tab", "Entry state", "Waits because"
_RECORDED, _AUTHOR, _WORKBOOK = "Recorded (UTC)", "Recorded by", "Workbook key"
_ORDER: Final = {tab.name: [column.name for column in tab.columns.values()] for tab in TABS}


def as_xlsx(entries: Sequence[Entry]) -> bytes:
    """Return a workbook with a tab for each tab that has entries: its own columns first, to copy them from."""
    tabs = dict.fromkeys(entry.tab for entry in entries)
    tables = {tab: _table([entry for entry in entries if entry.tab == tab], leading=()) for tab in tabs}
    return xlsx_bytes(tables or {"Entries": _table([], leading=(_TAB,))})


def as_csv(entries: Sequence[Entry]) -> bytes:
    """Return one table with all entries, whatever their tab."""
    return csv_bytes(_table(entries, leading=(_TAB,)))


def as_json(entries: Sequence[Entry]) -> bytes:
    """Return all entries as JSON, each with everything that the journal knows about it."""
    return json.dumps({"entries": [entry_fields(entry) for entry in entries]}, ensure_ascii=False, indent=2).encode()


FILE_FORMATS: Final = {".xlsx": as_xlsx, ".csv": as_csv, ".json": as_json}
"""By the ending of a file's name: how to write it."""


def entry_fields(entry: Entry) -> dict[str, Any]:
    """Return an entry as JSON can hold it: dates and times in ISO 8601."""
    return {
        "id": entry.id,
        "workbook": entry.workbook,
        "tab": entry.tab,
        "cells": {
            column: cell.isoformat() if isinstance(cell, dt.date) else cell for column, cell in entry.cells.items()
        },
        "recorded_at": entry.recorded_at.isoformat(),
        "author": entry.author,
        "state": entry.state.value,
        "reason": entry.reason,
        "changed_at": entry.changed_at.isoformat() if entry.changed_at else None,
    }


def state_totals(entries: Iterable[Entry]) -> dict[str, int]:
    """Return how many entries are in each state."""
    totals = {state.value: 0 for state in EntryState}
    for entry in entries:
        totals[entry.state.value] += 1
    return totals


def cells_cut_in_tables(entries: Iterable[Entry]) -> int:
    """Return how many cells are longer than spreadsheet programs take, so that tables hold only their beginning."""
    cells = (cell for entry in entries for cell in entry.cells.values())
    return sum(isinstance(cell, str) and len(cell) > LONGEST_CELL for cell in cells)


def _table(entries: Sequence[Entry], *, leading: Sequence[str]) -> Table:
    columns = _columns_of(entries)
    about = {ENTRY_ID: Format.TEXT, _STATE: Format.TEXT, _REASON: Format.TEXT, _RECORDED: Format.TEXT}
    about |= {_AUTHOR: Format.TEXT, _WORKBOOK: Format.TEXT}
    return Table.of(
        [
            *(Column(header) for header in leading),
            *(Column(header, _format_of([entry.cells.get(header) for entry in entries])) for header in columns),
            *(Column(header, form) for header, form in about.items()),
        ],
        [_row(entry) for entry in entries],
    )


def _columns_of(entries: Sequence[Entry]) -> list[str]:
    """Return the columns that have a value, in the order of the contract."""
    filled = {column for entry in entries for column in entry.cells}
    in_order = dict.fromkeys(
        column for tab in dict.fromkeys(entry.tab for entry in entries) for column in _ORDER.get(tab, ())
    )
    return [column for column in in_order if column in filled] + sorted(filled - in_order.keys())


def _row(entry: Entry) -> dict[str, object]:
    about = {
        _TAB: entry.tab,
        ENTRY_ID: entry.id,
        _STATE: entry.state.value,
        _REASON: entry.reason,
        _RECORDED: f"{entry.recorded_at:%Y-%m-%d %H:%M:%S}",
        _AUTHOR: entry.author,
        _WORKBOOK: entry.workbook,
    }
    return {**about, **entry.cells}


def _format_of(cells: Sequence[RawCell]) -> Format:
    return Format.DATE if any(isinstance(cell, dt.date) for cell in cells) else Format.TEXT
