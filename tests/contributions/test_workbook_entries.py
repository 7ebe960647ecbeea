"""A workbook's entries as pages see them: current, and still there while the journal fails."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from nethealth.contributions.journal import Journal
from nethealth.contributions.recording import new_entry
from nethealth.contributions.workbook_entries import WorkbookEntries
from nethealth.errors import InvalidJournal

NOW = dt.datetime(2026, 11, 30, tzinfo=dt.UTC)


def test_follows_the_journal_and_outlasts_it(tmp_path: Path) -> None:
    journal = Journal.in_file(tmp_path / "journal.db")
    is_open = True

    def opened() -> Journal:
        if not is_open:
            raise InvalidJournal("no such setting")
        return journal

    entries = WorkbookEntries("sheet:a", opened)
    assert (entries.version(), list(entries.entries())) == (0, [])
    entry = new_entry("sheet:a", "Weaving", {"Member": "Ana"}, author="", now=NOW)
    journal.record([entry])
    assert (entries.version(), [each.id for each in entries.entries()]) == (1, [entry.id])
    assert entries.entries() is entries.entries()
    is_open = False
    assert (entries.version(), [each.id for each in entries.entries()]) == (1, [entry.id])
    journal.close()
