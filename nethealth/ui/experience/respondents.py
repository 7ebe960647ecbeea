"""Who answered, survey by survey, and which members are heard less than others."""

from __future__ import annotations

import streamlit as st

from nethealth.cache import cached
from nethealth.experience import summarize_respondents
from nethealth.experience.charts import groups as figures
from nethealth.metric import Unit
from nethealth.presentation.formatting import format_value
from nethealth.ui import components as ui
from nethealth.ui.components import Column, ColumnKind
from nethealth.ui.experience.view import Tables, View, heading, meaning
from nethealth.ui.session import is_staff, smallest_group

COLUMNS = (
    Column("wave", "Survey"),
    Column("date", "When", ColumnKind.DATE),
    Column("answered", "Answered", ColumnKind.NUMBER),
    Column("asked", "Asked", ColumnKind.NUMBER),
    Column("rate", "Response rate", ColumnKind.SHARE),
)


def show(view: View) -> Tables:
    """The response rate of each survey; for staff, the share who answered in each group of the members."""
    rates = [each for each in view.waves if each.response_rate is not None]
    latest = format_value(rates[-1].response_rate, Unit.SHARE) if rates else None
    heading(f"{latest} of those asked answered" if latest else "Nobody knows how many were asked")
    ui.searchable_table(
        [
            {
                "wave": each.wave or "One survey",
                "date": each.date,
                "answered": each.answered,
                "asked": each.asked,
                "rate": each.response_rate,
            }
            for each in reversed(view.waves)
        ],
        COLUMNS,
        key="rates",
        alt="How many answered each survey",
    )
    rows: Tables = {}
    if is_staff():
        rows = _groups(view)
    else:
        st.caption("Staff see how those who answered differ from the members.")
    meaning("response_rate", "heard_share")
    return rows


def _groups(view: View) -> Tables:
    told = cached(summarize_respondents)(view.workbook, wave=view.survey.wave)
    heading(figures.response_heading(told))
    st.write(" ".join(figures.response_notes(told)))
    if not told.columns:
        return {}
    few = smallest_group()
    names = [column.by for column in told.columns]
    by = st.selectbox("By", names, key="heard-by", bind="query-params", width=280)
    column = next((each for each in told.columns if each.by == by), told.columns[0])
    st.html(figures.response_dots(column, told, smallest_group=few))
    if any(group.share is not None for group in column.groups):
        st.caption("The upright mark is all members. A filled dot lies further from it than chance would bring about.")
    return {"Who answered": figures.response_rows(told, wave=view.survey.wave, smallest_group=few)}
