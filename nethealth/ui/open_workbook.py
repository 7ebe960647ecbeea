"""Open another workbook for one visitor's session: never stored, shared, or read with the app's own account."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

import streamlit as st

from nethealth import sources
from nethealth.contributions.entries import opened_key, workbook_key
from nethealth.errors import NetHealthError, UsageError
from nethealth.presentation.formatting import escape_html, escape_markdown
from nethealth.ui import session
from nethealth.ui.data import answers
from nethealth.ui.routes import PAGES
from nethealth.ui.server import uploads
from nethealth.workbook.raw import RawWorkbook
from nethealth.workbook.readers.tab_rows import is_filled

FILE_TYPES = ("xlsx", "xlsm", "ods", "zip", "csv", "tsv", "graphml", "gexf", "json", "net")
LINK_KEY, FILE_KEY, AGAIN_KEY = "_link_to_open", "_file_to_open", "_file_to_open_again"
ADD_KEY, ADD_FILE = "_file_to_add", "Add another file"
TRIED_FILE_KEY = "_file_tried"
OPENED_FILES_KEY = "_opened_files"
"""In the session's state: the names of the files that make up the workbook on the screen."""
OPENED_FROM_KEY = "_opened_from"
"""In the session's state: the link of the opened Google Sheet, or `FILE_KEY` for a file."""
_NUMBER_OF_COPY = re.compile(r" ?\(\d{1,3}\)(?=\.\w+$)")
LAST_PAGE_KEY = "_last_page"
"""In the session's state: the address of the page that was shown last, other than this one."""
ERRORS_KEY = "_opening_trouble"
"""In the session's state: the error next to each field, until the next attempt."""


def note_page(address: str) -> None:
    """Remember the page that is about to be drawn, to return to it after opening a workbook."""
    if address != "open":
        st.session_state[LAST_PAGE_KEY] = address


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
        with st.spinner("Reading the Google Sheet…"):
            _open(LINK_KEY, lambda: _read_link(link), link=link)
    _show_error(LINK_KEY)


def show_file_upload() -> None:
    """Show a field for a workbook file, or for several .csv files that are one workbook together."""
    _show_upload(
        FILE_KEY, "A workbook, or the lists you have: contacts, survey answers, attendance. Choose all at once."
    )


def show_open_again() -> None:
    """Offer to read the workbook on the screen again, once it's corrected, or to add a file to it.

    Answers stay, and so does the page.
    """
    opened_from = st.session_state.get(OPENED_FROM_KEY)
    if opened_from is None or not session.has_opened_another():
        return
    if opened_from == FILE_KEY:
        # A new key for each reading, so that the next file doesn't add up with the last.
        key = f"{AGAIN_KEY}-{st.session_state.get(AGAIN_KEY, 0)}"
        _show_upload(
            key, "Corrected the file? Open it again", help_text="Files that you don’t choose stay as they are."
        )
        _show_upload(f"{ADD_KEY}{key}", ADD_FILE)
    elif st.button("Read the Google Sheet again", icon=":material/refresh:"):
        with st.spinner("Reading the Google Sheet…"):
            _open(LINK_KEY, lambda: _read_link(opened_from), stay=True)
    if opened_from != FILE_KEY:
        _show_error(LINK_KEY)


_ANY_FILES = (
    "Exports of other tools are fine, such as Microsoft Forms or Zoom. So are network files, such as Gephi’s. "
    "We ask about what we don’t know."
)


