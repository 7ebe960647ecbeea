"""What follows from a workbook is worked out once while that workbook lives."""

from __future__ import annotations

import gc
import threading
from concurrent.futures import ThreadPoolExecutor

from nethealth.workbook import memoize as module
from nethealth.workbook.memoize import memoize
from nethealth.workbook.records import Workbook


def test_results_go_with_their_workbook() -> None:
    asked: list[str] = []

    @memoize
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

    @memoize
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

    @memoize
    def fresh(workbook: Workbook) -> object:
        both.wait(120)
        return object()

    workbook = Workbook()
    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(lambda _: fresh(workbook), range(2))
    assert one is other
