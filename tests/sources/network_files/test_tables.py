"""Nodes and edges become tabs with headers of their own, within limits."""

import pytest

from nethealth.errors import FileDamaged, FileTooLarge
from nethealth.sources.network_files.tables import NetworkTables, number_or_text, unique_headers


def test_drawing_and_second_names_are_no_columns() -> None:
    tables = NetworkTables()
    tables.add_node("1", {"name": "Ana Ruiz", "x": "1.5", "Color": "#ff0000", "Cohort": "2024"})
    members, _ = tables.build(title="net").tabs
    assert members.rows == [["Name", "Member ID", "Cohort"], ["Ana Ruiz", "1", "2024"]]


def test_columns_of_our_names_are_numbered() -> None:
    tables = NetworkTables()
    tables.add_edge("1", "2", {"From": "x", "to": "y", "weight": "3", "Weight": "4"}, is_directed=True)
    (connections,) = tables.build(title="net").tabs
    assert connections.rows[0] == [
        "From",
        "To",
        "Heard through",
        "From (2)",
        "to (2)",
        "Edge weight",
        "Edge weight (2)",
    ]


def test_unique_headers_count_what_means_the_same() -> None:
    assert list(unique_headers({"a": "Age", "b": "AGE", "c": ""}).values()) == ["Age", "AGE (2)", "Column"]


def test_texts_that_all_nodes_share_are_counted_for_each() -> None:
    tables = NetworkTables()
    for number in range(60):
        tables.add_node(str(number), {"Bio": "y" * 1_000_000})
    with pytest.raises(FileTooLarge):
        tables.build(title="net")


def test_network_without_anything_is_refused() -> None:
    with pytest.raises(FileDamaged):
        NetworkTables().build(title="net")


@pytest.mark.parametrize(
    ("text", "cell"),
    [("1.5E-4", 0.00015), ("1e999", "1e999"), ("007", "007"), ("1.2.3e4", "1.2.3e4"), ("12", "12"), ("E5", "E5")],
)
def test_only_exponents_become_numbers(text: str, cell: object) -> None:
    assert number_or_text(text) == cell
