"""Where everybody stands, from wave to wave and from reading to reading."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from dataclasses import replace

import networkx as nx

from nethealth.network.graph import network_at
from nethealth.network.layout.positions import layout
from nethealth.network.layout.wave_positions import node_positions, positions_to_store
from nethealth.workbook.records import Connection, Wave, Workbook
from nethealth.workbook.schema.vocabulary import TieRule, WaveKind

MakeWorkbook = Callable[..., Workbook]

GRAPH = nx.connected_watts_strogatz_graph(40, 4, 0.2, seed=1)
TIES = [(f"p{a:02}", f"p{b:02}") for a, b in sorted(GRAPH.edges)]


def waves(**said: list[tuple[str, str]]) -> dict[str, object]:
    names = list(said)
    return {
        "connections": tuple(
            Connection(source=source, target=target, wave=name) for name in names for source, target in said[name]
        ),
        "waves": tuple(
            Wave(name=name, kinds=frozenset({WaveKind.RELATIONSHIPS}), date=dt.date(2020 + at, 5, 1))
            for at, name in enumerate(names)
        ),
    }


def far(one: dict[str, tuple[float, float]], other: dict[str, tuple[float, float]]) -> float:
    """The longest move, as a share of the width."""
    width = max(max(axis) - min(axis) for axis in zip(*one.values(), strict=True))
    return max(math.dist(one[key], other[key]) for key in one.keys() & other.keys()) / width


def test_nobody_jumps_from_wave_to_wave_or_rule_to_rule(workbook_of: MakeWorkbook) -> None:
    people = [f"p{at:02}" for at in range(40)]
    said = waves(first=TIES, second=[*TIES[5:], ("p00", "p20"), ("p03", "p30")])
    workbook = workbook_of(people=people, **said)
    first, second = (node_positions(workbook, network_at(workbook, wave=name)) for name in ("first", "second"))
    assert far(first, second) < 0.06
    assert set(first) == set(second) == set(people)
    # Nobody confirms, so under "both" nobody is tied: but whoever asked under "either" stands as before.
    both = network_at(workbook, wave="second", rule=TieRule.BOTH)
    assert set(node_positions(workbook, both)) == set(people)


def test_the_first_answer_stands_while_the_workbook_does(workbook_of: MakeWorkbook) -> None:
    before = workbook_of(TIES)
    stood = positions_to_store(before, network_at(before))
    after = workbook_of([*TIES, ("p00", "p20")])
    alone = node_positions(replace(after), network_at(replace(after)))
    settled = node_positions(after, network_at(after), earlier=stood)
    assert settled != alone
    assert far(dict(stood.positions), settled) < 0.05
    assert node_positions(after, network_at(after)) is settled


def test_the_same_people_and_ties_stand_still(workbook_of: MakeWorkbook) -> None:
    workbook = workbook_of(TIES)
    moved = positions_to_store(workbook, network_at(workbook))
    moved = replace(moved, positions={key: (x + 1, y) for key, (x, y) in moved.positions.items()})
    again = replace(workbook)
    assert node_positions(again, network_at(again), earlier=moved) == moved.positions


def test_a_part_of_a_network_is_drawn_by_itself(hand_drawn: Workbook) -> None:
    whole = network_at(hand_drawn)
    everybody = node_positions(hand_drawn, whole)
    hubless = network_at(hand_drawn, without=hand_drawn.hub)
    assert set(node_positions(hand_drawn, hubless)) == set(hubless.people)
    assert set(everybody) == set(whole.people)
    assert everybody == layout(whole)


def test_nobody_has_no_place(workbook_of: MakeWorkbook) -> None:
    workbook = workbook_of()
    assert node_positions(workbook, network_at(workbook)) == {}
    assert positions_to_store(workbook, network_at(workbook)).fits(network_at(workbook))
