"""The thread that delivers: when it works, when it waits, and that it ends."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from nethealth.contributions.deliverer import Deliverer
from nethealth.contributions.delivery import Timing
from nethealth.contributions.entries import Entry, EntryState, new_entry_id
from nethealth.contributions.journal import Journal
from nethealth.errors import WritingNeedsAccount
from nethealth.sources.sheet_writer import Writer
from tests.contributions.grid_writer import Fault, GridSheet, GridWriter
from tests.sources.sheet_grid import Sheet

KEY = "sheet:a"
LONG = 60.0
"""Seconds that a test waits at most for what should come at once."""


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = Journal.in_file(tmp_path / "journal.db")
    yield opened
    opened.close()


@pytest.fixture
def make(journal: Journal) -> Iterator[Callable[..., Deliverer]]:
    made: list[Deliverer] = []

    def deliverer(open_writer: Callable[[], Writer], **timing: float) -> Deliverer:
        made.append(
            Deliverer(
                journal,
                KEY,
                open_writer=open_writer,
                timing=Timing(**{"pause": 0.0, "per_request": 0.0, **timing}),
                jitter=lambda: 1.0,
            )
        )
        return made[-1]

    yield deliverer
    for each in made:
        each.stop(wait_seconds=LONG)


def record(journal: Journal) -> Entry:
    entry = Entry(
        id=new_entry_id(),
        workbook=KEY,
        tab="Weaving",
        cells={"Date": dt.date(2026, 11, 30), "Weaver": "Bo", "Member": "Ana"},
        recorded_at=dt.datetime.now(dt.UTC),
    )
    journal.record([entry])
    return entry


def signaling(grid: GridSheet, closed: threading.Semaphore) -> Callable[[], Writer]:
    """Open the sheet, and say when a cycle is over."""

    class Signaling(GridWriter):
        def close(self) -> None:
            closed.release()

    return lambda: Signaling(grid)


def test_new_entry_is_delivered_at_once(journal: Journal, make: Callable[..., Deliverer]) -> None:
    grid, closed = GridSheet(Sheet(tabs={"Weaving": []})), threading.Semaphore(0)
    deliverer = make(signaling(grid, closed))
    for _ in range(2):
        entry = record(journal)
        deliverer.wake()
        assert closed.acquire(timeout=LONG)
        found = journal.entry(entry.id)
        assert found is not None
        assert found.state is EntryState.DELIVERED
    assert len(grid.sheet.tabs["Weaving"]) == 3


def test_after_a_failure_it_waits_unless_someone_asks(journal: Journal, make: Callable[..., Deliverer]) -> None:
    grid, closed = GridSheet(Sheet(tabs={"Weaving": []})), threading.Semaphore(0)
    grid.faults["read"] = [Fault.UNSENT]
    deliverer = make(signaling(grid, closed), first_wait=3_600.0)
    entry = record(journal)
    deliverer.wake()
    assert closed.acquire(timeout=LONG)
    deliverer.wake()
    assert not closed.acquire(timeout=0.05)
    deliverer.try_now()
    assert closed.acquire(timeout=LONG)
    found = journal.entry(entry.id)
    assert found is not None
    assert found.state is EntryState.DELIVERED


def test_failure_says_why_nothing_was_delivered(journal: Journal, make: Callable[..., Deliverer]) -> None:
    asked = threading.Event()

    def cannot() -> Writer:
        asked.set()
        raise WritingNeedsAccount

    deliverer = make(cannot, first_wait=3_600.0)
    record(journal)
    deliverer.wake()
    assert asked.wait(LONG)
    deliverer.stop(wait_seconds=LONG)
    assert isinstance(deliverer.failure, WritingNeedsAccount)


def test_unexpected_error_does_not_end_it(
    journal: Journal, make: Callable[..., Deliverer], caplog: pytest.LogCaptureFixture
) -> None:
    grid, closed = GridSheet(Sheet(tabs={"Weaving": []})), threading.Semaphore(0)
    opened = signaling(grid, closed)
    failing = iter([True])

    def open_writer() -> Writer:
        if next(failing, False):
            raise RuntimeError("the disk is on fire")
        return opened()

    deliverer = make(open_writer, first_wait=0.001)
    record(journal)
    deliverer.wake()
    assert closed.acquire(timeout=LONG)
    assert "RuntimeError" in caplog.text


def test_stopped_deliverer_starts_no_more(journal: Journal, make: Callable[..., Deliverer]) -> None:
    grid = GridSheet(Sheet(tabs={"Weaving": []}))
    deliverer = make(grid.open)
    deliverer.stop()
    record(journal)
    deliverer.wake()
    assert grid.requests == []


def test_many_requests_make_the_next_cycle_wait(journal: Journal, make: Callable[..., Deliverer]) -> None:
    grid, closed = GridSheet(Sheet(tabs={"Weaving": []})), threading.Semaphore(0)
    deliverer = make(signaling(grid, closed), per_request=900.0)
    for _ in range(2):
        record(journal)
        deliverer.wake()
    assert closed.acquire(timeout=LONG)
    record(journal)
    deliverer.wake()
    assert not closed.acquire(timeout=0.05)
