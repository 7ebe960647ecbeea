"""The four shapes, told on networks that are drawn to be them, and not told where nobody could."""

from __future__ import annotations

import itertools
import random
from collections.abc import Hashable, Iterable

import igraph
import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.network.analysis.typology import FEWEST_TIED, MIN_SUPPORT, TypologyResult, classify_typology
from nethealth.network.analysis.typology_thresholds import INDICATORS, THRESHOLDS, NetworkType
from nethealth.network.graph import Network, network_at
from nethealth.workbook.records import Connection, Person, Workbook


def network_of(graph: nx.Graph, *, names: dict[Hashable, str] | None = None) -> Network:
    key = names or {node: f"p{at:03}" for at, node in enumerate(graph)}
    return network_at(
        Workbook(
            people={name: Person(key=name, name=name) for name in key.values()},
            connections=tuple(Connection(source=key[one], target=key[other]) for one, other in graph.edges()),
        )
    )


def read(graph: nx.Graph) -> TypologyResult:
    return classify_typology(network_of(graph))


def joined_stars(leaves: Iterable[int], *, ring: bool) -> nx.Graph:
    """Hubs with so many spokes each, joined in a ring or each with each."""
    graph = nx.Graph()
    sizes = list(leaves)
    for hub, spokes in enumerate(sizes):
        graph.add_edges_from((("hub", hub), (hub, spoke)) for spoke in range(spokes))
    hubs = [("hub", hub) for hub in range(len(sizes))]
    graph.add_edges_from(itertools.pairwise([*hubs, hubs[0]]) if ring else itertools.combinations(hubs, 2))
    return graph


def core_with_edge(core: int, edge: int, *, dense: float, seed: int) -> nx.Graph:
    """A dense core, and people around it who each know one to three of it."""
    lots = random.Random(seed)
    graph = nx.gnp_random_graph(core, dense, seed=seed)
    for one in range(core, core + edge):
        graph.add_edges_from((one, other) for other in lots.sample(range(core), lots.choice((1, 2, 3))))
    return graph


def with_alone(graph: nx.Graph, many: int) -> nx.Graph:
    graph = graph.copy()
    graph.add_nodes_from(("alone", at) for at in range(many))
    return graph


def copies(graph: nx.Graph, many: int) -> nx.Graph:
    return nx.disjoint_union_all([graph] * many)


ARCHETYPES = {
    "cliques of five": (copies(nx.complete_graph(5), 6), NetworkType.SCATTERED),
    "small stars": (copies(nx.star_graph(3), 10), NetworkType.SCATTERED),
    "pairs and people alone": (with_alone(copies(nx.path_graph(2), 8), 10), NetworkType.SCATTERED),
    "a small star among many alone": (with_alone(nx.star_graph(9), 30), NetworkType.SCATTERED),
    "star of 20": (nx.star_graph(19), NetworkType.HUB_AND_SPOKE),
    "star of 100": (nx.star_graph(99), NetworkType.HUB_AND_SPOKE),
    "star with people alone": (with_alone(nx.star_graph(29), 10), NetworkType.HUB_AND_SPOKE),
    "wheel with a gap at every second spoke": (
        nx.compose(nx.star_graph(20), nx.Graph([(at, at + 1) for at in range(1, 20, 2)])),
        NetworkType.HUB_AND_SPOKE,
    ),
    "four stars in a ring": (joined_stars([10] * 4, ring=True), NetworkType.MULTI_HUB),
    "five stars, each hub with each": (joined_stars([8] * 5, ring=False), NetworkType.MULTI_HUB),
    "uneven stars": (joined_stars([14, 11, 9, 8, 6, 5], ring=True), NetworkType.MULTI_HUB),
    "core of 12": (core_with_edge(12, 40, dense=0.8, seed=1), NetworkType.CORE_AND_PERIPHERY),
    "core of 8": (core_with_edge(8, 20, dense=0.9, seed=5), NetworkType.CORE_AND_PERIPHERY),
    "core of 20, looser": (core_with_edge(20, 100, dense=0.5, seed=3), NetworkType.CORE_AND_PERIPHERY),
    "core with people alone": (
        with_alone(core_with_edge(12, 40, dense=0.8, seed=1), 10),
        NetworkType.CORE_AND_PERIPHERY,
    ),
}


@pytest.mark.parametrize(("graph", "shape"), ARCHETYPES.values(), ids=ARCHETYPES)
def test_each_shape_is_known(graph: nx.Graph, shape: NetworkType) -> None:
    found = read(graph)
    assert found.network_type is shape
    assert found.tied_types == ()
    assert found.support[shape] >= MIN_SUPPORT


