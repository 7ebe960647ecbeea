"""How far a share can be trusted: its interval, the interval of a change, and whether a difference is clear.

Everything here takes counts and gives numbers; it knows no survey. Intervals are at 95 in 100.
"""

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
"""Below this expected count a chi-squared test is not trusted, and the exact one is used (Campbell 2007)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A share with its interval."""

    value: float
    """0 to 1."""
    low: float
    high: float
    n: float
    """On how many independent answers it rests, as far as its interval knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One share less another, with its interval."""

    value: float
    """-1 to 1."""
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out no difference at all."""
        return not self.low <= 0 <= self.high


def share_of(count: float, of: float, *, effective: float | None = None) -> Share | None:
    """The share `count` / `of` with Wilson's score interval (Wilson 1927); None of nothing.

    `effective` is the number of independent answers that `of` answers are worth, where one person gave several.
    """
    interval = wilson(count, of, worth=effective)
    if interval is None:
        return None
    low, high = interval
    return Share(value=count / of, low=low, high=high, n=of if effective is None else effective)


def difference_of(now: Share, before: Share) -> Difference:
    """`now` less `before`, with the interval that joins the two score intervals (Newcombe 1998, method 10).

    It takes the two to be asked independently. Where the same people answered twice it is, if anything, too wide.
    """
    value = now.value - before.value
    low = value - math.hypot(now.value - now.low, before.high - before.value)
    high = value + math.hypot(now.high - now.value, before.value - before.low)
    return Difference(value=value, low=max(-1.0, low), high=min(1.0, high))


def difference_within(one: int, other: int, of: int) -> Difference | None:
    """The share of `one` less that of `other` among the same people, who are never both; None of nobody.

    Newcombe's interval for shares of one sample (Newcombe 1998, paired data, method 10), with the correlation that two
    answers have which exclude each other.
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
    """The number of independent answers that people's answers are worth: for each person how many agree, of how many.

    A person's answers resemble each other, so that ten answers of five people tell less than those of ten. The
    variance of the share is taken over people (Kish 1965, 6.3: ratio of two sums), and gives the n of single answers
    with the same variance: never more than the answers given, nor less than one. Where all agree, or none, nothing is
    known of the variance: then it is the number of people.
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
    """How often two shares would differ by at least as much if there were no difference (two-sided p).

    The N-1 chi-squared test where every expected count reaches 1, else the Fisher-Irwin test, after Campbell 2007.
    1 where either is of nobody, or all agree, or none.
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
    """Fisher's exact test, two-sided: every table no likelier than the one seen."""

    def ways(found: int) -> int:
        return math.comb(agreeing, found) * math.comb(total - agreeing, of - found)

    seen = ways(count)
    possible = range(max(0, of - (total - agreeing)), min(of, agreeing) + 1)
    return sum(w for found in possible if (w := ways(found)) <= seen) / math.comb(total, of)


def benjamini_hochberg(probabilities: Sequence[float], *, false_share: float = 0.05) -> tuple[bool, ...]:
    """Which of many tests stand out, so that at most `false_share` of those are expected to be chance.

    Benjamini & Hochberg 1995: the step-up procedure.
    """
    order = sorted(range(len(probabilities)), key=lambda place: probabilities[place])
    last = max(
        (rank for rank, place in enumerate(order, 1) if probabilities[place] <= false_share * rank / len(order)),
        default=0,
    )
    stands = set(order[:last])
    return tuple(place in stands for place in range(len(probabilities)))
