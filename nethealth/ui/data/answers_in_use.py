"""Keep the answers of a session: as rows to paste into the workbook, or as a file that holds them. Or undo them."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from nethealth.presentation.formatting import escape_markdown, pluralize, single_line
from nethealth.presentation.raw_file import raw_xlsx_bytes, titles_in_file
from nethealth.presentation.table import harmless
from nethealth.ui import session
from nethealth.ui.data import answers
from nethealth.ui.routes import link
from nethealth.ui.tables import offer_workbook
from nethealth.workbook.added_rows import AddedRows
from nethealth.workbook.answers import renamed_tabs, with_answers
from nethealth.workbook.raw import RawCell, RawWorkbook
from nethealth.workbook.schema.membership_tabs import WHOLE_TAB
from nethealth.workbook.schema.tabs import SCALES, TABS


def show_answers_in_use() -> None:
    """Say that answers are in use, and how to keep or undo them. Shows nothing without answers."""
    cells, given = session.opened_cells(), answers.given()
    count = sum(len(rows) for tab, rows in given.items() if tab != SCALES.name)
    if cells is None or not count:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="answers-in-use"):
        st.write(f"We use your {pluralize(count, 'answer')}, for this visit only.")
        if st.button("Undo these answers", icon=":material/undo:", key="undo-answers"):
            answers.undo()
            st.rerun()
        link("overview", "See the Overview", icon=":material/home:")
    with st.expander("Keep these answers"):
        for tab, text in pasted(given).items():
            st.write(f"Copy these rows into a tab of your workbook called **{tab}**.")
            st.code(text, language=None)
        if not cells.is_file and (text := rename_text(given)):
            st.write(text)
        if cells.is_file:
            offer_workbook(lambda: answered_file(cells.raw, given), name="workbook-with-answers")


def rename_text(given: AddedRows) -> str:
    """Return which tabs to rename instead of pasting the answers; empty if that isn't enough."""
    rows = [row for rows in given.values() for row in rows]
    if not all(row.get("Column") == WHOLE_TAB and row.get("Tab") in {tab.name for tab in TABS} for row in rows):
        return ""
    names = [f"{escape_markdown(str(row['Your header']), longest=80)} to **{row['Tab']}**" for row in rows]
    return f"Or rename {'this tab' if len(names) == 1 else 'these tabs'} in your workbook: {', '.join(names)}."


def pasted(given: AddedRows) -> dict[str, str]:
    """Return the answers by tab as text to paste into a spreadsheet: its headers, then a line per answer."""
    texts = {}
    for tab, rows in given.items():
        headers = list(dict.fromkeys(column for row in rows for column in row))
        lines: list[list[RawCell]] = [[*headers], *([row.get(header) for header in headers] for row in rows)]
        texts[tab] = "\n".join("\t".join(_pasted(cell) for cell in line) for line in lines)
    return texts


def _pasted(cell: RawCell) -> str:
    return "" if cell is None else harmless(single_line(str(cell), longest=1_000))


def answered_file(raw: RawWorkbook, given: AddedRows) -> bytes:
    """Return the workbook as an .xlsx file with the answers in it, as if staff had typed them."""
    titles = titles_in_file(raw)
    renamed = replace(raw, tabs=[replace(tab, title=titles[tab.title]) for tab in raw.tabs])
    return raw_xlsx_bytes(with_answers(renamed, renamed_tabs(given, titles)))
