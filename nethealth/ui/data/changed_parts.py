"""Let staff say that a tab or column holds something else than what we took it for."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from nethealth.presentation.formatting import escape_markdown
from nethealth.ui import session
from nethealth.ui.data import answers
from nethealth.ui.data.unknown_parts import meaning_text, offer_to_ask, show_preview, tab_text
from nethealth.workbook.answers import Row, column_meaning, whole_tab
from nethealth.workbook.cells.characters import folded
from nethealth.workbook.proposals.propose import TAB_CHOICES, column_choices, propose_columns
from nethealth.workbook.raw import RawTab
from nethealth.workbook.records import Workbook
from nethealth.workbook.schema.membership_tabs import LEAVE_ALONE
from nethealth.workbook.schema.tabs import COLUMN_NAMES, TABS

TABS_BY_NAME = {tab.name: tab for tab in TABS}
LABEL = "Change what a tab or column holds"


def show_changes(workbook: Workbook) -> None:
    """Let staff choose a tab, and say what it or one of its columns holds. The answer applies at once."""
    cells = session.opened_cells()
    if cells is None:
        offer_to_ask(LABEL, key="begin-changes")
        return
    heads = {head.title: head for head in cells.heads}
    title = st.selectbox(LABEL, list(heads), index=None, placeholder="Choose a tab", key="changed-tab")
    if title is None:
        return
    rows = _ask_about(heads[title], now={tab.title: tab.tab for tab in workbook.tabs}.get(title, LEAVE_ALONE))
    if st.button("Use this answer", icon=":material/check:", key="use-change", disabled=not rows):
        with st.spinner("Reading the workbook…"):
            answers.use({COLUMN_NAMES.name: rows})
        st.rerun()


def _ask_about(head: RawTab, *, now: str) -> list[Row]:
    """Ask what a tab and one of its columns hold, and return the answers that differ from what we take them for."""
    options = [*TAB_CHOICES, LEAVE_ALONE]
    at = options.index(now) if now in options else None
    tab = st.selectbox("This tab holds…", options, index=at, format_func=tab_text, key=f"change-to-{head.title}-{now}")
    rows = [whole_tab(head.title, tab)] if tab is not None and tab != now else []
    if tab is None or tab == LEAVE_ALONE:
        show_preview(head, 0, key="changed-preview")
        return rows
    columns = propose_columns(head, tab)
    headers = [*columns.known, *(each.header for each in columns.unknown)]
    header = st.selectbox(
        "Column", headers, index=None, placeholder="all as they are", key=f"changed-column-{head.title}-{tab}"
    )
    if header is not None:
        column = st.selectbox(
            f"“{escape_markdown(header, longest=60)}” means…",
            column_choices(tab),
            index=None,
            placeholder="Choose what it means",
            format_func=meaning_text,
            key=f"change-means-{head.title}-{tab}-{header}",
        )
        if column is not None:
            rows.append(column_meaning(tab, header, column))
            rows += [column_meaning(tab, each, LEAVE_ALONE) for each in _replaced(tab, column, headers, by=header)]
    show_preview(head, columns.header_row, key="changed-preview")
    return rows


def _replaced(tab: str, column: str, headers: Sequence[str], *, by: str) -> list[str]:
    """Return the headers that give way to `by`, since their own names already mean this column. Say so."""
    meant = next((each for each in TABS_BY_NAME[tab].columns.values() if each.name == column), None)
    names = set() if meant is None else {folded(name) for name in (meant.name, *meant.aliases)}
    others = [header for header in headers if folded(header) in names and header != by]
    for other in others:
        st.caption(f"If so, we leave “{escape_markdown(other, longest=60)}” alone.")
    return others
