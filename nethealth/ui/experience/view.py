"""What every tab of the page on experience shows a side of, and how its headings are written."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import streamlit as st

from nethealth.cache import cached
from nethealth.experience import METRICS, AnswerLocation, SurveyComparisons, WaveExperience, survey_comparisons
from nethealth.experience.charts.answer_rows import row_id
from nethealth.ui import components as ui
from nethealth.workbook.records import Workbook

Tables: TypeAlias = Mapping[str, Sequence[Mapping[str, object]]]
"""What a tab adds to the page's downloads: rows by title."""

ANSWERS_TAB, OPEN_ANSWERS_TAB = "How people answered", "In their own words"
"""The tabs that show the answers to closed and to open questions."""
_LEADS_TO = "experience-leads-to"


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The survey on the page, as it was chosen above, with those before it."""

    workbook: Workbook
    waves: Sequence[WaveExperience]
    """Oldest first; the last is the one on the page."""

    @property
    def survey(self) -> WaveExperience:
        """The survey on the page."""
        return self.waves[-1]

    def by_group(self) -> SurveyComparisons:
        """What it shows of groups, worked out once for everybody."""
        return cached(survey_comparisons)(self.workbook, wave=self.survey.wave)


def heading(finding: str) -> None:
    """A section's heading: what it found, in words that may hold a cell's."""
    st.space("small")
    st.header(ui.escape_markdown(finding), anchor=False)


def meaning(*measures: str) -> None:
    """How to read the figures above, folded; `measures` are ids of declared ones."""
    ui.explain_metrics([measure for measure in METRICS if measure.id in measures])


def go_to_answers(place: AnswerLocation) -> None:
    """Open the tab that shows the answers to a question, in its survey: at the next run, which "
    "`scroll_to_answers` completes."""
    st.session_state["tab"] = OPEN_ANSWERS_TAB if place.is_open else ANSWERS_TAB
    if place.wave is not None:
        st.session_state["survey"] = place.wave
    if place.is_open:
        st.session_state["open-question"] = place.question
    st.session_state[_LEADS_TO] = ".st-key-open-question" if place.is_open else f"#{row_id(place.question)}"


def scroll_to_answers() -> None:
    """Bring what `go_to_answers` led to into sight, once, with the keyboard's place on it. Call after it is drawn."""
    if (sought := st.session_state.pop(_LEADS_TO, None)) is not None:
        st.html(f"<script>({_ARRIVE})({json.dumps(sought)})</script>", unsafe_allow_javascript=True)


_ARRIVE = """sought => {
  // The page is still being laid out: what stands above may push it further down.
  let left = 20;
  const look = () => {
    const found = document.querySelector(sought);
    if (found && found !== document.activeElement) { found.tabIndex = -1; found.focus({ preventScroll: true }); }
    if (found) found.scrollIntoView({ block: "center" });
    if (--left > (found ? 15 : 0)) setTimeout(look, 150);
  };
  look();
}"""
