"""Snapshots: one per day on which a number changed, each workbook's own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from nethealth.contributions.storage.database import Database
from nethealth.history.store import Effect, History, Snapshot

KEY = "sheet:a"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(sa.URL.create("sqlite", database=str(tmp_path / "journal.db")))
    yield opened
    opened.close()


@pytest.fixture
def history(database: Database) -> History:
    return History(database)


def day(number: int) -> dt.date:
    return dt.date(2026, 11, number)


def snapshot(on: int, members: float, *, workbook: str = KEY) -> Snapshot:
    return Snapshot(workbook=workbook, day=day(on), numbers={"members": members, "agree: Ōtautahi": 0.5})


def test_nothing_is_kept_at_first(history: History) -> None:
    assert history.snapshots() == []
    assert history.on_or_before(KEY, day(30)) is None


def test_day_without_a_change_is_not_kept(history: History) -> None:
    assert history.add(snapshot(1, 10)) is Effect.NEW
    assert history.add(snapshot(2, 10)) is Effect.NONE
    assert history.add(snapshot(3, 11)) is Effect.NEW
    assert history.snapshots(KEY) == [snapshot(1, 10), snapshot(3, 11)]


def test_last_reading_of_a_day_counts(history: History) -> None:
    history.add(snapshot(1, 10))
    assert history.add(snapshot(2, 12)) is Effect.NEW
    assert history.add(snapshot(2, 13)) is Effect.REPLACEMENT
    assert history.add(snapshot(2, 13)) is Effect.NONE
    assert history.snapshots(KEY)[-1] == snapshot(2, 13)
    # Back to the numbers of the day before: then that day has none of its own.
    assert history.add(snapshot(2, 10)) is Effect.DELETION
    assert history.snapshots(KEY) == [snapshot(1, 10)]


def test_workbooks_stay_apart(history: History) -> None:
    history.add(snapshot(1, 10))
    assert history.add(snapshot(2, 10, workbook="sheet:b")) is Effect.NEW
    assert [each.workbook for each in history.snapshots()] == [KEY, "sheet:b"]


def test_numbers_of_a_day_between_snapshots(history: History) -> None:
    for each in (snapshot(3, 10), snapshot(9, 11)):
        history.add(each)
    assert history.on_or_before(KEY, day(2)) is None
    assert history.on_or_before(KEY, day(3)) == snapshot(3, 10)
    assert history.on_or_before(KEY, day(8)) == snapshot(3, 10)
    assert history.on_or_before(KEY, day(30)) == snapshot(9, 11)


def test_prune_deletes_earlier_days_only(history: History) -> None:
    for each in (snapshot(3, 10), snapshot(9, 11)):
        history.add(each)
    assert history.prune(before=day(9)) == 1
    assert history.snapshots() == [snapshot(9, 11)]
