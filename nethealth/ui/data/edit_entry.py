"""Change an entry that someone added minutes ago, column by column."""

from __future__ import annotations

import datetime as dt
from typing import Final

import streamlit as st

from nethealth.contributions.entries import Entry
from nethealth.ui import recording
from nethealth.workbook.raw import RawCell
from nethealth.workbook.schema.tabs import TABS, UPDATES, CellKind, Column, Tab

_TABS: Final = {tab.name: tab for tab in TABS}
_LONG: Final = frozenset({CellKind.FREE_TEXT, CellKind.NAMES, CellKind.WORDS})


def show_editor(entry: Entry) -> None:
    """Show a button that opens the entry's columns to change them."""
    with st.popover("Edit", key=f"edit-{entry.id}"), st.form(f"form-{entry.id}", border=False):
        for column in columns_to_edit(_TABS[entry.tab]):
            _ask(column, entry.cells.get(column.name), key=_key(entry, column))
        st.form_submit_button("Save changes", type="primary", on_click=_save, args=(entry,))


def columns_to_edit(tab: Tab) -> list[Column]:
    """Return the columns that people can change: of an update its value alone."""
    if tab is UPDATES:
        return [tab.columns["value"]]
    return [column for field, column in tab.columns.items() if field != "entry_id"]


def _key(entry: Entry, column: Column) -> str:
    return f"cell-{entry.id}-{column.name}"


def _ask(column: Column, cell: RawCell, *, key: str) -> None:
    if column.kind is CellKind.DATE and (cell is None or isinstance(cell, dt.date)):
        st.date_input(column.name, value=cell, key=key, format="YYYY-MM-DD")
    elif column.kind is CellKind.CHOICE and (cell is None or cell in column.choices):
        place = None if cell is None else column.choices.index(str(cell))
        st.selectbox(column.name, column.choices, index=place, key=key, placeholder="")
    elif column.kind in _LONG:
        st.text_area(column.name, value=_text(cell), key=key, height="content")
    else:
        st.text_input(column.name, value=_text(cell), key=key)


def _text(cell: RawCell) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return "" if cell is None else str(cell)


def changed_cells(before: Entry, typed: dict[str, RawCell]) -> dict[str, RawCell]:
    """Return the columns that someone changed, with their new cells; None where a cell is now blank."""
    return {
        column: cell or None
        for column, cell in typed.items()
        if (cell or "") != (before.cells.get(column) or "") and _text(cell) != _text(before.cells.get(column))
    }


def _save(entry: Entry) -> None:
    typed = {column.name: st.session_state.get(_key(entry, column)) for column in columns_to_edit(_TABS[entry.tab])}
    changes = changed_cells(entry, typed)
    if changes:
        recording.change(entry.tab, entry.id, changes, what="Changes saved.")
