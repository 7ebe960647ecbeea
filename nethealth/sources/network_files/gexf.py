"""Read GEXF, Gephi's format, of any version: https://gexf.net."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from nethealth.sources import size_limits
from nethealth.sources.network_files.tables import NetworkTables, check_columns, number_or_text
from nethealth.sources.network_files.xml_events import parse_xml
from nethealth.workbook.raw import RawCell, RawWorkbook


def read_gexf(data: bytes, *, title: str) -> RawWorkbook:
    """Return the network as a workbook. Raises a FileError."""
    handler = _Gexf()
    parse_xml(data, handler)
    return handler.tables.build(title=title)


@dataclass(slots=True)
class _Element:
    """A node or an edge that is open. Nodes may hold nodes."""

    attributes: Mapping[str, str]
    domain: str
    values: dict[str, RawCell] = field(default_factory=dict)


class _Gexf:
    def __init__(self) -> None:
        self.tables = NetworkTables()
        self._titles: dict[tuple[str, str], str] = {}
        self._defaults: dict[str, dict[str, RawCell]] = {"node": {}, "edge": {}}
        self._domain = "node"
        self._title = ""
        self._default: list[str] | None = None
        self._default_type = "undirected"
        self._open: list[_Element] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "graph":
            self._default_type = attributes.get("defaultedgetype", "undirected")
        elif name == "attributes":
            self._domain = attributes.get("class", "node")
        elif name == "attribute":
            identifier = attributes.get("id", "")
            self._title = attributes.get("title") or identifier
            self._titles[self._domain, identifier] = self._title
            if len(self._titles) > size_limits.MAX_COLUMNS:
                size_limits.raise_too_many_cells()
        elif name == "default":
            self._default = []
        elif name in ("node", "edge"):
            self._open.append(_Element(attributes, name))
        elif name == "attvalue" and self._open:
            element = self._open[-1]
            # Version 1.0 says `id` where the others say `for`.
            identifier = attributes.get("for") or attributes.get("id", "")
            if value := attributes.get("value"):
                title = self._titles.get((element.domain, identifier), identifier)
                element.values[title] = number_or_text(value)
                check_columns(element.values)

    def text(self, text: str) -> None:
        if self._default is not None:
            self._default.append(text)

    def end(self, name: str) -> None:
        if name == "default" and self._default is not None:
            text = "".join(self._default).strip()
            self._default = None
            if text:
                self._defaults.setdefault(self._domain, {})[self._title] = number_or_text(text)
        elif name in ("node", "edge") and self._open:
            self._close(self._open.pop())

    def _close(self, element: _Element) -> None:
        attributes, values = element.attributes, element.values
        if defaults := self._defaults[element.domain]:
            values = {**defaults, **values}
        if element.domain == "node":
            self.tables.add_node(attributes.get("id", ""), values, label=attributes.get("label"))
            return
        own = {name: number_or_text(attributes[name]) for name in ("weight", "label") if attributes.get(name)}
        is_directed = attributes.get("type", self._default_type) == "directed"
        source, target = attributes.get("source", ""), attributes.get("target", "")
        self.tables.add_edge(source, target, {**own, **values}, is_directed=is_directed)
