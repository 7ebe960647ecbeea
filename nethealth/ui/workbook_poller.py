"""One shared reading of the network's workbook for everybody in this process, refreshed in the background.

While somebody looks, a thread reads the source once a minute; nobody waits for it. When nobody has looked for a while
it ends, and the old reading stands, with its age, until the next person comes and a new one arrives. A failure is kept
beside the last good reading and never replaces it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from streamlit.logger import get_logger

from nethealth.errors import NetHealthError, ReadError
from nethealth.privacy.viewer_redaction import redact_for_viewers
from nethealth.ui.access import Role
from nethealth.workbook.raw import RawWorkbook
from nethealth.workbook.records import Workbook

EVERY = 60.0
"""Seconds from the start of one reading to the start of the next: 2 of the 60 requests a minute that Google grants."""
QUIET = 150.0
"""Seconds without anybody looking after which nothing is read."""
FIRST_WAIT = 5.0
"""Seconds that a page waits for the very first reading before it says that it is on its way."""


class Origin(StrEnum):
    """Whose workbook is shown."""

    SAMPLE = "sample"
    OWN = "own"  # the network's, as the secrets name it
    OPENED = "opened"  # one that a person opened for their session alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What is known of a workbook at one moment, for one role."""

    workbook: Workbook
    origin: Origin
    role: Role
    failure: NetHealthError | None = None
    """Why the latest attempt to read brought nothing; None where it went well."""
    is_missing: bool = False
    """No reading at all is there yet: `workbook` is empty."""
    is_under_way: bool = False
    """A newer reading is being fetched now."""
    share_with: str | None = None
    """The service account's e-mail, with which the sheet must be shared."""

    @property
    def age(self) -> dt.timedelta:
        """How long ago the workbook was read."""
        return max(dt.timedelta(0), dt.datetime.now(dt.UTC) - self.workbook.read_at)

    @property
    def version(self) -> tuple[str, ...]:
        """What a page is drawn from: while it stays the same, nothing on the page would change but its age."""
        told = self.failure.message if self.failure else ""
        day = self.workbook.today.isoformat()
        return (self.origin, self.role, self.workbook.fingerprint, day, told, str(self.is_missing))


class SavedReading(Protocol):
    """Where the last good reading outlives the process."""

    def load(self) -> RawWorkbook | None:
        """The last good reading, or None."""

    def save(self, raw: RawWorkbook) -> bool:
        """Keep a good reading; whether that succeeded."""


class WorkbookPoller:
    """The reading that all sessions look at; safe to use from any thread.

    `read` fetches the workbook and raises a `NetHealthError` where it can't; `understand` makes records of it; `kept`
    holds the last good one across restarts. `salt` keeps the codes by which viewers know people from being guessed.
    """

    def __init__(
        self,
        read: Callable[[], RawWorkbook],
        *,
        understand: Callable[[RawWorkbook], Workbook],
        kept: SavedReading | None = None,
        share_with: str | None = None,
        salt: bytes = b"",
        every: float = EVERY,
        quiet: float = QUIET,
    ) -> None:
        self._read, self._understand, self._kept = read, understand, kept
        self._share_with, self._salt = share_with, salt
        self._every, self._quiet = every, quiet
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._wanted = 0.0
        self._started: float | None = None
        self._under_way = False
        self._tried = threading.Event()
        self._ended = threading.Event()
        self._full: Workbook | None = None
        self._stripped: Workbook | None = None
        self._cells = b""
        self._failure: NetHealthError | None = None
        self._load_kept()

    def want(self) -> None:
        """Say that somebody looks: the reading is refreshed while people do. Costs next to nothing; never waits."""
        with self._lock:
            self._wanted = time.monotonic()
            if self._thread is None and not self._ended.is_set():
                self._under_way = self._is_due()
                self._thread = threading.Thread(target=self._keep_fresh, name="reading", daemon=True)
                self._thread.start()

    def end(self) -> None:
        """Read no more, however many look; one reading that is under way comes to its own end. Never waits."""
        self._ended.set()

    def wait_for_first(self, seconds: float = FIRST_WAIT) -> None:
        """Wait until there is a reading or a failure to show; at once where there is."""
        if self._full is None and self._failure is None:
            self._tried.wait(seconds)

    def for_role(self, role: Role) -> Reading:
        """The newest reading as `role` may see it; never reads, never waits for the source."""
        with self._lock:
            workbook = self._full
            if workbook is not None and role is not Role.STAFF:
                if self._stripped is None:
                    self._stripped = redact_for_viewers(workbook, salt=self._salt)
                workbook = self._stripped
            return Reading(
                workbook=workbook or Workbook(),
                origin=Origin.OWN,
                role=role,
                failure=self._failure,
                is_missing=workbook is None,
                is_under_way=self._under_way,
                share_with=self._share_with,
            )

    def _is_due(self) -> bool:
        return self._started is None or time.monotonic() - self._started >= self._every

    def _keep_fresh(self) -> None:
        while not self._ended.is_set():
            with self._lock:
                now = time.monotonic()
                if now - self._wanted > self._quiet:
                    self._thread = None
                    return
                due_in = 0.0 if self._started is None else self._started + self._every - now
                if due_in <= 0:
                    self._started = now
                    self._under_way = True
            if due_in > 0:
                self._ended.wait(min(due_in, 1.0))
                continue
            self._refresh()

    def _refresh(self) -> None:
        failure: NetHealthError | None = None
        try:
            raw = self._read()
            self._take(raw)
        except NetHealthError as known:
            failure = known
        except Exception as unknown:  # nothing that a source does may end the thread that reads it
            get_logger(__name__).error("Reading failed unexpectedly: %s", type(unknown).__name__)
            failure = ReadError(
                "Something unexpected happened while the workbook was read.",
                "It is tried again every minute; if it stays so, tell whoever runs the app.",
            )
        with self._lock:
            self._failure = failure
            self._under_way = False
        self._tried.set()

    def _take(self, raw: RawWorkbook, *, keep: bool = True) -> None:
        cells = _digest(raw)
        with self._lock:
            old = self._full if cells == self._cells else None
            stripped = self._stripped
        if old is None or raw.day != old.today:
            new, stripped = self._understand(raw), None
        else:
            # The same cells again: only the clock has moved, and nothing needs to be understood anew.
            new = old.reread(raw.read_at)
            stripped = stripped.reread(raw.read_at) if stripped is not None else None
        with self._lock:
            self._full, self._stripped, self._cells = new, stripped, cells
        if keep and self._kept is not None and not self._kept.save(raw):
            get_logger(__name__).warning("The last good reading could not be kept on disk.")

    def _load_kept(self) -> None:
        try:
            raw = self._kept.load() if self._kept is not None else None
            if raw is not None:
                self._take(raw, keep=False)
        except Exception as unusable:  # an old reading that no longer fits must not keep the new one away
            get_logger(__name__).warning("The kept reading can't be used: %s", type(unusable).__name__)


def _digest(raw: RawWorkbook) -> bytes:
    """A digest of everything that was read but the time."""
    digest = hashlib.blake2b(repr((raw.title, raw.timezone, raw.url, tuple(raw.notes))).encode(errors="replace"))
    for tab in raw.tabs:
        digest.update(repr((tab.title, tab.url, tab.hidden)).encode(errors="replace"))
        for row in tab.rows:
            digest.update(repr(tuple(row)).encode(errors="replace"))
    return digest.digest()
