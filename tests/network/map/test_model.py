"""The drawing: who is in it, where, and how they are connected."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import replace

import pytest

from nethealth.network.analysis.nonresponse import nonrespondents
from nethealth.network.graph import network_at
from nethealth.network.layout.positions import layout
from nethealth.network.map.model import draw_network, person_id
from nethealth.network.map.network_map import color_map
from nethealth.workbook.records import Connection, Person, Wave, Workbook
from nethealth.workbook.schema.vocabulary import NameStyle, TieRule, WaveKind
from tests.network.map.drawings import FOUR, drawn, person, workbook_of


def test_everyone_is_drawn_with_or_without_ties() -> None:
    found = drawn(workbook_of(FOUR, [("Ana", "Ben"), ("Ben", "Cy")]))
    assert {node["name"]: node["ties"] for node in found.nodes} == {"Ana": 1, "Ben": 2, "Cy": 1, "Dee": 0}
    assert len(found.edges) == 2
    assert (found.shown, found.total) == (4, 4)
    assert found.drawing.isolates is not None
    assert found.drawing.isolates["label"].startswith("No connections")


def test_only_isolates_are_in_their_area() -> None:
    people = [person(f"p{number}") for number in range(30)]
    found = drawn(workbook_of(people, [(f"p{number}", f"p{number + 1}") for number in range(20)]))
    field = found.drawing.isolates
    assert field is not None

    def is_on_grid(node: object) -> bool:
        x, y = node["x"], node["y"]  # type: ignore[index]
        return bool(field["x"] <= x <= field["x"] + field["width"] and field["y"] <= y <= field["y"] + field["height"])

    assert all(is_on_grid(node) == (node["ties"] == 0) for node in found.nodes)


def test_subset_keeps_colors_sizes_and_positions() -> None:
    workbook = workbook_of(FOUR, [("Ana", "Ben"), ("Ben", "Cy")])
    whole = {node["id"]: node for node in drawn(workbook, color_by="Region").nodes}
    part = drawn(workbook, color_by="Region", only=frozenset({"Ben", "Cy"}))
    assert {node["id"]: node for node in part.nodes} == {key: whole[key] for key in map(person_id, ("Ben", "Cy"))}
    assert (part.shown, part.total, len(part.edges)) == (2, 4, 1)
    assert [(entry.label, entry.count) for entry in part.legend] == [("North", 1), ("South", 1)]


def test_kinds_are_sorted_by_frequency() -> None:
    people = [person(f"p{number}") for number in range(5)]
    kinds = ("Advice", "Planning", "Planning", "Advice")
    ties = [
        Connection(source="p0", target=f"p{number}", strength=float(number), kind=kind)
        for number, kind in enumerate(kinds, start=1)
    ]
    both = Connection(source="p1", target="p0", kind="Planning")
    workbook = Workbook(people={one.key: one for one in people}, connections=(*ties, both), today=dt.date(2026, 1, 1))
    data = drawn(workbook).as_json()
    sent = data["ties"]
    assert sorted(sent["strength"]) == [1, 2, 3, 4]
    assert data["scale"]["1"] == "Aware of"
    # Three ties are about planning (one of them about both), two about advice.
    assert sent["kind_names"] == ["Planning", "Advice"]
    by_strength = {sent["strength"][at]: sent["kind_sets"][kind] for at, kind in enumerate(sent["kinds"])}
    assert by_strength == {1: [0, 1], 2: [0], 3: [0], 4: [1]}


def test_map_has_only_more_private_name_styles() -> None:
    data = drawn(workbook_of(FOUR, [("Ana", "Ben")])).as_json()
    assert data["name_styles"]["shown"] == "names"
    assert data["name_styles"]["others"]["initials"] == ["A", "B", "C", "D"]
    assert all(re.fullmatch(r"M-[0-9A-F]{4}(-\d+)?", code) for code in data["name_styles"]["others"]["codes"])
    short = {"Ana": "A", "Ben": "B", "Cy": "C", "Dee": "D"}
    fewer = drawn(workbook_of(FOUR, []), names=short, is_named=False, style=NameStyle.INITIALS).as_json()
    assert fewer["name_styles"] == {"shown": "initials", "others": {}}


def test_betweenness_is_included_if_given() -> None:
    workbook = workbook_of(FOUR, [("Ana", "Ben"), ("Ben", "Cy")])
    assert drawn(workbook).as_json()["people"]["betweenness"] is None
    given = {"Ana": 0.0, "Ben": 1 / 3, "Cy": float("nan"), "Dee": 0.0}
    assert drawn(workbook, betweenness=given).as_json()["people"]["betweenness"] == [0.0, 0.33333, 0.0, 0.0]


def asked_workbook() -> Workbook:
    wave = Wave(name="w", kinds=frozenset({WaveKind.RELATIONSHIPS}), date=dt.date(2025, 1, 1), respondents=("Ana",))
    guest = Person(key="Gus", name="Gus", is_guest=True)
    return Workbook(
        people={one.key: one for one in (*FOUR, guest)},
        connections=(
            Connection(source="Ana", target="Ben", wave="w"),
            Connection(source="Cy", target="Ana", wave="w"),
            Connection(source="Ana", target="Gus", wave="w"),
        ),
        waves=(wave,),
        today=dt.date(2026, 1, 1),
    )


def test_nonrespondents_exclude_reporters_and_guests() -> None:
    network = network_at(asked_workbook())
    data = color_map(
        draw_network(network, positions=layout(network), nonrespondents=nonrespondents(network)), None
    ).as_json()["people"]
    assert {data["name"][at] for at in data["nonrespondents"]} == {"Ben", "Dee"}


def test_label_differs_if_respondents_are_not_recorded() -> None:
    def label_for(workbook: Workbook) -> str:
        network = network_at(workbook)
        data = color_map(
            draw_network(network, positions=layout(network), nonrespondents=nonrespondents(network)), None
        ).as_json()
        assert data["people"]["nonrespondents"]
        return str(data["legend"]["nonresponse_label"])

    assert label_for(asked_workbook()) == "No response"
    assert label_for(replace(asked_workbook(), waves=())) == "Named no one"


def test_unconfirmed_tie_is_drawn_but_not_counted() -> None:
    wave = Wave(name="w", kinds=frozenset({WaveKind.RELATIONSHIPS}), date=dt.date(2025, 1, 1), respondents=("Ana",))
    workbook = Workbook(
        people={one.key: one for one in FOUR},
        connections=(Connection(source="Ana", target="Ben", wave="w"),),
        waves=(wave,),
        today=dt.date(2026, 1, 1),
    )
    network = network_at(workbook, rule=TieRule.BOTH)
    found = draw_network(network, positions=layout(network), include_unconfirmed=True)
    assert [edge["is_unconfirmed"] for edge in found.edges] == [True]
    assert (found.packed["ties"]["unconfirmed"], found.packed["ties"]["introduced"]) == ([0], [])
    assert {node["ties"] for node in found.nodes} == {0}
    assert draw_network(network, positions=layout(network)).edges == ()


def test_person_id_is_stable_and_unique() -> None:
    assert person_id("Ana") == person_id("Ana") != person_id("Ben")
    assert "Ana" not in person_id("Ana")


@pytest.mark.parametrize("place", [(float("nan"), 0.0), (float("inf"), 1.0)])
def test_position_that_is_not_finite_goes_to_the_center(place: tuple[float, float]) -> None:
    network = network_at(workbook_of([person("Ana"), person("Ben")], [("Ana", "Ben")]))
    found = draw_network(network, positions={"Ana": place})
    assert [(node["x"], node["y"]) for node in found.nodes] == [(0.0, 0.0), (0.0, 0.0)]


def test_empty_network() -> None:
    found = drawn(Workbook(today=dt.date(2026, 1, 1)))
    assert (found.nodes, found.edges, found.drawing.isolates, found.shown) == ((), (), None, 0)
    json.dumps(found.as_json(), allow_nan=False)
