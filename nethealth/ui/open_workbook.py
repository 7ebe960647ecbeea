"""Open another workbook: for one person's session alone, never kept, never shared, never with the app's own account."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from nethealth import sources
from nethealth.errors import NetHealthError, UsageError
from nethealth.presentation.formatting import escape_html, escape_markdown
from nethealth.ui import session
from nethealth.ui.access import Role
from nethealth.ui.network_workbook import read_and_redact
from nethealth.ui.routes import PAGES
from nethealth.ui.workbook_poller import Origin, Reading
from nethealth.workbook.raw import RawWorkbook

ENDINGS = ("xlsx", "xlsm", "ods", "zip", "csv")
LINK, FILE = "_link_to_open", "_file_to_open"
TRIED_FILE = "_file_tried"
TROUBLE = "_opening_trouble"
"""In the session's state: what went wrong beside which field, until the next try."""


def opened(raw: RawWorkbook) -> Reading:
    """A reading for one session: its fingerprint says so, by which nothing made from it is shared."""
    workbook = read_and_redact(raw)
    return Reading(workbook=workbook, origin=Origin.OPENED, role=Role.STAFF)


def by_link() -> None:
    """A field for the link of a Google Sheet that everyone with the link may open."""
    with st.form("open-link", border=False):
        link = st.text_input(
            "The link of a Google Sheet",
            key=LINK,
            placeholder="https://docs.google.com/spreadsheets/d/…",
            help="The Sheet must be open to everyone who has its link. It is read without any account.",
            persist_state="page",
        )
        sent = st.form_submit_button("Open the Sheet", type="primary")
    if sent:
        with st.spinner("Reading the Sheet …"):
            _try(LINK, lambda: sources.read_link(sources.parse_link(link)))
    _told(LINK)


def by_file() -> None:
    """A field for a workbook file."""
    file = st.file_uploader(
        "A workbook file: .xlsx, .ods, or a zip of .csv files", type=list(ENDINGS), key=FILE, max_upload_size=25
    )
    if file is None:
        st.session_state.get(TROUBLE, {}).pop(FILE, None)
        return
    if st.session_state.get(TRIED_FILE) != file.file_id:
        # Each file is tried once, as soon as it is there; what was wrong with it stands until another one comes.
        st.session_state[TRIED_FILE] = file.file_id
        with st.spinner("Reading the file …"):
            _try(FILE, lambda: sources.read_file(file.getvalue(), file.name))
    _told(FILE)


def way_back() -> None:
    """While another workbook is shown: what it is, and the way back to the network's own."""
    title = escape_markdown(session.current_workbook().title)
    st.markdown(f"You are looking at **{title}**, which you opened yourself. It is shown to you alone.")
    if st.button("Back to the network’s own workbook", type="primary", icon=":material/arrow_back:"):
        session.back_to_own()
        st.rerun()


def _try(field: str, read: Callable[[], RawWorkbook]) -> None:
    """Read and show; what goes wrong is remembered beside its field, and what was on the screen stays."""
    trouble: dict[str, NetHealthError] = {}
    try:
        reading = opened(read())
        if not reading.workbook.tabs:
            raise UsageError(
                "It was read, and none of its tabs is one that the dashboard knows.",
                "The template on the page Data shows the tabs; one of them is enough to begin.",
            )
    except NetHealthError as error:
        trouble[field] = error
    st.session_state[TROUBLE] = trouble
    if not trouble:
        session.open_for_session(reading)
        st.switch_page(PAGES["overview"])


def _told(field: str) -> None:
    error = st.session_state.get(TROUBLE, {}).get(field)
    if error is not None:
        st.html(
            f'<div class="nh-band" role="alert"><p>{escape_html(error.message)}</p><p>{escape_html(error.remedy)}</p></div>'
        )
