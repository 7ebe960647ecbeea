"""What a layout makes of a tab, and how it finds headers."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from nethealth.workbook.cells.characters import folded
from nethealth.workbook.cells.dates import read_date
from nethealth.workbook.cells.text import read_text
from nethealth.workbook.raw import RawCell, RawTab
from nethealth.workbook.records import Severity
from nethealth.workbook.schema.tabs import CONVENINGS

_MONTH: Final = r"[^\W\d_]{3,10}\.?"
_DATE: Final = re.compile(
    r"(?<![\d/.-])(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})|\d{8})(?![\d/-])"
    rf"|\b\d{{1,2}}\.? (?:de )?{_MONTH},? (?:de )?\d{{4}}\b|\b{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}\b"
)
_LONGEST_WITH_DATE: Final = 300
_AROUND_TITLE: Final = " -–—:,;.|/"
_ALL_IN_BRACKETS: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_EMPTY_BRACKETS: Final = re.compile(r"\(\s*\)|\[\s*\]")
EDGE_WEIGHT: Final = "Edge weight"
"""The header of a network tool's weights: a measure of ties in numbers, unlike our Strength from 1 to 5."""
TOTALS: Final = frozenset(
    {
        *("total", "totals", "grand total", "row total", "column total", "sum", "average", "degree"),
        *("suma", "somme", "summe", "gesamt", "soma", "mean", "median", "averages", "promedio", "moyenne"),
        *("durchschnitt", "mittelwert", "média"),
    }
)
"""Labels of rows and columns that sum up others, as `name_key` returns them: no people."""
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


PlacedCell: TypeAlias = tuple[RawCell, tuple[int, int]]
"""A cell, and where it stands in the tab that a layout was given: row and column, counted from 0."""


def text_at(row: Sequence[RawCell], at: int | None) -> str | None:
    """Return the text of a cell; None if it is blank, or if the row ends before it."""
    return None if at is None or at >= len(row) else read_text(row[at]).value


def date_and_title(text: str) -> tuple[str | None, str]:
    """Return the date that a text begins or ends with, as typed, and the rest: `2026-01-15 Kickoff`.

    >>> date_and_title("Kickoff (Jan 15, 2026)")
    ('Jan 15, 2026', 'Kickoff')
    >>> date_and_title("2026-03-14 Book club (Math)")
    ('2026-03-14', 'Book club (Math)')
    """
    if len(text) > _LONGEST_WITH_DATE:
        return None, text
    at = 0
    while match := _DATE.search(text, at):
        at = match.start() + 1
        if read_date(match[0], day_first=False).value is not None:
            return match[0], tidy_title(f"{text[: match.start()]} {text[match.end() :]}")
    return None, text


def tidy_title(text: str) -> str:
    """Return what is left of a title without brackets that hold nothing, and without marks around it."""
    title = " ".join(_EMPTY_BRACKETS.sub(" ", text).split()).strip(_AROUND_TITLE)
    is_cut = any(title.count(opening) != title.count(closing) for opening, closing in ("()", "[]"))
    return title.strip(_AROUND_TITLE + "()[]") if is_cut or _ALL_IN_BRACKETS.fullmatch(title) else title


def as_convenings(tab: RawTab, rows: Sequence[tuple[PlacedCell, PlacedCell, PlacedCell]]) -> RawTab:
    """Return rows of Convenings, read in addition to its own: for each, the date, the title, and one attendee."""
    cells = [[cell for cell, _ in row] for row in rows]
    columns = (CONVENINGS.columns[name].name for name in ("date", "title", "attendees"))
    earlier = tab.moved_cells or {}
    moved = {
        (number, at): earlier.get(place, place)
        for number, row in enumerate(rows, start=1)
        for at, (_, place) in enumerate(row)
    }
    return dataclasses.replace(
        tab, rows=[list(columns), *cells], read_as=CONVENINGS.name, is_supplement=True, moved_cells=moved
    )


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
