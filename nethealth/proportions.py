"""How sure a share is: the interval that Wilson gave for a proportion. A leaf: it knows no workbook."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist
from typing import Final, TypeAlias

Interval: TypeAlias = tuple[float, float]
"""From, to: shares, 0 to 1."""
CONFIDENCE: Final = 0.95
_Z: Final = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)


def wilson(count: float, of: float, *, worth: float | None = None) -> Interval | None:
    """Wilson's 95% score interval for the share `count` / `of`, without continuity correction; None where `of` is 0.

    `worth` is how many independent answers the `of` are worth, where that is not as many as they are. The interval
    holds its promise for few people and for shares near nothing or all, where the usual plus-or-minus fails.

    Wilson 1927, J. Am. Stat. Assoc. 22, 209-212; method 3 of Newcombe 1998, Statistics in Medicine 17, 857-872.
    """
    if of <= 0:
        return None
    n = of if worth is None else worth
    share = count / of
    middle = (share + _Z * _Z / (2 * n)) / (1 + _Z * _Z / n)
    reach = _Z / (1 + _Z * _Z / n) * sqrt(share * (1 - share) / n + _Z * _Z / (4 * n * n))
    # Nobody and everybody are exact ends; rounding would miss them by the last bit.
    return (0.0 if share == 0 else max(0.0, middle - reach), 1.0 if share == 1 else min(1.0, middle + reach))
