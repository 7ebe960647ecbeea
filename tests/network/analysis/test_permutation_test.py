"""The permutation test by hand, and compared with all permutations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import permutations
from statistics import fmean

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.network.analysis import permutation_test
from nethealth.network.analysis.permutation_test import ChanceVerdict, MixingTest, run_permutation_test
from nethealth.network.graph import Network, network_at
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.records import Connection, Person, Settings, Workbook

MakeWorkbook = Callable[..., Workbook]
BOUND = 0.06
"""How far a share of 999 shuffles may be from that of all permutations: more than four standard deviations."""


def network_of(
    values: Mapping[str, str], ties: list[tuple[str, str]], *, smallest: int = 3, is_private: bool = False
) -> tuple[Network, Workbook]:
    values_by_person = "private_attributes" if is_private else "attributes"
    workbook = Workbook(
        settings=Settings(smallest_group=smallest),
        people={
            key: Person(key=key, name=key, **{values_by_person: {"Role": value} if value else {}})
            for key, value in values.items()
        },
        **{values_by_person: ("Role",)},
        connections=tuple(Connection(source=source, target=target) for source, target in ties),
    )
    return network_at(workbook), workbook


def run_test(values: Mapping[str, str], ties: list[tuple[str, str]], **more: int) -> MixingTest:
    network, workbook = network_of(values, ties, **more)
    result = run_permutation_test(network, workbook, column="Role")
    assert isinstance(result, MixingTest)
    return result


TWO_CLIQUES = [("a", "b"), ("a", "c"), ("b", "c"), ("d", "e"), ("d", "f"), ("e", "f"), ("c", "d")]


def all_permutations(values: Mapping[str, str]) -> list[dict[str, str]]:
    return [dict(zip(values, permuted, strict=True)) for permuted in permutations(values.values())]


@pytest.mark.parametrize(
    "values",
    [
        {"a": "x", "b": "x", "c": "x", "d": "y", "e": "y", "f": "y"},
        {"a": "x", "b": "y", "c": "x", "d": "y", "e": "x", "f": "y"},
        {"a": "x", "b": "x", "c": "y", "d": "y", "e": "z", "f": "z"},
    ],
    ids=["apart", "mixed", "three values"],
)
def test_results_match_all_permutations(values: dict[str, str]) -> None:
    result = run_test(values, TWO_CLIQUES, smallest=1)
    permutations_of_values = all_permutations(values)

    def inside(values_by_person: Mapping[str, str]) -> int:
        return sum(values_by_person[a] == values_by_person[b] for a, b in TWO_CLIQUES)

    counts = [inside(permuted) for permuted in permutations_of_values]
    assert result.inside.observed == inside(values)
    assert result.inside.expected == pytest.approx(fmean(counts))
    assert result.ei_index.expected == pytest.approx(fmean(1 - 2 * count / 7 for count in counts))
    share = sum(count >= inside(values) for count in counts) / len(counts)
    assert result.inside.at_least / result.shuffles == pytest.approx(share, abs=BOUND)
    share = sum(count <= inside(values) for count in counts) / len(counts)
    assert result.inside.at_most / result.shuffles == pytest.approx(share, abs=BOUND)
    for cell in result.cells:
        ends = sorted((cell.one, cell.other))
        permuted_counts = [
            sum(sorted((permuted[a], permuted[b])) == ends for a, b in TWO_CLIQUES)
            for permuted in permutations_of_values
        ]
        observed = sum(sorted((values[a], values[b])) == ends for a, b in TWO_CLIQUES)
        assert cell.result.observed == observed
        assert cell.result.expected == pytest.approx(fmean(permuted_counts))
        share = sum(count >= observed for count in permuted_counts) / len(permuted_counts)
        assert cell.result.at_least / result.shuffles == pytest.approx(share, abs=BOUND)


def test_assortativity_matches_all_permutations() -> None:
    values = {"a": "x", "b": "x", "c": "x", "d": "y", "e": "y", "f": "x"}
    result = run_test(values, TWO_CLIQUES)

    def coefficient(values_by_person: Mapping[str, str]) -> float:
        graph = nx.Graph(TWO_CLIQUES)
        nx.set_node_attributes(graph, dict(values_by_person), "value")
        return float(nx.attribute_assortativity_coefficient(graph, "value"))

    permuted_counts = [coefficient(permuted) for permuted in all_permutations(values)]
    assert result.assortativity is not None
    assert result.assortativity.observed == pytest.approx(coefficient(values))
    assert result.assortativity.expected == pytest.approx(fmean(permuted_counts), abs=BOUND)
    share = sum(one >= coefficient(values) - 1e-9 for one in permuted_counts) / len(permuted_counts)
    assert result.assortativity.at_least / result.shuffles == pytest.approx(share, abs=BOUND)


def test_separate_and_crossed_categories() -> None:
    one = [f"a{place}" for place in range(8)]
    other = [f"b{place}" for place in range(8)]
    ties = [(a, b) for people in (one, other) for a in people for b in people if a < b]
    values = dict.fromkeys(one, "x") | dict.fromkeys(other, "y")
    result = run_test(values, ties)
    assert result.inside.verdict is ChanceVerdict.MORE
    assert result.inside.percentile_rank == 1
    assert result.ei_index.observed == -1
    assert result.ei_index.verdict is ChanceVerdict.LESS
    verdicts = {(cell.one, cell.other): cell.result.verdict for cell in result.cells}
    assert verdicts == {("x", "x"): ChanceVerdict.MORE, ("x", "y"): ChanceVerdict.LESS, ("y", "y"): ChanceVerdict.MORE}
    crossed = run_test(dict.fromkeys(one, "x") | dict.fromkeys(other, "y"), [(a, b) for a in one for b in other])
    assert crossed.inside.verdict is ChanceVerdict.LESS
    assert crossed.ei_index.verdict is ChanceVerdict.MORE


def test_unrelated_values_are_as_expected_by_chance() -> None:
    people = [f"p{place:02}" for place in range(20)]
    ring = list(zip(people, people[1:] + people[:1], strict=True))
    result = run_test({key: "xy"[place // 2 % 2] for place, key in enumerate(people)}, ring)
    # Of 20 ties, 10 are within values; 20 * 9 / 19 are expected by chance.
    assert (result.inside.observed, result.inside.expected) == (10, pytest.approx(20 * 9 / 19))
    assert result.inside.verdict is ChanceVerdict.AS_CHANCE
    assert result.assortativity is not None
    assert result.assortativity.verdict is ChanceVerdict.AS_CHANCE


def test_seed_makes_results_repeat(monkeypatch: pytest.MonkeyPatch) -> None:
    network, workbook = network_of(dict.fromkeys("abc", "x") | dict.fromkeys("def", "y"), TWO_CLIQUES)
    first = run_permutation_test(network, workbook, column="Role")
    assert first == run_permutation_test(network, workbook, column="Role")
    monkeypatch.setattr("nethealth.network.analysis.permutation_test.SEED", 5)
    other = run_permutation_test(network, workbook, column="Role")
    assert isinstance(first, MixingTest)
    assert isinstance(other, MixingTest)
    assert first != other
    assert first.inside.at_least / 999 == pytest.approx(other.inside.at_least / 999, abs=BOUND)


def test_small_categories_are_pooled_in_cells_only() -> None:
    values = {"a": "x", "b": "x", "c": "x", "d": "y", "e": "z", "f": ""}
    result = run_test(values, [("a", "b"), ("d", "e"), ("c", "d"), ("a", "f")])
    assert (result.people, result.ties) == (5, 3)
    assert result.inside.observed == 1
    assert [(cell.one, cell.other, cell.result.observed) for cell in result.cells] == [
        ("x", "x", 1), ("x", "fewer than 3", 1), ("fewer than 3", "fewer than 3", 1),
    ]  # fmt: skip
    assert "'y'" not in repr(result)


def test_private_column_is_pooled_or_hidden() -> None:
    few = network_of(dict.fromkeys("abcd", "often"), [("a", "b")], smallest=5, is_private=True)
    assert run_permutation_test(*few, column="Role") == TooFew(5)
    values = dict.fromkeys("abcdefg", "often") | dict.fromkeys("hijkl", "now") | dict.fromkeys("mn", "never")
    result = run_permutation_test(
        *network_of(values, [("h", "m"), ("a", "b")], smallest=5, is_private=True), column="Role"
    )
    assert isinstance(result, MixingTest)
    # "now" and "never" are one pool, so their tie is inside it, in the index and in the cells.
    assert result.inside.observed == 2
    assert {cell.one for cell in result.cells} == {"often", "fewer than 5"}


def test_nothing_to_shuffle_gives_none(workbook_of: MakeWorkbook) -> None:
    assert run_permutation_test(*network_of(dict.fromkeys("ab", "x"), [("a", "b")]), column="Role") is None
    assert run_permutation_test(*network_of({"a": "x", "b": "y"}, []), column="Role") is None
    assert run_permutation_test(*network_of({"a": "x", "b": ""}, [("a", "b")]), column="Role") is None
    assert run_permutation_test(*network_of({}, []), column="No such column") is None


def test_many_values_and_many_ties(monkeypatch: pytest.MonkeyPatch) -> None:
    people = [f"p{place:02}" for place in range(60)]
    ring = list(zip(people, people[1:] + people[:1], strict=True))
    many = run_test({key: key[:-1] + str(int(key[-1]) // 2) for key in people}, ring, smallest=2)
    assert many.cells == ()
    assert many.shuffles == 999
    monkeypatch.setattr("nethealth.network.analysis.permutation_test.MOST_TIE_SHUFFLES", 60 * 300)
    assert run_test(dict.fromkeys(people[:30], "x") | dict.fromkeys(people[30:], "y"), ring).shuffles == 300
    monkeypatch.setattr("nethealth.network.analysis.permutation_test.MOST_TIE_SHUFFLES", 60)
    assert run_test(dict.fromkeys(people[:30], "x") | dict.fromkeys(people[30:], "y"), ring).shuffles == 199


@settings(max_examples=40, deadline=None)
@given(
    st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from("xyz"), min_size=2),
    st.sets(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")), max_size=16),
)
def test_cells_add_up(values: dict[str, str], pairs: set[tuple[str, str]]) -> None:
    network, workbook = network_of(
        values, [(a, b) for a, b in pairs if a < b and a in values and b in values], smallest=2
    )
    result = run_permutation_test(network, workbook, column="Role")
    if result is None:
        assert not network.ties or len(set(values.values())) == 1
        return
    assert isinstance(result, MixingTest)
    if result.cells:
        assert sum(cell.result.observed for cell in result.cells) == result.ties == len(network.ties)
        assert sum(cell.result.expected for cell in result.cells) == pytest.approx(result.ties)
    for each in (result.inside, result.ei_index, *(cell.result for cell in result.cells)):
        # Every shuffle is at least or at most the observed value.
        assert each.at_least + each.at_most >= result.shuffles
        assert 0 <= each.percentile_rank <= 1


def test_shuffles_in_small_batches_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    values = {"a": "x", "b": "x", "c": "x", "d": "y", "e": "y", "f": "y"}
    at_once = run_test(values, TWO_CLIQUES)
    sizes: list[int] = []
    shuffle = permutation_test._permute_labels

    def note_size(labels: object, times: int, rng: object) -> object:
        sizes.append(times)
        return shuffle(labels, times, rng)  # type: ignore[arg-type]

    monkeypatch.setattr(permutation_test, "MOST_IN_MEMORY", 50 * len(TWO_CLIQUES))
    monkeypatch.setattr(permutation_test, "_permute_labels", note_size)
    assert run_test(values, TWO_CLIQUES) == at_once
    assert max(sizes) == 50
