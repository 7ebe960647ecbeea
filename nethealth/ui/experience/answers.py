"""How people answered each question, sorted by what moved, beside the survey before."""

from __future__ import annotations

import streamlit as st

from nethealth.figures import experience_cards as cards
from nethealth.figures import experience_charts as charts
from nethealth.ui import components as ui
from nethealth.ui.cached import by_workbook
from nethealth.ui.experience.view import Tables, View, heading, meaning


def show(view: View) -> Tables:
    """A chart for each scale, the recommendation as figures above its own, then the questions with options."""
    survey = view.survey
    for place, (asked, figure) in enumerate(by_workbook(charts.scale_charts)(view.workbook, wave=survey.wave)):
        heading(charts.distribution_heading(asked))
        if told := charts.movement_in_words(asked):
            st.write(told)
        for each in asked:
            ui.figure_row(cards.recommendation_cards(each.figures))
        ui.chart(figure, alt=charts.distribution_in_words(asked), key=f"answers-{place}")
    if (choices := by_workbook(charts.choice_figure)(view.workbook, wave=survey.wave)) is not None:
        chosen = charts.with_choices(survey.questions)
        heading(charts.choice_heading(chosen))
        ui.chart(choices, alt=charts.distribution_in_words([charts.Asked(each) for each in chosen]), key="choices")
    meaning("distribution", "change", "recommendation")
    return {}
