"""What every tab of the page on experience shows a side of, and how its headings are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import streamlit as st

from nethealth.experience import MEASURES, SurveyViews, WaveExperience, survey_views
from nethealth.ui import components as ui
from nethealth.ui.cached import by_workbook
from nethealth.workbook.records import Workbook

Tables: TypeAlias = Mapping[str, Sequence[Mapping[str, object]]]
"""What a tab adds to the page's downloads: rows by title."""


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

    def by_group(self) -> SurveyViews:
        """What it shows of groups, worked out once for everybody."""
        return by_workbook(survey_views)(self.workbook, wave=self.survey.wave)


def heading(finding: str) -> None:
    """A section's heading: what it found, in words that may hold a cell's."""
    st.space("small")
    st.header(ui.safe(finding), anchor=False)


def meaning(*measures: str) -> None:
    """How to read the figures above, folded; `measures` are ids of declared ones."""
    ui.what_this_means([measure for measure in MEASURES if measure.id in measures])
