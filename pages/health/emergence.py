"""Emergent activity: what members start together, when, with whom, and what came of it."""

import streamlit as st

from nethealth.cache import cached
from nethealth.emergence import charts
from nethealth.emergence.metrics import METRICS, summarize_emergence
from nethealth.ui.components import (
    Column,
    ColumnKind,
    chart,
    downloads,
    empty_state,
    escape_markdown,
    explain_metrics,
    metric_row,
    page_title,
    searchable_table,
)
from nethealth.ui.emergence.register import activity_cards
from nethealth.ui.session import current_workbook, today

PAIRS = (Column("Collaborator", "Collaborator"), Column("With", "With"))
TOGETHER = Column("Activities together", "Activities together", ColumnKind.NUMBER)


def heading(finding: str) -> None:
    st.space("small")
    st.header(escape_markdown(finding), anchor=False)


def show_timeline() -> None:
    heading(charts.timeline_heading(emergence))
    if not emergence.timeline:
        st.write("A timeline shows once the activities have a date under Started.")
        return
    chart(
        cached(charts.timeline_figure)(workbook, as_of=today()),
        alt=charts.timeline_text(emergence),
        key="timeline",
    )
    st.caption("A line runs on to today while an activity is forming or active.")


def show_collaboration() -> None:
    if not emergence.pairs:
        return
    heading(charts.collaboration_heading(emergence))
    if charts.tied_together(emergence):
        figure = cached(charts.collaboration_figure)(workbook, as_of=today())
        chart(figure, alt=charts.collaboration_text(emergence), key="collaboration")
    with st.expander("Who collaborates with whom"):
        rows = charts.pair_rows(emergence)
        searchable_table(rows, (*PAIRS, TOGETHER), key="pairs", alt="Who collaborates with whom", rows_at_once=12)


page_title("Emergent activity", "What are members starting together?")
workbook = current_workbook()
emergence = cached(summarize_emergence)(workbook, as_of=today())
if emergence.is_empty:
    empty_state(
        "Emergent activity",
        "What members start together shows with one row for each activity: its name and who takes part.",
    )
    st.stop()

metric_row(charts.cards_of_figures(emergence))
show_timeline()
explain_metrics(METRICS)
heading("What each is about, and what came of it")
activity_cards(charts.cards(emergence), key="register")
show_collaboration()
downloads(
    {"Register": charts.register_rows(emergence), "Collaborators": charts.pair_rows(emergence)},
    name="emergent-activity",
)
