"""What happens when the server starts: a look at the secrets, and a browser that opens, as `streamlit run` does it."""

from __future__ import annotations

import asyncio
import threading
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st

from nethealth.ui.access import is_loopback, policy
from nethealth.ui.server.endings import end_closed_sessions

__all__ = ["open_in_browser", "start"]

SECONDS_UNTIL_LISTENING = 1.0


@asynccontextmanager
async def start(app: object) -> AsyncIterator[None]:
    """Read the secrets once, so that the log says at the start what is wrong with them; then `open_in_browser`.

    While the server runs, sessions that were closed end soon.
    """
    policy()
    ending = asyncio.create_task(end_closed_sessions())
    try:
        async with open_in_browser(app):
            yield
    finally:
        ending.cancel()


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
