"""How old the data on the page is, as the status line says it."""

from __future__ import annotations

import datetime as dt

import pytest

from nethealth.ui.page_shell import age_text

NOW = dt.datetime(2026, 11, 30, 20, 5, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("age", "text"),
    [
        (dt.timedelta(seconds=-5), "moments ago"),
        (dt.timedelta(seconds=89), "moments ago"),
        (dt.timedelta(seconds=90), "1 minute ago"),
        (dt.timedelta(minutes=4), "4 minutes ago"),
        (dt.timedelta(hours=6), "at 9:05 AM"),
        (dt.timedelta(hours=2), "at 1:05 PM"),
    ],
)
def test_recent_data(age: dt.timedelta, text: str) -> None:
    assert age_text(NOW - age, now=NOW, zone="America/New_York") == text


def test_old_data_has_its_date() -> None:
    text = age_text(dt.datetime(2024, 5, 3, 12, tzinfo=dt.UTC), now=NOW, zone=None)
    assert text.startswith("on ")
    assert "2024" in text


@pytest.mark.parametrize("zone", [None, "", "Nowhere/Town", "../etc"])
def test_an_unknown_zone_is_utc(zone: str | None) -> None:
    assert age_text(NOW - dt.timedelta(hours=2), now=NOW, zone=zone) == "at 6:05 PM"
