"""Read JSON with nodes and links, as networkx, D3, Cytoscape, sigma.js, and vis.js write it.

networkx: https://networkx.org/documentation/stable/reference/readwrite/json_graph.html; Cytoscape.js:
https://js.cytoscape.org/#notation/elements-json.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from nethealth.errors import FileDamaged
from nethealth.sources.network_files.tables import NetworkTables
from nethealth.workbook.raw import RawCell, RawWorkbook

_NODES: Final = ("nodes", "vertices")
_LINKS: Final = ("links", "edges")
_IDS: Final = ("id", "key", "_id")
_SOURCES: Final = ("source", "from")
_TARGETS: Final = ("target", "to")
_NAMES: Final = ("label", "name")
_NESTED: Final = ("data", "attributes")
"""Where some programs keep all values of a node or link."""
_WEIGHTS: Final = frozenset({"value"})
"""What D3 calls a weight."""
_LARGEST_INDEX: Final = 1_000_000


def has_links(content: object) -> bool:
    """True if parsed JSON has nodes and links, as such programs write them."""
    found = _parts(content)
    return found is not None and bool(found[0]) and any(_end(link, _SOURCES) is not None for link in found[1])


def read_node_link(content: Mapping[str, Any], *, title: str) -> RawWorkbook:
    """Return the nodes and links of parsed JSON as a workbook. Raises a FileError."""
    found = _parts(content)
    if found is None:
        raise FileDamaged("This file has no people and no connections.")
    nodes, links = found
    tables = NetworkTables()
    names: list[str] = []
    for place, node in enumerate(nodes):
        own = next((text for key in _IDS if (text := _text(node.get(key)))), None)
        label = next((text for key in _NAMES if (text := _text(node.get(key)))), None)
        identifier = own or label or str(place)
        names.append(identifier)
        tables.add_node(identifier, _values(node, without=(*_IDS, *_NAMES)), label=label)
    # Early versions of D3 number the nodes from 0 if they have no ids.
    by_place = not any(_text(node.get(key)) for node in nodes for key in _IDS)
    is_directed = content.get("directed") is True
    for link in links:
        source, target = (_name_of(_end(link, keys), names, by_place=by_place) for keys in (_SOURCES, _TARGETS))
        values = _values(link, without=(*_IDS, *_SOURCES, *_TARGETS, "key"))
        tables.add_edge(source or "", target or "", values, is_directed=_direction(link, is_directed))
    return tables.build(title=title)


def _parts(content: object) -> tuple[Sequence[Mapping[str, Any]], Sequence[Mapping[str, Any]]] | None:
    if not isinstance(content, dict):
        return None
    inner = content.get("elements")
    if isinstance(inner, list) and any(isinstance(each, dict) and isinstance(each.get("data"), dict) for each in inner):
        records = _flat(inner)
        return [each for each in records if "source" not in each], [each for each in records if "source" in each]
    lists = inner if isinstance(inner, dict) else content
    nodes, links = (
        next((_flat(lists[key]) for key in keys if isinstance(lists.get(key), list)), None) for keys in (_NODES, _LINKS)
    )
    return None if nodes is None or links is None else (nodes, links)


def _flat(records: Sequence[Any]) -> list[dict[str, Any]]:
    """Return the records with the values that some programs keep one level down."""
    flat = []
    for record in records:
        if isinstance(record, dict):
            nested: dict[str, Any] = next((record[key] for key in _NESTED if isinstance(record.get(key), dict)), {})
            flat.append({**record, **nested})
    return flat


def _end(link: Mapping[str, Any], keys: Sequence[str]) -> object:
    end = next((link[key] for key in keys if link.get(key) is not None), None)
    # D3 replaces the ends by the nodes themselves once it has drawn them.
    return next((end[key] for key in (*_IDS, *_NAMES) if key in end), None) if isinstance(end, dict) else end


def _name_of(end: object, names: Sequence[str], *, by_place: bool) -> str | None:
    if by_place and isinstance(end, int) and not isinstance(end, bool) and 0 <= end < min(len(names), _LARGEST_INDEX):
        return names[end]
    return _text(end)


def _direction(link: Mapping[str, Any], is_directed: bool) -> bool:
    said = link.get("directed")
    return said if isinstance(said, bool) else is_directed


def _text(value: object) -> str | None:
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) and value != "" else None


def _values(record: Mapping[str, Any], *, without: Sequence[str]) -> dict[str, RawCell]:
    return {
        "weight" if name in _WEIGHTS and "weight" not in record else name: value
        for name, value in record.items()
        if name not in without and isinstance(value, str | int | float | bool) and value != ""
    }
