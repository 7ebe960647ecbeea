"""Pairs found circle by circle, against plain loops, however few may be looked at."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.network.introductions.candidate_pairs import SharedTrait, best_of, pairs_in_common

SIZE = 8
CIRCLES = st.lists(st.tuples(st.sampled_from("ab"), st.sets(st.integers(0, SIZE - 1)), st.integers(1, 5)), max_size=6)


@settings(max_examples=100, deadline=None)
@given(CIRCLES, st.sets(st.tuples(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1))), st.integers(0, 60))
def test_what_pairs_share_is_what_loops_say(
    told: list[tuple[str, set[int], int]], met: set[tuple[int, int]], most: int
) -> None:
    circles = [SharedTrait(kind, np.array(sorted(who), dtype=np.int64), float(worth)) for kind, who, worth in told]
    without = {(min(pair), max(pair)) for pair in met}
    codes = np.array([a * SIZE + b for a, b in without], dtype=np.int64)
    found = pairs_in_common(circles, kinds="ab", size=SIZE, without=codes, most=most)
    pairs = list(zip(found.first.tolist(), found.second.tolist(), strict=True))
    assert len(set(pairs)) == len(pairs)
    held = {pair for _, who, _ in told for pair in combinations(sorted(who), 2)} - without
    assert set(pairs) <= held
    if most >= sum(circle.pairs for circle in circles):
        assert set(pairs) == held
    for kind in "ab":
        for at, pair in enumerate(pairs):
            worth = sum(worth for its, who, worth in told if its == kind and who.issuperset(pair))
            assert found.shared[kind][at] == worth


def test_the_smallest_circles_come_first_and_the_others_still_count() -> None:
    wide, narrow = np.arange(6), np.array([2, 4])
    circles = [SharedTrait("a", wide, 1.0), SharedTrait("a", narrow, 2.0)]
    found = pairs_in_common(circles, kinds="a", size=6, without=np.empty(0, dtype=np.int64), most=3)
    assert (found.first.tolist(), found.second.tolist(), found.shared["a"].tolist()) == ([2], [4], [3.0])


def test_whoever_has_none_left_is_passed_over() -> None:
    first, second = np.array([0, 0, 1, 2]), np.array([1, 2, 2, 3])
    left = np.array([1, 1, 2, 1])
    order = np.array([0, 1, 2, 3])
    assert best_of(order, first=first, second=second, left=left, number=4, taken=[]) == [0, 3]
    assert left.tolist() == [0, 0, 1, 0]
    assert best_of(order, first=first, second=second, left=np.full(4, 9), number=2, taken=[0]) == [1, 2]
