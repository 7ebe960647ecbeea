"""Connectivity: the map of connections, its metrics, and where connections could grow."""

from functools import partial

import streamlit as st

from nethealth.cache import cached
from nethealth.network.connectivity import analyze_connectivity, build_map
from nethealth.network.map.legend import default_column
from nethealth.network.map.tour import load_tour
from nethealth.network.tables import connectivity as tables
from nethealth.ui import components as ui
from nethealth.ui import page_shell
from nethealth.ui.connectivity import (
    NetworkView,
    clusters,
    exact_metrics,
    introductions,
    layout_store,
    metrics,
    over_time,
    selection,
    table,
)
from nethealth.ui.connectivity.network_map import (
    MAP_AND_FIGURES,
    after_map_ready,
    load_details,
    show_map,
    show_map_description,
    wide_page,
)
from nethealth.ui.controls import attribute_control, folded_on_a_phone, rule_control, wave_control, waves_of
from nethealth.ui.record import connection
from nethealth.ui.session import current_reading, current_workbook, is_staff, rerun_if_role_changed, today
from nethealth.workbook.schema.vocabulary import WaveKind
from nethealth.workbook.waves import LATEST

TABS = {
    "Metrics": metrics.show,
    "Clusters and bridges": clusters.show,
    "Over time": over_time.show,
    "Introductions": introductions.show,
    "Table": table.show,
}


@st.fragment
def show_alone() -> None:
    """Show the page below its title. A control runs only this: the less a browser draws first, the sooner the map."""
    rerun_if_role_changed()
    page_shell.draw_part(show)


def show() -> None:
    """Show the controls, the map with its figures, and the tabs."""
    workbook = current_workbook()
    with folded_on_a_phone("map-controls"):
        wave = wave_control(workbook) or LATEST
        rule = rule_control(workbook)
        layout_store.layout_store.restore_positions(current_reading(), wave=wave, rule=rule)
        everyone = analyze_connectivity(workbook, wave=wave, rule=rule)
        color_by = attribute_control(workbook, "colour", "Color by", default=default_column(workbook))
        filters = selection.selection_control(everyone.choices)
    if everyone.is_empty:
        ui.empty_state("Connections", tables.no_tie_text(rule, can_choose_rule=is_staff()))
        connection.show()
        return

    connected = exact_metrics.with_requested_precision(
        analyze_connectivity(workbook, wave=wave, rule=rule, selection=filters)
    )
    view = NetworkView(connected=connected, color_by=color_by)
    if not everyone.network.ties:
        can_choose = len(waves_of(workbook, kind=WaveKind.RELATIONSHIPS)) > 1
        elsewhere = can_choose and any(each.wave != wave for each in workbook.connections)
        ui.empty_state(
            "Connections", tables.no_tie_text(rule, elsewhere=elsewhere, can_choose_rule=is_staff()), outline=False
        )
    whole_map = build_map(workbook, wave=wave, rule=rule, for_staff=is_staff())
    shown_map = build_map(workbook, wave=wave, rule=rule, selection=filters, color_by=color_by, for_staff=is_staff())
    load_map_details = partial(cached(load_details), workbook, wave=wave, rule=rule, for_staff=is_staff())
    with st.container(key=MAP_AND_FIGURES):
        map_column, cards_column = st.columns([5, 1], gap="medium")
    with map_column:
        show_map(shown_map, whole=whole_map, load=load_map_details)
        selection.show_map_caption(connected, limits=shown_map.drawing.limits_text)
    with cards_column:
        selection.show_selection_caption(connected)
        ui.metric_row(tables.headline_cards(connected))
        show_map_description(connected.description, names=connected.cut_people_text)
    load_map_tour = partial(load_tour, workbook, as_of=today(), **view.choices, color_by=color_by, for_staff=is_staff())
    after_map_ready(partial(show_tabs, view), whole=whole_map, load=load_map_details, load_tour=load_map_tour)


def show_tabs(view: NetworkView) -> None:
    """Show what is below the map: the form for a connection, and tabs."""
    connection.show()
    if view.connected.has_no_reports:
        st.caption(tables.FROM_WEAVING)
    with st.container(width=1100):
        # Without connections there are only people to list.
        tabs = TABS if view.connected.network.ties else {"Table": table.show}
        opened = st.tabs(list(tabs), key="tab", bind="query-params")
        current = next((place for place, tab in enumerate(opened) if tab.open), 0)
        with opened[current]:
            list(tabs.values())[current](view)
        table.downloads(view)


ui.page_title("Connectivity", "Who is connected, and where could connections grow?")
wide_page()
if current_workbook().people:
    show_alone()
else:
    ui.empty_state("Connections", tables.no_tie_text(current_workbook().settings.tie_rule, can_choose_rule=is_staff()))
