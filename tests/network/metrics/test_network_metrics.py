"""Network metrics: by hand, against published tables, and against networkx on random networks."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.network.analysis.attribute_mixing import measure_mixing
from nethealth.network.analysis.community_stability import assess_stability
from nethealth.network.graph import network_at
from nethealth.network.layout.positions import layout
from nethealth.network.metrics.betweenness import betweenness
from nethealth.network.metrics.cohesion import average_clustering, core_numbers, cut_people, cut_ties, transitivity
from nethealth.network.metrics.communities import community_modularity, find_communities, modularity
from nethealth.network.metrics.network_metrics import (
    NetworkMetrics,
    PersonMetrics,
    compute_exact_metrics,
    compute_network_metrics,
    compute_person_metrics,
)
from nethealth.network.metrics.shortest_paths import closeness, distances, path_lengths
from nethealth.network.metrics.topology import Topology
from nethealth.workbook.records import Person, Workbook
from nethealth.workbook.schema.vocabulary import TieRule

MakeWorkbook = Callable[..., Workbook]
Pair = tuple[str, str]


def pairs(text: str) -> list[Pair]:
    """`"Ann: Bob Cid; Bob: Cid"` as pairs."""
    return [
        (one.strip(), other)
        for line in text.split(";")
        for one, others in [line.split(":")]
        for other in others.split()
    ]


def figures_of(workbook: Workbook) -> tuple[NetworkMetrics, dict[str, PersonMetrics]]:
    network = network_at(workbook)
    return compute_network_metrics(network), {person.key: person for person in compute_person_metrics(network)}


def test_the_hand_drawn_network(hand_drawn: Workbook) -> None:
    figures, people = figures_of(hand_drawn)
    assert figures.as_json() == pytest.approx(
        {
            "wave": "2024",
            "respondents_rule": "either",
            "members": 9,
            "isolates": 2,
            "reported_ties": 8,
            "ties": 6,
            "density": 6 / 36,
            "reported_density": 8 / 72,
            "average_ties": 12 / 9,
            "reciprocity": 4 / 8,
            "mutual_pairs": 2,
            "components": 4,
            "largest_component": 5,
            # Ana, Bo: 1 1 2 3 each; Cy: 1 1 1 2; Di: 1 1 2 2; Ed: 1 2 3 3. Together 34 over 20 ordered pairs.
            "average_path_length": 34 / 20,
            "diameter": 3,
            # Triples: one each around Ana and Bo, three around Cy, one around Di; three of the six are closed.
            "transitivity": 3 / 6,
            "average_clustering": (1 + 1 + 1 / 3) / 9,
            # Degrees 2 2 3 2 1 1 1 0 0: the sum of 3 - degree is 15, of 8 · 7.
            "degree_centralization": 15 / 56,
            "largest_core": 2,
            "core_members": 3,
            "respondents": 5,
            "response_rate": 5 / 10,
            # Best: {Ana, Bo, Cy}, {Di, Ed}, {Flo, Gus}: 5 of 6 ties inside, ends 7, 3 and 2.
            "groups": 3,
            "modularity": 5 / 6 - (49 + 9 + 4) / 144,
            "cut_ties": 3,
            "cut_members": 2,
        }
    )
    # Cy is between Ana, Bo and Di, Ed: four pairs; Di between Ed and the three: three pairs; of 28.
    assert people["cy"].betweenness == pytest.approx(4 / 28)
    assert people["di"].betweenness == pytest.approx(3 / 28)
    # Cy reaches four in five steps, and four of eight others at all.
    assert people["cy"].closeness == pytest.approx(4 / 5 * 4 / 8)
    assert people["flo"].closeness == pytest.approx(1 * 1 / 8)
    cy = people["cy"]
    assert (cy.name, cy.ties, cy.named_by, cy.names, cy.core_number, cy.group, cy.cut_member) == (
        "Cy", 3, 2, 2, 2, 1, True,
    )  # fmt: skip
    assert people["hal"].as_json() == {
        "id": "hal", "name": "Hal", "ties": 0, "named_by": 0, "names": 0, "betweenness": 0, "closeness": 0,
        "core_number": 0, "group": None, "cut_member": False,
    }  # fmt: skip
    assert [people[key].group for key in ("ana", "bo", "cy")] == [1, 1, 1]


def test_hand_drawn_network_under_the_both_rule(hand_drawn: Workbook) -> None:
    network = network_at(hand_drawn, rule=TieRule.BOTH)
    figures = compute_network_metrics(network)
    assert [(tie.a, tie.b) for tie in network.ties] == [("ana", "bo"), ("bo", "cy")]
    # What is reported does not depend on the rule.
    assert (figures.ties, figures.reported_ties, figures.reciprocity, figures.respondents_rule) == (2, 8, 0.5, "both")
    # Flo answered by reporting and Gus did not; Ed and all of the first five did.
    assert [(tie.a, tie.b) for tie in network.unconfirmed_ties] == [("flo", "gus")]


# Krackhardt 1990, Assessing the political landscape, figure 1; its centralities as printed by Krebs (2000, The social
# life of routers, table 1: degree, betweenness, closeness).
KITE = pairs(
    "Andre: Beverly Carol Diane Fernando; Beverly: Diane Ed Garth; Carol: Diane Fernando;"
    "Diane: Ed Fernando Garth; Ed: Garth; Fernando: Garth Heather; Garth: Heather; Heather: Ike; Ike: Jane"
)
KITE_CENTRALITIES = {
    "Diane": (6, 0.102, 0.600), "Fernando": (5, 0.231, 0.643), "Garth": (5, 0.231, 0.643), "Andre": (4, 0.023, 0.529),
    "Beverly": (4, 0.023, 0.529), "Carol": (3, 0, 0.500), "Ed": (3, 0, 0.500), "Heather": (3, 0.389, 0.600),
    "Ike": (2, 0.222, 0.429), "Jane": (1, 0, 0.310),
}  # fmt: skip


def test_krackhardts_kite(workbook_of: MakeWorkbook) -> None:
    figures, people = figures_of(workbook_of(KITE))
    for name, (degree, between, close) in KITE_CENTRALITIES.items():
        assert people[name].ties == degree
        assert people[name].betweenness == pytest.approx(between, abs=0.0005)
        assert people[name].closeness == pytest.approx(close, abs=0.0005)
    assert (figures.members, figures.ties, figures.cut_ties, figures.cut_members) == (10, 18, 2, 2)
    # Degrees 6 5 5 4 4 3 3 3 2 1: the sum of 6 - degree is 24, of 9 · 8.
    assert figures.degree_centralization == pytest.approx(24 / 72)


# Padgett & Ansell 1993, the marriage relation of sixteen Florentine families, as in Wasserman & Faust 1994, appendix B.
MARRIAGES = pairs(
    "Acciaiuoli: Medici; Albizzi: Ginori Guadagni Medici; Barbadori: Castellani Medici;"
    "Bischeri: Guadagni Peruzzi Strozzi; Castellani: Peruzzi Strozzi; Guadagni: Lamberteschi Tornabuoni;"
    "Medici: Ridolfi Salviati Tornabuoni; Pazzi: Salviati; Peruzzi: Strozzi; Ridolfi: Strozzi Tornabuoni"
)
# Betweenness among the fifteen families that married, as printed in Jackson 2008, Social and Economic Networks, 2.2 (to
# three places), and the raw counts behind it of the usual tables: 91 pairs of other families.
RAW_BETWEENNESS = {
    "Medici": 47.5, "Guadagni": 23 + 1 / 6, "Albizzi": 19 + 1 / 3, "Salviati": 13, "Ridolfi": 10 + 1 / 3,
    "Bischeri": 9.5, "Strozzi": 9 + 1 / 3, "Barbadori": 8.5, "Tornabuoni": 8 + 1 / 3, "Castellani": 5, "Peruzzi": 2,
    "Acciaiuoli": 0, "Ginori": 0, "Lamberteschi": 0, "Pazzi": 0,
}  # fmt: skip


def test_florentine_families_without_pucci(workbook_of: MakeWorkbook) -> None:
    figures, people = figures_of(workbook_of(MARRIAGES))
    assert (figures.members, figures.ties, figures.isolates, figures.components) == (15, 20, 0, 1)
    assert figures.density == pytest.approx(20 / 105)
    for family, raw in RAW_BETWEENNESS.items():
        assert people[family].betweenness == pytest.approx(raw / 91)
    assert people["Medici"].betweenness == pytest.approx(0.522, abs=0.0005)
    assert people["Medici"].closeness == pytest.approx(14 / 25)  # Wasserman & Faust 1994, 5.2.2: .560
    assert people["Pazzi"].closeness == pytest.approx(14 / 49)
    # 15 · 6 - 40 ends of ties.
    assert figures.degree_centralization == pytest.approx(50 / (14 * 13))


def test_florentine_families_with_pucci(workbook_of: MakeWorkbook) -> None:
    figures, people = figures_of(workbook_of(MARRIAGES, people=["Pucci"]))
    assert (figures.members, figures.isolates, figures.components, figures.largest_component) == (16, 1, 2, 15)
    assert figures.density == pytest.approx(0.167, abs=0.0005)  # Wasserman & Faust 1994, 5.2.1
    assert figures.degree_centralization == pytest.approx(0.267, abs=0.0005)  # the same
    assert people["Medici"].betweenness == pytest.approx(47.5 / 105)  # the same, 5.2.3: .452
    assert people["Medici"].closeness == pytest.approx(14 / 25 * 14 / 15)
    assert people["Pucci"].ties == 0


# Zachary 1977, An information flow model for conflict and fission in small groups, figure 2 (78 ties, unweighted).
CLUB = pairs(
    "1: 2 3 4 5 6 7 8 9 11 12 13 14 18 20 22 32; 2: 3 4 8 14 18 20 22 31; 3: 4 8 9 10 14 28 29 33; 4: 8 13 14;"
    "5: 7 11; 6: 7 11 17; 7: 17; 9: 31 33 34; 10: 34; 14: 34; 15: 33 34; 16: 33 34; 19: 33 34; 20: 34; 21: 33 34;"
    "23: 33 34; 24: 26 28 30 33 34; 25: 26 28 32; 26: 32; 27: 30 34; 28: 34; 29: 32 34; 30: 33 34; 31: 33 34;"
    "32: 33 34; 33: 34"
)
# The clubs that people joined after the split (table 1 of the same): nine went with the instructor.
MR_HI = {"1", "2", "3", "4", "5", "6", "7", "8", "9", "11", "12", "13", "14", "17", "18", "20", "22"}


def test_zacharys_club(workbook_of: MakeWorkbook) -> None:
    figures, people = figures_of(workbook_of(CLUB))
    assert (figures.members, figures.ties, figures.diameter, figures.components) == (34, 78, 5, 1)
    assert figures.density == pytest.approx(0.139, abs=0.0005)
    # Newman 2003, The structure and function of complex networks, defines both; the values are those of every table.
    assert figures.transitivity == pytest.approx(0.2557, abs=0.00005)
    assert figures.average_clustering == pytest.approx(0.5706, abs=0.00005)
    assert figures.average_path_length == pytest.approx(2.4082, abs=0.00005)
    # 34 · 17 - 156 ends of ties, of 33 · 32.
    assert figures.degree_centralization == pytest.approx((34 * 17 - 156) / (33 * 32))
    assert (figures.largest_core, figures.core_members) == (4, 10)
    assert people["1"].betweenness == pytest.approx(0.4376, abs=0.00005)
    assert people["34"].betweenness == pytest.approx(0.3041, abs=0.00005)
    # Brandes et al. 2008, On modularity clustering: no division has more than 0.4198, and it has four groups.
    assert figures.modularity == pytest.approx(0.4198, abs=0.00005)
    assert figures.groups == 4


def test_the_split_of_zacharys_club() -> None:
    numbers = sorted({one for pair in CLUB for one in pair}, key=int)
    place = {number: at for at, number in enumerate(numbers)}
    structure = Topology(34, edges=[(place[a], place[b]) for a, b in CLUB])

    def modularity_of(one_side: set[str]) -> float | None:
        sides = [[place[number] for number in numbers if (number in one_side) is side] for side in (True, False)]
        return modularity(structure, sides)

    # By hand: 67 of 78 ties lie inside, and 81 and 75 of the 156 ends.
    inside = sum((a in MR_HI) == (b in MR_HI) for a, b in CLUB)
    ends = sum((a in MR_HI) + (b in MR_HI) for a, b in CLUB)
    assert (inside, ends) == (67, 81)
    assert modularity_of(MR_HI) == pytest.approx(67 / 78 - (81**2 + 75**2) / 156**2)
    assert modularity_of(MR_HI) == pytest.approx(0.3582, abs=0.00005)
    # Newman 2006, Modularity and community structure in networks: with person 9 on the other side, 0.371.
    assert modularity_of(MR_HI - {"9"}) == pytest.approx(0.3715, abs=0.00005)


@pytest.mark.parametrize("size", [3, 4, 10, 140])
def test_freemans_centralization(workbook_of: MakeWorkbook, size: int) -> None:
    # Freeman 1978: a star is wholly centralized, a ring not at all.
    people = [f"p{number}" for number in range(size)]
    star, star_people = figures_of(workbook_of([(people[0], other) for other in people[1:]]))
    assert star.degree_centralization == pytest.approx(1)
    assert star_people["p0"].betweenness == pytest.approx(1)
    assert star_people["p0"].closeness == pytest.approx(1)
    assert (star.cut_members, star.cut_ties, star.largest_core) == (1, size - 1, 1)
    ring, _ = figures_of(workbook_of(zip(people, [*people[1:], people[0]], strict=True)))
    assert ring.degree_centralization == pytest.approx(0)
    assert (ring.cut_members, ring.cut_ties, ring.largest_core, ring.diameter) == (0, 0, 2, size // 2)
    none, _ = figures_of(workbook_of(people=people))
    assert none.degree_centralization == 0


def test_no_people(workbook_of: MakeWorkbook) -> None:
    figures, people = figures_of(workbook_of())
    assert people == {}
    undefined = {name for name, figure in figures.as_json().items() if figure is None}
    assert undefined == {
        "wave", "density", "reported_density", "average_ties", "reciprocity", "average_path_length", "diameter",
        "average_clustering", "degree_centralization", "respondents", "response_rate", "modularity",
    }  # fmt: skip
    assert all(not figure for name, figure in figures.as_json().items() if name != "respondents_rule")


def test_one_person(workbook_of: MakeWorkbook) -> None:
    figures, people = figures_of(workbook_of(people=["ana"]))
    assert (figures.members, figures.isolates, figures.components, figures.largest_component) == (1, 1, 1, 1)
    assert (figures.density, figures.average_ties, figures.average_clustering) == (None, 0, 0)
    assert (people["ana"].betweenness, people["ana"].closeness, people["ana"].group) == (0, 0, None)


def test_everyone_tied_to_everyone(workbook_of: MakeWorkbook) -> None:
    people = [f"p{number:02}" for number in range(20)]
    figures, _ = figures_of(workbook_of(itertools.permutations(people, 2)))
    assert (figures.ties, figures.reported_ties, figures.mutual_pairs) == (190, 380, 190)
    assert (figures.density, figures.reported_density, figures.reciprocity) == (1, 1, 1)
    assert (figures.transitivity, figures.average_clustering, figures.average_path_length) == (1, 1, 1)
    assert (figures.groups, figures.modularity, figures.largest_core, figures.core_members) == (1, 0, 19, 20)


@st.composite
def networks(draw: st.DrawFn, *, most: int = 14) -> tuple[int, list[tuple[int, int]]]:
    """Any small network: its size and its ties."""
    size = draw(st.integers(0, most))
    every = list(itertools.combinations(range(size), 2))
    return size, sorted(draw(st.sets(st.sampled_from(every), max_size=40))) if every else []


def random_ties(size: int, ties: int) -> list[tuple[int, int]]:
    return sorted((min(edge), max(edge)) for edge in nx.gnm_random_graph(size, ties, seed=size).edges)


def agrees_with_networkx(size: int, edges: list[tuple[int, int]]) -> None:
    structure = Topology(size, edges=edges)
    graph = nx.Graph()
    graph.add_nodes_from(range(size))
    graph.add_edges_from(edges)

    def each(values: dict[int, float]) -> list[float]:
        return [values[number] for number in range(size)]

    close = {"rel": 1e-9, "abs": 1e-9}
    assert list(betweenness(structure)) == pytest.approx(each(nx.betweenness_centrality(graph)), **close)
    assert list(closeness(structure)) == pytest.approx(each(nx.closeness_centrality(graph)), **close)
    assert list(core_numbers(structure)) == each(nx.core_number(graph))
    assert transitivity(structure) == pytest.approx(nx.transitivity(graph), **close)
    if size:
        assert average_clustering(structure) == pytest.approx(nx.average_clustering(graph), **close)
    assert cut_people(structure) == set(nx.articulation_points(graph))
    assert {edges[place] for place in cut_ties(structure)} == {tuple(sorted(edge)) for edge in nx.bridges(graph)}
    assert sorted(map(sorted, structure.components)) == sorted(map(sorted, nx.connected_components(graph)))
    if not edges:
        assert path_lengths(structure) is None
        assert community_modularity(structure) is None
        return
    largest = [part for part in structure.components if len(part) == len(structure.components[0])]
    inside = [graph.subgraph(part) for part in largest]
    expected = [(nx.average_shortest_path_length(part), nx.diameter(part)) for part in inside]
    assert path_lengths(structure) is not None
    assert any(path_lengths(structure) == pytest.approx(one, **close) for one in expected)
    groups = [set(group) for group in find_communities(structure)]
    assert community_modularity(structure) == pytest.approx(nx.community.modularity(graph, groups), **close)
    # Clusters are connected: everyone can reach the others inside their cluster.
    assert all(nx.is_connected(graph.subgraph(group)) for group in groups)


@settings(max_examples=60, deadline=None)
@given(networks())
def test_metrics_match_networkx(network: tuple[int, list[tuple[int, int]]]) -> None:
    agrees_with_networkx(*network)


@pytest.mark.parametrize(("size", "ties"), [(140, 300), (240, 320)])
def test_metrics_match_networkx_on_large_networks(size: int, ties: int) -> None:
    agrees_with_networkx(size, random_ties(size, ties))


def test_distances_are_swept_in_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    edges = random_ties(140, 300)
    whole = distances(Topology(140, edges=edges))
    monkeypatch.setattr("nethealth.network.metrics.shortest_paths.BATCH_SIZE", 37)
    sliced = distances(Topology(140, edges=edges))
    assert list(whole.total) == list(sliced.total)
    assert list(whole.reached) == list(sliced.reached)
    assert list(whole.farthest) == list(sliced.farthest)


@settings(max_examples=40, deadline=None)
@given(networks(most=10), st.randoms(use_true_random=False))
def test_names_and_order_change_nothing(
    workbook_of: MakeWorkbook, network: tuple[int, list[tuple[int, int]]], random: object
) -> None:
    size, edges = network
    names = [f"p{number}" for number in range(size)]
    others = [f"q{number}" for number in range(size)]
    random.shuffle(others)  # type: ignore[attr-defined]
    rows = [(others[b], others[a]) for a, b in edges]
    random.shuffle(rows)  # type: ignore[attr-defined]
    first = compute_network_metrics(network_at(workbook_of([(names[a], names[b]) for a, b in edges], people=names)))
    second = compute_network_metrics(network_at(workbook_of(rows, people=others)))
    assert {**first.as_json(), "respondents": 0, "response_rate": 0} == pytest.approx(
        {**second.as_json(), "respondents": 0, "response_rate": 0}, abs=1e-9
    )


@settings(max_examples=30, deadline=None)
@given(networks(most=10))
def test_isolate_never_raises_density(workbook_of: MakeWorkbook, network: tuple[int, list[tuple[int, int]]]) -> None:
    size, edges = network
    names = [f"p{number}" for number in range(size)]
    reported = [(names[a], names[b]) for a, b in edges]
    before = compute_network_metrics(network_at(workbook_of(reported, people=names)))
    after = compute_network_metrics(network_at(workbook_of(reported, people=[*names, "newcomer"])))
    assert after.isolates == before.isolates + 1
    assert after.components == before.components + 1
    assert (after.density or 0) <= (before.density or 0)
    assert (after.reported_density or 0) <= (before.reported_density or 0)
    assert (after.ties, after.diameter, after.transitivity) == (before.ties, before.diameter, before.transitivity)


@settings(max_examples=30, deadline=None)
@given(networks(most=9), st.data())
def test_either_includes_both(
    workbook_of: MakeWorkbook, network: tuple[int, list[tuple[int, int]]], data: st.DataObject
) -> None:
    size, edges = network
    returned = data.draw(st.sets(st.sampled_from(edges))) if edges else set()
    names = [f"p{number}" for number in range(size)]
    reported = [(names[a], names[b]) for a, b in edges] + [(names[b], names[a]) for a, b in returned]
    workbook = workbook_of(reported, people=names)
    either, both = (network_at(workbook, rule=rule) for rule in (TieRule.EITHER, TieRule.BOTH))
    assert {(tie.a, tie.b) for tie in both.ties} <= {(tie.a, tie.b) for tie in either.ties}
    assert (len(either.ties), len(both.ties)) == (len(edges), len(returned))
    assert (compute_network_metrics(both).density or 0) <= (compute_network_metrics(either).density or 0)


def test_everyone_of_sixty_tied_to_everyone(workbook_of: MakeWorkbook) -> None:
    people = [f"p{number:02}" for number in range(60)]
    network = network_at(workbook_of(itertools.combinations(people, 2)))
    figures = compute_network_metrics(network)
    assert (figures.ties, figures.density, figures.diameter, figures.transitivity) == (1770, 1, 1, 1)
    assert (figures.groups, figures.modularity, figures.cut_members, figures.largest_core) == (1, 0, 0, 59)
    assert {(one.betweenness, one.closeness, one.group) for one in compute_person_metrics(network)} == {(0, 1, 1)}
    assert assess_stability(network.topology).similarity == (1,)
    assert len(set(layout(network).values())) == 60


def test_three_hundred_values_of_an_attribute(workbook_of: MakeWorkbook) -> None:
    people = {
        f"p{number:03}": Person(key=f"p{number:03}", name=f"p{number}", attributes={"School": f"School {number}"})
        for number in range(300)
    }
    keys = list(people)
    workbook = workbook_of(itertools.pairwise(keys), people=people, attributes=("School",))
    found = measure_mixing(network_at(workbook), workbook, column="School")
    # All are values of one person: pooled where they are listed, apart where they are measured.
    assert dict(found.sizes) == {"fewer than 5": 300}
    assert found.ei_index == 1


@pytest.fixture
def sampled(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if a network of a hundred were very large."""
    monkeypatch.setattr("nethealth.network.metrics.betweenness.EXACT_BETWEENNESS_COST", 1)
    monkeypatch.setattr("nethealth.network.metrics.shortest_paths.EXACT_DISTANCE_COST", 1)
    monkeypatch.setattr("nethealth.network.metrics.betweenness.SMALLEST_SAMPLE", 64)
    monkeypatch.setattr("nethealth.network.metrics.betweenness.SAMPLE_COST", 0)
    monkeypatch.setattr("nethealth.network.metrics.shortest_paths.SAMPLE", 96)


