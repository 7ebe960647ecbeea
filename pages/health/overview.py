"""The verdict, what changed most, what to do next, and the four domains in brief."""

import streamlit as st

from nethealth.overview.cards import domain_cards
from nethealth.overview.next_steps import missing_data, next_steps
from nethealth.overview.verdict import judge, things_to_watch, who_answered
from nethealth.ui.components import page_title
from nethealth.ui.overview import cards as ui
from nethealth.ui.session import current_workbook, is_staff, smallest_group, today

page_title("Overview", "How healthy is our network?")
workbook = current_workbook()
facts = ui.facts(workbook, as_of=today(), for_staff=is_staff())

if workbook.settings.shared_purpose:
    ui.show_purpose(workbook.settings.shared_purpose)
cards, steps = domain_cards(facts), next_steps(facts)
if cards:
    verdict = judge(facts, past=ui.numbers_a_year_ago(today()))
    notes = (who_answered(facts, smallest_group=smallest_group()), ui.left_out_text(workbook))
    ui.show_verdict(verdict)
    # On a phone the next steps come before the numbers behind the verdict (look.css).
    with st.container(key="verdict-parts"):
        if verdict.changes:
            with st.container(key="what-changed"):
                st.header("What changed most", anchor=False)
                ui.show_changes(verdict.changes)
                ui.show_how_we_know(verdict, notes=notes)
        elif verdict.others:
            ui.show_how_we_know(verdict, notes=notes)
        ui.show_things_to_watch(things_to_watch(facts, steps=steps))
        with st.container(key="next-steps"):
            ui.show_next_steps(steps)
    st.header("Four domains", anchor=False)
    ui.show_cards(cards)
elif steps:
    ui.show_next_steps(steps)

missing = missing_data(facts)
if missing:
    st.header("What you could add" if cards else "Where to start", anchor=False)
    ui.show_missing_data(missing)
