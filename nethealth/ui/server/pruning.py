"""Delete old entries from the journal, and old live sessions: both name people."""

from __future__ import annotations

import asyncio
from typing import Final

from streamlit.logger import get_logger

from nethealth.contributions.opening import app_journal
from nethealth.errors import JournalError, UnreadableSecrets
from nethealth.live.store import LiveSessions
from nethealth.ui.app_secrets import app_secrets

__all__ = ["prune_daily"]

DAY_SECONDS: Final = 86_400.0


async def prune_daily() -> None:
    """Prune the journal now and once a day, for as long as the server runs."""
    while True:
        await asyncio.to_thread(prune)
        await asyncio.sleep(DAY_SECONDS)


def prune() -> None:
    """Prune the journal. If that fails, the log says so, and it's tried again the next day."""
    try:
        journal = app_journal(app_secrets())
        count = journal.prune()
        LiveSessions(journal.database).prune()
    except UnreadableSecrets:
        return  # logged by the code that asks for them
    except JournalError as error:
        get_logger(__name__).warning("We can’t prune the journal: %s", error.message)
        return
    if count:
        get_logger(__name__).info("%s entries that are in the workbook left the journal.", f"{count:,}")
