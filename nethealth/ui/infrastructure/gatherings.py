"""Convenings and Activities tabs: rhythm, attendance, outcomes, and first-time attendees."""

from __future__ import annotations

import streamlit as st

from nethealth import infrastructure
from nethealth.cache import cached
from nethealth.infrastructure import METRICS, PAGE_METRICS, GatheringKind
from nethealth.infrastructure.charts import attendance as attendance_charts
from nethealth.infrastructure.charts import calendar
from nethealth.infrastructure.charts import gatherings as charts
from nethealth.infrastructure.tables import gatherings as tables
from nethealth.presentation.table import Table
from nethealth.ui import components as ui
from nethealth.ui.infrastructure.view import InfrastructureView, Tables, heading
from nethealth.ui.record import attendance
from nethealth.ui.tables import show_table

EMPTY_TEXT = {
    GatheringKind.CONVENING: "Add one row per convening to see how often people meet and who comes.",
    GatheringKind.ACTIVITY: "Add one row per activity to see what keeps people in touch between convenings.",
}


def show_convenings(view: InfrastructureView) -> Tables:
    """Show convenings, and the form to record who came. Return the downloads."""
    attendance.show()
    return _show(view, GatheringKind.CONVENING)


def show_activities(view: InfrastructureView) -> Tables:
    """Show activities. Return the downloads."""
    return _show(view, GatheringKind.ACTIVITY)


def _show(view: InfrastructureView, kind: GatheringKind) -> Tables:
    summary = cached(infrastructure.summarize_gatherings)(view.workbook, kind=kind, as_of=view.as_of)
    tab = kind.plural.capitalize()
    heading(charts.gatherings_title(summary, kind=kind))
    if summary.is_empty:
        ui.empty_state(tab, EMPTY_TEXT[kind], outline=False)
        return {}
    if (rhythm := calendar.rhythm_text(summary, kind=kind)) is not None:
        st.write(rhythm)
    ui.metric_row(tables.gathering_cards(summary, kind=kind))
    if calendar.calendar_years(summary):
        figure = cached(calendar.draw_calendar)(view.workbook, kind=kind, as_of=view.as_of)
        ui.chart(figure, alt=calendar.calendar_text(summary, kind=kind), key=f"{kind.plural}-calendar")
    gatherings = tables.gathering_table(summary, kind=kind)
    show_table(gatherings, key=kind.plural, label=f"All {kind.plural}")
    years = tables.year_table(summary, kind=kind)
    if len(summary.past) > 1:
        st.space("small")
        heading(charts.attendance_title(summary, kind=kind))
        figure = cached(charts.draw_gatherings)(view.workbook, kind=kind, as_of=view.as_of)
        ui.chart(figure, alt=charts.gatherings_text(summary, kind=kind), key=f"{kind.plural}-chart")
        with st.expander("Show year by year"):
            show_table(years, key=f"{kind.plural}-years", label=f"{tab} by year")
    ui.explain_metrics(METRICS[kind.plural])
    return {tab: gatherings, "Year by year": years, "First time": _show_attendees(view, kind)}


def _show_attendees(view: InfrastructureView, kind: GatheringKind) -> Table:
    attendance = cached(infrastructure.summarize_attendance)(view.workbook, kind=kind, as_of=view.as_of)
    if not attendance.is_empty:
        st.space("small")
        heading(attendance_charts.attendees_title(attendance, kind=kind))
        ui.chart(
            attendance_charts.attendees_chart(attendance),
            alt=attendance_charts.attendees_text(attendance, kind=kind),
            key=f"{kind.plural}-attendees",
        )
        months = view.workbook.settings.engaged_within_months
        ui.metric_row(tables.regularity_cards(attendance, kind=kind, months=months))
        ui.explain_metrics(PAGE_METRICS["attendance"])
    return tables.turnout_table(attendance, kind=kind)
