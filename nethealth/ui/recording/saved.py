"""Say that something was saved, and where it goes from here, and offer to undo it."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from nethealth.contributions.entries import EntryState
from nethealth.contributions.recording import Act
from nethealth.presentation.formatting import escape_html
from nethealth.ui import session
from nethealth.ui.recording.acts import LAST_ACT_KEY, UNDO_SECONDS, Outcome, states, undo_last, workbook_key
from nethealth.ui.routes import link
from nethealth.ui.server.delivery import network_deliverer
from nethealth.ui.workbook_poller import Origin, Reading


def show_saved(*, key: str = "saved") -> None:
    """Say what became of the visitor's last act, for ten minutes, with a button to undo it. Shows nothing without one.

    `key` tells apart several places on one page.
    """
    last = st.session_state.get(LAST_ACT_KEY)
    if not isinstance(last, Outcome) or last.workbook != workbook_key() or _is_over(last):
        return
    if last.failure is not None:
        st.html(
            f'<div class="nh-band" role="alert"><p>{escape_html(last.failure.message)}</p>'
            f"<p>What you typed is still here. {escape_html(last.failure.remedy)}</p></div>"
        )
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"{key}-row"):
        if last.act.is_empty:
            st.html(f'<p class="nh-quiet" role="status">{escape_html(last.what)}</p>')
            return
        reading = session.current_reading()
        st.html(f'<p class="nh-quiet" role="status">{escape_html(last.what)} {where_it_is(reading, last.act)}</p>')
        st.button("Undo", icon=":material/undo:", key=f"{key}-undo", on_click=undo_last)
        if session.is_staff() and reading.origin is not Origin.SAMPLE and not is_delivered(reading):
            link("data", "Data page")


def is_delivered(reading: Reading) -> bool:
    """True if the app writes entries of this workbook to the Google Sheet."""
    deliverer = network_deliverer()
    return deliverer is not None and deliverer.workbook == reading.key


def where_it_is(reading: Reading, act: Act) -> str:
    """Say whether what a visitor did is in the workbook, or how it gets there, as a sentence."""
    if is_delivered(reading):
        known = states()
        is_there = all(known.get(entry.id) is EntryState.DELIVERED for entry in (*act.added, *act.edited))
        return "It’s in the Google Sheet." if is_there else "On its way to the Google Sheet."
    if reading.origin is Origin.SAMPLE:
        return "In the sample, it stays on this computer."
    if not session.is_staff():
        return "Staff can see it."
    return "It’s saved here. Copy it to your workbook from the Data page."


def _is_over(last: Outcome) -> bool:
    return (dt.datetime.now(dt.UTC) - last.at).total_seconds() > UNDO_SECONDS
