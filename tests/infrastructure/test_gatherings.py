from __future__ import annotations

import datetime as dt

import pytest

from nethealth.infrastructure import METRICS, summarize_activities, summarize_convenings
from nethealth.workbook.records import Gathering, Workbook

D = dt.date
TODAY = D(2025, 6, 30)


def gathering(
    day: D | None, invited: float | None = None, attended: float | None = None, title: str = "x"
) -> Gathering:
    return Gathering(date=day, title=title, invited=invited, attended=attended)


ROWS = (
    gathering(D(2025, 3, 1), 50, 30, "Spring"),  # rows need not be in order
    gathering(D(2023, 1, 1), 40, 20, "First"),
    gathering(D(2023, 4, 1), 40, None, "No count"),  # 90 days later
    gathering(D(2025, 6, 30), None, 12, "Today"),  # 121 days after the one before
    gathering(D(2025, 3, 1), 10, 10, "The same day"),
    gathering(D(2025, 7, 1), 60, None, "Tomorrow"),
    gathering(D(2026, 7, 1), 60, 3, "Next year"),
    gathering(None, 100, 100, "Undated"),
)


def test_worked_by_hand() -> None:
    summary = summarize_convenings(Workbook(convenings=ROWS), as_of=TODAY)
    assert summary.count == 5
    assert summary.planned == 2
    assert summary.cadence_days == 121  # gaps: 90, 700 (April 1, 2023 to March 1, 2025), 121
    assert summary.days_since_last == 0
    assert summary.attendance == pytest.approx(60 / 100)  # (20 + 30 + 10) of (40 + 50 + 10)
    assert summary.as_json()["by_year"] == {
        "2023": {"count": 2, "attended": 20, "invited": 80, "attendance": 0.5},
        "2024": {"count": 0, "attended": None, "invited": None, "attendance": None},
        "2025": {"count": 3, "attended": 52, "invited": 60, "attendance": pytest.approx(40 / 60)},
    }
    assert [row.title for row in summary.register] == [
        "Tomorrow", "Next year", "Today", "The same day", "Spring", "No count", "First", "Undated",
    ]  # fmt: skip
    assert sum(year.count for year in summary.by_year.values()) == summary.count


def test_an_even_number_of_gaps_is_halved() -> None:
    summary = summarize_convenings(
        Workbook(convenings=tuple(gathering(day) for day in (D(2025, 1, 1), D(2025, 1, 11), D(2025, 2, 1)))),
        as_of=TODAY,
    )
    assert summary.cadence_days == 15.5  # 10 and 21 days


@pytest.mark.parametrize(
    "rows", [(), (gathering(D(2025, 1, 1)),), (gathering(D(2025, 1, 1)), gathering(D(2025, 1, 1)))]
)
def test_one_day_has_no_cadence(rows: tuple[Gathering, ...]) -> None:
    assert summarize_convenings(Workbook(convenings=rows), as_of=TODAY).cadence_days is None


def test_undefined_is_none() -> None:
    summary = summarize_convenings(Workbook(), as_of=TODAY)
    assert summary.is_empty
    assert (summary.days_since_last, summary.attendance, summary.by_year) == (None, None, {})
    assert summarize_convenings(Workbook(convenings=(gathering(D(2025, 1, 1), 0, 0),)), as_of=TODAY).attendance is None
    ahead = summarize_convenings(Workbook(convenings=(gathering(D(2026, 1, 1), 5, 5),)), as_of=TODAY)
    assert (ahead.count, ahead.planned, ahead.attendance, ahead.days_since_last) == (0, 1, None, None)
    assert not ahead.is_empty


def test_more_attendees_than_invited_stay_as_typed() -> None:
    assert summarize_convenings(Workbook(convenings=(gathering(D(2025, 1, 1), 10, 12),)), as_of=TODAY).attendance == 1.2


def test_activities_are_not_convenings() -> None:
    book = Workbook(convenings=ROWS, activities=(gathering(D(2025, 1, 1)),))
    assert summarize_activities(book, as_of=TODAY).count == 1


def test_metrics_match_the_json() -> None:
    summary = summarize_convenings(Workbook(convenings=ROWS), as_of=TODAY)
    for section in ("convenings", "activities"):
        assert {measure.id for measure in METRICS[section]} == set(summary.as_json())
        for measure in METRICS[section]:
            if measure.id != "by_year":
                assert measure.value(summary) == summary.as_json()[measure.id]


@pytest.mark.parametrize(
    ("days", "as_of", "due", "is_overdue"),
    [
        ((D(2025, 1, 1), D(2025, 2, 10)), D(2025, 3, 1), D(2025, 3, 22), False),  # 40 days later
        ((D(2025, 1, 1), D(2025, 2, 10)), D(2025, 4, 11), D(2025, 3, 22), False),  # 60 days: just one and a half
        ((D(2025, 1, 1), D(2025, 2, 10)), D(2025, 4, 12), D(2025, 3, 22), True),
        ((D(2025, 1, 1), D(2025, 2, 10), D(2025, 9, 1)), D(2025, 6, 30), D(2025, 3, 22), False),  # one is planned
        ((D(2025, 1, 1),), D(2025, 6, 30), None, False),  # no rhythm yet
        ((), D(2025, 6, 30), None, False),
    ],
)
def test_next_due_date_and_lapse(days: tuple[D, ...], as_of: D, due: D | None, is_overdue: bool) -> None:
    summary = summarize_convenings(Workbook(convenings=tuple(gathering(day) for day in days)), as_of=as_of)
    assert (summary.next_due, summary.is_overdue) == (due, is_overdue)


def test_due_date_stays_within_the_calendar() -> None:
    summary = summarize_convenings(
        Workbook(convenings=(gathering(D(1, 1, 1)), gathering(D(9999, 1, 1)))), as_of=D(9999, 6, 1)
    )
    assert summary.next_due == D.max
