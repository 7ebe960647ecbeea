"""Apply the rows of Updates to the cells that they name, before anything reads these."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from nethealth.workbook.cells.characters import folded
from nethealth.workbook.raw import CellPlace, RawCell, RawTab
from nethealth.workbook.readers.headers import tab_named
from nethealth.workbook.readers.tab_rows import TabRows, is_filled
from nethealth.workbook.schema.columns import CellKind, Column, RowContext, Tab
from nethealth.workbook.schema.tabs import COLUMN_NAMES, SCALES, SETTINGS, TABS, UPDATES
from nethealth.workbook.schema.update_tab import UNDONE, WHOLE_ROW, UpdateRow
from nethealth.workbook.updates.changes import OUTCOME, PARTICIPANT, changed_cell, changed_column

_UPDATED: Final = tuple(tab for tab in TABS if tab not in (SETTINGS, SCALES, COLUMN_NAMES, UPDATES))
"""Settings and the like are read before updates are."""
_READ_LATER: Final = frozenset({CellKind.MEASURE, CellKind.NAMES, CellKind.COUNT_OR_NAMES})
"""Cells that can only be read together with others."""
_CHANGE_THE_CELL: Final = "Make the change in the row itself, and delete this row."


@dataclass(frozen=True, slots=True)
class _Update:
    number: int
    """Its row number in the workbook."""
    row: UpdateRow


def apply_updates(
    updates: TabRows[UpdateRow], *, tables: Callable[[Tab], Iterable[TabRows[Any]]], context: RowContext
) -> dict[int, RawTab]:
    """Return the tabs that updates change, as changed, by the `id` of the tab as it was.

    Earlier dates come first, then upper rows, so that the last change of a field counts. An update that we can't apply
    is reported at its own cell and skipped, as are problems with a changed cell later. `tables` are those that feed a
    tab.
    """
    read = sorted(
        (_Update(number, row) for number, row in updates.read(context)),
        key=lambda update: (update.row.date or dt.date.min, update.number),
    )
    rows = _Rows(tables)
    for update in _without_undone(read):
        _apply(update, updates, rows, context)
    return rows.changed()


def _without_undone(updates: Sequence[_Update]) -> list[_Update]:
    """Return the updates that no later update takes back, in their order, and without those that take others back."""
    known = {update.row.entry_id for update in updates} - {None}
    undone: set[str] = set()
    remaining = []
    for update in reversed(updates):
        if update.row.entry_id in undone:
            continue
        if update.row.row in known and _is_about_whole_row(update):
            undone.add(update.row.row)
        else:
            remaining.append(update)
    return remaining[::-1]


def _is_about_whole_row(update: _Update) -> bool:
    return folded(update.row.field) == folded(WHOLE_ROW)


class _Rows:
    """The rows of all tabs, by what they are called, and what has become of them."""

    def __init__(self, tables: Callable[[Tab], Iterable[TabRows[Any]]]) -> None:
        self._tables = tables
        self._places: dict[str, dict[str, tuple[_ChangedTable, int]]] = {}

    def find(self, row_id: str, tab: Tab) -> tuple[_ChangedTable, int] | None:
        """Return a row's table and its place in it, counted from 0."""
        places = self._places.get(tab.name)
        if places is None:
            places = self._places[tab.name] = {}
            for table in self._tables(tab):
                changed = _ChangedTable(table)
                for number, each in table.row_ids().items():
                    places.setdefault(each, (changed, number - 1))
        return places.get(row_id)

    def changed(self) -> dict[int, RawTab]:
        tables = {id(table.before): table for places in self._places.values() for table, _ in places.values()}
        return {key: table.as_raw() for key, table in tables.items() if table.is_changed}


