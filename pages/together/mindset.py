"""Mindset reflection: the seven pairs for oneself, what they mean for the mission, what a session showed."""

import streamlit as st

from nethealth.cache import cached
from nethealth.mindset import charts
from nethealth.mindset.metrics import METRICS, OwnReflection, latest_first, summarize_mindset
from nethealth.ui.components import chart, downloads, empty_state, escape_markdown, explain_metrics, page_title
from nethealth.ui.mindset import exercise
from nethealth.ui.session import current_workbook, today


def heading(words: str) -> None:
    st.space("small")
    st.header(escape_markdown(words), anchor=False)


def show_session() -> None:
    heading("What our session showed")
    sessions = summarize_mindset(workbook)
    if not sessions:
        empty_state("Mindset", "How a group leans on the seven pairs shows once its answers stand in the sheet.")
        return
    titles = {session.title: session for session in latest_first(sessions)}
    with st.container(width=360):
        chosen = titles[st.selectbox("Session", list(titles), key="session", bind="query-params")]
    st.html(f"<p>{charts.profile_heading(chosen)}</p>")
    profile, rose = cached(charts.session_figures)(workbook, title=chosen.title)
    seen, risen = st.columns([3, 2], gap="large")
    with seen:
        chart(profile, alt=charts.profile_text(chosen), key="profile")
    with risen:
        st.markdown(f"**{charts.rose_heading(chosen)}**")
        if rose is not None:
            chart(rose, alt=charts.rose_text(chosen), key="rose")
        elif note := charts.rose_note(chosen):
            st.caption(note)
    explain_metrics(METRICS)
    downloads({"Sessions": charts.session_rows(sessions)}, name="mindset")


page_title("Mindset reflection", "Which ways of thinking shape our organization?")
workbook = current_workbook()
st.write(
    "Seven pairs of statements. Both sides of each have their place: there is no right answer, no sum and no mark. "
    "What you enter stays with you until you close this page, and is stored nowhere."
)
positions = exercise.place_the_pairs()
if any(positions):
    with st.expander("The seven together", expanded=all(positions) and not exercise.sees_all_pairs()):
        chart(charts.own_profile(positions), alt=charts.own_profile_text(positions), key="own-profile")

heading("Which of them rise to the top?")
top = exercise.choose_what_rises()
heading("What do they mean for our ability to advance our mission?")
thoughts = exercise.write_thoughts()
own = OwnReflection(positions=positions, rose_to_the_top=top, thoughts=thoughts)
exercise.keep(own, network_name=workbook.network_name, day=today())
show_session()