ESTIMATED = {"betweenness", "closeness", "sample", "betweenness_error", "closeness_error"}


@pytest.mark.usefixtures("sampled")
def test_estimates_are_marked_and_have_exact_values(workbook_of: MakeWorkbook) -> None:
    workbook = workbook_of((f"p{a:03}", f"p{b:03}") for a, b in random_ties(140, 300))
    network = network_at(workbook)
    figures, people = compute_network_metrics(network), compute_person_metrics(network)
    assert (figures.sample, people[0].sample) == (96, 64)
    assert figures.as_json().keys() - NetworkMetrics.__dataclass_fields__.keys() == set()
    assert figures.as_json()["average_path_length_error"] > 0
    assert {"sample", "betweenness_error", "closeness_error"} < people[0].as_json().keys()
    progress: list[float] = []
    exact, exact_people = compute_exact_metrics(network, on_progress=progress.append)
    assert progress == sorted(progress)
    assert progress[-1] == 1
    graph = network.as_networkx()
    betweenness, closeness = nx.betweenness_centrality(graph), nx.closeness_centrality(graph)
    part = graph.subgraph(max(nx.connected_components(graph), key=len))
    assert exact.average_path_length == pytest.approx(nx.average_shortest_path_length(part), abs=1e-9)
    assert exact.diameter == nx.diameter(part)
    for one, estimate in zip(exact_people, people, strict=True):
        assert (one.sample, one.betweenness_error, one.closeness_error) == (None, None, None)
        assert one.betweenness == pytest.approx(betweenness[one.key], abs=1e-9)
        assert one.closeness == pytest.approx(closeness[one.key], abs=1e-9)
        # Nothing else depends on a sample.
        assert {name: value for name, value in one.as_json().items() if name not in ESTIMATED} == {
            name: value for name, value in estimate.as_json().items() if name not in ESTIMATED
        }
    # It is computed once, and not again when asked for.
    progress.clear()
    assert compute_exact_metrics(network, on_progress=progress.append) == (exact, exact_people)
    assert progress == []
    # The estimates do not change.
    assert compute_person_metrics(network) == people


def test_exact_metrics_are_returned_at_once(hand_drawn: Workbook) -> None:
    network = network_at(hand_drawn)
    progress: list[float] = []
    assert compute_exact_metrics(network, on_progress=progress.append) == (
        compute_network_metrics(network),
        compute_person_metrics(network),
    )
    assert progress == []


@pytest.mark.usefixtures("sampled")
def test_progress_callback_can_stop(workbook_of: MakeWorkbook) -> None:
    network = network_at(workbook_of((f"p{a:03}", f"p{b:03}") for a, b in random_ties(140, 300)))

    class Enough(Exception):
        pass

    def stop(share: float) -> None:
        raise Enough

    with pytest.raises(Enough):
        compute_exact_metrics(network, on_progress=stop)
    exact, _ = compute_exact_metrics(network)
    assert exact.sample is None