NO_SHAPE = {
    "ring": nx.cycle_graph(30),
    "everybody with everybody": nx.complete_graph(20),
    "chain": nx.path_graph(30),
    "ties by chance": nx.gnp_random_graph(100, 0.05, seed=1),
    "grid": nx.grid_2d_graph(7, 7),
    "two cliques": nx.barbell_graph(10, 0),
    "two stars apart": copies(nx.star_graph(19), 2),
}


@pytest.mark.parametrize("graph", NO_SHAPE.values(), ids=NO_SHAPE)
def test_where_nothing_stands_out_no_shape_is_named(graph: nx.Graph) -> None:
    found = read(graph)
    assert found.network_type is None
    assert found.tied_types == ()
    assert not found.is_too_small


@pytest.mark.parametrize("seed", range(5))
def test_ties_drawn_by_chance_are_given_no_shape(seed: int) -> None:
    for size, ties in ((30, 4), (120, 6)):
        assert read(nx.gnp_random_graph(size, ties / (size - 1), seed=seed)).network_type is None


@pytest.mark.parametrize("seed", range(5))
def test_a_core_is_known_whoever_is_in_it(seed: int) -> None:
    assert read(core_with_edge(12, 50, dense=0.7, seed=seed)).network_type is NetworkType.CORE_AND_PERIPHERY


def test_where_signs_disagree_nobody_is_sure() -> None:
    # Zachary's karate club: two leaders with a following each, or one core of both circles.
    found = read(nx.karate_club_graph())
    assert found.network_type is None
    assert set(found.tied_types) == {NetworkType.MULTI_HUB, NetworkType.CORE_AND_PERIPHERY}


def test_too_few_people_have_no_shape() -> None:
    found = read(with_alone(nx.star_graph(5), 20))
    assert (found.network_type, found.tied_types, found.is_too_small) == (None, (), True)
    assert found.indicators == {}
    assert read(nx.empty_graph(0)).is_too_small


def test_the_figures_of_a_star() -> None:
    found = read(with_alone(nx.star_graph(9), 2)).indicators
    # Ten people in one part of twelve; without the hub each stands alone: one of nine is "in one part".
    assert found["largest_share"] == pytest.approx(10 / 12)
    assert found["connectedness"] == pytest.approx(45 / 66)
    assert found["small_components_share"] == pytest.approx(2 / 12)
    assert found["centralization"] == pytest.approx((12 * 9 - 18) / (11 * 10))
    assert found["lead_share"] == 1
    assert found["resilience"] == pytest.approx(1 / 9)
    assert found["half_of_ties"] is None
    assert found["largest_block"] == 0
    assert found["clustering"] == 0
    assert found["largest_core"] == 1


@given(st.integers(0, 2**32 - 1), st.integers(9, 26), st.sampled_from([0.04, 0.08, 0.15]))
def test_what_holds_without_the_best_connected_is_what_is_left_when_they_go(seed: int, size: int, ties: float) -> None:
    graph = nx.gnp_random_graph(size, ties, seed=seed)
    if sum(degree > 0 for _, degree in graph.degree()) < FEWEST_TIED:
        return
    degrees = dict(graph.degree())
    ranks = {one: (degrees[one], sum(degrees[other] for other in graph[one])) for one in graph}
    best = [one for one, rank in ranks.items() if rank == max(ranks.values())]
    largest = max(map(len, nx.connected_components(graph)))
    left = min(max(map(len, nx.connected_components(nx.restricted_view(graph, [one], [])))) for one in best)
    assert read(graph).indicators["resilience"] == pytest.approx(min(left, largest - 1) / (largest - 1))


def test_many_who_are_equally_well_connected_are_not_taken_out_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise AssertionError("thousands of chains of three would take as many copies of the network")

    monkeypatch.setattr(igraph.Graph, "copy", refused)
    chains = nx.disjoint_union_all([nx.path_graph(3)] * 40)
    # The middle of each is as well connected as any, and each of the others is whole without it.
    assert read(chains).indicators["resilience"] == 1


def test_the_figures_of_four_stars_in_a_ring() -> None:
    found = read(joined_stars([10] * 4, ring=True)).indicators
    # 44 people, 44 ties. A hub's ten go with it and 33 stay; the ring of hubs is what has two ways.
    assert found["lead_share"] == pytest.approx(12 / 44)
    assert found["resilience"] == pytest.approx(33 / 43)
    assert found["largest_block"] == pytest.approx(4 / 44)
    assert found["half_of_ties"] == pytest.approx(4 / 44)
    assert found["core_share"] == pytest.approx(4 / 44)


