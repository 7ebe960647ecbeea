"""The timeline of activities, and the collaborators who connect them."""

from __future__ import annotations

import streamlit as st

from nethealth.cache import cached
from nethealth.emergence import charts
from nethealth.emergence.metrics import Emergence
from nethealth.emergence.tables import pair_table
from nethealth.ui.components import chart, escape_markdown, show_table
from nethealth.workbook.records import Workbook


def show_heading(finding: str) -> None:
    """Show a section's heading, which may quote a cell."""
    st.space("small")
    st.header(escape_markdown(finding), anchor=False)


def show_timeline(workbook: Workbook, emergence: Emergence) -> None:
    """Show the timeline, or how to get one."""
    show_heading(charts.timeline_heading(emergence))
    if not emergence.timeline:
        st.write("Fill in the Started column to see a timeline.")
        return
    figure = cached(charts.timeline_figure)(workbook, as_of=emergence.as_of)
    chart(figure, alt=charts.timeline_text(emergence), key="timeline")
    st.caption("Lines show activities that are forming or active today.")


def show_collaboration(workbook: Workbook, emergence: Emergence) -> None:
    """Show who takes part in several activities and, folded, every pair of collaborators; nothing without pairs."""
    if not emergence.pairs:
        return
    show_heading(charts.collaboration_heading(emergence))
    if charts.connectors(emergence):
        figure = cached(charts.collaboration_figure)(workbook, as_of=emergence.as_of)
        chart(figure, alt=charts.collaboration_text(emergence), key="collaboration")
    with st.expander("Pairs of collaborators"):
        show_table(pair_table(emergence), key="pairs", label="Pairs of collaborators")
