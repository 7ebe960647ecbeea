"""What every tab of the page on connections shows a side of, and how its registers and headings are written."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import streamlit as st

from nethealth.figures.connectivity import Connectivity
from nethealth.ui import components as ui
from nethealth.ui.components import Column, ColumnKind
from nethealth.workbook.records import PersonKey, Workbook

KINDS = {
    **dict.fromkeys(("Ties", "Named by", "Names", "People", "Without a tie", "Kept", "New", "Lost"), ColumnKind.NUMBER),
    **dict.fromkeys(("Ties per member", "Ties among them", "Ties with others"), ColumnKind.NUMBER),
    **dict.fromkeys(("Now", "Wave before", "Without the hub"), ColumnKind.NUMBER),
    **dict.fromkeys(("Stands between", "Answered", "Largest group", "Share that goes out"), ColumnKind.SHARE),
    "Joined": ColumnKind.DATE,
}
"""How a register's columns are written, by their headers; a header that is not here holds text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The network on the page, as it was chosen above the map."""

    workbook: Workbook
    connected: Connectivity
    colour_by: str | None
    only: Collection[PersonKey] | None
    """Whom a filter keeps; None where nothing is filtered."""


def register(rows: Sequence[ui.Row], *, key: str, alt: str, rows_at_once: int = 25) -> None:
    """A register whose columns are the rows' own headers; nothing where there is no row."""
    if rows:
        shown = [Column(header, header, KINDS.get(header, ColumnKind.TEXT)) for header in rows[0]]
        ui.register_table(rows, shown, key=key, alt=alt, rows_at_once=rows_at_once)


def heading(finding: str) -> None:
    """A section's heading: what it found, in words that may hold a cell's."""
    st.header(ui.safe(finding), anchor=False)
