"""The list of sessions: open ones first, to go on with, and earlier ones, to open again or remove."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from nethealth.live.session import LiveSession, SessionState
from nethealth.presentation.formatting import escape_html, format_date
from nethealth.ui.live.acts import close_session, remove_session, set_state
from nethealth.ui.live.kinds import KINDS
from nethealth.ui.page_shell import zone_of

STATES = {
    SessionState.OPEN: "Open",
    SessionState.PAUSED: "Paused",
    SessionState.CLOSED: "Closed",
}


def show_open(sessions: Sequence[LiveSession]) -> None:
    """List the workbook's sessions that aren't closed, to go on with. Shows nothing if there are none."""
    running = [each for each in sessions if each.state is not SessionState.CLOSED]
    if running:
        st.header("Open sessions", anchor=False)
    for each in running:
        _show_row(each)


def show_earlier(sessions: Sequence[LiveSession]) -> None:
    """List the workbook's closed sessions, to look at again. Shows nothing if there are none."""
    earlier = [each for each in sessions if each.state is SessionState.CLOSED]
    if not earlier:
        return
    st.header("Earlier sessions", anchor=False)
    for each in earlier:
        _show_row(each)
    st.caption("We keep sessions for 90 days. What they recorded stays in the workbook.")


def _show_row(session: LiveSession) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"session-row-{session.id}"):
        st.html(
            f'<p class="nh-session"><b>{escape_html(session.name)}</b>'
            f'<span class="nh-quiet">{description(session)}</span></p>'
        )
        is_closed = session.state is SessionState.CLOSED
        st.button(
            "See results" if is_closed else "Go to session", key=f"go-{session.id}", on_click=_go, args=(session.id,)
        )
        with st.popover("More", icon=":material/more_horiz:", key=f"more-{session.id}"):
            show_state_buttons(session)
            show_removal(session)


def description(session: LiveSession) -> str:
    """Say a session's kind, moment, state, and when it began, as HTML."""
    began = session.created_at.astimezone(zone_of(st.context.timezone))
    parts = [KINDS[session.kind].title, session.moment.value, STATES[session.state], _when(began)]
    if session.is_rehearsal:
        parts.insert(0, "Rehearsal")
    return escape_html(" · ".join(parts))


def _when(began: dt.datetime) -> str:
    return f"{format_date(began.date())}, {began.hour % 12 or 12}:{began:%M %p}"


def show_state_buttons(session: LiveSession) -> None:
    """Offer to pause a session, to go on with it, to close it, or to open it again."""

    def button(label: str, icon: str, act: Callable[[], None]) -> None:
        st.button(label, icon=icon, key=f"{label}-{session.id}", width="stretch", on_click=act)

    if session.state is SessionState.OPEN:
        button("Pause", ":material/pause:", partial(set_state, session.id, SessionState.PAUSED))
    else:
        label = "Open again" if session.state is SessionState.CLOSED else "Resume"
        button(label, ":material/play_arrow:", partial(set_state, session.id, SessionState.OPEN))
    if session.state is not SessionState.CLOSED:
        button("End the session", ":material/stop:", partial(close_session, session.id))


def show_removal(session: LiveSession) -> None:
    """Offer to remove a session, and ask once more before it's done."""
    asking = f"asking-{session.id}"
    if not st.session_state.get(asking):
        st.button(
            "Remove",
            icon=":material/delete:",
            key=f"remove-{session.id}",
            width="stretch",
            on_click=_ask,
            args=(asking,),
        )
        return
    st.write("Remove this session and its answers from the app? What it recorded stays in the workbook.")
    st.button(
        "Yes, remove it",
        key=f"really-{session.id}",
        type="primary",
        width="stretch",
        on_click=partial(remove_session, session.id),
    )
    st.button("Keep it", key=f"keep-{session.id}", width="stretch", on_click=st.session_state.pop, args=(asking, None))


def _ask(key: str) -> None:
    st.session_state[key] = True


def _go(session_id: str) -> None:
    st.query_params["session"] = session_id
