"""The addresses of a session: for phones, also as a QR code, for the screen, and for the facilitator's device."""

from __future__ import annotations

import base64
import io
from functools import lru_cache
from urllib.parse import urlsplit

import streamlit as st

from nethealth.live.session import LiveSession
from nethealth.ui.server.phones import join_address


def app_address() -> str:
    """Return the address of the app, as the visitor's browser knows it, with a slash at its end."""
    parts = urlsplit(str(st.context.url or "http://localhost/"))
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"{parts.scheme}://{parts.netloc}/{base + '/' if base else ''}"


def short_address(session: LiveSession) -> str:
    """Return the address that people type before the code, without what browsers add."""
    address = join_address(session).split("://", 1)[-1]
    return address.removesuffix(session.code).removesuffix("?code=").rstrip("/")


def screen_address(session_id: str) -> str:
    """Return the address of a session's screen."""
    return f"{app_address()}screen?session={session_id}"


@lru_cache(maxsize=32)
def qr_image(address: str) -> str:
    """Return a QR code as the source of an image: dark on white in both themes, since many phones read only that."""
    import segno

    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawn, kind="svg", scale=8, border=4, dark="#1c232c", light="#ffffff", xmldecl=False
    )
    return f"data:image/svg+xml;base64,{base64.b64encode(drawn.getvalue()).decode()}"
