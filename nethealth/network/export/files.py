"""A network as a file for another program: GraphML, GEXF, Kumu's JSON, or a workbook with a tab for each part.

Strength is written under its own name, never as `weight`: many programs take a weight for a distance, and would put
people who work together most the farthest apart.

networkx writes GraphML. Its GEXF has no description, where metrics of the whole network go, and holds the time of
writing, so that equal networks would differ; we write GEXF ourselves.

GraphML: Brandes et al. 2002, http://graphml.graphdrawing.org. GEXF 1.2: https://gexf.net. Kumu's blueprints:
https://docs.kumu.io/guides/import/blueprints.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from nethealth.metric import Metric, Unit, meanings
from nethealth.network.export.contents import IDENTITY_METRICS, ExportRecord, Field, NetworkExport, Value
from nethealth.network.metrics.definitions import METRICS
from nethealth.presentation.formatting import UNDEFINED, format_date, pluralize
from nethealth.presentation.table import Column, Format, Share, Table
from nethealth.presentation.xlsx_file import xlsx_bytes

GEXF = "http://www.gexf.net/1.2draft"
GEXF_VIZ = "http://www.gexf.net/1.2draft/viz"
UNIT = 100.0
"""Gephi's units per unit of the layout: its default dot is small."""

ID, LABEL, KIND = Field("id", "Code"), Field("label", "Name"), Field("kind", "Kind")
_PEOPLE = [metric for metric in METRICS["people"] if metric.id not in IDENTITY_METRICS]
MEMBER_MEANINGS = {
    ID.label: "The same person has the same code in each file of this network.",
    **meanings(_PEOPLE, {metric.label: metric.id for metric in _PEOPLE}),
}
TIE_MEANINGS = {
    "Strength": "From 1 to 5, in the words of the next column. If the two people differ, it’s the higher one.",
    "Confirmed by both": "“yes” if each of the two reported the connection.",
    "Heard through": "Who reported the connection: a survey, or weavers, convenings, or staff.",
    "Latest date": "When someone last reported the connection.",
}
SHARE_HEADERS = frozenset(metric.label for metric in _PEOPLE if metric.unit is Unit.SHARE)


def as_graphml(export: NetworkExport) -> bytes:
    """Return GraphML for Gephi, igraph, networkx, and yEd; metrics of the whole network are the graph's own data."""
    import networkx

    graph = networkx.Graph(**_plain_values(export.network))
    for person in export.people:
        values = {"label": person.values["label"], "kind": person.values["kind"]} | _without(person.values, "id")
        if person.position is not None:
            values["x"], values["y"] = _y_upward(person.position)
        graph.add_node(person.values["id"], **_plain_values(values))
    for tie in export.ties:
        values = _without(tie.values, "source", "target")
        graph.add_edge(tie.values["source"], tie.values["target"], **_plain_values(values))
    out = io.BytesIO()
    networkx.write_graphml_xml(graph, out, infer_numeric_types=True)
    return out.getvalue()


