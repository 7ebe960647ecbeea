"""Confidence intervals of proportions."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist
from typing import Final, TypeAlias

Interval: TypeAlias = tuple[float, float]
"""Lower and upper bound, as shares from 0 to 1."""
CONFIDENCE: Final = 0.95
_Z: Final = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)


def wilson(count: float, of: float, *, worth: float | None = None) -> Interval | None:
    """Return Wilson's 95% score interval for the share `count` / `of`; None if `of` is 0.

    `worth` is the number of independent answers that `of` answers amount to, if it differs. Unlike the usual margin of
    error, the interval also holds for few people and for shares near 0 or 1.

    Wilson 1927, J. Am. Stat. Assoc. 22, 209-212; method 3 of Newcombe 1998, Statistics in Medicine 17, 857-872.

    Examples:
        >>> low, high = wilson(8, 10)
        >>> round(low, 2), round(high, 2)
        (0.49, 0.94)
    """
    if of <= 0:
        return None
    n = of if worth is None else worth
    share = count / of
    middle = (share + _Z * _Z / (2 * n)) / (1 + _Z * _Z / n)
    reach = _Z / (1 + _Z * _Z / n) * sqrt(share * (1 - share) / n + _Z * _Z / (4 * n * n))
    # 0 and 1 are exact bounds; rounding would miss them by the last bit.
    return (0.0 if share == 0 else max(0.0, middle - reach), 1.0 if share == 1 else min(1.0, middle + reach))
