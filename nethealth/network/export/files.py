"""A network as a file for another program: GraphML, GEXF, Kumu's JSON, or a workbook with a tab for each part.

Strength is written under its own name, never as `weight`: programs take a weight for a distance as readily as for
closeness, and would set those who work together most the farthest apart.

GraphML: Brandes et al. 2002, http://graphml.graphdrawing.org. GEXF 1.2: https://gexf.net. Kumu's blueprints:
https://docs.kumu.io/guides/import/blueprints.
"""

from __future__ import annotations

import datetime as dt
import json
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Mapping, Sequence

from nethealth.network import METRICS
from nethealth.network.export.contents import Exported, Field, NetworkExport, Value
from nethealth.presentation.formatting import UNDEFINED
from nethealth.presentation.table import Column, Table, xlsx_bytes

GRAPHML = "http://graphml.graphdrawing.org/xmlns"
GEXF = "http://www.gexf.net/1.2draft"
GEXF_VIZ = "http://www.gexf.net/1.2draft/viz"
UNIT = 100.0
"""Gephi's own unit is a small dot: what is one unit apart on the map is so many there."""

ID, LABEL, KIND = Field("id", "Code"), Field("label", "Name"), Field("kind", "Kind")


def as_graphml(export: NetworkExport) -> bytes:
    """GraphML, as Gephi, igraph, networkx and yEd read it; the whole network's figures are the graph's own data."""
    root = ET.Element("graphml", xmlns=GRAPHML)
    graph = ET.Element("graph", id="network", edgedefault="undirected")
    place = (Field("x", "x"), Field("y", "y"))
    keys = {
        "graph": _keys(root, "graph", export.whole_fields, [export.whole]),
        "node": _keys(root, "node", (LABEL, KIND, *export.people_fields, *place), map(_placed, export.people)),
        "edge": _keys(root, "edge", export.tie_fields, (tie.told for tie in export.ties)),
    }
    root.append(graph)
    _graphml_data(graph, export.whole, keys["graph"])
    for person in export.people:
        node = ET.SubElement(graph, "node", id=str(person.told["id"]))
        _graphml_data(node, _placed(person), keys["node"])
    for tie in export.ties:
        edge = ET.SubElement(graph, "edge", source=str(tie.told["source"]), target=str(tie.told["target"]))
        _graphml_data(edge, tie.told, keys["edge"])
    return _xml(root)


def as_gexf(export: NetworkExport) -> bytes:
    """GEXF, Gephi's own: people stand where they stand on the map. The whole network's figures are its description."""
    root = ET.Element("gexf", {"xmlns": GEXF, "xmlns:viz": GEXF_VIZ, "version": "1.2"})
    meta = ET.SubElement(root, "meta")
    ET.SubElement(meta, "creator").text = "nethealth"
    told = (
        f"{field.label}: {_written(export.whole[field.id])}"
        for field in export.whole_fields
        if field.id in export.whole
    )
    ET.SubElement(meta, "description").text = "; ".join(told)
    graph = ET.SubElement(root, "graph", mode="static", defaultedgetype="undirected")
    people = _gexf_columns(graph, "node", (KIND, *export.people_fields), [person.told for person in export.people])
    ties = _gexf_columns(graph, "edge", export.tie_fields, [tie.told for tie in export.ties])
    nodes = ET.SubElement(graph, "nodes")
    for person in export.people:
        node = ET.SubElement(nodes, "node", id=str(person.told["id"]), label=str(person.told["label"]))
        _gexf_values(node, person.told, people)
        if person.place is not None:
            x, y = _upwards(person.place)
            ET.SubElement(node, "viz:position", x=f"{x:.1f}", y=f"{y:.1f}", z="0")
    edges = ET.SubElement(graph, "edges")
    for number, tie in enumerate(export.ties):
        ends = {"source": str(tie.told["source"]), "target": str(tie.told["target"])}
        _gexf_values(ET.SubElement(edges, "edge", {"id": str(number), **ends}), tie.told, ties)
    return _xml(root)


def as_kumu(export: NetworkExport) -> bytes:
    """Kumu's blueprint: an element for each person, a connection without direction for each tie, told by their ids.

    Kumu has no place for figures of a whole network; each person's are among the fields of their element.
    """
    elements = [
        {
            "id": person.told["id"],
            "label": person.told["label"],
            "type": person.told["kind"],
            **{
                field.label: _plain(person.told[field.id])
                for field in export.people_fields
                if field.id in person.told and field.id != "tags"
            },
            **({"tags": str(person.told["tags"]).split("; ")} if "tags" in person.told else {}),
        }
        for person in export.people
    ]
    connections = [
        {
            "id": f"tie-{number}",
            "from": tie.told["source"],
            "to": tie.told["target"],
            "direction": "undirected",
            **({"type": tie.told["tie_type"]} if "tie_type" in tie.told else {}),
            **{
                field.label: _plain(tie.told[field.id])
                for field in export.tie_fields
                if field.id in tie.told and field.id != "tie_type"
            },
        }
        for number, tie in enumerate(export.ties, start=1)
    ]
    told = {"elements": elements, "connections": connections}
    return json.dumps(told, ensure_ascii=False, allow_nan=False, indent=1).encode()


