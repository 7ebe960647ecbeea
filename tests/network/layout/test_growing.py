"""Positions in a network that grows: what is added moves no one, and no one stands on anyone."""

from __future__ import annotations

from itertools import combinations
from math import dist

from hypothesis import given
from hypothesis import strategies as st

from nethealth.network.layout.growing import APART, growing_positions

TIES = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 30))
    .filter(lambda pair: pair[0] != pair[1])
    .map(lambda pair: (f"m{pair[0]}", f"m{pair[1]}")),
    max_size=60,
)
RESERVED = st.dictionaries(
    st.integers(0, 15).map("m{}".format),
    st.tuples(st.integers(-5, 5), st.integers(-5, 5)).map(lambda point: (float(point[0]), float(point[1]))),
)


@given(TIES, TIES, RESERVED)
def test_later_ties_move_no_one(
    ties: list[tuple[str, str]], later: list[tuple[str, str]], reserved: dict[str, tuple[float, float]]
) -> None:
    before, after = (growing_positions(each, reserved=reserved) for each in (ties, ties + later))
    assert {key: after[key] for key in before} == before
    assert after.keys() == {key for pair in ties + later for key in pair}


@given(TIES, RESERVED)
def test_new_people_stand_apart_from_everyone(
    ties: list[tuple[str, str]], reserved: dict[str, tuple[float, float]]
) -> None:
    found = growing_positions(ties, reserved=reserved)
    new = found.keys() - reserved.keys()
    assert {key: found[key] for key in found.keys() & reserved.keys()} == {
        key: reserved[key] for key in found.keys() & reserved.keys()
    }
    for one, other in combinations(found, 2):
        if one in new or other in new:
            assert dist(found[one], found[other]) >= APART - 1e-9


def test_newcomer_stands_next_to_the_first_person_they_are_tied_to() -> None:
    far = {"a": (0.0, 0.0), "b": (20.0, 0.0)}
    found = growing_positions([("b", "new"), ("a", "new")], reserved=far)
    assert dist(found["new"], far["b"]) < 2 * APART
