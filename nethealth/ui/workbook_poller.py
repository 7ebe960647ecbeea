"""One shared reading of the network's workbook for everyone in this process, refreshed in the background.

While someone is looking, a thread reads the source once a minute, and no page waits for it. When no one has looked for
a while, the thread ends; the last reading stays, with its age, until the next visitor starts a new one. A failure is
shown next to the last good reading and never replaces it.
"""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from streamlit.logger import get_logger

from nethealth.cache import cached
from nethealth.contributions.workbook_entries import WorkbookEntries
from nethealth.errors import NetHealthError, ReadError
from nethealth.privacy.email_masking import MaskedWorkbook, mask_workbook
from nethealth.privacy.viewer_redaction import redact_for_viewers
from nethealth.privacy.weaver_redaction import redact_for_weavers
from nethealth.ui.access import Role
from nethealth.ui.server.entry_changes import entry_changes
from nethealth.workbook.raw import RawWorkbook
from nethealth.workbook.records import Workbook

READ_INTERVAL = 60.0
"""Seconds from the start of one reading to the next. Takes 2 of the 60 requests per minute that Google allows."""
IDLE_TIMEOUT = 150.0
"""Seconds without a visitor after which we stop reading."""
CHECK_SECONDS = 0.2
"""Seconds between two looks at what other copies of the app recorded."""
FIRST_READING_TIMEOUT = 5.0
"""Seconds that a page waits for the very first reading before it says that it is loading."""


class Origin(StrEnum):
    """Whose workbook is shown."""

    SAMPLE = "sample"
    NETWORK = "own"  # the one that the secrets configure
    OPENED = "opened"  # one that a visitor opened for their session


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What we know of a workbook at one moment, for one role."""

    workbook: Workbook
    origin: Origin
    role: Role
    failure: NetHealthError | None = None
    """Why the latest attempt to read failed; None if it succeeded."""
    is_missing: bool = False
    """True if there is no reading yet, so `workbook` is empty."""
    is_refreshing: bool = False
    """True while we fetch a newer reading."""
    share_with: str | None = None
    """The service account's email address, to share the Google Sheet with."""
    key: str | None = None
    """The workbook's key in the journal; None if nothing can be recorded."""
    entries_version: int = 0
    """Grows with each change of what people recorded."""

    @property
    def age(self) -> dt.timedelta:
        """How long ago we read the workbook."""
        return max(dt.timedelta(0), dt.datetime.now(dt.UTC) - self.workbook.read_at)

    @property
    def version(self) -> tuple[str, ...]:
        """Everything that a page depends on: while it stays the same, only the age on the page changes."""
        failure = self.failure.message if self.failure else ""
        day = self.workbook.today.isoformat()
        entries = "" if self.role is Role.VIEWER else str(self.entries_version)
        return (self.origin, self.role, self.workbook.fingerprint, day, failure, str(self.is_missing), entries)


class ReadingStore(Protocol):
    """Saves the last good reading beyond the life of the process."""

    def load(self) -> RawWorkbook | None:
        """Return the last good reading, or None."""

    def save(self, workbook: MaskedWorkbook, /) -> bool:
        """Save a good reading. Returns False if that failed."""


