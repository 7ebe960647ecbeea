from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.figures import infrastructure_charts as charts
from nethealth.figures.time_axis import time_axis
from nethealth.infrastructure import MembershipPeriod, Period, membership_by_period, platform
from nethealth.workbook.records import Person, PlatformMonth, Settings, Spell, Workbook

D = dt.date


def book(*stays: tuple[D, D | None], fiscal: int = 1) -> Workbook:
    people = {str(n): Person(key=str(n), name=str(n), spells=(Spell(*stay),)) for n, stay in enumerate(stays)}
    return Workbook(people=people, settings=Settings(fiscal_year_starts=fiscal))


def by(workbook: Workbook, period: Period, as_of: D) -> tuple[MembershipPeriod, ...]:
    return membership_by_period(workbook, period=period, as_of=as_of)


GROWN = book((D(2023, 1, 1), None), (D(2023, 2, 1), D(2024, 5, 1)), (D(2024, 1, 1), None), (D(2024, 2, 1), None))


def test_each_step_of_the_line_is_the_bar_above_less_the_bar_beneath() -> None:
    periods = by(GROWN, Period.QUARTER, D(2024, 8, 15))
    line, new, left = charts.membership_chart(periods).data
    ends = [0, *line.y]
    assert [later - earlier for earlier, later in zip(ends, line.y, strict=False)] == [
        came + went for came, went in zip(new.y, left.y, strict=True)
    ]
    assert min(new.y) >= 0 >= max(left.y)
    assert (sum(new.y), sum(left.y)) == (4, -1)
    assert line.hovertext[-1].startswith("<b>2024-Q3 so far</b><br>3 at the start + 0 new \u2212 0 left = 3")


def test_the_finding_of_the_membership() -> None:
    assert charts.membership_title(()) == "Membership"
    assert (
        charts.membership_title(by(GROWN, Period.YEAR, D(2024, 8, 15))) == "3 members, 1 more since the start of 2024"
    )
    assert charts.membership_title(by(GROWN, Period.YEAR, D(2024, 12, 31))) == "3 members, 1 more in 2024"
    assert charts.membership_title(by(GROWN, Period.QUARTER, D(2024, 6, 30))) == "3 members, 1 fewer in Q2 2024"
    assert (
        charts.membership_title(by(GROWN, Period.MONTH, D(2024, 8, 15)))
        == "3 members, as many as when August 2024 began"
    )
    assert charts.membership_title(by(GROWN, Period.YEAR, D(2023, 6, 1))) == "2 members, the first of them since 2023"


def test_the_words_hold_the_arithmetic() -> None:
    words = charts.membership_in_words(by(GROWN, Period.YEAR, D(2024, 8, 15)))
    assert "2024 so far: 2 at the start, 2 new, 1 left, 3 at the end." in words
    assert charts.membership_in_words(()) == "No membership to show yet."
    assert "The latest 12 of 20 periods:" in charts.membership_in_words(by(GROWN, Period.MONTH, D(2024, 8, 15)))


@pytest.mark.parametrize(("fiscal", "named"), [(1, "2024"), (7, "FY2024")])
def test_few_periods_carry_their_numbers_and_many_only_the_year(fiscal: int, named: str) -> None:
    few = by(book((D(2023, 1, 1), None), fiscal=fiscal), Period.YEAR, D(2024, 6, 30))
    figure = charts.membership_chart(few)
    assert figure.data[0].text == tuple(f"{period.end}" for period in few)
    assert named in figure.layout.xaxis.tickvals
    many = charts.membership_chart(by(GROWN, Period.MONTH, D(2024, 8, 15)))
    assert many.data[0].mode == "lines"
    assert many.layout.xaxis.tickvals == ("2023-01", "2024-01")
    assert many.layout.xaxis.ticktext == ("2023", "2024")


def test_a_month_without_figures_is_a_gap_in_the_line() -> None:
    months = (
        PlatformMonth(month=D(2025, 1, 1), platform="<b>Chat</b>", members=10, active=5),
        PlatformMonth(month=D(2025, 3, 1), platform="<b>Chat</b>", members=10, active=2),
    )
    summaries = platform(Workbook(platform=months, today=D(2025, 4, 1)))
    figure = charts.platform_chart(summaries)
    [line] = figure.data
    assert list(line.y) == [0.5, None, 0.2]
    assert line.connectgaps is False
    assert line.name == "&lt;b&gt;Chat&lt;/b&gt;"
    assert charts.platform_title(summaries) == "<b>Chat</b>: 20% of its members were active in March 2025"
    assert "Jan 2025 50%, Feb 2025 no figure, Mar 2025 20%." in charts.platform_in_words(summaries)


def test_where_only_posts_are_kept_the_chart_shows_posts() -> None:
    summaries = platform(Workbook(platform=(PlatformMonth(month=D(2025, 1, 1), posts=7),), today=D(2025, 4, 1)))
    assert list(charts.platform_chart(summaries).data[0].y) == [7]
    assert charts.platform_measure(summaries).startswith("Posts,")
    assert charts.platform_title(summaries) == "Platform: last heard of in January 2025"
    assert charts.platform_chart(()).data == ()
    assert charts.platform_title(()) == "Communication platform"


@settings(max_examples=25, deadline=None)
@given(
    names=st.lists(st.text(max_size=60), min_size=1, max_size=3),
    count=st.none() | st.floats(-1e9, 1e12, allow_nan=False),
    month=st.dates(D(1900, 1, 1), D(2100, 1, 1)),
)
def test_no_typed_platform_breaks_its_chart(names: list[str], count: float | None, month: D) -> None:
    rows = tuple(PlatformMonth(month=month, platform=name, members=count, active=count, posts=count) for name in names)
    summaries = platform(Workbook(platform=rows, today=D(2100, 1, 1)))
    charts.platform_chart(summaries).to_json()
    assert "<" not in "".join(trace.name for trace in charts.platform_chart(summaries).data)
    charts.platform_title(summaries), charts.platform_in_words(summaries)


@pytest.mark.parametrize("days", [0, 20, 300, 700, 4_000, 36_500, 2_900_000])
def test_the_words_of_a_time_axis_fit_a_phone(days: int) -> None:
    first = D(1950, 3, 1)
    step = int(time_axis(first, first + dt.timedelta(days=days))["dtick"].removeprefix("M"))
    assert days / 30.4 / step <= 9
