"""Decide where entries go in a Google Sheet as it was just read: pure functions from a reading to rows.

Columns are found by their headers in that reading, so a moved, renamed, or added column misplaces nothing.
"""

from __future__ import annotations

import datetime as dt
import itertools
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from nethealth.contributions.entries import ID_PREFIX, Entry
from nethealth.sources.google.sheet_layout import sheet_id
from nethealth.sources.sheet_writer import LONGEST_CELL, Place, SheetCell
from nethealth.workbook.contract_tables import ContractTables, find_tables
from nethealth.workbook.raw import RawCell, RawTab, RawWorkbook
from nethealth.workbook.readers.headers import match_tab
from nethealth.workbook.readers.tab_rows import TabRows, is_filled
from nethealth.workbook.schema.tabs import TABS, UPDATES, Tab

ENTRY_ID: Final = "entry_id"
_EPOCH: Final = dt.date(1899, 12, 30)
_MOST_LETTERS: Final = 1_000_000
"""Letters in one append. Google recommends requests of at most 2 MB."""
_TABS: Final = {tab.name: tab for tab in TABS}


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows for one tab, to append in one request."""

    title: str
    header: Place
    """The first header. Google finds the table from there."""
    width: int
    """Headers from there on without a gap."""
    entries: tuple[Entry, ...]
    rows: tuple[tuple[SheetCell, ...], ...]
    """From the column on where the table starts, as far as we can tell."""


@dataclass(slots=True)
class Plan:
    """What to do with entries."""

    batches: list[Batch] = field(default_factory=list)
    missing: dict[str, set[str]] = field(default_factory=dict)
    """Fields to add first, by the contract's name of a tab; the whole tab if there is none."""
    waiting: dict[str, str] = field(default_factory=dict)
    """By entry: why it can't go anywhere yet, and what to do."""


@dataclass(frozen=True, slots=True)
class Repair:
    """Cells to write over a row of ours whose columns moved while it was on its way."""

    title: str
    start: Place
    cells: tuple[SheetCell, ...]
    is_above_headers: bool = False
    """True if no reader would find the row there: the cells are blank, and the entry has to be sent again."""


