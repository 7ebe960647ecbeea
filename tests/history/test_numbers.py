"""What a snapshot keeps: metrics as the Overview counts them, and nothing about a person or a small category."""

from __future__ import annotations

import datetime as dt

from nethealth.history.numbers import AGREE, NAMES, snapshot_numbers
from nethealth.overview.facts import gather_facts
from nethealth.sources import read_sample
from nethealth.workbook.reader import read_workbook
from tests.overview.examples import OUTCOME, QUESTION, TODAY, facts, people, ring, survey


def test_numbers_of_a_ring() -> None:
    numbers = snapshot_numbers(facts(people=people(6, joined=dt.date(2024, 1, 1)), connections=ring(6)))
    assert (numbers["members"], numbers["ties"], numbers["average_ties"]) == (6, 6, 2)
    assert (numbers["isolates"], numbers["largest_component"]) == (0, 6)


def test_hidden_and_undefined_numbers_are_missing() -> None:
    few = facts(questions=(QUESTION,), responses=survey("S", [5] * 3, on=TODAY))
    numbers = snapshot_numbers(few)
    assert f"{AGREE}{OUTCOME}" not in numbers
    assert "attendance" not in numbers
    many = facts(questions=(QUESTION,), responses=survey("S", [5, 5, 5, 2, 2, 2], on=TODAY))
    assert snapshot_numbers(many)[f"{AGREE}{OUTCOME}"] == 0.5


def test_every_number_of_the_sample_has_a_name() -> None:
    workbook = read_workbook(read_sample(), today=dt.date(2026, 11, 30))
    numbers = snapshot_numbers(gather_facts(workbook, as_of=workbook.today))
    assert {name for name in numbers if not name.startswith(AGREE)} <= set(NAMES)
    assert len(numbers) > 20
    assert not any(person.name in name for person in workbook.people.values() for name in numbers)
