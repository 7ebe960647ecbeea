"""The four domains at a glance, and what is worth doing next."""

import streamlit as st

from nethealth.overview.cards import cards
from nethealth.overview.next_steps import next_steps, not_kept_yet
from nethealth.ui import overview_cards
from nethealth.ui.components import page_title
from nethealth.ui.session import current_workbook, is_staff, today

page_title("Overview", "How healthy is our network, and what is worth doing next?")
workbook = current_workbook()
facts = overview_cards.facts(workbook, as_of=today(), for_staff=is_staff())

if workbook.settings.shared_purpose:
    overview_cards.purpose(workbook.settings.shared_purpose)
told = cards(facts)
overview_cards.card_grid(told)

steps = next_steps(facts)
if steps:
    st.header("Worth doing next", anchor=False)
    overview_cards.steps(steps)

missing = not_kept_yet(facts)
if missing:
    st.header("What the sheet could tell next" if told else "Where to begin", anchor=False)
    overview_cards.beginnings(missing)
