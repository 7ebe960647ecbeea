"""Participant experience: what members say that their membership does for them, survey by survey."""

import streamlit as st

from nethealth.experience import MEASURES, open_answers, summarize_experience, up_to
from nethealth.figures import experience_charts as charts
from nethealth.ui.cached import by_workbook
from nethealth.ui.components import (
    Column,
    ColumnKind,
    chart,
    downloads,
    figure_row,
    nothing_yet,
    page_title,
    register_table,
    safe,
    what_this_means,
)
from nethealth.ui.controls import wave_control
from nethealth.ui.session import current_workbook, is_staff
from nethealth.workbook.vocabulary import Level, WaveKind

LEVELS = {Level.PARTICIPANT: "For each participant", Level.ORGANIZATION: "For their organizations"}


def heading(finding: str) -> None:
    st.space("small")
    st.header(safe(finding), anchor=False)


def show_outcomes() -> None:
    for level, words in LEVELS.items():
        heading(words)
        figure_row(charts.outcome_cards(shown, level=level))
    what_this_means([measure for measure in MEASURES if measure.id != "distribution"])


def show_answers() -> None:
    figures = by_workbook(charts.answer_figures)(workbook, wave=latest.wave)
    for place, questions in enumerate(charts.by_scale(latest.questions)):
        heading(charts.distribution_heading(questions))
        chart(figures[place], alt=charts.distribution_in_words(questions), key=f"answers-{place}")
    if (figure := by_workbook(charts.choice_figure)(workbook, wave=latest.wave)) is not None:
        choices = charts.with_choices(latest.questions)
        heading(charts.choice_heading(choices))
        chart(figure, alt=charts.distribution_in_words(choices), key="choices")
    what_this_means([measure for measure in MEASURES if measure.id == "distribution"])


def show_open_answers() -> None:
    said = {each.question: each.answers for each in open_answers(workbook, wave=latest.wave)}
    if not said:
        return
    heading("In their own words")
    st.caption("Only staff see this. Answers stand in alphabetical order, so that nobody’s can be lined up.")
    question = st.selectbox("Question", list(said), key="open-question")
    rows = [{"n": place, "answer": answer} for place, answer in enumerate(said[question], start=1)]
    columns = (Column("n", "", ColumnKind.NUMBER), Column("answer", "Answer"))
    register_table(rows, columns, key="open-answers", alt="What people wrote", rows_at_once=12)


page_title("Participant experience", "What does membership do for people?")
workbook = current_workbook()
waves = by_workbook(summarize_experience)(workbook)
if all(wave.is_empty for wave in waves):
    nothing_yet("Survey", "What members gain, as people and as organizations, shows once they have answered a survey.")
    st.stop()

with st.container(width=280):
    shown = up_to(waves, wave_control(workbook, WaveKind.SURVEY))
latest = shown[-1]
figure_row(charts.answered_cards(latest))
if latest.is_empty:
    st.write("Nobody has answered this survey yet.")
    st.stop()
show_outcomes()
show_answers()
if is_staff():
    show_open_answers()
downloads({"Outcomes": charts.outcome_rows(waves), "Answers": charts.question_rows(waves)}, name="experience")
