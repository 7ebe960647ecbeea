"""Metrics as people read them: value, change, and effect of missing responses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

import pytest

from nethealth.metric import Unit
from nethealth.network.analysis.nonresponse import Range, analyze_nonresponse, hidden_responses
from nethealth.network.analysis.tie_rule_comparison import compare_tie_rules
from nethealth.network.connectivity import Connectivity, analyze_connectivity
from nethealth.network.graph import network_at
from nethealth.network.metrics.definitions import METRICS
from nethealth.network.metrics.network_metrics import compute_network_metrics
from nethealth.network.tables import metrics as tables
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.records import Connection, Person, Wave, Workbook
from nethealth.workbook.schema.vocabulary import TieRule, WaveKind
from tests.texts import numbers_in


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


def test_every_metric_is_listed_once() -> None:
    found = analyze_connectivity(WORKBOOK)
    entries = [*tables.key_entries(found, {})]
    for listed in tables.other_entries(found, {}).values():
        entries += listed
    ids = [entry.id for entry in entries]
    assert len(ids) == len(set(ids))
    assert set(ids) == {measure.id for measure in METRICS["network"]} - {"wave", "respondents_rule"}
    for entry in entries:
        assert entry.value
        assert entry.reading
        assert entry.not_meaning
        assert entry.undefined.endswith(".") or not entry.undefined


def test_density_comes_with_ties_per_member() -> None:
    topics = tables.other_entries(analyze_connectivity(WORKBOOK), {})
    ids = [entry.id for entry in topics["Next to the map"]]
    assert ids.index("density") == ids.index("average_ties") + 1
    # Five ties among six people.
    entries = all_entries(analyze_connectivity(WORKBOOK))
    assert entries["density"].context == "with 1.7 connections per member"
    assert entries["reported_density"].context == "with 1.7 connections per member"


def all_entries(found: Connectivity) -> dict[str, tables.MetricEntry]:
    topics = tables.other_entries(found, {}).values()
    return {entry.id: entry for entry in chain(tables.key_entries(found, {}), *topics)}


def test_change_since_the_wave_before() -> None:
    entries = all_entries(analyze_connectivity(WORKBOOK))
    assert entries["average_ties"].change == "up from 1"
    assert entries["isolates"].change == "down from 2"
    assert entries["transitivity"].change == "no change"
    first = tables.key_entries(analyze_connectivity(WORKBOOK, wave="2025"), {})
    assert all(entry.change is None for entry in first)


def test_long_wave_names_are_cut() -> None:
    before = analyze_connectivity(WORKBOOK).previous_wave
    assert before is not None
    text = tables.comparison_text(replace(before, wave="x" * 400))
    assert text is not None
    assert len(text) < 110
    assert numbers_in(tables.comparison_text(replace(before, wave=None)) or "") == ["67%"]


def test_undefined_values_say_so() -> None:
    gone = replace(WORKBOOK, connections=tuple(row for row in WORKBOOK.connections if row.wave == "2025"))
    entries = {entry.id: entry for entry in tables.key_entries(analyze_connectivity(gone), {})}
    assert entries["average_path_length"].value == "–"
    assert entries["average_path_length"].is_undefined
    assert entries["average_path_length"].change == "1.7 steps before"
    assert entries["average_path_length"].undefined.startswith("No value if ")
    begun = replace(WORKBOOK, connections=tuple(row for row in WORKBOOK.connections if row.wave == "2026"))
    entries = {entry.id: entry for entry in tables.key_entries(analyze_connectivity(begun), {})}
    assert entries["average_path_length"].change == "no value before"


def test_always_defined_metrics_say_so() -> None:
    measures = {measure.id: measure for measure in METRICS["network"]}
    assert tables.undefined_text(measures["isolates"]) == ""
    assert tables.undefined_text(measures["transitivity"]).startswith("0 ")


@pytest.mark.parametrize(
    ("responses", "unit", "expected"),
    [
        (None, Unit.COUNT, None),
        (Range(as_reported=9, if_all_answered=5.4), Unit.COUNT, "about 5 if everyone had answered"),
        (Range(as_reported=9, if_all_answered=8.7), Unit.COUNT, None),
        (Range(as_reported=0.31, if_all_answered=0.42), Unit.SHARE, "about 42% if everyone had answered"),
        (Range(as_reported=5.24, if_all_answered=5.2), Unit.NUMBER, None),
    ],
)
def test_range_is_shown_if_it_looks_different(responses: Range | None, unit: Unit, expected: str | None) -> None:
    assert tables.range_text(responses, unit) == expected


def test_ranges_belong_to_their_metrics() -> None:
    found = analyze_connectivity(WORKBOOK)
    ranges = analyze_nonresponse(found.network).ranges
    topics = tables.other_entries(found, ranges)
    entries = {entry.id: entry for entry in (*tables.key_entries(found, ranges), *topics["Next to the map"])}
    estimate = ranges["isolates"].if_all_answered
    assert entries["isolates"].range == f"about {round(estimate)} if everyone had answered"
    assert entries["cut_members"].range is None


@pytest.mark.parametrize(
    ("rows", "rule", "text"),
    [
        (WORKBOOK.connections, TieRule.EITHER, "there would be 1 connection, 0.33 per person, and 4 people with none."),
        (WORKBOOK.connections, TieRule.BOTH, "there would be 5 connections, 1.7 per person"),
        (reports("2026", "AB", "BA"), TieRule.EITHER, "just as many"),
        (reports("2026", "AB"), TieRule.EITHER, "there would be none"),
    ],
)
def test_other_rule_gives_other_numbers(rows: Sequence[Connection], rule: TieRule, text: str) -> None:
    network = network_at(replace(WORKBOOK, connections=tuple(rows)), rule=rule)
    assert text in tables.other_rule_text(compare_tie_rules(network), compute_network_metrics(network))


def test_comparison_names_the_wave_before() -> None:
    text = tables.comparison_text(analyze_connectivity(WORKBOOK).previous_wave)
    assert numbers_in(text or "") == ["2025", "67%"]
    assert tables.comparison_text(None) is None
    # Four of six answered, which is fewer than five: hidden.
    assert (
        tables.comparison_text(analyze_connectivity(WORKBOOK).previous_wave, smallest_group=5) == "Compared with 2025."
    )


def test_hidden_response_rate_shows_no_change() -> None:
    shown = tables.other_entries(analyze_connectivity(WORKBOOK), {}, answers=TooFew(5))["Who answered"]
    assert [(entry.value, entry.change) for entry in shown] == [("fewer than 5", None)] * 2


def test_viewers_see_no_change_if_few_answered_before() -> None:
    # Three and two of six were silent: of the former group four is few, of the latter, too.
    found = analyze_connectivity(replace(WORKBOOK, waves=(wave("2025", 2025, "ABC"), wave("2026", 2026, "ABCD"))))
    staff = {each.id: each.change for each in tables.other_entries(found, {})["Who answered"]}
    assert staff == {"respondents": "up from 3", "response_rate": "up from 50%"}
    shown = tables.other_entries(found, {}, smallest_group=4)["Who answered"]
    assert [(each.value, each.change) for each in shown] == [("4", None), ("67%", None)]
    assert tables.comparison_text(found.previous_wave, smallest_group=4) == "Compared with 2025."


@pytest.mark.parametrize(
    ("members", "answered", "rate", "is_hidden"),
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
def test_response_rate_is_hidden_among_few_people(
    members: int, answered: int | None, rate: float | None, is_hidden: bool
) -> None:
    figures = replace(
        compute_network_metrics(network_at(WORKBOOK)), members=members, respondents=answered, response_rate=rate
    )
    assert hidden_responses(figures, smallest_group=5) == (TooFew(5) if is_hidden else None)
    assert hidden_responses(figures, smallest_group=0) is None