def as_gexf(export: NetworkExport) -> bytes:
    """Return GEXF, Gephi's format, with people where they are on the map; the description has the network's metrics."""
    root = ET.Element("gexf", {"xmlns": GEXF, "xmlns:viz": GEXF_VIZ, "version": "1.2"})
    meta = ET.SubElement(root, "meta")
    ET.SubElement(meta, "creator").text = "nethealth"
    description = (
        f"{field.label}: {_text(export.network[field.id])}"
        for field in export.network_fields
        if field.id in export.network
    )
    ET.SubElement(meta, "description").text = "; ".join(description)
    graph = ET.SubElement(root, "graph", mode="static", defaultedgetype="undirected")
    person_columns = _gexf_columns(
        graph, "node", (KIND, *export.people_fields), [person.values for person in export.people]
    )
    tie_columns = _gexf_columns(graph, "edge", export.tie_fields, [tie.values for tie in export.ties])
    nodes = ET.SubElement(graph, "nodes")
    for person in export.people:
        node = ET.SubElement(nodes, "node", id=str(person.values["id"]), label=str(person.values["label"]))
        _add_gexf_values(node, person.values, person_columns)
        if person.position is not None:
            x, y = _y_upward(person.position)
            ET.SubElement(node, "viz:position", x=f"{x:.1f}", y=f"{y:.1f}", z="0")
    edges = ET.SubElement(graph, "edges")
    for number, tie in enumerate(export.ties):
        ends = {"source": str(tie.values["source"]), "target": str(tie.values["target"])}
        _add_gexf_values(ET.SubElement(edges, "edge", {"id": str(number), **ends}), tie.values, tie_columns)
    ET.indent(root, space=" ")
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def as_kumu(export: NetworkExport) -> bytes:
    """Return Kumu's blueprint: an element for each person, and an undirected connection for each tie.

    Kumu has no place for metrics of the whole network; each person's are among the fields of their element.
    """
    elements = [
        {
            "id": person.values["id"],
            "label": person.values["label"],
            "type": person.values["kind"],
            **_by_label(person, export.people_fields, leave_out="tags"),
            **({"tags": str(person.values["tags"]).split("; ")} if "tags" in person.values else {}),
        }
        for person in export.people
    ]
    connections = [
        {
            "id": f"tie-{number}",
            "from": tie.values["source"],
            "to": tie.values["target"],
            "direction": "undirected",
            **({"type": tie.values["tie_type"]} if "tie_type" in tie.values else {}),
            **_by_label(tie, export.tie_fields, leave_out="tie_type"),
        }
        for number, tie in enumerate(export.ties, start=1)
    ]
    blueprint = {"elements": elements, "connections": connections}
    return json.dumps(blueprint, ensure_ascii=False, allow_nan=False, indent=1).encode()


def as_workbook(export: NetworkExport) -> bytes:
    """Return a workbook with the tabs Members, Connections, and Metrics. It has no formulas."""
    fields = (LABEL, ID, KIND, *export.people_fields)
    members = [{field.label: person.values.get(field.id) for field in fields} for person in export.people]
    label_of = {person.values["id"]: person.values["label"] for person in export.people}
    ties = [
        {
            "From": label_of[tie.values["source"]],
            "From code": tie.values["source"],
            "To": label_of[tie.values["target"]],
            "To code": tie.values["target"],
            **{field.label: tie.values.get(field.id) for field in export.tie_fields},
        }
        for tie in export.ties
    ]
    definitions = {metric.id: metric for metric in METRICS["network"]}
    metrics = [
        {
            "Metric": field.label,
            "Value": _metric_value(export, field, definitions),
            "How to read it": definitions[field.id].reading if field.id in definitions else "",
            "A dash means": _meaning_of_dash(definitions[field.id]) if field.id in definitions else "",
        }
        for field in export.network_fields
        if field.id in export.network or field.id in definitions
    ]
    tie_headers = ("From", "From code", "To", "To code", *(field.label for field in export.tie_fields))
    return xlsx_bytes(
        {
            "Members": Table.of(
                _columns((field.label for field in fields), members), members, meanings=MEMBER_MEANINGS
            ),
            "Connections": Table.of(_columns(tie_headers, ties), ties, meanings=TIE_MEANINGS),
            "Metrics": Table.of(map(Column, ("Metric", "Value", "How to read it", "A dash means")), metrics),
        },
        about={
            **{
                field.label: _about_text(export.network[field.id])
                for field in export.network_fields
                if field.id in export.network and (field.id == "wave" or field.id not in definitions)
            },
            **_who_is_left_out(export),
        },
    )


def _columns(headers: Iterable[str], rows: Sequence[Mapping[str, Value | None]]) -> list[Column]:
    """Return a column for each header, of numbers if it has no other values."""
    columns = []
    for header in dict.fromkeys(headers):
        values = [value for row in rows if (value := row.get(header)) is not None]
        is_numbers = all(isinstance(value, int | float) and not isinstance(value, bool) for value in values)
        format_ = Format.SHARE if header in SHARE_HEADERS else Format.NUMBER if is_numbers else Format.TEXT
        columns.append(Column(header, format_))
    return columns


def _meaning_of_dash(metric: Metric) -> str:
    return "" if metric.undefined.startswith("never") else metric.undefined


