"""The six outcomes as cards, in two rows: for each participant, and for their organizations."""

from __future__ import annotations

import streamlit as st

from nethealth.experience import cards
from nethealth.ui import components as ui
from nethealth.ui.experience.view import View, meaning
from nethealth.ui.routes import link
from nethealth.ui.session import is_staff
from nethealth.workbook.schema.vocabulary import Level

LEVELS = {Level.PARTICIPANT: "For each participant", Level.ORGANIZATION: "For their organizations"}


def show(view: View) -> None:
    """Share who agree, how it moved, average and answers, outcome by outcome.

    Where no question belongs to any, six dashes would say nothing: staff are told how to begin.
    """
    if not view.survey.outcomes:
        if is_staff():
            st.write("Which questions tell of one of the six outcomes stands in the tab Questions; so far none does.")
            link("data", "These questions as rows to fill in", icon=":material/checklist:")
        return
    for level, whom in LEVELS.items():
        st.header(cards.level_heading(view.survey, level=level, whom=whom), anchor=False)
        ui.metric_row(cards.outcome_cards(view.waves, level=level))
    meaning("responses", "response_rate", "top_two", "mean", "answers", "change", "interval")
