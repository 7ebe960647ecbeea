"""Where everybody stands: the same each time, near where they stood, nobody on top of another."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Callable
from dataclasses import dataclass, field

import networkx as nx
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nethealth.network.graph import Network, network_at
from nethealth.network.layout import component_layout
from nethealth.network.layout.community_layout import has_clear_communities
from nethealth.network.layout.positions import layout
from nethealth.network.metrics.communities import find_communities
from nethealth.network.metrics.topology import Topology
from nethealth.workbook.records import Workbook

MakeWorkbook = Callable[..., Workbook]
Places = dict[str, tuple[float, float]]


def community_ties(size: int, groups: int, *, seed: int = 1) -> list[tuple[str, str]]:
    """A believable network: most ties within groups, some across, the first tenth without any."""
    lots = random.Random(seed)
    ties = set()
    for one in range(size // 10, size):
        inside = [other for other in range(size // 10, size) if other % groups == one % groups and other != one]
        for other in lots.sample(inside, 2):
            ties.add((min(one, other), max(one, other)))
        if lots.random() < 0.3:
            other = lots.randrange(size // 10, size)
            if other != one:
                ties.add((min(one, other), max(one, other)))
    return [(f"p{one:04}", f"p{other:04}") for one, other in sorted(ties)]


def everybody(size: int) -> list[str]:
    return [f"p{number:04}" for number in range(size)]


def width(places: Places) -> float:
    return max(max(axis) - min(axis) for axis in zip(*places.values(), strict=True))


def nearest(places: Places) -> float:
    return min(math.dist(one, other) for one, other in itertools.combinations(places.values(), 2))


@pytest.fixture(scope="module")
def network_of_140(workbook_of: MakeWorkbook) -> Workbook:
    return workbook_of(community_ties(140, 7), people=everybody(140))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 12), st.sets(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=25))
@example(5, {(2, 3), (1, 2), (0, 4), (1, 4)})  # a chain, alike on both sides, with somebody in the very middle
def test_everybody_has_a_place_of_their_own(workbook_of: MakeWorkbook, size: int, ties: set[tuple[int, int]]) -> None:
    people = everybody(size)
    said = [(people[a], people[b]) for a, b in ties if a < size and b < size and a != b]
    places = layout(network_at(workbook_of(said, people=people)))
    assert set(places) == set(people)
    assert all(math.isfinite(x) and math.isfinite(y) for x, y in places.values())
    if size > 1:
        assert nearest(places) > 0.3
    # From itself nothing moves far, and nobody is lost.
    again = layout(network_at(workbook_of(said, people=people)), start=places)
    assert set(again) == set(people)
    assert all(math.dist(places[key], again[key]) <= 0.05 * max(width(places), 4) for key in people)


def test_the_same_network_has_the_same_picture(workbook_of: MakeWorkbook, network_of_140: Workbook) -> None:
    places = layout(network_at(network_of_140))
    random.random()
    turned = workbook_of([(b, a) for a, b in reversed(community_ties(140, 7))], people=list(reversed(everybody(140))))
    assert layout(network_at(turned)) == places


def test_tied_people_stand_near_each_other_and_groups_together(network_of_140: Workbook) -> None:
    network = network_at(network_of_140)
    places = layout(network)
    tied = [math.dist(places[tie.a], places[tie.b]) for tie in network.ties]
    connected = [key for key in network.members if network.neighbors[key]]
    every = [math.dist(places[a], places[b]) for a, b in itertools.combinations(connected, 2)]
    assert sum(tied) / len(tied) < 0.35 * sum(every) / len(every)
    assert nearest(places) > 0.3


def test_people_without_a_tie_stand_apart_together(network_of_140: Workbook) -> None:
    network = network_at(network_of_140)
    places = layout(network)
    alone = [places[key] for key in network.members if not network.neighbors[key]]
    others = [places[key] for key in network.members if network.neighbors[key]]
    assert len(alone) == 14
    assert min(x for x, _ in alone) > max(x for x, _ in others)
    assert max(math.dist(one, other) for one, other in itertools.combinations(alone, 2)) < 0.4 * width(places)


def test_nobody_tied_is_a_block(workbook_of: MakeWorkbook) -> None:
    places = layout(network_at(workbook_of(people=everybody(60))))
    across, down = zip(*places.values(), strict=True)
    assert nearest(places) > 1
    assert max(across) - min(across) < 12
    assert max(down) - min(down) < 12
    assert abs(max(across) + min(across)) < 1.5


def test_parts_do_not_lie_over_each_other(workbook_of: MakeWorkbook) -> None:
    ties = [*community_ties(60, 3), ("x1", "x2"), ("y1", "y2"), ("y2", "y3"), ("z1", "z2"), ("z2", "z3"), ("z1", "z3")]
    network = network_at(workbook_of(ties, people=everybody(60)))
    places = layout(network)
    boxes = []
    for part in nx.connected_components(network.as_networkx()):
        across, down = zip(*(places[key] for key in part), strict=True)
        boxes.append((min(across), max(across), min(down), max(down)))
    for one, other in itertools.combinations(boxes, 2):
        assert one[1] < other[0] or other[1] < one[0] or one[3] < other[2] or other[3] < one[2]


def test_thousands_around_one_person_begin_apart() -> None:
    # On one spot each would push each other away in every round; a star of 5,000 took four seconds.
    star = Topology(2_000, edges=[(0, at) for at in range(1, 2_000)])
    begun = component_layout._starting_positions(star)
    _, heaps = np.unique(np.floor(begun), axis=0, return_counts=True)
    assert heaps.max() < 20


def test_many_pairs_stand_in_a_block_not_in_a_line(workbook_of: MakeWorkbook) -> None:
    places = layout(network_at(workbook_of([(f"a{at:02}", f"b{at:02}") for at in range(80)])))
    across, down = zip(*places.values(), strict=True)
    assert max(across) - min(across) < 3 * (max(down) - min(down))


@pytest.mark.parametrize("seed", range(6))
def test_nobody_who_was_connected_moves_far(workbook_of: MakeWorkbook, seed: int) -> None:
    ties = community_ties(90, 4 + seed, seed=seed)
    people = everybody(90)
    network = network_at(workbook_of(ties, people=people))
    before = layout(network)
    lots = random.Random(seed)
    new = [(one, other) for one, other in (lots.sample(people, 2) for _ in range(4))]
    after = layout(network_at(workbook_of([*ties, *new], people=people)), start=before)
    connected = [network.members[number] for number in network.topology.components[0]]
    assert max(math.dist(before[key], after[key]) for key in connected) < 0.05 * width(before)
    assert nearest(after) > 0.3


def test_new_ties_do_not_reshuffle_the_room(workbook_of: MakeWorkbook, network_of_140: Workbook) -> None:
    before = layout(network_at(network_of_140))
    ties = community_ties(140, 7)
    connected = sorted({key for pair in ties for key in pair})
    new = [(connected[at], connected[-1 - at]) for at in range(5)]
    grown = workbook_of([*ties, *new], people=[*everybody(140), "newcomer"])
    after = layout(network_at(grown), start=before)
    moved = [math.dist(before[key], after[key]) for key in before]
    assert max(moved) < 0.05 * width(before)
    # Somebody without a tie takes a free place beside the others who have none.
    alone = [after[key] for key in everybody(140) if key not in connected]
    assert min(math.dist(after["newcomer"], place) for place in alone) < 2


def test_who_finds_a_first_tie_goes_to_the_others(workbook_of: MakeWorkbook, network_of_140: Workbook) -> None:
    before = layout(network_at(network_of_140))
    friend = community_ties(140, 7)[0][0]
    grown = workbook_of([*community_ties(140, 7), ("p0000", friend), ("new", friend)], people=everybody(140))
    after = layout(network_at(grown), start=before)
    for newly in ("p0000", "new"):
        assert math.dist(after[newly], after[friend]) < 0.2 * width(before)
    assert max(math.dist(before[key], after[key]) for key in before if key != "p0000") < 0.05 * width(before)
    assert nearest(after) > 0.2


def test_who_loses_all_ties_goes_to_those_without(workbook_of: MakeWorkbook, network_of_140: Workbook) -> None:
    before = layout(network_at(network_of_140))
    leaves = community_ties(140, 7)[0][0]
    ties = [pair for pair in community_ties(140, 7) if leaves not in pair]
    network = network_at(workbook_of(ties, people=everybody(140)))
    after = layout(network, start=before)
    assert after[leaves][0] > max(after[key][0] for key in network.members if network.neighbors[key])


def test_strange_earlier_places_do_no_harm(hand_drawn: Workbook) -> None:
    network = network_at(hand_drawn)
    odd = {"ana": (math.nan, 0.0), "bo": (math.inf, 0.0), "stranger": (1.0, 1.0)} | dict.fromkeys(
        ("cy", "di", "hal", "ida"), (5.0, 5.0)
    )
    places = layout(network, start=odd)
    assert set(places) == set(network.members)
    assert all(math.isfinite(x) and math.isfinite(y) for x, y in places.values())
    assert nearest(places) > 0.2


@pytest.mark.parametrize("size", [1_600])
def test_everybody_in_a_large_network_has_a_place_of_their_own(workbook_of: MakeWorkbook, size: int) -> None:
    places = layout(network_at(workbook_of(community_ties(size, 12), people=everybody(size))))
    assert len(set(places.values())) == size


@pytest.fixture(scope="module")
def in_groups(workbook_of: MakeWorkbook) -> Workbook:
    """Six hundred people in ten groups of sixty, most ties inside."""
    graph = nx.planted_partition_graph(10, 60, 0.08, 0.002, seed=5)
    return workbook_of([(f"p{one:04}", f"p{other:04}") for one, other in graph.edges], people=everybody(600))


def test_large_networks_stand_in_islands(in_groups: Workbook) -> None:
    network = network_at(in_groups)
    places = layout(network)
    middles = {}
    for number, group in enumerate(find_communities(network.topology)):
        if len(group) > 20:
            points = [places[network.members[at]] for at in group]
            across, down = zip(*points, strict=True)
            middles[number] = (sum(across) / len(points), sum(down) / len(points))
    assert len(middles) == 10
    # Nearly everybody stands nearer to the middle of their own group than to that of any other.
    at_home = [
        min(middles, key=lambda other: math.dist(places[network.members[at]], middles[other])) == number
        for number in middles
        for at in find_communities(network.topology)[number]
    ]
    assert sum(at_home) > 0.95 * len(at_home)
    # And no heap: the middles stand apart by more than a group's own radius.
    assert min(math.dist(*pair) for pair in itertools.combinations(middles.values(), 2)) > 4


def test_a_network_without_groups_is_not_drawn_as_if_it_had_some() -> None:
    meshed = nx.gnm_random_graph(600, 1_800, seed=1)
    grouped = nx.planted_partition_graph(10, 60, 0.08, 0.002, seed=5)
    for graph, expected in ((meshed, False), (grouped, True)):
        part = sorted(max(nx.connected_components(graph), key=len))
        at = {node: place for place, node in enumerate(part)}
        edges = [tuple(sorted((at[a], at[b]))) for a, b in graph.subgraph(part).edges]
        assert has_clear_communities(Topology(len(part), edges=edges)) is expected


def test_in_large_networks_a_newcomer_moves_nobody(workbook_of: MakeWorkbook, in_groups: Workbook) -> None:
    before = layout(network_at(in_groups))
    said = [(row.source, row.target) for row in in_groups.connections]
    grown = workbook_of([*said, ("new", said[0][0]), (said[0][0], said[-1][1])], people=everybody(600))
    after = layout(network_at(grown), start=before, stood_by=frozenset(said))
    assert max(math.dist(before[key], after[key]) for key in before) < 0.5
    assert math.dist(after["new"], after[said[0][0]]) < 0.2 * width(before)
    # The drawing takes no more room, so that nothing beside it has to make any.
    across = [max(places[key][0] for key in before) for places in (before, after)]
    assert across[1] <= across[0] + 0.5


def small_parts(size: int) -> list[tuple[str, str]]:
    """One large part, two pairs and a three beside it; the first tenth without a tie."""
    ties = [pair for pair in community_ties(size, 4) if not {"p0010", "p0011"} & set(pair)]
    return [*ties, ("q1", "q2"), ("q3", "q4"), ("r1", "r2"), ("r2", "r3")]


@dataclass(frozen=True)
class Stood:
    """A network and where everybody stood in it; shown as nothing, since hypothesis writes out what a test is given."""

    network: Network = field(repr=False)
    places: Places = field(repr=False)


@pytest.fixture(scope="module")
def in_small_parts(workbook_of: MakeWorkbook) -> Stood:
    network = network_at(workbook_of(small_parts(50), people=everybody(50)))
    return Stood(network, layout(network))


@settings(max_examples=30, deadline=None)
@example(["q3", "r2"])  # together they grow over the place where another pair stands
@given(
    st.lists(
        st.sampled_from([*everybody(50), *("q1", "q2", "q3", "q4", "r1", "r2", "r3"), "new"]),
        min_size=2,
        max_size=2,
        unique=True,
    )
)
def test_one_tie_more_moves_nobody_else(workbook_of: MakeWorkbook, in_small_parts: Stood, pair: list[str]) -> None:
    network, before = in_small_parts.network, in_small_parts.places
    one, other = pair
    grown = network_at(workbook_of([*small_parts(50), (one, other)], people=everybody(50)))
    after = layout(grown, start=before, stood_by=frozenset((tie.a, tie.b) for tie in network.ties))
    # Parts that find each other are drawn together anew, save the largest of all, which others come over to.
    graph = network.as_networkx()
    parts = [nx.node_connected_component(graph, key) if key in graph else {key} for key in (one, other)]
    joined = {one, other}
    if parts[0] != parts[1]:
        largest = max(map(len, nx.connected_components(graph)))
        joined |= {key for part in parts if len(part) < largest for key in part}
    assert set(after) == set(before) | {one, other}
    moved = {key: math.dist(before[key], after[key]) / width(before) for key in before.keys() - joined}
    assert {key: round(share, 3) for key, share in moved.items() if share > 0.05} == {}
    assert nearest(after) > 0.2
