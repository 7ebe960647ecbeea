"""The people on the map as a table that can be sorted, for whoever would rather read than look."""

from __future__ import annotations

import streamlit as st

from nethealth.figures import network_tables as tables
from nethealth.ui.connectivity.view import View, register


def show(view: View) -> None:
    """Everybody on the map with their figures, in the order that one chooses."""
    people = tables.person_rows(view.connected, colour_by=view.colour_by, only=view.only)
    by = st.selectbox("Sort by", tables.SORTS, key="sort", bind="query-params", width=220)
    register(tables.sorted_rows(people, by=by or tables.SORTS[0]), key="people", alt="Everybody on the map")
