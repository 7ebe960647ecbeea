"""Confidence intervals (95%) of shares and of differences between shares, and tests of those differences."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from nethealth.proportions import wilson

FloatArray: TypeAlias = npt.NDArray[np.float64]

_FEWEST_EXPECTED: Final = 1.0
"""With a smaller expected count, use the exact test instead of chi-squared (Campbell 2007)."""


_FALSE_SHARE = 0.05
"""The false discovery rate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A share with its 95% confidence interval."""

    value: float
    """0 to 1."""
    low: float
    high: float
    n: float
    """The number of independent answers that the interval assumes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One share minus another, with its 95% confidence interval."""

    value: float
    """-1 to 1."""
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """True if the interval excludes zero."""
        return not self.low <= 0 <= self.high


def share_of(count: float, of: float, *, effective: float | None = None) -> Share | None:
    """Return the share `count` / `of` with its score interval (Wilson 1927); None if `of` is 0.

    `effective` is the effective sample size, if one person gave several of the `of` answers.

    Examples:
        >>> share = share_of(9, 10)
        >>> share.value, round(share.low, 3), round(share.high, 3)
        (0.9, 0.596, 0.982)
    """
    interval = wilson(count, of, worth=effective)
    if interval is None:
        return None
    low, high = interval
    return Share(value=count / of, low=low, high=high, n=of if effective is None else effective)


def difference_of(now: Share, before: Share) -> Difference:
    """Return `now` minus `before`, with an interval built from both score intervals (Newcombe 1998, method 10).

    The two samples count as independent. If the same people answered twice, the interval is, if anything, too wide.

    Examples:
        >>> change = difference_of(share_of(32, 40), share_of(8, 40))
        >>> round(change.value, 2), round(change.low, 2), round(change.high, 2), change.is_clear
        (0.6, 0.39, 0.73, True)
    """
    value = now.value - before.value
    low = value - math.hypot(now.value - now.low, before.high - before.value)
    high = value + math.hypot(now.high - now.value, before.value - before.low)
    return Difference(value=value, low=max(-1.0, low), high=min(1.0, high))


def difference_within(one: int, other: int, of: int) -> Difference | None:
    """Return the share of `one` minus the share of `other` among the same people; None if `of` is 0.

    No person is in both. The interval is for paired data (Newcombe 1998, method 10), with the correlation of two
    answers that exclude each other.
    """
    first, second = share_of(one, of), share_of(other, of)
    if first is None or second is None:
        return None
    spread = math.sqrt(first.value * (1 - first.value) * second.value * (1 - second.value))
    correlation = -first.value * second.value / spread if spread else 0.0

    def half(a: float, b: float) -> float:
        return math.sqrt(max(0.0, a * a + b * b - 2 * correlation * a * b))

    value = first.value - second.value
    low = value - half(first.value - first.low, second.high - second.value)
    high = value + half(first.high - first.value, second.value - second.low)
    return Difference(value=value, low=max(-1.0, low), high=min(1.0, high))


def effective_answers(agreeing: FloatArray, answered: FloatArray) -> float:
    """Return the effective sample size of answers clustered by person.

    `agreeing` and `answered` count each person's answers. One person's answers resemble each other, so ten answers
    from five people carry less information than ten from ten. The variance of the share is taken over people (Kish
    1965, 6.3: ratio of two sums); the result is the number of independent answers with the same variance, at least
    one and at most the answers given. If all answers agree, or none do, it is the number of people.
    """
    total = float(answered.sum())
    if not total:
        return 0.0
    share = float(agreeing.sum()) / total
    variance = float(((agreeing - share * answered) ** 2).sum()) / total**2
    if not 0 < share < 1 or not variance:
        return float((answered > 0).sum())
    return min(total, max(1.0, share * (1 - share) / variance))


def probability_of_equal_shares(count: int, of: int, other: int, of_other: int) -> float:
    """Return the two-sided p-value of the difference between `count` / `of` and `other` / `of_other`.

    Uses the N-1 chi-squared test if every expected count reaches 1, else the Fisher-Irwin test (Campbell 2007).
    Returns 1 if either sample is empty, or if all agree or none do.

    Examples:
        >>> round(probability_of_equal_shares(18, 20, 16, 40), 4)
        0.0003
    """
    total, agreeing = of + of_other, count + other
    if not of or not of_other or agreeing in (0, total):
        return 1.0
    fewest = min(of, of_other) * min(agreeing, total - agreeing) / total
    if fewest < _FEWEST_EXPECTED:
        return _fisher_exact(count, of, agreeing, total)
    cross = count * (of_other - other) - other * (of - count)
    squared = (total - 1) * cross**2 / (of * of_other * agreeing * (total - agreeing))
    return math.erfc(math.sqrt(squared / 2))


def _fisher_exact(count: int, of: int, agreeing: int, total: int) -> float:
    """Return the two-sided p-value of Fisher's exact test: the share of tables no likelier than the observed one."""

    def weight(successes: int) -> int:
        return math.comb(agreeing, successes) * math.comb(total - agreeing, of - successes)

    observed = weight(count)
    possible = range(max(0, of - (total - agreeing)), min(of, agreeing) + 1)
    return sum(w for successes in possible if (w := weight(successes)) <= observed) / math.comb(total, of)


def benjamini_hochberg(probabilities: Sequence[float]) -> tuple[bool, ...]:
    """Return which of many tests are significant, with a false discovery rate of at most 5%.

    Source: the step-up procedure of Benjamini & Hochberg 1995.

    Examples:
        >>> benjamini_hochberg([0.001, 0.04, 0.5])
        (True, False, False)
    """
    order = sorted(range(len(probabilities)), key=lambda place: probabilities[place])
    last = max(
        (rank for rank, place in enumerate(order, 1) if probabilities[place] <= _FALSE_SHARE * rank / len(order)),
        default=0,
    )
    significant = set(order[:last])
    return tuple(place in significant for place in range(len(probabilities)))
