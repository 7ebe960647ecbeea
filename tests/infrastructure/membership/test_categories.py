"""Categories: values of a column, with small ones pooled."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from nethealth.infrastructure.membership.categories import (
    MAX_CATEGORIES,
    OTHERS,
    categorize,
    comparable_columns,
    count_left_out,
    counted_people,
)
from nethealth.workbook.records import Person, Spell, Workbook

TODAY = dt.date(2025, 6, 30)


def book(**sizes: int) -> Workbook:
    """Return a workbook with so many members in each region."""
    spells = (Spell(dt.date(2020, 1, 1), None),)
    keys = [(f"{region}{number}", region) for region, size in sizes.items() for number in range(size)]
    people = {key: Person(key=key, name=key, spells=spells, attributes={"Region": region}) for key, region in keys}
    return Workbook(people=people, attributes=("Region", "Role"), today=TODAY)


@pytest.mark.parametrize(
    ("sizes", "names"),
    [
        ({"N": 9, "S": 6}, ("N", "S")),
        ({"N": 9, "S": 6, "E": 3, "W": 2}, ("N", "S", OTHERS)),  # the pool has five people
        ({"N": 9, "S": 6, "E": 3}, ("N", OTHERS)),  # a pool of three takes in the next smallest
    ],
)
def test_small_values_are_pooled(sizes: dict[str, int], names: tuple[str, ...]) -> None:
    categories = categorize(book(**sizes), column="Region", as_of=TODAY)
    assert categories is not None
    assert categories.names == names


def test_each_person_has_the_category_of_their_value() -> None:
    categories = categorize(book(N=9, S=6, E=3), column="Region", as_of=TODAY)
    assert categories is not None
    assert (categories.of["N0"], categories.of["S0"], categories.of["E0"]) == ("N", OTHERS, OTHERS)
    assert categories.pooled == {"S", "E"}


def test_one_category_is_none() -> None:
    assert categorize(book(N=9, S=3), column="Region", as_of=TODAY) is None
    assert categorize(book(N=4, S=3), column="Region", as_of=TODAY) is None
    assert categorize(book(N=9), column="Region", as_of=TODAY) is None


def test_at_most_eight_values_are_named() -> None:
    categories = categorize(book(**{f"R{n}": 6 for n in range(10)}), column="Region", as_of=TODAY)
    assert categories is not None
    assert len(categories.names) == MAX_CATEGORIES + 1


def test_columns_without_values_are_not_comparable() -> None:
    assert comparable_columns(book(N=9, S=6), as_of=TODAY) == ("Region",)


def test_viewers_tables_leave_out_people_off_the_map() -> None:
    members = book(N=9, S=6)
    for_staff = replace(members, people={**members.people, "N0": replace(members.people["N0"], on_map=False)})
    for_viewers = replace(for_staff, is_for_viewers=True)
    assert count_left_out(for_staff, as_of=TODAY) == 0
    assert count_left_out(for_viewers, as_of=TODAY) == 1
    assert for_viewers.people.keys() - counted_people(for_viewers, for_viewers.people) == {"N0"}
