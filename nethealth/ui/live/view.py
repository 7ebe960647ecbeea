"""A session as the screen and the facilitator's device show it: what was answered so far, read once per change."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import streamlit as st

from nethealth.errors import JournalError
from nethealth.live.questions import counted
from nethealth.live.session import Answer, Answers, LiveSession, Phone
from nethealth.live.store import LiveSessions
from nethealth.ui import network_workbook, session

WATCH_SECONDS: Final = 1.0
"""How often a page looks whether its session has changed."""
MOST_OTHERS: Final = 8
"""Other sessions that a session is compared with."""
_MOST_VIEWS: Final = 32
_lock = threading.Lock()
_reading = threading.Lock()
_views: OrderedDict[str, LiveView] = OrderedDict()
"""The latest view of each session, for all pages of this process."""


@dataclass(frozen=True, slots=True)
class LiveView:
    """One session at one moment."""

    session: LiveSession
    phones: tuple[Phone, ...]
    answers: tuple[Answer, ...]
    """All of them, pending ones included."""
    counted: Answers
    """Those that count, by phone and question."""
    is_stale: bool = False
    """True if we can't read what is newer."""

    @property
    def joined(self) -> int:
        """How many phones are in, without those that are pending."""
        return sum(not phone.is_pending for phone in self.phones)

    @property
    def answered(self) -> int:
        """How many phones have answered something that counts."""
        return len(self.counted)


def live_sessions() -> LiveSessions:
    """Return the app's sessions. Raises InvalidJournal if the secrets are wrong about its database."""
    return LiveSessions(network_workbook.journal().database)


def load_view(session_id: str) -> LiveView | None:
    """Return a session with its answers, or None if it's gone.

    If the database fails, it's the last view that this process has. Raises JournalError if it has none.
    """
    try:
        live = live_sessions()
        current = live.session(session_id)
        return None if current is None else _view_of(current, live)
    except JournalError:
        known = _known(session_id)
        if known is None:
            raise
        return LiveView(known.session, known.phones, known.answers, known.counted, is_stale=True)


def other_views(view: LiveView, *, is_wanted: Callable[[LiveSession], bool]) -> list[LiveView]:
    """Return the workbook's other sessions of the same kind that are wanted, the latest first, at most eight; none if
    the database fails.

    Rehearsals and real sessions don't mix.
    """
    own = view.session
    try:
        live = live_sessions()
        others = [
            each
            for each in live.sessions(own.workbook)
            if (each.kind, each.is_rehearsal) == (own.kind, own.is_rehearsal) and each.id != own.id and is_wanted(each)
        ]
        return [_view_of(each, live) for each in others[:MOST_OTHERS]]
    except JournalError:
        return []


def _view_of(current: LiveSession, live: LiveSessions) -> LiveView:
    """Return a session with its answers, read once per change: pages that ask meanwhile wait for it."""
    with _reading:
        known = _known(current.id)
        if known is not None and known.session.version >= current.version:
            return known
        phones, answers = tuple(live.phones(current.id)), tuple(live.answers(current.id))
        view = LiveView(current, phones, answers, counted(phones, answers))
        with _lock:
            _views[current.id] = view
            _views.move_to_end(current.id)
            while len(_views) > _MOST_VIEWS:
                _views.popitem(last=False)
        return view


def _known(session_id: str) -> LiveView | None:
    with _lock:
        return _views.get(session_id)


def rerun_on_change(view: LiveView, *, is_moving: bool = False) -> None:
    """Run the page again once its session has changed, and only then, unless what it shows `is_moving`."""
    always = is_moving or view.is_stale
    st.fragment(_watch, run_every=WATCH_SECONDS)(view.session.id, 0 if always else view.session.version, [])


def _watch(session_id: str, version: int, runs: list[int]) -> None:
    session.rerun_if_role_changed()
    runs.append(len(runs))
    try:
        latest = live_sessions().version(session_id)
    except JournalError:
        return  # what is on the page stays
    if latest != version and len(runs) > 1:  # the first run is part of the page's own
        st.rerun()
