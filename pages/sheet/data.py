"""What was read from the sheet, and what needs a hand."""

import streamlit as st

from nethealth.ui.components import metric_row, page_title
from nethealth.ui.data import questions, tabs_and_problems
from nethealth.ui.routes import link
from nethealth.ui.session import current_workbook, is_staff
from nethealth.workbook.records import Severity

page_title("Data", "What was read from the sheet, and what needs a hand?")
workbook = current_workbook()
staff = is_staff()
rows = sum(tab.rows for tab in workbook.tabs)
filled = sum(tab.rows > 0 for tab in workbook.tabs)

if not workbook.tabs:
    st.write("The workbook was read, and none of its tabs is one that these pages know.")
    st.write("Take the empty workbook below: a tab named Members or Connections is enough to begin.")
else:
    figures = [("Tabs with rows", f"{filled:,}", None), ("Rows", f"{rows:,}", None)]
    if staff:
        left_out = sum(tab.rejected for tab in workbook.tabs)
        has_errors = any(problem.severity is Severity.ERROR for problem in workbook.problems)
        used = "but single values are" if has_errors else "everything could be used"
        merged = sum(tab.merged for tab in workbook.tabs)
        figures += [
            ("Rows left out", f"{left_out:,}", "until mended" if left_out else used),
            ("Merged", f"{merged:,}", "repeats, counted once" if merged else "no row is there twice"),
        ]
    metric_row(figures)
    if staff:
        tabs_and_problems.source_notes(workbook)
        tabs_and_problems.problem_register(workbook)
    st.header("What was read", anchor=False)
    tabs_and_problems.tab_register(workbook, in_full=staff)

if staff:
    questions.question_register(workbook)

st.header("To take along", anchor=False)
tabs_and_problems.files(workbook, in_full=staff)
link("open", "Open another workbook", icon=":material/folder_open:")
