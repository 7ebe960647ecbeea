"""What a layout makes of a tab, and how it finds headers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from nethealth.workbook.cells.characters import folded
from nethealth.workbook.cells.text import read_text
from nethealth.workbook.raw import RawCell, RawTab
from nethealth.workbook.records import Severity

ROWS_CHECKED: Final = 10
"""A layout looks for its headers in this many rows, as the readers do."""


@dataclass(frozen=True, slots=True)
class Rearranged:
    """A tab in the contract's layout."""

    tabs: Sequence[RawTab]
    """Mostly one. `RawTab.moved_cells` says where each moved cell stands in the sheet, for links to problems."""
    message: str
    """What we took the tab for, as a sentence for staff."""
    remedy: str = "No action needed."
    severity: Severity = Severity.NOTE


class MovedRows(Mapping[tuple[int, int], tuple[int, int]]):
    """`RawTab.moved_cells` of a tab whose rows moved as a whole, as of a row that became several."""

    def __init__(self, rows: Sequence[int], *, columns: int) -> None:
        """`rows` has the row in the sheet for each row here; `columns` is how many the widest row has."""
        self._rows = rows
        self._columns = columns

    def __getitem__(self, place: tuple[int, int]) -> tuple[int, int]:
        row, column = place
        if 0 <= row < len(self._rows) and 0 <= column < self._columns:
            return self._rows[row], column
        raise KeyError(place)

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return ((row, column) for row in range(len(self._rows)) for column in range(self._columns))

    def __len__(self) -> int:
        return len(self._rows) * self._columns


def header_keys(row: Sequence[RawCell]) -> dict[str, int]:
    """Return the folded headers in a row with their columns, counted from 0; the first if one appears twice."""
    keys: dict[str, int] = {}
    for column, cell in enumerate(row):
        if isinstance(cell, str) and (header := read_text(cell).value):
            keys.setdefault(folded(header), column)
    return keys


def find_header_row(tab: RawTab, *groups: Collection[str]) -> tuple[int, tuple[int, ...]] | None:
    """Return the first row with a header of every group, counted from 0, and the columns of these headers."""
    for row, cells in enumerate(tab.rows[:ROWS_CHECKED]):
        keys = header_keys(cells)
        found = [next((keys[name] for name in group if name in keys), None) for group in groups]
        if all(column is not None for column in found):
            return row, tuple(column for column in found if column is not None)
    return None
