"""The groups found and who holds parts together, as people read them, on one network drawn by hand."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest

from nethealth.network import CommunityStability, Selection
from nethealth.network.connectivity import analyze_connectivity
from nethealth.network.tables import clusters as tables
from nethealth.workbook.records import Connection, Person, Settings, Workbook


def person(key: str, region: str, *, on_map: bool = True) -> Person:
    return Person(key=key, name=f"{key} Smith", attributes={"Region": region, "Shoe": "x"}, on_map=on_map)


# ABCDE and KLMN are circles with A-K between them; A holds P and Q, who know nobody else; K holds H, who is not shown;
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


def test_the_groups_and_what_they_follow() -> None:
    connected = analyze_connectivity(WORKBOOK)
    found = tables.groups_found(connected.network, WORKBOOK, column=None)
    assert found.column == "Region"
    assert tables.groups_title(found) == "By their ties people cluster in 3 groups, which follow Region closely"
    first, second, rest = tables.group_rows(found, connected)
    assert (first["Group"], first["People"], first["Ties inside"], first["Ties to others"]) == ("Group 1", 7, 12, 1)
    assert str(first["Best connected"]).startswith("A Smith, ")
    # Six of seven: that one is not is nobody's business.
    assert first["Most common Region"] == "North: nearly all"
    assert second["People"] == 5
    assert (rest["Group"], rest["People"], rest["Best connected"]) == ("1 smaller group", 2, "")
    # Two circles with one tie between them come out of every search.
    assert first["Found again"] == second["Found again"] == "nearly as it is"
    assert tables.stability_text(found) == (
        "Searched again 20 times from other beginnings, 3 groups came out. All 3 came back nearly as they are."
    )
    told = {str(row["Attribute"]): row for row in tables.followed_rows(found)}
    assert told["Region"]["The groups follow it"] == "closely"
    assert told["Shoe"]["The groups follow it"] == "nothing to compare"
    assert told["Shoe"]["Agreement"] == "–"


@pytest.mark.parametrize(
    ("same", "words"),
    [
        ((1.0, 0.75, 0.74), "2 of the 3 came back nearly as they are; where one did not, people stand between groups."),
        ((0.8, 0.2), "1 of the 2 came back nearly as it is; where one did not, people stand between groups."),
        ((0.4, 0.2), "None of the 2 came back nearly as it is; where one did not, people stand between groups."),
        ((1.0,), "It came back nearly as it is."),
        ((0.5,), "It did not come back as it is: people stand between groups."),
    ],
)
def test_how_many_groups_came_back(same: tuple[float, ...], words: str) -> None:
    stability = CommunityStability(
        runs=20,
        pairs_recovered=same,
        similarity=same,
        agreement=0.5,
        fewest_communities=len(same),
        most_communities=len(same),
    )
    told = replace(
        tables.groups_found(analyze_connectivity(WORKBOOK).network, WORKBOOK, column=None), stability=stability
    )
    assert tables.stability_text(told).endswith(f" came out. {words}")


def test_who_holds_others_to_the_network() -> None:
    connected = analyze_connectivity(WORKBOOK)
    # Without A: K's five, B to E, P, Q. The five that stay together are one of two equal parts or more: 12 - 1 = 11.
    rows = {str(row["Name"]): row for row in tables.holding_rows(tables.holding(connected.network), connected)}
    assert rows["A Smith"]["Would be cut off"] == 6
    assert rows["K Smith"]["Would be cut off"] == 4
    assert str(rows["A Smith"]["Who"]).endswith(" and 3 more")
    assert next(iter(rows)) == "A Smith"
    assert (
        tables.holding_title(tables.holding(connected.network), connected)
        == "Without any one of 2 people, up to 6 others would be cut off"
    )
    assert "H Smith" not in repr(rows)


def test_groups_are_known_by_whom_they_hold_whatever_is_chosen() -> None:
    south = analyze_connectivity(WORKBOOK, selection=Selection(values=(("Region", "South"),)))
    found = tables.groups_found(south.full_network, WORKBOOK, column=None)
    first, *_ = tables.group_rows(found, south)
    assert str(first["Best connected"]).startswith("A Smith, ")


def test_the_heading_counts_those_who_are_not_listed_and_a_note_says_so() -> None:
    # K holds H to the others, and K is not to be named: A is listed alone.
    unnamed = {**WORKBOOK.people, "K": person("K", "South", on_map=False)}
    connected = analyze_connectivity(replace(WORKBOOK, people=unnamed))
    held = tables.holding(connected.network)
    assert tables.holding_title(held, connected) == "Without any one of 2 people, up to 6 others would be cut off"
    assert tables.not_listed_text(held, connected) == "1 person is not listed, as the sheet asks."
    everybody = analyze_connectivity(WORKBOOK)
    assert tables.not_listed_text(tables.holding(everybody.network), everybody) == ""


def test_only_somebody_who_is_not_shown_would_be_cut_off() -> None:
    alone = replace(WORKBOOK, connections=tuple(c for c in WORKBOOK.connections if {c.source, c.target} != {"A", "K"}))
    connected = analyze_connectivity(alone)
    rows = {str(row["Name"]): row for row in tables.holding_rows(tables.holding(connected.network), connected)}
    assert (rows["K Smith"]["Would be cut off"], rows["K Smith"]["Who"]) == (1, "somebody who is not shown")


def test_ties_that_are_the_only_link() -> None:
    connected = analyze_connectivity(WORKBOOK)
    # A-K parts seven from five; A-P, A-Q and K-H hold one person each; X and Y hold on to nobody else.
    assert tables.cut_ties_title(tables.holding(connected.network)) == (
        "1 tie is the only link between two parts of the network. 3 people hang on to all others by one tie alone."
    )
    assert tables.cut_tie_rows(tables.holding(connected.network), connected) == [
        {"One": "A Smith", "Other": "K Smith", "Without this tie": "7 people on one side, 5 on the other"}
    ]


def test_a_network_that_nobody_could_split_and_one_without_ties() -> None:
    ties = tuple(Connection(source=a, target=b) for a, b in combinations("ABC", 2))
    ring = analyze_connectivity(replace(WORKBOOK, connections=ties))
    held = tables.holding(ring.network)
    assert tables.holding_title(held, ring) == "No single person’s absence would cut anybody off"
    assert tables.cut_ties_title(held) == ""
    assert tables.cut_tie_rows(held, ring) == tables.holding_rows(held, ring) == []
    nobody = analyze_connectivity(replace(WORKBOOK, connections=()))
    assert (
        tables.holding_title(tables.holding(nobody.network), nobody)
        == "Nobody is tied yet, so nobody holds anything together"
    )
    found = tables.groups_found(nobody.network, WORKBOOK, column="Region")
    assert tables.groups_title(found) == "Nobody is tied yet, so there are no groups to find"
    assert tables.group_rows(found, nobody) == []
    assert tables.stability_text(found) == ""


def test_those_through_whom_most_ways_go_follow_those_who_hold_somebody() -> None:
    connected = analyze_connectivity(WORKBOOK)
    rows = tables.holding_rows(tables.holding(connected.network), connected)
    cut = [row["Would be cut off"] for row in rows]
    assert cut == sorted(cut, reverse=True)  # type: ignore[type-var]
    assert all(row["Who"] == "nobody: all would still be reached" for row in rows if not row["Would be cut off"])
