"""The six outcomes as cards, in two rows: for participants and for their organizations."""

from __future__ import annotations

import streamlit as st

from nethealth.experience import cards, tables
from nethealth.ui import components as ui
from nethealth.ui.experience.view import View, explain
from nethealth.ui.routes import link
from nethealth.ui.session import is_staff
from nethealth.workbook.schema.vocabulary import Level

LEVELS = {Level.PARTICIPANT: "For participants", Level.ORGANIZATION: "For organizations"}


def show(view: View) -> None:
    """Show the share who agree and how it changed, outcome by outcome, with details folded.

    If no question is matched to an outcome, staff see where to match them instead of six empty cards.
    """
    if not view.survey.outcomes:
        if is_staff():
            st.write("None of your questions is matched to one of the six outcomes yet.")
            link("data", "Match them on the Data page", icon=":material/checklist:")
        return
    for level, title in LEVELS.items():
        st.header(cards.level_heading(view.survey, level=level, title=title), anchor=False)
        ui.metric_row(cards.outcome_cards(view.waves, level=level))
    if since := cards.changes_since(view.waves):
        st.caption(f"Changes since {ui.escape_markdown(since, longest=60)}.")
    with st.expander("Details"):
        ui.show_table(tables.outcome_details(view.waves), key="outcome-details", label="Outcomes in detail")
    explain("responses", "response_rate", "top_two", "mean", "answers", "change", "interval")
