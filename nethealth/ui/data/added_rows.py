"""Entries to copy into a workbook that the app can't write to: as rows to paste, or as the workbook with them in it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from nethealth.contributions.entries import Entry
from nethealth.contributions.merging import with_entries
from nethealth.contributions.pasting import RowsToPaste, rows_to_paste
from nethealth.errors import NetHealthError
from nethealth.presentation.formatting import escape_html, escape_markdown, pluralize, safe_url
from nethealth.presentation.raw_file import raw_xlsx_bytes, titles_in_file
from nethealth.ui import network_workbook, session
from nethealth.ui.data import answers
from nethealth.ui.tables import offer_workbook
from nethealth.workbook.raw import RawWorkbook


def show_rows_to_paste(entries: Sequence[Entry]) -> None:
    """Show the rows that someone has to bring to the workbook, by tab. Shows nothing if there is nothing to bring."""
    if not entries:
        return
    cells = session.opened_cells()
    try:
        raw = cells.raw if cells is not None else network_workbook.cells_to_add_to()
    except NetHealthError as error:
        st.html(f'<div class="nh-band" role="status"><p>{escape_html(error.message)}</p></div>')
        return
    rows = rows_to_paste(raw, entries)
    if not rows:
        return
    with st.expander(f"Copy {pluralize(sum(tab.count for tab in rows), 'row')} to the workbook"):
        for tab in rows:
            _show_tab(tab)
        st.caption("Keep the Entry IDs. They tell us that a row is in the workbook, so that we don’t count it twice.")
        if cells is not None and cells.is_file:
            offer_workbook(lambda: completed_file(cells.raw, entries), name="workbook-with-added-rows")


def _show_tab(tab: RowsToPaste) -> None:
    title = escape_markdown(tab.title)
    headers = escape_markdown(", ".join(tab.new_headers))
    if tab.is_new:
        st.write(f"Add a tab called **{title}** with these headers: {headers}. Paste below them:")
    else:
        first = f"Add {'this header' if len(tab.new_headers) == 1 else 'these headers'} after the last: {headers}. "
        st.write(f"{first if tab.new_headers else ''}Paste below the last row of **{title}**, in its first column:")
    st.code(tab.text, language=None)
    url = next((safe_url(read.url) for read in session.current_workbook().tabs if read.title == tab.title), None)
    if url:
        st.link_button(f"Open {title}", url, icon=":material/open_in_new:")


def completed_file(raw: RawWorkbook, entries: Sequence[Entry]) -> bytes:
    """Return the workbook as an .xlsx file with the entries in it, and with the answers given in this session."""
    answered = answers.with_answers_in_file(raw, titles_in_file(raw))
    return raw_xlsx_bytes(with_entries(answered, entries))