def fit(graph: nx.Graph, core: set[Hashable]) -> float:
    """Borgatti & Everett's correlation for one core, from the two patterns themselves."""
    pairs = [pair for pair in itertools.combinations(graph, 2) if (pair[0] in core) == (pair[1] in core)]
    ties = np.array([graph.has_edge(*pair) for pair in pairs], dtype=float)
    ideal = np.array([pair[0] in core for pair in pairs], dtype=float)
    return float(np.corrcoef(ties, ideal)[0, 1]) if ties.std() and ideal.std() else -1.0


def best_fit(graph: nx.Graph) -> float:
    """The best of all cores, one by one."""
    nodes = list(graph)
    sizes = range(2, len(nodes) - 1)
    return max(fit(graph, set(core)) for size in sizes for core in itertools.combinations(nodes, size))


def test_the_core_that_fits_best_is_found_among_all() -> None:
    core = nx.compose(nx.complete_graph(5), nx.Graph([(0, 5), (0, 6), (1, 7), (2, 8), (3, 9), (5, 6)]))
    found = read(core).indicators
    assert found["core_share"] == pytest.approx(0.5)
    assert found["core_fit"] == pytest.approx(fit(core, set(range(5))))
    assert found["core_fit"] == pytest.approx(best_fit(core))


@pytest.mark.parametrize("seed", range(6))
def test_no_core_is_said_to_fit_better_than_the_best(seed: int) -> None:
    graph = nx.gnp_random_graph(9, 0.4, seed=seed)
    graph = graph.subgraph([node for node in graph if graph.degree(node)]).copy()
    found = read(graph).indicators.get("core_fit")
    assert found is None or found <= best_fit(graph) + 1e-9


def test_the_hub_counts_as_one() -> None:
    # Three people of the office share forty members among them: a star, once the office is one.
    graph = nx.Graph([(f"office {member % 3}", member) for member in range(40)])
    graph.add_edges_from(itertools.combinations(["office 0", "office 1", "office 2"], 2))
    names: dict[Hashable, str] = {node: str(node) for node in graph}
    network = network_of(graph, names=names)
    office = frozenset({"office 0", "office 1", "office 2"})
    assert classify_typology(network).network_type is NetworkType.MULTI_HUB
    found = classify_typology(network, hub=office)
    assert found.network_type is NetworkType.HUB_AND_SPOKE
    assert found.indicators["lead_share"] == 1
    assert classify_typology(network, hub=frozenset({"somebody else"})) == classify_typology(network)


def test_every_sign_has_an_indicator_a_limit_and_a_reason() -> None:
    for sign in THRESHOLDS:
        assert sign.indicator in INDICATORS
        assert sign.at_least is not None or sign.at_most is not None
        assert sign.reason
        assert not sign.reason.endswith(".")
    for shape in NetworkType:
        assert sum(sign.essential for sign in THRESHOLDS if sign.network_type is shape) == 1
    assert {sign.indicator for sign in THRESHOLDS} == set(INDICATORS)
    assert all(indicator.source for indicator in INDICATORS.values())


def test_signs_of_a_shape_come_with_their_values() -> None:
    told = read(nx.star_graph(19)).evidence(NetworkType.HUB_AND_SPOKE)
    assert [sign.indicator for sign, _, _ in told] == [
        "largest_share",
        "centralization",
        "lead_share",
        "resilience",
        "clustering",
    ]
    assert all(holds for _, _, holds in told)
    assert [value for _, value, _ in told][:3] == [1, 1, 1]


small = st.sets(st.sampled_from(list(itertools.combinations(range(12), 2))), min_size=6, max_size=30)


@settings(max_examples=40, deadline=None)
@given(ties=small, seed=st.integers(0, 99))
def test_what_people_are_called_changes_nothing(ties: set[tuple[int, int]], seed: int) -> None:
    graph = nx.Graph(list(ties))
    graph.add_nodes_from(range(12))
    names = [f"n{at:02}" for at in range(12)]
    random.Random(seed).shuffle(names)
    one, other = (
        classify_typology(network_of(graph)),
        classify_typology(network_of(graph, names=dict(zip(graph, names, strict=True)))),
    )
    assert one.network_type == other.network_type
    assert one.support == other.support
    for name, value in one.indicators.items():
        assert other.indicators[name] == (None if value is None else pytest.approx(value))


@settings(max_examples=40, deadline=None)
@given(ties=small)
def test_every_indicator_stays_in_its_bounds(ties: set[tuple[int, int]]) -> None:
    graph = nx.Graph(list(ties))
    found = read(graph)
    for name, value in found.indicators.items():
        if value is not None and name != "largest_core":
            assert -1 <= value <= 1 + 1e-12
    assert all(0 <= share <= 1 for share in found.support.values())
    assert found.network_type is None or not found.tied_types
