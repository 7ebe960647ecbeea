"""Intervals and tests: against the tables in the papers that define them, and against scipy and statsmodels."""

from __future__ import annotations

import math
import random
import warnings
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.experience.metrics.intervals import (
    benjamini_hochberg,
    difference_of,
    difference_within,
    effective_answers,
    probability_of_equal_shares,
    share_of,
)


@pytest.fixture(scope="module")
def stats() -> Any:
    # Importing them warns of things between the two that are no concern of ours.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import scipy.stats
        from statsmodels.stats import multitest, proportion
    return scipy.stats, proportion, multitest


def shares(count: int, of: int) -> Any:
    share = share_of(count, of)
    assert share is not None
    return share


# Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I, method 3.
@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_matches_published_values(count: int, of: int, low: float, high: float) -> None:
    share = shares(count, of)
    assert (share.low, share.high) == (pytest.approx(low, abs=6e-5), pytest.approx(high, abs=6e-5))


# Newcombe 1998, "Interval estimation for the difference between independent proportions", table II, method 10.
@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_newcombe_matches_published_values(
    one: tuple[int, int], other: tuple[int, int], low: float, high: float
) -> None:
    found = difference_of(shares(*one), shares(*other))
    assert (found.low, found.high) == (pytest.approx(low, abs=6e-5), pytest.approx(high, abs=6e-5))
    assert found.is_clear is (low > 0)


def test_intervals_match_statsmodels(stats: Any) -> None:
    _, proportion, _ = stats
    for count, of, other, of_other in product((0, 3, 17), (17, 90), (0, 5, 11), (11, 40)):
        low, high = proportion.proportion_confint(count, of, method="wilson")
        share = shares(count, of)
        assert (share.low, share.high) == (pytest.approx(low, abs=1e-12), pytest.approx(high, abs=1e-12))
        low, high = proportion.confint_proportions_2indep(count, of, other, of_other, method="newcomb", compare="diff")
        found = difference_of(share, shares(other, of_other))
        assert (found.low, found.high) == (
            pytest.approx(max(-1, low), abs=1e-9),
            pytest.approx(min(1, high), abs=1e-9),
        )


def test_no_answers_give_no_share() -> None:
    assert share_of(0, 0) is None
    assert difference_within(0, 0, 0) is None


def test_paired_difference_covers_the_truth() -> None:
    # 1,500 surveys drawn with a known truth: the interval holds it about 95 times in 100.
    chance = random.Random(4)
    for of, promoters, detractors in ((20, 0.5, 0.2), (60, 0.4, 0.35), (12, 0.7, 0.1)):
        covered = 0
        for _ in range(500):
            drawn = chance.choices("PDN", (promoters, detractors, 1 - promoters - detractors), k=of)
            found = difference_within(drawn.count("P"), drawn.count("D"), of)
            assert found is not None
            covered += found.low <= promoters - detractors <= found.high
        assert 0.92 <= covered / 500 <= 0.99


def test_paired_difference_by_hand() -> None:
    # Five of ten and none of ten: without a second share the correlation is nil, and both halves join as Newcombe's.
    found = difference_within(5, 0, 10)
    assert found is not None
    five, none = shares(5, 10), shares(0, 10)
    assert found.value == 0.5
    assert found.low == pytest.approx(0.5 - math.hypot(0.5 - five.low, none.high))
    assert found.high == pytest.approx(five.high)
    # All promoters: as for a single share, but never above one.
    assert difference_within(10, 0, 10).high == 1  # type: ignore[union-attr]


def worth(given: list[tuple[int, int]]) -> float:
    pairs = np.array(given, dtype=float).reshape(-1, 2)
    return effective_answers(pairs[:, 0], pairs[:, 1])


def test_effective_sample_size() -> None:
    # One answer each: each is worth one.
    assert worth([(1, 1)] * 6 + [(0, 1)] * 4) == pytest.approx(10)
    # Two answers each, always the same: worth the people.
    assert worth([(2, 2)] * 6 + [(0, 2)] * 4) == pytest.approx(10)
    # Two each, evenly mixed within people: they can't be worth more than they are.
    assert worth([(2, 2), (0, 2), *[(1, 2)] * 8]) == pytest.approx(20)
    # By hand: (2,2) (1,2) (0,1): share 3/5; residuals .8 -.2 -.6, squares 1.04; variance 1.04/25; .24/.0416 = 5.77.
    assert worth([(2, 2), (1, 2), (0, 1)]) == pytest.approx(5)
    assert worth([(2, 2), (2, 2), (0, 1)]) == pytest.approx(0.16 / (2 * 0.4**2 + 0.8**2) * 25)
    # All agree: nothing is known of how they differ.
    assert worth([(2, 2)] * 7) == 7
    assert worth([]) == 0


def test_tests_match_scipy(stats: Any) -> None:
    scipy_stats, _, _ = stats
    for count, of, other, of_other in product((0, 2, 9), (9, 30), (0, 4, 12), (12, 25)):
        found = probability_of_equal_shares(count, of, other, of_other)
        table = [[count, of - count], [other, of_other - other]]
        total, agreeing = of + of_other, count + other
        if agreeing in (0, total):
            assert found == 1
        elif min(of, of_other) * min(agreeing, total - agreeing) / total < 1:
            assert found == pytest.approx(scipy_stats.fisher_exact(table).pvalue)
        else:
            squared = scipy_stats.chi2_contingency(table, correction=False).statistic
            assert found == pytest.approx(scipy_stats.chi2.sf(squared * (total - 1) / total, 1))
    assert probability_of_equal_shares(0, 0, 3, 5) == 1


def test_exact_test_by_hand() -> None:
    # Fisher's tea: 3 of 4 against 1 of 4 gives 0.486; here expected counts are 2, so one of 1 against none of 9: 0.1.
    assert probability_of_equal_shares(1, 1, 0, 9) == pytest.approx(0.1)


# None of these is a limit (a rank of up to thirty, times a twentieth): which side that is on is a matter of rounding.
PROBABILITIES = st.integers(0, 10_006).map(lambda number: (number + 0.5) / 10_007)


@settings(max_examples=60, deadline=None)
@given(probabilities=st.lists(PROBABILITIES, max_size=30))
def test_adjusted_p_values_match_statsmodels(stats: Any, probabilities: list[float]) -> None:
    found = benjamini_hochberg(probabilities)
    if not probabilities:
        assert found == ()
        return
    _, _, multitest = stats
    assert list(found) == list(multitest.multipletests(probabilities, alpha=0.05, method="fdr_bh")[0])


def test_adjusted_p_values_match_published_ones() -> None:
    # Benjamini & Hochberg 1995, section 4: fifteen tests, of which the first four are significant.
    published = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240]
    published += [0.4262, 0.5719, 0.6528, 0.7590, 1.0]
    assert benjamini_hochberg(published) == (True,) * 4 + (False,) * 11
