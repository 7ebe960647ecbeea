"""What a layout makes of a tab, and how it finds headers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
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
