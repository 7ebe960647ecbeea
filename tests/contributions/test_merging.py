"""Entries on the pages: each once, whether or not the workbook has it by now."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from nethealth.contributions.entries import Entry, EntryState
from nethealth.contributions.merging import entry_ids_in, with_entries
from nethealth.privacy.email_masking import mask_workbook
from nethealth.workbook.raw import RawTab, RawWorkbook
from nethealth.workbook.reader import read_workbook

READ_AT = dt.datetime(2026, 11, 30, tzinfo=dt.UTC)
MEMBERS = RawTab(title="Members", rows=[["Name"], ["Ana Ruiz"], ["Bo Lind"]])
ENTRY = Entry(
    id="NH-0000000000001",
    workbook="sheet:a",
    tab="Weaving",
    cells={"Date": dt.date(2026, 11, 29), "Weaver": "Bo Lind", "Member": "Ana Ruiz"},
    recorded_at=READ_AT,
)


def workbook(*tabs: RawTab) -> RawWorkbook:
    return RawWorkbook(title="Network", tabs=[MEMBERS, *tabs], read_at=READ_AT)


def test_entry_counts_before_the_workbook_has_it() -> None:
    read = read_workbook(with_entries(workbook(), [ENTRY]))
    assert [(talk.date, talk.weaver) for talk in read.weaving] == [(dt.date(2026, 11, 29), "Bo Lind")]


def test_entry_goes_below_the_headers_that_are_there() -> None:
    theirs = RawTab(title="Weaving log", rows=[["Member", "Weaver", "Date"], ["Bo Lind", "Cy", "2026-11-01"]])
    read = read_workbook(with_entries(workbook(theirs), [ENTRY]))
    assert sorted(talk.weaver for talk in read.weaving) == ["Bo Lind", "Cy"]


def test_delivered_entry_counts_once() -> None:
    theirs = RawTab(
        title="Weaving", rows=[["Entry ID", "Member", "Weaver", "Date"], [ENTRY.id, "Ana Ruiz", "Bo Lind", 46355]]
    )
    delivered = replace(ENTRY, state=EntryState.DELIVERED)
    assert len(read_workbook(with_entries(workbook(theirs), [ENTRY])).weaving) == 1
    assert len(read_workbook(with_entries(workbook(theirs), [delivered])).weaving) == 1


def test_delivered_entry_shows_until_the_workbook_is_read_again() -> None:
    delivered = replace(ENTRY, state=EntryState.DELIVERED, changed_at=READ_AT + dt.timedelta(seconds=3))
    assert len(read_workbook(with_entries(workbook(), [delivered])).weaving) == 1
    later = replace(workbook(), read_at=READ_AT + dt.timedelta(seconds=60))
    assert with_entries(later, [delivered]).tabs == later.tabs


def test_undone_entry_shows_nowhere() -> None:
    raw = workbook()
    assert with_entries(raw, [replace(ENTRY, state=EntryState.UNDONE)]) is raw


def test_update_of_an_entry_does_not_stand_for_the_entry() -> None:
    updates = RawTab(title="Updates", rows=[["Entry ID", "Row", "Field", "Value"], ["NH-1", ENTRY.id, "Done", True]])
    assert entry_ids_in(workbook(updates)) == {"NH-1"}


def test_masked_workbook_stays_masked_with_another_fingerprint() -> None:
    masked = mask_workbook(workbook())
    entry = replace(ENTRY, cells={**ENTRY.cells, "What we heard": "Write to ana@example.org"})
    merged = with_entries(masked, [entry])
    assert "example.org" not in repr(merged.tabs)
    assert merged.fingerprint != masked.fingerprint
    assert with_entries(masked, [entry]).fingerprint == merged.fingerprint


def test_entry_of_a_newer_version_is_left_alone() -> None:
    newer = [replace(ENTRY, id="NH-2", tab="Moods"), replace(ENTRY, id="NH-3", cells={"Member": "Ana", "Mood": "!"})]
    read = read_workbook(with_entries(workbook(), [*newer, ENTRY]))
    assert len(read.weaving) == 1
