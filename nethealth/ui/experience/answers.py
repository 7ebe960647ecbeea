"""The answers to each closed question next to the survey before, clearest changes first."""

from __future__ import annotations

import streamlit as st

from nethealth.cache import cached
from nethealth.experience import cards
from nethealth.experience.charts import answer_rows, questions
from nethealth.ui import components as ui
from nethealth.ui.experience.view import Tables, View, explain, heading, scroll_to_answers


def show(view: View) -> Tables:
    """Show the questions of each scale, with cards for a recommendation, then the questions with options."""
    wave = view.survey.wave
    for rows, html in cached(answer_rows.scale_rows)(view.workbook, wave=wave):
        heading(questions.distribution_heading(rows))
        if changes := questions.changes_text(rows):
            st.write(changes)
        for row in rows:
            ui.metric_row(cards.recommendation_cards(row.results))
        st.html(html)
    if choices := cached(answer_rows.survey_choice_rows)(view.workbook, wave=wave):
        heading(questions.choice_heading(questions.with_choices(view.survey.questions)))
        st.html(choices)
    scroll_to_answers()
    explain("distribution", "change", "recommendation")
    return {}
