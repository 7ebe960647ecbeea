"""What the facilitator does to a session. Each is a callback that says what went wrong, if it did."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import streamlit as st

from nethealth.errors import JournalError
from nethealth.live import closing
from nethealth.live.session import SessionState
from nethealth.live.store import LiveSessions
from nethealth.presentation.formatting import escape_html
from nethealth.ui import network_workbook, recording, session
from nethealth.ui.live.view import live_sessions
from nethealth.ui.server import delivery

FAILURE_KEY: Final = "_session_failure"
"""In the session's state: why the last act failed."""


def attempt(act: Callable[[LiveSessions], object]) -> None:
    """Do something to the sessions. If the database fails, `show_failure` says so in the next run."""
    if not session.is_staff():
        return
    try:
        act(live_sessions())
    except JournalError as error:
        st.session_state[FAILURE_KEY] = error


def show_failure() -> None:
    """Say why the last act failed, once."""
    error = st.session_state.pop(FAILURE_KEY, None)
    if isinstance(error, JournalError):
        st.html(
            f'<div class="nh-band" role="alert"><p>{escape_html(error.message)}</p>'
            f"<p>{escape_html(error.remedy)}</p></div>"
        )


def set_state(session_id: str, state: SessionState) -> None:
    """Pause a session, or open it again."""
    attempt(lambda live: live.set_state(session_id, state))


def close_session(session_id: str) -> None:
    """Close a session, and bring what it heard to the journal and the Google Sheet."""

    def close(live: LiveSessions) -> None:
        now = dt.datetime.now(dt.UTC)
        current = live.session(session_id)
        changed = closing.close(live, network_workbook.journal(), session_id, now=now, author=recording.author())
        if changed and current is not None:
            delivery.wake(current.workbook)
            recording.show_at_once()

    attempt(close)


def remove_session(session_id: str) -> None:
    """Remove a session with its answers."""

    def remove(live: LiveSessions) -> None:
        live.remove(session_id)
        if st.query_params.get("session") == session_id:
            del st.query_params["session"]

    attempt(remove)


def change_screen(session_id: str, **changes: Any) -> None:
    """Change what the screen shows, such as `is_revealed`, and keep the rest as it is now."""

    def change(live: LiveSessions) -> None:
        current = live.session(session_id)
        if current is not None:
            live.set_screen(session_id, replace(current.screen, **changes))

    attempt(change)
