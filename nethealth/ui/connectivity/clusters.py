"""The Clusters and bridges tab: connections by category, clusters, bridges, and how people rate their connections."""

from __future__ import annotations

import streamlit as st

from nethealth.cache import cached
from nethealth.network.analysis.attribute_mixing import measure_mixing
from nethealth.network.analysis.permutation_test import MixingTest, run_permutation_test
from nethealth.network.analysis.tie_values import summarize_tie_values
from nethealth.network.charts import mixing as mixing_charts
from nethealth.network.charts import tie_values
from nethealth.network.graph import network_at
from nethealth.network.metrics.definitions import METRICS, PAGE_METRICS
from nethealth.network.tables import clusters
from nethealth.ui import components as ui
from nethealth.ui.connectivity.view import COVERS_EVERYONE, NetworkView, heading
from nethealth.ui.session import is_staff


def show(view: NetworkView) -> None:
    """Show mixing compared with chance, clusters, bridges, and tie values."""
    _show_mixing(view)
    _show_clusters(view)
    _show_bridges(view)
    _show_tie_values(view)


def _show_mixing(view: NetworkView) -> None:
    column, network = view.color_by, view.connected.network
    if column is None:
        st.caption("To see whether similar people connect, choose a column under “Color by” above the map.")
        return
    mixing = network.results.get(
        "permutation test", column, lambda: run_permutation_test(network, view.workbook, column=column)
    )
    heading(mixing_charts.mixing_title(mixing, column=column))
    if not isinstance(mixing, MixingTest):
        return
    segments = measure_mixing(network, view.workbook, column=column)
    st.write(ui.escape_markdown(mixing_charts.mixing_text(mixing), longest=600))
    if (grid := mixing_charts.mixing_chart(mixing)) is not None:
        st.caption(mixing_charts.HOW_TO_READ)
        ui.chart(grid, alt=mixing_charts.mixing_alt(mixing), key="mixing")
    with st.expander("Numbers and tables"):
        ui.metric_row(mixing_charts.mixing_cards(mixing, segments))
        categories = mixing_charts.category_table(segments, mixing)
        ui.show_table(categories, key="mixing-table", label=f"People and connections by {column}")
        cells = mixing_charts.cell_table(mixing)
        ui.show_table(cells, key="mixing-cells", label="Connections compared with chance")
    ui.explain_metrics((*PAGE_METRICS["chance"], *METRICS["segments"]))


def _show_clusters(view: NetworkView) -> None:
    # The table and the filter number the clusters of the whole network, so this section does too.
    whole, column = view.connected.full_network, view.color_by
    found = whole.results.get(
        "clusters", column, lambda: clusters.describe_clusters(whole, view.workbook, column=column)
    )
    heading(clusters.clusters_title(found))
    if view.connected.is_filtered:
        st.caption(COVERS_EVERYONE)
    if stability := clusters.stability_text(found):
        st.write(stability)
    ui.show_table(clusters.cluster_table(found, view.connected), key="groups", label="Clusters")
    if len(found.agreement) > 1 and found.profiles.profiles:
        with st.expander("Which columns the clusters match"):
            matches = clusters.agreement_table(found)
            ui.show_table(matches, key="followed", label="How closely clusters match each column")
    ui.explain_metrics(PAGE_METRICS["groups"][:-1])


def _show_bridges(view: NetworkView) -> None:
    network = view.connected.network
    cut_points = cached(clusters.find_cut_points)(network)
    heading(clusters.cut_points_title(cut_points, view.connected))
    people = clusters.cut_point_table(cut_points, view.connected)
    ui.show_table(people, key="bridges", label="People who hold parts of the network together")
    if not_listed := clusters.not_listed_text(cut_points, view.connected):
        st.caption(not_listed)
    if bridges := clusters.bridges_text(cut_points):
        st.write(bridges)
    ui.show_table(clusters.bridge_table(cut_points, view.connected), key="cut-ties", label="Bridges")
    ui.explain_metrics(PAGE_METRICS["groups"][-1:])


def _show_tie_values(view: NetworkView) -> None:
    connected, column = view.connected, view.color_by
    # Viewers may not see a single person's answers, which two selections, rules, or columns would reveal by
    # subtraction. So they see averages of everyone's, always under the workbook's own rule.
    network = connected.network if is_staff() else network_at(view.workbook, wave=connected.full_network.wave)
    summaries = network.results.get(
        "ratings", column, lambda: summarize_tie_values(network, view.workbook, column=column)
    )
    if not summaries:
        return
    ordered = tie_values.strength_last(summaries)
    if not is_staff():
        heading("How people rate their connections")
        if connected.is_filtered:
            st.caption(COVERS_EVERYONE)
        ui.metric_row(tie_values.average_cards(ordered))
        ui.explain_metrics(PAGE_METRICS["tie-values"][:1])
        return
    heading(tie_values.tie_values_title(ordered))
    ui.chart(tie_values.tie_values_chart(ordered), alt=tie_values.tie_values_alt(ordered), key="qualities")
    if categories := tie_values.category_table(ordered):
        with st.expander("By category"):
            ui.show_table(categories, key="qualities-table", label="Average ratings within each category")
    ui.explain_metrics(PAGE_METRICS["tie-values"])
