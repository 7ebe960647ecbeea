"""Remember which browser began each session, so that a session's id alone opens nothing.

A browser shows that it is the same one by a cookie. Some hosts drop cookies that they don't know; there, Streamlit's
own cookie against forged requests takes its place, which holds random bytes too.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from weakref import WeakValueDictionary

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.web.server.starlette.starlette_app_utils import decode_xsrf_token_string

__all__ = ["COOKIE", "SECURE_COOKIE", "Visit", "browser_of", "current_visit", "visit_of", "visit_with_id"]

COOKIE, SECURE_COOKIE = "nethealth_visit", "__Host-nethealth_visit"
"""The cookie over http and over https. Browsers accept the second only from this very host, over https."""
XSRF_COOKIE = "_streamlit_xsrf"
VISIT_KEY = "_visit"


@dataclass(slots=True, weakref_slot=True)
class Visit:
    """One session and the browser that it belongs to. Only the session's own state keeps it."""

    browser: str
    """The digest of the browser's cookie; empty if it has none."""
    credentials: object = None
    """What the visitor had shown at their last run."""
    seen_changes: int | None = None
    """Which changes of what people recorded their page shows (`entry_changes`); None if it depends on none."""
    is_viewer: bool = True
    """True if that page is a viewer's."""


_visits: WeakValueDictionary[str, Visit] = WeakValueDictionary()
"""The visits of this process by session id. A visit leaves with its session."""


def browser_of(cookies: Mapping[str, str]) -> str:
    """Return a digest that is the same for all connections of one browser; empty if it shows no cookie."""
    for name in (SECURE_COOKIE, COOKIE):
        if value := cookies.get(name):
            return hashlib.sha256(f"visit {value}".encode()).hexdigest()
    token, _ = decode_xsrf_token_string(cookies.get(XSRF_COOKIE, ""))
    return hashlib.sha256(b"xsrf " + token).hexdigest() if token else ""


def visit_of(session_id: str, cookies: Mapping[str, str]) -> Visit | None:
    """Return the visit with this session id if it belongs to the browser with these cookies."""
    visit, browser = _visits.get(session_id), browser_of(cookies)
    if visit is None or not browser or not hmac.compare_digest(visit.browser, browser):
        return None
    return visit


def visit_with_id(session_id: str) -> Visit | None:
    """Return the visit with this session id; None if it has ended. For the server itself, not for requests."""
    return _visits.get(session_id)


def current_visit() -> Visit | None:
    """Return the visit of the script that is running; None if another browser has taken over its session."""
    context = get_script_run_ctx()
    browser = browser_of(st.context.cookies.to_dict())
    visit = st.session_state.get(VISIT_KEY)
    if not isinstance(visit, Visit):
        visit = st.session_state[VISIT_KEY] = Visit(browser)
    if context is not None and _visits.get(context.session_id) is not visit:
        _visits[context.session_id] = visit
    return visit if hmac.compare_digest(visit.browser, browser) else None
