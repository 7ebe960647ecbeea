"""What a session becomes in the workbook when it's closed: entries, each recorded once, whatever happens in between.

A row's Entry ID follows from the session and the row's name in it. Closing a session again, in another copy of the
app or after a restart, finds the same entries, and changes only what has changed since.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

from nethealth.contributions.entries import Entry, EntryState, derived_entry_id, derived_prefix
from nethealth.contributions.journal import Journal
from nethealth.contributions.recording import new_entry, update_of
from nethealth.live.session import Answers, LiveSession
from nethealth.workbook.raw import RawCell
from nethealth.workbook.schema.tabs import TABS, UPDATES
from nethealth.workbook.schema.update_tab import UNDONE, WHOLE_ROW
from nethealth.workbook.updates.changes import changed_cell, changed_column

_TABS: Final = {tab.name: tab for tab in TABS}
Cells: TypeAlias = Mapping[str, RawCell]
"""By the contract's names of columns, without Entry ID."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRow:
    """One row that a session adds to a tab."""

    name: str = field(repr=False)
    """Its name in the session, such as a phone's ID and a question. It stays the same if the answer changes."""
    tab: str
    cells: Cells = field(repr=False)


RowMaker: TypeAlias = Callable[[LiveSession, Answers], Sequence[SessionRow]]
"""Returns a session's rows from the answers that count, in the order in which they're to be recorded."""


def shuffled(session: LiveSession, rows: Iterable[SessionRow]) -> list[SessionRow]:
    """Return rows in an order that says nothing about who answered first, and is the same each time."""
    return sorted(rows, key=lambda row: hashlib.sha256(f"{session.id} order {row.name}".encode()).digest())


def record_rows(
    journal: Journal,
    session: LiveSession,
    rows: Iterable[SessionRow],
    *,
    now: dt.datetime,
    day: dt.date,
    author: str = "",
) -> int:
    """Bring a session's rows to the journal, and return how many entries were added or changed.

    New rows are added, changed ones change their entry, and rows that are gone are taken back. What staff took back
    stays so until its answer changes. `day` is the day of changes. A rehearsal's rows go nowhere. Raises NotRecorded or
    JournalUnavailable.
    """
    if session.is_rehearsal:
        return 0
    recorded = _Recorded(journal, session, now=now, day=day, author=author)
    for row in rows:
        recorded.bring(row)
    recorded.take_back_others()
    journal.record(recorded.new)
    return len(recorded.new) + recorded.edited


class _Recorded:
    """What the journal holds of a session, and what it lacks."""

    def __init__(self, journal: Journal, session: LiveSession, *, now: dt.datetime, day: dt.date, author: str) -> None:
        self._journal, self._session, self._now, self._day, self._author = journal, session, now, day, author
        prefix = derived_prefix(session.id)
        self._own: dict[str, Entry] = {}
        self._updates: dict[str, list[Entry]] = defaultdict(list)
        for entry in journal.entries(session.workbook):
            if entry.tab == UPDATES.name:
                self._updates[str(entry.cells.get("Row"))].append(entry)
            elif entry.id.startswith(prefix):
                self._own[entry.id] = entry
        self._brought_ids: set[str] = set()
        self.new: list[Entry] = []
        self.edited = 0

    def bring(self, row: SessionRow) -> None:
        """Add a row, or change its entry to what it is now."""
        wanted = {column: cell for column, cell in row.cells.items() if cell is not None and cell != ""}
        generation = 0
        while (own_id := derived_entry_id(self._session.id, row.name, str(generation))) in self._own:
            entry = self._own[own_id]
            self._brought_ids.add(own_id)
            current = self._current(entry)
            if current is not None:
                self._change(entry, current, wanted)
                return
            if not self._was_taken_back_here(entry) and dict(entry.cells) == wanted:
                return
            generation += 1
        made = new_entry(self._session.workbook, row.tab, wanted, author=self._author, now=self._now)
        self.new.append(replace(made, id=own_id))

    def take_back_others(self) -> None:
        """Take back the entries of rows that weren't brought."""
        for entry in self._own.values():
            if entry.id in self._brought_ids or self._current(entry) is None:
                continue
            # Blank cells say that we took it back, and not someone on the Data page.
            if self._journal.edit(entry.id, {}) and self._journal.undo(entry.id):
                self.edited += 1
            else:
                self._update(entry, WHOLE_ROW, UNDONE)

    def _change(self, entry: Entry, current: Cells, wanted: Cells) -> None:
        if current == wanted:
            return
        if not self._updates[entry.id] and self._journal.edit(entry.id, wanted):
            self.edited += 1
            return
        for column in dict.fromkeys((*current, *wanted)):
            if current.get(column) != wanted.get(column):
                self._update(entry, column, wanted.get(column))

    def _current(self, entry: Entry) -> dict[str, RawCell] | None:
        """Return what a row holds after its updates; None if it was taken back."""
        if entry.state is EntryState.UNDONE:
            return None
        cells = dict(entry.cells)
        for update in self._updates[entry.id]:
            column, value = str(update.cells.get("Field")), update.cells.get("Value")
            if update.state is EntryState.UNDONE or self._is_undone(update):
                continue
            if column == WHOLE_ROW:
                return None
            changed = changed_column(_TABS[entry.tab], column)
            if changed is not None:
                cells[changed] = changed_cell(cells.get(changed), field=column, value=value, day=self._day)
        return {column: cell for column, cell in cells.items() if cell is not None and cell != ""}

    def _is_undone(self, update: Entry) -> bool:
        return any(
            each.cells.get("Field") == WHOLE_ROW and each.state is not EntryState.UNDONE
            for each in self._updates.get(update.id, ())
        )

    def _was_taken_back_here(self, entry: Entry) -> bool:
        prefix = derived_prefix(self._session.id)
        return not entry.cells or any(
            update.id.startswith(prefix) and update.cells.get("Field") == WHOLE_ROW
            for update in self._updates[entry.id]
        )

    def _update(self, entry: Entry, column: str, value: RawCell) -> None:
        """Add a row of Updates. Two who do so at once add the same one."""
        made = update_of(
            entry.workbook, entry.tab, entry.id, column, value, author=self._author, now=self._now, day=self._day
        )
        place = str(len(self._updates[entry.id]))
        self.new.append(replace(made, id=derived_entry_id(self._session.id, entry.id, place, column)))