def _show_upload(key: str, label: str, *, help_text: str = _ANY_FILES) -> None:
    files = st.file_uploader(
        label,
        type=list(FILE_TYPES),
        key=key,
        max_upload_size=25,
        accept_multiple_files=True,
        help=help_text,
    )
    if not files:
        st.session_state.get(ERRORS_KEY, {}).pop(key, None)
        return
    chosen = [file.file_id for file in files]
    if st.session_state.get(TRIED_FILE_KEY) != chosen:
        # We try each choice once, as soon as it is uploaded. Its error stays until there is another choice.
        st.session_state[TRIED_FILE_KEY] = chosen
        opened = st.session_state.get(OPENED_FILES_KEY, ())
        stay = key != FILE_KEY
        named = [(_name_when_opened(file.name, opened) if stay else file.name, file.getvalue()) for file in files]
        names = [name for name, _ in named]
        # Some of several files, corrected: the others stay.
        adds = key.startswith(ADD_KEY) or (stay and set(names) < set(opened))
        with st.spinner("Reading the file…"):
            _open(
                key,
                lambda: _read_files(named, adds=adds),
                stay=stay,
                files=tuple(dict.fromkeys([*opened, *names] if adds else names)),
            )
    _show_error(key)


def _name_when_opened(name: str, opened: Collection[str]) -> str:
    """Return the name that a file had before a browser numbered its copy: `contacts (1).csv`."""
    original = _NUMBER_OF_COPY.sub("", name)
    return original if name not in opened and original in opened else name


def show_way_back() -> None:
    """Name the opened workbook, and offer to return to the network's own."""
    title = escape_markdown(session.current_workbook().title)
    st.markdown(f"You’re looking at **{title}**, which you opened. Only you can see it.")
    if st.button("Back to the network’s own workbook", type="primary", icon=":material/arrow_back:"):
        session.close_opened_workbook()
        answers.forget()
        st.session_state.pop(OPENED_FROM_KEY, None)
        st.rerun()


def _read_link(link: str) -> tuple[RawWorkbook, str]:
    """Return the workbook and its key in the journal."""
    reference = sources.parse_link(link)
    return sources.read_link(reference), workbook_key(reference)


def _read_files(files: Sequence[tuple[str, bytes]], *, adds: bool) -> tuple[RawWorkbook, str]:
    """Return the workbook and its key in the journal. With `adds`, it's the one on the screen with more tabs."""
    cells = session.opened_cells() if adds else None
    raw = sources.read_files(files, added_to=None if cells is None else cells.raw)
    return raw, opened_key(data for _, data in files)


def _open(
    field: str,
    read: Callable[[], tuple[RawWorkbook, str]],
    *,
    link: str | None = None,
    stay: bool = False,
    files: tuple[str, ...] = (),
) -> None:
    """Read a workbook and show it: on this page if we `stay`, else on the page where people were before.

    `read` returns the workbook and its key; `files` are the names of all its files. On an error, remember it next to
    its field and leave the page as it is.
    """
    page = st.session_state.get(LAST_PAGE_KEY, "overview") if session.has_opened_another() else "overview"
    errors: dict[str, NetHealthError] = {}
    try:
        raw, key = read()
        if not any(is_filled(cell) for tab in raw.tabs for row in tab.rows for cell in row):
            raise UsageError(
                "We read this workbook, but it’s empty.",
                "Start with the template on the Data page. Filling in one tab is enough.",
            )
        if stay:
            key = session.current_reading().key or key  # a corrected file keeps what people recorded
        workbook = answers.open_workbook(raw, key=key)
    except NetHealthError as error:
        errors[field] = error
    st.session_state[ERRORS_KEY] = errors
    if errors:
        return
    st.session_state[OPENED_FILES_KEY] = files
    if stay:
        uploads.drop_files()
        st.session_state[AGAIN_KEY] = st.session_state.get(AGAIN_KEY, 0) + 1
        st.rerun()
    st.session_state[OPENED_FROM_KEY] = link or FILE_KEY
    st.switch_page(PAGES["data" if workbook.left_alone or not workbook.tabs else page])


def _show_error(field: str) -> None:
    error = st.session_state.get(ERRORS_KEY, {}).get(field)
    if error is not None:
        message, remedy = escape_html(error.message), escape_html(error.remedy)
        st.html(f'<div class="nh-band" role="alert"><p>{message}</p><p>{remedy}</p></div>')
