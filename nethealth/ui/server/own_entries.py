"""Tell which entries a visitor recorded: by their email address, or without one by their browser and role.

We forget browsers when the server restarts.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable
from typing import Final

import streamlit as st

from nethealth.contributions.entries import Entry
from nethealth.ui import access
from nethealth.ui.server.visits import current_visit

__all__ = ["author", "ids_of_visitor", "note"]

_MOST: Final = 500
_KEY: Final = "_own_entries"
_lock = threading.Lock()
_by_browser: dict[tuple[str, access.Role | None], deque[str]] = {}


def author() -> str:
    """Return the email address that the visitor signed in with; empty if they used a passcode, or none."""
    shown = access.credentials()
    is_known = isinstance(shown.email, str) and access.invited_as(access.policy(), shown) is not None
    return str(shown.email).strip().lower() if is_known else ""


def note(entries: Iterable[Entry]) -> None:
    """Remember that this visitor recorded these entries."""
    with _lock:
        _own().extend(entry.id for entry in entries)


def ids_of_visitor(entries: Iterable[Entry]) -> frozenset[str]:
    """Return the IDs of those entries that this visitor recorded."""
    if name := author():
        return frozenset(entry.id for entry in entries if entry.author == name)
    with _lock:
        own = set(_own())
    return frozenset(entry.id for entry in entries if entry.id in own)


def _own() -> deque[str]:
    """Return the IDs that this browser recorded in this role; those of this session if it shows no cookie."""
    visit = current_visit()
    if visit is not None and visit.browser:
        return _by_browser.setdefault((visit.browser, access.role()), deque(maxlen=_MOST))
    own: deque[str] = st.session_state.setdefault(_KEY, deque(maxlen=_MOST))
    return own
