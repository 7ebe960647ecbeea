"""Open another workbook for one visitor's session: never stored, shared, or read with the app's own account."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from nethealth import sources
from nethealth.errors import NetHealthError, UsageError
from nethealth.presentation.formatting import escape_html, escape_markdown
from nethealth.ui import session
from nethealth.ui.data import answers
from nethealth.ui.routes import PAGES
from nethealth.workbook.raw import RawWorkbook
from nethealth.workbook.readers.tab_rows import is_filled

FILE_TYPES = ("xlsx", "xlsm", "ods", "zip", "csv", "tsv", "graphml", "gexf", "json", "net")
LINK_KEY, FILE_KEY = "_link_to_open", "_file_to_open"
TRIED_FILE_KEY = "_file_tried"
ERRORS_KEY = "_opening_trouble"
"""In the session's state: the error next to each field, until the next attempt."""


def show_link_form() -> None:
    """Show a field for the link of a Google Sheet that anyone with the link may open."""
    with st.form("open-link", border=False):
        link = st.text_input(
            "Google Sheet link",
            key=LINK_KEY,
            placeholder="https://docs.google.com/spreadsheets/d/…",
            help="Anyone with the link must be able to view the Google Sheet, because we open it without an account.",
            persist_state="page",
        )
        is_submitted = st.form_submit_button("Open the Google Sheet", type="primary")
    if is_submitted:
        with st.spinner("Reading the Google Sheet …"):
            _open(LINK_KEY, lambda: sources.read_link(sources.parse_link(link)))
    _show_error(LINK_KEY)


def show_file_upload() -> None:
    """Show a field for a workbook file, or for several .csv files that are one workbook together."""
    files = st.file_uploader(
        "Workbook file (.xlsx, .ods, .csv) or network file (.graphml, .gexf, Kumu’s .json, Pajek’s .net)",
        type=list(FILE_TYPES),
        key=FILE_KEY,
        max_upload_size=25,
        accept_multiple_files=True,
        help="If your workbook is several .csv files, such as nodes and edges, choose all of them at once, or a zip.",
    )
    if not files:
        st.session_state.get(ERRORS_KEY, {}).pop(FILE_KEY, None)
        return
    chosen = [file.file_id for file in files]
    if st.session_state.get(TRIED_FILE_KEY) != chosen:
        # We try each choice once, as soon as it is uploaded. Its error stays until there is another choice.
        st.session_state[TRIED_FILE_KEY] = chosen
        with st.spinner("Reading the file …"):
            _open(FILE_KEY, lambda: sources.read_files([(file.name, file.getvalue()) for file in files]))
    _show_error(FILE_KEY)


def show_way_back() -> None:
    """Name the opened workbook, and offer to return to the network's own."""
    title = escape_markdown(session.current_workbook().title)
    st.markdown(f"You’re looking at **{title}**, which you opened. Only you can see it.")
    if st.button("Back to the network’s own workbook", type="primary", icon=":material/arrow_back:"):
        session.close_opened_workbook()
        answers.forget()
        st.rerun()


def _open(field: str, read: Callable[[], RawWorkbook]) -> None:
    """Read a workbook and show it. On an error, remember it next to its field and leave the page as it is."""
    errors: dict[str, NetHealthError] = {}
    try:
        raw = read()
        if not any(is_filled(cell) for tab in raw.tabs for row in tab.rows for cell in row):
            raise UsageError(
                "We read this workbook, but it’s empty.",
                "Start with the template on the Data page. Filling in one tab is enough.",
            )
        workbook = answers.open_workbook(raw)
    except NetHealthError as error:
        errors[field] = error
    st.session_state[ERRORS_KEY] = errors
    if not errors:
        st.switch_page(PAGES["data" if workbook.left_alone or not workbook.tabs else "overview"])


def _show_error(field: str) -> None:
    error = st.session_state.get(ERRORS_KEY, {}).get(field)
    if error is not None:
        message, remedy = escape_html(error.message), escape_html(error.remedy)
        st.html(f'<div class="nh-band" role="alert"><p>{message}</p><p>{remedy}</p></div>')
