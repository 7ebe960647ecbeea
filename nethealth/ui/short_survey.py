"""The short survey, to read, copy and download in both languages."""

from __future__ import annotations

import streamlit as st

from nethealth.workbook.short_survey import ENGLISH, LANGUAGES, survey_text


def to_paste() -> None:
    """The survey in each language as text with a button to copy it, folded, and as a file."""
    with st.expander("A short survey, ready to paste in a form"):
        st.caption(
            "Twelve sentences to agree with or not, two for each outcome, and three open questions. In Google Forms, "
            "make the sentences the rows of a multiple-choice grid and the five answers its columns."
        )
        for language, tab in zip(LANGUAGES, st.tabs(LANGUAGES), strict=True):
            with tab:
                st.code(survey_text(language), language=None, wrap_lines=True)
                st.download_button(
                    f"{language} (.txt)",
                    data=survey_text(language),
                    file_name=f"short-survey-{'en' if language == ENGLISH else 'es'}.txt",
                    mime="text/plain",
                    icon=":material/download:",
                    key=f"short-survey-{language}",
                    on_click="ignore",
                )
