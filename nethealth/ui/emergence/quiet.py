"""What to ask members when no new activity was recorded for a while."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from nethealth.presentation.formatting import format_date
from nethealth.ui.routes import link

QUESTIONS = (
    "What have you started, or thought of starting, with someone from the network?",
    "Who from the network have you talked with lately, outside of our meetings?",
    "What came of something you began together, even something small?",
)
"""Asked in the next conversations, since people rarely report what seems ordinary to them."""


def show_questions(quiet_since: dt.date) -> None:
    """Say that nothing new was recorded since that day, and what to ask in the next conversations. For staff."""
    st.header("Nothing new for a while? Ask.", anchor=False)
    st.write(f"The latest activity started on {format_date(quiet_since)}. Ask these in your next conversations:")
    st.markdown("\n".join(f"{number}. {question}" for number, question in enumerate(QUESTIONS, 1)))
    link("weaving", "See who to talk with", icon=":material/diversity_3:")
