"""What every tab of the experience page shares: the survey it shows, headings, explanations, and links to answers."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import streamlit as st

from nethealth.cache import cached
from nethealth.experience import METRICS, AnswerLocation, SurveyComparisons, WaveExperience, survey_comparisons
from nethealth.experience.charts.answer_rows import row_id
from nethealth.presentation.table import Table
from nethealth.ui import components as ui
from nethealth.workbook.records import Workbook

Tables: TypeAlias = Mapping[str, Table]
"""What a tab adds to the page's downloads: tables by title."""

ANSWERS_TAB, OPEN_ANSWERS_TAB = "How people answered", "In their own words"
_SCROLL_TARGET = "experience-scroll-target"


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The survey on the page and the ones before it."""

    workbook: Workbook
    waves: Sequence[WaveExperience]
    """Oldest first; the last is on the page."""

    @property
    def survey(self) -> WaveExperience:
        """The survey on the page."""
        return self.waves[-1]

    def comparisons(self) -> SurveyComparisons:
        """Return the survey's group comparisons, cached for everyone."""
        return cached(survey_comparisons)(self.workbook, wave=self.survey.wave)


def heading(finding: str) -> None:
    """Show a section's heading, which may quote a cell."""
    st.space("small")
    st.header(ui.escape_markdown(finding), anchor=False)


def explain(*metric_ids: str) -> None:
    """Show how to read the numbers above, folded."""
    ui.explain_metrics([metric for metric in METRICS if metric.id in metric_ids])


def go_to_answers(location: AnswerLocation) -> None:
    """Open the tab that shows the answers to a question; `scroll_to_answers` completes it in the next run."""
    st.session_state["tab"] = OPEN_ANSWERS_TAB if location.is_open else ANSWERS_TAB
    if location.wave is not None:
        st.session_state["survey"] = location.wave
    if location.is_open:
        st.session_state["open-question"] = location.question
    st.session_state[_SCROLL_TARGET] = ".st-key-open-question" if location.is_open else f"#{row_id(location.question)}"


def scroll_to_answers() -> None:
    """Scroll once to the target of `go_to_answers` and move the keyboard focus there. Call after drawing it."""
    if (target := st.session_state.pop(_SCROLL_TARGET, None)) is not None:
        st.html(f"<script>({_SCROLL})({json.dumps(target)})</script>", unsafe_allow_javascript=True)


_SCROLL = """target => {
  // The page is still being laid out, so what is above may push the target down: try again for a while.
  let tries = 20;
  const scroll = () => {
    const found = document.querySelector(target);
    if (found && found !== document.activeElement) { found.tabIndex = -1; found.focus({ preventScroll: true }); }
    if (found) found.scrollIntoView({ block: "center" });
    if (--tries > (found ? 15 : 0)) setTimeout(scroll, 150);
  };
  scroll();
}"""
