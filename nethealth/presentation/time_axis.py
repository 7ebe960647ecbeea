"""A time axis labeled by year, or by month for short spans, with labels that never overlap."""

from __future__ import annotations

import datetime as dt
from typing import Any

MOST_LABELS = 6
"""Labels that fit side by side on a phone."""


def time_axis(first: dt.date, last: dt.date) -> dict[str, Any]:
    """Return the settings of a plotly date axis from `first` to `last`, with level labels."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months > 2 * 12:
        step, labels = 12 * _step(months / 12, (1, 2, 5, 10, 20, 50, 100, 500, 1_000)), "%Y"
    else:
        step, labels = _step(months, (1, 2, 3, 6)), "%b<br>%Y"
    return {"type": "date", "tick0": "2000-01-01", "dtick": f"M{step}", "tickformat": labels, "tickangle": 0}


def _step(many: float, steps: tuple[int, ...]) -> int:
    return next((step for step in steps if many / step <= MOST_LABELS), steps[-1])
