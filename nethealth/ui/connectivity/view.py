"""What every tab of the Connectivity page shows a side of, and how its tables and headings look."""

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

COUNTS = ("Connections", "Named by", "Named", "People", "No connections yet", "Kept", "New", "Lost", "Pairs")
NUMBERS = ("Connections per member", "By chance", "Times chance", "Agreement", "Would be cut off", "Strength")
BY_CATEGORY = ("Connections inside", "Connections outside")
AROUND_CONVENINGS = ("Connected before", "Connected after", "Newly connected")
SHARES = ("Betweenness", "Response rate", "Largest component", "Share outside")
DATES = ("Joined", "Date", "Latest date")
KINDS = {
    **dict.fromkeys((*COUNTS, *NUMBERS, *BY_CATEGORY, *AROUND_CONVENINGS), ColumnKind.NUMBER),
    **dict.fromkeys(SHARES, ColumnKind.SHARE),
    **dict.fromkeys(DATES, ColumnKind.DATE),
}
"""How a table's columns are formatted, by header; any other header holds text."""
COVERS_EVERYONE = "This section covers everyone, whatever you filter above."


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkView:
    """The network that was chosen above the map."""

    connected: Connectivity
    color_by: str | None

    @property
    def workbook(self) -> Workbook:
        """The workbook it comes from."""
        return self.connected.workbook

    @property
    def choices(self) -> dict[str, Any]:
        """The chosen wave, rule, and selection, for functions that are cached by them."""
        whole = self.connected.full_network
        return {"wave": whole.wave, "rule": whole.rule, "selection": self.connected.selection}


def smallest_response() -> int:
    """Return how few people's responses may be counted: staff may know who did not answer, so 0 for them."""
    return 0 if is_staff() else smallest_group()


def show_rows(
    rows: Sequence[ui.Row],
    *,
    key: str,
    alt: str,
    rows_at_once: int = 25,
    ordered: ui.Ordered | None = None,
    numbers: Collection[str] = (),
) -> None:
    """Show rows as a table with their own headers; nothing if there are no rows.

    `numbers` are headers of the workbook's own columns that hold numbers.
    """
    if rows:
        kinds = KINDS | dict.fromkeys(numbers, ColumnKind.NUMBER)
        columns = [Column(header, header, kinds.get(header, ColumnKind.TEXT)) for header in rows[0]]
        ui.searchable_table(rows, columns, key=key, alt=alt, rows_at_once=rows_at_once, ordered=ordered)


def heading(finding: str) -> None:
    """Show a section's heading, which may hold text from cells."""
    st.header(ui.escape_markdown(finding), anchor=False)
