"""What every tab of the Connectivity page shows a side of, and its headings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from nethealth.network.connectivity import Connectivity
from nethealth.presentation.formatting import escape_markdown
from nethealth.ui.session import is_staff, smallest_group
from nethealth.workbook.records import Workbook

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


def heading(finding: str) -> None:
    """Show a section's heading, which may hold text from cells."""
    st.header(escape_markdown(finding), anchor=False)
