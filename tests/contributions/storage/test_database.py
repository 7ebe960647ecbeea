"""The database: what it does when it can't do what it should. Nothing that was confirmed is lost."""

from __future__ import annotations

import contextlib
import sqlite3
import stat
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from nethealth.contributions.storage import database as module
from nethealth.contributions.storage.database import Database
from nethealth.contributions.storage.schema import LATEST, VERSIONS
from nethealth.errors import JournalUnavailable, NotRecorded


def add(connection: sa.Connection, key: str = "a") -> None:
    connection.execute(VERSIONS.insert().values(workbook=key, version=1))


def keys(connection: sa.Connection) -> list[str]:
    return list(connection.execute(sa.select(VERSIONS.c.workbook).order_by(VERSIONS.c.workbook)).scalars())


@pytest.fixture
def database(url: sa.URL) -> Iterator[Database]:
    opened = Database(url)
    yield opened
    opened.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "journal.db"


@pytest.fixture
def in_file(file: Path) -> Iterator[Database]:
    opened = Database(sa.URL.create("sqlite", database=str(file)))
    yield opened
    opened.close()


@contextlib.contextmanager
def every_connection(pragma: str) -> Iterator[None]:
    """Run a pragma on each new connection to SQLite."""

    def run(connection: Any, _record: object) -> None:
        connection.execute(f"PRAGMA {pragma}")

    sa.event.listen(sa.Engine, "connect", run)
    try:
        yield
    finally:
        sa.event.remove(sa.Engine, "connect", run)


def test_reading_creates_nothing(in_file: Database, file: Path) -> None:
    assert in_file.read(keys, if_new=["new"]) == ["new"]
    assert not file.parent.exists()


def test_what_was_written_is_read(database: Database) -> None:
    assert database.read(keys, if_new=[]) == []
    database.write(add)
    assert database.read(keys, if_new=[]) == ["a"]


def test_files_are_private(in_file: Database, file: Path) -> None:
    in_file.write(add)
    names = {each.name: stat.S_IMODE(each.stat().st_mode) for each in file.parent.iterdir()}
    assert {"journal.db", "journal.db-wal", "journal.db-shm"} <= set(names)
    assert set(names.values()) == {0o600}
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_file_that_others_could_read_is_closed_to_them(in_file: Database, file: Path) -> None:
    file.parent.mkdir()
    file.touch(mode=0o644)
    in_file.write(add)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_error_in_one_change_leaves_the_others(database: Database) -> None:
    """Two changes wait while a third is written, and are then written together."""
    started, go_on = threading.Event(), threading.Event()
    outcomes: dict[str, object] = {}

    def slow(connection: sa.Connection) -> None:
        started.set()
        go_on.wait(10)

    def wrong(connection: sa.Connection) -> None:
        add(connection, "wrong")
        raise ValueError("mine")

    def run(name: str, change: Any) -> None:
        try:
            outcomes[name] = database.write(change)
        except Exception as error:
            outcomes[name] = error

    changes = {"slow": slow, "right": lambda connection: add(connection, "right"), "wrong": wrong}
    threads = [threading.Thread(target=run, args=each) for each in changes.items()]
    threads[0].start()
    started.wait(10)
    for thread in threads[1:]:
        thread.start()
    go_on.set()
    for thread in threads:
        thread.join()
    assert isinstance(outcomes["wrong"], ValueError)
    assert (outcomes["slow"], outcomes["right"]) == (None, None)
    assert database.read(keys, if_new=[]) == ["right"]


def test_refused_row_is_an_error_of_ours(database: Database) -> None:
    database.write(add)
    with pytest.raises(NotRecorded):
        database.write(add)
    assert database.read(keys, if_new=[]) == ["a"]


def test_full_disk(in_file: Database) -> None:
    in_file.write(add)
    in_file.close()
    with every_connection("max_page_count=1"), pytest.raises(NotRecorded) as failure:
        in_file.write(lambda connection: add(connection, "x" * 20_000))
    assert "full" in failure.value.message
    in_file.close()
    in_file.write(lambda connection: add(connection, "later"))
    assert in_file.read(keys, if_new=[]) == ["a", "later"]


