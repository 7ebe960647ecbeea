"""What a row is called in updates: its Entry ID, else a mark made of what its required columns hold."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from nethealth.workbook.cells.characters import folded
from nethealth.workbook.cells.dates import read_date
from nethealth.workbook.cells.text import read_text
from nethealth.workbook.raw import RawCell
from nethealth.workbook.schema.columns import CellKind, Column, Tab

MARK_PREFIX: Final = "ROW-"
_LENGTH: Final = 10
"""50 bits: two among 10,000 rows that differ get one mark in one of 20 million workbooks."""


def row_ids(
    rows: Sequence[Sequence[RawCell]], *, tab: Tab, fields: Mapping[str, int], header_row: int
) -> dict[int, str]:
    """Return what each row below the headers is called, by its place in `rows`; blank rows have no name.

    `fields` are the columns of the tab's fields. Of rows that hold the same, the second is called `ROW-…-2`.
    """
    id_column = fields.get("entry_id")
    marked = [(tab.columns[name], fields[name]) for name in tab.required or fields if name in fields]
    # Dates and names repeat from row to row, so each is read once.
    known: dict[tuple[int, type, RawCell], str] = {}
    found: dict[int, str] = {}
    counts: Counter[str] = Counter()
    for at in range(header_row + 1, len(rows)):
        row = rows[at]
        if (entry_id := _entry_id(row, id_column)) is not None:
            found[at] = entry_id
            continue
        texts = []
        for kind, column in marked:
            cell = row[column] if column < len(row) else None
            key = column, type(cell), cell
            if key not in known:
                known[key] = _text(cell, kind)
            texts.append(known[key])
        if any(texts):
            mark = _mark(texts)
            counts[mark] += 1
            found[at] = mark if counts[mark] == 1 else f"{mark}-{counts[mark]}"
    return found


def _entry_id(row: Sequence[RawCell], column: int | None) -> str | None:
    cell = row[column] if column is not None and column < len(row) else None
    return read_text(cell).value if isinstance(cell, str) else None


def _text(cell: RawCell, column: Column) -> str:
    """Return what a cell holds, however it's formatted: a Google Sheet gives a date as a number, a file as a date."""
    if cell is None or cell == "":
        return ""
    if column.kind is CellKind.DATE and (day := read_date(cell, day_first=False).value) is not None:
        return day.isoformat()
    return folded(read_text(cell).value or "")


def _mark(texts: Sequence[str]) -> str:
    digest = hashlib.sha256("\0".join(texts).encode("utf-8", "replace")).digest()
    return MARK_PREFIX + base64.b32encode(digest)[:_LENGTH].decode()
