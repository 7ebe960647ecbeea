from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.infrastructure import Cohort, Period, summarize_cohorts
from nethealth.infrastructure.charts import cohorts as charts
from nethealth.presentation import palette
from nethealth.presentation.chart_style import legend_of
from nethealth.workbook.records import Person, Settings, Spell, Workbook
from tests.presentation.test_palette import contrast
from tests.texts import numbers_in

D = dt.date


def book(*groups: tuple[int, D, D | None], smallest: int = 5) -> Workbook:
    stays = [(joined, left) for count, joined, left in groups for _ in range(count)]
    people = {str(n): Person(key=str(n), name=str(n), spells=(Spell(*stay),)) for n, stay in enumerate(stays)}
    return Workbook(people=people, settings=Settings(smallest_group=smallest))


SAMPLE = book(
    (30, D(2022, 5, 1), None),
    (10, D(2022, 5, 1), D(2023, 5, 1)),
    (18, D(2023, 2, 1), None),
    (2, D(2023, 2, 1), D(2024, 2, 1)),
    (3, D(2024, 2, 1), None),
)


def cohorts(workbook: Workbook, period: Period = Period.YEAR) -> tuple[Cohort, ...]:
    return summarize_cohorts(workbook, period=period, as_of=D(2024, 12, 31))


def test_cells_show_shares_ranges_or_hidden() -> None:
    found = {cohort.period: [charts.cell_text(moment) for moment in cohort.moments] for cohort in cohorts(SAMPLE)}
    # At the end of 2024: 30 of 40, 18 of 20 (two left), three of three (too few). The membership is 51, and with the
    # 30 known the other two make 21: no one can separate them, but the ten who left 2022 would reveal the two of
    # 2023.
    assert found == {
        "2022": ["100%", "75%", "hidden"],
        "2023": ["100%", "80% or more"],
        "2024": ["hidden"],
    }
    assert numbers_in(charts.cohorts_title(cohorts(SAMPLE))) == ["75%", "40", "2022", "2023"]
    words = charts.cohorts_text(cohorts(SAMPLE))
    assert "80% or more" in words
    assert "2024: hidden" in words


def test_first_year_has_no_later_moments() -> None:
    begun = book((10, D(2024, 2, 1), None))
    assert not charts.has_later_moments(cohorts(begun))
    assert not charts.has_later_moments(())
    assert charts.has_later_moments(cohorts(SAMPLE))


def test_cell_text_is_readable_on_every_color() -> None:
    figure = charts.cohorts_chart(cohorts(SAMPLE), period=Period.YEAR)
    heat, text = figure.data
    for share, color in zip(heat.z, text.textfont.color, strict=True):
        if share is not None:
            shade = next(palette.SEQUENCE[index] for start, index in charts.COLOR_STEPS[::-1] if share >= start)
            assert contrast(shade, color) >= 4.5
            assert contrast(palette.to_dark(shade), palette.to_dark(color)) >= 4.5


def test_hidden_cells_have_no_color() -> None:
    heat, text = charts.cohorts_chart(cohorts(SAMPLE), period=Period.YEAR).data
    assert list(heat.z) == [1.0, 0.75, None, 1.0, 0.8, None]
    assert list(zip(heat.y, heat.x, strict=True))[:4] == [("2022", 0), ("2022", 1), ("2022", 2), ("2023", 0)]
    assert list(text.text) == ["100%", "75%", "hidden", "100%", "≥ 80%", "hidden"]
    assert list(text.textfont.color)[2] == palette.MUTED
    assert "20" not in heat.hovertext[4].replace("2023", "").replace("2024", "")  # no number behind it either


def test_many_cohorts_have_a_legend() -> None:
    figure = charts.cohorts_chart(cohorts(SAMPLE, Period.MONTH), period=Period.MONTH)
    assert len(figure.data) == 1
    assert [name for name, _, _ in legend_of(figure)] == [
        "90% or more",
        "75% or more",
        "50% or more",
        "25% or more",
        "fewer",
    ]


def test_chart_is_limited_to_ten_years_of_months() -> None:
    workbook = book((20, D(1900, 1, 1), None), (20, D(2024, 2, 1), None))
    figure = charts.cohorts_chart(cohorts(workbook, Period.MONTH), period=Period.MONTH)
    assert max(figure.data[0].x) == charts.MAX_DRAWN - 1


def test_hidden_text_only_if_something_is_hidden() -> None:
    assert charts.hidden_text(cohorts(SAMPLE), smallest_group=5) is not None
    whole = cohorts(book((20, D(2024, 1, 1), None)))
    assert charts.hidden_text(whole, smallest_group=5) is None
    assert charts.cohorts_title(whole) == "Who stays, by when they joined"
    assert charts.cohorts_text(()) == "No cohorts yet."
    few_left = cohorts(book((20, D(2023, 1, 1), None), (2, D(2023, 1, 1), D(2024, 1, 1))))
    assert numbers_in(charts.cohorts_title(few_left)) == ["81%", "22", "2023"]


@settings(max_examples=10, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(1, 9), st.dates(D(2021, 1, 1), D(2024, 12, 1)), st.none() | st.integers(1, 900)),
        max_size=6,
    ),
    st.sampled_from(Period),
)
def test_any_membership_can_be_drawn(rows: list[tuple[int, D, int | None]], period: Period) -> None:
    stays = [(n, joined, None if days is None else joined + dt.timedelta(days)) for n, joined, days in rows]
    found = cohorts(book(*stays), period)
    charts.cohorts_chart(found, period=period).to_json()
    charts.cohorts_text(found)
