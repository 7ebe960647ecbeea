"""An axis of days that says the year, or for a short time the month, with words that never run into one another."""

from __future__ import annotations

import datetime as dt
from typing import Any

WORDS = 6
"""How many words stand beside one another on a phone."""


def time_axis(first: dt.date, last: dt.date) -> dict[str, Any]:
    """The settings of a plotly date axis for figures from `first` to `last`: words level, at years or months."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months > 2 * 12:
        step, words = 12 * _step(months / 12, (1, 2, 5, 10, 20, 50, 100, 500, 1_000)), "%Y"
    else:
        step, words = _step(months, (1, 2, 3, 6)), "%b<br>%Y"
    return {"type": "date", "tick0": "2000-01-01", "dtick": f"M{step}", "tickformat": words, "tickangle": 0}


def _step(many: float, steps: tuple[int, ...]) -> int:
    return next((step for step in steps if many / step <= WORDS), steps[-1])
