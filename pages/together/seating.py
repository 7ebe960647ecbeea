"""Seating: tables for a convening at which people meet someone new. For staff."""

import streamlit as st

from nethealth.cache import cached
from nethealth.network.seating import tables
from nethealth.ui import components as ui
from nethealth.ui import seating
from nethealth.ui.live.connections.room_pairs import pairs_reported_today
from nethealth.ui.session import current_workbook, is_staff

HOW_WE_SEAT = (
    "We assume two people know each other if the workbook shows a connection in any wave, an introduction, or "
    "something they started together, or if one of them said so in a session today. We keep those pairs apart as much "
    "as we can. Then we mix the column you chose and separate colleagues. In later rounds, people sit with new people "
    "when possible. We know only this, so move people as you see fit."
)

ui.page_title("Seating", "Who should sit together, so people meet someone new?")
if not is_staff():
    st.write("Only staff can make a seating plan.")
    st.stop()
workbook = current_workbook()
if not workbook.members:
    ui.empty_state("Members", "Add members first. If you add their connections too, the tables get better.")
    st.stop()

request = seating.seating_controls(workbook)
participants, balance = request.participants, request.balance
met = frozenset(pair for pair in pairs_reported_today(workbook) if set(pair) <= set(participants.who))
seating.show_messages(participants.messages, met=len(met))
if len(participants.who) < tables.FEWEST:
    st.write("Choose at least four people to make tables.")
    st.stop()

# A pasted list is computed each time, so that nothing of it stays when the visit ends.
make_seating = tables.make_seating if request.is_pasted else cached(tables.make_seating)
plan = make_seating(
    workbook,
    who=participants.who,
    at_a_table=request.at_a_table,
    balance=balance,
    rounds=request.rounds,
    arrangement=request.arrangement,
    met=met,
)
st.header(tables.seating_title(plan, people=len(participants.who)), anchor=False)
with st.container(key="seating-summary"):
    ui.metric_row(tables.seating_cards(plan, balance=balance))
seats = tables.list_tables(plan, participants=participants, workbook=workbook, balance=balance)
seating.show_tables(seats)
with st.popover("How we make tables", icon=":material/info:"):
    st.write(HOW_WE_SEAT)
    st.write("To print the tables, use your browser’s Print command. The rest of the page won’t print.")
ui.downloads(
    {"Tables": tables.seat_table(seats, balance=balance), "Places": tables.place_table(seats)},
    name="seating",
)
