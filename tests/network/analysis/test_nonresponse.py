"""Nonresponse by hand, and compared with all possible answers."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from dataclasses import replace

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nethealth.network.analysis.nonresponse import DRAWS, Nonresponse, analyze_nonresponse, nonrespondents
from nethealth.network.graph import Network, network_at
from nethealth.network.metrics.network_metrics import compute_network_metrics
from nethealth.workbook.records import Connection, Person, Wave, Workbook
from nethealth.workbook.schema.vocabulary import HeardThrough, TieRule, WaveKind

MakeWorkbook = Callable[..., Workbook]
COUNTED = ("ties", "isolates", "reported_ties", "mutual_pairs")


def test_nonrespondents(hand_drawn: Workbook) -> None:
    # Flo reports a tie, so she answered, although the list of respondents misses her.
    assert nonrespondents(network_at(hand_drawn)) == {"gus", "hal", "ida"}
    found = analyze_nonresponse(network_at(hand_drawn))
    assert (found.known_respondents, found.nonrespondents, found.respondents, found.invited) == (6, 3, 5, 10)
    assert found.response_rate == 0.5
    assert found.was_surveyed
    assert found.unnamed_responses == 0


def test_no_survey_has_no_nonrespondents(workbook_of: MakeWorkbook) -> None:
    fact = Connection(source="a", target="b", heard_through=HeardThrough.WEAVING)
    network = network_at(workbook_of(people="abc", connections=(fact,)))
    assert nonrespondents(network) == frozenset()
    found = analyze_nonresponse(network)
    assert not found.was_surveyed
    assert not found.ranges
    assert found.response_rate is None


def test_unnamed_responses(workbook_of: MakeWorkbook) -> None:
    wave = Wave(name="w", kinds=frozenset({WaveKind.RELATIONSHIPS}), invited=6, responded=5)
    ties = tuple(Connection(source=one, target=other, wave="w") for one, other in ("ab", "bc", "ca"))
    found = analyze_nonresponse(network_at(workbook_of(people="abcdef", connections=ties, waves=(wave,))))
    assert (found.known_respondents, found.nonrespondents, found.unnamed_responses) == (3, 3, 2)


def test_guests_are_not_nonrespondents(workbook_of: MakeWorkbook) -> None:
    guest = Person(key="g", name="G", is_guest=True)
    people = {key: Person(key=key, name=key) for key in "abcd"} | {"g": guest}
    network = network_at(workbook_of([("a", "g"), ("a", "b"), ("b", "c"), ("c", "a")], people=people))
    assert nonrespondents(network) == {"d"}


def test_few_answers_or_full_response_give_no_ranges(workbook_of: MakeWorkbook) -> None:
    assert not analyze_nonresponse(network_at(workbook_of([("a", "b"), ("b", "a")], people="abcde"))).ranges
    assert not analyze_nonresponse(network_at(workbook_of(["ab", "bc", "ca"]))).ranges


def test_ranges_under_either(hand_drawn: Workbook) -> None:
    # Among the six who answered: 15 pairs, 2 mutual (Ana-Bo, Bo-Cy), 3 one-sided, 10 without a report. Flo names Gus.
    ranges = analyze_nonresponse(network_at(hand_drawn, rule=TieRule.EITHER)).ranges
    ties = 6 + 17 * 3 / 23 + 3 * 5 / 15
    reports = 8 + 4 / 7 + 17 * 3 / 23 + 3 * 7 / 15
    mutual = 2 + 4 / 7 + 3 * 2 / 15
    alone = 2 * (20 / 23) ** 6 * (2 / 3) ** 2  # Hal and Ida
    expected = {
        "ties": (6, ties),
        "average_ties": (12 / 9, 2 * ties / 9),
        "density": (6 / 36, ties / 36),
        "isolates": (2, alone),
        "reported_ties": (8, reports),
        "reported_density": (8 / 72, reports / 72),
        "mutual_pairs": (2, mutual),
        "reciprocity": (4 / 8, 2 * mutual / reports),
    }
    for name, (reports_made, estimated) in expected.items():
        assert ranges[name].as_reported == pytest.approx(reports_made)
        assert ranges[name].if_all_answered == pytest.approx(estimated)


def test_ranges_under_both(hand_drawn: Workbook) -> None:
    # Two ties are mutual. Gus may return Flo's report, and the three nonrespondents may name each other.
    ranges = analyze_nonresponse(network_at(hand_drawn, rule=TieRule.BOTH)).ranges
    assert ranges["ties"].as_reported == 2
    assert ranges["ties"].if_all_answered == pytest.approx(2 + 4 / 7 + 3 * 2 / 15)
    # Di and Ed stay isolates, because only a report by a respondent can still become their tie.
    expected_isolates = 2 * (13 / 15) ** 2  # Hal, Ida
    flo_and_gus = 3 / 7 + 3 / 7 * (13 / 15) ** 2
    assert ranges["isolates"].if_all_answered == pytest.approx(2 + expected_isolates + flo_and_gus)


def filled_in(network: Network) -> tuple[dict[str, float], dict[str, float]]:
    """Return the mean and standard deviation of each count over all weighted possible answers of nonrespondents.

    An implementation of its own: states of whole pairs, taken from lists of the respondents' pairs.
    """
    heard = sorted(network.known_respondents)
    unheard = sorted(nonrespondents(network))
    reports_made = set(network.reports)
    facts = {(tie.a, tie.b) for tie in network.ties if any(not row.is_report for row in tie.rows)}

    def state(one: str, other: str) -> tuple[bool, bool]:
        return (one, other) in reports_made, (other, one) in reports_made

    seen = [state(*pair) for pair in itertools.permutations(heard, 2)]
    base = nx.Graph(facts)
    base.add_nodes_from(network.people)
    fixed = {pair: [(1.0, state(*pair))] for pair in itertools.combinations(sorted(network.people), 2)}
    for one, other in itertools.product(heard, unheard):
        same_pattern = [back for forth, back in seen if forth == ((one, other) in reports_made)] or [
            back for _, back in seen
        ]
        yes = sum(same_pattern) / len(same_pattern)
        forth = (one, other) in reports_made
        options = [(yes, (forth, True)), (1 - yes, (forth, False))]
        key = (min(one, other), max(one, other))
        fixed[key] = options if key[0] == one else [(chance, (b, a)) for chance, (a, b) in options]
    for pair in itertools.combinations(unheard, 2):
        fixed[pair] = [(seen.count(both) / len(seen), both) for both in itertools.product((True, False), repeat=2)]

    totals: dict[str, float] = dict.fromkeys((*COUNTED, "components", "largest_component"), 0.0)
    squares = dict(totals)
    open_pairs = [pair for pair, options in fixed.items() if len(options) > 1]
    certain = {pair: options[0][1] for pair, options in fixed.items() if len(options) == 1}
    for chosen in itertools.product(*(fixed[pair] for pair in open_pairs)):
        weight = math.prod(chance for chance, _ in chosen)
        if not weight:
            continue
        states = certain | {pair: both for pair, (_, both) in zip(open_pairs, chosen, strict=True)}
        graph = base.copy()
        rule = any if network.rule is TieRule.EITHER else all
        graph.add_edges_from(pair for pair, both in states.items() if rule(both))
        parts = list(nx.connected_components(graph))
        counts = {
            "ties": graph.number_of_edges(),
            "isolates": nx.number_of_isolates(graph),
            "reported_ties": sum(map(sum, states.values())),
            "mutual_pairs": sum(map(all, states.values())),
            "components": len(parts),
            "largest_component": max(map(len, parts)),
        }
        for name, count in counts.items():
            totals[name] += weight * count
            squares[name] += weight * count**2
    return totals, {name: math.sqrt(max(squares[name] - totals[name] ** 2, 0)) for name in totals}


NAMED = [pair for pair in itertools.permutations("abcxy", 2) if pair[0] in "abc"]
reports = st.sets(st.sampled_from(NAMED), max_size=9)
facts = st.sets(st.sampled_from(list(itertools.combinations("abcxy", 2))), max_size=3)


def small_network(reports_made: set[tuple[str, str]], known: set[tuple[str, str]], rule: TieRule) -> Network:
    """Return a network of five people in which x and y didn't answer."""
    wave = Wave(name="w", kinds=frozenset({WaveKind.RELATIONSHIPS}), responded=3, respondents=tuple("abc"))
    rows = [Connection(source=one, target=other, wave="w") for one, other in reports_made]
    rows += [Connection(source=a, target=b, wave="w", heard_through=HeardThrough.STAFF) for a, b in known]
    people = {key: Person(key=key, name=key) for key in "abcxy"}
    return network_at(Workbook(people=people, waves=(wave,), connections=tuple(rows)), rule=rule)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(reports_made=reports, known=facts, rule=st.sampled_from(TieRule))
