"""Positions are the same each time, stay near earlier ones, and never overlap."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Callable
from dataclasses import dataclass, field

import networkx as nx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nethealth.network.graph import Network, network_at
from nethealth.network.layout.positions import layout
from nethealth.network.metrics.communities import find_communities
from nethealth.workbook.records import Workbook

MakeWorkbook = Callable[..., Workbook]
Positions = dict[str, tuple[float, float]]


def community_ties(size: int, groups: int, *, seed: int = 1) -> list[tuple[str, str]]:
    """Return ties mostly within groups and some across, none for the first tenth."""
    rng = random.Random(seed)
    ties = set()
    for one in range(size // 10, size):
        inside = [other for other in range(size // 10, size) if other % groups == one % groups and other != one]
        for other in rng.sample(inside, 2):
            ties.add((min(one, other), max(one, other)))
        if rng.random() < 0.3:
            other = rng.randrange(size // 10, size)
            if other != one:
                ties.add((min(one, other), max(one, other)))
    return [(f"p{one:04}", f"p{other:04}") for one, other in sorted(ties)]


def keys(size: int) -> list[str]:
    return [f"p{number:04}" for number in range(size)]


def width(positions: Positions) -> float:
    return max(max(axis) - min(axis) for axis in zip(*positions.values(), strict=True))


def nearest(positions: Positions) -> float:
    return min(math.dist(one, other) for one, other in itertools.combinations(positions.values(), 2))


@pytest.fixture(scope="module")
def network_of_140(workbook_of: MakeWorkbook) -> Workbook:
    return workbook_of(community_ties(140, 7), people=keys(140))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 12), st.sets(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=25))
@example(5, {(2, 3), (1, 2), (0, 4), (1, 4)})  # a symmetric chain with a person in the middle
def test_positions_are_distinct(workbook_of: MakeWorkbook, size: int, ties: set[tuple[int, int]]) -> None:
    people = keys(size)
    pairs = [(people[a], people[b]) for a, b in ties if a < size and b < size and a != b]
    positions = layout(network_at(workbook_of(pairs, people=people)))
    assert set(positions) == set(people)
    assert all(math.isfinite(x) and math.isfinite(y) for x, y in positions.values())
    if size > 1:
        assert nearest(positions) > 0.3
    # Starting from itself, no one moves far.
    again = layout(network_at(workbook_of(pairs, people=people)), start=positions)
    assert set(again) == set(people)
    assert all(math.dist(positions[key], again[key]) <= 0.05 * max(width(positions), 4) for key in people)


def test_order_changes_nothing(workbook_of: MakeWorkbook, network_of_140: Workbook) -> None:
    positions = layout(network_at(network_of_140))
    random.random()
    turned = workbook_of([(b, a) for a, b in reversed(community_ties(140, 7))], people=list(reversed(keys(140))))
    assert layout(network_at(turned)) == positions


def test_tied_people_are_close(network_of_140: Workbook) -> None:
    network = network_at(network_of_140)
    positions = layout(network)
    tied = [math.dist(positions[tie.a], positions[tie.b]) for tie in network.ties]
    connected = [key for key in network.members if network.neighbors[key]]
    every = [math.dist(positions[a], positions[b]) for a, b in itertools.combinations(connected, 2)]
    assert sum(tied) / len(tied) < 0.35 * sum(every) / len(every)
    assert nearest(positions) > 0.3


def test_isolates_are_in_a_block_to_the_right(network_of_140: Workbook) -> None:
    network = network_at(network_of_140)
    positions = layout(network)
    isolates = [positions[key] for key in network.members if not network.neighbors[key]]
    others = [positions[key] for key in network.members if network.neighbors[key]]
    assert len(isolates) == 14
    assert min(x for x, _ in isolates) > max(x for x, _ in others)
    assert max(math.dist(one, other) for one, other in itertools.combinations(isolates, 2)) < 0.4 * width(positions)


def test_only_isolates_make_a_block(workbook_of: MakeWorkbook) -> None:
    positions = layout(network_at(workbook_of(people=keys(60))))
    across, down = zip(*positions.values(), strict=True)
    assert nearest(positions) > 1
    assert max(across) - min(across) < 12
    assert max(down) - min(down) < 12
    assert abs(max(across) + min(across)) < 1.5


def test_components_do_not_overlap(workbook_of: MakeWorkbook) -> None:
    ties = [*community_ties(60, 3), ("x1", "x2"), ("y1", "y2"), ("y2", "y3"), ("z1", "z2"), ("z2", "z3"), ("z1", "z3")]
    network = network_at(workbook_of(ties, people=keys(60)))
    positions = layout(network)
    boxes = []
    for part in nx.connected_components(network.as_networkx()):
        across, down = zip(*(positions[key] for key in part), strict=True)
        boxes.append((min(across), max(across), min(down), max(down)))
    for one, other in itertools.combinations(boxes, 2):
        assert one[1] < other[0] or other[1] < one[0] or one[3] < other[2] or other[3] < one[2]


def test_many_pairs_make_a_block(workbook_of: MakeWorkbook) -> None:
    positions = layout(network_at(workbook_of([(f"a{at:02}", f"b{at:02}") for at in range(80)])))
    across, down = zip(*positions.values(), strict=True)
    assert max(across) - min(across) < 3 * (max(down) - min(down))


@pytest.mark.parametrize("seed", range(6))
def test_connected_people_stay_near_earlier_positions(workbook_of: MakeWorkbook, seed: int) -> None:
    ties = community_ties(90, 4 + seed, seed=seed)
    people = keys(90)
    network = network_at(workbook_of(ties, people=people))
    before = layout(network)
    rng = random.Random(seed)
    new = [(one, other) for one, other in (rng.sample(people, 2) for _ in range(4))]
    after = layout(network_at(workbook_of([*ties, *new], people=people)), start=before)
    connected = [network.members[number] for number in network.topology.components[0]]
    assert max(math.dist(before[key], after[key]) for key in connected) < 0.05 * width(before)
    assert nearest(after) > 0.3


def test_new_ties_move_no_one_far(workbook_of: MakeWorkbook, network_of_140: Workbook) -> None:
    before = layout(network_at(network_of_140))
    ties = community_ties(140, 7)
    connected = sorted({key for pair in ties for key in pair})
    new = [(connected[at], connected[-1 - at]) for at in range(5)]
    grown = workbook_of([*ties, *new], people=[*keys(140), "newcomer"])
    after = layout(network_at(grown), start=before)
    moved = [math.dist(before[key], after[key]) for key in before]
    assert max(moved) < 0.05 * width(before)
    # A new isolate takes a free place next to the others.
    isolates = [after[key] for key in keys(140) if key not in connected]
    assert min(math.dist(after["newcomer"], place) for place in isolates) < 2


def test_isolate_with_first_tie_moves_to_it(workbook_of: MakeWorkbook, network_of_140: Workbook) -> None:
    before = layout(network_at(network_of_140))
    friend = community_ties(140, 7)[0][0]
    grown = workbook_of([*community_ties(140, 7), ("p0000", friend), ("new", friend)], people=keys(140))
    after = layout(network_at(grown), start=before)
    for newly in ("p0000", "new"):
        assert math.dist(after[newly], after[friend]) < 0.2 * width(before)
    assert max(math.dist(before[key], after[key]) for key in before if key != "p0000") < 0.05 * width(before)
    assert nearest(after) > 0.2


def test_person_without_ties_moves_to_isolates(workbook_of: MakeWorkbook, network_of_140: Workbook) -> None:
    before = layout(network_at(network_of_140))
    leaves = community_ties(140, 7)[0][0]
    ties = [pair for pair in community_ties(140, 7) if leaves not in pair]
    network = network_at(workbook_of(ties, people=keys(140)))
    after = layout(network, start=before)
    assert after[leaves][0] > max(after[key][0] for key in network.members if network.neighbors[key])


def test_invalid_earlier_positions_are_ignored(hand_drawn: Workbook) -> None:
    network = network_at(hand_drawn)
    odd = {"ana": (math.nan, 0.0), "bo": (math.inf, 0.0), "stranger": (1.0, 1.0)} | dict.fromkeys(
        ("cy", "di", "hal", "ida"), (5.0, 5.0)
    )
    positions = layout(network, start=odd)
    assert set(positions) == set(network.members)
    assert all(math.isfinite(x) and math.isfinite(y) for x, y in positions.values())
    assert nearest(positions) > 0.2


@pytest.mark.parametrize("size", [1_600])
def test_positions_are_distinct_in_large_networks(workbook_of: MakeWorkbook, size: int) -> None:
    positions = layout(network_at(workbook_of(community_ties(size, 12), people=keys(size))))
    assert len(set(positions.values())) == size


@pytest.fixture(scope="module")
def in_groups(workbook_of: MakeWorkbook) -> Workbook:
    """Return 600 people in ten groups of 60, most ties inside."""
    graph = nx.planted_partition_graph(10, 60, 0.08, 0.002, seed=5)
    return workbook_of([(f"p{one:04}", f"p{other:04}") for one, other in graph.edges], people=keys(600))


def test_large_networks_show_communities(in_groups: Workbook) -> None:
    network = network_at(in_groups)
    positions = layout(network)
    centers = {}
    for number, group in enumerate(find_communities(network.topology)):
        if len(group) > 20:
            points = [positions[network.members[at]] for at in group]
            across, down = zip(*points, strict=True)
            centers[number] = (sum(across) / len(points), sum(down) / len(points))
    assert len(centers) == 10
    # Nearly everyone is closest to the center of their own community.
    at_home = [
        min(centers, key=lambda other: math.dist(positions[network.members[at]], centers[other])) == number
        for number in centers
        for at in find_communities(network.topology)[number]
    ]
    assert sum(at_home) > 0.95 * len(at_home)
    # And no heap: centers are farther apart than a community's radius.
    assert min(math.dist(*pair) for pair in itertools.combinations(centers.values(), 2)) > 4


def test_newcomer_moves_no_one_in_large_networks(workbook_of: MakeWorkbook, in_groups: Workbook) -> None:
    before = layout(network_at(in_groups))
    pairs = [(row.source, row.target) for row in in_groups.connections]
    grown = workbook_of([*pairs, ("new", pairs[0][0]), (pairs[0][0], pairs[-1][1])], people=keys(600))
    after = layout(network_at(grown), start=before, earlier_ties=frozenset(pairs))
    assert max(math.dist(before[key], after[key]) for key in before) < 0.5
    assert math.dist(after["new"], after[pairs[0][0]]) < 0.2 * width(before)
    # The layout grows no wider, so nothing next to it has to move.
    across = [max(positions[key][0] for key in before) for positions in (before, after)]
    assert across[1] <= across[0] + 0.5


def small_components(size: int) -> list[tuple[str, str]]:
    """Return one large component, two pairs, and a chain of three; the first tenth are isolates."""
    ties = [pair for pair in community_ties(size, 4) if not {"p0010", "p0011"} & set(pair)]
    return [*ties, ("q1", "q2"), ("q3", "q4"), ("r1", "r2"), ("r2", "r3")]


@dataclass(frozen=True)
class Placed:
    """A network and its positions; neither is in the repr, because hypothesis prints arguments."""

    network: Network = field(repr=False)
    positions: Positions = field(repr=False)


@pytest.fixture(scope="module")
def in_small_components(workbook_of: MakeWorkbook) -> Placed:
    network = network_at(workbook_of(small_components(50), people=keys(50)))
    return Placed(network, layout(network))


@settings(max_examples=30, deadline=None)
@example(["q3", "r2"])  # together they grow over another pair
@given(
    st.lists(
        st.sampled_from([*keys(50), *("q1", "q2", "q3", "q4", "r1", "r2", "r3"), "new"]),
        min_size=2,
        max_size=2,
        unique=True,
    )
)
def test_one_more_tie_moves_no_one_else(
    workbook_of: MakeWorkbook, in_small_components: Placed, pair: list[str]
) -> None:
    network, before = in_small_components.network, in_small_components.positions
    one, other = pair
    grown = network_at(workbook_of([*small_components(50), (one, other)], people=keys(50)))
    after = layout(grown, start=before, earlier_ties=frozenset((tie.a, tie.b) for tie in network.ties))
    # Merged components are laid out again, except the largest, which the others move to.
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
