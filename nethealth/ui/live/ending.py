"""Close sessions by themselves, 12 hours after they began, while the server runs."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import Final

from streamlit.logger import get_logger

from nethealth.contributions.opening import app_journal
from nethealth.errors import JournalError, UnreadableSecrets
from nethealth.live.closing import close_old_sessions
from nethealth.live.store import LiveSessions
from nethealth.ui.app_secrets import app_secrets
from nethealth.ui.server import delivery

CHECK_SECONDS: Final = 600.0


async def close_sessions_in_time() -> None:
    """Close old sessions now and every ten minutes, for as long as the server runs."""
    while True:
        await asyncio.to_thread(close_sessions, now=dt.datetime.now(dt.UTC))
        await asyncio.sleep(CHECK_SECONDS)


def close_sessions(*, now: dt.datetime) -> None:
    """Close sessions that began 12 hours ago, record what closed ones heard, and deliver it. It's tried again later."""
    try:
        journal = app_journal(app_secrets())
        changed = close_old_sessions(LiveSessions(journal.database), journal, now=now)
    except UnreadableSecrets:
        return  # logged by the code that asks for them
    except JournalError as error:
        get_logger(__name__).warning("We can’t close old sessions: %s", error.message)
        return
    for workbook in {session.workbook for session in changed}:
        delivery.wake(workbook)
