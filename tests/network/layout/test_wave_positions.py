"""Positions are stable from wave to wave and from reading to reading."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from dataclasses import replace

import networkx as nx

from nethealth.network.graph import network_at
from nethealth.network.layout.positions import layout
from nethealth.network.layout.wave_positions import node_positions, positions_to_store
from nethealth.workbook.records import Connection, Person, Wave, Workbook
from nethealth.workbook.schema.vocabulary import TieRule, WaveKind

MakeWorkbook = Callable[..., Workbook]

GRAPH = nx.connected_watts_strogatz_graph(40, 4, 0.2, seed=1)
TIES = [(f"p{a:02}", f"p{b:02}") for a, b in sorted(GRAPH.edges)]


def waves(**by_wave: list[tuple[str, str]]) -> dict[str, object]:
    names = list(by_wave)
    return {
        "connections": tuple(
            Connection(source=source, target=target, wave=name) for name in names for source, target in by_wave[name]
        ),
        "waves": tuple(
            Wave(name=name, kinds=frozenset({WaveKind.RELATIONSHIPS}), date=dt.date(2020 + at, 5, 1))
            for at, name in enumerate(names)
        ),
    }


def far(one: dict[str, tuple[float, float]], other: dict[str, tuple[float, float]]) -> float:
    """Return the longest move as a share of the width."""
    width = max(max(axis) - min(axis) for axis in zip(*one.values(), strict=True))
    return max(math.dist(one[key], other[key]) for key in one.keys() & other.keys()) / width


def test_positions_are_stable_across_waves_and_rules(workbook_of: MakeWorkbook) -> None:
    people = [f"p{at:02}" for at in range(40)]
    by_wave = waves(first=TIES, second=[*TIES[5:], ("p00", "p20"), ("p03", "p30")])
    workbook = workbook_of(people=people, **by_wave)
    first, second = (node_positions(workbook, network_at(workbook, wave=name)) for name in ("first", "second"))
    assert far(first, second) < 0.01
    assert set(first) == set(second) == set(people)
    # No one confirms a tie, so under "both" all are isolates.
    both = network_at(workbook, wave="second", rule=TieRule.BOTH)
    assert set(node_positions(workbook, both)) == set(people)


def test_first_result_is_cached_with_workbook(workbook_of: MakeWorkbook) -> None:
    before = workbook_of(TIES)
    stored = positions_to_store(before, network_at(before))
    after = workbook_of([*TIES, ("p00", "p20")])
    fresh = node_positions(replace(after), network_at(replace(after)))
    continued = node_positions(after, network_at(after), earlier=stored)
    assert continued != fresh
    assert far(dict(stored.positions), continued) < 0.05
    assert node_positions(after, network_at(after)) is continued


def test_same_people_and_ties_keep_positions(workbook_of: MakeWorkbook) -> None:
    workbook = workbook_of(TIES)
    moved = positions_to_store(workbook, network_at(workbook))
    moved = replace(moved, positions={key: (x + 1, y) for key, (x, y) in moved.positions.items()})
    again = replace(workbook)
    assert node_positions(again, network_at(again), earlier=moved) == moved.positions


def test_network_without_hub_has_own_positions(hand_drawn: Workbook) -> None:
    whole = network_at(hand_drawn)
    positions = node_positions(hand_drawn, whole)
    hubless = network_at(hand_drawn, without=hand_drawn.hub)
    assert set(node_positions(hand_drawn, hubless)) == set(hubless.people)
    assert set(positions) == set(whole.people)
    assert positions == layout(whole)


def test_empty_network_has_no_positions(workbook_of: MakeWorkbook) -> None:
    workbook = workbook_of()
    assert node_positions(workbook, network_at(workbook)) == {}
    assert positions_to_store(workbook, network_at(workbook)).fits(network_at(workbook))


def test_people_keep_their_places_when_others_left(workbook_of: MakeWorkbook) -> None:
    # In the first wave half of them are not yet connected.
    early = [pair for pair in TIES if max(pair) < "p20"]
    workbook = workbook_of(people=[f"p{at:02}" for at in range(40)], **waves(first=early, second=TIES))
    first, second = (network_at(workbook, wave=name) for name in ("first", "second"))
    one, other = node_positions(workbook, first), node_positions(workbook, second)
    connected = [first.members[number] for number in first.topology.components[0]]
    assert len(connected) > 10
    assert far({key: one[key] for key in connected}, {key: other[key] for key in connected}) < 0.05


def test_values_that_divide_the_network_lie_apart(workbook_of: MakeWorkbook) -> None:
    graph = nx.planted_partition_graph(2, 12, 0.5, 0.04, seed=4)
    ties = [(f"p{a:02}", f"p{b:02}") for a, b in graph.edges]
    regions = {f"p{at:02}": "North" if at < 12 else "South" for at in range(24)}
    people = {key: Person(key=key, name=key, attributes={"Region": region}) for key, region in regions.items()}
    workbook = workbook_of(ties, people=people, attributes=("Region",))
    positions = node_positions(workbook, network_at(workbook))
    centers = {
        region: tuple(
            sum(axis) / 12 for axis in zip(*(positions[key] for key in people if regions[key] == region), strict=True)
        )
        for region in ("North", "South")
    }
    nearest = {
        key: min(centers, key=lambda region: math.dist(place, centers[region])) for key, place in positions.items()
    }
    assert nearest == regions
