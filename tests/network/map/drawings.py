"""Small workbooks and their maps, which the tests of the map share."""

from __future__ import annotations

import datetime as dt

from nethealth.network.graph import network_at
from nethealth.network.layout.positions import layout
from nethealth.network.map.model import draw_network
from nethealth.network.map.network_map import NetworkMap, color_map
from nethealth.workbook.records import Connection, Person, Workbook


def workbook_of(people: list[Person], ties: list[tuple[str, str]], *, strength: float | None = None) -> Workbook:
    return Workbook(
        people={person.key: person for person in people},
        attributes=("Region", "Organization"),
        connections=tuple(Connection(source=a, target=b, strength=strength) for a, b in ties),
        today=dt.date(2026, 1, 1),
    )


def person(key: str, *, region: str | None = None, on_map: bool = True, name: str | None = None) -> Person:
    attributes = {"Region": region, "Organization": f"{key} School"} if region is not None else {}
    return Person(key=key, name=key if name is None else name, attributes=attributes, on_map=on_map)


def drawn(
    workbook: Workbook,
    *,
    color_by: str | None = None,
    among: list[Person] | None = None,
    only: frozenset[str] | None = None,
    description: str = "",
    **keywords: object,
) -> NetworkMap:
    network = network_at(workbook)
    drawing = draw_network(network, positions=layout(network), **keywords)  # type: ignore[arg-type]
    if only is not None:
        drawing = drawing.subset(only)
    return color_map(drawing, color_by, among=among).described(description)


FOUR = [person("Ana", region="North"), person("Ben", region="North"), person("Cy", region="South"), person("Dee")]
