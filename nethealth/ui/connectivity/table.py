"""The Table tab: the people and connections on the map as tables to sort and search, and the page's downloads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import streamlit as st

from nethealth.network.connectivity import Connectivity, build_map
from nethealth.network.export.contents import NetworkExport, export_network
from nethealth.network.export.files import FILE_FORMATS
from nethealth.network.map.fonts import with_fonts
from nethealth.network.map.picture import picture_of_map
from nethealth.network.tables import connectivity as tables
from nethealth.network.tables.wave_changes import all_changes_table
from nethealth.presentation.formatting import pluralize
from nethealth.presentation.table import Sorting, Table
from nethealth.ui import components as ui
from nethealth.ui.connectivity import exact_metrics
from nethealth.ui.connectivity.view import NetworkView, smallest_response
from nethealth.ui.session import is_staff
from nethealth.ui.tables import csv_download
from nethealth.workbook.records import Workbook
from nethealth.workbook.schema.vocabulary import TieRule

PEOPLE, TIES = "People", "Connections"


def show(view: NetworkView) -> None:
    """List everyone on the map, or every connection, in the chosen order."""
    exact_metrics.offer_exact_metrics(view.connected, sample=view.connected.sample)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.segmented_control("List", (PEOPLE, TIES), default=PEOPLE, key="rows", bind="query-params")
        listed = chosen or PEOPLE
        table = _table(view, listed, for_staff=is_staff())
        if not table:
            st.caption("No connections to list." if listed == TIES else "No one to list.")
            return
        # The two tables have different columns, so each remembers its own.
        headers = list(table.headers)
        default = headers.index("Connections") if "Connections" in headers else 0
        key = "sort-ties" if listed == TIES else "sort"
        by = st.selectbox("Sort by", headers, index=default, key=key, bind="query-params", width=220)
        by = by or headers[default]
        in_reverse = st.toggle("Reverse order", key=f"{key}-reversed", bind="query-params")
    is_descending = tables.starts_with_largest(table, by=by) != in_reverse
    number = pluralize(len(table), "connection") if listed == TIES else pluralize(len(table), "person", "people")
    caption = f"{number}, sorted by {by}, {_first(table, by, in_reverse)} first"
    ranked = tables.sort_table(table, by=by, in_reverse=in_reverse)
    ranked = replace(ranked, sorting=Sorting(by, is_descending, caption))
    ui.show_table(ranked, key=listed.lower(), label=f"{listed} on the map", prints=True)


def downloads(view: NetworkView) -> None:
    """Offer what the page shows as files: tables for a spreadsheet, and the network for other programs."""
    connected = view.connected
    # Files are made outside of the visit, where no one knows anymore who it is.
    lists = {
        PEOPLE: partial(_table, view, PEOPLE, for_staff=is_staff()),
        TIES: partial(_table, view, TIES, for_staff=is_staff()),
        "Waves": partial(tables.waves_table, connected, smallest_group=smallest_response()),
        "Changes between waves": partial(all_changes_table, view.workbook, rule=connected.full_network.rule),
    }
    networks = [
        ui.Download(
            label=f"{file_format.label} ({ending})",
            file_name=f"network{ending}",
            mime=file_format.mime,
            make=partial(_export, connected, write=file_format.write, for_staff=is_staff()),
        )
        for ending, file_format in FILE_FORMATS.items()
    ]
    files = [csv_download(title, make_table, name="connectivity") for title, make_table in lists.items()]
    whole = connected.full_network
    maps = [
        ui.Download(
            label="Interactive map for offline use (.html)",
            file_name="network-map.html",
            mime="text/html",
            make=partial(_offline_map, view.workbook, wave=whole.wave, rule=whole.rule, color_by=view.color_by),
        ),
        ui.Download(
            label="Picture of the map (.svg)",
            file_name="network-map.svg",
            mime="image/svg+xml",
            make=partial(_map_picture, view, names_unconnected=False),
        ),
    ]
    if is_staff() and connected.metrics.isolates:
        maps.append(
            ui.Download(
                label="Picture that also names people with no connections (.svg)",
                file_name="network-map-with-everyone.svg",
                mime="image/svg+xml",
                make=partial(_map_picture, view, names_unconnected=True),
                note="Everyone you share it with sees who has no connections.",
            )
        )
    ui.downloads({}, name="connectivity", files=[*maps, *files, *networks], charts_show=_shown(view))


def _shown(view: NetworkView) -> str:
    """Return which wave the charts show, and what is left of it if people filtered the page."""
    selection = view.connected.selection
    chosen = [f"{column}: {value}" for column, value in selection.values]
    if more := selection.filter_count - len({column for column, _ in selection.values}):
        chosen.append(pluralize(more, "more filter" if chosen else "filter"))
    return ", ".join(filter(None, [view.connected.full_network.wave, *chosen]))


def _offline_map(workbook: Workbook, *, wave: str | None, rule: TieRule, color_by: str | None) -> bytes:
    from nethealth.network.map.offline import offline_map

    return offline_map(workbook, wave=wave, rule=rule, color_by=color_by).encode()


def _map_picture(view: NetworkView, *, names_unconnected: bool) -> bytes:
    connected = view.connected
    drawn = build_map(view.workbook, **view.choices, color_by=view.color_by)
    described = drawn.described(connected.description, names=connected.cut_people_text)
    return with_fonts(picture_of_map(described, names_unconnected=names_unconnected)).encode()


def _export(connected: Connectivity, *, write: Callable[[NetworkExport], bytes], for_staff: bool) -> bytes:
    return write(export_network(connected, for_staff=for_staff))


def _table(view: NetworkView, listed: str, *, for_staff: bool) -> Table:
    if listed == TIES:
        return tables.ties_table(view.connected, for_staff=for_staff)
    return tables.people_table(view.connected, color_by=view.color_by, for_staff=for_staff)


def _first(table: Table, by: str, in_reverse: bool) -> str:
    if tables.starts_with_largest(table, by=by):
        return "smallest" if in_reverse else "largest"
    return "Z" if in_reverse else "A"