class _ChangedTable:
    """One table's cells, copied where they change."""

    def __init__(self, table: TabRows[Any]) -> None:
        self.before, self.tab = table.raw, table.tab
        self.is_changed = False
        self._fields, self._header_row = dict(table.fields), table.header_row
        self._rows: list[Sequence[RawCell]] = list(table.raw.rows)
        self._width = max(map(len, self._rows), default=0)
        self._changed_by: dict[tuple[int, int], CellPlace] = {}

    def clear(self, at: int) -> None:
        """Blank a whole row."""
        self._rows[at], self.is_changed = [], True

    def change(self, at: int, name: str, *, to: Callable[[RawCell], RawCell], by: CellPlace) -> None:
        """Change a cell; a missing column is added."""
        if name not in self._fields:
            self._fields[name] = self._width
            self._put(self._header_row, self._width, self.tab.columns[name].name)
            self._width += 1
        column = self._fields[name]
        row = self._rows[at]
        if not row:
            return  # taken back
        self._put(at, column, to(row[column] if column < len(row) else None))
        self._changed_by[at, column] = by

    def _put(self, at: int, column: int, cell: RawCell) -> None:
        row = list(self._rows[at])
        row += [None] * (column + 1 - len(row))
        row[column] = cell
        self._rows[at], self.is_changed = row, True

    def as_raw(self) -> RawTab:
        return dataclasses.replace(
            self.before, rows=self._rows, rows_as_typed=self.before.rows, changed_by=self._changed_by
        )


def _apply(update: _Update, updates: TabRows[UpdateRow], rows: _Rows, context: RowContext) -> None:
    row = update.row
    tabs = _UPDATED if row.tab is None else [tab for tab in _UPDATED if tab is tab_named(row.tab)]
    if not tabs:
        _skip(update, updates, "tab", "We know no tab with this name that can be updated", _CHANGE_THE_CELL)
        return
    found = next((place for tab in tabs if (place := rows.find(row.row, tab)) is not None), None)
    if found is None:
        _skip(
            update,
            updates,
            "row",
            f"We found no row in {row.tab or 'any tab'} that this change is about",
            f"The row was probably edited or deleted since. {_CHANGE_THE_CELL}",
        )
        return
    table, at = found
    if _is_about_whole_row(update):
        if folded(str(row.value)) == folded(UNDONE):
            table.clear(at)
        else:
            _skip(update, updates, "value", "A whole row can only be undone", f"Type {UNDONE}, or delete this row.")
        return
    name = _field_named(row.field, table.tab)
    if name is None:
        _skip(update, updates, "field", f"{table.tab.name} has no column with this name", _CHANGE_THE_CELL)
        return
    field, column = _known_field(row.field, table.tab.columns[name]), table.tab.columns[name]
    if (problem := _problem_with(row.value, field, column, context)) is not None:
        _skip(update, updates, "value", *problem)
        return
    by = CellPlace(updates.title, update.number, updates.fields.get("value"), UPDATES.columns["value"].name)
    table.change(at, name, to=lambda cell: changed_cell(cell, field=field, value=row.value, day=row.date), by=by)


def _known_field(typed: str, column: Column) -> str:
    """Return the field's own spelling."""
    return next((each for each in (OUTCOME, PARTICIPANT) if folded(each) == folded(typed)), column.name)


def _field_named(typed: str, tab: Tab) -> str | None:
    """Return the field of the row model that an update's Field means."""
    own = next((each for each in (OUTCOME, PARTICIPANT) if folded(each) == folded(typed)), None)
    meant = changed_column(tab, own) if own is not None else None
    wanted = folded(meant or typed)
    names = (name for name, column in tab.columns.items() if folded(column.name) == wanted and name != "entry_id")
    return next(names, None)


def _problem_with(value: RawCell, field: str, column: Column, context: RowContext) -> tuple[str, str] | None:
    """Return why a value can't be used, and what to do; None if it can."""
    if not is_filled(value):
        adds = field in (OUTCOME, PARTICIPANT)
        if not (adds or (column.required and not column.keeps_row)):
            return None
        return f"{field} needs a value", "Fill in Value, or delete this row."
    if column.kind in _READ_LATER:
        return None
    read = column.read(value, context=context)
    if read.value is not None or not read.problems:
        return None
    return f"We couldn’t use this value for {column.name}", read.problems[0].remedy


def _skip(update: _Update, updates: TabRows[UpdateRow], at: str, what: str, remedy: str) -> None:
    value = getattr(update.row, at)
    updates.reject(f"{what}, so we skipped this change.", remedy, row=update.number, at=at, value=value)
