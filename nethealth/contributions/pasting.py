"""Entries as rows to paste into a workbook that the app can't write to, each cell under the workbook's own header."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from nethealth.contributions.entries import Entry
from nethealth.contributions.merging import with_entries
from nethealth.presentation.table import harmless
from nethealth.workbook.raw import RawCell, RawTab, RawWorkbook
from nethealth.workbook.readers.headers import HEADER_ROWS_CHECKED


@dataclass(frozen=True, slots=True)
class RowsToPaste:
    """The rows of one tab."""

    title: str
    """The tab's title in the workbook."""
    new_headers: tuple[str, ...]
    """Headers to add first, after the last column; all of them for a tab that the workbook doesn't have."""
    is_new: bool
    """True if the workbook doesn't have the tab."""
    text: str
    """A line for each row, its cells separated by tabs, as spreadsheets take it from the clipboard."""
    count: int


def rows_to_paste(raw: RawWorkbook, entries: Sequence[Entry]) -> list[RowsToPaste]:
    """Return the rows of those entries that the workbook doesn't have yet, by tab. Addresses in them are as typed."""
    completed = with_entries(raw, entries)
    if completed is raw:
        return []
    olds: list[RawTab | None] = [*raw.tabs, *[None] * (len(completed.tabs) - len(raw.tabs))]
    return [_rows(old, new) for old, new in zip(olds, completed.tabs, strict=True) if new is not old]


def _rows(old: RawTab | None, new: RawTab) -> RowsToPaste:
    if old is None or not _continues(old, new):
        return RowsToPaste(new.title, _texts(new.rows[0]), True, _lines(new.rows[1:]), len(new.rows) - 1)
    head = list(zip(old.rows, new.rows, strict=False))[:HEADER_ROWS_CHECKED]
    added = next((after[len(before) :] for before, after in head if len(after) > len(before)), ())
    rows = new.rows[len(old.rows) :]
    return RowsToPaste(new.title, _texts(added), False, _lines(rows), len(rows))


def _continues(old: RawTab, new: RawTab) -> bool:
    """True if the new tab is the old one with rows below it, and not one in place of it: its headers weren't found."""
    head = zip(old.rows[:HEADER_ROWS_CHECKED], new.rows, strict=False)
    return len(new.rows) > len(old.rows) and all(list(after[: len(before)]) == list(before) for before, after in head)


def _texts(cells: Sequence[RawCell]) -> tuple[str, ...]:
    return tuple(str(cell) for cell in cells if cell is not None)


def _lines(rows: Sequence[Sequence[RawCell]]) -> str:
    return "\n".join("\t".join(_written(cell) for cell in row) for row in rows)


def _written(cell: RawCell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, dt.date):
        return cell.isoformat()
    text = harmless(str(cell)).replace("\t", " ").replace("\r\n", "\n").replace("\r", "\n")
    # Spreadsheets take a text in quotes for one cell, whatever lines it has.
    return '"{}"'.format(text.replace('"', '""')) if "\n" in text or text.startswith('"') else text
