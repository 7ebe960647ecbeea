"""The four types on networks built to be them, and networks of no clear type."""

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
    """Return hubs with so many spokes each, connected in a ring or all with all."""
    graph = nx.Graph()
    sizes = list(leaves)
    for hub, spokes in enumerate(sizes):
        graph.add_edges_from((("hub", hub), (hub, spoke)) for spoke in range(spokes))
    hubs = [("hub", hub) for hub in range(len(sizes))]
    graph.add_edges_from(itertools.pairwise([*hubs, hubs[0]]) if ring else itertools.combinations(hubs, 2))
    return graph


def core_with_edge(core: int, edge: int, *, dense: float, seed: int) -> nx.Graph:
    """Return a dense core, and people around it who each know one to three people in it."""
    rng = random.Random(seed)
    graph = nx.gnp_random_graph(core, dense, seed=seed)
    for one in range(core, core + edge):
        graph.add_edges_from((one, other) for other in rng.sample(range(core), rng.choice((1, 2, 3))))
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


@pytest.mark.parametrize(("graph", "network_type"), ARCHETYPES.values(), ids=ARCHETYPES)
def test_each_type_is_found(graph: nx.Graph, network_type: NetworkType) -> None:
    found = read(graph)
    assert found.network_type is network_type
    assert found.tied_types == ()
    met = [is_met for _, _, is_met in found.evidence(network_type)]
    assert sum(met) >= MIN_SUPPORT * len(met)


NO_SHAPE = {
    "ring": nx.cycle_graph(30),
    "complete": nx.complete_graph(20),
    "chain": nx.path_graph(30),
    "ties by chance": nx.gnp_random_graph(100, 0.05, seed=1),
    "grid": nx.grid_2d_graph(7, 7),
    "two cliques": nx.barbell_graph(10, 0),
    "two stars apart": copies(nx.star_graph(19), 2),
}


@pytest.mark.parametrize("graph", NO_SHAPE.values(), ids=NO_SHAPE)
def test_even_networks_have_no_type(graph: nx.Graph) -> None:
    found = read(graph)
    assert found.network_type is None
    assert found.tied_types == ()
    assert not found.is_too_small


@pytest.mark.parametrize("seed", range(5))
def test_random_networks_have_no_type(seed: int) -> None:
    for size, ties in ((30, 4), (120, 6)):
        assert read(nx.gnp_random_graph(size, ties / (size - 1), seed=seed)).network_type is None


@pytest.mark.parametrize("seed", range(5))
def test_core_is_found_for_any_seed(seed: int) -> None:
    assert read(core_with_edge(12, 50, dense=0.7, seed=seed)).network_type is NetworkType.CORE_AND_PERIPHERY


def test_conflicting_evidence_names_no_type() -> None:
    # Zachary's karate club: two leaders with their followers, or one core of both groups.
    found = read(nx.karate_club_graph())
    assert found.network_type is None
    assert set(found.tied_types) == {NetworkType.MULTI_HUB, NetworkType.CORE_AND_PERIPHERY}


def test_few_people_have_no_type() -> None:
    found = read(with_alone(nx.star_graph(5), 20))
    assert (found.network_type, found.tied_types, found.is_too_small) == (None, (), True)
    assert found.indicators == {}
    assert read(nx.empty_graph(0)).is_too_small


def test_indicators_of_a_star() -> None:
    found = read(with_alone(nx.star_graph(9), 2)).indicators
    # Ten of twelve people in one component; without the hub all are alone, so one of nine stays "connected".
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
def test_resilience_matches_removal(seed: int, size: int, ties: float) -> None:
    graph = nx.gnp_random_graph(size, ties, seed=seed)
    if sum(degree > 0 for _, degree in graph.degree()) < FEWEST_TIED:
        return
    degrees = dict(graph.degree())
    ranks = {one: (degrees[one], sum(degrees[other] for other in graph[one])) for one in graph}
    best = [one for one, rank in ranks.items() if rank == max(ranks.values())]
    largest = max(map(len, nx.connected_components(graph)))
    left = min(max(map(len, nx.connected_components(nx.restricted_view(graph, [one], [])))) for one in best)
    assert read(graph).indicators["resilience"] == pytest.approx(min(left, largest - 1) / (largest - 1))


