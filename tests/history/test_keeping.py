"""Keeping snapshots: the day and numbers of a reading, and a failing database that stops nothing."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import sqlalchemy as sa

from nethealth.contributions.storage.database import Database
from nethealth.errors import JournalUnavailable
from nethealth.history.keeping import keep_numbers, numbers_on, take_snapshot
from nethealth.history.store import History
from nethealth.workbook.records import Workbook
from tests.overview.examples import people

WORKBOOK = Workbook(today=dt.date(2026, 11, 30), people=people(4, joined=dt.date(2024, 1, 1)))


def failing() -> History:
    raise JournalUnavailable("The disk is gone.", "Plug it in.")


def test_reading_is_kept_on_its_day(tmp_path: Path) -> None:
    database = Database(sa.URL.create("sqlite", database=str(tmp_path / "journal.db")))
    keep_numbers(WORKBOOK, key="sheet:a", open_history=lambda: History(database))
    (snapshot,) = History(database).snapshots("sheet:a")
    assert (snapshot.day, snapshot.numbers["members"]) == (WORKBOOK.today, 4)
    assert numbers_on("sheet:a", WORKBOOK.today, open_history=lambda: History(database)) == snapshot
    database.close()


def test_failing_database_only_shows_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    keep_numbers(WORKBOOK, key="sheet:a", open_history=failing)
    assert "The disk is gone." in caplog.text
    assert numbers_on("sheet:a", WORKBOOK.today, open_history=failing) is None


def test_workbook_without_a_key_has_no_history() -> None:
    assert numbers_on(None, WORKBOOK.today, open_history=failing) is None


def test_snapshot_of_another_day() -> None:
    earlier = take_snapshot(WORKBOOK, key="sheet:a", day=dt.date(2023, 1, 1))
    assert (earlier.day, "members" in earlier.numbers) == (dt.date(2023, 1, 1), False)
