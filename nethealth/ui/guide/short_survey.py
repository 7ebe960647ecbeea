"""The short survey, to read, copy and download in both languages."""

from __future__ import annotations

import streamlit as st

from nethealth.workbook.short_survey import ENGLISH, SPANISH, survey_text

TITLES = {
    ENGLISH: "A short survey, ready to paste in a form",
    SPANISH: "Una encuesta breve, lista para pegar en un formulario",
}
FILES = {ENGLISH: "short-survey.txt", SPANISH: "encuesta-breve.txt"}


def to_paste() -> None:
    """The survey in each language as text with a button to copy it, folded, and as a file."""
    st.markdown(
        "The short survey has twelve sentences to agree with or not, two for each outcome, and three open questions. "
        "In Google Forms, make the sentences the rows of a multiple-choice grid and the five answers its columns.",
        width=720,
    )
    for language, title in TITLES.items():
        with st.expander(title):
            st.code(survey_text(language), language=None, wrap_lines=True)
            st.download_button(
                f"{language} (.txt)",
                data=survey_text(language),
                file_name=FILES[language],
                mime="text/plain",
                icon=":material/download:",
                key=f"short-survey-{language}",
                on_click="ignore",
            )
