"""The legend: which values have a color, and how many people have each."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nethealth.network.map.legend import MOST_GROUPS, OTHER, default_column
from nethealth.presentation import palette
from nethealth.workbook.records import Person, Settings
from tests.network.map.drawings import FOUR, drawn, person, workbook_of


def test_eight_values_have_colors_and_the_rest_is_other() -> None:
    people = [person(f"{value}-{number}", region=f"r{value}") for value in range(12) for number in range(12 - value)]
    found = drawn(workbook_of(people, []), color_by="Region")
    named = [entry for entry in found.legend if entry.group != OTHER]
    assert [entry.label for entry in named] == [f"r{value}" for value in range(MOST_GROUPS)]
    assert [entry.count for entry in named] == [12, 11, 10, 9, 8, 7, 6, 5]
    assert [entry.shape for entry in named] == list(palette.SHAPES)
    assert found.legend[-1].label == "Other"
    assert found.legend[-1].count == 4 + 3 + 2 + 1
    assert len({(node["color"], node["shape"]) for node in found.nodes if node["group"] != OTHER}) == MOST_GROUPS
    assert {node["color"] for node in found.nodes if node["group"] == OTHER} == {palette.FAINT}


def test_value_keeps_its_color_in_another_wave() -> None:
    workbook = workbook_of(FOUR, [])
    southerners = [person(f"s{number}", region="South") for number in range(5)]
    found = drawn(workbook, color_by="Region", among=[*FOUR, *southerners])
    assert [(entry.label, entry.group) for entry in found.legend] == [("South", 0), ("North", 1), ("No value", OTHER)]


def test_missing_value_is_in_the_legend() -> None:
    found = drawn(workbook_of(FOUR, []), color_by="Region")
    assert [(entry.label, entry.count) for entry in found.legend] == [("North", 2), ("South", 1), ("No value", 1)]


def test_no_attribute_gives_one_color_and_no_legend() -> None:
    found = drawn(workbook_of(FOUR, []))
    assert found.legend == ()
    assert {node["color"] for node in found.nodes} == {palette.CATEGORY_COLORS[0]}


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"Role": "tttccc", "Region": "NNSSEE"}, "Region"),
        ({"Role": "tttccc", "Region": "NN----"}, "Role"),  # few have a region
        ({"Role": "tttttt", "Site": "abcabc"}, "Site"),  # everyone has the same role
        ({"Role": "------"}, None),
        ({}, None),
    ],
)
def test_map_opens_in_the_first_useful_column(columns: dict[str, str], expected: str | None) -> None:
    people = [
        Person(key=f"{at}", name=f"{at}", attributes={name: cells[at].strip("-") for name, cells in columns.items()})
        for at in range(6)
    ]
    workbook = replace(workbook_of(people, []), attributes=tuple(columns))
    assert default_column(workbook) == expected


def test_column_with_more_values_than_colors_is_not_useful() -> None:
    workbook = workbook_of([person(f"{at}", region=f"r{at}") for at in range(MOST_GROUPS + 1)], [])
    assert default_column(workbook) is None


def test_setting_goes_before_what_is_useful() -> None:
    workbook = replace(workbook_of(FOUR, []), settings=Settings(color_map_by="Organization"))
    assert default_column(workbook) == "Organization"
