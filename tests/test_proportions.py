from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nethealth.proportions import wilson


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_intervals_match_newcombe(count: int, of: int, low: float, high: float) -> None:
    # Newcombe 1998, Statistics in Medicine 17, table I, method 3.
    assert wilson(count, of) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


@given(st.integers(1, 5_000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_ends_are_where_the_score_test_rejects(pair: tuple[int, int]) -> None:
    count, of = pair
    found = wilson(count, of)
    assert found is not None
    low, high = found
    assert 0 <= low <= count / of <= high <= 1
    for end in found:
        if 0 < end < 1:  # Wilson's own definition: (share - p)^2 = z^2 p (1 - p) / n
            assert (count / of - end) ** 2 == pytest.approx(1.959963984540054**2 * end * (1 - end) / of, rel=1e-6)
    mirrored = wilson(of - count, of)
    assert mirrored == (pytest.approx(1 - high), pytest.approx(1 - low))


def test_no_people_give_none() -> None:
    assert wilson(0, 0) is None
