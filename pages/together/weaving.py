"""Weaving: what to do today, a conversation to record, the log, introductions, and prompts."""

import streamlit as st

from nethealth.cache import cached
from nethealth.network.connectivity import analyze_connectivity
from nethealth.ui import components as ui
from nethealth.ui import recording
from nethealth.ui.routes import link
from nethealth.ui.session import current_workbook, is_staff, may_record, today
from nethealth.ui.weaving import (
    conversation_form,
    conversations,
    directory,
    history,
    introductions,
    prompts,
    rows,
)
from nethealth.ui.weaving import today as today_tab
from nethealth.weaving import METRICS, summarize_weaving, tables

FOR_STAFF = {
    "Today": today_tab.show,
    "Log": conversations.show,
    "Introductions": introductions.show,
    "History": history.show,
    "Prompts": prompts.show,
}
FOR_WEAVERS = {
    "Today": today_tab.show,
    "Log": conversations.show,
    "Directory": directory.show,
    "Prompts": prompts.show,
}

ui.page_title("Weaving", "Who should we talk with next?")
workbook = current_workbook()
summary = cached(summarize_weaving)(workbook, as_of=today())
if not may_record():
    if summary.is_empty:
        ui.empty_state("Weaving", "Add one row per conversation to keep track of follow-ups and introductions.")
        st.stop()
    ui.metric_row(tables.weaving_cards(summary, workbook=workbook, for_staff=False))
    st.caption("Only staff see names and what people said.")
    ui.explain_metrics(METRICS)
    st.stop()

st.html(rows.STYLE)
if recording.can_record():
    conversation_form.show_button()
    if not conversation_form.is_open():
        recording.show_saved()
conversation_form.show_form()
if is_staff() and not summary.is_empty and analyze_connectivity(workbook).has_no_reports:
    st.write("No one has reported connections yet, so the map is based on these conversations.")
    link("connectivity", "See the map", icon=":material/hub:")

shown = FOR_STAFF if is_staff() else FOR_WEAVERS
tabs = st.tabs(list(shown), key="tab", bind="query-params")
current = next((index for index, tab in enumerate(tabs) if tab.open), 0)
with tabs[current]:
    files = list(shown.values())[current](summary)
if is_staff():
    ui.downloads(files, name="weaving")
