"""A workbook before it is read: the day in its time zone, and where its cells were."""

from __future__ import annotations

import datetime as dt

import pytest

from nethealth.workbook.raw import RawTab, RawWorkbook

LATE = dt.datetime(2026, 11, 30, 23, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("timezone", "day"),
    [
        (None, 30),
        ("America/New_York", 30),
        ("Europe/Berlin", 1),
        ("Mars/Olympus", 30),
        ("../etc/passwd", 30),
        ("", 30),
    ],
)
def test_day_is_in_the_workbook_s_time_zone_or_utc(timezone: str | None, day: int) -> None:
    workbook = RawWorkbook(title="Ours", tabs=(), read_at=LATE, timezone=timezone)
    assert workbook.day == dt.date(2026, 11 if day == 30 else 12, day)


def test_moved_cells_lead_back_to_the_sheet() -> None:
    moved = RawTab("Members", rows=[["Name"]], moved_cells={(0, 0): (2, 5)})
    assert moved.place_in_sheet(0, 0) == (2, 5)
    assert moved.place_in_sheet(1, 0) == (1, 0)
    assert RawTab("Members", rows=[]).place_in_sheet(3, 4) == (3, 4)
