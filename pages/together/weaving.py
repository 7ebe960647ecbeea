"""Weaving: what is still to be done and whom to reach, whom the weavers talked with, what introductions became."""

import streamlit as st

from nethealth.cache import cached
from nethealth.network.connectivity import analyze_connectivity
from nethealth.ui import components as ui
from nethealth.ui.components import Column, ColumnKind
from nethealth.ui.routes import link
from nethealth.ui.session import current_workbook, is_staff, today
from nethealth.ui.weaving import outreach_tables as reaching
from nethealth.weaving import METRICS, QUIET_DAYS, summarize_weaving, tables

DATES = ("Date", "Due", "Talked on", "On", "Last seen")


def register(rows: list[tables.Row], *, key: str, alt: str, rows_at_once: int = 12) -> None:
    if rows:
        kinds = dict.fromkeys(DATES, ColumnKind.DATE)
        shown = [Column(header, header, kinds.get(header, ColumnKind.TEXT)) for header in rows[0]]
        ui.searchable_table(rows, shown, key=key, alt=alt, rows_at_once=rows_at_once)


def people_to_reach() -> list[tables.Row]:
    heading = st.container()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        shown = st.selectbox("Show", list(reaching.SHOWN), key="reach", bind="query-params", width=260)
        days = st.number_input(
            "Not talked with for (days)", 30, 1_500, QUIET_DAYS, step=30, key="quiet", bind="query-params", width=220
        )
    found = cached(reaching.queue)(workbook, as_of=today(), quiet_days=int(days))
    with heading:
        st.header(reaching.queue_title(found), anchor=False)
        st.write(reaching.queue_text(found, quiet_days=int(days)))
    rows = reaching.queue_rows(reaching.kept(found, shown=shown), workbook=workbook, as_of=today())
    register(rows, key="queue", alt="People whom a call could help, and why")
    st.caption(reaching.NO_MARK if rows else reaching.NOBODY if found else "Nobody, just now.")
    return rows


ui.page_title("Weaving", "Whom have we talked with, and what did it start?")
workbook = current_workbook()
summary = cached(summarize_weaving)(workbook, as_of=today())
if summary.is_empty:
    ui.empty_state(
        "Weaving",
        "One row a conversation shows whom you talk with, what you hear and whom you introduce.",
        outline=not (is_staff() and workbook.members),
    )
    if is_staff() and workbook.members:
        ui.downloads({"People to reach": people_to_reach()}, name="weaving")
    st.stop()

cards = tables.weaving_cards(summary, workbook=workbook, for_staff=is_staff())
if is_staff():
    cards.insert(0, tables.follow_up_card(summary))
ui.metric_row(cards)
if cached(analyze_connectivity)(workbook).has_no_reports:
    st.write("Nobody has been asked about their ties yet, so the map stands on these conversations.")
    link("connectivity", "See it on the map", icon=":material/hub:")
if not is_staff():
    st.caption("Who was talked with, and about what, only staff see.")
    ui.explain_metrics(METRICS)
    st.stop()

st.header(tables.follow_ups_title(summary), anchor=False)
follow_ups = tables.follow_up_rows(summary, workbook=workbook)
register(follow_ups, key="follow-ups", alt="Open follow-ups, the soonest due first")
reach = people_to_reach()

st.header(tables.log_title(summary), anchor=False)
talks = tables.talk_rows(summary, workbook=workbook)
register(talks, key="talks", alt="Every conversation, latest first")

st.header(tables.introductions_title(summary), anchor=False)
if words := tables.introductions_text(summary):
    st.write(words)
introduced = tables.introduction_rows(summary, workbook=workbook)
register(introduced, key="introductions", alt="Introductions and what became of them")
ui.explain_metrics(METRICS)
ui.downloads(
    {"Follow-ups": follow_ups, "People to reach": reach, "Conversations": talks, "Introductions": introduced},
    name="weaving",
)
