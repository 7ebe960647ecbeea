"""Small networks that the tests of exports share."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

from nethealth.network.connectivity import Connectivity, analyze_connectivity
from nethealth.network.export.contents import NetworkExport, export_network
from nethealth.sources import read_sample
from nethealth.workbook.reader import read_workbook
from nethealth.workbook.records import Connection, Person, Settings, Workbook
from nethealth.workbook.schema.vocabulary import HeardThrough

NAMES = ("Ana Reyes", "Bo Lind", "Cy Moss", "Di Park", "Hal Hidden", "Ana Reyes")
# Ana and Bo name each other, Bo names Cy, Cy and Di met; the second Ana has no connections; Hal stays off the map.
PEOPLE = {
    person.key: person
    for person in (
        Person(
            key="M1", name="Ana Reyes", attributes={"Organization": "Oak School", "Region": "North"}, tags=("math",)
        ),
        Person(
            key="M2",
            name="Bo Lind",
            attributes={"Organization": "Elm School", "Region": "North", "Mentor": "Cy Moss"},
        ),
        Person(key="M3", name="Cy Moss", attributes={"Region": "North", "Mentor": "Bo Lind"}),
        Person(key="M4", name="Di Park", attributes={"Region": "South", "Mentor": "Cy Moss"}),
        Person(key="M5", name="Hal Hidden", attributes={"Region": "South"}, on_map=False),
        Person(
            key="M6",
            name="Ana Reyes",
            attributes={"Region": "South", "Mentor": "Cy Moss"},
            private_attributes={"Pay": "SECRET"},
        ),
    )
}
WORKBOOK = Workbook(
    title="Ana Reyes’s circle",
    people=PEOPLE,
    attributes=("Organization", "Region", "Mentor"),
    private_attributes=("Pay",),
    settings=Settings(smallest_group=3),
    connections=(
        Connection(source="M1", target="M2", strength=3.0, kind="Lessons", notes="SECRET"),
        Connection(source="M2", target="M1", strength=5.0, kind="Visits with Cy Moss"),
        Connection(source="M2", target="M3", strength=2.5),
        Connection(source="M3", target="M4", heard_through=HeardThrough.CONVENING),
        Connection(source="M4", target="M5", strength=4.0),
    ),
)
STRENGTHS = {("M1", "M2"): 5.0, ("M2", "M3"): 2.5, ("M3", "M4"): None}


def exported(workbook: Workbook = WORKBOOK, **how: Any) -> NetworkExport:
    return export_network(analyze_connectivity(workbook), **how)


@cache
def sample() -> Connectivity:
    return analyze_connectivity(read_workbook(read_sample(), today=dt.date(2026, 11, 23)))
