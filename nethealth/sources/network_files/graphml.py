"""Read GraphML, as Gephi, igraph, networkx, and yEd write it: http://graphml.graphdrawing.org/specification.html."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from nethealth.sources import size_limits
from nethealth.sources.network_files.tables import NetworkTables, check_columns, number_or_text
from nethealth.sources.network_files.xml_events import parse_xml
from nethealth.workbook.raw import RawCell, RawWorkbook


def read_graphml(data: bytes, *, title: str) -> RawWorkbook:
    """Return the network as a workbook. Raises a FileError."""
    handler = _GraphML()
    parse_xml(data, handler)
    if handler.skipped:
        handler.tables.notes.append(f"We skipped connections of more than two people: {handler.skipped:,}.")
    return handler.tables.build(title=title)


@dataclass(slots=True)
class _Key:
    name: str
    domain: str
    default: RawCell = None


@dataclass(slots=True)
class _Element:
    """A node or an edge that is open. Nodes may hold graphs with nodes of their own."""

    attributes: Mapping[str, str]
    is_node: bool
    values: dict[str, RawCell] = field(default_factory=dict)
    label: str | None = None


class _GraphML:
    def __init__(self) -> None:
        self.tables = NetworkTables()
        self.skipped = 0
        self._keys: dict[str, _Key] = {}
        self._key: _Key | None = None
        self._open: list[_Element] = []
        self._directed: list[bool] = []
        self._pieces: list[str] | None = None
        self._data_key = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "key":
            identifier = attributes.get("id", "")
            title = attributes.get("attr.name") or identifier
            self._key = self._keys[identifier] = _Key(title, attributes.get("for", "all"))
            if len(self._keys) > size_limits.MAX_COLUMNS:
                size_limits.raise_too_many_cells()
        elif name == "graph":
            self._directed.append(attributes.get("edgedefault", "directed") != "undirected")
        elif name in ("node", "edge"):
            self._open.append(_Element(attributes, name == "node"))
        elif name == "hyperedge":
            self.skipped += 1
        elif name in ("data", "default", "NodeLabel"):
            self._data_key = attributes.get("key", self._data_key)
            self._pieces = []

    def text(self, text: str) -> None:
        if self._pieces is not None:
            self._pieces.append(text)

    def end(self, name: str) -> None:
        if name == "graph" and self._directed:
            self._directed.pop()
        elif name in ("node", "edge") and self._open:
            self._close(self._open.pop())
        elif name == "key":
            self._key = None
        elif name in ("data", "default", "NodeLabel") and self._pieces is not None:
            text = "".join(self._pieces).strip()
            self._pieces = None
            if name == "default" and self._key is not None:
                self._key.default = number_or_text(text) if text else None
            elif self._open and text:
                self._put(self._open[-1], name, text)

    def _put(self, element: _Element, name: str, text: str) -> None:
        if name == "NodeLabel":
            element.label = element.label or text
        elif name == "data":
            key = self._keys.get(self._data_key)
            element.values[key.name if key else self._data_key] = number_or_text(text)
            check_columns(element.values)

    def _close(self, element: _Element) -> None:
        domain = "node" if element.is_node else "edge"
        defaults = {
            key.name: key.default
            for key in self._keys.values()
            if key.default is not None and key.domain in (domain, "all")
        }
        values = {**defaults, **element.values} if defaults else element.values
        if element.is_node:
            self.tables.add_node(element.attributes.get("id", ""), values, label=element.label)
            return
        says = element.attributes.get("directed")
        is_directed = says == "true" if says else self._directed[-1] if self._directed else True
        source, target = element.attributes.get("source", ""), element.attributes.get("target", "")
        self.tables.add_edge(source, target, values, is_directed=is_directed)
