"""Record entries, change them later, and take them back. Rows that someone typed never change: an update is added."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from nethealth.contributions.entries import Entry, EntryState, new_entry_id
from nethealth.contributions.journal import Journal
from nethealth.workbook.raw import RawCell
from nethealth.workbook.schema.tabs import TABS, UPDATES
from nethealth.workbook.schema.update_tab import UNDONE, WHOLE_ROW
from nethealth.workbook.updates.changes import changed_cell, changed_column

_TABS: Final = {tab.name: tab for tab in TABS}


def new_entry(workbook: str, tab: str, cells: Mapping[str, RawCell], *, author: str, now: dt.datetime) -> Entry:
    """Return a new row for a tab: `cells` by the contract's names of columns; blank ones are left out.

    Entries that someone makes in one act have the same `now`. Raises KeyError for a tab or column that the contract
    doesn't have, and for a tab without an Entry ID.
    """
    columns = {column.name for field, column in _TABS[tab].columns.items() if field != "entry_id"}
    if "entry_id" not in _TABS[tab].columns:
        raise KeyError(f"{tab} has no Entry ID")
    if unknown := sorted(cells.keys() - columns):
        raise KeyError(f"{tab} has no column {', '.join(unknown)}")
    filled = {column: cell for column, cell in cells.items() if cell is not None and cell != ""}
    return Entry(id=new_entry_id(), workbook=workbook, tab=tab, cells=filled, recorded_at=now, author=author)


def update_of(
    workbook: str,
    tab: str,
    row: str,
    field: str,
    value: RawCell,
    *,
    author: str,
    now: dt.datetime,
    day: dt.date | None = None,
) -> Entry:
    """Return a row of Updates that changes one field of a row, given by its Entry ID or mark (`row_id`), on `day`.

    `field` is a column, `Outcome`, `Participant`, or `Whole row`. Raises KeyError if the tab has no such field.
    """
    if field != WHOLE_ROW and changed_column(_TABS[tab], field) is None:
        raise KeyError(f"{tab} has no field {field}")
    cells: dict[str, RawCell] = {"Date": day or now.date(), "Tab": tab, "Row": row, "Field": field, "Value": value}
    return new_entry(workbook, UPDATES.name, cells, author=author, now=now)


@dataclass(frozen=True, slots=True)
class Act:
    """What one act of a person did to the journal, so that it can be undone."""

    added: tuple[Entry, ...] = ()
    edited: tuple[Entry, ...] = ()
    """Entries that were changed before they were sent, as they were before."""

    @property
    def is_empty(self) -> bool:
        """True if nothing was done."""
        return not self.added and not self.edited


class Recorder:
    """What one person does to one workbook's entries."""

    def __init__(self, journal: Journal, workbook: str, *, author: str = "") -> None:
        self._journal, self._workbook, self._author = journal, workbook, author

    def record(self, entries: Sequence[Entry]) -> Act:
        """Store new entries, all or none."""
        if entries:
            self._journal.record(entries)
        return Act(added=tuple(entries))

    def change(self, tab: str, row: str, changes: Mapping[str, RawCell], *, now: dt.datetime, day: dt.date) -> Act:
        """Change fields of a row, given by its `row_id`.

        An entry that was not sent yet changes itself; for any other row, rows of Updates are added.
        """
        entry = self._journal.entry(row)
        if entry is not None and entry.workbook == self._workbook and entry.state is EntryState.WAITING:
            cells = dict(entry.cells)
            for field, value in changes.items():
                column = changed_column(_TABS[tab], field)
                if column is None:
                    raise KeyError(f"{tab} has no field {field}")
                cells[column] = changed_cell(cells.get(column), field=field, value=value, day=day)
            if self._journal.edit(entry.id, {column: cell for column, cell in cells.items() if cell not in (None, "")}):
                return Act(edited=(entry,))
        return self.record([self._update(tab, row, field, value, now, day) for field, value in changes.items()])

    def remove(self, entry: Entry, *, now: dt.datetime, day: dt.date) -> Act:
        """Take back an entry: before it is sent it's undone; after that, a row of Updates says that it is."""
        if self._journal.undo(entry.id):
            return Act(edited=(entry,))
        current = self._journal.entry(entry.id)
        if current is not None and current.state is EntryState.UNDONE:
            return Act()
        return self.record([self._update(entry.tab, entry.id, WHOLE_ROW, UNDONE, now, day)])

    def undo(self, act: Act, *, now: dt.datetime, day: dt.date) -> Act:
        """Take back what one act did."""
        undone: list[Act] = [self.remove(entry, now=now, day=day) for entry in act.added]
        undone += [self._restore(entry, now=now, day=day) for entry in act.edited]
        return Act(
            added=tuple(entry for each in undone for entry in each.added),
            edited=tuple(entry for each in undone for entry in each.edited),
        )

    def _restore(self, before: Entry, *, now: dt.datetime, day: dt.date) -> Act:
        """Give an entry the cells that it had, in the journal if it's not sent yet, else by rows of Updates."""
        current = self._journal.entry(before.id)
        if current is None or self._journal.edit(before.id, before.cells):
            return Act(edited=() if current is None else (current,))
        columns = [*before.cells, *(column for column in current.cells if column not in before.cells)]
        changed = {column: before.cells.get(column) for column in columns}
        changed = {column: cell for column, cell in changed.items() if cell != current.cells.get(column)}
        return self.record([self._update(before.tab, before.id, *change, now, day) for change in changed.items()])

    def _update(self, tab: str, row: str, field: str, value: RawCell, now: dt.datetime, day: dt.date) -> Entry:
        return update_of(self._workbook, tab, row, field, value, author=self._author, now=now, day=day)


def recent_entries(entries: Sequence[Entry], *, now: dt.datetime, seconds: float) -> list[Entry]:
    """Return the entries of the last `seconds` that still count, the latest first."""
    oldest = now - dt.timedelta(seconds=seconds)
    found = [each for each in entries if each.recorded_at >= oldest and each.state is not EntryState.UNDONE]
    return sorted(found, key=lambda entry: entry.recorded_at, reverse=True)
