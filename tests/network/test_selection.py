"""A part of the hand-drawn network (conftest): who stays, which ties stay, and how many that is of how many."""

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


def test_everything_is_the_network_itself(whole: Network) -> None:
    assert select_part(whole, EVERYTHING) is whole
    assert EVERYTHING.filter_count == 0


def test_values_of_one_column_add_up_and_columns_narrow_each_other(whole: Network) -> None:
    south = select_part(whole, Selection(values=(("Region", "South"),)))
    assert set(south.people) == {"di", "ed", "flo"}
    assert ties_of(south) == {"died"}
    both = select_part(whole, Selection(values=(("Region", "South"), ("Region", "West"))))
    assert set(both.people) == {"di", "ed", "flo", "gus"}
    assert ties_of(both) == {"died", "flogus"}
    no_one = select_part(whole, Selection(values=(("Region", "South"), ("Role", "Teacher"))))
    assert (dict(no_one.people), no_one.ties) == ({}, ())


def test_strength_leaves_people_and_takes_weak_ties_and_their_reports(whole: Network) -> None:
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


def test_types_and_dates_look_at_each_row_behind_a_tie() -> None:
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


def test_without_the_hub_is_as_the_network_without_it(hand_drawn: Workbook, whole: Network) -> None:
    stepped_back = select_part(whole, Selection(without_hub=True), hub=hand_drawn.hub)
    expected = network_at(hand_drawn, without=hand_drawn.hub)
    assert (dict(stepped_back.people), stepped_back.ties) == (dict(expected.people), expected.ties)
    assert stepped_back.reports == expected.reports
    # Ten were asked, who they are nobody says: of those who stay, nobody knows how many were.
    assert (stepped_back.respondents, stepped_back.invited) == (5, None)


def test_who_answered_is_counted_among_those_who_stay(hand_drawn: Workbook) -> None:
    wave = replace(hand_drawn.waves[0], invited=None, responded=None)
    whole = network_at(replace(hand_drawn, waves=(wave,)))
    # Ana, Bo, Cy, Di, Ed are listed, Flo reports.
    assert (whole.respondents, whole.invited) == (6, 9)
    south = select_part(whole, Selection(values=(("Region", "South"),)))
    assert (south.respondents, south.invited) == (3, 3)
    only_counted = network_at(replace(hand_drawn, waves=(replace(wave, responded=8, respondents=None),)))
    assert select_part(only_counted, Selection(values=(("Region", "South"),))).respondents is None


def test_a_group_found_by_its_number_in_the_whole_network(whole: Network) -> None:
    group_of = clusters_by_person(whole)
    assert "hal" not in group_of
    pair = group_of["flo"]
    assert set(select_part(whole, Selection(clusters=frozenset({pair}))).people) == {"flo", "gus"}
    assert not select_part(whole, Selection(clusters=frozenset({99}))).people


def test_under_both_what_is_not_returned_is_narrowed_too(hand_drawn: Workbook) -> None:
    # Cy names Di (4), who answered and did not name her back: no tie, but still a report.
    whole = network_at(hand_drawn, rule=TieRule.BOTH)
    assert {tie.a + tie.b for tie in whole.unreturned_ties} == {"anacy", "cydi", "died"}
    assert {tie.a + tie.b for tie in whole.unconfirmed_ties} == {"flogus"}
    strong = select_part(whole, Selection(strength_from=4.0))
    assert strong.reports == (("ana", "bo"), ("bo", "ana"), ("cy", "di"))
    assert not strong.unconfirmed_ties
    # Nothing is lost from whole to whole: every report has its pair somewhere.
    everybody = select_part(whole, Selection(without_hub=True))
    assert everybody.reports == whole.reports


def test_hidden_people_are_in_no_selection(hand_drawn: Workbook) -> None:
    people = dict(hand_drawn.people) | {"di": replace(hand_drawn.people["di"], on_map=False)}
    whole = network_at(replace(hand_drawn, people=people))
    assert "di" not in select_part(whole, Selection(values=(("Region", "South"),))).people
    assert "di" not in select_part(whole, Selection(strength_from=1.0)).people
    # Taking out the hub tells nothing of anybody: the figures beside it count everybody too.
    assert "di" in select_part(whole, Selection(without_hub=True), hub=hand_drawn.hub).people
    shown = count_shown(whole, whole=whole)
    assert (shown.people, shown.of_people, shown.ties, shown.of_ties) == (8, 8, 4, 4)
    assert ("Region", "South") in find_choices(whole, columns=("Region",)).values


def test_private_columns_narrow_nothing(hand_drawn: Workbook) -> None:
    people = {key: replace(one, private_attributes={"Pay": "low"}) for key, one in hand_drawn.people.items()}
    whole = network_at(replace(hand_drawn, people=people, private_attributes=("Pay",)))
    assert not select_part(whole, Selection(values=(("Pay", "low"),))).people
    assert find_choices(whole, columns=("Region", "Pay")).values == (
        ("Region", "North"),
        ("Region", "South"),
        ("Region", "West"),
    )


def test_a_value_that_is_somebodys_name_is_no_choice(hand_drawn: Workbook) -> None:
    people = dict(hand_drawn.people)
    people["di"] = replace(people["di"], attributes={"Mentor": "Ruth  okafor"})
    people["ed"] = replace(people["ed"], attributes={"Mentor": "none yet"})
    whole = network_at(replace(hand_drawn, people=people))
    assert find_choices(whole, columns=("Mentor",), names=["Ruth Okafor"]).values == (("Mentor", "none yet"),)


def test_what_there_is_to_choose_from(hand_drawn: Workbook, whole: Network) -> None:
    offered = find_choices(whole, columns=("Region",), hub=hand_drawn.hub)
    assert offered.strengths == (1.0, 2.0, 4.0, 5.0)
    assert (offered.kinds, offered.dates, offered.has_hub) == ((), None, True)
    assert offered.clusters == tuple(sorted(set(clusters_by_person(whole).values())))
    empty = find_choices(network_at(Workbook(today=MAY)), columns=("Region",), hub=frozenset("x"))
    assert (empty.values, empty.clusters, empty.has_hub, empty.strengths, empty.dates) == ((), (), False, (), None)


def test_how_many_choices_are_made() -> None:
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
def test_a_part_is_never_more_than_the_whole_and_choosing_twice_changes_nothing(
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
    # Brute force: exactly the ties among those who fit, strong enough.
    fits = {key for key, one in people.items() if not remaining or one.attributes["C"] in remaining}
    assert set(part.people) == fits
    assert set(part.ties) == {
        tie for tie in whole.ties
        if {tie.a, tie.b} <= fits and (least is None or (tie.strength is not None and tie.strength >= least))
    }  # fmt: skip
