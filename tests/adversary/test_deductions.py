"""The deductions find what is planted, and nothing where nothing follows."""

from __future__ import annotations

import pytest

from tests.adversary.deductions import (
    begins_formula,
    centralities,
    differences_of_few,
    guessed_silent,
    hidden_neighbors,
    located_off_the_map,
    rare_values,
    reporters_from_days,
    reporters_from_order,
    share_right,
    small_cells,
    unique_people,
)


def test_a_day_of_ones_own_names_the_reporter() -> None:
    statements = [("ana", "ben", "May 3"), ("ana", "cai", "May 3"), ("ben", "cai", "May 4")]
    assert reporters_from_days(statements) == {statements[0]: "ana", statements[1]: "ana"}


def test_one_day_for_everyone_names_no_one() -> None:
    assert reporters_from_days([("ana", "ben", "May 3"), ("ana", "cai", "May 3"), ("ben", "cai", "May 3")]) == {}
    assert reporters_from_days([("ana", "ben", "May 3"), ("ben", "ana", "May 3")]) == {}


def test_order_gives_reporters_away_only_if_it_follows_them() -> None:
    reported = [(n, n + 100) for n in range(20)]
    assert len(reporters_from_order(reported, reported)) == 20
    assert len(reporters_from_order([(b, a) for a, b in reported], reported)) == 20
    mixed = [pair if n % 2 else pair[::-1] for n, pair in enumerate(reported)]
    assert reporters_from_order(mixed, reported) == []


def test_more_ties_than_drawn_show_a_hidden_neighbor() -> None:
    drawn = [("ana", "ben"), ("ben", "cai")]
    assert hidden_neighbors({"ana": 2, "ben": 2, "cai": 1}, drawn) == {"ana": 1}
    assert hidden_neighbors({"ana": 1, "ben": 2, "cai": 1}, drawn) == {}


def test_metrics_follow_from_what_is_drawn() -> None:
    path = centralities("abcd", [("a", "b"), ("b", "c")])
    assert path["Betweenness"] == pytest.approx({"a": 0, "b": 1 / 3, "c": 0, "d": 0})
    assert path["Core"] == {"a": 1, "b": 1, "c": 1, "d": 0}
    assert path["Closeness"]["b"] > path["Closeness"]["a"] > path["Closeness"]["d"] == 0


def test_more_members_than_drawn_locate_a_hidden_person() -> None:
    drawn = {"North": 9, "South": 9}
    assert located_off_the_map({"North": 10, "South": 9}, drawn, smallest=5) == {"North": 1}
    assert located_off_the_map({"North": 14, "South": 9}, drawn, smallest=5) == {}
    assert located_off_the_map({"North": 10, "South": 3}, drawn, smallest=5) == {}


def test_values_of_few_and_pairs_of_values_single_people_out() -> None:
    values = {n: {"Role": "many" if n else "one", "Region": "North" if n % 2 else "South"} for n in range(12)}
    assert rare_values(values, smallest=5) == {("Role", "one"): 1}
    assert unique_people(values) == {0}
    values[0]["Role"] = "many"
    assert rare_values(values, smallest=5) == {}
    assert unique_people(values) == set()


def test_averages_of_two_columns_give_the_difference() -> None:
    alpha, beta = {"x": (10.0, 3.0)}, {"x": (9.0, 26 / 9)}
    assert differences_of_few(alpha, beta, smallest=5)["x", "x"] == pytest.approx((1, 4.0))
    assert differences_of_few(beta, alpha, smallest=5)["x", "x"] == pytest.approx((1, 4.0))
    assert differences_of_few(alpha, {"x": (4.0, 3.0)}, smallest=5) == {}


def test_cells_below_the_minimum_are_found() -> None:
    assert small_cells([0, 1, 4, 5, 12], smallest=5) == [1, 4]


def test_people_without_a_confirmed_tie_are_guessed() -> None:
    guessed = guessed_silent("abcd", [("a", "b")])
    assert guessed == {"c", "d"}
    assert share_right(guessed, {"c"}) == 0.5
    assert share_right((), {"c"}) == 0.0


@pytest.mark.parametrize("cell", ["=1+1", "＝1+1", "+a", "＋a", "-a", "－1", "@a", "＠a", "\t=1", " =1", "\r1"])
def test_formulas_are_known(cell: str) -> None:
    assert begins_formula(cell)


@pytest.mark.parametrize("cell", ["", "'=1", "a=1", "-1", "-1.5%", "–", "2026-03-01"])
def test_other_cells_are_not_formulas(cell: str) -> None:
    assert not begins_formula(cell)