def _metric_value(export: NetworkExport, field: Field, definitions: Mapping[str, Metric]) -> Value:
    value = export.network.get(field.id, UNDEFINED)
    is_share = field.id in definitions and definitions[field.id].unit is Unit.SHARE
    return Share(value) if is_share and isinstance(value, float) else value


def _about_text(value: Value) -> str:
    return format_date(value) if isinstance(value, dt.date) else str(value)


def _who_is_left_out(export: NetworkExport) -> dict[str, str]:
    """Return why the tabs hold fewer people than the metrics count; nothing if they hold all."""
    counted = export.network.get("members")
    if not isinstance(counted, int) or counted <= len(export.people):
        return {}
    left_out = pluralize(counted - len(export.people), "person", "people")
    return {"Not listed": f"{left_out} who asked not to appear. Metrics count them and their connections."}


@dataclass(frozen=True, slots=True)
class FileFormat:
    """A format that the network can be saved in."""

    label: str
    """What people choose."""
    mime: str
    write: Callable[[NetworkExport], bytes]


FILE_FORMATS: Mapping[str, FileFormat] = {
    ".xlsx": FileFormat(
        "Members, connections, and metrics",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        as_workbook,
    ),
    ".graphml": FileFormat("The network for Gephi, igraph, or networkx", "application/xml", as_graphml),
    ".gexf": FileFormat("The network for Gephi, positioned as on the map", "application/xml", as_gexf),
    ".json": FileFormat("The network for Kumu", "application/json", as_kumu),
}
"""The formats, by the ending of the file's name."""


def _without(values: Mapping[str, Value], *fields: str) -> dict[str, Value]:
    return {field: value for field, value in values.items() if field not in fields}


def _plain_values(values: Mapping[str, Value]) -> dict[str, str | int | float | bool]:
    return {field: _plain(value) for field, value in values.items()}


def _by_label(record: ExportRecord, fields: Iterable[Field], *, leave_out: str) -> dict[str, str | int | float | bool]:
    return {
        field.label: _plain(record.values[field.id])
        for field in fields
        if field.id in record.values and field.id != leave_out
    }


def _gexf_columns(
    graph: ET.Element, target: str, fields: Iterable[Field], rows: Sequence[Mapping[str, Value]]
) -> dict[str, tuple[str, str]]:
    """Declare the fields that some row has, and return the key and the type of each."""
    columns = ET.SubElement(graph, "attributes", {"class": target, "mode": "static"})
    types = _value_types(rows)
    keys: dict[str, tuple[str, str]] = {}
    for field in fields:
        if field.id in types:
            key, value_type = f"{target}{len(keys)}", types[field.id]
            ET.SubElement(columns, "attribute", id=key, title=field.id, type=value_type)
            keys[field.id] = (key, value_type)
    return keys


def _add_gexf_values(parent: ET.Element, row: Mapping[str, Value], keys: Mapping[str, tuple[str, str]]) -> None:
    values = ET.SubElement(parent, "attvalues")
    for field, (key, value_type) in keys.items():
        if field in row:
            ET.SubElement(values, "attvalue", {"for": key, "value": _text(row[field], value_type)})


def _value_types(rows: Iterable[Mapping[str, Value]]) -> dict[str, str]:
    """The GEXF type of each field that some row has: one that fits all its values."""
    types: dict[str, str] = {}
    for row in rows:
        for field, value in row.items():
            value_type = _value_type(value)
            other = types.setdefault(field, value_type)
            if value_type != other:
                types[field] = "double" if {value_type, other} == {"integer", "double"} else "string"
    return types


def _value_type(value: Value) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    return "double" if isinstance(value, float) else "string"


def _text(value: Value, value_type: str = "string") -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if value_type == "double" and isinstance(value, int):
        return repr(float(value))
    return repr(value) if isinstance(value, float) else str(_plain(value))


def _plain(value: Value) -> str | int | float | bool:
    return value.isoformat() if isinstance(value, dt.date) else value


def _y_upward(position: tuple[float, float]) -> tuple[float, float]:
    """A position as Gephi and igraph have it: with y upward."""
    return round(position[0] * UNIT, 1), round(-position[1] * UNIT, 1) + 0.0
