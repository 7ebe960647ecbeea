"""What the map leaves out of a very large network, and what it keeps."""

from __future__ import annotations

import itertools

import pytest

from nethealth.network.connectivity import build_map
from nethealth.network.graph import Tie, network_at
from nethealth.network.map import drawing_limits
from nethealth.network.map.drawing_limits import choose_people, choose_ties
from nethealth.network.map.offline import offline_map
from nethealth.network.metrics.topology import Topology
from nethealth.network.selection import Selection
from nethealth.workbook.records import Workbook
from tests.network.map.drawings import drawn, person, workbook_of

KEYS = [f"p{number:02}" for number in range(20)]


def everyone_connected(keys: list[str] = KEYS, *, strength: float | None = None) -> Workbook:
    people = [person(key, region="North" if key < "p05" else "South") for key in keys]
    return workbook_of(people, list(itertools.combinations(keys, 2)), strength=strength)


def tie(a: str, b: str, strength: float | None) -> Tie:
    return Tie(a=a, b=b, strength=strength, kinds=(), heard_through=(), reported_by=(), rows=())


@pytest.fixture(autouse=True)
def _low_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing_limits, "MOST_TIES_DRAWN", 40)
    monkeypatch.setattr(drawing_limits, "MOST_PEOPLE_DRAWN", 30)


def test_map_within_limits_is_whole() -> None:
    whole = drawn(everyone_connected(KEYS[:9]))
    assert len(whole.edges) == 36
    assert whole.drawing.limits_text == ""


def test_map_of_too_many_ties_draws_so_many_and_counts_all() -> None:
    found = drawn(everyone_connected())
    assert len(found.edges) == 40
    assert {node["ties"] for node in found.nodes} == {19}
    assert "40 of 190 connections" in found.drawing.limits_text


def test_payload_stops_growing_at_the_limit() -> None:
    sizes = [len(drawn(everyone_connected(KEYS[:size])).as_json()["ties"]["from"]) for size in (12, 16, 20)]
    assert sizes == [40, 40, 40]


def test_strongest_ties_are_drawn() -> None:
    ties = [tie(a, b, float(at)) for at, (a, b) in enumerate(itertools.combinations(KEYS, 2))]
    strengths = sorted((each.strength or 0.0 for each in choose_ties(ties)), reverse=True)
    # All but the few that keep everyone together are the strongest.
    assert strengths[: 40 - len(KEYS)] == [float(at) for at in range(189, 189 - (40 - len(KEYS)), -1)]


def test_connected_people_stay_connected_by_weak_ties() -> None:
    pairs = [*itertools.combinations(KEYS[:10], 2), *itertools.combinations(KEYS[10:], 2)]
    ties = [*(tie(a, b, 5.0) for a, b in pairs), tie(KEYS[0], KEYS[10], 1.0)]
    chosen = choose_ties(ties)
    topology = Topology(20, edges=[(KEYS.index(each.a), KEYS.index(each.b)) for each in chosen])
    assert len(chosen) == 40
    assert len(topology.components) == 1


def test_one_more_tie_moves_few_others() -> None:
    ties = [tie(a, b, None) for a, b in itertools.combinations(KEYS, 2)]
    before, after = ({each.pair for each in choose_ties(some)} for some in (ties[:-1], ties))
    assert len(before - after) <= 1


def test_part_of_a_limited_map_is_drawn_in_full() -> None:
    workbook = everyone_connected()
    part = build_map(workbook, selection=Selection(values=(("Region", "North"),)))
    whole = build_map(workbook)
    assert (len(part.nodes), len(part.edges), part.drawing.limits_text) == (5, 10, "")
    places = {node["id"]: (node["x"], node["y"]) for node in whole.nodes}
    assert all(places[node["id"]] == (node["x"], node["y"]) for node in part.nodes)


def test_people_with_most_ties_are_drawn() -> None:
    degrees = {f"q{number}": number for number in range(50)}
    chosen = choose_people({key: person(key) for key in degrees}, degrees)
    assert list(chosen) == [f"q{number}" for number in range(20, 50)]


def test_map_of_too_many_people_leaves_out_isolates() -> None:
    alone = [person(f"z{number:02}") for number in range(40)]
    workbook = workbook_of([*(person(key) for key in KEYS[:4]), *alone], [(KEYS[0], KEYS[1]), (KEYS[2], KEYS[3])])
    found = drawn(workbook)
    assert (found.shown, found.total, len(found.edges)) == (30, 44, 2)
    assert "30 people" in found.drawing.limits_text


def test_metrics_ignore_the_limit() -> None:
    assert len(network_at(everyone_connected()).ties) == 190


def test_offline_file_says_what_it_leaves_out() -> None:
    text = offline_map(everyone_connected())
    assert "40 of 190 connections" in text
    assert '"details":{' not in text
    assert '"details":{' in offline_map(everyone_connected(KEYS[:9]))
