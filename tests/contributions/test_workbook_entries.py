"""A workbook's entries as pages see them: current, and still there while the journal fails."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from nethealth.contributions.entries import EntryState
from nethealth.contributions.journal import Journal
from nethealth.contributions.recording import new_entry
from nethealth.contributions.workbook_entries import WorkbookEntries
from nethealth.errors import InvalidJournal
from nethealth.workbook.raw import RawTab, RawWorkbook

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


def test_entry_that_someone_pasted_has_arrived(tmp_path: Path) -> None:
    journal = Journal.in_file(tmp_path / "journal.db")
    entries = WorkbookEntries("sheet:a", lambda: journal)
    pasted, waiting = (new_entry("sheet:a", "Weaving", {"Member": "Ana"}, author="", now=NOW) for _ in range(2))
    journal.record([pasted, waiting])
    tab = RawTab("Weaving", [["Date", "Weaver", "Member", "Entry ID"], ["", "Bo", "Ana", pasted.id]])
    entries.note_arrived(RawWorkbook(title="W", tabs=[tab], read_at=NOW))
    assert {each.id: each.state for each in entries.entries()} == {
        pasted.id: EntryState.DELIVERED,
        waiting.id: EntryState.WAITING,
    }
    journal.close()
