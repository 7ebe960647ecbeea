"""Introductions: pairs to introduce next, and what came of earlier introductions."""

from __future__ import annotations

from typing import Final

import streamlit as st

from nethealth.cache import cached
from nethealth.network.introductions import cards
from nethealth.network.introductions.suggestions import suggest_introductions
from nethealth.presentation.table import Table
from nethealth.ui.connectivity.introductions import show_pairs
from nethealth.ui.routes import link
from nethealth.ui.session import current_workbook, today
from nethealth.ui.tables import show_table
from nethealth.weaving import WeavingSummary, tables

SHOWN: Final = 4


def show(summary: WeavingSummary) -> dict[str, Table]:
    """Show whom to introduce and what came of it, and return the introductions as a table to download."""
    workbook = current_workbook()
    suggested = cached(suggest_introductions)(workbook, as_of=today(), number=SHOWN)
    st.header(cards.introductions_title(suggested), anchor=False)
    if not suggested.pairs:
        st.write(cards.no_introductions_text(suggested))
    show_pairs(suggested, workbook)
    link("connectivity", "See more on Connectivity", icon=":material/hub:")
    st.header(tables.introductions_title(summary), anchor=False)
    st.write(tables.introductions_text(summary))
    table = tables.introduction_table(summary, workbook=workbook)
    if table:
        with st.expander("Show all introductions"):
            show_table(table, key="introductions", label="Introductions and their outcomes")
    return {"Introductions": table}
