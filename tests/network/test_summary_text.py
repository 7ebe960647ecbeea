"""The map in words."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest

from nethealth.network import compute_network_metrics, describe_network, network_at
from nethealth.workbook.records import Workbook
from nethealth.workbook.schema.vocabulary import TieRule

MakeWorkbook = Callable[..., Workbook]


def told(workbook: Workbook, *, rule: TieRule | None = None) -> str:
    network = network_at(workbook, rule=rule)
    return describe_network(network, compute_network_metrics(network))


def chain(first: int, size: int) -> list[tuple[str, str]]:
    people = [f"p{number:03}" for number in range(first, first + size)]
    return list(itertools.pairwise(people))


def test_the_hand_drawn_network(hand_drawn: Workbook) -> None:
    assert told(hand_drawn) == (
        "One group of 5, one pair and two people without a tie. Six ties in all, 1.3 for each person on average. "
        "By their ties they cluster in three groups. "
        "Two people hold parts of it together: without any one of them, somebody would be cut off."
    )
    assert told(hand_drawn, rule=TieRule.BOTH).endswith("One more tie waits for the answer of the other person.")


def test_small_networks(workbook_of: MakeWorkbook) -> None:
    assert told(workbook_of()) == "Nobody is in this network yet."
    assert told(workbook_of(people=["ana"])) == "One person, and nobody else yet."
    assert told(workbook_of(people="abc")) == "Three people, and no tie between them yet."
    assert told(workbook_of([("a", "b")])) == (
        "Both people are connected with each other. One tie in all, 1 for each person on average."
    )
    assert told(workbook_of(itertools.combinations("abc", 2))) == (
        "All three people are connected with each other, directly or through others. "
        "Three ties in all, 2 for each person on average."
    )


def test_many_parts_are_summed_up(workbook_of: MakeWorkbook) -> None:
    ties = [tie for at, size in enumerate((30, 6, 6, 5, 4, 3, 2)) for tie in chain(50 * at, size)]
    said = told(workbook_of(ties, people=[f"q{number}" for number in range(14)]))
    assert said.startswith("One large group of 30, two groups of 6, four smaller ones and 14 people without a tie. ")


def test_thousands_are_written_as_everywhere(workbook_of: MakeWorkbook) -> None:
    assert told(workbook_of(chain(0, 1_200), people=["q"])).startswith("One large group of 1,200 and one person ")


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "=1+1", "Ana"])
def test_nobody_is_named(workbook_of: MakeWorkbook, name: str) -> None:
    assert name not in told(workbook_of([(name, "b"), (name, "c"), ("d", "e")], people=["f"]))
