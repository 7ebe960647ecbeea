"""A thread that delivers entries in the background: at once when there is a new one, later after a failure."""

from __future__ import annotations

import logging
import random
import secrets
import threading
import time
from collections.abc import Callable

from nethealth.contributions.delivery import Outcome, Timing, deliver_once
from nethealth.contributions.journal import Journal
from nethealth.errors import JournalError, NetHealthError
from nethealth.sources.sheet_writer import Writer

_LOGGER = logging.getLogger(__name__)


class Deliverer:
    """Delivers one workbook's entries in the background. Thread-safe.

    `open_writer` opens the Google Sheet for `timing.cycle` seconds. Several copies of the app may share a journal: one
    delivers at a time. `now` and `jitter` (a number from 0 to 1) replace the clock and chance in tests.
    """

    def __init__(
        self,
        journal: Journal,
        workbook: str,
        *,
        open_writer: Callable[[], Writer],
        timing: Timing | None = None,
        now: Callable[[], float] = time.time,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self.workbook = workbook
        self._journal, self._open_writer = journal, open_writer
        self._timing, self._now, self._jitter = timing or Timing(), now, jitter
        self._holder = secrets.token_hex(8)
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._has_work = threading.Event()
        self._hurry = threading.Event()
        """Ends a wait after a failure, too."""
        self._is_stopped = False
        self._failures = 0
        self._failure: NetHealthError | None = None

    @property
    def failure(self) -> NetHealthError | None:
        """Why the latest try failed; None if it succeeded."""
        with self._lock:
            return self._failure

    def has_waiting_entries(self) -> bool:
        """True if an entry isn't in the workbook yet. Raises JournalUnavailable."""
        return self._journal.waiting_since(self.workbook) is not None

    def wake(self) -> None:
        """Deliver soon: there is a new entry. After a failure, it waits for the next try."""
        with self._lock:
            if self._is_stopped:
                return
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="delivery", daemon=True)
                self._thread.start()
        self._has_work.set()

    def try_now(self) -> None:
        """Deliver at once, even after a failure."""
        self._hurry.set()
        self.wake()

    def stop(self, *, wait_seconds: float = 0.0) -> None:
        """End the thread after the request that it waits for. What isn't delivered stays in the journal."""
        with self._lock:
            self._is_stopped = True
            thread = self._thread
        self._hurry.set()
        self._has_work.set()
        if thread is not None and wait_seconds:
            thread.join(wait_seconds)

    def _run(self) -> None:
        while not self._is_stopped:
            self._has_work.clear()
            outcome = self._deliver()
            if outcome.failure is not None:
                self._hurry.wait(self._backoff(outcome))
            else:
                self._rest(outcome)
            if not self._is_stopped:
                self._hurry.clear()

    def _deliver(self) -> Outcome:
        try:
            outcome = deliver_once(
                self._journal,
                self.workbook,
                holder=self._holder,
                open_writer=self._open_writer,
                timing=self._timing,
                now=self._now,
            )
        except JournalError as known:
            outcome = Outcome(failure=known)
        except Exception as unknown:  # whatever happens, the thread must go on
            # The exception's message may quote an entry.
            _LOGGER.error("Delivery failed unexpectedly: %s", type(unknown).__name__)
            failure = NetHealthError(
                "Something unexpected happened while we sent rows to the Google Sheet.",
                "They are safe, and we try again. If this goes on, tell the person who runs the app.",
            )
            outcome = Outcome(failure=failure)
        self._failures = 0 if outcome.failure is None else self._failures + 1
        return outcome

    def _backoff(self, outcome: Outcome) -> float:
        """Return the seconds until the next try: twice as many after each failure, with jitter."""
        doubled = self._timing.first_wait * 2.0 ** min(self._failures - 1, 20)
        longest = min(self._timing.longest_wait, doubled)
        wait = max(longest * (0.5 + 0.5 * self._jitter()), outcome.retry_after, self._pause(outcome))
        with self._lock:
            self._failure = outcome.failure
        return wait

    def _rest(self, outcome: Outcome) -> None:
        """Wait until there is more to do, but at least the pause that keeps us within Google's quota."""
        with self._lock:
            self._failure = None
        pause = self._pause(outcome)
        if not self._hurry.wait(pause):
            # While another copy delivers, look from time to time whether it still does.
            again_in = 2 * pause if outcome.is_taken else outcome.again_in
            self._has_work.wait(None if again_in is None else max(0.0, again_in - pause))

    def _pause(self, outcome: Outcome) -> float:
        return max(self._timing.pause, self._timing.per_request * outcome.requests)
