"""Addresses of the phones' page: where its requests come in, and what people scan."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

import streamlit as st

from nethealth.ui.access import is_loopback
from nethealth.ui.routes import JOIN, PAGES


class _Serving:
    is_on = False


serving = _Serving()
"""On once the server has the phones' routes."""


def are_served() -> bool:
    """True if the server has the phones' routes. Where it has not, a page of Streamlit takes their place."""
    return serving.is_on


def join_path() -> str:
    """Return the path of the phones' page on this server, such as `/join`."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}/{JOIN}" if base else f"/{JOIN}"


def is_for_phones(path: str) -> bool:
    """True if a request's path belongs to the phones' page."""
    own = join_path()
    return path == own or path.startswith(f"{own}/")


def address_from(url: str, *, code: str, port: int, other_host: str | None, has_routes: bool) -> str:
    """Return the address that joins the session with this code, seen from a page of the app at `url`.

    `other_host` replaces a loopback address.

    Examples:
        >>> address_from("https://x.org/net/seating?a=1", code="K7WPXM", port=80, other_host=None, has_routes=True)
        'https://x.org/net/join/K7WPXM'
        >>> address_from("http://localhost:8501/", code="K7WPXM", port=80, other_host="10.0.0.7", has_routes=False)
        'http://10.0.0.7:8501/join?code=K7WPXM'
    """
    parts = urlsplit(url if url.startswith(("http://", "https://")) else f"http://localhost:{port}/")
    host = parts.netloc.rpartition("@")[2]
    if other_host and is_loopback(parts.hostname or ""):
        host = f"{other_host}:{parts.port}" if parts.port else other_host
    above, _, last = parts.path.rstrip("/").rpartition("/")
    folder = above if last in PAGES else parts.path.rstrip("/")
    path, query = (f"{folder}/{JOIN}/{code}", "") if has_routes else (f"{folder}/{JOIN}", f"code={code}")
    return urlunsplit((parts.scheme, host, path, query, ""))


def is_only_on_this_machine(address: str) -> bool:
    """True if phones can't reach an address, because only this machine can."""
    return is_loopback(urlsplit(address).hostname or "")
