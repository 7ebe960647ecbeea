"""The people and ties on the map as tables that can be sorted, for whoever would rather read than look."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from nethealth.network.connectivity import Connectivity, connectivity_map
from nethealth.network.export.contents import NetworkExport, network_export
from nethealth.network.export.files import FORMS
from nethealth.network.map.picture import picture_of_map
from nethealth.network.tables import connectivity as tables
from nethealth.presentation.formatting import pluralize
from nethealth.ui import components as ui
from nethealth.ui.connectivity import exact_metrics
from nethealth.ui.connectivity.view import View, answers_shown_from, register
from nethealth.ui.session import is_staff
from nethealth.workbook.records import Workbook
from nethealth.workbook.schema.vocabulary import TieRule

PEOPLE, TIES = "People", "Ties"


def show(view: View) -> None:
    """The map in words, then everybody on it, or every tie, in the order that one chooses."""
    st.write(ui.escape_markdown(view.connected.description_with_names, longest=2_000))
    exact_metrics.offer(view.connected, sample=view.connected.sample)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        what = st.segmented_control("Show as a table", (PEOPLE, TIES), default=PEOPLE, key="rows", bind="query-params")
        rows = _rows(view, what or PEOPLE)
        if not rows:
            st.caption("No tie to list." if what == TIES else "Nobody to list.")
            return
        # A column of one table need not be in the other, so each remembers its own.
        headers = list(rows[0])
        first = headers.index("Ties") if "Ties" in headers else 0
        sort = "sort" if what != TIES else "sort-ties"
        by = st.selectbox("Sort by", headers, index=first, key=sort, bind="query-params", width=220) or headers[first]
        in_reverse = st.toggle("The other way round", key=f"{sort}-reversed", bind="query-params")
    is_descending = tables.starts_with_largest(rows, by=by) != in_reverse
    many = pluralize(len(rows), "tie") if what == TIES else pluralize(len(rows), "person", "people")
    words = f"{many}, by “{by}”, {_first(rows, by, in_reverse)} first"
    ordered = ui.Ordered(by=by, is_descending=is_descending, words=words)
    shown = tables.sorted_rows(rows, by=by, in_reverse=in_reverse)
    numbers = tables.measure_headers(view.connected).values() if what == TIES else ()
    key = (what or PEOPLE).lower()
    register(shown, key=key, alt=f"{what or PEOPLE} on the map", ordered=ordered, numbers=numbers)


def downloads(view: View) -> None:
    """What the page shows as files: tables for a spreadsheet, and the network for other programs."""
    connected = view.connected
    lists = {
        PEOPLE: partial(_rows, view, PEOPLE),
        TIES: partial(_rows, view, TIES),
        "Waves": partial(tables.wave_rows, connected, smallest_group=answers_shown_from()),
    }
    networks = [
        ui.Download(
            label=f"{label} ({ending})",
            file_name=f"network{ending}",
            mime=mime,
            make=partial(_exported, connected, written=written, for_staff=is_staff()),
        )
        for ending, (label, mime, written) in FORMS.items()
    ]
    files = [ui.csv_download(title, rows, name="connectivity") for title, rows in lists.items()]
    whole = connected.full_network
    drawings = [
        ui.Download(
            label="The whole map, to open without a network (.html)",
            file_name="network-map.html",
            mime="text/html",
            make=partial(_offline, view.workbook, wave=whole.wave, rule=whole.rule, color_by=view.color_by),
        ),
        ui.Download(
            label="The map as a picture (.svg)",
            file_name="network-map.svg",
            mime="image/svg+xml",
            make=partial(_pictured, connected, color_by=view.color_by),
        ),
    ]
    ui.downloads({}, name="connectivity", files=[*drawings, *files, *networks])


def _offline(workbook: Workbook, *, wave: str | None, rule: TieRule, color_by: str | None) -> bytes:
    from nethealth.network.map.offline import offline_map

    return offline_map(workbook, wave=wave, rule=rule, color_by=color_by).encode()


def _pictured(connected: Connectivity, *, color_by: str | None) -> bytes:
    drawn = connectivity_map(connected, color_by=color_by, among=connected.workbook.people.values())
    return picture_of_map(drawn.saying(connected.description, named=connected.cut_people_text)).encode()


def _exported(connected: Connectivity, *, written: Callable[[NetworkExport], bytes], for_staff: bool) -> bytes:
    return written(network_export(connected, for_staff=for_staff))


def _rows(view: View, what: str) -> list[tables.Row]:
    if what == TIES:
        return tables.tie_rows(view.connected, for_staff=is_staff())
    return tables.person_rows(view.connected, color_by=view.color_by, for_staff=is_staff())


def _first(rows: list[tables.Row], by: str, in_reverse: bool) -> str:
    if tables.starts_with_largest(rows, by=by):
        return "the smallest" if in_reverse else "the largest"
    return "Z" if in_reverse else "A"
