"""End sessions with much in memory soon after someone closes them.

Streamlit keeps a session for two minutes after its connection is lost, and then until someone else's is. Sessions that
opened or sent a workbook end after `GRACE_SECONDS`: long enough for a connection that comes back at once. Someone who
only loses their Wi-Fi has longer, since the server notices that later.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import gc
import time
from typing import Protocol

from streamlit.logger import get_logger
from streamlit.runtime import Runtime

from nethealth.ui.server.opened_workbooks import OpenedWorkbooks, opened_workbooks
from nethealth.ui.server.uploads import stored_sizes

__all__ = ["SessionEndings", "end_closed_sessions"]

GRACE_SECONDS = 6.0
CHECK_SECONDS = 1.0


class Sessions(Protocol):
    """The part of Streamlit's runtime that we need. Called in the thread of its event loop only."""

    def is_active_session(self, session_id: str) -> bool:
        """True while a browser is connected."""

    def close_session(self, session_id: str) -> None:
        """End a session and drop its state and files."""


class SessionEndings:
    """Ends sessions that have been without a browser for a while."""

    def __init__(self, sessions: Sessions, opened: OpenedWorkbooks) -> None:
        self._sessions, self._opened = sessions, opened
        self._closed_since: dict[str, float] = {}

    def check(self, *, now: float) -> bool:
        """End sessions whose time has come, and return whether any did; `now` in seconds."""
        opened = self._opened.all()
        heavy = {each.session_id for each in opened if each.reading is not None} | stored_sizes().keys()
        closed = {session_id for session_id in heavy if not self._sessions.is_active_session(session_id)}
        self._closed_since = {session_id: self._closed_since.get(session_id, now) for session_id in closed}
        ended = [session_id for session_id, since in self._closed_since.items() if now - since >= GRACE_SECONDS]
        for session_id in ended:
            for each in opened:
                if each.session_id == session_id:
                    each.end()
            self._sessions.close_session(session_id)
        return bool(ended)


async def end_closed_sessions() -> None:
    """Look after sessions for as long as the server runs, beginning before Streamlit's own runtime does."""
    while not Runtime.exists():
        await asyncio.sleep(CHECK_SECONDS)
    runtime = Runtime.instance()
    endings = SessionEndings(runtime, opened_workbooks)
    has_ended = False
    while True:
        await asyncio.sleep(CHECK_SECONDS)
        try:
            for each in opened_workbooks.all():
                session = runtime.get_app_session(each.session_id) if each.needs_rerun else None
                if session is not None:
                    each.needs_rerun = False
                    session.request_rerun(None)
            if has_ended:
                # A session is full of circles, which Python would find only much later.
                gc.collect()
                _return_memory()
            has_ended = endings.check(now=time.monotonic())
        except Exception as error:  # one session that can't end must not keep the others
            get_logger(__name__).error("Ending closed sessions failed: %s", type(error).__name__)


def _return_memory() -> None:
    """Give memory that is free within this process back to the machine. Only Linux's usual library (glibc) can."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
