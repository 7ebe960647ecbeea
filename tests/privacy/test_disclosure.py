"""Groups shown in several views at once, so that no two views reveal too few people."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.privacy.disclosure import (
    MAX_VIEWS_TOGETHER,
    MOST_SHOWN,
    NOT_COUNTED,
    UNKNOWN,
    Codes,
    Disclosure,
    Shown,
    Table,
)
from tests.privacy.attacks import too_few


class RecordingDisclosure(Disclosure):
    """Records how many views each computation decides."""

    def __init__(self, groupings: Sequence[Codes], *, smallest_group: int) -> None:
        super().__init__(groupings, smallest_group=smallest_group)
        self.computed: list[int] = []

    def shown_of(self, crossed: Table, *, first: int | None = None) -> tuple[Shown, ...]:
        shown = super().shown_of(crossed, first=first)
        self.computed.append(len(shown))
        return shown


@pytest.mark.parametrize("views", [3, MAX_VIEWS_TOGETHER + 5])
def test_first_views_do_not_depend_on_later_ones(views: int) -> None:
    chance = np.random.default_rng(views)
    codes = [chance.integers(-1, 4, 60) for _ in range(views)]
    answered = chance.random(60) < 0.9
    every = Disclosure(codes, smallest_group=5).shown_groups(answered)
    assert len(every) == views
    disclosure = RecordingDisclosure(codes, smallest_group=5)
    assert disclosure.shown_groups(answered, first=2) == every[:2]
    # Of very many views, later ones are computed only on request.
    assert disclosure.computed == [views if views <= MAX_VIEWS_TOGETHER else 2]
    assert disclosure.shown_groups(answered, first=views) == every
    assert disclosure.shown_groups(answered, first=1) == every[:1]


def test_group_nearly_within_another_is_hidden() -> None:
    # Region N: 7 people, 5 of them in school N1. N minus N1 would be the two others; S minus S1 three.
    region = np.array([0] * 7 + [1] * 9)
    school = np.array([0] * 5 + [1] * 2 + [2] * 6 + [3] * 3)
    everyone = np.ones(16, dtype=bool)
    # Alone, N1 and S1 are large enough, and so are the five others together.
    (alone,) = Disclosure([school], smallest_group=5).shown_groups(everyone)
    assert alone == {0, 2}
    assert Disclosure([region, school], smallest_group=5).shown_groups(everyone) == ({0, 1}, frozenset())


def test_nearly_equal_columns_are_shown_once() -> None:
    # Two columns that are the same but for two people who change places: one view of it is enough.
    one = np.array([0] * 10 + [1] * 10)
    other = one.copy()
    other[0], other[19] = 1, 0
    shown = Disclosure([one, other], smallest_group=5).shown_groups(np.ones(20, dtype=bool))
    assert shown == ({0, 1}, frozenset())
    # The same column reveals nothing more.
    shown = Disclosure([one, one], smallest_group=5).shown_groups(np.ones(20, dtype=bool))
    assert shown == ({0, 1}, {0, 1})


def test_next_smallest_group_joins_the_hidden_ones() -> None:
    codes = np.array([0] * 9 + [1] * 6 + [2] * 2)
    (shown,) = Disclosure([codes], smallest_group=5).shown_groups(np.ones(17, dtype=bool))
    assert shown == {0}
    # Whose group is not known are a group that is not shown.
    codes = np.array([0] * 9 + [1] * 6 + [-1] * 2)
    (shown,) = Disclosure([codes], smallest_group=5).shown_groups(np.ones(17, dtype=bool))
    assert shown == {0}
    # Two small ones that are enough together cost no other.
    codes = np.array([0] * 9 + [1] * 6 + [2] * 3 + [3] * 2)
    (shown,) = Disclosure([codes], smallest_group=5).shown_groups(np.ones(20, dtype=bool))
    assert shown == {0, 1}


def test_nonrespondents_count_in_no_group() -> None:
    codes = np.array([0] * 6 + [1] * 6)
    answered = np.array([True] * 4 + [False] * 2 + [True] * 6)
    (shown,) = Disclosure([codes], smallest_group=5).shown_groups(answered)
    assert shown == frozenset()  # the other six would give the four away
    assert Disclosure([codes], smallest_group=5).shown_groups(np.zeros(12, dtype=bool)) == (frozenset(),)


def test_only_the_largest_groups_are_shown() -> None:
    codes = np.repeat(np.arange(20), np.arange(6, 26))
    (shown,) = Disclosure([codes], smallest_group=5).shown_groups(np.ones(len(codes), dtype=bool))
    assert shown == set(range(20 - MOST_SHOWN, 20))


@settings(max_examples=80, deadline=None)
@given(seed=st.integers(0, 10**6), people=st.integers(3, 40), smallest=st.integers(3, 6), columns=st.integers(1, 5))
def test_no_difference_of_views_is_too_small(seed: int, people: int, smallest: int, columns: int) -> None:
    chance = np.random.default_rng(seed)
    codes = [chance.integers(-1, chance.integers(1, 6), people) for _ in range(columns)]
    answered = chance.random(people) < 0.9
    shown = Disclosure(codes, smallest_group=smallest).shown_groups(answered)
    everyone = frozenset(np.flatnonzero(answered).tolist())
    views = []
    for own, visible in zip(codes, shown, strict=True):
        blocks = [frozenset(n for n in everyone if own[n] == place) for place in visible]
        rest = everyone.difference(*blocks)
        views.append([*blocks, rest] if rest else blocks)
    for one in views:
        if len(one) > 1:
            assert all(len(block) >= smallest for block in one)
    for one, other in combinations(views, 2):
        if len(one) > 1 and len(other) > 1:
            assert not too_few(one, other, smallest)


def test_people_who_are_not_counted_hide_nothing() -> None:
    codes = np.array([0] * 9 + [1] * 7 + [UNKNOWN, UNKNOWN])
    everyone = np.ones(len(codes), dtype=bool)
    assert Disclosure([codes], smallest_group=5).shown_groups(everyone) == ({0},)
    codes[codes == UNKNOWN] = NOT_COUNTED
    assert Disclosure([codes], smallest_group=5).shown_groups(everyone) == ({0, 1},)
