"""What the figures of the network say, and how to read them."""

from __future__ import annotations

import streamlit as st

from nethealth.figures import network_tables as tables
from nethealth.ui import components as ui
from nethealth.ui.connectivity.view import View, heading, register


def show(view: View) -> None:
    """The map in words, the figures to read first, and the others a click away."""
    heading("What the figures say")
    st.write(view.connected.words)
    register(tables.reading_rows(view.connected, first=True), key="reading", alt="The figures to read first")
    with st.expander("Every other figure of the network"):
        register(tables.reading_rows(view.connected, first=False), key="reading-more", alt="The other figures")
    ui.what_this_means(tables.measures("network"))
