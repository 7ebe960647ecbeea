"""Mindset reflection: the seven pairs for oneself, what they mean for the mission, and what a session showed."""

import streamlit as st

from nethealth.mindset.metrics import OwnReflection
from nethealth.ui.components import page_title
from nethealth.ui.mindset.exercise import choose_characteristics, offer_files, place_pairs, write_thoughts
from nethealth.ui.mindset.sessions import show_sessions
from nethealth.ui.session import current_workbook, today

page_title("Mindset reflection", "Which ways of thinking shape our organization?")
workbook = current_workbook()
st.write(
    "For each pair, show where your organization is today. Both sides have value. There are no right or wrong answers, "
    "and nothing adds up to a grade. We don’t save what you enter. It’s gone when you close this page."
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
st.header("What our session showed", anchor=False)
show_sessions(workbook)
