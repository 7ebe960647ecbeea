"""The network type in text and pictures."""

from __future__ import annotations

import re
from types import MappingProxyType

import networkx as nx

from nethealth.network.analysis.typology import TypologyResult, classify_typology
from nethealth.network.analysis.typology_thresholds import THRESHOLDS, NetworkType
from nethealth.network.graph import network_at
from nethealth.network.tables import typology as tables
from nethealth.workbook.records import Connection, Person, Workbook
from tests.texts import numbers_in


def read(graph: nx.Graph) -> TypologyResult:
    return classify_typology(
        network_at(
            Workbook(
                people={str(node): Person(key=str(node), name=str(node)) for node in graph},
                connections=tuple(Connection(source=str(one), target=str(other)) for one, other in graph.edges()),
            )
        )
    )


STAR = read(nx.star_graph(19))
KARATE = read(nx.karate_club_graph())
RING = read(nx.cycle_graph(30))
SMALL = read(nx.path_graph(3))


def test_heading_is_the_finding() -> None:
    assert tables.type_title(STAR) == tables.TITLES[NetworkType.HUB_AND_SPOKE]
    assert tables.type_title(KARATE).endswith(": several hubs or core and periphery")
    assert tables.type_title(RING).endswith("none of the four stands out")
    assert tables.type_title(SMALL).startswith("Too few connections")


def test_text_counts_signs() -> None:
    assert numbers_in(tables.type_text(STAR)) == ["5"]
    assert tables.type_text(KARATE).startswith("Both types")
    assert tables.type_text(RING).startswith("There is no clear hub")
    assert "8 people" in tables.type_text(SMALL)


def test_reasons_have_values() -> None:
    signs = tables.reasons(STAR)
    assert any(reason.endswith(": 100% (a sign if 40% or more)") for _, reason in signs)
    assert any(reason.endswith(": 0% (a sign if 25% or less)") for _, reason in signs)
    assert all(is_here for is_here, _ in signs)
    torn = [reason for _, reason in tables.reasons(KARATE)]
    assert any(reason.startswith("Several hubs: ") for reason in torn)
    assert any(reason.startswith("Core and periphery: ") for reason in torn)
    assert any(not is_here for is_here, _ in tables.reasons(KARATE))
    assert tables.reasons(RING) == []


def test_next_steps_are_for_the_possible_types() -> None:
    assert [name for name, _ in tables.next_steps(STAR)] == ["Hub and spokes"]
    assert [name for name, _ in tables.next_steps(KARATE)] == ["Several hubs", "Core and periphery"]
    assert tables.next_steps(RING) == []
    assert set(tables.NEXT_STEPS) == set(tables.TITLES) == set(tables.NAMES) == set(NetworkType)


def test_every_sign_has_a_threshold_and_a_reason() -> None:
    rows = list(tables.sign_table(KARATE).rows)
    assert len(rows) == len(THRESHOLDS)
    assert all(row["Why"] and re.search(r"or more|or less| to ", str(row["Sign if"])) for row in rows)
    assert sum("(required)" in str(row["Sign if"]) for row in rows) == len(NetworkType)
    assert {row["Present"] for row in rows} == {"yes", "no"}


def test_undefined_indicators_are_a_dash_and_no_sign() -> None:
    unknown = TypologyResult(
        network_type=None,
        tied_types=(),
        is_too_small=False,
        indicators=MappingProxyType(dict.fromkeys(STAR.indicators)),
    )
    assert {row["Here"] for row in list(tables.sign_table(unknown).rows)} == {"–"}
    assert {row["Present"] for row in list(tables.sign_table(unknown).rows)} == {"no"}
