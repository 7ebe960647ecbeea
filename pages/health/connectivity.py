"""Connectivity: the map of who is tied to whom, how to read it, and where connections could grow."""

from functools import partial

import streamlit as st

from nethealth.cache import cached
from nethealth.network import EVERYTHING, LATEST
from nethealth.network.connectivity import analyze_connectivity
from nethealth.network.tables import connectivity as tables
from nethealth.ui import components as ui
from nethealth.ui.connectivity import (
    View,
    clusters,
    exact_metrics,
    introductions,
    layout_store,
    metrics,
    over_time,
    table,
)
from nethealth.ui.connectivity import (
    selection as choosing,
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
from nethealth.ui.session import current_workbook, is_staff
from nethealth.ui.session import reading as reading_shown
from nethealth.workbook.schema.vocabulary import WaveKind

TABS = {
    "Reading": metrics.show,
    "Groups and bridges": clusters.show,
    "Over time": over_time.show,
    "Introductions": introductions.show,
    "Table": table.show,
}

ui.page_title("Connectivity", "Who is connected to whom, and where can connections grow?")
wide_page()
workbook = current_workbook()
if not workbook.people:
    ui.empty_state("Connections", tables.no_tie_text(workbook.settings.tie_rule))
    st.stop()

with folded_on_a_phone("map-controls"):
    wave = wave_control(workbook) or LATEST
    rule = rule_control(workbook)
    layout_store.layout_store.settle(reading_shown(), wave=wave, rule=rule)
    everybody = cached(analyze_connectivity)(workbook, wave=wave, rule=rule)
    color_by = attribute_control(workbook, "colour", "Colour by")
    selection = choosing.selection_control(everybody.choices)
if everybody.is_empty:
    ui.empty_state("Connections", tables.no_tie_text(rule))
    st.stop()

connected = exact_metrics.as_asked(cached(choosing.chosen)(workbook, wave=wave, rule=rule, selection=selection))
view = View(connected=connected, color_by=color_by)
if not everybody.network.ties:
    can_choose = len(waves_of(workbook, kind=WaveKind.RELATIONSHIPS)) > 1
    elsewhere = can_choose and any(connection.wave != wave for connection in workbook.connections)
    ui.empty_state("Connections", tables.no_tie_text(rule, elsewhere=elsewhere), outline=False)
at = {"wave": wave, "rule": rule}
draw = partial(cached(choosing.drawn), workbook, **at, for_staff=is_staff())
drawn = draw(selection=selection, color_by=color_by)
tell = partial(cached(load_details), workbook, **at, for_staff=is_staff())
with st.container(key=MAP_AND_FIGURES):
    picture, figures = st.columns([5, 1], gap="medium")
with picture:
    show_map(drawn, of=draw(selection=EVERYTHING, color_by=None), tell=tell)
    choosing.say_what_is_shown(connected)
with figures:
    choosing.say_of_whom(connected)
    ui.metric_row(tables.headline_cards(connected))
    show_map_description(connected.description, named=connected.cut_people_text)


def beneath() -> None:
    """What is to be read of the map, in tabs."""
    if connected.has_no_reports:
        st.caption(tables.ON_WEAVING)
    with st.container(width=1100):
        # Without a tie there is nothing to read but who is there.
        shown = TABS if connected.network.ties else {"Table": table.show}
        opened = st.tabs(list(shown), key="tab", bind="query-params")
        current = next((place for place, tab in enumerate(opened) if tab.open), 0)
        with opened[current]:
            list(shown.values())[current](view)
        table.downloads(view)


after_map_ready(beneath, drawn=drawn, tell=tell)
