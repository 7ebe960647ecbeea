"""Where each page lies, by its address: for the navigation, and for links that keep the visit going."""

from __future__ import annotations

import streamlit as st

from nethealth.ui import session

PAGES = {
    "overview": "pages/health/overview.py",
    "connectivity": "pages/health/connectivity.py",
    "experience": "pages/health/experience.py",
    "infrastructure": "pages/health/infrastructure.py",
    "emergence": "pages/health/emergence.py",
    "weaving": "pages/together/weaving.py",
    "seating": "pages/together/seating.py",
    "mindset": "pages/together/mindset.py",
    "data": "pages/sheet/data.py",
    "guide": "pages/sheet/guide.py",
    "open": "pages/sheet/open.py",
}
FOR_STAFF = frozenset({"open", "seating"})
WITHOUT_READING = frozenset({"guide", "open"})
"""Pages that show nothing of the network's workbook, and stand while there is none."""


def link(address: str, label: str, *, icon: str | None = None) -> None:
    """A link to another page within the same visit; nothing where the person who looks may not open it.

    `label` is Markdown: make what came from a cell `safe` first.
    """
    if address in FOR_STAFF and not session.is_staff():
        return
    st.page_link(PAGES[address], label=label, icon=icon)
