"""Records of a workbook: dates inside a spell, and lookups."""

from __future__ import annotations

import datetime as dt

import pytest

from nethealth.workbook.records import Person, Problem, Severity, Spell, Wave, Workbook
from nethealth.workbook.schema.vocabulary import Kind, WaveKind

D = dt.date


@pytest.mark.parametrize(
    ("spell", "days"),
    [
        (Spell(D(2024, 1, 1), D(2024, 12, 31)), [False, True, True, False]),
        (Spell(D(2024, 1, 1), None), [False, True, True, True]),
        (Spell(None, D(2024, 12, 31)), [True, True, True, False]),
    ],
)
def test_spell_covers_its_first_and_last_day(spell: Spell, days: list[bool]) -> None:
    asked = (D(2023, 12, 31), D(2024, 1, 1), D(2024, 12, 31), D(2025, 1, 1))
    assert [spell.covers(day) for day in asked] == days


def test_person_joined_with_their_first_spell() -> None:
    spells = (Spell(D(2020, 1, 1), D(2021, 1, 1)), Spell(D(2024, 1, 1), None))
    person = Person(key="a", name="a", spells=spells)
    assert person.joined == D(2020, 1, 1)
    assert [person.is_inside(D(year, 6, 1)) for year in (2020, 2022, 2024)] == [True, False, True]


def test_undated_person_may_be_inside() -> None:
    undated = Person(key="a", name="a")
    assert (undated.joined, undated.is_inside(D(2024, 1, 1))) == (None, None)


def test_guests_are_not_members() -> None:
    people = {"a": Person(key="a", name="a"), "g": Person(key="g", name="g", is_guest=True)}
    people["o"] = Person(key="o", name="o", kind=Kind.ORGANIZATION)
    assert [person.key for person in Workbook(people=people).members] == ["a", "o"]


def test_wave_of_the_kind_wins() -> None:
    survey = Wave(name="2024", kinds=frozenset({WaveKind.SURVEY}))
    relationships = Wave(name="2024", kinds=frozenset({WaveKind.RELATIONSHIPS}))
    workbook = Workbook(waves=(relationships, survey))
    assert workbook.wave_named("2024", kind=WaveKind.SURVEY) is survey
    assert workbook.wave_named("2025", kind=WaveKind.SURVEY) is None


def test_problem_names_its_cell() -> None:
    problem = Problem(severity=Severity.NOTE, tab="Members", message="m", remedy="r", row=3, column="B")
    assert problem.cell == "Members!B3"
    assert Problem(severity=Severity.NOTE, tab="Members", message="m", remedy="r").cell is None
