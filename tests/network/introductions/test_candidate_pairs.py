"""Pairs found trait by trait, against plain loops, however few may be looked at."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.network.introductions import candidate_pairs
from nethealth.network.introductions.candidate_pairs import SharedTrait, find_candidates, pick_pairs

SIZE = 8
TRAITS = st.lists(st.tuples(st.sampled_from("ab"), st.sets(st.integers(0, SIZE - 1)), st.integers(1, 5)), max_size=6)


@settings(max_examples=100, deadline=None)
@given(TRAITS, st.sets(st.tuples(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1))), st.integers(0, 60))
def test_candidates_match_plain_loops(
    drawn: list[tuple[str, set[int], int]], met: set[tuple[int, int]], most: int
) -> None:
    traits = [SharedTrait(label, np.array(sorted(who), dtype=np.int64), float(weight)) for label, who, weight in drawn]
    without = {(min(pair), max(pair)) for pair in met}
    codes = np.array([a * SIZE + b for a, b in without], dtype=np.int64)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(candidate_pairs, "MOST_PAIRS", most)
        found = find_candidates(traits, labels="ab", size=SIZE, without=codes)
    pairs = list(zip(found.first.tolist(), found.second.tolist(), strict=True))
    assert len(set(pairs)) == len(pairs)
    expected = {pair for _, who, _ in drawn for pair in combinations(sorted(who), 2)} - without
    assert set(pairs) <= expected
    if most >= sum(trait.pairs for trait in traits):
        assert set(pairs) == expected
    for label in "ab":
        for at, pair in enumerate(pairs):
            weight = sum(weight for its, who, weight in drawn if its == label and who.issuperset(pair))
            assert found.shared[label][at] == weight


def test_the_smallest_traits_come_first_and_the_others_still_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidate_pairs, "MOST_PAIRS", 3)
    large, small = np.arange(6), np.array([2, 4])
    traits = [SharedTrait("a", large, 1.0), SharedTrait("a", small, 2.0)]
    found = find_candidates(traits, labels="a", size=6, without=np.empty(0, dtype=np.int64))
    assert (found.first.tolist(), found.second.tolist(), found.shared["a"].tolist()) == ([2], [4], [3.0])


def test_people_with_none_remaining_are_skipped() -> None:
    first, second = np.array([0, 0, 1, 2]), np.array([1, 2, 2, 3])
    remaining = np.array([1, 1, 2, 1])
    order = np.array([0, 1, 2, 3])
    assert pick_pairs(order, first=first, second=second, remaining=remaining, number=4, already_chosen=[]) == [0, 3]
    assert remaining.tolist() == [0, 0, 1, 0]
    assert pick_pairs(order, first=first, second=second, remaining=np.full(4, 9), number=2, already_chosen=[0]) == [
        1,
        2,
    ]
