"""Tables of clusters, cut points, and bridges, on one small network."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest

from nethealth.network.analysis.community_stability import CommunityStability
from nethealth.network.connectivity import analyze_connectivity
from nethealth.network.selection import Selection
from nethealth.network.tables import clusters as tables
from nethealth.workbook.records import Connection, Person, Settings, Workbook
from tests.texts import numbers_in


def person(key: str, region: str, *, on_map: bool = True) -> Person:
    return Person(key=key, name=f"{key} Smith", attributes={"Region": region, "Shoe": "x"}, on_map=on_map)


# ABCDE and KLMN are circles with A-K between them. Only A knows P and Q; only K knows H, who is not shown;
# X and Y are a pair.
REGIONS = dict.fromkeys("ABCDEP", "North") | dict.fromkeys("KLMN", "South") | dict.fromkeys("QXYH", "West")
WORKBOOK = Workbook(
    people={key: person(key, region, on_map=key != "H") for key, region in REGIONS.items()},
    attributes=("Region", "Shoe"),
    settings=Settings(smallest_group=3),
    connections=tuple(
        Connection(source=one, target=other)
        for one, other in [*combinations("ABCDE", 2), *combinations("KLMN", 2), "AK", "AP", "AQ", "KH", "XY"]
    ),
)


def test_clusters_match_a_column() -> None:
    connected = analyze_connectivity(WORKBOOK)
    found = tables.describe_clusters(connected.network, WORKBOOK, column=None)
    assert found.column == "Region"
    assert tables.clusters_title(found).endswith("closely matching Region")
    first, second, rest = list(tables.cluster_table(found, connected).rows)
    assert (first["Cluster"], first["People"]) == ("Cluster 1", 7)
    assert (first["Connections inside"], first["Connections outside"]) == (12, 1)
    assert str(first["Best connected"]).startswith("A Smith, ")
    # Six of seven: the page must not reveal the other one.
    assert first["Most common Region"] == "North: nearly all"
    assert second["People"] == 5
    assert (rest["Cluster"], rest["People"], rest["Best connected"]) == ("1 smaller cluster", 2, "")
    # Two cliques with one tie between them are found in every search.
    assert first["Stability"] == second["Stability"] == "stable"
    assert "found 3 clusters each time. All 3 stayed" in tables.stability_text(found)
    rows = {str(row["Column"]): row for row in list(tables.agreement_table(found).rows)}
    assert rows["Region"]["Match"] == "close"
    assert rows["Shoe"]["Match"] == "nothing to compare"
    assert rows["Shoe"]["Agreement"] == "–"


@pytest.mark.parametrize(
    ("same", "words"),
    [
        ((1.0, 0.75, 0.74), "2 of the 3 stayed nearly the same."),
        ((0.8, 0.2), "1 of the 2 stayed nearly the same."),
        ((0.4, 0.2), "None of the 2 stayed nearly the same."),
        ((1.0,), "It stayed nearly the same."),
        ((0.5,), "It changed"),
    ],
)
def test_text_counts_stable_clusters(same: tuple[float, ...], words: str) -> None:
    stability = CommunityStability(
        runs=20,
        similarity=same,
        agreement=0.5,
        fewest_communities=len(same),
        most_communities=len(same),
    )
    clusters = replace(
        tables.describe_clusters(analyze_connectivity(WORKBOOK).network, WORKBOOK, column=None), stability=stability
    )
    assert words in tables.stability_text(clusters)


def test_rows_count_who_would_be_cut_off() -> None:
    connected = analyze_connectivity(WORKBOOK)
    # Without A: K's five, B to E, P, Q. The five that stay together are one of two equal parts or more: 12 - 1 = 11.
    rows = {
        str(row["Name"]): row
        for row in list(tables.cut_point_table(tables.find_cut_points(connected.network), connected).rows)
    }
    assert rows["A Smith"]["Would be cut off"] == 6
    assert rows["K Smith"]["Would be cut off"] == 4
    assert str(rows["A Smith"]["Who"]).endswith(" and 3 more")
    assert next(iter(rows)) == "A Smith"
    assert numbers_in(tables.cut_points_title(tables.find_cut_points(connected.network), connected)) == ["2", "6"]
    assert "H Smith" not in repr(rows)


def test_filters_do_not_change_best_connected() -> None:
    south = analyze_connectivity(WORKBOOK, selection=Selection(values=(("Region", "South"),)))
    found = tables.describe_clusters(south.full_network, WORKBOOK, column=None)
    first, *_ = list(tables.cluster_table(found, south).rows)
    assert str(first["Best connected"]).startswith("A Smith, ")


def test_heading_counts_hidden_people() -> None:
    # Only K connects H with the others, and K must not be named, so A is listed alone.
    unnamed = {**WORKBOOK.people, "K": person("K", "South", on_map=False)}
    connected = analyze_connectivity(replace(WORKBOOK, people=unnamed))
    cut_points = tables.find_cut_points(connected.network)
    assert numbers_in(tables.cut_points_title(cut_points, connected)) == ["2", "6"]
    assert tables.not_listed_text(cut_points, connected) == "1 person asked not to be shown."
    everyone = analyze_connectivity(WORKBOOK)
    assert tables.not_listed_text(tables.find_cut_points(everyone.network), everyone) == ""


def test_hidden_people_are_not_named() -> None:
    alone = replace(WORKBOOK, connections=tuple(c for c in WORKBOOK.connections if {c.source, c.target} != {"A", "K"}))
    connected = analyze_connectivity(alone)
    rows = {
        str(row["Name"]): row
        for row in list(tables.cut_point_table(tables.find_cut_points(connected.network), connected).rows)
    }
    assert (rows["K Smith"]["Would be cut off"], rows["K Smith"]["Who"]) == (1, "someone not shown")


def test_bridges() -> None:
    connected = analyze_connectivity(WORKBOOK)
    # A-K separates seven from five; A-P, A-Q, and K-H one person each; X and Y know no one else.
    text = tables.bridges_text(tables.find_cut_points(connected.network))
    assert numbers_in(text) == ["1", "3"]
    assert "bridge" in text
    assert list(tables.bridge_table(tables.find_cut_points(connected.network), connected).rows) == [
        {
            "Person": "A Smith",
            "Other person": "K Smith",
            "Without this connection": "7 people on one side, 5 on the other",
        }
    ]


def test_no_cut_points_and_no_ties() -> None:
    ties = tuple(Connection(source=a, target=b) for a, b in combinations("ABC", 2))
    ring = analyze_connectivity(replace(WORKBOOK, connections=ties))
    cut_points = tables.find_cut_points(ring.network)
    assert tables.cut_points_title(cut_points, ring).startswith("No one would be cut off")
    assert tables.bridges_text(cut_points) == ""
    assert list(tables.bridge_table(cut_points, ring).rows) == list(tables.cut_point_table(cut_points, ring).rows) == []
    no_ties = analyze_connectivity(replace(WORKBOOK, connections=()))
    assert tables.cut_points_title(tables.find_cut_points(no_ties.network), no_ties).startswith("No connections yet")
    found = tables.describe_clusters(no_ties.network, WORKBOOK, column="Region")
    assert tables.clusters_title(found).startswith("No connections yet")
    assert list(tables.cluster_table(found, no_ties).rows) == []
    assert tables.stability_text(found) == ""


def test_rows_go_from_cut_points_to_betweenness() -> None:
    connected = analyze_connectivity(WORKBOOK)
    rows = list(tables.cut_point_table(tables.find_cut_points(connected.network), connected).rows)
    cut = [row["Would be cut off"] for row in rows]
    assert cut == sorted(cut, reverse=True)  # type: ignore[type-var]
    assert all(row["Who"] == "no one" for row in rows if not row["Would be cut off"])
