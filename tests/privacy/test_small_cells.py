from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nethealth.privacy.small_cells import (
    are_bounds_wide_enough,
    cells_to_hide,
    hide_counts,
    parts_to_hide,
    share_bounds,
)
from nethealth.privacy.suppression import TooFew


@pytest.mark.parametrize(
    ("counts", "to_hide"),
    [
        ([10, 20, 30], set()),
        ([10, 0, 30], set()),  # 0 says nothing about anyone
        ([10, 3, 30], {0, 1}),  # 3 alone would be the sum less the others: the next smallest goes too
        ([2, 3, 30], {0, 1}),  # together five: no one can separate them
        ([2, 2, 30, 9], {0, 1, 3}),
        ([4], {0}),
        ([], set()),
    ],
)
def test_worked_by_hand(counts: list[int], to_hide: set[int]) -> None:
    assert cells_to_hide(counts, smallest_group=5) == to_hide


@given(st.lists(st.integers(0, 40), max_size=9), st.integers(3, 10))
def test_sum_reveals_no_small_count(counts: list[int], smallest: int) -> None:
    to_hide = cells_to_hide(counts, smallest_group=smallest)
    assert all(place in to_hide for place, count in enumerate(counts) if 0 < count < smallest)
    hidden_sum = sum(counts) - sum(count for place, count in enumerate(counts) if place not in to_hide)
    # If all together are too few, the sum itself is too small, and showing it would reveal that.
    assert not 0 < hidden_sum < smallest or 0 < sum(counts) < smallest


@given(st.lists(st.integers(0, 30).flatmap(lambda w: st.tuples(st.integers(0, w), st.just(w))), max_size=8))
def test_parts_and_rests_stay_hidden(pairs: list[tuple[int, int]]) -> None:
    parts, wholes = [part for part, _ in pairs], [whole for _, whole in pairs]
    to_hide = parts_to_hide(parts, wholes, smallest_group=5)
    for counts in (parts, [whole - part for part, whole in pairs]):
        assert all(count == 0 or count >= 5 for place, count in enumerate(counts) if place not in to_hide)
        hidden = sum(counts[place] for place in to_hide)
        assert not 0 < hidden < 5 or 0 < sum(counts) < 5


def test_bounds_reveal_only_fewer_than_five() -> None:
    assert share_bounds(18, 20, smallest_group=5) == (0.8, 0.95)  # 16 to 19 of 20
    assert share_bounds(2, 20, smallest_group=5) == (0.05, 0.2)
    assert share_bounds(10, 20, smallest_group=5) is None
    assert share_bounds(2, 4, smallest_group=5) is None
    # The same whichever of the four it is.
    assert len({share_bounds(count, 20, smallest_group=5) for count in (16, 17, 18, 19)}) == 1


@pytest.mark.parametrize(
    ("parts", "room"),
    [
        ((4, 4), False),  # eight of two groups, both fewer than five
        ((1, 5), False),  # five at least, and six in all
        ((3, 2, 3), True),
        ((2, 12), True),  # any value from 1 to 4 leaves the other neither few nor all but a few
        ((19, 20), False),  # all but one of twenty, next to all
    ],
)
def test_bounds_next_to_the_sum(parts: tuple[int, ...], room: bool) -> None:
    assert are_bounds_wide_enough(parts, [20] * len(parts), range(len(parts)), smallest_group=5) is room


@given(st.lists(st.integers(5, 14).flatmap(lambda w: st.tuples(st.integers(0, w), st.just(w))), min_size=1, max_size=4))
def test_wide_bounds_reveal_nothing_with_sum(pairs: list[tuple[int, int]]) -> None:
    parts, wholes = [part for part, _ in pairs], [whole for _, whole in pairs]
    if not are_bounds_wide_enough(parts, wholes, range(len(parts)), smallest_group=4):
        return
    # The possible values of each, given the text next to it; without text, 0 and all are known.
    ranges = []
    for part, whole in pairs:
        bounds = share_bounds(part, whole, smallest_group=4)
        if bounds:
            ranges.append(range(round(bounds[0] * whole), round(bounds[1] * whole) + 1))
        else:
            ranges.append(range(part, part + 1) if part in (0, whole) else range(4, whole - 3))
    possible = [counts for counts in product(*ranges) if sum(counts) == sum(parts)]
    for place, (part, whole) in enumerate(pairs):
        if share_bounds(part, whole, smallest_group=4):
            assert {counts[place] for counts in possible} == set(ranges[place])


def test_hidden_values_are_in_place() -> None:
    assert hide_counts([1, 20], {0}, smallest_group=5) == (TooFew(5), 20)