def test_resilience_of_many_equals_is_fast(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise AssertionError("thousands of chains of three would take as many copies of the network")

    monkeypatch.setattr(igraph.Graph, "copy", refused)
    chains = nx.disjoint_union_all([nx.path_graph(3)] * 40)
    # All centers are equally well connected, and removing one splits no other component.
    assert read(chains).indicators["resilience"] == 1


def test_indicators_of_four_stars_in_a_ring() -> None:
    found = read(joined_stars([10] * 4, ring=True)).indicators
    # 44 people, 44 ties. Ten people depend on each hub, and 33 stay; only the ring of hubs has two paths.
    assert found["lead_share"] == pytest.approx(12 / 44)
    assert found["resilience"] == pytest.approx(33 / 43)
    assert found["largest_block"] == pytest.approx(4 / 44)
    assert found["half_of_ties"] == pytest.approx(4 / 44)
    assert found["core_share"] == pytest.approx(4 / 44)


def fit(graph: nx.Graph, core: set[Hashable]) -> float:
    """Return Borgatti & Everett's correlation for one core, from both patterns."""
    pairs = [pair for pair in itertools.combinations(graph, 2) if (pair[0] in core) == (pair[1] in core)]
    ties = np.array([graph.has_edge(*pair) for pair in pairs], dtype=float)
    ideal = np.array([pair[0] in core for pair in pairs], dtype=float)
    return float(np.corrcoef(ties, ideal)[0, 1]) if ties.std() and ideal.std() else -1.0


def best_fit(graph: nx.Graph) -> float:
    """Return the best fit over all cores."""
    nodes = list(graph)
    sizes = range(2, len(nodes) - 1)
    return max(fit(graph, set(core)) for size in sizes for core in itertools.combinations(nodes, size))


def test_best_core_is_found() -> None:
    core = nx.compose(nx.complete_graph(5), nx.Graph([(0, 5), (0, 6), (1, 7), (2, 8), (3, 9), (5, 6)]))
    found = read(core).indicators
    assert found["core_share"] == pytest.approx(0.5)
    assert found["core_fit"] == pytest.approx(fit(core, set(range(5))))
    assert found["core_fit"] == pytest.approx(best_fit(core))


@pytest.mark.parametrize("seed", range(6))
def test_fit_is_at_most_the_best(seed: int) -> None:
    graph = nx.gnp_random_graph(9, 0.4, seed=seed)
    graph = graph.subgraph([node for node in graph if graph.degree(node)]).copy()
    found = read(graph).indicators.get("core_fit")
    assert found is None or found <= best_fit(graph) + 1e-9


def test_hub_counts_as_one_person() -> None:
    # Three people of the office know 40 members between them: a star if the office counts as one.
    graph = nx.Graph([(f"office {member % 3}", member) for member in range(40)])
    graph.add_edges_from(itertools.combinations(["office 0", "office 1", "office 2"], 2))
    names: dict[Hashable, str] = {node: str(node) for node in graph}
    network = network_of(graph, names=names)
    office = frozenset({"office 0", "office 1", "office 2"})
    assert classify_typology(network).network_type is NetworkType.MULTI_HUB
    found = classify_typology(network, hub=office)
    assert found.network_type is NetworkType.HUB_AND_SPOKE
    assert found.indicators["lead_share"] == 1
    assert classify_typology(network, hub=frozenset({"someone else"})) == classify_typology(network)


def test_thresholds_are_complete() -> None:
    for threshold in THRESHOLDS:
        assert threshold.indicator in INDICATORS
        assert threshold.at_least is not None or threshold.at_most is not None
        assert threshold.reason
        assert not threshold.reason.endswith(".")
    for network_type in NetworkType:
        assert sum(threshold.essential for threshold in THRESHOLDS if threshold.network_type is network_type) == 1
    assert {threshold.indicator for threshold in THRESHOLDS} == set(INDICATORS)
    assert all(indicator.source for indicator in INDICATORS.values())


def test_evidence_has_values() -> None:
    evidence = read(nx.star_graph(19)).evidence(NetworkType.HUB_AND_SPOKE)
    assert [threshold.indicator for threshold, _, _ in evidence] == [
        "largest_share",
        "centralization",
        "lead_share",
        "resilience",
        "clustering",
    ]
    assert all(holds for _, _, holds in evidence)
    assert [value for _, value, _ in evidence][:3] == [1, 1, 1]


small = st.sets(st.sampled_from(list(itertools.combinations(range(12), 2))), min_size=6, max_size=30)


@settings(max_examples=40, deadline=None)
@given(ties=small, seed=st.integers(0, 99))
def test_names_change_nothing(ties: set[tuple[int, int]], seed: int) -> None:
    graph = nx.Graph(list(ties))
    graph.add_nodes_from(range(12))
    names = [f"n{at:02}" for at in range(12)]
    random.Random(seed).shuffle(names)
    one, other = (
        classify_typology(network_of(graph)),
        classify_typology(network_of(graph, names=dict(zip(graph, names, strict=True)))),
    )
    assert (one.network_type, one.tied_types) == (other.network_type, other.tied_types)
    for name, value in one.indicators.items():
        assert other.indicators[name] == (None if value is None else pytest.approx(value))


@settings(max_examples=40, deadline=None)
@given(ties=small)
def test_indicators_are_in_bounds(ties: set[tuple[int, int]]) -> None:
    graph = nx.Graph(list(ties))
    found = read(graph)
    for name, value in found.indicators.items():
        if value is not None and name != "largest_core":
            assert -1 <= value <= 1 + 1e-12
    assert found.network_type is None or not found.tied_types
