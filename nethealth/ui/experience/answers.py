"""How people answered each question, sorted by what moved, beside the survey before."""

from __future__ import annotations

import streamlit as st

from nethealth.cache import cached
from nethealth.experience import cards
from nethealth.experience.charts import answer_rows as rows
from nethealth.experience.charts import questions as charts
from nethealth.ui import components as ui
from nethealth.ui.experience.view import Tables, View, heading, meaning, scroll_to_answers


def show(view: View) -> Tables:
    """Rows for each scale, the recommendation as figures above its own, then the questions with options."""
    survey = view.survey
    for asked, answered in cached(rows.scale_rows)(view.workbook, wave=survey.wave):
        heading(charts.distribution_heading(asked))
        if told := charts.changes_text(asked):
            st.write(told)
        for each in asked:
            ui.metric_row(cards.recommendation_cards(each.figures))
        st.html(answered)
    if chosen := cached(rows.survey_choice_rows)(view.workbook, wave=survey.wave):
        heading(charts.choice_heading(charts.with_choices(survey.questions)))
        st.html(chosen)
    scroll_to_answers()
    meaning("distribution", "change", "recommendation")
    return {}