def test_read_only_folder(in_file: Database) -> None:
    in_file.write(add)
    in_file.close()
    with every_connection("query_only=ON"):
        with pytest.raises(NotRecorded):
            in_file.write(lambda connection: add(connection, "b"))
        assert in_file.read(keys, if_new=[]) == ["a"]


def test_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    nowhere = Database(f"sqlite:///{tmp_path}/file/journal.db")
    assert nowhere.read(keys, if_new=[]) == []
    with pytest.raises(NotRecorded) as failure:
        nowhere.write(add)
    assert failure.value.remedy
    nowhere.close()


def test_locked_by_another_program(file: Path, in_file: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    in_file.write(add)
    monkeypatch.setattr(module, "BUSY_SECONDS", 0.01)
    impatient = Database(sa.URL.create("sqlite", database=str(file)))
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(NotRecorded):
            impatient.write(lambda connection: add(connection, "b"))
        assert impatient.read(keys, if_new=[]) == ["a"]
        other.execute("ROLLBACK")
    impatient.write(lambda connection: add(connection, "b"))
    assert impatient.read(keys, if_new=[]) == ["a", "b"]
    impatient.close()


def test_newer_version_can_only_be_read(database: Database) -> None:
    database.write(add)
    assert not database.is_newer()
    database.write(lambda connection: connection.exec_driver_sql(f"UPDATE nethealth_schema SET version={LATEST + 1}"))
    with pytest.raises(NotRecorded, match="newer"):
        database.write(lambda connection: add(connection, "b"))
    assert database.is_newer()
    assert database.read(keys, if_new=[]) == ["a"]


def test_deleted_file_is_created_anew(in_file: Database, file: Path) -> None:
    in_file.write(add)
    for each in file.parent.iterdir():
        each.unlink()
    assert in_file.read(keys, if_new=[]) == []
    in_file.write(lambda connection: add(connection, "b"))
    with closing(sqlite3.connect(file)) as other:
        assert other.execute("SELECT workbook FROM nethealth_versions").fetchall() == [("b",)]


def test_restored_backup_counts_at_once(in_file: Database, file: Path, tmp_path: Path) -> None:
    backup = Database(f"sqlite:///{tmp_path}/backup.db")
    backup.write(lambda connection: add(connection, "restored"))
    backup.close()
    in_file.write(add)
    (tmp_path / "backup.db").replace(file)
    file.with_name("journal.db-wal").unlink()
    file.with_name("journal.db-shm").unlink()
    assert in_file.read(keys, if_new=[]) == ["restored"]
    in_file.write(add)
    assert in_file.read(keys, if_new=[]) == ["a", "restored"]


def test_missing_server_says_no_secret(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = Database("postgresql+psycopg://app:hush-hush@127.0.0.1:1/health")
    with pytest.raises(NotRecorded) as failure:
        gone.write(add)
    with pytest.raises(JournalUnavailable) as unreadable:
        gone.read(keys, if_new=[])
    monkeypatch.setattr(gone, "_attempt", None)  # pages don't ask again for a while
    with pytest.raises(JournalUnavailable):
        gone.read(keys, if_new=[])
    assert "hush" not in f"{failure.value} {unreadable.value} {caplog.text} {unreadable.value.__cause__}"


def test_log_says_once_that_it_cannot_be_read(in_file: Database, file: Path, caplog: pytest.LogCaptureFixture) -> None:
    in_file.write(add)
    for _ in range(2):
        with pytest.raises(JournalUnavailable):
            in_file.read(lambda connection: connection.exec_driver_sql("SELECT * FROM missing"), if_new=None)
    assert len(caplog.records) == 1


def test_lost_connections_are_replaced(postgresql: sa.URL, database: Database) -> None:
    database.write(add)
    if database.file is None:
        killer = sa.create_engine(postgresql)
        with killer.connect() as connection:
            others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'nethealth'"
            connection.exec_driver_sql(others)
        killer.dispose()
    database.write(lambda connection: add(connection, "b"))
    assert database.read(keys, if_new=[]) == ["a", "b"]
