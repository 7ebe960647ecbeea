"""What every tab of the page on connections shows a side of, and how its registers and headings are written."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from nethealth.network.connectivity import Connectivity
from nethealth.ui import components as ui
from nethealth.ui.components import Column, ColumnKind
from nethealth.ui.session import is_staff, smallest_group
from nethealth.workbook.records import Workbook

KINDS = {
    **dict.fromkeys(("Ties", "Named by", "Names", "People", "Without a tie", "Kept", "New", "Lost"), ColumnKind.NUMBER),
    **dict.fromkeys(("Ties per member", "Ties among them", "Ties with others"), ColumnKind.NUMBER),
    **dict.fromkeys(("By chance", "Times chance", "Agreement", "Would be cut off", "Pairs"), ColumnKind.NUMBER),
    **dict.fromkeys(("Ties inside", "Ties to others", "Strength"), ColumnKind.NUMBER),
    **dict.fromkeys(("Tied before", "Tied after", "Newly tied"), ColumnKind.NUMBER),
    **dict.fromkeys(("Stands between", "Answered", "Largest group", "Share that goes out"), ColumnKind.SHARE),
    **dict.fromkeys(("Joined", "Held", "Latest date"), ColumnKind.DATE),
}
"""How a register's columns are written, by their headers; a header that is not here holds text."""
OF_EVERYBODY = "This is of everybody, whoever is shown on the map."


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The network on the page, as it was chosen above the map."""

    connected: Connectivity
    color_by: str | None

    @property
    def workbook(self) -> Workbook:
        """The reading that it is of."""
        return self.connected.workbook

    @property
    def at(self) -> dict[str, Any]:
        """The wave, the rule and the selection of what is shown, for functions that are kept by them."""
        whole = self.connected.full_network
        return {"wave": whole.wave, "rule": whole.rule, "selection": self.connected.selection}


def answers_shown_from() -> int:
    """From how many people on it is told how many answered: staff may know who is silent, so from 0 for them."""
    return 0 if is_staff() else smallest_group()


def register(
    rows: Sequence[ui.Row],
    *,
    key: str,
    alt: str,
    rows_at_once: int = 25,
    ordered: ui.Ordered | None = None,
    numbers: Collection[str] = (),
) -> None:
    """A register whose columns are the rows' own headers; nothing where there is no row.

    `numbers` are headers of the sheet's own that hold numbers, whatever one of ours of the same words may hold.
    """
    if rows:
        kinds = KINDS | dict.fromkeys(numbers, ColumnKind.NUMBER)
        shown = [Column(header, header, kinds.get(header, ColumnKind.TEXT)) for header in rows[0]]
        ui.searchable_table(rows, shown, key=key, alt=alt, rows_at_once=rows_at_once, ordered=ordered)


def heading(finding: str) -> None:
    """A section's heading: what it found, in words that may hold a cell's."""
    st.header(ui.escape_markdown(finding), anchor=False)
