from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nethealth.infrastructure.small_cells import bounds_of, held_back, held_parts, without
from nethealth.privacy import Withheld


@pytest.mark.parametrize(
    ("counts", "held"),
    [
        ([10, 20, 30], set()),
        ([10, 0, 30], set()),  # nobody says nothing of anyone
        ([10, 3, 30], {0, 1}),  # 3 alone would be the sum less the others: the next smallest goes too
        ([2, 3, 30], {0, 1}),  # together five: nobody can part them
        ([2, 2, 30, 9], {0, 1, 3}),
        ([4], {0}),
        ([], set()),
    ],
)
def test_worked_by_hand(counts: list[int], held: set[int]) -> None:
    assert held_back(counts, smallest_group=5) == held


@given(st.lists(st.integers(0, 40), max_size=9), st.integers(3, 10))
def test_what_the_sum_gives_away_is_never_about_too_few(counts: list[int], smallest: int) -> None:
    held = held_back(counts, smallest_group=smallest)
    assert all(place in held for place, count in enumerate(counts) if 0 < count < smallest)
    told_by_the_sum = sum(counts) - sum(count for place, count in enumerate(counts) if place not in held)
    # Where not even all together are enough, the sum itself is too small, and whoever tells it tells so much.
    assert not 0 < told_by_the_sum < smallest or 0 < sum(counts) < smallest


@given(st.lists(st.integers(0, 30).flatmap(lambda w: st.tuples(st.integers(0, w), st.just(w))), max_size=8))
def test_neither_who_is_in_nor_who_is_out_is_given_away(pairs: list[tuple[int, int]]) -> None:
    parts, wholes = [part for part, _ in pairs], [whole for _, whole in pairs]
    held = held_parts(parts, wholes, smallest_group=5)
    for counts in (parts, [whole - part for part, whole in pairs]):
        assert all(count == 0 or count >= 5 for place, count in enumerate(counts) if place not in held)
        hidden = sum(counts[place] for place in held)
        assert not 0 < hidden < 5 or 0 < sum(counts) < 5


def test_bounds_say_no_more_than_fewer_than_five() -> None:
    assert bounds_of(18, 20, smallest_group=5) == (0.8, 0.95)  # 16 to 19 of 20
    assert bounds_of(2, 20, smallest_group=5) == (0.05, 0.2)
    assert bounds_of(10, 20, smallest_group=5) is None
    assert bounds_of(2, 4, smallest_group=5) is None
    # The same whichever of the four it is.
    assert len({bounds_of(count, 20, smallest_group=5) for count in (16, 17, 18, 19)}) == 1


def test_withheld_stands_in_the_places() -> None:
    assert without([1, 20], {0}, smallest_group=5) == (Withheld(5), 20)
