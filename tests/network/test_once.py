"""What follows from a workbook is worked out once while that workbook lives."""

from __future__ import annotations

import gc
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from nethealth.network import network_at, rounds
from nethealth.network import once as module
from nethealth.network.once import once
from nethealth.workbook.records import Workbook
from nethealth.workbook.vocabulary import TieRule


def test_the_same_object_for_the_same_workbook_and_arguments(hand_drawn: Workbook) -> None:
    assert network_at(hand_drawn) is network_at(hand_drawn, wave="2024", rule=TieRule.EITHER)
    assert network_at(hand_drawn) is not network_at(hand_drawn, rule=TieRule.BOTH)
    assert rounds(hand_drawn) is rounds(hand_drawn)
    # An equal workbook is another one: it may live longer, or hold other people by the same keys.
    assert network_at(replace(hand_drawn)) is not network_at(hand_drawn)


def test_results_go_with_their_workbook() -> None:
    asked: list[str] = []

    @once
    def title(workbook: Workbook, *, suffix: str) -> list[str]:
        asked.append(suffix)
        return [workbook.title + suffix]

    first = Workbook(title="a")
    assert title(first, suffix="!") is title(first, suffix="!")
    assert title(first, suffix="?") == ["a?"]
    assert asked == ["!", "?"]
    del first
    gc.collect()
    for number in range(50):
        # Another may come to lie where the first one lay.
        assert title(Workbook(title=f"{number}"), suffix="!") == [f"{number}!"]


def test_what_is_kept_is_bounded() -> None:
    asked: list[int] = []

    @once
    def double(workbook: Workbook, number: int) -> int:
        asked.append(number)
        return 2 * number

    workbook = Workbook()
    for number in range(module.RESULTS):
        double(workbook, number)
    double(workbook, 0)
    double(workbook, module.RESULTS)
    # The second was asked for longest ago; the first was asked for again.
    assert double(workbook, 0) == 0
    assert double(workbook, 1) == 2
    assert asked == [*range(module.RESULTS + 1), 1]


def test_two_who_ask_at_once_get_the_same() -> None:
    both = threading.Barrier(2)

    @once
    def fresh(workbook: Workbook) -> object:
        both.wait(20)
        return object()

    workbook = Workbook()
    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(lambda _: fresh(workbook), range(2))
    assert one is other
