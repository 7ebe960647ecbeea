"""Compare the network's Google Sheet with the template, and add what it lacks, for staff."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from nethealth.errors import NetHealthError, SheetError, WritingNeedsAccount
from nethealth.presentation.formatting import escape_html, escape_markdown, pluralize
from nethealth.presentation.table import Format, Table
from nethealth.ui import session
from nethealth.ui.server.delivery import NetworkSheet, network_sheet
from nethealth.ui.tables import show_table
from nethealth.ui.workbook_poller import Origin

if TYPE_CHECKING:
    from nethealth.sources.google.sheet_layout import Layout

_LAYOUT_KEY: Final = "_sheet_layout"
"""In the session's state: what the Google Sheet lacks, as we last saw it."""
_ADDED_KEY: Final = "_sheet_parts_added"
COLUMNS: Final = {"Tab": Format.TEXT, "We’d add": Format.TEXT}


def show_sheet_template() -> None:
    """Offer to compare the Google Sheet with the template, then to add what is missing. Shows nothing for files."""
    sheet = network_sheet() if session.current_reading().origin is Origin.NETWORK else None
    if sheet is None:
        return
    with st.expander("Complete the Google Sheet"):
        st.write(
            "We can add the tabs and columns that your Google Sheet doesn’t have yet. We won’t change what’s there."
        )
        if st.button("See what’s missing", icon=":material/difference:", key="see-missing-parts"):
            _look(sheet)
        layout = st.session_state.get(_LAYOUT_KEY)
        if layout is not None:
            _show(layout, sheet)
        elif added := st.session_state.pop(_ADDED_KEY, 0):
            st.html(f'<p class="nh-quiet" role="status">Added to {pluralize(added, "tab")}.</p>')


def _look(sheet: NetworkSheet) -> None:
    from nethealth.sources.sheet_setup import missing_parts

    st.session_state.pop(_LAYOUT_KEY, None)
    try:
        with st.spinner("Reading the Google Sheet…"):
            st.session_state[_LAYOUT_KEY] = missing_parts(sheet.reference, credentials=sheet.credentials)
    except SheetError as failure:
        _show_failure(failure)


def _show(layout: Layout, sheet: NetworkSheet) -> None:
    for problem in layout.problems:
        st.write(f"We won’t change {escape_markdown(problem.tab)}. {problem.message} {problem.remedy}")
    if not layout.additions:
        st.html('<p class="nh-quiet" role="status">Nothing is missing.</p>')
        return
    rows = [
        {"Tab": f"{each.title}, new" if each.is_new_tab else each.title, "We’d add": ", ".join(each.columns)}
        for each in layout.additions
    ]
    show_table(Table.of(COLUMNS, rows), key="missing-parts", label="What we would add to the Google Sheet", short=30)
    if not sheet.can_write:
        _show_failure(WritingNeedsAccount())
    elif st.button("Add this to the Google Sheet", icon=":material/add:", key="add-missing-parts", type="primary"):
        _add(sheet)


def _add(sheet: NetworkSheet) -> None:
    from nethealth.sources.sheet_setup import add_missing_parts

    try:
        with st.spinner("Adding to the Google Sheet…"):
            layout = add_missing_parts(sheet.reference, credentials=sheet.credentials)
    except SheetError as failure:
        _show_failure(failure)
        return
    st.session_state.pop(_LAYOUT_KEY, None)
    st.session_state[_ADDED_KEY] = len(layout.additions)
    st.rerun()


def _show_failure(failure: NetHealthError) -> None:
    st.html(
        f'<div class="nh-band" role="alert"><p>{escape_html(failure.message)}</p>'
        f"<p>{escape_html(failure.remedy)}</p></div>"
    )
