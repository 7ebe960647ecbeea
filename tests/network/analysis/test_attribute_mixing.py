"""Attribute mixing by hand and compared with networkx, and what is pooled or hidden."""

from __future__ import annotations

from collections.abc import Callable

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.network.analysis.attribute_mixing import AttributeMixing, measure_mixing
from nethealth.network.graph import network_at
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.records import Connection, Person, Settings, Workbook

MakeWorkbook = Callable[..., Workbook]


def segments(
    values: dict[str, str], ties: list[tuple[str, str]], *, smallest: int = 3, is_private: bool = False
) -> AttributeMixing:
    field = "private_attributes" if is_private else "attributes"
    workbook = Workbook(
        settings=Settings(smallest_group=smallest),
        people={
            key: Person(key=key, name=key, **{field: {"Role": value} if value else {}}) for key, value in values.items()
        },
        **{field: ("Role",)},
        connections=tuple(Connection(source=source, target=target) for source, target in ties),
    )
    return measure_mixing(network_at(workbook), workbook, column="Role")


def test_the_hand_drawn_network(hand_drawn: Workbook) -> None:
    # North: Ana, Bo, Cy with three ties; South: Di, Ed, Flo with one; Cy-Di crosses, and so does Flo-Gus (West).
    figures = measure_mixing(network_at(hand_drawn), hand_drawn, column="Region")
    assert figures.as_json() == {
        "ei_index": pytest.approx((2 - 4) / 6),
        # Ends: North 7, South 4, West 1 of 12.
        "assortativity": pytest.approx((4 / 6 - 66 / 144) / (1 - 66 / 144)),
        "modularity": pytest.approx(4 / 6 - 66 / 144),
        "sizes": {"North": 3, "South": 3, "fewer than 3": 1},
        "ties": [["North", "North", 3], ["North", "South", 1], ["South", "South", 1], ["South", "fewer than 3", 1]],
    }
    assert list(figures.sizes) == ["North", "South", "fewer than 3"]


def test_missing_and_empty_columns(hand_drawn: Workbook) -> None:
    nothing = {"ei_index": None, "assortativity": None, "modularity": None, "sizes": {}, "ties": []}
    assert measure_mixing(network_at(hand_drawn), hand_drawn, column="Shoe size").as_json() == nothing
    assert segments({"a": "", "b": ""}, [("a", "b")]).as_json() == nothing
    assert segments({}, []).as_json() == nothing


def test_one_value_and_no_ties() -> None:
    one = segments(dict.fromkeys("abc", "Teacher"), [("a", "b"), ("b", "c")])
    assert (one.ei_index, one.assortativity, one.modularity) == (-1, None, 0)
    none = segments({"a": "x", "b": "y"}, [])
    assert (none.ei_index, none.assortativity, none.modularity) == (None, None, None)


def test_indices_of_shared_column_use_own_values() -> None:
    # x and y are pooled in sizes and ties, but the indices still count a-b as across.
    figures = segments({"a": "x", "b": "y", "c": "z", "d": "z", "e": "z"}, [("a", "b"), ("c", "d")])
    assert figures.ei_index == 0
    assert dict(figures.sizes) == {"z": 3, "fewer than 3": 2}
    assert figures.ties == (("z", "z", 1), ("fewer than 3", "fewer than 3", 1))


def test_private_column_is_pooled_until_large_enough() -> None:
    values = dict.fromkeys("abcdefg", "often") | dict.fromkeys("hijkl", "now and then") | dict.fromkeys("mn", "never")
    figures = segments(values, [("a", "b"), ("a", "h"), ("h", "m")], smallest=5, is_private=True)
    # "never" alone would be two people, so the next smallest category joins the pool.
    assert dict(figures.sizes) == {"often": 7, "fewer than 5": 7}
    assert figures.ties == (
        ("often", "often", 1), ("often", "fewer than 5", 1), ("fewer than 5", "fewer than 5", 1),
    )  # fmt: skip
    # The indices use pooled values, so they don't reveal the pool's parts.
    assert figures.ei_index == pytest.approx((1 - 2) / 3)


@pytest.mark.parametrize(
    "values",
    [
        dict.fromkeys("abcd", "often"),
        dict.fromkeys("abcdef", "often") | dict.fromkeys("gh", "never"),
        dict.fromkeys("abc", "often") | dict.fromkeys("def", "never"),
    ],
    ids=["too few", "one large value and one small", "all small"],
)
def test_private_column_of_few_is_hidden(values: dict[str, str]) -> None:
    figures = segments(values, [("a", "b")], smallest=5, is_private=True)
    assert figures.ei_index == figures.assortativity == figures.modularity == TooFew(5)
    assert figures.as_json() == {
        **{name: {"withheld": "fewer than 5"} for name in ("ei_index", "assortativity", "modularity")},
        "sizes": {},
        "ties": [],
    }


def test_private_column_of_large_categories() -> None:
    values = dict.fromkeys("abc", "often") | dict.fromkeys("def", "never")
    figures = segments(values, [("a", "b"), ("a", "d")], is_private=True)
    assert dict(figures.sizes) == {"never": 3, "often": 3}
    assert figures.ei_index == 0


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(st.sampled_from("abcdefghij"), st.sampled_from(["x", "y", "z", ""]), min_size=1),
    st.sets(st.tuples(st.sampled_from("abcdefghij"), st.sampled_from("abcdefghij")), max_size=25),
)
def test_indices_match_networkx(values: dict[str, str], pairs: set[tuple[str, str]]) -> None:
    ties = [(a, b) for a, b in pairs if a < b and a in values and b in values]
    figures = segments(values, ties)
    graph = nx.Graph(ties)
    graph.add_nodes_from(values)
    graph = graph.subgraph([key for key, value in values.items() if value])
    nx.set_node_attributes(graph, values, "value")
    assert sum(figures.sizes.values()) == len(graph)
    assert sum(count for _, _, count in figures.ties) == graph.number_of_edges()
    if not graph.number_of_edges():
        assert figures.ei_index is None
        assert figures.modularity is None
        return
    across = sum(values[a] != values[b] for a, b in graph.edges)
    inside = graph.number_of_edges() - across
    assert figures.ei_index == pytest.approx((across - inside) / (across + inside))
    groups = [{key for key in graph if values[key] == value} for value in {values[key] for key in graph}]
    assert figures.modularity == pytest.approx(nx.community.modularity(graph, groups), abs=1e-9)
    if len({values[key] for pair in graph.edges for key in pair}) > 1:
        expected = nx.attribute_assortativity_coefficient(graph, "value")
        assert figures.assortativity == pytest.approx(expected, abs=1e-9)
    else:
        assert figures.assortativity is None
