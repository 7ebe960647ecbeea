"""The comparison gives the same numbers as the network under the other rule."""

from __future__ import annotations

import itertools
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.network.analysis.tie_rule_comparison import compare_tie_rules
from nethealth.network.graph import network_at
from nethealth.network.metrics.network_metrics import compute_network_metrics
from nethealth.workbook.records import Connection, Person, Wave, Workbook
from nethealth.workbook.schema.vocabulary import HeardThrough, TieRule

MakeWorkbook = Callable[..., Workbook]
OTHER = {TieRule.EITHER: TieRule.BOTH, TieRule.BOTH: TieRule.EITHER}


def test_the_hand_drawn_network(hand_drawn: Workbook) -> None:
    # Six ties under "either"; only Ana-Bo and Bo-Cy are mutual, so six of nine people are isolates under "both".
    stricter = compare_tie_rules(network_at(hand_drawn, rule=TieRule.EITHER))
    assert (stricter.rule, stricter.ties, stricter.isolates, stricter.average_ties) == (TieRule.BOTH, 2, 6, 4 / 9)
    wider = compare_tie_rules(network_at(hand_drawn, rule=TieRule.BOTH))
    assert (wider.rule, wider.ties, wider.isolates, wider.average_ties) == (TieRule.EITHER, 6, 2, 12 / 9)


def test_empty_network(workbook_of: MakeWorkbook) -> None:
    assert compare_tie_rules(network_at(workbook_of())).average_ties is None


pairs = st.sets(st.sampled_from(list(itertools.permutations("abcdef", 2))), max_size=14)


@settings(max_examples=60, deadline=None)
@given(reports=pairs, known=pairs, listed=st.sets(st.sampled_from("abcdef")), rule=st.sampled_from(TieRule))
def test_matches_network_under_other_rule(
    reports: set[tuple[str, str]], known: set[tuple[str, str]], listed: set[str], rule: TieRule
) -> None:
    rows = [Connection(source=one, target=other, wave="w") for one, other in reports]
    rows += [Connection(source=one, target=other, wave="w", heard_through=HeardThrough.STAFF) for one, other in known]
    workbook = Workbook(
        people={key: Person(key=key, name=key) for key in "abcdef"},
        waves=(Wave(name="w", respondents=tuple(sorted(listed))),),
        connections=tuple(rows),
    )
    comparison = compare_tie_rules(network_at(workbook, rule=rule))
    other_metrics = compute_network_metrics(network_at(workbook, rule=OTHER[rule]))
    assert comparison.rule is OTHER[rule]
    assert (comparison.ties, comparison.isolates, comparison.average_ties) == (
        other_metrics.ties,
        other_metrics.isolates,
        other_metrics.average_ties,
    )
