"""Weaving: open follow-ups, who to talk with next, the conversation log, and what became of introductions."""

from dataclasses import replace

import streamlit as st

from nethealth.cache import cached
from nethealth.network.connectivity import analyze_connectivity
from nethealth.presentation.formatting import pluralize
from nethealth.presentation.table import Table
from nethealth.ui import components as ui
from nethealth.ui.routes import link
from nethealth.ui.session import current_workbook, is_staff, today
from nethealth.ui.tables import show_table
from nethealth.ui.weaving import outreach
from nethealth.weaving import METRICS, RECENT_DAYS, summarize_weaving, tables

FOLLOW_UPS_SHOWN = 3
"""The most urgent follow-ups, shown at once; the rest are folded."""


def show_outreach() -> Table:
    title = st.container()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        choice = st.selectbox("Show", list(outreach.FILTERS), key="reach", bind="query-params", width=260)
        days = st.number_input(
            "Recent (days)", 30, 1_500, RECENT_DAYS, step=30, key="quiet", bind="query-params", width=220
        )
    found = cached(outreach.find_outreach)(workbook, as_of=today(), recent_days=int(days))
    with title:
        st.header(outreach.outreach_title(found), anchor=False)
        st.write(outreach.outreach_text(found))
    shown = outreach.filter_outreach(found, choice=choice)
    table = outreach.outreach_table(shown, workbook=workbook, as_of=today())
    show_table(table, key="outreach", label="People to talk with, and why")
    st.caption(outreach.no_conversation_text(found, recent_days=int(days)))
    st.caption(outreach.NOTE if table else outreach.NONE_FOR_FILTER if found else outreach.NONE_AT_ALL)
    return table


ui.page_title("Weaving", "Who should we talk with next?")
workbook = current_workbook()
summary = cached(summarize_weaving)(workbook, as_of=today())
if summary.is_empty:
    ui.empty_state(
        "Weaving",
        "Add one row per conversation to keep track of follow-ups and introductions.",
        outline=not (is_staff() and workbook.members),
    )
    if is_staff() and workbook.members:
        ui.downloads({"People to reach": show_outreach()}, name="weaving")
    st.stop()

ui.metric_row(tables.weaving_cards(summary, workbook=workbook, for_staff=is_staff()))
if analyze_connectivity(workbook).has_no_reports:
    st.write("No one has reported connections yet, so the map is based on these conversations.")
    link("connectivity", "See the map", icon=":material/hub:")
if not is_staff():
    st.caption("Only staff see names and what people said.")
    ui.explain_metrics(METRICS)
    st.stop()

st.header(tables.follow_ups_title(summary), anchor=False)
follow_ups = tables.follow_up_table(summary, workbook=workbook)
first = replace(follow_ups, rows=follow_ups.rows[:FOLLOW_UPS_SHOWN])
show_table(first, key="follow-ups", label="The most urgent follow-ups")
if more := follow_ups.rows[FOLLOW_UPS_SHOWN:]:
    with st.expander(pluralize(len(more), "more follow-up")):
        show_table(replace(follow_ups, rows=more), key="more-follow-ups", label="Less urgent follow-ups")
people_to_reach = show_outreach()

st.header(tables.log_title(summary), anchor=False)
log = tables.log_table(summary, workbook=workbook)
with st.expander("Show all conversations"):
    show_table(log, key="log", label="All conversations, latest first")

st.header(tables.introductions_title(summary), anchor=False)
st.write(tables.introductions_text(summary))
introductions = tables.introduction_table(summary, workbook=workbook)
with st.expander("Show all introductions"):
    show_table(introductions, key="introductions", label="Introductions and their outcomes")
ui.explain_metrics(METRICS)
ui.downloads(
    {
        "Follow-ups": follow_ups,
        "People to reach": people_to_reach,
        "Conversations": log,
        "Introductions": introductions,
    },
    name="weaving",
)
