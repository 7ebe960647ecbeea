"""More networks with published metrics: two modes at once, and reports in one direction."""

from __future__ import annotations

import math
from collections.abc import Callable

import networkx as nx
import pytest

from nethealth.network.graph import network_at
from nethealth.network.metrics.network_metrics import compute_network_metrics, compute_person_metrics
from nethealth.workbook.records import Workbook
from nethealth.workbook.schema.vocabulary import TieRule

MakeWorkbook = Callable[..., Workbook]

# Davis, Gardner & Gardner 1941, Deep South: which of eighteen women came to which of fourteen events. The centralities
# of both as printed by Borgatti & Halgin 2011 (Analyzing affiliation networks, in The SAGE handbook of social network
# analysis): degree, closeness, betweenness, each normalised for two modes.
DAVIS = {
    "E8": (0.78, 0.85, 0.24), "E9": (0.67, 0.79, 0.23), "E7": (0.56, 0.73, 0.13),
    "Nora Fayette": (0.57, 0.80, 0.11), "Evelyn Jefferson": (0.57, 0.80, 0.10),
    "Theresa Anderson": (0.57, 0.80, 0.09), "E6": (0.44, 0.69, 0.07), "Sylvia Avondale": (0.50, 0.77, 0.07),
    "Laura Mandeville": (0.50, 0.73, 0.05), "Brenda Rogers": (0.50, 0.73, 0.05),
    "Katherina Rogers": (0.43, 0.73, 0.05), "E5": (0.44, 0.59, 0.04), "Helen Lloyd": (0.36, 0.73, 0.04),
    "E3": (0.33, 0.56, 0.02), "Ruth DeSand": (0.29, 0.71, 0.02), "Verne Sanderson": (0.29, 0.71, 0.02),
    "Myra Liddel": (0.29, 0.69, 0.02), "Eleanor Nye": (0.29, 0.67, 0.01), "Frances Anderson": (0.29, 0.67, 0.01),
    "Pearl Oglethorpe": (0.21, 0.67, 0.01), "Charlotte McDowd": (0.29, 0.60, 0.01), "E10": (0.28, 0.55, 0.01),
    "Olivia Carleton": (0.14, 0.59, 0.01), "Flora Price": (0.14, 0.59, 0.01), "Dorothy Murchison": (0.14, 0.65, 0.00),
    "E1": (0.17, 0.52, 0.00), "E14": (0.17, 0.52, 0.00),
}  # fmt: skip


def test_davis_women_and_their_events(workbook_of: MakeWorkbook) -> None:
    network = network_at(workbook_of(nx.davis_southern_women_graph().edges))
    figures, people = compute_network_metrics(network), {one.key: one for one in compute_person_metrics(network)}
    assert (figures.members, figures.ties, figures.components, figures.transitivity) == (32, 89, 1, 0)
    for name, (degree, closeness, betweenness) in DAVIS.items():
        is_event = name.startswith("E") and name[1:].isdigit()
        own, others = (14, 18) if is_event else (18, 14)
        assert people[name].ties / others == pytest.approx(degree, abs=0.0051), name
        # The smallest possible distances: one step to everyone of the other mode, two to the rest of the own.
        steps = 31 / people[name].closeness
        assert (others + 2 * (own - 1)) / steps == pytest.approx(closeness, abs=0.0051), name
        # The most pairs that one of eighteen women, or of fourteen events, can lie between (Borgatti & Everett 1997).
        assert people[name].betweenness * (31 * 30 / 2) / (452 if is_event else 445) == pytest.approx(
            betweenness, abs=0.0051
        ), name


def test_davis_women_who_met(workbook_of: MakeWorkbook) -> None:
    attended = nx.davis_southern_women_graph()
    women = sorted(attended.graph["top"])
    met = [
        (one, other)
        for at, one in enumerate(women)
        for other in women[at + 1 :]
        if set(attended[one]) & set(attended[other])
    ]
    figures = compute_network_metrics(network_at(workbook_of(met)))
    graph = nx.Graph(met)
    assert (figures.members, figures.ties) == (18, 139)
    assert figures.density == pytest.approx(139 / 153)
    assert figures.average_clustering == pytest.approx(nx.average_clustering(graph), abs=1e-9)
    assert figures.average_path_length == pytest.approx(nx.average_shortest_path_length(graph), abs=1e-9)


# Sampson 1968, A novitiate in a period of change: the people that each of eighteen novices likes most at the fourth
# time, as in Kenny, Kashy & Cook 2006, Dyadic data analysis, table 11.1.
LIKED = {
    "A": "CLN", "B": "AGL", "C": "AMQR", "D": "EFK", "E": "DIK", "F": "DEI", "G": "BLP", "H": "DFI", "I": "EHL",
    "J": "DEIM", "K": "EHN", "L": "ABG", "M": "EGR", "N": "ALO", "O": "BGL", "P": "BGO", "Q": "BCR", "R": "BCQ",
}  # fmt: skip


def test_sampsons_novices(workbook_of: MakeWorkbook) -> None:
    reported = [(one, other) for one, others in LIKED.items() for other in others]
    network = network_at(workbook_of(reported))
    figures = compute_network_metrics(network)
    # 56 choices (the network `samplk3` of R's ergm), each mutual pair counted in the table by hand.
    assert (figures.members, figures.reported_ties, figures.mutual_pairs) == (18, 56, 15)
    assert figures.reported_density == pytest.approx(56 / (18 * 17))
    assert figures.reciprocity == pytest.approx(30 / 56)
    # Holland & Leinhardt's model of 1981 with one density and one reciprocity has its best fit in closed form: the
    # log-odds of a choice that is not returned, which the statnet team's tutorial on ergm finds by simulation, -2.16.
    one_way, neither = figures.ties - figures.mutual_pairs, 18 * 17 // 2 - figures.ties
    assert math.log(one_way / (2 * neither)) == pytest.approx(-2.16, abs=0.02)
    both = compute_network_metrics(network_at(workbook_of(reported), rule=TieRule.BOTH))
    assert (figures.ties, both.ties) == (41, 15)
    named = {person.key: person.named_by for person in compute_person_metrics(network)}
    assert {key: count for key, count in named.items() if count > 4} == {"B": 6, "E": 6, "G": 5, "L": 6}
