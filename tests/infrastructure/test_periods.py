from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.infrastructure.periods import Period, months_later, period_name, period_start, spans

D = dt.date


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (D(2024, 3, 31), -1, D(2024, 2, 29)),  # February of a leap year has no 31st
        (D(2023, 3, 31), -1, D(2023, 2, 28)),
        (D(2024, 2, 29), -12, D(2023, 2, 28)),
        (D(2024, 1, 15), -1, D(2023, 12, 15)),
        (D(2024, 11, 30), 3, D(2025, 2, 28)),
        (D(2024, 5, 5), 0, D(2024, 5, 5)),
        (D(2024, 5, 5), -99_999, D.min),
        (D(2024, 5, 5), 99_999, D.max),
    ],
)
def test_months_between_dates(day: D, months: int, expected: D) -> None:
    assert months_later(day, months) == expected


@pytest.mark.parametrize(
    ("day", "period", "fiscal", "start", "name"),
    [
        (D(2024, 6, 30), Period.YEAR, 1, D(2024, 1, 1), "2024"),
        (D(2024, 6, 30), Period.YEAR, 7, D(2023, 7, 1), "FY2024"),  # July 2023 to June 2024 ends in 2024
        (D(2024, 7, 1), Period.YEAR, 7, D(2024, 7, 1), "FY2025"),
        (D(2024, 1, 31), Period.YEAR, 2, D(2023, 2, 1), "FY2024"),
        (D(2024, 12, 1), Period.YEAR, 12, D(2024, 12, 1), "FY2025"),
        (D(2024, 6, 30), Period.QUARTER, 2, D(2024, 4, 1), "2024-Q2"),  # quarters are the calendar's
        (D(2024, 10, 1), Period.QUARTER, 1, D(2024, 10, 1), "2024-Q4"),
        (D(2024, 3, 9), Period.MONTH, 7, D(2024, 3, 1), "2024-03"),
    ],
)
def test_period_start_and_name(day: D, period: Period, fiscal: int, start: D, name: str) -> None:
    assert period_start(day, period=period, fiscal_year_starts=fiscal) == start
    assert period_name(start, period=period) == name


@settings(max_examples=50, deadline=None)
@given(
    first=st.dates(D(1990, 1, 1), D(2030, 1, 1)),
    days=st.integers(0, 2000),
    period=st.sampled_from(list(Period)),
    fiscal=st.integers(1, 12),
)
def test_periods_have_no_gaps(first: D, days: int, period: Period, fiscal: int) -> None:
    last = first + dt.timedelta(days=days)
    found = spans(first, last, period=period, fiscal_year_starts=fiscal)
    assert found[0].first <= first <= found[0].last
    assert found[-1].first <= last <= found[-1].last
    assert all(later.first - earlier.last == dt.timedelta(days=1) for earlier, later in pairwise(found))
    assert len({span.name for span in found}) == len(found)
