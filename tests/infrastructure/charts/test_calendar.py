from __future__ import annotations

import datetime as dt
import re

import pytest

from nethealth.infrastructure import GatheringKind, GatheringSummary, summarize_convenings
from nethealth.infrastructure.charts import calendar
from nethealth.workbook.records import Gathering, Workbook
from tests.texts import numbers_in

D = dt.date
TODAY = D(2025, 6, 30)


def summary(*rows: Gathering) -> GatheringSummary:
    return summarize_convenings(Workbook(convenings=rows), as_of=TODAY)


def gathering(day: D | None, attended: float | None = None, title: str = "x") -> Gathering:
    return Gathering(date=day, title=title, attended=attended)


ROWS = (
    gathering(D(2023, 3, 1), 40),
    gathering(D(2025, 3, 1), 10, "<i>Spring</i>"),
    gathering(D(2025, 2, 28)),
    gathering(D(2026, 2, 1)),
)


def test_marks_line_up_by_day_of_year() -> None:
    figure = calendar.gatherings_calendar(summary(*ROWS))
    marks = {trace.name: trace for trace in figure.data if trace.mode == "markers"}
    came = marks["larger: more people came"]
    assert list(came.x) == [60, 60]  # the first of March, leap year or not
    assert came.y[1] - came.y[0] == 2 * calendar.ROW_HEIGHT
    # Four times as many people, twice as much above the smallest mark.
    large, small = (size - calendar.MIN_SIZE for size in came.marker.size)
    assert large == pytest.approx(2 * small)
    assert came.hovertext[1] == "<b>&lt;i&gt;Spring&lt;/i&gt;</b><br>March 1, 2025<br>10 came"
    assert list(marks["not counted"].x) == [58]
    assert list(marks["planned"].x) == [31]


def test_at_most_ten_years() -> None:
    assert calendar.calendar_years(summary(*ROWS)) == (2023, 2024, 2025, 2026)
    assert calendar.calendar_years(summary(gathering(D(1990, 1, 1)), gathering(D(2090, 1, 1)))) == tuple(
        range(2018, 2028)
    )
    assert calendar.calendar_years(summary(gathering(D(2020, 1, 1)))) == tuple(range(2020, 2026))
    assert calendar.calendar_years(summary(gathering(None))) == ()
    assert calendar.calendar_years(summary(gathering(D(2090, 1, 1)))) == ()


def test_text_lists_each_year() -> None:
    words = calendar.calendar_text(summary(*ROWS), kind=GatheringKind.CONVENING)
    assert numbers_in(words) == ["2023", "1", "2024", "2025", "2", "2026", "1", "2026"]
    assert re.findall("February|March", words) == ["March", "February", "March", "February"]
    assert numbers_in(calendar.calendar_text(summary(), kind=GatheringKind.CONVENING)) == []


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ((D(2025, 1, 1), D(2025, 2, 1)), ("149 days ago", "31 days apart")),
        ((D(2025, 4, 1), D(2025, 5, 20)), ("would be around July 8, 2025",)),
        ((D(2025, 4, 11), D(2025, 5, 20)), ("would have been around June 28, 2025",)),
    ],
)
def test_rhythm_text_gives_the_due_date(days: tuple[D, ...], words: tuple[str, ...]) -> None:
    text = calendar.rhythm_text(summary(*(gathering(day) for day in days)), kind=GatheringKind.CONVENING)
    assert text is not None
    assert all(each in text for each in words)


def test_no_rhythm_text_if_planned_or_unknown() -> None:
    assert calendar.rhythm_text(summary(gathering(D(2025, 1, 1))), kind=GatheringKind.CONVENING) is None
    planned = summary(gathering(D(2024, 1, 1)), gathering(D(2024, 2, 1)), gathering(D(2025, 12, 1)))
    assert calendar.rhythm_text(planned, kind=GatheringKind.CONVENING) is None
