"""Connectivity: the map of who is tied to whom, how to read it, and where connections could grow."""

import streamlit as st

from nethealth.figures import network_charts as charts
from nethealth.figures import network_tables as tables
from nethealth.figures.connectivity import EVERYBODY, connectivity, filters, kept_by, map_of
from nethealth.network import LATEST, MEASURES, segment_figures
from nethealth.ui import components as ui
from nethealth.ui.cached import by_workbook
from nethealth.ui.components import Column, ColumnKind
from nethealth.ui.controls import attribute_control, rule_control, wave_control
from nethealth.ui.network_map import show_map, wide_page
from nethealth.ui.session import current_workbook, is_staff

KINDS = {
    **dict.fromkeys(("Ties", "Named by", "Names", "People", "Without a tie", "Kept", "New", "Lost"), ColumnKind.NUMBER),
    **dict.fromkeys(("Ties per member", "Ties among them", "Ties with others"), ColumnKind.NUMBER),
    **dict.fromkeys(("Now", "Wave before", "Without the hub"), ColumnKind.NUMBER),
    **dict.fromkeys(("Stands between", "Answered", "Largest group", "Share that goes out"), ColumnKind.SHARE),
    "Joined": ColumnKind.DATE,
}
TABS = ("Reading", "Groups and bridges", "Over time", "Members with few ties", "Table")


def register(rows: list[tables.Row], *, key: str, alt: str, rows_at_once: int = 25) -> None:
    if rows:
        shown = [Column(header, header, KINDS.get(header, ColumnKind.TEXT)) for header in rows[0]]
        ui.register_table(rows, shown, key=key, alt=alt, rows_at_once=rows_at_once)


def heading(finding: str) -> None:
    st.header(ui.safe(finding), anchor=False)


def show_reading() -> None:
    heading("What the figures say")
    st.write(connected.words)
    register(tables.reading_rows(connected, first=True), key="reading", alt="The figures to read first")
    with st.expander("Every other figure of the network"):
        register(tables.reading_rows(connected, first=False), key="reading-more", alt="The other figures")
    ui.what_this_means(tables.measures("network"))


def show_groups() -> None:
    if colour_by is None:
        st.caption("Choose what to colour by, above the map, to see how ties follow it.")
    else:
        segments = segment_figures(connected.network, workbook, column=colour_by)
        heading(tables.segment_title(segments))
        ui.figure_row(tables.segment_cards(segments))
        if (mixing := charts.mixing_chart(segments)) is not None:
            ui.chart(mixing, alt=charts.mixing_in_words(segments), key="mixing")
        register(
            tables.mixing_rows(segments), key="mixing-table", alt=f"People and ties by {colour_by}", rows_at_once=12
        )
        ui.what_this_means(MEASURES["segments"])
    heading(tables.bridges_in_words(connected))
    register(tables.bridge_rows(connected), key="bridges", alt="People who hold parts together")


def show_time() -> None:
    heading(charts.change_title(connected.waves))
    if len(connected.waves) > 1:
        ui.chart(charts.change_chart(connected.waves), alt=charts.change_in_words(connected.waves), key="change")
    register(tables.wave_rows(connected), key="waves", alt="The figures of each wave")
    ui.what_this_means(MEASURES["waves"])


def show_few_ties() -> None:
    heading(tables.few_ties_title(connected))
    st.write("Newcomers often begin here. A call, or an introduction to one person, is where a tie starts.")
    if is_staff():
        register(tables.few_ties_rows(connected), key="few", alt="People to reach out to")
    else:
        st.caption("Staff see whom to reach out to.")


def show_table() -> None:
    by = st.selectbox("Sort by", tables.SORTS, key="sort", bind="query-params", width=220)
    register(tables.sorted_rows(people, by=by or tables.SORTS[0]), key="people", alt="Everybody on the map")


ui.page_title("Connectivity", "Who is connected to whom, and where can connections grow?")
wide_page()
workbook = current_workbook()
with st.container(horizontal=True, key="map-controls"):
    wave = wave_control(workbook)
    rule = rule_control(workbook)
    connected = by_workbook(connectivity)(workbook, wave=wave or LATEST, rule=rule)
    colour_by = attribute_control(workbook, "colour", "Colour by")
    choices = [EVERYBODY, *filters(workbook, connected=connected)]
    chosen = st.selectbox("Show", choices, key="only", bind="query-params") if len(choices) > 1 else None
if connected.is_empty:
    ui.nothing_yet("Connections", tables.no_tie_in_words(rule))
    st.stop()

only = kept_by(chosen, workbook=workbook, connected=connected)
people = tables.person_rows(connected, colour_by=colour_by, only=only)
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
    shows = (show_reading, show_groups, show_time, show_few_ties, show_table)
    opened = st.tabs(TABS, key="tab", bind="query-params")
    current = next((place for place, tab in enumerate(opened) if tab.open), 0)
    with opened[current]:
        shows[current]()
    waves = tables.wave_rows(connected)
    ui.downloads({"People": people, "Ties": tables.tie_rows(connected), "Waves": waves}, name="connectivity")
