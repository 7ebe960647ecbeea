"""Report: the story of the network for a board, funders, or members, to edit and download."""

import datetime as dt

import streamlit as st

from nethealth.report.model import USUAL_PARTS, Audience, Part
from nethealth.report.sections import YEAR
from nethealth.ui.components import empty_state, page_title
from nethealth.ui.report import draft
from nethealth.ui.session import current_workbook, today

AUDIENCES = {"Our board": Audience.BOARD, "Our funders": Audience.FUNDER, "Our members": Audience.MEMBERS}

page_title("Report", "What do we tell our board, our funders, and our members?", unfolds_on_paper=True)
workbook = current_workbook()
if not workbook.people:
    empty_state("Members", "Once your workbook has members, we can draft a report from it.")
    st.stop()

with st.container(horizontal=True, vertical_alignment="bottom"):
    audience = AUDIENCES[
        st.segmented_control(
            "For", list(AUDIENCES), default="Our board", required=True, key="report-for", bind="query-params"
        )
    ]
    since = st.date_input(
        "Since",
        today() - YEAR,
        max_value=today() - dt.timedelta(days=1),
        format="MM/DD/YYYY",
        key="report-since",
        width=160,
    )
with st.expander("Choose what’s in it"):
    names = {part.value[0].upper() + part.value[1:]: part for part in Part}
    usual = [name for name, part in names.items() if part in USUAL_PARTS[audience]]
    chosen = st.multiselect("Sections", list(names), usual, key=f"report-parts-{audience}", persist_state="session")
    with_names = st.toggle("Name people on the map and in stories", key="report-names", persist_state="session")
    st.caption(
        "The report shows only what viewers may see. To include a story, enter “yes” under Share story on your "
        "workbook’s Emergent activity tab."
    )

with st.spinner("Drafting the report"):
    report = draft.load_report(
        workbook,
        audience=audience,
        as_of=today(),
        since=since,
        parts=tuple(names[name] for name in chosen),
        with_names=with_names,
    )
draft.show_downloads(report)
with st.container(key="report-hint"):
    st.write("You can edit any text. We keep your edits during this visit. To leave out a section or story, clear it.")
    if any(not person.on_map for person in workbook.people.values()):
        st.caption(
            "A report leaves out connections of people who asked not to appear. The Overview counts them for staff, so "
            "its numbers can differ a little."
        )
with st.container(key="report-draft"):
    draft.show_draft(report)
