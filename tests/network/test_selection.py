"""Selected people and ties of the hand-drawn network (conftest), and their counts."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nethealth.network.graph import Network, network_at
from nethealth.network.metrics.network_metrics import compute_network_metrics
from nethealth.network.selection import (
    EVERYTHING,
    Selection,
    clusters_by_person,
    count_shown,
    find_choices,
    select_part,
)
from nethealth.workbook.records import Connection, Person, Workbook
from nethealth.workbook.schema.vocabulary import HeardThrough, TieRule
from tests.network.conftest import MakeWorkbook

MAY, JUNE = dt.date(2024, 5, 1), dt.date(2024, 6, 1)


def ties_of(network: Network) -> set[str]:
    return {tie.a + tie.b for tie in network.ties}


@pytest.fixture
def whole(hand_drawn: Workbook) -> Network:
    return network_at(hand_drawn)


def test_everything_returns_the_network(whole: Network) -> None:
    assert select_part(whole, EVERYTHING) is whole
    assert EVERYTHING.filter_count == 0


def test_values_are_alternatives_and_columns_combine(whole: Network) -> None:
    south = select_part(whole, Selection(values=(("Region", "South"),)))
    assert set(south.people) == {"di", "ed", "flo"}
    assert ties_of(south) == {"died"}
    both = select_part(whole, Selection(values=(("Region", "South"), ("Region", "West"))))
    assert set(both.people) == {"di", "ed", "flo", "gus"}
    assert ties_of(both) == {"died", "flogus"}
    no_one = select_part(whole, Selection(values=(("Region", "South"), ("Role", "Teacher"))))
    assert (dict(no_one.people), no_one.ties) == ({}, ())


def test_strength_excludes_ties_but_no_people(whole: Network) -> None:
    # Ana-Bo 5 (of 3 and 5), Cy-Di 4; all others 2 or less.
    strong = select_part(whole, Selection(strength_from=4.0))
    assert ties_of(strong) == {"anabo", "cydi"}
    assert set(strong.people) == set(whole.people)
    assert strong.reports == (("ana", "bo"), ("bo", "ana"), ("cy", "di"))
    assert (strong.respondents, strong.invited) == (5, 10)
    figures = compute_network_metrics(strong)
    assert (figures.isolates, figures.mutual_pairs) == (5, 1)


def test_tie_without_strength_is_not_strong(workbook_of: MakeWorkbook) -> None:
    assert not select_part(network_at(workbook_of(["ab"])), Selection(strength_from=1.0)).ties


def test_types_and_dates_match_any_row() -> None:
    rows = (
        Connection(source="a", target="b", kind="Lessons", date=MAY, heard_through=HeardThrough.STAFF),
        Connection(source="a", target="b", kind="Visits", date=JUNE, heard_through=HeardThrough.STAFF),
        Connection(source="b", target="c", kind="Visits", heard_through=HeardThrough.STAFF),
    )
    whole = network_at(Workbook(people={k: Person(key=k, name=k) for k in "abc"}, connections=rows, today=JUNE))
    assert ties_of(select_part(whole, Selection(kinds=frozenset({"Visits"})))) == {"ab", "bc"}
    assert ties_of(select_part(whole, Selection(kinds=frozenset({"Lessons"})))) == {"ab"}
    assert ties_of(select_part(whole, Selection(kinds=frozenset({"Songs"})))) == set()
    for since, until, remaining in (
        (JUNE, None, {"ab"}),
        (None, MAY, {"ab"}),
        (dt.date(2024, 5, 2), dt.date(2024, 5, 31), set()),
        (dt.date(2024, 6, 2), None, set()),
        (JUNE, MAY, set()),
    ):
        assert ties_of(select_part(whole, Selection(since=since, until=until))) == remaining


def test_without_hub(hand_drawn: Workbook, whole: Network) -> None:
    stepped_back = select_part(whole, Selection(without_hub=True), hub=hand_drawn.hub)
    expected = network_at(hand_drawn, without=hand_drawn.hub)
    assert (dict(stepped_back.people), stepped_back.ties) == (dict(expected.people), expected.ties)
    assert stepped_back.reports == expected.reports
    # Ten were asked, but we don't know who, so we don't know how many of these people were.
    assert (stepped_back.respondents, stepped_back.invited) == (5, None)


def test_respondents_among_selected(hand_drawn: Workbook) -> None:
    wave = replace(hand_drawn.waves[0], invited=None, responded=None)
    whole = network_at(replace(hand_drawn, waves=(wave,)))
    # Ana, Bo, Cy, Di, Ed are listed, Flo reports.
    assert (whole.respondents, whole.invited) == (6, 9)
    south = select_part(whole, Selection(values=(("Region", "South"),)))
    assert (south.respondents, south.invited) == (3, 3)
    only_counted = network_at(replace(hand_drawn, waves=(replace(wave, responded=8, respondents=None),)))
    assert select_part(only_counted, Selection(values=(("Region", "South"),))).respondents is None


def test_cluster_by_number(whole: Network) -> None:
    group_of = clusters_by_person(whole)
    assert "hal" not in group_of
    pair = group_of["flo"]
    assert set(select_part(whole, Selection(clusters=frozenset({pair}))).people) == {"flo", "gus"}
    assert not select_part(whole, Selection(clusters=frozenset({99}))).people


def test_unreturned_ties_are_selected(hand_drawn: Workbook) -> None:
    # Cy names Di (4), who answered and didn't name her back, so it's a report but not a tie.
    whole = network_at(hand_drawn, rule=TieRule.BOTH)
    assert {tie.a + tie.b for tie in whole.unreturned_ties} == {"anacy", "cydi", "died"}
    assert {tie.a + tie.b for tie in whole.unconfirmed_ties} == {"flogus"}
    strong = select_part(whole, Selection(strength_from=4.0))
    assert strong.reports == (("ana", "bo"), ("bo", "ana"), ("cy", "di"))
    assert not strong.unconfirmed_ties
    # Selecting everyone keeps every report.
    without_hub_only = select_part(whole, Selection(without_hub=True))
    assert without_hub_only.reports == whole.reports


def test_hidden_people_are_in_no_selection(hand_drawn: Workbook) -> None:
    people = dict(hand_drawn.people) | {"di": replace(hand_drawn.people["di"], on_map=False)}
    whole = network_at(replace(hand_drawn, people=people))
    assert "di" not in select_part(whole, Selection(values=(("Region", "South"),))).people
    assert "di" not in select_part(whole, Selection(strength_from=1.0)).people
    # Removing the hub reveals no one, because the other metrics count everyone, too.
    assert "di" in select_part(whole, Selection(without_hub=True), hub=hand_drawn.hub).people
    shown = count_shown(whole, whole=whole)
    assert (shown.people, shown.of_people, shown.ties, shown.of_ties) == (8, 8, 4, 4)
    assert ("Region", "South") in find_choices(whole, columns=("Region",)).values


def test_private_columns_are_ignored(hand_drawn: Workbook) -> None:
    people = {key: replace(one, private_attributes={"Pay": "low"}) for key, one in hand_drawn.people.items()}
    whole = network_at(replace(hand_drawn, people=people, private_attributes=("Pay",)))
    assert not select_part(whole, Selection(values=(("Pay", "low"),))).people
    assert find_choices(whole, columns=("Region", "Pay")).values == (
        ("Region", "North"),
        ("Region", "South"),
        ("Region", "West"),
    )


def test_regions_and_short_columns_are_offered_first() -> None:
    cells = {"Organization": "abcdef", "Role": "ttttcc", "Region": "NNSSEE"}
    people = {
        f"{at}": Person(key=f"{at}", name=f"{at}", attributes={column: values[at] for column, values in cells.items()})
        for at in range(6)
    }
    offered = find_choices(network_at(Workbook(people=people, today=dt.date(2026, 1, 1))), columns=tuple(cells)).values
    assert list(dict.fromkeys(column for column, _ in offered)) == ["Region", "Role", "Organization"]


def test_names_are_not_choices(hand_drawn: Workbook) -> None:
    people = dict(hand_drawn.people)
    people["di"] = replace(people["di"], attributes={"Mentor": "Ruth  okafor"})
    people["ed"] = replace(people["ed"], attributes={"Mentor": "none yet"})
    whole = network_at(replace(hand_drawn, people=people))
    assert find_choices(whole, columns=("Mentor",), names=["Ruth Okafor"]).values == (("Mentor", "none yet"),)


def test_choices(hand_drawn: Workbook, whole: Network) -> None:
    offered = find_choices(whole, columns=("Region",), hub=hand_drawn.hub)
    assert offered.strengths == (1.0, 2.0, 4.0, 5.0)
    assert (offered.kinds, offered.dates, offered.has_hub) == ((), None, True)
    assert offered.clusters == tuple(sorted(set(clusters_by_person(whole).values())))
    empty = find_choices(network_at(Workbook(today=MAY)), columns=("Region",), hub=frozenset("x"))
    assert (empty.values, empty.clusters, empty.has_hub, empty.strengths, empty.dates) == ((), (), False, (), None)


def test_filter_count() -> None:
    every = Selection(
        values=(("Region", "North"), ("Region", "South"), ("Role", "Teacher")),
        clusters=frozenset({1, 2}),
        without_hub=True,
        strength_from=0.0,
        kinds=frozenset({"Visits"}),
        since=MAY,
        until=JUNE,
    )
    assert every.filter_count == 7
    assert every.for_other_waves().filter_count == 5
    assert hash(every) == hash(replace(every))


PEOPLE = "abcdefgh"
PAIRS = st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE)), max_size=20)


@given(
    pairs=PAIRS,
    remaining=st.frozensets(st.sampled_from("xyz")),
    least=st.none() | st.integers(1, 5),
    rule=st.sampled_from(TieRule),
)
def test_selection_matches_brute_force(
    pairs: list[tuple[str, str]], remaining: frozenset[str], least: int | None, rule: TieRule
) -> None:
    people = {key: Person(key=key, name=key, attributes={"C": "xyz"[at % 3]}) for at, key in enumerate(PEOPLE)}
    rows = tuple(
        Connection(source=a, target=b, strength=float(at % 5 + 1)) for at, (a, b) in enumerate(pairs) if a != b
    )
    whole = network_at(Workbook(people=people, connections=rows, today=MAY), rule=rule)
    selection = Selection(values=tuple(("C", value) for value in sorted(remaining)), strength_from=least)
    part = select_part(whole, selection)
    assert part.people.keys() <= whole.people.keys()
    assert set(part.ties) <= set(whole.ties)
    assert set(part.reports) <= set(whole.reports)
    assert all(tie.a in part.people and tie.b in part.people for tie in (*part.ties, *part.unconfirmed_ties))
    again = select_part(part, selection)
    assert (again.people, again.ties, again.reports) == (part.people, part.ties, part.reports)
    # By brute force: exactly the strong enough ties among people who fit.
    fits = {key for key, one in people.items() if not remaining or one.attributes["C"] in remaining}
    assert set(part.people) == fits
    assert set(part.ties) == {
        tie for tie in whole.ties
        if {tie.a, tie.b} <= fits and (least is None or (tie.strength is not None and tie.strength >= least))
    }  # fmt: skip
