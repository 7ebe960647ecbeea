"""Seating: table sizes, everyone once, costs that never rise, and known best seatings."""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.network.graph import pair_of
from nethealth.network.seating.assignment import Seating, anneal, cost_of, seat_people, table_sizes


@pytest.mark.parametrize(
    ("people", "at_a_table", "sizes"),
    [
        (0, 6, ()),
        (1, 6, (1,)),
        (2, 6, (2,)),
        (3, 2, (3,)),  # a table of one would leave someone alone
        (5, 2, (3, 2)),
        (12, 6, (6, 6)),
        (13, 6, (5, 4, 4)),
        (79, 6, (6,) * 9 + (5,) * 5),
    ],
)
def test_table_sizes(people: int, at_a_table: int, sizes: tuple[int, ...]) -> None:
    assert table_sizes(people, at_a_table=at_a_table) == sizes


@given(st.integers(2, 500), st.integers(2, 30))
def test_sizes_differ_by_one_and_no_one_is_alone(people: int, at_a_table: int) -> None:
    sizes = table_sizes(people, at_a_table=at_a_table)
    assert sum(sizes) == people
    assert max(sizes) - min(sizes) <= 1
    assert min(sizes) >= 2
    assert max(sizes) <= max(at_a_table, 3)


def names(number: int) -> list[str]:
    return [f"p{at:03}" for at in range(number)]


def seating(people: list[str], **more: object) -> Seating:
    defaults: dict[str, object] = {"known_pairs": (), "values": {}, "organizations": {}, "at_a_table": 4}
    return seat_people(people, **{**defaults, **more})  # type: ignore[arg-type]


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 20), st.integers(2, 9), st.integers(1, 2), st.integers(0, 5))
def test_everyone_sits_once_and_seeds_repeat(number: int, at_a_table: int, rounds: int, seed: int) -> None:
    people = names(number)
    met = {pair for place, pair in enumerate(combinations(people, 2)) if place % 3 == seed % 3}
    found = seating(people, known_pairs=met, at_a_table=at_a_table, rounds=rounds, seed=seed)
    for one in found.rounds:
        assert sorted(key for table in one for key in table) == people
        assert tuple(map(len, one)) == table_sizes(number, at_a_table=at_a_table)
    assert found == seating(people, known_pairs=met, at_a_table=at_a_table, rounds=rounds, seed=seed)
    assert len(found.rounds) == (rounds if people else 0)


@settings(max_examples=12, deadline=None)
@given(st.integers(4, 24), st.integers(2, 6), st.integers(0, 1_000))
def test_annealing_never_raises_the_cost(number: int, at_a_table: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    half = rng.integers(0, 9, (number, number))
    cost = np.triu(half, 1).astype(np.int32)
    cost = cost + cost.T
    sizes = table_sizes(number, at_a_table=at_a_table)
    start = rng.permutation(np.repeat(np.arange(len(sizes)), sizes))
    found = anneal(start, cost, rng)

    def by_loops(table_of: np.ndarray) -> int:  # type: ignore[type-arg]
        return sum(int(cost[a, b]) for a, b in combinations(range(number), 2) if table_of[a] == table_of[b])

    assert cost_of(found, cost) == by_loops(found) <= by_loops(start)
    assert sorted(np.bincount(found)) == sorted(np.bincount(start))


# Four cliques of four people who all know each other: at tables of four no one needs to sit with an acquaintance.
PEOPLE = names(16)
CLIQUES = [PEOPLE[at : at + 4] for at in range(0, 16, 4)]
MET = {pair for clique in CLIQUES for pair in combinations(clique, 2)}


def test_cliques_are_separated() -> None:
    found = seating(PEOPLE, known_pairs=MET)
    assert found.acquainted is not None
    assert found.acquainted.observed == 0
    # At random 24 of 120 pairs know each other, so the same share is expected at each table.
    assert found.acquainted.by_chance == pytest.approx(24 / 120, abs=0.03)
    assert found.new_faces == 3


def test_values_are_spread() -> None:
    values = {key: f"v{place % 4}" for place, key in enumerate(PEOPLE)}
    found = seating(PEOPLE, values=values)
    assert found.distinct_values is not None
    assert found.distinct_values.observed == 4
    # Expected of four drawn from sixteen of four kinds: 4 (1 - C(12, 4) / C(16, 4)) = 2.9121.
    assert found.distinct_values.by_chance == pytest.approx(2.9121, abs=0.06)
    assert all(len({values[key] for key in table}) == 4 for table in found.rounds[0])


def test_colleagues_are_separated() -> None:
    organizations = {key: f"o{place // 4}" for place, key in enumerate(PEOPLE)}
    (tables,) = seating(PEOPLE, organizations=organizations).rounds
    assert all(len({organizations[key] for key in table}) == 4 for table in tables)


def test_rounds_do_not_repeat_pairs() -> None:
    # Sixteen people at tables of four can sit five times without meeting twice (Kirkman); twice is defaults here.
    found = seating(PEOPLE, rounds=2)
    assert found.repeated_pairs == 0
    assert found.new_faces == 6
    again = seating(names(4), rounds=2)
    assert again.repeated_pairs == 6  # one table, the same six pairs


def test_people_who_know_everyone_meet_no_one_new() -> None:
    found = seating(names(4), known_pairs=set(combinations(names(4), 2)))
    assert found.acquainted is not None
    assert (found.acquainted.observed, found.acquainted.by_chance) == (1, 1)
    assert found.new_faces == 0


def test_acquainted_share_counts_pairs_at_tables() -> None:
    people = names(10)
    met = {pair_of(a, b) for a, b in pairwise(people)} | {("p000", "nobody")}
    found = seating(people, known_pairs=met, at_a_table=5, seed=3)
    at_tables = [pair for table in found.rounds[0] for pair in combinations(sorted(table), 2)]
    assert found.acquainted is not None
    assert found.acquainted.observed == sum(pair in met for pair in at_tables) / len(at_tables)


@pytest.mark.parametrize("number", [0, 1])
def test_no_one_and_one_person(number: int) -> None:
    found = seating(names(number), values=dict.fromkeys(names(number), "v"))
    assert found.acquainted is None
    assert found.repeated_pairs == 0
    assert [len(table) for one in found.rounds for table in one] == [1] * number
