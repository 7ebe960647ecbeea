"""What staff and weavers do on the Weaving page with one tap: done, later, introduced, not now."""

from __future__ import annotations

import datetime as dt
from typing import Final

import streamlit as st

from nethealth.contributions.entries import Entry
from nethealth.presentation.formatting import format_date
from nethealth.ui import access, network_workbook, recording, session
from nethealth.ui.access import Role
from nethealth.weaving.entries import introduction_cells, weavers
from nethealth.workbook.records import PersonKey, Workbook
from nethealth.workbook.schema.tabs import WEAVING

WEAVER_KEY: Final = "weaver"
"""In the session's state: the name under which this visitor records."""
A_WEEK: Final = dt.timedelta(days=7)


def workbook_for_cells() -> Workbook:
    """Return the workbook to write names into cells by: it has everyone, so never show it to the visitor."""
    if session.is_staff():
        return session.current_workbook()
    only_sample = access.shows_only_sample()
    return network_workbook.latest_reading(Role.STAFF, only_sample=only_sample, wait=False).workbook


def weaver() -> str:
    """Return the name under which this visitor records; empty if we don't know it yet."""
    return str(st.session_state.get(WEAVER_KEY) or "").strip()


def choose_weaver() -> None:
    """Let the visitor say under which name they record. It's remembered, with an account also for later visits."""
    if WEAVER_KEY not in st.session_state and (known := _last_name()):
        st.session_state[WEAVER_KEY] = known
    names = weavers(session.current_workbook())
    chosen = st.session_state.get(WEAVER_KEY)
    st.selectbox(
        "Your name",
        names if chosen is None or chosen in names else [chosen, *names],
        index=None,
        key=WEAVER_KEY,
        placeholder="Choose or type a name",
        accept_new_options=True,
        persist_state="session",
    )


def ask_for_name() -> None:
    """Ask under which name to record, unless we know it. For parts of a page without a form."""
    if not weaver() and (known := _last_name()):
        st.session_state[WEAVER_KEY] = known
    if not weaver():
        key = "weaver-on-page"
        st.selectbox(
            "Your name, to record introductions",
            weavers(session.current_workbook()),
            index=None,
            key=key,
            placeholder="Choose or type a name",
            accept_new_options=True,
            on_change=lambda: st.session_state.update({WEAVER_KEY: st.session_state[key]}),
            width=280,
        )


def _last_name() -> str:
    """Return the name in the last conversation that this account recorded; empty without an account."""
    author, column = recording.author(), WEAVING.columns["weaver"].name
    named = (each.cells.get(column) for each in reversed(recording.entries()) if author and each.author == author)
    return next((str(name) for name in named if name), "")


def mark_done(row: str) -> None:
    """Say that a follow-up was done today."""
    recording.change(
        WEAVING.name, row, {WEAVING.columns["done"].name: session.today()}, what="Follow-up marked as done."
    )


def move(row: str, due: dt.date) -> None:
    """Move a follow-up to another day."""
    what = f"Follow-up moved to {format_date(due)}."
    recording.change(WEAVING.name, row, {WEAVING.columns["due"].name: due}, what=what)


def record_introduction(one: PersonKey, other: PersonKey, *, is_made: bool) -> None:
    """Say that two people were introduced today, or that now isn't the time."""
    cells = introduction_cells(
        workbook_for_cells(), date=session.today(), weaver=weaver(), one=one, other=other, is_made=is_made
    )
    what = "Introduction saved." if is_made else "We won’t suggest these two for six months."
    recording.record([recording.entry(WEAVING.name, cells)], what=what)


def take_back(entry: Entry) -> None:
    """Take back what was recorded minutes ago."""
    recording.remove(entry)
