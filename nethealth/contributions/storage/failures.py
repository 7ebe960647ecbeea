"""Say why the database couldn't do something: never in its own words, which may quote what people entered."""

from __future__ import annotations

import errno
import logging
import sqlite3
import sys
from typing import TYPE_CHECKING, Final, NamedTuple

import sqlalchemy as sa

if TYPE_CHECKING:
    import psycopg


class Cause(NamedTuple):
    """What went wrong, as the end of a sentence that begins with “because”, and what to do."""

    reason: str
    remedy: str


_HOST: Final = "Ask the person who runs the app to"
_LATER: Final = "If this goes on, ask the person who runs the app to"
DISK_FULL: Final = Cause("the server’s disk is full", f"{_HOST} free up disk space.")
LOCKED: Final = Cause(
    "another program is using the journal",
    f"Try again in a moment. {_LATER} close programs that have the journal open.",
)
READ_ONLY: Final = Cause(
    "the app can’t write to its data folder",
    f"{_HOST} make the folder writable, or to name another one in NETHEALTH_DATA_DIR.",
)
NO_FOLDER: Final = Cause(
    "the app can’t open its data folder",
    f"{_HOST} check that the folder exists and is the app’s own, or to name another one in NETHEALTH_DATA_DIR.",
)
DISK_ERROR: Final = Cause("the server’s disk reported an error", f"{_HOST} check the disk.")
DAMAGED: Final = Cause(
    "the journal’s file is damaged, and we couldn’t set it aside", f"{_HOST} move it to another folder."
)
NEWER: Final = Cause("a newer version of the app has changed the journal", f"{_HOST} update this copy of the app, too.")
NO_SERVER: Final = Cause(
    "the database server doesn’t answer",
    f"Try again in a minute. {_LATER} start it, or to check url in [journal].",
)
REFUSED: Final = Cause(
    "the database server didn’t let the app in", f"{_HOST} check url in [journal]: the user, password, and database."
)
NOT_ALLOWED: Final = Cause(
    "the database server doesn’t let the app write",
    f"{_HOST} give the app’s database user the right to create and change tables.",
)
BUSY: Final = Cause("too many people are using the journal", "Try again in a moment.")
UNKNOWN: Final = Cause("the database reported an error", f"{_HOST} look at the server’s log.")

_BY_SQLITE_CODE: Final = {
    sqlite3.SQLITE_FULL: DISK_FULL,
    sqlite3.SQLITE_BUSY: LOCKED,
    sqlite3.SQLITE_LOCKED: LOCKED,
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_PERM: READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: NO_FOLDER,
    sqlite3.SQLITE_IOERR: DISK_ERROR,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: DAMAGED,
}
_BY_SQLSTATE: Final = {
    "53100": DISK_FULL,
    "53300": BUSY,
    "55P03": LOCKED,
    "40P01": LOCKED,
    "57014": LOCKED,
    "25006": NOT_ALLOWED,
    "42501": NOT_ALLOWED,
    "28000": REFUSED,
    "28P01": REFUSED,
    "3D000": REFUSED,
}
_BY_ERRNO: Final = {
    errno.ENOSPC: DISK_FULL,
    errno.EDQUOT: DISK_FULL,
    errno.EACCES: READ_ONLY,
    errno.EPERM: READ_ONLY,
    errno.EROFS: READ_ONLY,
}


def cause_of(error: Exception, *, is_news: bool = True) -> Cause:
    """Return why the database couldn't do something. If it is news, note the kind of error in the log."""
    original = error.orig if isinstance(error, sa.exc.DBAPIError) else error
    cause = _known_cause(original)
    if is_news:
        logging.getLogger(__name__).error("The journal failed: %s (%s)", cause.reason, _kind(original))
    return cause


def is_damage(error: sa.exc.DBAPIError) -> bool:
    """True if SQLite says that its file is damaged."""
    return _known_cause(error.orig) is DAMAGED


def _known_cause(original: BaseException | None) -> Cause:
    if isinstance(original, sqlite3.Error):
        # The lower byte is the kind of error, the rest its details.
        return _BY_SQLITE_CODE.get(getattr(original, "sqlite_errorcode", 0) & 0xFF, UNKNOWN)
    if "psycopg" in sys.modules:  # loading it takes a while, and few need it
        import psycopg

        if isinstance(original, psycopg.Error):
            return _BY_SQLSTATE.get(original.sqlstate or "") or _without_sqlstate(original)
    if isinstance(original, sa.exc.TimeoutError):
        return BUSY
    if isinstance(original, OSError):
        return _BY_ERRNO.get(original.errno or 0, NO_FOLDER)
    return UNKNOWN


def _without_sqlstate(error: psycopg.Error) -> Cause:
    """Return the cause of an error that came before or after the connection, where the server's code is missing."""
    import psycopg

    if not isinstance(error, psycopg.OperationalError):
        return UNKNOWN
    said = str(error)
    return REFUSED if "FATAL" in said and "starting up" not in said else NO_SERVER


def _kind(original: BaseException | None) -> str:
    name = type(original).__name__
    code = getattr(original, "sqlite_errorname", None) or getattr(original, "sqlstate", None)
    return f"{name}, {code}" if code else name
