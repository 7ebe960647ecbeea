"""History: how many conversations and introductions there were, and which follow-ups were done."""

from __future__ import annotations

import streamlit as st

from nethealth.presentation.table import Table
from nethealth.ui import components as ui
from nethealth.ui.session import current_workbook, is_staff
from nethealth.weaving import METRICS, WeavingSummary, tables


def show(summary: WeavingSummary) -> dict[str, Table]:
    """Show the metrics, and return the follow-ups that were done as a table to download."""
    workbook = current_workbook()
    ui.metric_row(tables.weaving_cards(summary, workbook=workbook, for_staff=is_staff()))
    done = tables.done_table(summary, workbook=workbook)
    if done:
        st.header(tables.done_title(summary), anchor=False)
        with st.container(key="unfolds-done"), st.expander("Show them"):
            ui.show_table(done, key="done", label="Follow-ups that were done, the latest first", prints=True)
    ui.explain_metrics(METRICS)
    return {"Follow-ups done": done}
