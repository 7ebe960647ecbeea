"""The map in words: its numbers, and no names."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest

from nethealth.network.graph import network_at
from nethealth.network.metrics.network_metrics import compute_network_metrics
from nethealth.network.summary_text import describe_network
from nethealth.workbook.records import Workbook
from nethealth.workbook.schema.vocabulary import TieRule

MakeWorkbook = Callable[..., Workbook]


def description(workbook: Workbook, *, rule: TieRule | None = None) -> str:
    network = network_at(workbook, rule=rule)
    return describe_network(network, compute_network_metrics(network))


def chain(first: int, size: int) -> list[tuple[str, str]]:
    people = [f"p{number:04}" for number in range(first, first + size)]
    return list(itertools.pairwise(people))


def test_hand_drawn_network(hand_drawn: Workbook) -> None:
    text = description(hand_drawn)
    for part in (
        "Five of 9 people", "One pair", "Two people have no connections", "six connections", "1.3 per person",
        "three clusters", "Two people hold parts together",
    ):  # fmt: skip
        assert part in text


def test_unconfirmed_connections_come_last(hand_drawn: Workbook) -> None:
    assert "unconfirmed" not in description(hand_drawn)
    assert "One more connection" in description(hand_drawn, rule=TieRule.BOTH).split(". ")[-1]


def test_no_people(workbook_of: MakeWorkbook) -> None:
    assert "no people" in description(workbook_of())


@pytest.mark.parametrize(("people", "start"), [(["ana"], "One person has"), ("abc", "Three people have")])
def test_no_connections(workbook_of: MakeWorkbook, people: list[str], start: str) -> None:
    assert description(workbook_of(people=people)).startswith(f"{start} no connections")


def test_two_people(workbook_of: MakeWorkbook) -> None:
    assert description(workbook_of([("a", "b")])).startswith("Both people")


def test_everyone_connected(workbook_of: MakeWorkbook) -> None:
    text = description(workbook_of(itertools.combinations("abc", 2)))
    assert text.startswith("All three people")
    assert "three connections, 2 per person" in text


def test_many_parts_are_added_up(workbook_of: MakeWorkbook) -> None:
    ties = [tie for at, size in enumerate((30, 6, 6, 5, 4, 3, 2)) for tie in chain(50 * at, size)]
    text = description(workbook_of(ties, people=[f"q{number}" for number in range(14)]))
    assert text.startswith("30 of 70 people")
    assert "Six separate parts have 26 people" in text
    assert "14 people have no connections" in text


def test_thousands_have_separators(workbook_of: MakeWorkbook) -> None:
    assert description(workbook_of(chain(0, 1_200), people=["q"])).startswith("1,200 of 1,201 people")


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "=1+1", "Ana"])
def test_no_names(workbook_of: MakeWorkbook, name: str) -> None:
    assert name not in description(workbook_of([(name, "b"), (name, "c"), ("d", "e")], people=["f"]))
