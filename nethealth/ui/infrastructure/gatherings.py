"""Convenings, and the activities between them: the rhythm, who came, what came of each, who is new to them."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from nethealth import infrastructure
from nethealth.cache import cached
from nethealth.infrastructure import METRICS, PAGE_METRICS, Attendance, GatheringSummary, tables
from nethealth.infrastructure.charts import calendar, participation
from nethealth.infrastructure.charts import gatherings as gathered
from nethealth.infrastructure.charts.gathering_views import ACTIVITIES, CONVENINGS, GatheringView
from nethealth.ui import components as ui
from nethealth.ui.infrastructure.view import Tables, View, columns, filled, heading, register


def show_convenings(view: View) -> Tables:
    """The convenings: calendar, attendance, outcomes, newcomers. Returns what can be downloaded."""
    summary = cached(infrastructure.summarize_convenings)(view.workbook, as_of=view.as_of)
    return _show(view, summary, CONVENINGS)


def show_activities(view: View) -> Tables:
    """The activities between convenings, likewise."""
    summary = cached(infrastructure.summarize_activities)(view.workbook, as_of=view.as_of)
    return _show(view, summary, ACTIVITIES)


def _show(view: View, summary: GatheringSummary, called: GatheringView) -> Tables:
    heading(gathered.gatherings_title(summary, one=called.one, many=called.many))
    if summary.is_empty:
        ui.empty_state(called.tab, called.hint, outline=False)
        return {}
    if (rhythm := calendar.rhythm_text(summary, one=called.one)) is not None:
        st.write(rhythm)
    ui.metric_row(tables.gathering_cards(summary, one=called.one, many=called.many))
    if calendar.calendar_years(summary):
        words = calendar.calendar_text(summary, one=called.one, many=called.many)
        ui.chart(
            cached(called.calendar)(view.workbook, as_of=view.as_of),
            alt=words,
            key=f"{called.many}-calendar",
        )
    rows = tables.gathering_rows(summary, one=called.one, notes=called.outcomes)
    shown = columns(*filled((called.one.capitalize(), "Date", called.outcomes, tables.WHO_CAME, "Link"), rows))
    ui.searchable_table(rows, shown, key=called.many, alt=f"Each {called.one} and what came of it", rows_at_once=6)
    years = tables.year_rows(summary)
    if len(summary.held) > 1:
        st.space("small")
        heading(gathered.attendance_title(summary, many=called.many))
        words = gathered.gatherings_text(summary, one=called.one, many=called.many)
        ui.chart(cached(called.chart)(view.workbook, as_of=view.as_of), alt=words, key=f"{called.many}-chart")
        with st.expander("Year by year"):
            register(years, key=f"{called.many}-years", alt=f"The {called.many} of each year", rows_at_once=12)
    ui.explain_metrics(METRICS[called.many])
    told = cached(called.attendance)(view.workbook, as_of=view.as_of)
    return {called.tab: tables.for_download(rows), "Year by year": years, "First time": _newcomers(view, told, called)}


def _newcomers(view: View, told: Attendance, called: GatheringView) -> Sequence[ui.Row]:
    if told.is_empty:
        return []
    st.space("small")
    heading(participation.newcomers_title(told, one=called.one))
    words = participation.newcomers_text(told, one=called.one)
    ui.chart(participation.newcomers_chart(told), alt=words, key=f"{called.many}-newcomers")
    months = view.workbook.settings.engaged_within_months
    ui.metric_row(participation.regularity_cards(told, many=called.many, months=months))
    ui.explain_metrics(PAGE_METRICS["attendance"])
    return participation.newcomer_rows(told, one=called.one)
