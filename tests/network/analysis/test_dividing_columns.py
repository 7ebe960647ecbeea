"""Which columns divide a network into parts that lie apart."""

from __future__ import annotations

import datetime as dt
from itertools import combinations

import pytest

from nethealth.network.analysis.dividing_columns import dividing_columns, modularity_by_column
from nethealth.network.graph import network_at
from nethealth.workbook.records import Connection, Person, Settings, Workbook

CIRCLE = 6


def circles(**columns: str) -> Workbook:
    """Three circles of six. A column has one letter per person, and a dash for no value."""
    keys = [f"{circle}{number}" for circle in "abc" for number in range(CIRCLE)]
    ties = [pair for pair in combinations(keys, 2) if pair[0][0] == pair[1][0]]
    return Workbook(
        today=dt.date(2026, 1, 1),
        attributes=tuple(columns),
        people={
            key: Person(key=key, name=key, attributes={c: v[at].strip("-") for c, v in columns.items()})
            for at, key in enumerate(keys)
        },
        connections=tuple(Connection(source=a, target=b) for a, b in (*ties, ("a0", "b0"), ("b1", "c1"))),
    )


def test_columns_that_follow_the_circles_divide() -> None:
    workbook = circles(Role="xyxyxy" * 3, Region="NNNNNNSSSSSSEEEEEE", State="AAABBBSSSSSSEEEEEE", Same="z" * 18)
    found = dividing_columns(network_at(workbook), workbook)
    assert found == ("Region", "State")
    assert modularity_by_column(network_at(workbook), workbook)["Same"] == pytest.approx(0)


def test_column_of_the_map_comes_first() -> None:
    workbook = circles(Region="NNNNNNSSSSSSEEEEEE", State="AAABBBSSSSSSEEEEEE")
    chosen = Workbook(
        today=workbook.today,
        attributes=workbook.attributes,
        people=workbook.people,
        connections=workbook.connections,
        settings=Settings(color_map_by="State"),
    )
    assert dividing_columns(network_at(chosen), chosen) == ("State", "Region")


def test_missing_values_are_no_part() -> None:
    workbook = circles(Region="NNNNNN" + "-" * 12)
    assert dividing_columns(network_at(workbook), workbook) == ()


def test_network_without_ties_is_not_divided() -> None:
    workbook = Workbook(today=dt.date(2026, 1, 1), people={"a": Person(key="a", name="a")}, attributes=("Region",))
    assert dividing_columns(network_at(workbook), workbook) == ()
