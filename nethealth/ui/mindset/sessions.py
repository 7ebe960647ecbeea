"""What a group's sessions showed: the profile of the seven pairs, and what rose to the top."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from nethealth.cache import cached
from nethealth.mindset import charts, room_pictures
from nethealth.mindset.discussion import discussion_questions
from nethealth.mindset.metrics import (
    METRICS,
    SessionMindset,
    compared_moments,
    in_time,
    latest_first,
    summarize_mindset,
)
from nethealth.ui.components import WIDEST_OF_TWO, chart, downloads, empty_state, escape_markdown, explain_metrics
from nethealth.ui.live.picture import show_pictures
from nethealth.workbook.records import Workbook


def show_sessions(workbook: Workbook) -> None:
    """Show one session at a time, the latest first, with all of them to download."""
    sessions = summarize_mindset(workbook)
    if not sessions:
        empty_state("Mindset", "See how a group leans on the seven pairs, once its answers are in the workbook.")
        return
    titles = {session.title: session for session in latest_first(sessions)}
    with st.container(width=360):
        session = titles[st.selectbox("Session", list(titles), key="session", bind="query-params")]
    st.markdown(f"#### {escape_markdown(charts.profile_heading(session))}")
    profile, top = cached(charts.session_figures)(workbook, title=session.title)
    other = _other_moment(session, sessions)
    left, right = st.columns([3, 2], gap="large")
    with left:
        chart(profile, alt=charts.profile_text(session), key="profile", widest=WIDEST_OF_TWO + 80)
    with right:
        st.markdown(f"#### {escape_markdown(charts.rose_heading(session))}")
        if top is not None:
            chart(top, alt=charts.rose_text(session), key="rose", widest=WIDEST_OF_TWO - 80)
        elif note := charts.rose_note(session):
            st.caption(note)
        with st.container(key="unfolds-questions"), st.expander("Questions to discuss"):
            questions = discussion_questions(session, other)
            st.markdown("\n".join(f"- {escape_markdown(question)}" for question in questions))
    if other is not None and other.moment is not None:
        with st.expander(f"Next to “{other.moment.value}”"):
            show_pictures(room_pictures.spread_picture(*in_time(session, other)))
    explain_metrics(METRICS)
    downloads({"Sessions": charts.session_table(sessions)}, name="mindset", charts_show=session.title)


def _other_moment(session: SessionMindset, sessions: Sequence[SessionMindset]) -> SessionMindset | None:
    """Return the same session at the moment that it's best compared with; None if it has only one."""
    own = {each.moment: each for each in sessions if each.session == session.session}
    return next((own[moment] for moment in compared_moments(session.moment) if moment in own), None)
