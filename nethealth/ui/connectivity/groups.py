"""How ties follow an attribute, and who holds parts of the network together."""

from __future__ import annotations

import streamlit as st

from nethealth.figures import network_charts as charts
from nethealth.figures import network_tables as tables
from nethealth.network import MEASURES, segment_figures
from nethealth.ui import components as ui
from nethealth.ui.connectivity.view import View, heading, register


def show(view: View) -> None:
    """Ties within and across the values of the attribute that colours the map, then the people who are bridges."""
    if view.colour_by is None:
        st.caption("Choose what to colour by, above the map, to see how ties follow it.")
    else:
        segments = segment_figures(view.connected.network, view.workbook, column=view.colour_by)
        heading(tables.segment_title(segments))
        ui.figure_row(tables.segment_cards(segments))
        if (mixing := charts.mixing_chart(segments)) is not None:
            ui.chart(mixing, alt=charts.mixing_in_words(segments), key="mixing")
        register(
            tables.mixing_rows(segments),
            key="mixing-table",
            alt=f"People and ties by {view.colour_by}",
            rows_at_once=12,
        )
        ui.what_this_means(MEASURES["segments"])
    heading(tables.bridges_in_words(view.connected))
    register(tables.bridge_rows(view.connected), key="bridges", alt="People who hold parts together")
