"""Workbooks of network tools, which keep people in one tab and connections in another: Kumu, Gephi, and NodeXL.

Kumu: https://docs.kumu.io/guides/import/spreadsheets. Gephi: https://gephi.org/users/supported-graph-formats/spreadsheet.
NodeXL: https://www.smrfoundation.org/nodexl.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, TypeAlias

from nethealth.workbook.cells.characters import folded
from nethealth.workbook.cells.names import name_key
from nethealth.workbook.cells.text import read_text
from nethealth.workbook.layouts.kumu import kumu_connections, kumu_elements
from nethealth.workbook.layouts.nodexl import NODEXL_TABS, nodexl_edges, nodexl_vertices
from nethealth.workbook.layouts.rearranged import EDGE_WEIGHT, Rearranged, find_header_row, header_keys
from nethealth.workbook.raw import RawCell, RawTab
from nethealth.workbook.readers.headers import find_tabs
from nethealth.workbook.readers.problem_log import ProblemLog
from nethealth.workbook.schema.tabs import CONNECTIONS, MEMBERS, SCALES
from nethealth.workbook.schema.vocabulary import HeardThrough

NetworkTool: TypeAlias = Callable[[Sequence[RawTab]], Mapping[int, Rearranged]]
"""Return what becomes of the tabs, by their place; empty if they aren't this tool's."""

_HEARD_THROUGH: Final = CONNECTIONS.columns["heard_through"].name
_DIRECTIONS: Final = frozenset({"directed", "undirected"})
_SHARE_OF_KNOWN_ENDS: Final = 0.5


def arrange_network_tools(tabs: Sequence[RawTab]) -> Mapping[int, Rearranged]:
    """Return what becomes of tabs in the layout of a network tool, by their place among `tabs`."""
    return next((found for tool in _TOOLS if (found := tool(tabs))), {})


def _arrange_kumu(tabs: Sequence[RawTab]) -> Mapping[int, Rearranged]:
    """Read Elements as Members, next to Connections with From and To."""
    elements = _first(tabs, lambda tab: folded(tab.title) == "elements" and _has(tab, "label"))
    ties = _first(tabs, lambda tab: folded(tab.title) == "connections" and _has(tab, "from", "to"))
    if elements is None or ties is None or _has_members(tabs):
        return {}
    has_scales = SCALES.name in find_tabs(tabs, problem_log=ProblemLog()).tabs
    connections = kumu_connections(tabs[ties], elements=tabs[elements], has_scales=has_scales)
    return {elements: kumu_elements(tabs[elements])} | ({} if connections is None else {ties: connections})


def _arrange_nodexl(tabs: Sequence[RawTab]) -> Mapping[int, Rearranged]:
    """Read the tab with Vertex 1 and Vertex 2 as Connections, and the one with Vertex as Members."""
    edges = _first(tabs, lambda tab: _has(tab, "vertex1", "vertex2"))
    if edges is None or _has_other_connections(tabs, tabs[edges]):
        return {}
    found = {edges: nodexl_edges(tabs[edges])}
    vertices = _first(tabs, lambda tab: folded(tab.title) == "vertices" and _has(tab, "vertex"))
    if vertices is not None and not _has_members(tabs):
        found[vertices] = nodexl_vertices(tabs[vertices])
    for place, tab in enumerate(tabs):
        if folded(tab.title) in NODEXL_TABS and place not in found and tab.read_as is None:
            left_alone = dataclasses.replace(tab, read_as="")
            found[place] = Rearranged([left_alone], "We left this tab of NodeXL alone.")
    return found


def _arrange_gephi(tabs: Sequence[RawTab]) -> Mapping[int, Rearranged]:
    """Read a tab with Id and Label as Members if the Source and Target of another one are such ids.

    A tab whose Type says only Directed or Undirected is Gephi's, too, whatever the other tabs are.
    """
    edges = _first(tabs, lambda tab: _has(tab, "source", "target"))
    if edges is None or _has_other_connections(tabs, tabs[edges]):
        return {}
    nodes = (
        None if _has_members(tabs) else _first(tabs, lambda tab: _has(tab, "id", "label") and tab is not tabs[edges])
    )
    if nodes is not None and not _are_ids(tabs[edges], tabs[nodes]):
        nodes = None
    if nodes is None and not _says_directions(tabs[edges]):
        return {}
    found = {edges: _gephi_edges(tabs[edges])}
    if nodes is not None:
        members = dataclasses.replace(tabs[nodes], read_as=MEMBERS.name)
        found[nodes] = Rearranged([members], "We read Gephi’s nodes as Members.")
    return found


_TOOLS: Final[tuple[NetworkTool, ...]] = (_arrange_kumu, _arrange_nodexl, _arrange_gephi)


def _gephi_edges(tab: RawTab) -> Rearranged:
    """Take weights as a measure, and undirected edges as facts about both people rather than as reports by Source."""
    header_row, (source, target) = find_header_row(tab, ("source",), ("target",)) or (0, (0, 0))
    keys = header_keys(tab.rows[header_row])
    rows = [list(row) for row in tab.rows]
    headers = rows[header_row]
    headers[source], headers[target] = CONNECTIONS.columns["source"].name, CONNECTIONS.columns["target"].name
    if "weight" in keys:
        headers[keys["weight"]] = EDGE_WEIGHT
    if "id" in keys:
        _clear(rows, keys["id"])
    undirected = 0
    if "type" in keys and _says_directions(tab):
        at = keys["type"]
        headers[at] = _HEARD_THROUGH
        for row in rows[header_row + 1 :]:
            if at < len(row):
                is_undirected = folded(read_text(row[at]).value or "") == "undirected"
                undirected += is_undirected
                row[at] = HeardThrough.STAFF.value if is_undirected else None
    message = "We read Gephi’s edges as Connections."
    if undirected:
        message += " Undirected ones count for both people, as if staff had entered them."
    return Rearranged([dataclasses.replace(tab, rows=rows, read_as=CONNECTIONS.name)], message)


def _clear(rows: Sequence[list[RawCell]], column: int) -> None:
    for row in rows:
        if column < len(row):
            row[column] = None


def _says_directions(tab: RawTab) -> bool:
    """True if Type says Directed or Undirected in every row that fills it."""
    found = find_header_row(tab, ("source",), ("target",), ("type",))
    if found is None:
        return False
    header_row, (_, _, at) = found
    kinds = {folded(text) for text in _texts(tab, header_row, at)}
    return bool(kinds) and kinds <= _DIRECTIONS


def _are_ids(edges: RawTab, nodes: RawTab) -> bool:
    """True if at least half of the people that the edges name are ids of nodes."""
    header_row, (identifier, _) = find_header_row(nodes, ("id",), ("label",)) or (0, (0, 0))
    ids = {name_key(text) for text in _texts(nodes, header_row, identifier)}
    header_row, (source, target) = find_header_row(edges, ("source",), ("target",)) or (0, (0, 0))
    ends = {name_key(text) for at in (source, target) for text in _texts(edges, header_row, at)}
    return bool(ends) and len(ends & ids) >= _SHARE_OF_KNOWN_ENDS * len(ends)


def _texts(tab: RawTab, header_row: int, at: int) -> Iterable[str]:
    for row in tab.rows[header_row + 1 :]:
        if at < len(row) and (text := read_text(row[at]).value):
            yield text


def _has(tab: RawTab, *headers: str) -> bool:
    return tab.read_as is None and find_header_row(tab, *((header,) for header in headers)) is not None


def _first(tabs: Sequence[RawTab], is_it: Callable[[RawTab], bool]) -> int | None:
    return next((place for place, tab in enumerate(tabs) if is_it(tab)), None)


def _has_members(tabs: Sequence[RawTab]) -> bool:
    return MEMBERS.name in find_tabs(tabs, problem_log=ProblemLog()).tabs


def _has_other_connections(tabs: Sequence[RawTab], edges: RawTab) -> bool:
    """True if another tab is the workbook's Connections."""
    found = find_tabs(tabs, problem_log=ProblemLog()).tabs.get(CONNECTIONS.name, [])
    return any(tab is not edges for tab in found[:1])
