"""The short survey in both languages, to read, copy, or download."""

from __future__ import annotations

import streamlit as st

from nethealth.workbook.short_survey import ENGLISH, SPANISH, survey_text

TITLES = {
    ENGLISH: "A short survey to paste into a form",
    SPANISH: "Una encuesta breve para pegar en un formulario",
}
FILES = {ENGLISH: "short-survey.txt", SPANISH: "encuesta-breve.txt"}


def show_short_survey() -> None:
    """Show the survey in each language, folded, with buttons to copy and to download it."""
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
