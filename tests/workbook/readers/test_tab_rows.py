"""Rows of a tab: which are read, and which cells are reported."""

import datetime as dt

import pytest

from nethealth.sources import read_path
from nethealth.workbook.reader import read_workbook

TWO = [["Name"], ["Ann Lee"], ["Ben Ode"]]
TIE = [["From", "To"], ["Ann Lee", "Ben Ode"]]


def names(workbook):
    return [person.name for person in workbook.people.values()]


def test_cell_without_header_is_noted(read, problems_with):
    workbook = read({"Members": [["Name"], ["Ann Lee", None, "stray"], ["Ben Ode"], ["", "", "alone"]]})
    assert problems_with(workbook, "no header") == [("note", "Members!C2", "stray"), ("note", "Members!C4", "alone")]
    assert names(workbook) == ["Ann Lee", "Ben Ode"]


def test_repeated_header_row_is_skipped(read, problems_with, counts):
    workbook = read({"Members": TWO, "Connections": [*TIE, ["FROM", "To "], ["Ben Ode", "Ann Lee"]]})
    assert problems_with(workbook, "repeats the headers") == [("note", "Connections!A3", None)]
    assert counts(workbook, "Connections") == (2, 2, 0, 0)


@pytest.mark.parametrize(
    ("tab", "header", "row"),
    [
        ("Members", ["Name", "Joined"], ["Ann Lee", "2024-01-05"]),
        ("Members", ["Role", "Name", "Cohort"], ["Coach", "Ann Lee", "A"]),
        ("Survey", ["Timestamp", "I learn", "I rest"], ["2024-01-05", "Agree", "Agree"]),
        ("Convenings", ["Date", "Title", "Attendees"], ["2024-01-05", "Kickoff", "Ann Lee"]),
    ],
)
def test_header_repeated_by_a_page_break_is_no_row(read, problems_with, counts, tab, header, row):
    workbook = read({"Members": TWO, tab: [header, row, [each.upper() for each in header]]})
    assert counts(workbook, tab) == (1, 1, 0, 0)
    assert len(problems_with(workbook, "repeats the headers")) == 1


def test_blank_and_unticked_rows_are_skipped(read, counts):
    rows = [["Name", "Show on map"], [], ["Ann Lee", True], ["  ", ""], [None, False], ["\u200b\xa0"]]
    workbook = read({"Members": rows})
    assert counts(workbook, "Members") == (1, 1, 0, 0)
    assert workbook.problems == ()


def test_unknown_column_is_noted(read, problems_with):
    workbook = read({"Members": TWO, "Connections": [["From", "To", "Mood"], ["Ann Lee", "Ben Ode", "good"]]})
    assert problems_with(workbook, "don’t know this column") == [("note", "Connections!C1", "Mood")]


def test_dates_of_the_case_are_read_with_the_day_first(cases):
    workbook = read_workbook(read_path(cases / "15-uk-dates"), today=dt.date(2026, 11, 30))
    assert [each.date for each in workbook.convenings] == [
        dt.date(2024, 2, 3),
        dt.date(2024, 4, 25),
        dt.date(2024, 6, 11),
    ]
    assert [person.joined for person in workbook.members] == [
        dt.date(2023, 9, 5),
        dt.date(2023, 9, 13),
        dt.date(2023, 10, 1),
        dt.date(2023, 11, 21),
    ]
    # Left alone shows no order; Joined next to it does.
    assert workbook.people["Carla Wynn"].spells[0].left == dt.date(2024, 2, 7)


@pytest.mark.parametrize("setting", ["month first", "day first"])
@pytest.mark.parametrize(("between", "day_first"), [("/", True), ("/", False), (".", True), (".", False), ("-", False)])
def test_column_shows_its_order_whatever_the_setting(read, problems_with, setting, between, day_first):
    def typed(day):
        parts = (day.day, day.month) if day_first else (day.month, day.day)
        return between.join(map(str, (*parts, day.year)))

    days = [dt.date(2024, 3, 2), dt.date(2024, 4, 25), dt.date(2024, 6, 11)]
    rows = [["Date", "Title"], *[[typed(day), f"T{at}"] for at, day in enumerate(days)]]
    workbook = read({"Settings": [["Setting", "Value"], ["Date order", setting]], "Convenings": rows})
    assert [each.date for each in workbook.convenings] == days
    assert not problems_with(workbook, "two ways")
    is_as_set = (setting == "day first") is day_first
    assert len(problems_with(workbook, "comes first")) == (0 if is_as_set else 1)


def test_column_that_shows_both_orders_is_read_by_the_setting(read, problems_with):
    rows = [["Date", "Title"], ["25/04/2024", "A"], ["04/25/2024", "B"], ["03/02/2024", "C"]]
    workbook = read({"Convenings": rows})
    assert workbook.convenings[2].date == dt.date(2024, 3, 2)
    assert problems_with(workbook, "two ways") == [("note", "Convenings!A4", "03/02/2024")]


@pytest.mark.parametrize("header", ["Fecha", "Datum"])
def test_language_of_a_column_puts_the_day_first_with_a_note(read, problems_with, header):
    rows = [[header, "Nombre", "¿Cómo estás?"], ["03/02/2024", "", 4], ["05/02/2024", "", 4]]
    workbook = read({"Survey": rows})
    assert [each.date for each in workbook.responses] == [dt.date(2024, 2, 3), dt.date(2024, 2, 5)]
    assert [at for _, at, _ in problems_with(workbook, "read the day first")] == ["Survey!A2", "Survey!A3"]


@pytest.mark.parametrize(
    ("days", "chosen"),
    [
        # A date that is possible one way only decides, and so does the setting.
        (["02/03/2024", "02/25/2024"], None),
        (["02/03/2024", "02/04/2024"], "month first"),
    ],
)
def test_dates_and_setting_win_over_the_language(read, days, chosen):
    settings = [["Setting", "Value"], *([["Date order", chosen]] if chosen else [])]
    workbook = read({"Settings": settings, "Survey": [["Fecha", "Nombre", "Aprendo"], *([day, "", 4] for day in days)]})
    assert workbook.responses[0].date == dt.date(2024, 2, 3)


def test_one_tab_says_nothing_about_another(read):
    members = [["Name", "Joined"], ["Ana", "25/04/2024"], ["Ben", "03/02/2024"]]
    workbook = read({"Members": members, "Convenings": [["Date", "Title"], ["03/02/2024", "A"]]})
    assert workbook.people["Ben"].joined == dt.date(2024, 2, 3)
    assert workbook.convenings[0].date == dt.date(2024, 3, 2)
