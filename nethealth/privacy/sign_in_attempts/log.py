"""A log of sign-ins for staff: when, as what, and from where, without anyone's full address.

What happens again within a minute is one row with a count, and failed attempts can't push out the others, so no flood
fills the disk or hides what it was for.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from functools import cache
from pathlib import Path

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from nethealth.privacy.private_files import private_folder, write_private

__all__ = ["SignInLog", "SignInRow", "sign_in_log_in"]

FILE_NAME = "sign-in-log.json"
DAYS = 90
MOST = 1_000
"""Rows of successful sign-ins, and as many of failed ones."""
SAME_ROW = dt.timedelta(minutes=1)
SAME_ROW_BY_ACCOUNT = dt.timedelta(hours=1)
"""With an account, every page that someone opens or reloads signs them in."""
WRITE_EVERY = dt.timedelta(seconds=10)
"""Between two writes for failed attempts: what comes sooner is written with the next."""


class SignInRow(BaseModel):
    """Attempts to sign in that are alike and close together."""

    model_config = ConfigDict(extra="forbid")

    first: AwareDatetime
    last: AwareDatetime
    role: str | None = None
    """What the visitor became; None if they couldn't sign in."""
    address: str
    """The shortened address."""
    email: str | None = None
    """The account; None for a passcode."""
    count: int = 1


class _Memory(BaseModel):
    model_config = ConfigDict(extra="forbid")

    rows: list[SignInRow]


class SignInLog:
    """The sign-ins of the last `DAYS`, in a private file. Threads may share it."""

    def __init__(self, folder: Path, *, now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)) -> None:
        self._file = folder / FILE_NAME
        self._now = now
        self._lock = threading.Lock()
        self._written = dt.datetime.min.replace(tzinfo=dt.UTC)
        try:
            self._rows = _Memory.model_validate_json(self._file.read_bytes()).rows
        except (OSError, ValidationError):
            self._rows = []

    def rows(self) -> list[SignInRow]:
        """Return the rows that we keep, newest first."""
        with self._lock:
            return [row.model_copy() for row in sorted(self._recent_rows(), key=lambda row: row.last, reverse=True)]

    def add(self, *, role: str | None, address: str, email: str | None = None) -> bool:
        """Note an attempt to sign in. Returns True if it begins a row of its own."""
        with self._lock:
            now = self._now()
            together = SAME_ROW_BY_ACCOUNT if email else SAME_ROW
            same = next(
                (
                    row
                    for row in reversed(self._rows)
                    if (row.role, row.address, row.email) == (role, address, email) and now - row.last <= together
                ),
                None,
            )
            if same is None:
                self._rows.append(SignInRow(first=now, last=now, role=role, address=address, email=email))
            else:
                same.last, same.count = now, same.count + 1
            self._rows = self._recent_rows()
            if role is not None or now - self._written >= WRITE_EVERY:
                self._written = now
                self._write()
            return same is None

    def _recent_rows(self) -> list[SignInRow]:
        earliest = self._now() - dt.timedelta(days=DAYS)
        recent = [row for row in self._rows if row.last >= earliest]
        failed = [row for row in recent if row.role is None][-MOST:]
        return [row for row in recent if row.role is not None][-MOST:] + failed

    def _write(self) -> None:
        try:
            private_folder(self._file.parent)
            write_private(self._file, _Memory(rows=self._rows).model_dump_json(exclude_none=True).encode())
        except OSError:
            return  # then the log lasts as long as this process


@cache
def sign_in_log_in(folder: Path) -> SignInLog:
    """Return the log in a folder, one instance for the process."""
    return SignInLog(folder)
