"""Who takes part and who is drifting away: for staff alone."""

from __future__ import annotations

import streamlit as st

from nethealth import infrastructure
from nethealth.cache import cached
from nethealth.infrastructure import METRICS
from nethealth.infrastructure.charts import participation as charts
from nethealth.ui import components as ui
from nethealth.ui.infrastructure.view import Tables, View, heading, period_and_years, register


def show(view: View) -> Tables:
    """Who took part lately and over time, whom to call, and each member's attendance. Returns what can be downloaded.

    Names people who are drifting: only ever called for staff.
    """
    engaged = cached(infrastructure.summarize_engagement)(view.workbook, as_of=view.as_of)
    heading(charts.engagement_title(engaged))
    if engaged.engaged is None or not engaged.members:
        ui.empty_state("Members", "Who takes part shows once members have a date under Joined.", outline=False)
        return {}
    st.caption("Only staff see this tab.")
    with st.container(horizontal=True, key="engagement-controls"):
        period, years = period_and_years(view.workbook)
    over_time = cached(infrastructure.engagement_by_period)(
        view.workbook, period=period, as_of=view.as_of, fiscal_year_starts=years
    )
    if len(over_time) > 1:
        figure = cached(charts.engagement_chart_by)(
            view.workbook, period=period, as_of=view.as_of, fiscal_year_starts=years
        )
        ui.chart(figure, alt=charts.engagement_text(over_time), key="engagement")
    st.caption("How they took part, in people; one person can be in several.")
    ui.metric_row(charts.ways_cards(engaged))
    ui.explain_metrics(METRICS["engagement"])
    adrift = cached(infrastructure.find_disengaging_members)(view.workbook, as_of=view.as_of)
    calls = charts.drifting_rows(adrift)
    st.space("small")
    heading(charts.drifting_title(adrift))
    if calls:
        st.write("A call is worth more than a reminder: ask how they are, and what would be worth their time.")
        register(calls, key="drifting", alt="Members who have not been seen for a while", rows_at_once=12)
    attended = charts.attendance_rows(
        cached(charts.convening_attendance)(view.workbook, as_of=view.as_of),
        cached(charts.activity_attendance)(view.workbook, as_of=view.as_of),
    )
    with st.expander("Each member's attendance"):
        st.caption("Of gatherings whose list of names is kept, since each member joined.")
        register(attended, key="attendance", alt="How often each member came", rows_at_once=20)
    return {"Engaged": charts.engagement_rows(over_time), "Drifting": calls, "Attendance": attended}
