"""Close sessions, by hand or by themselves 12 hours after they began, and bring what they heard to the journal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from nethealth.contributions.journal import Journal
from nethealth.live.collaborations import collaboration_rows
from nethealth.live.connection_rows import connection_rows
from nethealth.live.mindset import mindset_rows
from nethealth.live.pulse import pulse_rows
from nethealth.live.questions import counted
from nethealth.live.recording import RowMaker, record_rows
from nethealth.live.session import LiveSession, SessionKind, SessionState
from nethealth.live.store import LiveSessions

ROW_MAKERS: Final[Mapping[SessionKind, RowMaker]] = {
    SessionKind.MINDSET: mindset_rows,
    SessionKind.PULSE: pulse_rows,
    SessionKind.CONNECTIONS: connection_rows,
    SessionKind.COLLABORATIONS: collaboration_rows,
}
"""What each kind of session becomes in the workbook."""
CLOSES_AFTER: Final = dt.timedelta(hours=12)
"""How long after its start a session closes by itself."""
LOOKED_AT_FOR: Final = dt.timedelta(days=3)
"""How long after its start we look whether all of a closed session is recorded, in case the server ended meanwhile."""


def close(live: LiveSessions, journal: Journal, session_id: str, *, now: dt.datetime, author: str = "") -> int:
    """Close a session and record its answers; return how many entries were added or changed.

    Raises NotRecorded or JournalUnavailable. Then it's closed or not, and closing it again does what was missing.
    """
    live.set_state(session_id, SessionState.CLOSED)
    session = live.session(session_id)
    return 0 if session is None else record(live, journal, session, now=now, author=author)


def record(live: LiveSessions, journal: Journal, session: LiveSession, *, now: dt.datetime, author: str = "") -> int:
    """Record the answers of a closed session that aren't recorded yet; return as `close` does."""
    if session.is_rehearsal:
        return 0
    answers = counted(live.phones(session.id), live.answers(session.id))
    rows = ROW_MAKERS[session.kind](session, answers)
    return record_rows(journal, session, rows, now=now, day=max(session.day, now.date()), author=author)


def close_old_sessions(live: LiveSessions, journal: Journal, *, now: dt.datetime) -> list[LiveSession]:
    """Close sessions that began 12 hours ago, and record closed ones; return those that added or changed entries."""
    found = []
    for session in live.sessions_to_close(began_before=now - CLOSES_AFTER, closed_since=now - LOOKED_AT_FOR):
        is_open = session.state is not SessionState.CLOSED
        changed = close(live, journal, session.id, now=now) if is_open else record(live, journal, session, now=now)
        if changed:
            found.append(session)
    return found
