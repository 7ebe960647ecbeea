"""Tables as .xlsx: typed, readable in Excel and LibreOffice, harmless, and explained."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from nethealth.presentation.table import Column, Format, Share, Table
from nethealth.presentation.xlsx_file import ABOUT, xlsx_bytes
from nethealth.privacy.suppression import TooFew


def opened(*tables: Table, about: dict[str, str] | None = None) -> Workbook:
    titled = {f"T{number}": table for number, table in enumerate(tables)}
    return openpyxl.load_workbook(io.BytesIO(xlsx_bytes(titled, about=about)))


def sheet_of(columns: dict[str, Format], *rows: dict[str, object]) -> Worksheet:
    return opened(Table.of(columns, rows)).worksheets[0]


def test_titles_fit_excel_and_nothing_is_a_formula() -> None:
    table = Table.of({"=1+1": Format.TEXT, "x": Format.NUMBER}, [{"=1+1": "=HYPERLINK(1)", "x": "-1+1"}])
    titles = ("A title: longer than [31] characters/everywhere", "a", "A")
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(dict.fromkeys(titles, table))))
    assert len({title.casefold() for title in book.sheetnames}) == 3
    assert all(len(title) <= 31 for title in book.sheetnames)
    assert all(cell.data_type == "s" for sheet in book for line in sheet for cell in line)


def test_cells_are_numbers_percentages_and_dates() -> None:
    columns = {"Name": Format.TEXT, "Ties": Format.NUMBER, "Share": Format.SHARE, "Joined": Format.DATE}
    day = dt.date(2025, 1, 2)
    sheet = sheet_of(columns | {"Month": Format.MONTH}, {"Ties": None, "Share": 0.25, "Joined": day, "Month": day})
    _, ties, share, joined, month = sheet[2]
    assert (ties.value, share.value, share.number_format) == (None, 0.25, "0.0%")
    assert joined.value.date() == month.value.date() == day
    assert (joined.number_format, month.number_format) == ("mmm d, yyyy", "mmm yyyy")


@pytest.mark.parametrize(
    ("values", "pattern"),
    [
        ((119.0, 7), "#,##0"),
        ((2.5, 3.0), "#,##0.0#"),
        ((0.0751, 0.1), "0.000"),
        ((None, 1_234), "#,##0"),
    ],
)
def test_numbers_of_a_column_have_as_many_digits_as_they_need(values: tuple[float | None, ...], pattern: str) -> None:
    sheet = sheet_of({"x": Format.NUMBER}, *({"x": value} for value in values))
    assert [cell.value for (cell,) in sheet.iter_rows(min_row=2)] == list(values)
    assert {cell.number_format for (cell,) in sheet.iter_rows(min_row=2) if cell.value is not None} == {pattern}


def test_numbers_among_text_have_a_format_each() -> None:
    values = ("Spring", 0.1234567, Share(0.873), 118)
    sheet = sheet_of({"x": Format.TEXT}, *({"x": value} for value in values))
    assert [cell.number_format for (cell,) in sheet.iter_rows(min_row=2)] == ["General", "0.000", "0.0%", "#,##0"]


def test_what_excel_cannot_hold_is_text_or_empty() -> None:
    values = (float("nan"), float("inf"), 10**20, dt.date(1850, 1, 2), True, TooFew(5), ("a", "b"))
    sheet = sheet_of({"x": Format.TEXT, "n": Format.NUMBER}, *({"x": value, "n": 1} for value in values))
    assert [sheet.cell(row, 1).value for row in range(2, 9)] == [
        *(None, None, str(10**20), "1850-01-02", "yes", "fewer than 5", "a; b"),
    ]


def test_columns_are_wide_enough_and_long_text_gets_room() -> None:
    long = "We meet twice a year and plan the next months together. " * 5
    sheet = sheet_of({"Name": Format.TEXT, "Note": Format.TEXT}, {"Name": "A name of twenty-five chars", "Note": long})
    widths = [sheet.column_dimensions[column].width for column in "AB"]
    assert widths[0] >= 27
    assert widths[1] <= 46
    assert sheet.row_dimensions[2].height >= 15 * len(long) / 46


def test_header_stays_in_view_and_on_each_printed_page() -> None:
    sheet = sheet_of({"x": Format.TEXT}, {"x": "a"})
    assert sheet.freeze_panes == "A2"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0


def test_first_tab_says_what_is_what() -> None:
    table = Table.of(
        (Column("Name"), Column("Share", Format.SHARE), Column("Who", in_file=False)),
        [{"Name": "Ana", "Share": "hidden"}],
        meanings={"Share": "Out of everyone.", "Who": "Not in the file."},
    )
    book = opened(table, about={"Network": "=1+1"})
    assert book.sheetnames == [ABOUT, "T0"]
    rows = list(book[ABOUT].iter_rows(min_row=2))
    about = {name.value.strip(): text.value for name, text in rows}
    assert list(about) == ["Network", "“hidden”", "T0", "Share"]
    assert about["T0"] == "1 row"
    assert about["Share"] == "Out of everyone."
    assert rows[0][1].data_type == "s"


def test_first_tab_explains_hidden_only_if_something_is() -> None:
    rows = [{"x": TooFew(5)}, {"x": TooFew(5)}]
    hidden, shown = Table.of({"x": Format.NUMBER}, rows), Table.of({"x": Format.NUMBER}, [{"x": 5}])
    explained = [cell.value for (cell, _) in opened(hidden, about={})[ABOUT].iter_rows(min_row=2)]
    assert explained == ["“fewer than 5”", "T0"]
    assert [cell.value for (cell, _) in opened(shown, about={})[ABOUT].iter_rows(min_row=2)] == ["T0"]
