"""How ties follow an attribute, which groups there are, who holds parts together, and how ties are."""

from __future__ import annotations

import streamlit as st

from nethealth.cache import cached
from nethealth.network import (
    METRICS,
    PAGE_METRICS,
    MixingTest,
    measure_mixing,
    network_at,
    run_permutation_test,
    summarize_tie_values,
)
from nethealth.network.charts import mixing as mixing_charts
from nethealth.network.charts import tie_values
from nethealth.network.tables import clusters
from nethealth.ui import components as ui
from nethealth.ui.connectivity.view import OF_EVERYBODY, View, heading, register
from nethealth.ui.session import is_staff


def show(view: View) -> None:
    """Mixing beside chance, the groups found, bridges, and what people say of their ties."""
    _mixing(view)
    _groups(view)
    _bridges(view)
    _qualities(view)


def _mixing(view: View) -> None:
    column, network = view.color_by, view.connected.network
    if column is None:
        st.caption("Choose what to colour by, above the map, to see how ties follow it.")
        return
    mixing = network.results.get(
        "permutation test", column, lambda: run_permutation_test(network, view.workbook, column=column)
    )
    heading(mixing_charts.mixing_title(mixing, column=column))
    if not isinstance(mixing, MixingTest):
        return
    segments = measure_mixing(network, view.workbook, column=column)
    st.write(ui.escape_markdown(mixing_charts.mixing_sentence(mixing), longest=600))
    if (squares := mixing_charts.mixing_chart(mixing)) is not None:
        st.caption(mixing_charts.HOW_TO_READ)
        ui.chart(squares, alt=mixing_charts.mixing_text(mixing), key="mixing")
    with st.expander("The same in figures and tables"):
        ui.metric_row(mixing_charts.mixing_cards(mixing, segments))
        rows = mixing_charts.value_rows(segments, mixing)
        register(rows, key="mixing-table", alt=f"People and ties by {column}", rows_at_once=12)
        register(mixing_charts.cell_rows(mixing), key="mixing-cells", alt="Ties beside chance", rows_at_once=15)
    ui.explain_metrics((*PAGE_METRICS["chance"], *METRICS["segments"]))


def _groups(view: View) -> None:
    # By the numbers that the table and the filter know them by, and so of everybody.
    whole, column = view.connected.full_network, view.color_by
    found = whole.results.get("clusters", column, lambda: clusters.groups_found(whole, view.workbook, column=column))
    heading(clusters.groups_title(found))
    if view.connected.is_filtered:
        st.caption("The groups are those of the whole network, whatever is chosen above.")
    if sure := clusters.stability_text(found):
        st.write(sure)
    register(clusters.group_rows(found, view.connected), key="groups", alt="The groups found in the ties")
    if len(found.followed) > 1 and found.profiles.profiles:
        with st.expander("What of the sheet the groups follow"):
            register(clusters.followed_rows(found), key="followed", alt="How far groups follow each attribute")
    ui.explain_metrics(PAGE_METRICS["groups"][:-1])


def _bridges(view: View) -> None:
    network = view.connected.network
    held = cached(clusters.holding)(network)
    heading(clusters.holding_title(held, view.connected))
    rows = clusters.holding_rows(held, view.connected)
    register(rows, key="bridges", alt="People who hold parts together")
    if unnamed := clusters.not_listed_text(held, view.connected):
        st.caption(unnamed)
    if ties := clusters.cut_ties_title(held):
        st.write(ties)
    register(clusters.cut_tie_rows(held, view.connected), key="cut-ties", alt="Ties that are the only link")
    ui.explain_metrics(PAGE_METRICS["groups"][-1:])


def _qualities(view: View) -> None:
    connected, column = view.connected, view.color_by
    # The map tells viewers no answer of these: from two parts, or from ties under the one rule less those under the
    # other, one could work out a single person's. So they see everybody's, always under the sheet's own rule.
    network = connected.network if is_staff() else network_at(view.workbook, wave=connected.full_network.wave)
    found = network.results.get(
        "tie values", column, lambda: summarize_tie_values(network, view.workbook, column=column)
    )
    if not found:
        return
    qualities = tie_values.as_told(found)
    heading(tie_values.qualities_title(qualities))
    if network is not connected.network:
        st.caption(OF_EVERYBODY)
    chart = tie_values.qualities_chart(qualities)
    ui.chart(chart, alt=tie_values.qualities_text(qualities), key="qualities")
    if rows := tie_values.quality_rows(qualities):
        with st.expander("Each group by itself"):
            alt = "Averages of ties within each group"
            register(rows, key="qualities-table", alt=alt, rows_at_once=12, numbers=list(rows[0])[1:])
    ui.explain_metrics(PAGE_METRICS["tie-values"])
