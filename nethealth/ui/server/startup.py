"""What happens when the server starts: a look at the secrets, and a browser that opens, as `streamlit run` does it."""

from __future__ import annotations

import asyncio
import gc
import sys
import threading
import webbrowser
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import streamlit as st

from nethealth.ui.access import is_loopback, policy
from nethealth.ui.live.ending import close_sessions_in_time
from nethealth.ui.server.delivery import delivering
from nethealth.ui.server.endings import end_closed_sessions
from nethealth.ui.server.entry_changes import rerun_outdated_pages
from nethealth.ui.server.pruning import prune_daily

__all__ = ["open_in_browser", "short_turns", "start"]

SECONDS_UNTIL_LISTENING = 1.0
SECONDS_PER_TURN = 0.0005
"""How long one thread may compute while others wait. At Python's 5 ms, a page waits a dozen times for that long."""
GARBAGE_THRESHOLDS = (10_000, 10, 10)
"""New objects after which Python looks for garbage. It is 700 by default, and all visitors wait meanwhile."""


@asynccontextmanager
async def start(app: object) -> AsyncIterator[None]:
    """Read the secrets once, so that the log says at the start what is wrong with them; then `open_in_browser`.

    While the server runs, visitors take turns, closed visits end soon, open pages show what others record, and what
    they record goes to the Google Sheet. Sessions at a convening close after 12 hours.
    """
    policy()
    tasks = [
        asyncio.create_task(each())
        for each in (end_closed_sessions, rerun_outdated_pages, prune_daily, close_sessions_in_time)
    ]
    try:
        with short_turns(), delivering():
            async with open_in_browser(app):
                yield
    finally:
        for task in tasks:
            task.cancel()


@contextmanager
def short_turns() -> Iterator[None]:
    """Let no visitor's long work keep others waiting: switch between them often, and collect garbage less often."""
    switch, thresholds = sys.getswitchinterval(), gc.get_threshold()
    sys.setswitchinterval(SECONDS_PER_TURN)
    gc.set_threshold(*GARBAGE_THRESHOLDS)
    try:
        yield
    finally:
        sys.setswitchinterval(switch)
        gc.set_threshold(*thresholds)


@asynccontextmanager
async def open_in_browser(_app: object) -> AsyncIterator[None]:
    """Open the app's address soon after the start, unless the server runs headless."""
    if not st.get_option("server.headless"):
        opening = threading.Timer(SECONDS_UNTIL_LISTENING, webbrowser.open, [_address()])
        opening.daemon = True
        opening.start()
    yield


def _address() -> str:
    scheme = "https" if st.get_option("server.sslCertFile") else "http"
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    listening = str(st.get_option("server.address") or "")
    host = listening if is_loopback(listening) else "localhost"
    return f"{scheme}://{host}:{st.get_option('server.port')}/{base}"
