"""Numbers of earlier days: which days stand side by side, and all of them as a table."""

from __future__ import annotations

import datetime as dt

from nethealth.history.numbers import AGREE
from nethealth.history.store import Snapshot
from nethealth.presentation.table import csv_bytes
from nethealth.ui.data.earlier_numbers import all_days, days_to_compare


def snapshot(day: str, **numbers: float) -> Snapshot:
    return Snapshot(workbook="sheet:a", day=dt.date.fromisoformat(day), numbers=numbers)


def test_first_a_year_ago_three_months_ago_and_last_are_compared() -> None:
    days = ["2024-03-01", "2025-10-01", "2025-11-29", "2026-02-01", "2026-08-01", "2026-10-15", "2026-11-30"]
    shown = days_to_compare([snapshot(day) for day in days])
    assert [each.day.isoformat() for each in shown] == ["2024-03-01", "2025-11-29", "2026-08-01", "2026-11-30"]


def test_short_history_has_each_day_once() -> None:
    shown = days_to_compare([snapshot("2026-11-01"), snapshot("2026-11-30")])
    assert [each.day.isoformat() for each in shown] == ["2026-11-01", "2026-11-30"]


def test_file_has_a_row_per_day_and_a_column_per_metric() -> None:
    first = snapshot("2026-11-01", density=0.25, members=20.0)
    last = snapshot("2026-11-30", members=22.5, **{f"{AGREE}=Trust": 0.5})
    lines = csv_bytes(all_days([first, last])).decode("utf-8-sig").splitlines()
    assert lines[0] == "Day,Members,Density,Agree: =Trust"
    assert lines[1].startswith("2026-11-01,20")
    assert lines[2].split(",")[1:3] == ["22.5", ""]
