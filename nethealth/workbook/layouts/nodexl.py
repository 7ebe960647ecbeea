"""NodeXL's workbook: Edges and Vertices, under a row of group headings and beside columns for how to draw them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Final

from nethealth.workbook.cells.characters import folded
from nethealth.workbook.layouts.rearranged import EDGE_WEIGHT, Rearranged, find_header_row, header_keys
from nethealth.workbook.raw import RawCell, RawTab
from nethealth.workbook.schema.tabs import CONNECTIONS, MEMBERS

NODEXL_TABS: Final = frozenset(
    map(folded, ("Groups", "Group Vertices", "Overall Metrics", "Misc", "Group Edges", "Do Not Delete"))
)
"""Other tabs that NodeXL adds, which we leave alone."""
_OTHER_COLUMNS: Final = "othercolumns"
"""The group heading of the columns that people add; those before it are NodeXL's own."""
_OWN_COLUMNS: Final = frozenset(map(folded, (
    "Color", "Shape", "Size", "Width", "Style", "Opacity", "Visibility", "Image File", "Label", "Label Text Color",
    "Label Font Size", "Label Fill Color", "Label Position", "Tooltip", "Layout Order", "X", "Y", "Locked?", "Polar R",
    "Polar Angle", "Degree", "In-Degree", "Out-Degree", "Betweenness Centrality", "Closeness Centrality",
    "Eigenvector Centrality", "PageRank", "Clustering Coefficient", "Reciprocated Vertex Pair Ratio", "Reciprocated?",
    "ID", "Dynamic Filter", "Add Your Own Columns Here", "Marked?", "Custom Menu Item Text",
    "Custom Menu Item Action", "Vertex Group",
)))  # fmt: skip


def nodexl_edges(tab: RawTab) -> Rearranged:
    """Read Edges as Connections, without NodeXL's own columns."""
    names = {
        "vertex1": CONNECTIONS.columns["source"].name,
        "vertex2": CONNECTIONS.columns["target"].name,
        "relationship": CONNECTIONS.columns["type"].name,
        "weight": EDGE_WEIGHT,
    }
    arranged = dataclasses.replace(tab, rows=_rows(tab, names), read_as=CONNECTIONS.name)
    return Rearranged([arranged], "We read NodeXL’s edges as Connections, without the columns on how to draw them.")


def nodexl_vertices(tab: RawTab) -> Rearranged:
    """Read Vertices as Members, without NodeXL's own columns."""
    rows = _rows(tab, {"vertex": MEMBERS.columns["name"].name})
    arranged = dataclasses.replace(tab, rows=rows, read_as=MEMBERS.name)
    return Rearranged([arranged], "We read NodeXL’s vertices as Members, without the columns on how to draw them.")


def _rows(tab: RawTab, names: Mapping[str, str]) -> list[list[RawCell]]:
    """Return the rows with headers by `names`, and with NodeXL's own columns blank."""
    header_row, _ = find_header_row(tab, *((key,) for key in names if key.startswith("vertex"))) or (0, ())
    headings = header_keys(tab.rows[header_row - 1]) if header_row else {}
    added_from = headings.get(_OTHER_COLUMNS, 0)
    keys = header_keys(tab.rows[header_row])
    blank = {at for key, at in keys.items() if key not in names and (key in _OWN_COLUMNS or at < added_from)}
    rows = [
        [None if at in blank and number >= header_row else cell for at, cell in enumerate(row)]
        for number, row in enumerate(tab.rows)
    ]
    for key, name in names.items():
        if key in keys:
            rows[header_row][keys[key]] = name
    return rows
