"""How sure a share is: the interval that Wilson gave for a proportion."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist
from typing import TypeAlias

Interval: TypeAlias = tuple[float, float]
"""From, to: shares, 0 to 1."""
CONFIDENCE = 0.95


def wilson(count: int, of: int, *, confidence: float = CONFIDENCE) -> Interval | None:
    """Wilson's score interval for the share `count` / `of`, without continuity correction; None where `of` is 0.

    It holds its promise for few people and for shares near nothing or all, where the usual plus-or-minus fails.

    Wilson 1927, J. Am. Stat. Assoc. 22, 209-212; method 3 of Newcombe 1998, Statistics in Medicine 17, 857-872.
    """
    if of == 0:
        return None
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share = count / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    reach = z / (1 + z * z / of) * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    # Nobody and everybody are exact ends; rounding would miss them by the last bit.
    return (0.0 if count == 0 else max(0.0, middle - reach), 1.0 if count == of else min(1.0, middle + reach))
