"""The six outcomes as cards, in two rows: for each participant, and for their organizations."""

from __future__ import annotations

import streamlit as st

from nethealth.figures import experience_cards as cards
from nethealth.ui import components as ui
from nethealth.ui.experience.view import View, meaning
from nethealth.workbook.vocabulary import Level

LEVELS = {Level.PARTICIPANT: "For each participant", Level.ORGANIZATION: "For their organizations"}


def show(view: View) -> None:
    """Share who agree, how it moved, average and answers, outcome by outcome."""
    for level, whom in LEVELS.items():
        st.header(cards.level_heading(view.survey, level=level, whom=whom), anchor=False)
        ui.figure_row(cards.outcome_cards(view.waves, level=level))
    meaning("responses", "response_rate", "top_two", "mean", "answers", "change", "interval")
