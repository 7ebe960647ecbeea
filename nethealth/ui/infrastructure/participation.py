"""Participation tab: who takes part, and who hasn't lately. Staff only."""

from __future__ import annotations

import streamlit as st

from nethealth import infrastructure
from nethealth.cache import cached
from nethealth.infrastructure import METRICS, GatheringKind
from nethealth.infrastructure.charts import engagement as charts
from nethealth.infrastructure.tables import engagement as tables
from nethealth.ui import components as ui
from nethealth.ui.infrastructure.view import InfrastructureView, Tables, heading, period_and_years
from nethealth.ui.tables import show_table


def show(view: InfrastructureView) -> Tables:
    """Show engagement over time, members to call, and each member's attendance. Return the downloads.

    Names members who haven't taken part lately, so call it for staff only.
    """
    engagement = cached(infrastructure.summarize_engagement)(view.workbook, as_of=view.as_of)
    heading(charts.engagement_title(engagement))
    if engagement.engaged is None or not engagement.members:
        ui.empty_state("Members", "Add a Joined date for each member to see who takes part.", outline=False)
        return {}
    st.caption("Only staff see this tab.")
    with st.container(horizontal=True, key="engagement-controls"):
        period, years = period_and_years(view.workbook)
    periods = cached(infrastructure.engagement_by_period)(
        view.workbook, period=period, as_of=view.as_of, fiscal_year_starts=years
    )
    if len(periods) > 1:
        figure = cached(charts.draw_engagement)(
            view.workbook, period=period, as_of=view.as_of, fiscal_year_starts=years
        )
        ui.chart(figure, alt=charts.engagement_text(periods), key="engagement")
    st.caption("How they took part. One person can appear more than once.")
    ui.metric_row(tables.participation_cards(engagement))
    ui.explain_metrics(METRICS["engagement"])
    members = cached(infrastructure.find_disengaging_members)(view.workbook, as_of=view.as_of)
    disengaging = tables.disengaging_table(members)
    st.space("small")
    heading(tables.disengaging_title(members))
    if disengaging:
        st.write("Call them instead of sending a reminder. Ask how they are, and what would be worth their time.")
        show_table(disengaging, key="disengaging", label="Members who haven’t taken part lately")
    attendance = tables.attendance_table(
        cached(infrastructure.summarize_attendance)(view.workbook, kind=GatheringKind.CONVENING, as_of=view.as_of),
        cached(infrastructure.summarize_attendance)(view.workbook, kind=GatheringKind.ACTIVITY, as_of=view.as_of),
    )
    with st.expander("Show each member’s attendance"):
        st.caption("We count gatherings with names under Attendees since each member joined.")
        show_table(attendance, key="attendance", label="Each member’s attendance")
    return {"Engaged": tables.engagement_table(periods), "Not lately": disengaging, "Attendance": attendance}
