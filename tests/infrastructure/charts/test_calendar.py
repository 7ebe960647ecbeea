from __future__ import annotations

import datetime as dt

import pytest

from nethealth.infrastructure import GatheringSummary, summarize_convenings
from nethealth.infrastructure.charts import calendar
from nethealth.workbook.records import Gathering, Workbook

D = dt.date
TODAY = D(2025, 6, 30)


def summary(*rows: Gathering) -> GatheringSummary:
    return summarize_convenings(Workbook(convenings=rows), as_of=TODAY)


def held(day: D | None, attended: float | None = None, title: str = "x") -> Gathering:
    return Gathering(date=day, title=title, attended=attended)


ROWS = (held(D(2023, 3, 1), 40), held(D(2025, 3, 1), 10, "<i>Spring</i>"), held(D(2025, 2, 28)), held(D(2026, 2, 1)))


def test_each_stands_in_its_year_beneath_the_same_day_of_other_years() -> None:
    figure = calendar.gatherings_calendar(summary(*ROWS))
    marks = {trace.name: trace for trace in figure.data if trace.mode == "markers"}
    came = marks["held: the larger, the more came"]
    assert list(came.x) == [60, 60]  # the first of March, leap year or not
    assert came.y[1] - came.y[0] == 2 * calendar.YEAR
    # Four times as many people, twice as much above the smallest mark.
    large, small = (size - calendar.SMALLEST for size in came.marker.size)
    assert large == pytest.approx(2 * small)
    assert came.hovertext[1] == "<b>&lt;i&gt;Spring&lt;/i&gt;</b><br>March 1, 2025<br>10 came"
    assert list(marks["held, not counted"].x) == [58]
    assert list(marks["planned"].x) == [31]


def test_the_years_end_with_what_is_planned_and_are_ten_at_most() -> None:
    assert calendar.calendar_years(summary(*ROWS)) == (2023, 2024, 2025, 2026)
    assert calendar.calendar_years(summary(held(D(1990, 1, 1)), held(D(2090, 1, 1)))) == tuple(range(2018, 2028))
    assert calendar.calendar_years(summary(held(D(2020, 1, 1)))) == tuple(range(2020, 2026))
    assert calendar.calendar_years(summary(held(None))) == ()
    assert calendar.calendar_years(summary(held(D(2090, 1, 1)))) == ()


def test_the_words_say_each_year() -> None:
    words = calendar.calendar_text(summary(*ROWS), one="convening", many="convenings")
    assert words == (
        "A calendar of convenings. 2023: 1 convening, in March. 2024: no convenings. 2025: 2 convenings, in February, "
        "March. 2026: no convenings. Planned: February 1, 2026, x."
    )
    assert calendar.calendar_text(summary(), one="convening", many="convenings") == "No convenings to show yet."


@pytest.mark.parametrize(
    ("days", "begins"),
    [
        (
            (D(2025, 1, 1), D(2025, 2, 1)),
            "It has been quiet for 149 days; usually the next convening comes after about 31",
        ),
        (
            (D(2025, 4, 1), D(2025, 5, 20)),
            "By the usual rhythm the next convening would come around July 8, 2025; none",
        ),
        (
            (D(2025, 4, 11), D(2025, 5, 20)),
            "By the usual rhythm the next convening would have come around June 28, 2025",
        ),
    ],
)
def test_a_pause_is_told_gently(days: tuple[D, ...], begins: str) -> None:
    told = calendar.rhythm_text(summary(*(held(day) for day in days)), one="convening")
    assert told is not None
    assert told.startswith(begins)


def test_nothing_is_told_of_a_rhythm_that_goes_on_or_is_not_there() -> None:
    assert calendar.rhythm_text(summary(held(D(2025, 1, 1))), one="convening") is None
    planned = summary(held(D(2024, 1, 1)), held(D(2024, 2, 1)), held(D(2025, 12, 1)))
    assert calendar.rhythm_text(planned, one="convening") is None
