"""Show what someone recorded on every open page, within seconds: their sessions run again, and only then.

Pages don't ask for it, since many viewers who ask every second would cost more than all pages.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from typing import Final

from streamlit.logger import get_logger
from streamlit.runtime import Runtime
from streamlit.runtime.app_session import AppSession

from nethealth.ui.server.visits import visit_with_id

__all__ = ["EntryChanges", "entry_changes", "rerun_outdated_pages"]

CHECK_SECONDS: Final = 0.1
AT_ONCE: Final = 4
"""Pages that run together: if all ran again at once, none would be there before the last."""
NEXT_SECONDS: Final = 0.01
"""How soon the next pages follow."""


class EntryChanges:
    """Counts changes of what people recorded, in this process. Safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._for_all = self._for_staff = 0

    def note(self, *, for_staff_only: bool = False) -> None:
        """Note a change. `for_staff_only`: others see nothing of it, such as that an entry has arrived in the Sheet."""
        with self._lock:
            self._for_staff += 1
            self._for_all += not for_staff_only

    def seen(self, *, by_viewer: bool) -> int:
        """Return a number that grows with each change that concerns the visitor."""
        return self._for_all if by_viewer else self._for_staff


entry_changes = EntryChanges()
"""The changes in this process."""


async def rerun_outdated_pages() -> None:
    """Run pages again that were drawn before a change, for as long as the server runs."""
    while not Runtime.exists():
        await asyncio.sleep(CHECK_SECONDS)
    runtime = Runtime.instance()
    done, is_waiting = 0, False
    while True:
        await asyncio.sleep(NEXT_SECONDS if is_waiting else CHECK_SECONDS)
        latest = entry_changes.seen(by_viewer=False)
        if latest != done:
            try:
                is_waiting = not rerun_outdated(_active_sessions(runtime))
            except Exception as error:  # one session that can't run must not keep the others from it
                get_logger(__name__).error("Showing entries on open pages failed: %s", type(error).__name__)
                is_waiting = False
            done = done if is_waiting else latest


def _active_sessions(runtime: Runtime) -> list[AppSession]:
    return [each.session for each in runtime._session_mgr.list_active_sessions()]


def rerun_outdated(sessions: Sequence[AppSession]) -> bool:
    """Run pages again that were drawn before a change, a few at a time. Returns False if we have to ask again later.

    A session that is running isn't interrupted: it may be handling what its visitor just did. However many are running,
    one more can.
    """
    running = sum(session._scriptrunner is not None for session in sessions)
    outdated = [session for session in sessions if is_outdated(session)]
    idle = [session for session in outdated if session._scriptrunner is None]
    chosen = idle[: max(1, AT_ONCE - running)]
    for session in chosen:
        session.request_rerun(session._client_state)
    return len(chosen) == len(outdated)


def is_outdated(session: AppSession) -> bool:
    """True if a session's page was drawn before a change that concerns its visitor."""
    visit = visit_with_id(session.id)
    if visit is None or visit.seen_changes is None:
        return False
    return visit.seen_changes != entry_changes.seen(by_viewer=visit.is_viewer)
