"""Cluster profiles by hand and compared with igraph, and what is hidden."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, permutations
from statistics import fmean

import igraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.network.analysis.community_profiles import column_agreement, partition_agreement, profile_communities
from nethealth.network.graph import network_at
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.records import Connection, Person, Settings, Workbook


def cliques(*groups: str, values: dict[str, str], smallest: int = 3, bridges: str = "") -> Workbook:
    pairs = [pair for group in groups for pair in combinations(group, 2)] + [tuple(pair) for pair in bridges.split()]
    keys = sorted({key for pair in pairs for key in pair} | set(values))
    return Workbook(
        settings=Settings(smallest_group=smallest),
        people={
            key: Person(key=key, name=key, attributes={"Region": values[key]} if key in values else {}) for key in keys
        },
        attributes=("Region",),
        connections=tuple(Connection(source=one, target=other) for one, other in pairs),
    )


def values_of(**keys_by_value: str) -> dict[str, str]:
    return {key: value for value, keys in keys_by_value.items() for key in keys}


def test_two_clusters_a_pair_and_an_isolate() -> None:
    workbook = cliques("abcdefgh", "klmn", "xy", values=values_of(North="abcdek", South="lmnz"), bridges="ak")
    found = profile_communities(network_at(workbook), workbook, column="Region")
    first, second = found.profiles
    assert (first.number, first.people, first.ties_inside, first.ties_outside) == (1, tuple("abcdefgh"), 28, 1)
    # Five of eight; three have no value or another one.
    assert (first.common_value, first.common_share) == ("North", 5 / 8)
    assert (second.number, second.ties_inside, second.ties_outside) == (2, 6, 1)
    # Three of four: the exact share is hidden because only one isn't from South.
    assert (second.common_value, second.common_share) == ("South", TooFew(3))
    assert (found.small_count, found.people_in_small) == (1, 2)


def test_rare_value_and_private_column_are_hidden() -> None:
    workbook = cliques("abcdef", values=values_of(North="ab", South="cd"))
    (only,) = profile_communities(network_at(workbook), workbook, column="Region").profiles
    assert (only.common_value, only.common_share) == (None, None)
    everyone = cliques("abcdef", values=values_of(North="abcdef"))
    (only,) = profile_communities(network_at(everyone), everyone, column="Region").profiles
    assert (only.common_value, only.common_share) == ("North", 1)
    private = Workbook(people=everyone.people, connections=everyone.connections, private_attributes=("Region",))
    (only,) = profile_communities(network_at(private), private, column="Region").profiles
    assert only.common_value is None
    assert column_agreement(network_at(private), private, column="Region") == TooFew(5)


def test_no_ties() -> None:
    workbook = cliques(values=values_of(North="abc"))
    assert profile_communities(network_at(workbook), workbook).profiles == ()
    assert column_agreement(network_at(workbook), workbook, column="Region") is None


def test_agreement_with_column() -> None:
    same = cliques("abcd", "klmn", values=values_of(North="abcd", South="klmn"), bridges="ak")
    assert column_agreement(network_at(same), same, column="Region") == 1
    crossed = cliques("abcd", "klmn", values=values_of(North="abkl", South="cdmn"), bridges="ak")
    agreement = column_agreement(network_at(crossed), crossed, column="Region")
    assert isinstance(agreement, float)
    assert agreement < 0
    one_value = cliques("abcd", "klmn", values=values_of(North="abcdklmn"))
    assert column_agreement(network_at(one_value), one_value, column="Region") is None
    few = cliques("abcd", "klmn", values=values_of(North="a", South="k"))
    assert column_agreement(network_at(few), few, column="Region") == TooFew(3)


def test_agreement_of_six_people() -> None:
    # Groups of 3 and 3, values of 2 and 4: pairs in both 1 + 0 + 3 = 4; in groups 3 + 3 = 6, in values 1 + 6 = 7, of
    # 15 in all. Expected by chance: 6 * 7 / 15 = 2.8; at most (6 + 7) / 2 = 6.5.
    assert partition_agreement([0, 0, 0, 1, 1, 1], list("xxyyyy")) == pytest.approx((4 - 2.8) / (6.5 - 2.8))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from("wxyz")), min_size=2, max_size=40))
def test_agreement_matches_igraph(people: list[tuple[int, str]]) -> None:
    agreement = partition_agreement([group for group, _ in people], [value for _, value in people])
    groups, values = [group for group, _ in people], ["wxyz".index(value) for _, value in people]
    if agreement is None:
        assert len(set(groups)) == 1 or len(set(values)) == 1 or len(set(people)) == len(people)
    else:
        assert agreement == pytest.approx(igraph.compare_communities(groups, values, method="adjusted_rand"), abs=1e-9)


def test_expected_agreement_matches_all_permutations() -> None:
    groups, values = [0, 0, 0, 1, 1, 1, 1], list("xxyyyxy")

    def in_both(permuted: Sequence[str]) -> int:
        return sum(groups[a] == groups[b] and permuted[a] == permuted[b] for a, b in combinations(range(7), 2))

    expected = fmean(map(in_both, permutations(values)))
    most = ((3 + 6) + (3 + 6)) / 2
    agreement = partition_agreement(groups, values)
    assert agreement == pytest.approx((in_both(values) - expected) / (most - expected))
