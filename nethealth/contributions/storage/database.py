"""The app's database: SQLite in its data folder, or a PostgreSQL server that several copies of the app share.

Nothing is opened before it's needed, so an app that can't store anything starts and shows its pages. Each write has
reached the disk when it returns.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sqlite3
import threading
import time
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

import sqlalchemy as sa

from nethealth.contributions.storage.damage import create_private, only_one_process, set_aside
from nethealth.contributions.storage.failures import NEWER, NO_SERVER, UNKNOWN, Cause, cause_of, is_damage
from nethealth.contributions.storage.schema import LATEST, migrate, schema_version
from nethealth.errors import JournalUnavailable, NotRecorded

T = TypeVar("T")

BUSY_SECONDS: Final = 5.0
"""How long we wait for another process that is writing."""
_PAUSE: Final = 5.0
"""How long pages do without a server that didn't answer, instead of each waiting for it."""
_MOST_ATTEMPTS: Final = 3
_UNREADABLE: Final = "We can’t read what people added, because {}."
_FAILURES: Final = (OSError, sqlite3.Error, sa.exc.DBAPIError, sa.exc.TimeoutError)
_WRITES: Final = "nethealth_writes"
_IDENTITY: Final = "nethealth_identity"


class _NewerSchema(Exception):
    """A newer version of the app has changed the tables, so we may only read them."""


class _FileReplaced(Exception):
    """This connection is to a file that was moved or deleted meanwhile."""


class _NoSchema(Exception):
    """The database has no tables yet."""


class _OldSchema(Exception):
    """The tables are those of an earlier version of the app."""


class _Write(Generic[T]):
    """What one thread wants to write, and what came of it."""

    def __init__(self, change: Callable[[sa.Connection], T]) -> None:
        self.change = change
        self.result: T | None = None
        self.error: BaseException | None = None
        self.is_done = False
        self.turn = threading.Event()
        """Set when it is done, or when its thread should write all that waits."""


class Database:
    """Tables that any thread can read and write, and several processes at once.

    `url` is SQLAlchemy's, such as `sqlite:////data/journal.db`.
    """

    def __init__(self, url: str | sa.URL) -> None:
        self._engine = _engine(sa.make_url(url))
        weakref.finalize(self, self._engine.dispose)
        self.file = _file_of(self._engine.url)
        """SQLite's file; None on a server."""
        self._lock = threading.Lock()
        self._waiting: list[_Write[Any]] = []
        self._has_writer = False
        self._has_schema = False
        self._is_down_until = 0.0
        self._is_unreadable = False

    def close(self) -> None:
        """Close all connections. The next use opens new ones."""
        self._engine.dispose()

    def read(self, query: Callable[[sa.Connection], T], *, if_new: T) -> T:
        """Return what `query` finds, or `if_new` if nothing was ever stored. Raises JournalUnavailable."""
        try:
            if self.file is not None and not self.file.exists():
                return if_new
            if time.monotonic() < self._is_down_until:
                raise JournalUnavailable(_UNREADABLE.format(NO_SERVER.reason), NO_SERVER.remedy)
            found = self._attempt(query, writes=False)
        except _NoSchema:
            return if_new
        except _FAILURES as error:
            # Pages ask every few seconds.
            cause = cause_of(error, is_news=not self._is_unreadable)
            self._is_unreadable = True
            if cause is NO_SERVER:
                self._is_down_until = time.monotonic() + _PAUSE
            raise JournalUnavailable(_UNREADABLE.format(cause.reason), cause.remedy) from error
        self._is_unreadable = False
        return found

    def write(self, change: Callable[[sa.Connection], T]) -> T:
        """Make a change, completely or not at all, and return what it returns. Raises NotRecorded.

        Threads that want to write at the same time share one transaction, and so one wait for the disk. A change may
        run twice (after a lost connection, for example), and must come to the same then. What it raises is raised here,
        if it isn't an error of the database.
        """
        write = _Write(change)
        with self._lock:
            self._waiting.append(write)
            is_first, self._has_writer = not self._has_writer, True
        if not is_first:
            write.turn.wait()
        if not write.is_done:
            try:
                self._write_all_waiting()
            finally:
                self._pass_on()
        if write.error is not None:
            raise write.error
        return write.result  # type: ignore[return-value]  # no error, so there is a result

    def is_newer(self) -> bool:
        """True if a newer version of the app has changed the tables. Raises JournalUnavailable."""
        return self.read(schema_version, if_new=0) > LATEST

    def _pass_on(self) -> None:
        """Let the thread that has waited longest write next."""
        with self._lock:
            if self._waiting:
                self._waiting[0].turn.set()
            else:
                self._has_writer = False

    def _write_all_waiting(self) -> None:
        with self._lock:
            writes, self._waiting = self._waiting, []

        def change_all(connection: sa.Connection) -> None:
            for write in writes:
                write.result, write.error = write.change(connection), None

        def change_each(connection: sa.Connection) -> None:
            for write in writes:
                savepoint = connection.begin_nested()
                try:
                    write.result, write.error = write.change(connection), None
                    savepoint.commit()
                except Exception as error:
                    if not _is_of_one_change(error):
                        raise
                    savepoint.rollback()
                    write.error = _not_recorded(cause_of(error)) if isinstance(error, _FAILURES) else error

        failure: NotRecorded | None = _not_recorded(UNKNOWN)
        try:
            try:
                self._attempt(change_all, writes=True)
            except Exception as error:
                if not _is_of_one_change(error):
                    raise
                # Only one of them is wrong. The others are stored.
                self._attempt(change_each, writes=True)
            failure = None
        except _NewerSchema:
            failure = _not_recorded(NEWER)
        except _FAILURES as error:
            failure = _not_recorded(cause_of(error))
            failure.__cause__ = error
        finally:
            for write in writes:
                write.error = failure or write.error
                write.is_done = True
                write.turn.set()

    def _attempt(self, work: Callable[[sa.Connection], T], *, writes: bool) -> T:
        """Do work in one transaction; again, if that can help."""
        for attempt in range(1, _MOST_ATTEMPTS + 1):
            is_last = attempt == _MOST_ATTEMPTS
            try:
                with self._engine.connect() as connection:
                    connection.execution_options(**{_WRITES: writes})
                    with connection.begin():
                        self._check(connection, writes=writes)
                        return work(connection)
            except _OldSchema:
                self._attempt(migrate, writes=True)
            except _FileReplaced:
                self._forget_connections()
                if is_last:
                    raise OSError("The journal’s file keeps changing.") from None
            except sa.exc.DBAPIError as error:
                self._has_schema = False
                if self.file is not None and is_damage(error):
                    self._set_aside(self.file, error)
                elif not error.connection_invalidated or is_last:
                    raise
        raise OSError("The journal’s file is damaged again and again.")

    def _check(self, connection: sa.Connection, *, writes: bool) -> None:
        """Make sure that the tables are ones that we know, in the file that is there."""
        if self.file is not None and connection.connection.info[_IDENTITY] != _identity(self.file):
            raise _FileReplaced
        if self._has_schema and not writes:
            return
        version = schema_version(connection, has_schema=self._has_schema)
        if writes and version > LATEST:
            raise _NewerSchema
        if writes and version < LATEST:
            migrate(connection)
        elif version == 0:
            raise _NoSchema
        elif version < LATEST:
            raise _OldSchema
        else:
            self._has_schema = True

    def _forget_connections(self) -> None:
        self._has_schema = False
        self._engine.dispose()

    def _set_aside(self, file: Path, error: sa.exc.DBAPIError) -> None:
        self._forget_connections()
        try:
            set_aside(file)
        except (OSError, sqlite3.Error):
            logging.getLogger(__name__).exception("We couldn’t set the damaged journal aside.")
            raise error from None


