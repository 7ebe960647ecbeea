"""The CPU time of a piece of code, in seconds that mean the same on every machine.

Seconds on a clock say as much about the machine as about the code. So we compare the CPU time of the code with that of
a fixed calculation, which runs just before and just after it, on the same core and under the same load.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

REFERENCE_SECONDS = 0.016
"""What the calculation takes on the machine that sets the unit."""
_TRIES = 3

Result = TypeVar("Result")


def measure_cpu_seconds(work: Callable[[], Result], *, enough: float) -> tuple[Result, float]:
    """Return the result of `work`, and the CPU seconds it takes on the machine of `REFERENCE_SECONDS`.

    Measures up to three times and takes the fastest, until a run takes `enough` or less.
    """
    fastest = float("inf")
    for _ in range(_TRIES):
        before = _calculate()
        started = time.thread_time()
        result = work()
        seconds = time.thread_time() - started
        slowness = max(before, _calculate()) / REFERENCE_SECONDS
        fastest = min(fastest, seconds / slowness)
        if fastest <= enough:
            break
    return result, fastest


def _calculate() -> float:
    """Return the CPU seconds of the fixed calculation: split texts, look them up, and count, as the reader does."""
    started = time.thread_time()
    counts: dict[str, int] = {}
    for number in range(12_000):
        for part in f"name {number % 701}, {number} ; agree".replace(";", ",").casefold().split(","):
            counts[part.strip()] = counts.get(part.strip(), 0) + len(part)
    assert len(counts) > 700
    return time.thread_time() - started
