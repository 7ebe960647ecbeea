"""The entries of one workbook, as the pages merge them into what they show."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import TypeVar

from nethealth.contributions.entries import Entry, EntryState
from nethealth.contributions.journal import Journal
from nethealth.contributions.merging import entry_ids_in, with_entries
from nethealth.errors import JournalError
from nethealth.workbook.raw import RawWorkbook

WorkbookT = TypeVar("WorkbookT", bound=RawWorkbook)
_logger = logging.getLogger(__name__)


class WorkbookEntries:
    """One workbook's entries. Never raises: if the journal fails, what we last read from it counts.

    `open_journal` may fail, too. Safe to use from any thread.
    """

    def __init__(self, workbook: str, open_journal: Callable[[], Journal]) -> None:
        self.workbook = workbook
        self._open_journal = open_journal
        self._last: tuple[Journal | None, int, Sequence[Entry]] = (None, 0, ())
        """What we read last: from which journal, its version, and the entries."""
        self._is_failing = False

    def version(self) -> int:
        """Return a number that changes whenever an entry does."""
        try:
            version = self._open_journal().version(self.workbook)
        except JournalError as error:
            self._note_failure(error)
            return self._last[1]
        self._is_failing = False
        return version

    def entries(self) -> Sequence[Entry]:
        """Return all entries, in the order in which they were recorded; the same object until one changes."""
        try:
            journal = self._open_journal()
            version = journal.version(self.workbook)
            if (journal, version) != self._last[:2]:
                self._last = journal, version, journal.entries(self.workbook) if version else ()
        except JournalError as error:
            self._note_failure(error)
        return self._last[2]

    def note_arrived(self, raw: RawWorkbook) -> None:
        """Note which entries someone has brought to the workbook by hand. For workbooks that the app can't write to."""
        waiting = {entry.id for entry in self.entries() if entry.state in (EntryState.WAITING, EntryState.UNCERTAIN)}
        arrived = waiting & entry_ids_in(raw) if waiting else set()
        if arrived:
            try:
                self._open_journal().mark(sorted(arrived), EntryState.DELIVERED)
            except JournalError as error:
                self._note_failure(error)

    def merged_into(self, raw: WorkbookT) -> WorkbookT:
        """Return the workbook with a row for each entry that it doesn't have yet; `raw` itself if there is none."""
        return with_entries(raw, self.entries())

    def _note_failure(self, error: JournalError) -> None:
        if not self._is_failing:
            _logger.warning("%s %s", error.message, error.remedy)
        self._is_failing = True
