"""Seating: tables for a convening at which people meet whom they do not know yet. For staff."""

import streamlit as st

from nethealth.cache import cached
from nethealth.network.seating import tables
from nethealth.ui import components as ui
from nethealth.ui import seating
from nethealth.ui.session import current_workbook, is_staff

HOW = (
    "People know each other here if the sheet tells of a tie between them in any wave, of an introduction, or of "
    "something they started together. At a table as few as possible do; then as many different values as possible of "
    "what you mix come together, and colleagues of one organization are parted. In later rounds nobody sits with the "
    "same people again, as far as that can be. What the sheet does not know, the tables do not know either: move "
    "people as you see fit."
)

ui.page_title("Seating", "Who could sit together, so that people meet whom they do not know yet?")
if not is_staff():
    st.write("Only staff can make tables.")
    st.stop()
workbook = current_workbook()
if not workbook.members:
    ui.empty_state("Members", "Tables make themselves from the members, and better ones with their ties.")
    st.stop()

asked = seating.ask(workbook)
come, balance = asked.come, asked.balance
seating.tell(come.told)
if len(come.who) < tables.FEWEST:
    st.write("With four people or more, there are tables to make.")
    st.stop()

# A pasted list is worked out anew each time, so that nothing of it stays when the visit ends.
seating_of = tables.seating_of if asked.is_pasted else cached(tables.seating_of)
seated = seating_of(
    workbook,
    who=come.who,
    at_a_table=asked.at_a_table,
    balance=balance,
    rounds=asked.rounds,
    arrangement=asked.arrangement,
)
st.header(tables.seating_title(seated, people=len(come.who)), anchor=False)
with st.container(key="seating-words"):
    st.write(tables.seating_text(seated))
    ui.metric_row(tables.seating_cards(seated, balance=balance))
at_tables = tables.tables_of(seated, come=come, workbook=workbook, balance=balance)
seating.show_tables(at_tables)
with st.popover("How the tables are made", icon=":material/info:"):
    st.write(HOW)
    st.write("Your browser’s Print puts the tables on paper, without the rest of the page.")
ui.downloads(
    {"Tables": tables.seating_rows(at_tables, balance=balance), "Places": tables.place_rows(at_tables)},
    name="seating",
)
