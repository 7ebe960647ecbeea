"""Mindset reflection, in two places: the seven pairs for oneself, and what a group's sessions showed."""

import streamlit as st

from nethealth.mindset.metrics import OwnReflection
from nethealth.ui.components import page_title
from nethealth.ui.mindset.exercise import choose_characteristics, offer_files, place_pairs, write_thoughts
from nethealth.ui.mindset.sessions import show_sessions
from nethealth.ui.routes import link
from nethealth.ui.session import current_workbook, today

ALONE, TOGETHER = "On your own", "What our sessions showed"


def show_exercise() -> None:
    st.write(
        "For each pair, show where your organization is today. Both sides have value. There are no right or wrong "
        "answers, and nothing adds up to a grade. We don’t save what you enter. It’s gone when you close this page."
    )
    positions = place_pairs()
    st.header("Which characteristics rise to the top?", anchor=False)
    top = choose_characteristics()
    st.header("What do they mean for our mission?", anchor=False)
    thoughts = write_thoughts()
    offer_files(
        OwnReflection(positions=positions, rose_to_the_top=top, thoughts=thoughts),
        network_name=workbook.network_name,
        day=today(),
    )


page_title("Mindset reflection", "Which ways of thinking shape our organization?")
workbook = current_workbook()
# A link to a session is about the group, also one from before there were two tabs.
first = TOGETHER if "session" in st.query_params else ALONE
alone, together = st.tabs([ALONE, TOGETHER], default=first, key="tab", bind="query-params")
with together if together.open else alone:
    if together.open:
        show_sessions(workbook)
        link("sessions", "Hold a session in a room", icon=":material/co_present:")
    else:
        show_exercise()
