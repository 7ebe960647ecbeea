"""What a room sees of a map: who is counted, and who is in it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nethealth.network.map.network_map import NetworkMap
from nethealth.workbook.records import Settings, Workbook
from nethealth.workbook.schema.vocabulary import TieRule
from tests.network.map.drawings import FOUR, drawn, person, workbook_of


def shown(workbook: Workbook, **options: object) -> NetworkMap:
    return drawn(workbook, color_by="Region", **options)  # type: ignore[arg-type]


def test_people_without_connections_are_counted_and_have_no_id() -> None:
    found = shown(workbook_of(FOUR, [("Ana", "Ben")]))
    assert found.room.id_of.keys() == {"Ana", "Ben"}
    assert "2 of 4 people share 1 connection; 2 have none" in found.room.counts_text
    assert [(entry.label, entry.count) for entry in found.legend_for_room] == [("North", 2)]
    assert found.room.pairs_of([("Ana", "Ben"), ("Ana", "Dee")]) == (tuple(found.room.ids[:2]),)


def test_connection_to_someone_off_the_map_counts_for_no_one() -> None:
    workbook = workbook_of([*FOUR, person("Hid", on_map=False)], [("Ana", "Ben"), ("Ben", "Hid"), ("Cy", "Hid")])
    found = shown(workbook)
    assert [node["ties"] for node in found.nodes] == [1, 2, 1, 0]
    assert found.room.ties_of == (1, 1, 0, 0)
    assert found.room.id_of.keys() == {"Ana", "Ben"}


def test_selection_counts_connections_to_others_apart() -> None:
    found = shown(workbook_of(FOUR, [("Ana", "Ben"), ("Cy", "Dee")]), only=frozenset({"Ana", "Ben", "Cy"}))
    assert found.room.counts_text.startswith("2 of 3 people share 1 connection; 1 has connections only with")
    found = shown(workbook_of(FOUR, [("Ana", "Ben")]), only=frozenset({"Ana", "Cy"}))
    assert found.room.counts_text.startswith("2 people, no connections with each other")


def test_unconfirmed_connection_is_none() -> None:
    workbook = workbook_of(FOUR, [("Ana", "Ben"), ("Ben", "Ana"), ("Ana", "Cy")])
    workbook = replace(workbook, settings=Settings(tie_rule=TieRule.BOTH))
    found = shown(workbook, include_unconfirmed=True)
    assert len(found.edges) == 2
    assert len(found.room.ties) == 1
    assert found.room.id_of.keys() == {"Ana", "Ben"}


@pytest.mark.parametrize(
    ("ties", "start"),
    [
        ([], "4 people, no connections"),
        ([("Ana", "Ben"), ("Cy", "Dee")], "4 people share 2 connections; everyone has"),
        ([("Ana", "Ben"), ("Ben", "Cy")], "3 of 4 people share 2 connections; 1 has none"),
    ],
)
def test_counts_are_one_sentence(ties: list[tuple[str, str]], start: str) -> None:
    assert str(shown(workbook_of(FOUR, ties)).as_json()["counts"]).startswith(start)
