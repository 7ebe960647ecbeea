"""Where a call or an introduction would help most."""

from __future__ import annotations

import streamlit as st

from nethealth.figures import network_tables as tables
from nethealth.ui.connectivity.view import View, heading, register
from nethealth.ui.session import is_staff


def show(view: View) -> None:
    """How many people have few ties; for staff also who they are."""
    heading(tables.few_ties_title(view.connected))
    st.write("Newcomers often begin here. A call, or an introduction to one person, is where a tie starts.")
    if is_staff():
        register(tables.few_ties_rows(view.connected), key="few", alt="People to reach out to")
    else:
        st.caption("Staff see whom to reach out to.")