class Reading:
    """A reading of the Google Sheet, with its tabs and our rows found."""

    def __init__(self, raw: RawWorkbook) -> None:
        self.raw = raw
        self._tables: ContractTables = find_tables(raw.tabs)
        self._known: dict[str, TabRows[Any] | None] = {}
        self._places = _find_ids(self._tables.all_tabs)
        self._updates = [raw for raw in self._tables.all_tabs if match_tab(raw) is UPDATES]

    def has(self, entry: Entry) -> bool:
        """True if the entry's row is anywhere in the workbook."""
        return self._row_of(entry) is not None

    def repair(self, entry: Entry) -> Repair | None:
        """Return what to correct in an entry that is there; None if it is in its columns, or someone has edited it.

        Its row holds all that we sent, but not under the headers of now: the columns moved while it was on its way.
        """
        found = self._row_of(entry)
        table = self._table(_TABS[entry.tab]) if entry.tab in _TABS else None
        if found is None or table is None or table.raw is not found[0]:
            return None  # people moved the row, or the tab is something else now
        raw, at = found
        row = raw.rows[at]
        right = {table.fields[name]: cell for name, cell in _cells(entry).items() if name in table.fields}
        if at <= table.header_row:
            ours = {_plain(cell) for cell in _cells(entry).values()}
            blank = tuple("" if is_filled(cell) and _plain(cell) in ours else None for cell in row)
            return Repair(raw.title, Place(at, 0), blank, is_above_headers=True)
        if all(_same(_cell_at(row, column), cell) for column, cell in right.items()):
            return None
        if not _holds(row, entry):
            return None  # not all that we sent is there, so someone has edited it
        surplus = Counter(_plain(cell) for cell in _cells(entry).values())
        changes: dict[int, SheetCell] = dict(right)
        for column, cell in enumerate(row):
            if column not in right and is_filled(cell) and surplus[_plain(cell)] > 0:
                surplus[_plain(cell)] -= 1
                changes[column] = ""
        left = min(changes)
        cells = tuple(changes.get(column) for column in range(left, max(changes) + 1))
        return Repair(raw.title, Place(at, left), cells)

    def _row_of(self, entry: Entry) -> tuple[RawTab, int] | None:
        """Return the tab and row of an entry.

        In the Updates tab, an ID also stands where a row says which other row it changes. That doesn't count.
        """
        for raw, at, column in self._places.get(entry.id, ()):
            if not any(raw is each for each in self._updates) or _holds(raw.rows[at], entry):
                return raw, at
            table = self._table(UPDATES)
            is_id = table is not None and table.raw is raw and table.fields.get(ENTRY_ID) == column
            if is_id and entry.tab == UPDATES.name:
                return raw, at
        return None

    def date_formats(self, entries: Iterable[Entry]) -> list[dict[str, Any]]:
        """Return Google's requests that show the dates of entries as dates, also in a column that no one formatted."""
        rows: dict[tuple[int, int], list[int]] = {}
        for entry in entries:
            found = self._row_of(entry)
            table = self._table(_TABS[entry.tab]) if entry.tab in _TABS else None
            if found is None or table is None or table.raw is not found[0]:
                continue
            for name, column in table.tab.columns.items():
                if name in table.fields and isinstance(entry.cells.get(column.name), dt.date):
                    rows.setdefault((sheet_id(table.raw), table.fields[name]), []).append(found[1])
        return [
            _date_format(gid, top, bottom, column)
            for (gid, column), found in rows.items()
            for top, bottom in _runs(found)
        ]

    def plan(self, entries: Iterable[Entry]) -> Plan:
        """Return where entries go: rows to append, columns to add first, and what has to wait."""
        plan = Plan()
        by_tab: dict[str, list[Entry]] = {}
        for entry in entries:
            if reason := _unusable(entry):
                plan.waiting[entry.id] = reason
            else:
                by_tab.setdefault(entry.tab, []).append(entry)
        for name, group in by_tab.items():
            self._place(_TABS[name], group, plan)
        return plan

    def _place(self, tab: Tab, entries: list[Entry], plan: Plan) -> None:
        wanted = {name for entry in entries for name in _cells(entry)}
        table = self._table(tab)
        if table is None:
            if reason := self._obstacle(tab):
                plan.waiting |= dict.fromkeys((entry.id for entry in entries), reason)
            else:
                plan.missing[tab.name] = wanted
        elif missing := wanted - set(table.fields):
            plan.missing[tab.name] = missing
        else:
            plan.batches.extend(_batches(table, entries))

    def _obstacle(self, tab: Tab) -> str:
        """Return why we can't use or create a tab; empty if we can."""
        if problem := self._tables.problem(tab):
            return f"{problem.message} {problem.remedy}"
        taken = {raw.title.casefold(): raw.title for raw in self.raw.tabs}
        if self._tables.raw(tab) is None and tab.name.casefold() in taken:
            return (
                f"The tab “{taken[tab.name.casefold()]}” is filled by a form or used for something else, so we can’t "
                "add rows to it. Rename it, and we add one."
            )
        return ""

    def _table(self, tab: Tab) -> TabRows[Any] | None:
        if tab.name not in self._known:
            self._known[tab.name] = self._tables.table(tab)
        return self._known[tab.name]


def _find_ids(tabs: Sequence[RawTab]) -> dict[str, list[tuple[RawTab, int, int]]]:
    """Return the tab, row, and column of each entry's ID, wherever it stands. Rows and columns count from 0."""
    found: dict[str, list[tuple[RawTab, int, int]]] = {}
    for raw in tabs:
        for at, row in enumerate(raw.rows):
            for column, cell in enumerate(row):
                if isinstance(cell, str) and (cell.startswith(ID_PREFIX) or cell.lstrip().startswith(ID_PREFIX)):
                    found.setdefault(cell.strip(), []).append((raw, at, column))
    return found


def _holds(row: Sequence[RawCell], entry: Entry) -> bool:
    """True if a row holds all cells of an entry, in whatever columns."""
    sent = Counter(_plain(cell) for cell in _cells(entry).values())
    return sent <= Counter(_plain(cell) for cell in row if is_filled(cell))