def _is_of_one_change(error: Exception) -> bool:
    """True if one change is wrong, while the database is all right."""
    if isinstance(error, sa.exc.IntegrityError | sa.exc.DataError):
        return True
    return not isinstance(error, (*_FAILURES, _NewerSchema))


def _not_recorded(cause: Cause) -> NotRecorded:
    return NotRecorded(f"We couldn’t save this, because {cause.reason}.", cause.remedy)


def _file_of(url: sa.URL) -> Path | None:
    return Path(url.database or "").absolute() if url.get_backend_name() == "sqlite" else None


def _identity(file: Path) -> tuple[int, int]:
    """Return what distinguishes this file from another of the same name. Raises _FileReplaced if there is none."""
    try:
        status = file.stat()
    except FileNotFoundError:
        raise _FileReplaced from None
    return status.st_dev, status.st_ino


def _engine(url: sa.URL) -> sa.Engine:
    # Parameters are what people entered, which belongs in no log.
    if url.get_backend_name() == "sqlite":
        engine = sa.create_engine(url, hide_parameters=True, connect_args={"timeout": BUSY_SECONDS})
        _prepare_sqlite(engine, Path(url.database or "").absolute())
        return engine
    # Without prepared statements, poolers such as PgBouncer work too.
    settings = {"connect_timeout": 5, "prepare_threshold": None, "application_name": "nethealth"}
    engine = sa.create_engine(url, hide_parameters=True, pool_pre_ping=True, connect_args=settings)

    @sa.event.listens_for(engine, "connect")
    def limit_waits(connection: Any, _record: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = '{BUSY_SECONDS:g}s'")
            cursor.execute(f"SET statement_timeout = '{4 * BUSY_SECONDS:g}s'")
        connection.commit()

    return engine


def _prepare_sqlite(engine: sa.Engine, file: Path) -> None:
    @sa.event.listens_for(engine, "do_connect")
    def create(_dialect: object, _record: object, _args: object, _settings: object) -> None:
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with only_one_process(file):
                create_private(file)
        elif os.name == "posix" and file.stat().st_mode & 0o077:
            with contextlib.suppress(PermissionError):  # it's another user's
                file.chmod(0o600)

    @sa.event.listens_for(engine, "connect")
    def prepare(connection: Any, record: Any) -> None:
        try:
            record.info[_IDENTITY] = _identity(file)
            connection.isolation_level = None  # we say ourselves when a transaction begins
            for pragma in ("synchronous=FULL", "fullfsync=ON", "checkpoint_fullfsync=ON", "journal_mode=WAL"):
                connection.execute(f"PRAGMA {pragma}")
        except BaseException:
            connection.close()  # the pool doesn't know it yet
            raise

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        # A reader that starts to write would find the file locked.
        writes = connection.get_execution_options().get(_WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
