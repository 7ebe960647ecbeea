"""Kumu's JSON becomes people and connections."""

import json

import pytest

from nethealth.sources import read_file
from nethealth.workbook.schema.vocabulary import Kind
from tests.sources.network_files.networks import open_network, people, ties

ELEMENTS = [
    {"label": "Ana Ruiz", "type": "Person", "tags": ["STEM", "Coaching"], "School": "North HS"},
    {"label": "North HS", "type": "Organization"},
]


def kumu(elements: object = ELEMENTS, connections: object = ()) -> str:
    return json.dumps({"elements": elements, "connections": list(connections)})  # type: ignore[call-overload]


def test_elements_tags_and_kinds() -> None:
    connections = [{"from": "Ana Ruiz", "to": "North HS", "direction": "directed", "type": "Works at"}]
    workbook = open_network(kumu(connections=connections), "map.json")
    assert [(person.name, person.kind, person.tags) for person in workbook.people.values()] == [
        ("Ana Ruiz", Kind.PERSON, ("STEM", "Coaching")),
        ("North HS", Kind.ORGANIZATION, ()),
    ]
    assert ties(workbook) == [("Ana Ruiz", "North HS")]
    assert [(tie.kind, tie.is_report) for tie in workbook.connections] == [("Works at", True)]


@pytest.mark.parametrize("direction", ["undirected", "mutual"])
def test_ids_and_connections_about_both(direction: str) -> None:
    elements = [{"_id": f"elem-{label}", "attributes": {"label": label}} for label in ("Ana", "Ben")]
    connections = [{"_id": "c", "from": "elem-Ana", "to": "elem-Ben", "direction": direction}]
    workbook = open_network(kumu(elements, connections), "map.json")
    assert ties(workbook) == [("Ana", "Ben")]
    assert [tie.is_report for tie in workbook.connections] == [False]


def test_two_names_of_one_meaning_are_two_columns() -> None:
    workbook = open_network(kumu([{"label": "Ana", "Cohort": "1", "cohort": "2"}, {"label": "Ben"}]), "map.json")
    assert people(workbook) == ["Ana", "Ben"]


def test_numbers_that_are_none_or_too_long_stay_text_or_blank() -> None:
    text = '{"elements": [{"label": "Ana", "n": NaN, "k": ' + "9" * 6_000 + '}, {"label": "Ben"}]}'
    rows = read_file(text.encode(), "map.json").tabs[0].rows
    assert rows[1] == ["Ana", "9" * 6_000]