def test_ranges_match_all_possible_answers(
    reports_made: set[tuple[str, str]], known: set[tuple[str, str]], rule: TieRule
) -> None:
    network = small_network(reports_made, known, rule)
    found = analyze_nonresponse(network).ranges
    mean, spread = filled_in(network)
    for name in COUNTED:
        assert found[name].if_all_answered == pytest.approx(mean[name])
    for name in ("components", "largest_component"):
        # A mean over seeded samples, within five standard errors of the exact one.
        assert found[name].if_all_answered == pytest.approx(mean[name], abs=5 * spread[name] / math.sqrt(DRAWS) + 1e-9)


@settings(max_examples=25, deadline=None)
@given(reports_made=reports, known=facts, rule=st.sampled_from(TieRule))
def test_reported_value_is_in_range(
    reports_made: set[tuple[str, str]], known: set[tuple[str, str]], rule: TieRule
) -> None:
    network = small_network(reports_made, known, rule)
    metrics = compute_network_metrics(network)
    found = analyze_nonresponse(network)
    for name, value_range in found.ranges.items():
        assert value_range.as_reported == getattr(metrics, name)
        assert value_range.low <= value_range.as_reported <= value_range.high
    assert found.ranges["ties"].if_all_answered >= metrics.ties
    assert found.ranges["isolates"].if_all_answered <= metrics.isolates
    assert 0 <= found.ranges["density"].high <= 1 + 1e-12
    assert found == analyze_nonresponse(network), "the same each time"


