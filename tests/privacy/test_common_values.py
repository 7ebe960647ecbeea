"""No value goes with initials or a code that would single someone out, alone or together with others."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.network.connectivity import analyze_connectivity
from nethealth.network.export.contents import export_network
from nethealth.network.graph import network_at
from nethealth.privacy.common_values import IDENTIFYING_COLUMNS, common_combinations
from nethealth.privacy.viewer_redaction import has_left, redact_for_viewers
from nethealth.sources import read_sample
from nethealth.workbook.reader import read_workbook
from nethealth.workbook.records import Person, Settings, Spell, Workbook
from nethealth.workbook.schema.vocabulary import NameStyle
from nethealth.workbook.waves import relationship_waves

UNNAMED = (NameStyle.INITIALS, NameStyle.CODES)
SMALLEST = 3
TODAY = dt.date(2026, 5, 1)


def combinations_of(workbook: Workbook, *, wave: str | None) -> Counter[frozenset[tuple[str, str]]]:
    """How many people who are shown in a wave have the same values."""
    people = network_at(workbook, wave=wave).people.values()
    return Counter(
        frozenset(person.attributes.items())
        for person in people
        if person.on_map and not has_left(person, today=workbook.today)
    )


def too_few(combinations: Counter[frozenset[tuple[str, str]]], smallest: int) -> list[frozenset[tuple[str, str]]]:
    """The combinations that single out fewer than `smallest` people. People without any value may be few."""
    small = [combination for combination, people in combinations.items() if people < smallest]
    return small if any(combinations.keys()) else []


@st.composite
def workbooks(draw: st.DrawFn) -> Workbook:
    value = st.sampled_from(("", "A", "B", "C"))
    people = {
        f"P{number}": Person(
            key=f"P{number}",
            name=f"Person Number{number}",
            on_map=draw(st.integers(0, 9)) > 0,
            is_guest=draw(st.integers(0, 9)) == 0,
            spells=draw(
                st.sampled_from(((), (), (Spell(dt.date(2020, 1, 1), None),), (Spell(None, dt.date(2025, 1, 1)),)))
            ),
            attributes={column: text for column in ("Role", "Region", "Stage") if (text := draw(value))},
        )
        for number in range(draw(st.integers(0, 30)))
    }
    return Workbook(
        today=TODAY,
        people=people,
        attributes=("Role", "Region", "Stage"),
        settings=Settings(
            smallest_group=SMALLEST,
            names=draw(st.sampled_from(UNNAMED)),
            color_map_by=draw(st.sampled_from((None, "Role", "Stage"))),
        ),
    )


def test_values_are_kept_while_enough_share_them_all() -> None:
    values = {
        **{f"North {n}": {"Region": "North", "Stage": "Early"} for n in range(5)},
        **{f"South {n}": {"Region": "South", "Stage": "Late" if n else "Early"} for n in range(4)},
    }
    shown = common_combinations(values, ("Region", "Stage"), smallest_group=3)
    assert shown["North 0"] == {"Region": "North", "Stage": "Early"}
    # Only one in the South is early, and with the others' stage shown, that person would be the one without.
    assert {tuple(shown[f"South {n}"].items()) for n in range(4)} == {(("Region", "South"),)}


def test_column_that_most_would_lose_is_not_used() -> None:
    regions = {f"{region}{n}": {"Region": region} for region in "AB" for n in range(5)}
    for size, is_used in ((5, True), (3, False)):
        stages = {key: {"Stage": key[1] if int(key[1]) >= size else "Early"} for key in regions}
        values = {key: regions[key] | stages[key] for key in regions}
        shown = common_combinations(values, ("Region", "Stage"), smallest_group=3)
        assert any("Stage" in each for each in shown.values()) is is_used
        assert all("Region" in each for each in shown.values())


def test_few_without_a_value_hide_the_rarest_value_too() -> None:
    values = {f"{region}{n}": {"Region": region} for region, size in (("A", 6), ("B", 4)) for n in range(size)}
    values["blank"] = {}
    shown = common_combinations(values, ("Region",), smallest_group=3)
    assert {key for key, value in shown.items() if not value} == {"blank", "B0", "B1", "B2", "B3"}


@settings(max_examples=40)
@given(workbook=workbooks())
def test_no_combination_singles_anyone_out(workbook: Workbook) -> None:
    shared = redact_for_viewers(workbook)
    assert not too_few(combinations_of(shared, wave=None), SMALLEST)
    assert all(person.attributes.keys().isdisjoint(IDENTIFYING_COLUMNS) for person in shared.people.values())


@pytest.mark.parametrize("style", UNNAMED)
def test_sample_singles_no_one_out(style: NameStyle) -> None:
    workbook = read_workbook(read_sample())
    assert sum(people == 1 for people in combinations_of(workbook, wave="Spring 2026").values()) > 30
    shared = redact_for_viewers(replace(workbook, settings=replace(workbook.settings, names=style)))
    for wave in relationship_waves(shared):
        combinations = combinations_of(shared, wave=wave.name)
        assert not too_few(combinations, 5)
        assert len(combinations) >= 4, "values that many share stay"


@settings(max_examples=40)
@given(workbook=workbooks())
def test_file_without_names_singles_no_one_out(workbook: Workbook) -> None:
    workbook = replace(workbook, people={key: replace(p, on_map=True) for key, p in workbook.people.items()})
    exported = export_network(analyze_connectivity(workbook))
    columns = {field.id for field in exported.people_fields} & {"Region", "Stage"}
    combinations = Counter(
        frozenset((column, str(person.values[column])) for column in columns if column in person.values)
        for person in exported.people
    )
    assert not too_few(combinations, SMALLEST)
