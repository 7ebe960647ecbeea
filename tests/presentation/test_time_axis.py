"""Labels of a time axis."""

from __future__ import annotations

import datetime as dt

import pytest

from nethealth.presentation.time_axis import time_axis

D = dt.date


@pytest.mark.parametrize("days", [0, 20, 300, 700, 4_000, 36_500, 2_900_000])
def test_time_axis_labels_fit_a_phone(days: int) -> None:
    first = D(1950, 3, 1)
    step = int(time_axis(first, first + dt.timedelta(days=days))["dtick"].removeprefix("M"))
    assert days / 30.4 / step <= 9