def as_workbook(export: NetworkExport) -> bytes:
    """A workbook with the tabs Members, Ties and Figures; nothing in it runs."""
    fields = (LABEL, ID, KIND, *export.people_fields)
    members = [{field.label: person.told.get(field.id) for field in fields} for person in export.people]
    called = {person.told["id"]: person.told["label"] for person in export.people}
    ties = [
        {
            "From": called[tie.told["source"]],
            "From code": tie.told["source"],
            "To": called[tie.told["target"]],
            "To code": tie.told["target"],
            **{field.label: tie.told.get(field.id) for field in export.tie_fields},
        }
        for tie in export.ties
    ]
    declared = {measure.id: measure for measure in METRICS["network"]}
    figures = [
        {
            "Figure": field.label,
            "Value": export.whole.get(field.id, UNDEFINED),
            "How to read it": declared[field.id].reading if field.id in declared else "",
            "A dash": declared[field.id].undefined if field.id in declared else "",
        }
        for field in export.whole_fields
        if field.id in export.whole or field.id in declared
    ]
    tie_headers = ("From", "From code", "To", "To code", *(field.label for field in export.tie_fields))
    return xlsx_bytes(
        {
            "Members": Table.of(map(Column, dict.fromkeys(field.label for field in fields)), members),
            "Ties": Table.of(map(Column, dict.fromkeys(tie_headers)), ties),
            "Figures": Table.of(map(Column, ("Figure", "Value", "How to read it", "A dash")), figures),
        }
    )


FORMS: Mapping[str, tuple[str, str, Callable[[NetworkExport], bytes]]] = {
    ".xlsx": (
        "Members, ties and figures",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        as_workbook,
    ),
    ".graphml": ("The network for Gephi, igraph or networkx", "application/xml", as_graphml),
    ".gexf": ("The network for Gephi, as it stands on the map", "application/xml", as_gexf),
    ".json": ("The network for Kumu", "application/json", as_kumu),
}
"""By a file's ending: what it is called where one chooses, its media type, and what writes it."""


def _keys(
    root: ET.Element, of: str, fields: Iterable[Field], rows: Iterable[Mapping[str, Value]]
) -> dict[str, tuple[str, str]]:
    """Declares the fields that some row holds; returns for each its key and its type."""
    kinds = _kinds(rows)
    keys: dict[str, tuple[str, str]] = {}
    for field in fields:
        if field.id in kinds:
            key, kind = f"{of}{len(keys)}", kinds[field.id]
            ET.SubElement(root, "key", {"id": key, "for": of, "attr.name": field.id, "attr.type": kind})
            keys[field.id] = (key, kind)
    return keys


def _graphml_data(parent: ET.Element, told: Mapping[str, Value], keys: Mapping[str, tuple[str, str]]) -> None:
    for field, (key, kind) in keys.items():
        if field in told:
            ET.SubElement(parent, "data", key=key).text = _typed(told[field], kind)


def _gexf_columns(
    graph: ET.Element, of: str, fields: Iterable[Field], rows: Sequence[Mapping[str, Value]]
) -> dict[str, tuple[str, str]]:
    columns = ET.SubElement(graph, "attributes", {"class": of, "mode": "static"})
    kinds = _kinds(rows)
    keys: dict[str, tuple[str, str]] = {}
    for field in fields:
        if field.id in kinds:
            key, kind = f"{of}{len(keys)}", kinds[field.id]
            # GEXF calls a whole number `integer`.
            said = "integer" if kind == "int" else kind
            ET.SubElement(columns, "attribute", id=key, title=field.id, type=said)
            keys[field.id] = (key, kind)
    return keys


def _gexf_values(parent: ET.Element, told: Mapping[str, Value], keys: Mapping[str, tuple[str, str]]) -> None:
    values = ET.SubElement(parent, "attvalues")
    for field, (key, kind) in keys.items():
        if field in told:
            ET.SubElement(values, "attvalue", {"for": key, "value": _typed(told[field], kind)})


def _kinds(rows: Iterable[Mapping[str, Value]]) -> dict[str, str]:
    """The type of each field that some row holds: that of all its values."""
    kinds: dict[str, str] = {}
    for row in rows:
        for field, value in row.items():
            kind = _kind(value)
            before = kinds.setdefault(field, kind)
            if kind != before:
                kinds[field] = "double" if {kind, before} == {"int", "double"} else "string"
    return kinds


def _kind(value: Value) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "int"
    return "double" if isinstance(value, float) else "string"


def _typed(value: Value, kind: str) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(float(value)) if kind == "double" and isinstance(value, int | float) else _written(value)


def _written(value: Value) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    return repr(value) if isinstance(value, float) else str(value)


def _plain(value: Value) -> str | int | float | bool:
    return value.isoformat() if isinstance(value, dt.date) else value


def _placed(person: Exported) -> Mapping[str, Value]:
    if person.place is None:
        return person.told
    x, y = _upwards(person.place)
    return {**person.told, "x": x, "y": y}


def _upwards(place: tuple[float, float]) -> tuple[float, float]:
    """A place as Gephi and igraph have it: y upwards."""
    return round(place[0] * UNIT, 1), round(-place[1] * UNIT, 1) + 0.0


def _xml(root: ET.Element) -> bytes:
    ET.indent(root, space=" ")
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))
