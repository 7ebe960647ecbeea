"""What we read from the workbook, and what needs fixing."""

import streamlit as st

from nethealth.presentation.formatting import pluralize
from nethealth.ui import open_workbook
from nethealth.ui.components import page_title
from nethealth.ui.data import (
    added,
    answers_in_use,
    changed_parts,
    earlier_numbers,
    problems,
    questions,
    sheet_template,
    sign_ins,
    tabs,
    unknown_parts,
)
from nethealth.ui.routes import link
from nethealth.ui.session import current_workbook, is_staff

page_title("Data", "What needs fixing in our workbook?", unfolds_on_paper=True)
workbook = current_workbook()
staff = is_staff()

if staff:
    sign_ins.show_open_secrets()
    answers_in_use.show_answers_in_use()
if not workbook.tabs:
    if not (staff and workbook.left_alone):
        st.write("We don’t know any of this workbook’s tabs. Start with the template below, and fill in one tab.")
else:
    tabs.show_totals(workbook, for_staff=staff)
if staff:
    unknown_parts.show_unknown_parts(workbook)
    added.show_added()
if workbook.tabs:
    if staff:
        tabs.show_source_notes(workbook)
        problems.show_problems(workbook)
        st.header("What we read", anchor=False)
        with st.expander(pluralize(len({tab.title for tab in workbook.tabs}), "tab")):
            tabs.show_tabs(workbook, for_staff=True)
            changed_parts.show_changes(workbook)
        questions.show_questions(workbook)
        problems.show_notes(workbook)
    else:
        st.header("What we read", anchor=False)
        tabs.show_tabs(workbook, for_staff=False)

if staff:
    earlier_numbers.show_earlier_numbers()
    sign_ins.show_sign_ins()
with st.container(key="downloads"):
    st.header("Downloads", anchor=False)
    tabs.show_downloads(workbook, for_staff=staff)
    if staff:
        sheet_template.show_sheet_template()
        open_workbook.show_open_again()
    link("open", "Open another workbook", icon=":material/folder_open:")
