"""Participant experience: what members say that their membership does for them, survey by survey."""

import streamlit as st

from nethealth.cache import cached
from nethealth.experience import summarize_experience, up_to
from nethealth.experience.cards import no_answers_text, response_cards, unassigned_answers_text
from nethealth.experience.tables import outcome_rows, question_rows
from nethealth.ui import components as ui
from nethealth.ui.controls import wave_control
from nethealth.ui.experience import View, answers, feedback, groups, open_answers, outcomes, respondents
from nethealth.ui.experience.view import ANSWERS_TAB, OPEN_ANSWERS_TAB
from nethealth.ui.session import current_workbook, is_staff
from nethealth.workbook.schema.vocabulary import WaveKind

TABS = {
    ANSWERS_TAB: answers.show,
    "What differs": groups.show,
    "Who answered": respondents.show,
    OPEN_ANSWERS_TAB: open_answers.show,
    "What we heard, what we did": feedback.show,
}

ui.page_title("Participant experience", "What does membership do for people?")
workbook = current_workbook()
waves = cached(summarize_experience)(workbook)
if all(wave.is_empty for wave in waves):
    ui.empty_state("Survey", "What members gain, as people and as organizations, shows once they answered a survey.")
    if workbook.actions:
        feedback.show(View(workbook=workbook, waves=()))
    st.stop()

with st.container(horizontal=True, vertical_alignment="bottom", key="survey-row"):
    with st.container(width=280):
        # A survey that has only just been announced does not push the one before it out of sight.
        answered = next(wave.wave for wave in reversed(waves) if not wave.is_empty)
        shown = up_to(waves, wave_control(workbook, WaveKind.SURVEY, default=answered))
    view = View(workbook=workbook, waves=shown)
    ui.metric_row(response_cards(view.survey))
if is_staff() and (nameless := unassigned_answers_text(waves)):
    st.caption(nameless)
if view.survey.is_empty:
    st.write(no_answers_text(view.survey))
    st.stop()
outcomes.show(view)

opened = st.tabs(list(TABS), key="tab", bind="query-params")
current = next((place for place, tab in enumerate(opened) if tab.open), 0)
with opened[current]:
    tables = list(TABS.values())[current](view)
ui.downloads(
    {"Outcomes": outcome_rows(waves), "Answers": question_rows(waves), **open_answers.tables(view), **tables},
    name="experience",
)
