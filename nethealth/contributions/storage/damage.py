"""A damaged database file: set it aside, never delete it, and save what can be read of it in a new one."""

from __future__ import annotations

import contextlib
import datetime as dt
import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from nethealth.contributions.storage.schema import LATEST, STEPS, TABLES, migrate, repair

ASIDE: Final = "-damaged-"
_PATIENCE: Final = 60.0
"""Seconds that one process waits while another sets the file aside."""


@contextlib.contextmanager
def only_one_process(file: Path) -> Iterator[None]:
    """Let one process at a time create a database file or set it aside. A process that dies lets the next one go on."""
    lock = file.with_name(f"{file.name}-lock")
    create_private(lock)
    with closing(sqlite3.connect(lock, timeout=_PATIENCE, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        yield


def create_private(file: Path) -> None:
    """Create an empty file that only its owner can read, unless there is one. Raises OSError.

    An existing file isn't even opened: closing it would end the locks that SQLite has on it in this process.
    """
    with contextlib.suppress(FileExistsError):
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def set_aside(file: Path) -> Path | None:
    """Rename a damaged file, and put a new one with all rows that could be read in its place.

    Returns its new name; None if the file turned out to be intact, for example because another process was faster.
    Raises OSError or sqlite3.Error if that isn't possible.
    """
    with only_one_process(file), closing(sqlite3.connect(file, timeout=5, isolation_level=None)) as damaged:
        damaged.text_factory = lambda text: text.decode("utf-8", "replace")
        _stop_writers(damaged)
        if not file.exists() or _is_intact(damaged):
            return None
        rescued = file.with_name(f".{file.name}-rescued")
        rescued.unlink(missing_ok=True)
        create_private(rescued)
        count = _copy_rows(damaged, rescued)
        aside = _free_name(file)
        for ending in ("-wal", "-shm", ""):
            with contextlib.suppress(FileNotFoundError):
                file.with_name(file.name + ending).rename(aside.with_name(aside.name + ending))
        rescued.replace(file)
    logging.getLogger(__name__).error(
        "The journal's file was damaged. We set it aside as %s, and saved %d rows of it.", aside.name, count
    )
    return aside


def files_set_aside(file: Path) -> list[Path]:
    """Return the damaged files that still lie beside a database file, by name, and so by date."""
    try:
        return sorted(each for each in file.parent.glob(f"{file.stem}{ASIDE}*{file.suffix}"))
    except OSError:
        return []


def day_set_aside(aside: Path) -> dt.date | None:
    """Return the day on which a file was set aside, from its name."""
    try:
        return dt.date.fromisoformat(aside.stem.rpartition(ASIDE)[2][:10])
    except ValueError:
        return None


def _stop_writers(connection: sqlite3.Connection) -> None:
    """Wait until others have finished what they are writing in this file. They begin nothing more in it."""
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise


def _is_intact(connection: sqlite3.Connection) -> bool:
    try:
        return bool(connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",))
    except sqlite3.DatabaseError:
        return False


def _free_name(file: Path) -> Path:
    moment = dt.datetime.now(dt.UTC).strftime("%Y-%m-%d-%H%M%S")
    name = f"{file.stem}{ASIDE}{moment}"
    number = 1
    while (aside := file.with_name(f"{name}{file.suffix}")).exists():
        number += 1
        name = f"{file.stem}{ASIDE}{moment}-{number}"
    return aside


def _copy_rows(damaged: sqlite3.Connection, rescued: Path) -> int:
    """Write all rows that can be read into a new database, and return their number."""
    engine = sa.create_engine(f"sqlite:///{rescued}")
    try:
        with engine.begin() as connection:
            migrate(connection, STEPS[: _readable_version(damaged)])
            count = sum(_copy_table(damaged, connection, table.name) for table in TABLES)
            migrate(connection)
            repair(connection)
            return count
    finally:
        engine.dispose()


def _copy_table(damaged: sqlite3.Connection, connection: sa.Connection, name: str) -> int:
    # From both ends, because a scan stops at the first page that is damaged.
    rows = {**_readable_rows(damaged, name, "ASC"), **_readable_rows(damaged, name, "DESC")}
    if not rows:
        return 0
    copied = 0
    for number in sorted(rows):
        values = rows[number]
        columns, marks = ", ".join(values), ", ".join("?" * len(values))
        statement = f"INSERT OR IGNORE INTO {name} ({columns}) VALUES ({marks})"  # noqa: S608 - names from our schema
        with contextlib.suppress(sa.exc.DBAPIError):
            copied += connection.exec_driver_sql(statement, tuple(values.values())).rowcount
    return copied


def _readable_rows(damaged: sqlite3.Connection, name: str, direction: str) -> dict[int, dict[str, object]]:
    """Return rows by SQLite's own number of the row, up to the first that can't be read."""
    rows: dict[int, dict[str, object]] = {}
    with contextlib.suppress(sqlite3.DatabaseError):
        # The name is one of our schema's, and the direction ours.
        select = f"SELECT rowid, * FROM {name} ORDER BY rowid {direction}"  # noqa: S608
        found = damaged.execute(select)
        columns = [column[0] for column in found.description][1:]
        for number, *values in found:
            rows[number] = dict(zip(columns, values, strict=True))
    return rows


def _readable_version(damaged: sqlite3.Connection) -> int:
    """Return the version of the damaged file's schema, or the latest we know if it can't be read.

    Raises OSError if it is newer than we know.
    """
    try:
        version = int(damaged.execute("SELECT version FROM nethealth_schema").fetchone()[0])
    except (sqlite3.DatabaseError, TypeError, ValueError):
        return LATEST
    if version > LATEST:
        raise OSError("A newer version of the app has to set this file aside.")
    return version
