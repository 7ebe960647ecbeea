"""Mixing against chance: by hand, and against every way there is of dealing out the values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import permutations
from statistics import fmean

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.network.analysis.permutation_test import ChanceVerdict, MixingTest, run_permutation_test
from nethealth.network.graph import Network, network_at
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.records import Connection, Person, Settings, Workbook

MakeWorkbook = Callable[..., Workbook]
BOUND = 0.06
"""How far the share of 999 shuffles may lie from that of all there are: over four standard deviations at worst."""


def made(
    values: Mapping[str, str], ties: list[tuple[str, str]], *, smallest: int = 3, is_private: bool = False
) -> tuple[Network, Workbook]:
    held = "private_attributes" if is_private else "attributes"
    workbook = Workbook(
        settings=Settings(smallest_group=smallest),
        people={
            key: Person(key=key, name=key, **{held: {"Role": value} if value else {}}) for key, value in values.items()
        },
        **{held: ("Role",)},
        connections=tuple(Connection(source=source, target=target) for source, target in ties),
    )
    return network_at(workbook), workbook


def found(values: Mapping[str, str], ties: list[tuple[str, str]], **more: int) -> MixingTest:
    network, workbook = made(values, ties, **more)
    told = run_permutation_test(network, workbook, column="Role")
    assert isinstance(told, MixingTest)
    return told


TWO_CLIQUES = [("a", "b"), ("a", "c"), ("b", "c"), ("d", "e"), ("d", "f"), ("e", "f"), ("c", "d")]


def every_deal(values: Mapping[str, str]) -> list[dict[str, str]]:
    return [dict(zip(values, dealt, strict=True)) for dealt in permutations(values.values())]


@pytest.mark.parametrize(
    "values",
    [
        {"a": "x", "b": "x", "c": "x", "d": "y", "e": "y", "f": "y"},
        {"a": "x", "b": "y", "c": "x", "d": "y", "e": "x", "f": "y"},
        {"a": "x", "b": "x", "c": "y", "d": "y", "e": "z", "f": "z"},
    ],
    ids=["apart", "mixed", "three values"],
)
def test_against_every_way_of_dealing(values: dict[str, str]) -> None:
    told = found(values, TWO_CLIQUES, smallest=1)
    deals = every_deal(values)

    def inside(held: Mapping[str, str]) -> int:
        return sum(held[a] == held[b] for a, b in TWO_CLIQUES)

    counts = [inside(deal) for deal in deals]
    assert told.inside.observed == inside(values)
    assert told.inside.expected == pytest.approx(fmean(counts))
    assert told.ei_index.expected == pytest.approx(fmean(1 - 2 * count / 7 for count in counts))
    share = sum(count >= inside(values) for count in counts) / len(counts)
    assert told.inside.at_least / told.shuffles == pytest.approx(share, abs=BOUND)
    share = sum(count <= inside(values) for count in counts) / len(counts)
    assert told.inside.at_most / told.shuffles == pytest.approx(share, abs=BOUND)
    for cell in told.cells:
        ends = sorted((cell.one, cell.other))
        drawn = [sum(sorted((deal[a], deal[b])) == ends for a, b in TWO_CLIQUES) for deal in deals]
        now = sum(sorted((values[a], values[b])) == ends for a, b in TWO_CLIQUES)
        assert cell.result.observed == now
        assert cell.result.expected == pytest.approx(fmean(drawn))
        share = sum(count >= now for count in drawn) / len(drawn)
        assert cell.result.at_least / told.shuffles == pytest.approx(share, abs=BOUND)


def test_assortativity_against_every_way_of_dealing() -> None:
    values = {"a": "x", "b": "x", "c": "x", "d": "y", "e": "y", "f": "x"}
    told = found(values, TWO_CLIQUES)

    def coefficient(held: Mapping[str, str]) -> float:
        graph = nx.Graph(TWO_CLIQUES)
        nx.set_node_attributes(graph, dict(held), "value")
        return float(nx.attribute_assortativity_coefficient(graph, "value"))

    drawn = [coefficient(deal) for deal in every_deal(values)]
    assert told.assortativity is not None
    assert told.assortativity.observed == pytest.approx(coefficient(values))
    assert told.assortativity.expected == pytest.approx(fmean(drawn), abs=BOUND)
    share = sum(one >= coefficient(values) - 1e-9 for one in drawn) / len(drawn)
    assert told.assortativity.at_least / told.shuffles == pytest.approx(share, abs=BOUND)


def test_two_circles_of_like_people_keep_to_themselves() -> None:
    one = [f"a{place}" for place in range(8)]
    other = [f"b{place}" for place in range(8)]
    ties = [(a, b) for people in (one, other) for a in people for b in people if a < b]
    values = dict.fromkeys(one, "x") | dict.fromkeys(other, "y")
    told = found(values, ties)
    assert told.inside.verdict is ChanceVerdict.MORE
    assert told.inside.percentile_rank == 1
    assert told.ei_index.observed == -1
    assert told.ei_index.verdict is ChanceVerdict.LESS
    verdicts = {(cell.one, cell.other): cell.result.verdict for cell in told.cells}
    assert verdicts == {("x", "x"): ChanceVerdict.MORE, ("x", "y"): ChanceVerdict.LESS, ("y", "y"): ChanceVerdict.MORE}
    crossed = found(dict.fromkeys(one, "x") | dict.fromkeys(other, "y"), [(a, b) for a in one for b in other])
    assert crossed.inside.verdict is ChanceVerdict.LESS
    assert crossed.ei_index.verdict is ChanceVerdict.MORE


def test_values_that_say_nothing_stand_as_chance_has_it() -> None:
    people = [f"p{place:02}" for place in range(20)]
    ring = list(zip(people, people[1:] + people[:1], strict=True))
    told = found({key: "xy"[place // 2 % 2] for place, key in enumerate(people)}, ring)
    # Of twenty ties every other stays within: 10, where chance would give 20 * 9 / 19.
    assert (told.inside.observed, told.inside.expected) == (10, pytest.approx(20 * 9 / 19))
    assert told.inside.verdict is ChanceVerdict.AS_CHANCE
    assert told.assortativity is not None
    assert told.assortativity.verdict is ChanceVerdict.AS_CHANCE


def test_the_same_network_stands_the_same_and_other_lots_hardly_move_it() -> None:
    network, workbook = made(dict.fromkeys("abc", "x") | dict.fromkeys("def", "y"), TWO_CLIQUES)
    first = run_permutation_test(network, workbook, column="Role")
    assert first == run_permutation_test(network, workbook, column="Role")
    other = run_permutation_test(network, workbook, column="Role", seed=5)
    assert isinstance(first, MixingTest)
    assert isinstance(other, MixingTest)
    assert first != other
    assert first.inside.at_least / 999 == pytest.approx(other.inside.at_least / 999, abs=BOUND)


def test_small_values_are_pooled_in_the_cells_and_count_for_themselves_in_the_whole() -> None:
    values = {"a": "x", "b": "x", "c": "x", "d": "y", "e": "z", "f": ""}
    told = found(values, [("a", "b"), ("d", "e"), ("c", "d"), ("a", "f")])
    assert (told.people, told.ties) == (5, 3)
    assert told.inside.observed == 1
    assert [(cell.one, cell.other, cell.result.observed) for cell in told.cells] == [
        ("x", "x", 1), ("x", "fewer than 3", 1), ("fewer than 3", "fewer than 3", 1),
    ]  # fmt: skip
    assert "'y'" not in repr(told.as_json())


def test_a_private_column_is_pooled_or_held_back() -> None:
    few = made(dict.fromkeys("abcd", "often"), [("a", "b")], smallest=5, is_private=True)
    assert run_permutation_test(*few, column="Role") == TooFew(5)
    values = dict.fromkeys("abcdefg", "often") | dict.fromkeys("hijkl", "now") | dict.fromkeys("mn", "never")
    told = run_permutation_test(*made(values, [("h", "m"), ("a", "b")], smallest=5, is_private=True), column="Role")
    assert isinstance(told, MixingTest)
    # "now" and "never" are one pool: their tie is inside it, in the index as in the cells.
    assert told.inside.observed == 2
    assert {cell.one for cell in told.cells} == {"often", "fewer than 5"}


def test_where_there_is_nothing_to_shuffle(workbook_of: MakeWorkbook) -> None:
    assert run_permutation_test(*made(dict.fromkeys("ab", "x"), [("a", "b")]), column="Role") is None
    assert run_permutation_test(*made({"a": "x", "b": "y"}, []), column="Role") is None
    assert run_permutation_test(*made({"a": "x", "b": ""}, [("a", "b")]), column="Role") is None
    assert run_permutation_test(*made({}, []), column="No such column") is None


def test_very_many_values_have_no_cells_and_very_many_ties_fewer_shufflings(monkeypatch: pytest.MonkeyPatch) -> None:
    people = [f"p{place:02}" for place in range(60)]
    ring = list(zip(people, people[1:] + people[:1], strict=True))
    many = found({key: key[:-1] + str(int(key[-1]) // 2) for key in people}, ring, smallest=2)
    assert many.cells == ()
    assert many.shuffles == 999
    monkeypatch.setattr("nethealth.network.analysis.permutation_test.MOST_TIE_SHUFFLES", 60 * 300)
    assert found(dict.fromkeys(people[:30], "x") | dict.fromkeys(people[30:], "y"), ring).shuffles == 300
    monkeypatch.setattr("nethealth.network.analysis.permutation_test.MOST_TIE_SHUFFLES", 60)
    assert found(dict.fromkeys(people[:30], "x") | dict.fromkeys(people[30:], "y"), ring).shuffles == 199


@settings(max_examples=40, deadline=None)
@given(
    st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from("xyz"), min_size=2),
    st.sets(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")), max_size=16),
)
def test_cells_add_up_and_agree_with_the_segments(values: dict[str, str], said: set[tuple[str, str]]) -> None:
    network, workbook = made(values, [(a, b) for a, b in said if a < b and a in values and b in values], smallest=2)
    told = run_permutation_test(network, workbook, column="Role", shuffles=20)
    if told is None:
        assert not network.ties or len(set(values.values())) == 1
        return
    assert isinstance(told, MixingTest)
    if told.cells:
        assert sum(cell.result.observed for cell in told.cells) == told.ties == len(network.ties)
        assert sum(cell.result.expected for cell in told.cells) == pytest.approx(told.ties)
    for standing in (told.inside, told.ei_index, *(cell.result for cell in told.cells)):
        # Every shuffling lies at or above, or at or below.
        assert standing.at_least + standing.at_most >= told.shuffles
        assert 0 <= standing.percentile_rank <= 1
