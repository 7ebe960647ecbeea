"""The figures as they are read: every one is there, with what moved and what silence could change."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from nethealth.metric import Unit
from nethealth.network import (
    METRICS,
    Range,
    analyze_nonresponse,
    compare_tie_rules,
    compute_network_metrics,
    hidden_responses,
    network_at,
)
from nethealth.network.connectivity import analyze_connectivity
from nethealth.network.tables import metrics as tables
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.records import Connection, Person, Wave, Workbook
from nethealth.workbook.schema.vocabulary import TieRule, WaveKind


def reports(wave: str, *pairs: str) -> list[Connection]:
    return [Connection(source=pair[0], target=pair[1], wave=wave) for pair in pairs]


def wave(name: str, year: int, answered: str) -> Wave:
    kinds = frozenset({WaveKind.RELATIONSHIPS})
    return Wave(name=name, kinds=kinds, date=dt.date(year, 5, 1), invited=6, respondents=tuple(answered))


# 2025: A-B, B-C, C-D of six; 2026: two more ties. E and F answered in neither.
WORKBOOK = Workbook(
    people={key: Person(key=key, name=key) for key in "ABCDEF"},
    waves=(wave("2025", 2025, "ABCD"), wave("2026", 2026, "ABCD")),
    connections=(*reports("2025", "AB", "BC", "CD"), *reports("2026", "AB", "BA", "BC", "CD", "DA", "DE")),
    today=dt.date(2026, 6, 1),
)


def test_every_figure_is_read_once() -> None:
    found = analyze_connectivity(WORKBOOK)
    entries = [*tables.first_entries(found, {})]
    for listed in tables.other_entries(found, {}).values():
        entries += listed
    ids = [entry.id for entry in entries]
    assert len(ids) == len(set(ids))
    assert set(ids) == {measure.id for measure in METRICS["network"]} - {"wave", "respondents_rule"}
    for entry in entries:
        assert entry.value
        assert entry.reading
        assert entry.not_meaning
        assert entry.undefined.endswith(".")


def test_density_never_stands_without_ties_per_member() -> None:
    entries = {entry.id: entry for entry in tables.first_entries(analyze_connectivity(WORKBOOK), {})}
    ids = list(entries)
    assert ids.index("density") == ids.index("average_ties") + 1
    # Five ties among six people.
    assert entries["density"].beside == "beside 1.7 ties per member"
    reported = tables.other_entries(analyze_connectivity(WORKBOOK), {})["What people say of each other"]
    assert next(entry.beside for entry in reported if entry.id == "reported_density") == "beside 1.7 ties per member"


def test_how_figures_moved_since_the_wave_before() -> None:
    entries = {entry.id: entry for entry in tables.first_entries(analyze_connectivity(WORKBOOK), {})}
    assert entries["average_ties"].moved == "up from 1 in 2025"
    assert entries["isolates"].moved == "down from 2 in 2025"
    assert entries["transitivity"].moved == "as in 2025"
    first = tables.first_entries(analyze_connectivity(WORKBOOK, wave="2025"), {})
    assert all(entry.moved is None for entry in first)


def test_a_wave_of_a_very_long_name_is_cut() -> None:
    before = analyze_connectivity(WORKBOOK).previous_wave
    assert before is not None
    said = tables.compared_text(replace(before, wave="x" * 400))
    assert said is not None
    assert len(said) < 110
    assert tables.compared_text(replace(before, wave=None)) == "Compared with the wave before, when 67% answered."


def test_a_figure_that_was_or_becomes_undefined_says_so() -> None:
    gone = replace(WORKBOOK, connections=tuple(row for row in WORKBOOK.connections if row.wave == "2025"))
    entries = {entry.id: entry for entry in tables.first_entries(analyze_connectivity(gone), {})}
    assert entries["average_path_length"].value == "–"
    assert entries["average_path_length"].is_undefined
    assert entries["average_path_length"].moved == "1.7 steps in 2025"
    assert entries["average_path_length"].undefined == "No figure: nobody is tied."
    begun = replace(WORKBOOK, connections=tuple(row for row in WORKBOOK.connections if row.wave == "2026"))
    entries = {entry.id: entry for entry in tables.first_entries(analyze_connectivity(begun), {})}
    assert entries["average_path_length"].moved == "no figure in 2025"


def test_always_defined_figures_say_that_too() -> None:
    measures = {measure.id: measure for measure in METRICS["network"]}
    assert tables.undefined_text(measures["isolates"]) == "There is always a figure."
    assert tables.undefined_text(measures["transitivity"]) == "There is always a figure: 0 where nobody has two ties."


@pytest.mark.parametrize(
    ("silence", "unit", "expected"),
    [
        (None, Unit.COUNT, None),
        (Range(as_reported=9, if_all_answered=5.4), Unit.COUNT, "about 5 if everybody had answered alike"),
        (Range(as_reported=9, if_all_answered=8.7), Unit.COUNT, None),
        (Range(as_reported=0.31, if_all_answered=0.42), Unit.SHARE, "about 42% if everybody had answered alike"),
        (Range(as_reported=5.24, if_all_answered=5.2), Unit.NUMBER, None),
    ],
)
def test_a_range_is_told_where_one_would_see_it(silence: Range | None, unit: Unit, expected: str | None) -> None:
    assert tables.range_text(silence, unit) == expected


def test_ranges_stand_with_their_figures() -> None:
    found = analyze_connectivity(WORKBOOK)
    ranges = analyze_nonresponse(found.network).ranges
    entries = {entry.id: entry for entry in tables.first_entries(found, ranges)}
    alike = ranges["isolates"].if_all_answered
    assert entries["isolates"].range == f"about {round(alike)} if everybody had answered alike"
    assert entries["cut_members"].range is None


def test_the_other_rule_in_one_sentence() -> None:
    network = network_at(WORKBOOK, rule=TieRule.EITHER)
    said = tables.other_rule_text(compare_tie_rules(network), compute_network_metrics(network))
    assert said == (
        "It would be 1 tie if both had to say so, 0.33 for each person on average, and 4 people without one."
    )
    network = network_at(WORKBOOK, rule=TieRule.BOTH)
    said = tables.other_rule_text(compare_tie_rules(network), compute_network_metrics(network))
    assert said.startswith("It would be 5 ties if one of the two saying so were enough, 1.7 for each person")
    mutual = replace(WORKBOOK, connections=tuple(reports("2026", "AB", "BA")))
    network = network_at(mutual)
    said = tables.other_rule_text(compare_tie_rules(network), compute_network_metrics(network))
    assert said == "It would be the same 1 tie if both had to say so."
    one_sided = replace(WORKBOOK, connections=tuple(reports("2026", "AB")))
    network = network_at(one_sided)
    said = tables.other_rule_text(compare_tie_rules(network), compute_network_metrics(network))
    assert said == "No tie would count if both had to say so."


def test_with_what_figures_are_compared() -> None:
    assert (
        tables.compared_text(analyze_connectivity(WORKBOOK).previous_wave) == "Compared with 2025, when 67% answered."
    )
    assert tables.compared_text(None) is None
    # Four of six answered: of fewer than five nobody is told.
    assert tables.compared_text(analyze_connectivity(WORKBOOK).previous_wave, smallest_group=5) == "Compared with 2025."


def test_who_answered_is_held_back_with_how_it_moved() -> None:
    told = tables.other_entries(analyze_connectivity(WORKBOOK), {}, answers=TooFew(5))["Who answered"]
    assert [(entry.value, entry.moved) for entry in told] == [("fewer than 5", None)] * 2


def test_the_heading_is_the_finding() -> None:
    assert tables.first_title(analyze_connectivity(WORKBOOK).metrics) == "1.7 ties per member, and 1 person without any"
    assert tables.first_title(analyze_connectivity(Workbook()).metrics) == "Nobody is in this network yet"


def test_for_viewers_nothing_tells_how_few_were_silent_in_the_wave_before() -> None:
    # Three and two of six were silent: of the former group four is few, of the latter, too.
    found = analyze_connectivity(replace(WORKBOOK, waves=(wave("2025", 2025, "ABC"), wave("2026", 2026, "ABCD"))))
    staff = {each.id: each.moved for each in tables.other_entries(found, {})["Who answered"]}
    assert staff == {"respondents": "up from 3 in 2025", "response_rate": "up from 50% in 2025"}
    told = tables.other_entries(found, {}, smallest_group=4)["Who answered"]
    assert [(each.value, each.moved) for each in told] == [("4", None), ("67%", None)]
    assert tables.compared_text(found.previous_wave, smallest_group=4) == "Compared with 2025."


@pytest.mark.parametrize(
    ("members", "answered", "rate", "is_held"),
    [
        (20, 20, 1.0, False),
        (20, 15, 0.75, False),
        (20, 16, 0.8, True),
        (20, 4, 0.2, True),
        (20, None, None, False),
        # More were asked than are members: 2 of 22 were silent.
        (20, 20, 20 / 22, True),
    ],
)
def test_how_many_answered_is_held_back_where_few_did_or_did_not(
    members: int, answered: int | None, rate: float | None, is_held: bool
) -> None:
    figures = replace(
        compute_network_metrics(network_at(WORKBOOK)), members=members, respondents=answered, response_rate=rate
    )
    assert hidden_responses(figures, smallest_group=5) == (TooFew(5) if is_held else None)
    assert hidden_responses(figures, smallest_group=0) is None
