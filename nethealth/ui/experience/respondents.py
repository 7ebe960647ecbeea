"""Response rates survey by survey, and which groups of members are underrepresented."""

from __future__ import annotations

import streamlit as st

from nethealth.cache import cached
from nethealth.experience import summarize_respondents, tables
from nethealth.experience.charts import response_rates as charts
from nethealth.metric import Unit
from nethealth.presentation.formatting import format_value
from nethealth.ui import components as ui
from nethealth.ui.experience.view import Tables, View, explain, heading
from nethealth.ui.session import is_staff, smallest_group


def show(view: View) -> Tables:
    """Show the response rate of each survey and, for staff, of each group of members."""
    rates = [each.response_rate for each in view.waves if each.response_rate is not None]
    heading(
        f"{format_value(rates[-1], Unit.SHARE)} of the people we asked answered"
        if rates
        else "We don’t know how many people were asked"
    )
    ui.show_table(tables.survey_table(view.waves), key="rates", label="Response rates by survey")
    files: Tables = {}
    if is_staff():
        files = _show_groups(view)
    else:
        st.caption("Staff can also see response rates by category.")
    explain("response_rate", "group_response_rate")
    return files


def _show_groups(view: View) -> Tables:
    respondents = cached(summarize_respondents)(view.workbook, wave=view.survey.wave)
    heading(charts.response_heading(respondents))
    st.write(" ".join(charts.response_notes(respondents)))
    if not respondents.columns:
        return {}
    smallest = smallest_group()
    names = [column.by for column in respondents.columns]
    by = st.selectbox("By", names, key="response-by", bind="query-params", width=280)
    column = next((each for each in respondents.columns if each.by == by), respondents.columns[0])
    st.html(charts.response_dots(column, respondents, smallest_group=smallest))
    if any(group.share is not None for group in column.groups):
        st.caption(
            "The vertical mark shows all members. Filled dots differ from it by more than chance alone would explain."
        )
    return {"Who answered": tables.response_table(respondents, wave=view.survey.wave, smallest_group=smallest)}