class WorkbookPoller:
    """Reads a workbook in the background for all sessions. Thread-safe.

    `read` fetches the workbook or raises a `NetHealthError`; `parse` turns it into records; `store` saves the last good
    reading across restarts. `salt` makes the codes that viewers see for people impossible to guess. `entries` are what
    people recorded in the app, which counts as if the workbook had it. `is_brought_by_hand`: the app can't write to the
    workbook, so people copy entries there themselves. `keep_numbers` gets each workbook that differs from the last, and
    each new day, in the thread that reads.
    """

    def __init__(
        self,
        read: Callable[[], RawWorkbook],
        *,
        parse: Callable[[MaskedWorkbook], Workbook],
        store: ReadingStore | None = None,
        share_with: str | None = None,
        salt: bytes = b"",
        entries: WorkbookEntries | None = None,
        is_brought_by_hand: bool = True,
        keep_numbers: Callable[[Workbook], None] | None = None,
        interval: float = READ_INTERVAL,
        idle_timeout: float = IDLE_TIMEOUT,
    ) -> None:
        self._read, self._parse, self._store = read, parse, store
        self._share_with, self._salt = share_with, salt
        self._entries, self._is_brought_by_hand = entries, is_brought_by_hand
        self._keep_numbers = keep_numbers
        self._last_noted: tuple[str, dt.date] | None = None
        self._interval, self._idle_timeout = interval, idle_timeout
        self._lock = threading.Lock()
        self._merging = threading.Lock()
        self._without_entries: MaskedWorkbook | None = None
        """The cells as read, kept only while there are entries to merge into them."""
        self._entries_version = 0
        self._thread: threading.Thread | None = None
        self._touched_at = 0.0
        self._started_at: float | None = None
        self._is_refreshing = False
        self._has_tried = threading.Event()
        self._is_stopped = threading.Event()
        self._for_staff: Workbook | None = None
        self._for_viewers: Workbook | None = None
        self._failure: NetHealthError | None = None
        self._load_stored()

    @property
    def key(self) -> str | None:
        """The workbook's key in the journal; None if nothing can be recorded for it."""
        return self._entries.workbook if self._entries is not None else None

    def touch(self) -> None:
        """Note that someone is looking, so that we keep reading. Cheap, and never waits."""
        with self._lock:
            self._touched_at = time.monotonic()
            if self._thread is None and not self._is_stopped.is_set():
                self._is_refreshing = self._is_due()
                self._thread = threading.Thread(target=self._run, name="reading", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """Stop reading for good. A reading that has started still ends by itself. Never waits."""
        self._is_stopped.set()

    def wait_for_first(self, seconds: float = FIRST_READING_TIMEOUT) -> None:
        """Wait until there is a reading or a failure to show. Returns at once if there is one already."""
        if self._for_staff is None and self._failure is None:
            self._has_tried.wait(seconds)

    def for_role(self, role: Role, *, own: frozenset[str] = frozenset()) -> Reading:
        """Return the latest reading as `role` may see it. Never reads, and never waits for the source.

        `own` are the Entry IDs of what a weaver recorded, which they see again.
        """
        with self._lock:
            workbook = self._for_staff
            if workbook is not None and role is Role.WEAVER:
                workbook = cached(redact_for_weavers)(workbook, own=own)
            elif workbook is not None and role is not Role.STAFF:
                if self._for_viewers is None:
                    self._for_viewers = redact_for_viewers(workbook, salt=self._salt)
                workbook = self._for_viewers
            return Reading(
                workbook=workbook or Workbook(),
                origin=Origin.NETWORK,
                role=role,
                failure=self._failure,
                is_missing=workbook is None,
                is_refreshing=self._is_refreshing,
                share_with=self._share_with,
                key=self.key,
                entries_version=self._entries_version,
            )

    def cells(self) -> RawWorkbook:
        """Return the workbook's cells, masked: of the last good reading if it is saved, else read again.

        We don't keep them in memory, since only staff who answer questions about them need them. Raises a
        NetHealthError if we can't read them.
        """
        saved = self._store.load() if self._store is not None else None
        return mask_workbook(saved if saved is not None else self._read())

    def cells_without_entries(self) -> RawWorkbook | None:
        """Return the cells without entries, masked, if they are in memory: as long as an entry isn't among them."""
        return self._without_entries

    def _is_due(self) -> bool:
        return self._started_at is None or time.monotonic() - self._started_at >= self._interval

    def _run(self) -> None:
        while not self._is_stopped.is_set():
            with self._lock:
                now = time.monotonic()
                if now - self._touched_at > self._idle_timeout:
                    self._thread = None
                    return
                due_in = 0.0 if self._started_at is None else self._started_at + self._interval - now
                if due_in <= 0:
                    self._started_at = now
                    self._is_refreshing = True
            if due_in > 0:
                self._show_entries_of_others()
                self._is_stopped.wait(min(due_in, CHECK_SECONDS))
                continue
            self._refresh()

    def _refresh(self) -> None:
        failure: NetHealthError | None = None
        try:
            raw = self._read()
            self._accept(raw)
        except NetHealthError as known:
            failure = known
        except Exception as unknown:  # whatever a source does, the thread that reads it must go on
            get_logger(__name__).error("Reading failed unexpectedly: %s", type(unknown).__name__)
            failure = ReadError(
                "Something unexpected happened while we read the workbook.",
                "We retry every minute. If this goes on, tell the person who runs the app.",
            )
        with self._lock:
            self._failure = failure
            self._is_refreshing = False
        self._has_tried.set()
        if failure is None:
            self._note_numbers()

    def _note_numbers(self) -> None:
        workbook = self._for_staff
        if self._keep_numbers is None or workbook is None or self._last_noted == (workbook.fingerprint, workbook.today):
            return
        self._last_noted = workbook.fingerprint, workbook.today
        try:
            self._keep_numbers(workbook)
        except Exception as unknown:  # whatever goes wrong there, the thread must go on reading
            get_logger(__name__).error("We couldn't keep the numbers: %s", type(unknown).__name__)

    def show_entries(self) -> None:
        """Merge what people recorded since the last reading into it, at once. Does nothing if nothing has changed."""
        with self._merging:
            if self._entries is None or self._for_staff is None or self._entries.version() == self._entries_version:
                return
            cells = self._without_entries or self._cells_at_hand()
            if cells is not None:
                self._merge(cells)
                return
        with self._lock:
            self._started_at = None  # the thread reads at once

    def _show_entries_of_others(self) -> None:
        """Merge what another copy of the app, or another part of this one, put into the journal."""
        try:
            self.show_entries()
        except Exception as error:  # the thread must go on
            get_logger(__name__).error("Merging entries failed: %s", type(error).__name__)

    def _cells_at_hand(self) -> MaskedWorkbook | None:
        """Return the cells of the last good reading; None if we have to wait for the next one."""
        try:
            saved = self._store.load() if self._store is not None else self._read()
        except NetHealthError:
            return None
        return mask_workbook(saved) if saved is not None else None

    def _accept(self, raw: RawWorkbook, *, save: bool = True) -> None:
        masked = mask_workbook(raw)
        if self._entries is not None and self._is_brought_by_hand:
            self._entries.note_arrived(masked)
        with self._merging:
            self._merge(masked)
        if save and self._store is not None and not self._store.save(masked):
            get_logger(__name__).warning("We couldn't save the last good reading to disk.")

    def _merge(self, masked: MaskedWorkbook) -> None:
        """Show a reading together with the entries. Callers hold `_merging`."""
        version = self._entries.version() if self._entries is not None else 0
        merged = self._entries.merged_into(masked) if self._entries is not None else masked
        with self._lock:
            old, for_viewers = self._for_staff, self._for_viewers
        if old is None or old.fingerprint != merged.fingerprint:
            for_staff, for_viewers = self._parse(merged), None
        else:
            # Only the time has changed, so there is nothing to parse.
            for_staff = old.reread(merged.read_at)
            for_viewers = for_viewers.reread(merged.read_at) if for_viewers is not None else None
        with self._lock:
            earlier = self._entries_version
            self._for_staff, self._for_viewers, self._entries_version = for_staff, for_viewers, version
            self._without_entries = masked if merged is not masked else None
        if old is not None and version != earlier:
            entry_changes.note(for_staff_only=old.fingerprint == merged.fingerprint)

    def _load_stored(self) -> None:
        try:
            raw = self._store.load() if self._store is not None else None
            if raw is not None:
                self._accept(raw, save=False)
        except Exception as unusable:  # an old reading that no longer fits must not block a new one
            get_logger(__name__).warning("We can't use the saved reading: %s", type(unusable).__name__)
