"""Connectivity: the map of who is tied to whom, how to read it, and where connections could grow."""

import streamlit as st

from nethealth.figures import network_tables as tables
from nethealth.figures.connectivity import EVERYBODY, connectivity, filters, kept_by, map_of
from nethealth.network import LATEST
from nethealth.ui import components as ui
from nethealth.ui import places_kept
from nethealth.ui.cached import by_workbook
from nethealth.ui.connectivity import View, groups, introductions, over_time, reading, table
from nethealth.ui.controls import attribute_control, rule_control, wave_control
from nethealth.ui.network_map import show_map, wide_page
from nethealth.ui.session import current_workbook
from nethealth.ui.session import reading as reading_shown

TABS = {
    "Reading": reading.show,
    "Groups and bridges": groups.show,
    "Over time": over_time.show,
    "Introductions": introductions.show,
    "Table": table.show,
}

ui.page_title("Connectivity", "Who is connected to whom, and where can connections grow?")
wide_page()
workbook = current_workbook()
with st.container(horizontal=True, key="map-controls"):
    wave = wave_control(workbook)
    rule = rule_control(workbook)
    places_kept.kept.settle(reading_shown(), wave=wave or LATEST, rule=rule)
    connected = by_workbook(connectivity)(workbook, wave=wave or LATEST, rule=rule)
    colour_by = attribute_control(workbook, "colour", "Colour by")
    choices = [EVERYBODY, *filters(workbook, connected=connected)]
    chosen = st.selectbox("Show", choices, key="only", bind="query-params") if len(choices) > 1 else None
if connected.is_empty:
    ui.nothing_yet("Connections", tables.no_tie_in_words(rule))
    st.stop()

only = kept_by(chosen, workbook=workbook, connected=connected)
view = View(workbook=workbook, connected=connected, colour_by=colour_by, only=only)
if not connected.figures.ties:
    ui.nothing_yet("Connections", tables.no_tie_in_words(rule), outline=False)
picture, figures = st.columns([5, 1], gap="medium")
with picture:
    show_map(by_workbook(map_of)(workbook, wave=wave or LATEST, rule=rule, colour_by=colour_by, chosen=chosen))
with figures:
    ui.figure_row(tables.headline_cards(connected))
    st.caption("These figures are of everybody, whoever is shown." if only is not None else "")
if connected.stands_on_weaving:
    st.caption(tables.ON_WEAVING)
if not connected.figures.ties:
    st.stop()

with st.container(width=1100):
    opened = st.tabs(list(TABS), key="tab", bind="query-params")
    current = next((place for place, tab in enumerate(opened) if tab.open), 0)
    with opened[current]:
        list(TABS.values())[current](view)
    people = tables.person_rows(connected, colour_by=colour_by, only=only)
    ui.downloads(
        {"People": people, "Ties": tables.tie_rows(connected), "Waves": tables.wave_rows(connected)},
        name="connectivity",
    )
