"""Dates as people and sheets write them, worked by hand; and: nothing ever raises, or takes long."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.workbook.cells.dates import (
    DAY_OR_MONTH,
    DOTTED,
    NO_SUCH_DAY,
    NOT_A_DATE,
    SHORT_YEAR,
    TOO_EARLY,
    YEAR_ONLY,
    order_of_dates,
    read_date,
)
from nethealth.workbook.cells.parsed import Parsed
from nethealth.workbook.records import Severity
from tests.cpu_time import measure_cpu_seconds

PI_DAY = dt.date(2024, 3, 14)


def read(cell, *, day_first=False, end_of_period=False):
    return read_date(cell, day_first=day_first, end_of_period=end_of_period)


@pytest.mark.parametrize(
    "cell",
    [
        "2024-03-14",
        "2024/3/14",
        "2024.03.14",
        "20240314",
        "2024-03-14T09:26:53Z",
        "2024-03-14T09:26:53.589+05:30",
        "2024-03-14 09:26",
        "3/14/2024",
        "03-14-2024",
        "14/3/2024",
        "14.3.2024",
        " 3 / 14 / 2024 ",
        "3/14/2024 9:26:53",
        "3/14/2024 9:26:53 AM",
        "2024/03/14 9:26:53 AM GMT-5",
        "2024/03/14 9:26:53 p.m. EST",
        "14 Mar 2024",
        "14 March 2024",
        "14-Mar-2024",
        "14. Mar. 2024",
        "14th March, 2024",
        "14th of March 2024",
        "Mar 14, 2024",
        "March 14th 2024",
        "March 14, 2024 at 9:26 AM",
        "Thursday, March 14, 2024",
        "Thu 14 Mar 2024",
        "2024 Mar 14",
        "14 de marzo de 2024",
        "jueves, 14 de marzo de 2024",
        "marzo 14, 2024",
        "14 MAR 2024",
        "14\xa0Mar\u200b 2024",
        "١٤/٣/٢٠٢٤",
        "14–3–2024",
        "2024-03-14,",
        45365,
        45365.99,
        20240314,
        PI_DAY,
        dt.datetime(2024, 3, 14, 23, 59, tzinfo=dt.UTC),
    ],
)
def test_one_day_in_many_forms(cell):
    assert read(cell).value == PI_DAY
    assert read(cell).problems == ()
    assert read(cell, day_first=True).value == PI_DAY


@pytest.mark.parametrize(
    "word", ["Sept. 3, 2024", "3 sep 2024", "3 de septiembre de 2024", "setiembre 3, 2024", "3 SEPT 2024"]
)
def test_september_by_its_many_names(word):
    assert read(word).value == dt.date(2024, 9, 3)


@pytest.mark.parametrize(
    "serial", [(1, None), (2, dt.date(1900, 1, 1)), (60, dt.date(1900, 2, 28)), (61, dt.date(1900, 3, 1))]
)
def test_serials_count_from_1899_12_30(serial):
    # As Google Sheets shows them: 2 is 1900-01-01, 61 is 1900-03-01.
    cell, expected = serial
    assert read(cell).value == expected


def test_ambiguous_date_follows_setting_with_note():
    assert read("3/4/2024").value == dt.date(2024, 3, 4)
    assert read("3/4/2024").problems == (DAY_OR_MONTH[False],)
    assert read("3/4/2024", day_first=True).value == dt.date(2024, 4, 3)
    assert read("3/4/2024", day_first=True).problems == (DAY_OR_MONTH[True],)
    assert DAY_OR_MONTH[True].severity is Severity.NOTE


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("1. März 2024", dt.date(2024, 3, 1)),
        ("15. Juni 2025", dt.date(2025, 6, 15)),
        ("Okt. 2023", dt.date(2023, 10, 1)),
        ("1er août 2024", dt.date(2024, 8, 1)),
        ("14 févr. 2024", dt.date(2024, 2, 14)),
        ("Décembre 2024", dt.date(2024, 12, 1)),
        ("3 de março de 2024", dt.date(2024, 3, 3)),
        ("7 de setembro de 2023", dt.date(2023, 9, 7)),
        ("12 out 2024", dt.date(2024, 10, 12)),
    ],
)
def test_months_in_french_german_and_portuguese(cell, day):
    assert read(cell) == Parsed(day)


@pytest.mark.parametrize("cell", ["03.04.2024", "3.4.2024", "03. 04. 2024", "3.4.24", "03.04.2024 10:05"])
def test_date_with_dots_has_the_day_first(cell):
    read = read_date(cell, day_first=False)
    assert read.value == dt.date(2024, 4, 3)
    assert DOTTED in read.problems
    assert read_date(cell, day_first=False, is_order_known=True).value == dt.date(2024, 3, 4)
    assert read_date("25.04.2024", day_first=False) == Parsed(dt.date(2024, 4, 25))


def test_equal_day_and_month_is_unambiguous():
    assert read("5/5/2024").problems == ()


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        ("March 2024", dt.date(2024, 3, 1), dt.date(2024, 3, 31)),
        ("Mar 2024", dt.date(2024, 3, 1), dt.date(2024, 3, 31)),
        ("febrero de 2024", dt.date(2024, 2, 1), dt.date(2024, 2, 29)),
        ("2023-02", dt.date(2023, 2, 1), dt.date(2023, 2, 28)),
        ("2/2023", dt.date(2023, 2, 1), dt.date(2023, 2, 28)),
        ("2024", dt.date(2024, 1, 1), dt.date(2024, 12, 31)),
        (2024, dt.date(2024, 1, 1), dt.date(2024, 12, 31)),
        (2024.0, dt.date(2024, 1, 1), dt.date(2024, 12, 31)),
    ],
)
def test_month_or_year_is_first_or_last_day(cell, first, last):
    assert read(cell).value == first
    assert read(cell, end_of_period=True).value == last


def test_full_date_is_itself_as_an_end():
    assert read("2024-03-14", end_of_period=True).value == PI_DAY
    assert read(45365, end_of_period=True).value == PI_DAY


@pytest.mark.parametrize("cell", [1900, 2026, 2100, "2026"])
def test_year_alone_is_noted(cell):
    assert read(cell).problems == (YEAR_ONLY,)


def test_number_outside_years_is_serial():
    assert read(1899).value == dt.date(1905, 3, 13)
    assert read(2101).value == dt.date(1905, 10, 1)
    assert read(2026.5).value == dt.date(1905, 7, 18)


def test_two_digit_year_is_noted():
    assert read("3/14/24").value == PI_DAY
    assert read("3/14/24").problems == (SHORT_YEAR,)
    assert read("14-Mar-99").value == dt.date(1999, 3, 14)


@pytest.mark.parametrize(
    "cell", ["2024-02-30", "31/2/2024", "2023-02-29", "13/13/2024", "0/5/2024", "2024-13", "Feb 30, 2024", "2024-00-10"]
)
def test_impossible_date(cell):
    assert read(cell) == NO_SUCH_DAY


@pytest.mark.parametrize(
    "cell",
    [
        "1899-12-31",
        "1/1/1850",
        dt.date(1776, 7, 4),
        dt.datetime(1, 1, 1, tzinfo=dt.UTC),
        0,
        1,
        -5,
        0.5,
        "March 1850",
        "1850",
    ],
)
def test_before_1900(cell):
    assert read(cell) == TOO_EARLY


@pytest.mark.parametrize(
    "cell",
    [
        "soon",
        "spring 2024",
        "Mar 14",
        "14/3",
        "3/14/2024/5",
        "12:30",
        "2024-03-14 to 2024-03-16",
        "Marchember 2024",
        True,
        dt.time(9),
        dt.timedelta(3),
        float("nan"),
        float("inf"),
        10**9,
        10**400,
        3000000.0,
        "14/Mar",
        "2024-03-1४x",
        "9" * 500,
        "2024-03-14 12:99:99:99",
        "N/A",
    ],
)
def test_not_a_date_is_error(cell):
    assert read(cell) == NOT_A_DATE


@pytest.mark.parametrize("cell", ["=TODAY()", " =A1", "=" * 40_000])
def test_formula_as_text_is_error(cell):
    assert [problem.severity for problem in read(cell).problems] == [Severity.ERROR]
    assert "=" in read(cell).problems[0].message


@pytest.mark.parametrize("cell", [None, "", "  ", "\u00a0\u200b"])
def test_blank_is_blank(cell):
    assert read(cell).value is None
    assert read(cell).problems == ()


@given(st.dates(min_value=dt.date(1900, 1, 1)), st.booleans())
@settings(max_examples=150, deadline=None)
def test_every_day_reads_back_in_every_form(day, day_first):
    serial = (day - dt.date(1899, 12, 30)).days
    forms = [day.isoformat(), f"{day.day} {day:%B} {day.year}", f"{day:%b} {day.day}, {day.year}", day]
    forms.append(f"{day.day}/{day.month}/{day.year}" if day_first else f"{day.month}/{day.day}/{day.year}")
    forms += [serial] if not 1900 <= serial <= 2100 else []
    assert {read_date(form, day_first=day_first).value for form in forms} == {day}


@given(
    st.one_of(
        st.none(),
        st.integers(),
        st.floats(),
        st.datetimes(),
        st.text(alphabet=st.characters(), max_size=40),
        st.text(alphabet="0123456789/-. :,APMTZmarchenero\ud800\u200b٣", max_size=24),
    ),
    st.booleans(),
    st.booleans(),
)
@settings(max_examples=400, deadline=None)
def test_no_cell_raises(cell, day_first, end_of_period):
    parsed = read_date(cell, day_first=day_first, end_of_period=end_of_period)
    assert parsed.value is None or (type(parsed.value) is dt.date and parsed.value.year >= 1900)
    assert parsed.value is not None or all(problem.severity is Severity.ERROR for problem in parsed.problems)


@pytest.mark.parametrize("unit", ["1", " ", "1/", "Mar ", ":", "1:", "\u200b", "a "])
def test_long_cell_is_fast(unit):
    cell = unit * (40_000 // len(unit))
    _, seconds = measure_cpu_seconds(lambda: (read(cell), read(f"{cell}2024")), enough=0.3)
    assert seconds < 0.3


@pytest.mark.parametrize(
    ("cell", "day"),
    [("45292", dt.date(2024, 1, 1)), ("45292.75", dt.date(2024, 1, 1)), (" 46022 ", dt.date(2025, 12, 31))],
)
def test_serial_number_in_a_text_is_a_day_with_a_note(cell, day):
    found = read(cell)
    assert found.value == day
    assert [problem.severity for problem in found.problems] == [Severity.NOTE]


@pytest.mark.parametrize("cell", ["12345", "99999", "452920", "45292-3"])
def test_other_numbers_of_five_digits_are_no_days(cell):
    assert read(cell).value is None


def test_year_with_a_point_is_a_year():
    assert read("2024.0").value == dt.date(2024, 1, 1)
    assert read("2024.0", end_of_period=True).value == dt.date(2024, 12, 31)


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["25/04/2024", "11/06/2024"], (True, 1)),
        (["04/25/2024", "06/11/2024", "01/02/2024"], (False, 2)),
        (["25.04.24", "11.06.24", "5.5.2024"], (True, 1)),
        (["25/04/2024 10:00", None, 45292, "2024-04-05"], (True, 0)),
        (["25/04/2024", "04/25/2024", "01/02/2024"], (None, 1)),
        (["01/02/2024"], (None, 1)),
        (["April 5, 2024", "", "soon"], (None, 0)),
    ],
)
def test_order_of_dates_follows_those_with_one_reading(cells, order):
    assert order_of_dates(cells) == order
