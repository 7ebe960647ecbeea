"""Open the app in a browser when its server starts, as `streamlit run` does for a script."""

from __future__ import annotations

import threading
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st

from nethealth.ui.access import is_loopback

__all__ = ["open_in_browser"]

SECONDS_UNTIL_LISTENING = 1.0


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
