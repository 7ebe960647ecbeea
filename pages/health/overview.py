"""The four domains in brief, and what to do next."""

import streamlit as st

from nethealth.overview.cards import domain_cards
from nethealth.overview.next_steps import missing_data, next_steps
from nethealth.ui.components import page_title
from nethealth.ui.overview import cards as ui
from nethealth.ui.session import current_workbook, is_staff, today

page_title("Overview", "How healthy is our network?")
workbook = current_workbook()
facts = ui.facts(workbook, as_of=today(), for_staff=is_staff())

if workbook.settings.shared_purpose:
    ui.show_purpose(workbook.settings.shared_purpose)
cards = domain_cards(facts)
ui.show_cards(cards)

steps = next_steps(facts)
if steps:
    st.header("Next steps", anchor=False)
    ui.show_next_steps(steps)

missing = missing_data(facts)
if missing:
    st.header("What you could add" if cards else "Where to start", anchor=False)
    ui.show_missing_data(missing)