def _unusable(entry: Entry) -> str:
    tab = _TABS.get(entry.tab)
    names = set() if tab is None else {column.name for column in tab.columns.values()}
    if tab is None or ENTRY_ID not in tab.columns or not names.issuperset(entry.cells):
        return "This version of the app doesn’t know this tab or one of its columns. Update the app."
    if any(isinstance(cell, str) and len(cell) > LONGEST_CELL for cell in entry.cells.values()):
        return f"Google lets a cell have {LONGEST_CELL:,} letters, and one of these has more. Shorten it."
    return ""


def _cells(entry: Entry) -> Mapping[str, SheetCell]:
    """Return what goes into the row, by field, its ID included; blank cells are left out."""
    field_of = {column.name: name for name, column in _TABS[entry.tab].columns.items()}
    cells = {field_of[name]: _as_sheet_cell(cell) for name, cell in entry.cells.items()}
    return {name: cell for name, cell in cells.items() if cell not in (None, "")} | {ENTRY_ID: entry.id}


def _as_sheet_cell(cell: RawCell) -> SheetCell:
    """Return a cell as Google keeps it: a date is the number of days since 1899-12-30."""
    if isinstance(cell, dt.datetime):
        cell = cell.date()
    if isinstance(cell, dt.date):
        return (cell - _EPOCH).days
    if isinstance(cell, float) and not math.isfinite(cell):
        return None
    return cell if cell is None or isinstance(cell, str | int | float) else str(cell)


def _batches(table: TabRows[Any], entries: Sequence[Entry]) -> list[Batch]:
    first = min(table.headers)
    left = first
    # The table also spans columns without a header, if they hold something.
    while left > 0 and any(is_filled(_cell_at(row, left - 1)) for row in table.raw.rows[table.header_row :]):
        left -= 1
    width = next(count for count in itertools.count(1) if first + count not in table.headers)
    batches = []
    for group in _in_requests(entries):
        rows = []
        for entry in group:
            cells = {table.fields[name]: cell for name, cell in _cells(entry).items()}
            rows.append(tuple(cells.get(column) for column in range(left, max(cells) + 1)))
        header = Place(table.header_row, first)
        batches.append(Batch(table.raw.title, header, width, tuple(group), tuple(rows)))
    return batches


def _runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Join numbers that follow one another: 2, 3, 4, and 7 are (2, 5) and (7, 8)."""
    runs: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][1] == number:
            runs[-1] = runs[-1][0], number + 1
        else:
            runs.append((number, number + 1))
    return runs


def _date_format(gid: int, top: int, bottom: int, column: int) -> dict[str, Any]:
    rows = {"startRowIndex": top, "endRowIndex": bottom}
    cells = {"sheetId": gid, **rows, "startColumnIndex": column, "endColumnIndex": column + 1}
    look = {"numberFormat": {"type": "DATE", "pattern": "yyyy-mm-dd"}}
    about = {"range": cells, "cell": {"userEnteredFormat": look}, "fields": "userEnteredFormat.numberFormat"}
    return {"repeatCell": about}


def _in_requests(entries: Sequence[Entry]) -> list[list[Entry]]:
    groups: list[list[Entry]] = []
    room = 0
    for entry in entries:
        size = sum(len(str(cell)) for cell in entry.cells.values())
        if not groups or size > room:
            groups.append([])
            room = _MOST_LETTERS
        groups[-1].append(entry)
        room -= size
    return groups


def _cell_at(row: Sequence[RawCell], column: int) -> RawCell:
    return row[column] if column < len(row) else None


def _plain(cell: RawCell) -> object:
    """Return a cell for comparison: spreadsheets may change spaces, line ends, and whole numbers' types."""
    if isinstance(cell, str):
        return " ".join(cell.split())
    return cell if isinstance(cell, bool) or not isinstance(cell, int | float) else float(cell)


def _same(there: RawCell, sent: SheetCell) -> bool:
    return type(_plain(there)) is type(_plain(sent)) and _plain(there) == _plain(sent)
