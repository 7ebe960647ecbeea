"""Participant experience: what members say their membership does for them, survey by survey."""

import streamlit as st

from nethealth.cache import cached
from nethealth.experience import summarize_experience, up_to
from nethealth.experience.cards import no_answers_text, response_cards, unassigned_answers_text
from nethealth.experience.tables import outcome_table, question_table
from nethealth.ui import components as ui
from nethealth.ui.controls import wave_control
from nethealth.ui.experience import View, answers, feedback, groups, open_answers, outcomes, respondents
from nethealth.ui.experience.view import ANSWERS_TAB, OPEN_ANSWERS_TAB
from nethealth.ui.session import current_workbook, is_staff
from nethealth.workbook.schema.vocabulary import WaveKind

TABS = {
    ANSWERS_TAB: answers.show,
    "Compare groups": groups.show,
    "Who answered": respondents.show,
    OPEN_ANSWERS_TAB: open_answers.show,
    "What we did": feedback.show,
}

ui.page_title("Participant experience", "What does membership do for people?")
workbook = current_workbook()
waves = cached(summarize_experience)(workbook)
if all(wave.is_empty for wave in waves):
    ui.empty_state("Survey", "See what members and their organizations gain, once they’ve answered a survey.")
    if workbook.actions:
        feedback.show(View(workbook=workbook, waves=()))
    st.stop()

with st.container(horizontal=True, vertical_alignment="bottom", key="survey-row"):
    with st.container(width=280):
        # Start with the latest survey that has answers, not with one that has only been announced.
        latest = next(wave.wave for wave in reversed(waves) if not wave.is_empty)
        shown = up_to(waves, wave_control(workbook, WaveKind.SURVEY, default=latest))
    view = View(workbook=workbook, waves=shown)
    ui.metric_row(response_cards(view.survey))
if is_staff() and (unassigned := unassigned_answers_text(waves)):
    st.caption(unassigned)
if view.survey.is_empty:
    st.write(no_answers_text(view.survey))
    st.stop()
outcomes.show(view)

tabs = st.tabs(list(TABS), key="tab", bind="query-params")
current = next((index for index, tab in enumerate(tabs) if tab.open), 0)
with tabs[current]:
    tables = list(TABS.values())[current](view)
ui.downloads(
    {"Outcomes": outcome_table(waves), "Answers": question_table(waves), **open_answers.tables(view), **tables},
    name="experience",
    charts_show=view.survey.wave or "",
)
