"""What a piece of work costs, told so that it holds on any machine, however slow or busy.

Seconds on a clock say as much of the machine as of the code. So the CPU time of the work is set against that of a fixed
errand which is run just before and just after it, on the same core, under the same load.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

ERRAND_SECONDS = 0.016
"""What the errand takes on the machine whose seconds limits are told in."""
_TRIES = 3

Result = TypeVar("Result")


def cost_of(work: Callable[[], Result], *, enough: float) -> tuple[Result, float]:
    """What the work gives, and what it costs: seconds of this thread's CPU, as on the machine of `ERRAND_SECONDS`.

    The least of three runs, so that no burst of others' work counts; one that costs no more than `enough` ends them.
    """
    least = float("inf")
    for _ in range(_TRIES):
        before = _errand()
        started = time.thread_time()
        result = work()
        took = time.thread_time() - started
        slowness = max(before, _errand()) / ERRAND_SECONDS
        least = min(least, took / slowness)
        if least <= enough:
            break
    return result, least


def _errand() -> float:
    """The CPU seconds of a little of what reading a sheet is made of: texts taken apart, looked up, counted."""
    started = time.thread_time()
    counts: dict[str, int] = {}
    for number in range(12_000):
        for part in f"name {number % 701}, {number} ; agree".replace(";", ",").casefold().split(","):
            counts[part.strip()] = counts.get(part.strip(), 0) + len(part)
    assert len(counts) > 700
    return time.thread_time() - started
