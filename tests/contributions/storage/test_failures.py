"""Why the database couldn't do something, without its own words."""

from __future__ import annotations

import errno
import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from nethealth.contributions.storage.failures import (
    BUSY,
    DAMAGED,
    DISK_FULL,
    LOCKED,
    NO_FOLDER,
    NO_SERVER,
    NOT_ALLOWED,
    READ_ONLY,
    REFUSED,
    UNKNOWN,
    Cause,
    cause_of,
    is_damage,
)


def wrapped(original: BaseException) -> sa.exc.DBAPIError:
    return sa.exc.DBAPIError("INSERT secret", {"cells": "secret"}, original)


def sqlite_error(file: Path, *statements: str) -> sqlite3.Error:
    """Return the error that the last statement raises."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        for statement in statements[:-1]:
            connection.execute(statement)
        with pytest.raises(sqlite3.Error) as raised:
            connection.execute(statements[-1])
    return raised.value


def test_errors_of_sqlite(tmp_path: Path) -> None:
    garbage = tmp_path / "garbage.db"
    garbage.write_bytes(b"no database" * 99)
    full = ("CREATE TABLE t (x)", "PRAGMA max_page_count=2", "INSERT INTO t VALUES (zeroblob(99999))")
    read_only = ("PRAGMA query_only=ON", "CREATE TABLE u (x)")
    assert cause_of(wrapped(sqlite_error(tmp_path / "a.db", *full))) is DISK_FULL
    assert cause_of(wrapped(sqlite_error(tmp_path / "a.db", *read_only))) is READ_ONLY
    assert cause_of(wrapped(sqlite_error(garbage, "SELECT * FROM t"))) is DAMAGED
    assert cause_of(wrapped(sqlite_error(tmp_path / "a.db", "SELECT * FROM missing"))) is UNKNOWN
    assert is_damage(wrapped(sqlite_error(garbage, "SELECT * FROM t")))


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (psycopg.errors.DiskFull(), DISK_FULL),
        (psycopg.errors.LockNotAvailable(), LOCKED),
        (psycopg.errors.QueryCanceled(), LOCKED),
        (psycopg.errors.ReadOnlySqlTransaction(), NOT_ALLOWED),
        (psycopg.errors.TooManyConnections(), BUSY),
        (psycopg.OperationalError('connection failed: FATAL:  password authentication failed for user "a"'), REFUSED),
        (psycopg.OperationalError("connection failed: FATAL:  the database system is starting up"), NO_SERVER),
        (psycopg.OperationalError("connection refused"), NO_SERVER),
        (psycopg.errors.UndefinedTable("secret"), UNKNOWN),
    ],
)
def test_errors_of_a_server(error: psycopg.Error, cause: Cause) -> None:
    assert cause_of(wrapped(error)) is cause


def test_errors_of_the_system() -> None:
    assert cause_of(OSError(errno.ENOSPC, "full")) is DISK_FULL
    assert cause_of(PermissionError(errno.EACCES, "denied")) is READ_ONLY
    assert cause_of(FileNotFoundError(errno.ENOENT, "missing")) is NO_FOLDER
    assert cause_of(sa.exc.TimeoutError()) is BUSY


def test_log_has_no_words_of_the_database(caplog: pytest.LogCaptureFixture) -> None:
    cause_of(wrapped(psycopg.errors.UndefinedTable("secret")))
    assert "42P01" in caplog.text
    assert "secret" not in caplog.text