def test_estimate_is_close_if_nonrespondents_are_similar() -> None:
    # Everyone names the next two people in a ring, and every fifth didn't answer.
    keys = [f"p{number:03}" for number in range(100)]
    gone = set(keys[::5])
    ring = [(keys[at], keys[(at + step) % 100]) for at in range(100) for step in (1, 2)]

    def asked(pairs: list[tuple[str, str]], respondents: list[str]) -> Nonresponse:
        wave = Wave(name="w", kinds=frozenset({WaveKind.RELATIONSHIPS}), respondents=tuple(respondents))
        rows = tuple(Connection(source=one, target=other, wave="w") for one, other in pairs)
        people = {key: Person(key=key, name=key) for key in keys}
        return analyze_nonresponse(network_at(Workbook(people=people, waves=(wave,), connections=rows)))

    heard = [key for key in keys if key not in gone]
    found = asked([pair for pair in ring if pair[0] not in gone], heard).ranges["ties"]
    assert found.as_reported == 160
    assert found.if_all_answered == pytest.approx(200, rel=0.05)


def test_empty_network_and_one_person(workbook_of: MakeWorkbook) -> None:
    assert nonrespondents(network_at(workbook_of())) == frozenset()
    assert not analyze_nonresponse(network_at(workbook_of(people="a"))).ranges
    empty = replace(network_at(workbook_of(people="abc")), respondents=0, invited=3)
    assert nonrespondents(empty) == frozenset("abc")
    assert not analyze_nonresponse(empty).ranges
