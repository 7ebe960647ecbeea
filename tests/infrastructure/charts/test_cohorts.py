from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.infrastructure import Cohort, Period, summarize_cohorts
from nethealth.infrastructure.charts import cohorts as charts
from nethealth.infrastructure.charts.representation import within
from nethealth.presentation import palette
from nethealth.presentation.chart_style import legend_of
from nethealth.workbook.records import Person, Settings, Spell, Workbook
from tests.presentation.test_palette import contrast

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


def told(workbook: Workbook, period: Period = Period.YEAR) -> tuple[Cohort, ...]:
    return summarize_cohorts(workbook, period=period, as_of=D(2024, 12, 31))


def test_the_cells_say_what_may_be_said() -> None:
    found = {cohort.period: [charts.cell(moment) for moment in cohort.moments] for cohort in told(SAMPLE)}
    # At the end of 2024: 30 of 40, 18 of 20 (two left), three of three (too few). The membership is 51, and with the
    # 30 known the other two make 21: nobody can part them, but the ten who left 2022 would tell the two who left 2023.
    assert found == {
        "2022": ["100%", "75%", "held back"],
        "2023": ["100%", "80% or more"],
        "2024": ["held back"],
    }
    assert charts.cohorts_title(told(SAMPLE)) == "Of the 40 who joined in 2022, 75% are still here at the end of 2023"
    rows = charts.cohort_rows(told(SAMPLE))
    assert (rows[2]["Still here"], rows[2]["Share"], rows[4]["Share"]) == ("held back", "held back", "80% or more")
    assert (rows[0]["Joined"], rows[0]["Still here"], rows[0]["Share"]) == (40, 40, 1.0)
    words = charts.cohorts_text(told(SAMPLE))
    assert "2023: 20 people joined; 100% at the end of 2023, 80% or more at the end of 2024." in words
    assert "2024: few joined, held back." in words


def test_a_first_year_alone_says_nothing_yet() -> None:
    begun = book((10, D(2024, 2, 1), None))
    assert not charts.have_something_to_say(told(begun))
    assert not charts.have_something_to_say(())
    assert charts.have_something_to_say(told(SAMPLE))


def test_a_cells_words_are_read_on_every_shade_in_both_themes() -> None:
    for start, place in charts.STEPS:
        shade, ink = palette.SEQUENCE[place], charts._ink(start)
        assert contrast(shade, ink) >= 4.5
        assert contrast(palette.to_dark(shade), palette.to_dark(ink)) >= 4.5


def test_the_chart_shades_a_cell_by_what_may_be_said_of_it() -> None:
    heat, text = charts.cohorts_chart(told(SAMPLE), period=Period.YEAR).data
    assert list(heat.z) == [1.0, 0.75, None, 1.0, 0.8, None]
    assert list(zip(heat.y, heat.x, strict=True))[:4] == [("2022", 0), ("2022", 1), ("2022", 2), ("2023", 0)]
    assert list(text.text) == ["100%", "75%", "held back", "100%", "≥ 80%", "held back"]
    assert list(text.textfont.color)[2] == palette.MUTED
    assert "20" not in heat.hovertext[4].replace("2023", "").replace("2024", "")  # no number behind it either


def test_many_cohorts_carry_no_numbers_but_a_legend() -> None:
    figure = charts.cohorts_chart(told(SAMPLE, Period.MONTH), period=Period.MONTH)
    assert len(figure.data) == 1
    assert [name for name, _, _ in legend_of(figure)] == [
        "90% or more",
        "75% or more",
        "50% or more",
        "25% or more",
        "fewer",
    ]


def test_somebody_who_joined_a_century_ago_does_not_make_the_chart_a_century_wide() -> None:
    workbook = book((20, D(1900, 1, 1), None), (20, D(2024, 2, 1), None))
    figure = charts.cohorts_chart(told(workbook, Period.MONTH), period=Period.MONTH)
    assert max(figure.data[0].x) == charts.MOST - 1
    assert len(charts.cohort_rows(told(workbook, Period.MONTH))) == 125 * 12 + 11


def test_what_is_held_back_is_explained_only_where_something_is() -> None:
    assert charts.held_back_text(told(SAMPLE), smallest_group=5) is not None
    whole = told(book((20, D(2024, 1, 1), None)))
    assert charts.held_back_text(whole, smallest_group=5) is None
    assert charts.cohorts_title(whole) == "Who stays, by when they joined"
    assert charts.cohorts_text(()) == "No cohort to show yet."
    few_left = told(book((20, D(2023, 1, 1), None), (2, D(2023, 1, 1), D(2024, 1, 1))))
    assert charts.cohorts_title(few_left) == "Of the 22 who joined in 2023, 81% or more are still here"


@pytest.mark.parametrize(
    ("bounds", "words"), [((0.8, 0.95), "80% or more"), ((0.05, 0.2), "20% or less"), ((1 / 12, 4 / 12), "34% or less")]
)
def test_a_bound_is_never_said_too_tightly(bounds: tuple[float, float], words: str) -> None:
    assert within(bounds) == words


@settings(max_examples=10, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(1, 9), st.dates(D(2021, 1, 1), D(2024, 12, 1)), st.none() | st.integers(1, 900)),
        max_size=6,
    ),
    st.sampled_from(Period),
)
def test_no_membership_breaks_it(rows: list[tuple[int, D, int | None]], period: Period) -> None:
    stays = [(n, joined, None if days is None else joined + dt.timedelta(days)) for n, joined, days in rows]
    found = told(book(*stays), period)
    charts.cohorts_chart(found, period=period).to_json()
    charts.cohorts_text(found)
    charts.cohort_rows(found)
