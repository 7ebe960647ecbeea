"""The journal: entries stay, once, in the order in which they came."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from nethealth.contributions.entries import Entry, EntryState, new_entry_id
from nethealth.contributions.journal import Journal

KEY = "sheet:a"


@dataclass
class Clock:
    """A clock that tests move."""

    time: float = 1_000_000.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def journal(tmp_path: Path, clock: Clock) -> Iterator[Journal]:
    opened = Journal.in_file(tmp_path / "journal.db", now=clock)
    yield opened
    opened.close()


def conversation(member: str = "Ana Ruiz", *, workbook: str = KEY, at: float = 0.0) -> Entry:
    return Entry(
        id=new_entry_id(),
        workbook=workbook,
        tab="Weaving",
        cells={"Date": dt.date(2026, 11, 30), "Weaver": "Bo", "Member": member, "Done": False, "What we heard": "=1+1"},
        recorded_at=dt.datetime.fromtimestamp(at, dt.UTC),
    )


def test_recorded_entries_are_there_after_a_restart(tmp_path: Path, journal: Journal) -> None:
    first, second = conversation(at=1), conversation("Cy", at=2)
    journal.record([second])
    journal.record([first])
    again = Journal.in_file(tmp_path / "journal.db")
    found = again.entries(KEY)
    again.close()
    assert [entry.id for entry in found] == [first.id, second.id]
    assert (found[0].cells, found[0].state) == (first.cells, EntryState.WAITING)


def test_entries_of_another_workbook_stay_apart(journal: Journal) -> None:
    journal.record([conversation(workbook="sheet:b")])
    assert journal.entries(KEY) == []
    assert (journal.version(KEY), journal.version("sheet:b")) == (0, 1)


def test_records_all_or_none(journal: Journal) -> None:
    known = conversation()
    journal.record([known])
    with pytest.raises(Exception, match="UNIQUE"):
        journal.record([conversation("Cy"), known])
    assert [entry.id for entry in journal.entries(KEY)] == [known.id]


def test_sent_entry_can_be_neither_edited_nor_undone(journal: Journal) -> None:
    entry = conversation()
    journal.record([entry])
    assert journal.edit(entry.id, {**entry.cells, "Member": "Cy"})
    assert journal.mark([entry.id], EntryState.UNCERTAIN)
    assert not journal.edit(entry.id, entry.cells)
    assert not journal.undo(entry.id)
    assert [each.cells["Member"] for each in journal.entries(KEY)] == ["Cy"]


def test_version_grows_with_every_change(journal: Journal) -> None:
    entry = conversation()
    journal.record([entry])
    journal.edit(entry.id, entry.cells)
    journal.undo(entry.id)
    assert journal.version(KEY) == 3


def test_one_holder_at_a_time_until_the_lease_expires(journal: Journal, clock: Clock) -> None:
    first = journal.take_lease("deliver", holder="one", seconds=60)
    assert first is not None
    assert journal.take_lease("deliver", holder="two", seconds=60) is None
    clock.time += 61
    second = journal.take_lease("deliver", holder="two", seconds=60)
    assert second is not None
    assert second.token > first.token
    entry = conversation()
    journal.record([entry])
    assert not journal.mark([entry.id], EntryState.DELIVERED, lease=first)
    assert journal.mark([entry.id], EntryState.DELIVERED, lease=second)


def test_lease_from_before_the_clock_was_set_back_is_free(journal: Journal, clock: Clock) -> None:
    assert journal.take_lease("deliver", holder="one", seconds=60)
    clock.time -= 86_400
    assert journal.take_lease("deliver", holder="two", seconds=60)


def test_released_lease_is_free_at_once(journal: Journal) -> None:
    lease = journal.take_lease("deliver", holder="one", seconds=60)
    assert lease is not None
    journal.release_lease(lease)
    assert journal.take_lease("deliver", holder="two", seconds=60)
