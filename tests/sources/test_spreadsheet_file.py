"""Whole .xlsx and .ods files, from three different writers."""

import datetime as dt
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from nethealth.errors import FileNotFound
from nethealth.sources import read_file, read_path
from nethealth.workbook.raw import RawTab
from tests.cpu_time import measure_cpu_seconds
from tests.sources.workbooks import MAIN, ods, sheet_xml, xlsx, xlsx_of_xml

CELL = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'


def only_tab(data: bytes, name: str = "Our network.xlsx") -> RawTab:
    (tab,) = read_file(data, name).tabs
    return tab


def every_type(*, epoch_1904: bool = False) -> bytes:
    workbook = openpyxl.Workbook()
    if epoch_1904:
        workbook.epoch = CALENDAR_MAC_1904
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "Members"
    values: list[Any] = [
        "text",
        7,
        1.5,
        True,
        False,
        dt.date(2024, 3, 1),
        dt.datetime.fromisoformat("2024-03-01T10:05:00"),
        dt.time(10, 5),
        dt.timedelta(hours=30),
        "  007 ",
        0.25,
        0,
    ]
    for column, value in enumerate(values, start=3):
        sheet.cell(4, column, value)
    sheet.cell(4, 13).number_format = "0%"
    for row, text in enumerate(("#REF!", "#N/A", "#DIV/0!"), start=5):
        cell = sheet.cell(row, 2, text)
        cell.data_type = "e"
    sheet.cell(9, 1, "end")
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


@pytest.mark.parametrize("epoch_1904", [False, True])
def test_values_of_every_type_keep_their_rows(epoch_1904: bool) -> None:
    rows = only_tab(every_type(epoch_1904=epoch_1904)).rows
    assert [list(row) for row in rows[:3]] == [[], [], []]
    expected = [
        "text",
        7,
        1.5,
        True,
        False,
        dt.date(2024, 3, 1),
        dt.datetime.fromisoformat("2024-03-01T10:05:00"),
        dt.time(10, 5),
        dt.timedelta(hours=30),
        "  007 ",
        0.25,
        0,
    ]
    assert list(rows[3]) == ["", "", *expected]
    assert [type(cell) is bool for cell in rows[3][5:7]] == [True, True]
    assert [list(row) for row in rows[4:]] == [["", "#REF!"], ["", "#N/A"], ["", "#DIV/0!"], [], ["end"]]


def test_hidden_tabs_are_read_and_charts_noted() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as workbook:
        for title in ("Members", "Hidden", "Very hidden"):
            workbook.add_worksheet(title).write(0, 0, title)
        workbook.get_worksheet_by_name("Hidden").hide()
        workbook.get_worksheet_by_name("Very hidden").very_hidden()
        chart = workbook.add_chart({"type": "bar"})
        chart.add_series({"values": "=Members!$A$1:$A$1"})
        workbook.add_chartsheet("Picture").set_chart(chart)
    read = read_file(file.getvalue(), "C:\\Users\\someone\\Spring Lake.xlsx")
    assert read.title == "Spring Lake"
    assert [(tab.title, tab.hidden) for tab in read.tabs] == [
        ("Members", False),
        ("Hidden", True),
        ("Very hidden", True),
    ]
    assert len(read.notes) == 1
    assert "Picture" in read.notes[0]
    assert read.read_at.utcoffset() == dt.timedelta(0)
    assert (read.timezone, read.url, read.tabs[0].url) == (None, None, None)


def test_macros_are_ignored() -> None:
    file = io.BytesIO(xlsx({"Members": [["Ada"]]}))
    assert only_tab(file.getvalue(), "book.xlsm").rows == [["Ada"]]


def test_formatted_blanks_dont_count() -> None:
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c><c r="XFD1" s="0"/></row>'
        '<row r="1048576"><c r="B1048576" s="0"/></row>'
    )
    assert only_tab(xlsx_of_xml(sheet_xml(rows))).rows == [["Name"]]


def test_cells_without_references_are_read() -> None:
    body = (
        '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row r="3">'
        '<x:c><x:v>1</x:v></x:c><x:c><x:v>2</x:v></x:c><x:c t="e"><x:v>#N/A</x:v></x:c></x:row><x:row><x:c><x:v>3</x:v>'
        "</x:c></x:row></x:sheetData></x:worksheet>"
    )
    assert [list(row) for row in only_tab(xlsx_of_xml(body)).rows] == [[], [], [1, 2, "#N/A"], [3]]


def test_open_document_with_repeats_and_errors_is_read() -> None:
    table = (
        '<table:table table:name="Members">'
        '<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="16384"/>'
        "</table:table-row><table:table-row>"
        + CELL.format("Name")
        + '<table:table-cell table:number-columns-repeated="2"/>'
        + CELL.format("a<text:s text:c='2'/>b")
        + '<table:table-cell table:number-columns-repeated="16380"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="2">'
        '<table:table-cell office:value-type="float" office:value="7"><text:p>7</text:p></table:table-cell>'
        '<table:table-cell office:value-type="percentage" office:value="0.25"><text:p>25%</text:p></table:table-cell>'
        '<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>TRUE</text:p>'
        "</table:table-cell>"
        '<table:table-cell office:value-type="date" office:date-value="2024-03-01"><text:p>1.3.</text:p>'
        "</table:table-cell>"
        '<table:table-cell office:value-type="string" office:string-value="" calcext:value-type="error">'
        "<text:p>#REF!</text:p></table:table-cell>"
        '<table:table-cell office:value-type="float" office:value="0" calcext:value-type="error">'
        "<text:p>Err:502</text:p></table:table-cell></table:table-row>"
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row></table:table>'
    )
    rows = [list(row) for row in only_tab(ods(table), "book.ods").rows]
    filled = [7, 0.25, True, dt.date(2024, 3, 1), "#REF!", "Err:502"]
    assert rows == [[], [], ["Name", "", "", "a  b"], filled, filled]


@given(
    st.lists(
        st.lists(st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"]), max_size=12), max_size=4),
        max_size=6,
    )
)
@settings(max_examples=40, deadline=None)
def test_any_text_is_read_back(rows: list[list[str]]) -> None:
    read = only_tab(xlsx({"Members": rows})).rows

    def at(table: Any, row: int, column: int) -> str:
        return table[row][column] if row < len(table) and column < len(table[row]) else ""

    for row in range(len(rows)):
        for column in range(5):
            assert at(read, row, column).rstrip() == at(rows, row, column).rstrip()


def test_fifty_thousand_rows_are_read_in_time() -> None:
    strings = "".join(f"<si><t>name {number}</t></si>" for number in range(4999))
    rows = []
    for row in range(50_000):
        names = "".join(f'<c r="{letter}{row + 1}" t="s"><v>{row % 4999}</v></c>' for letter in "ABCDE")
        numbers = "".join(f'<c r="{letter}{row + 1}"><v>{row}</v></c>' for letter in "FGH")
        rows.append(f'<row r="{row + 1}">{names}{numbers}</row>')
    data = xlsx_of_xml(sheet_xml("".join(rows)), **{"xl/sharedStrings.xml": f"<sst {MAIN}>{strings}</sst>"})
    tab, seconds = measure_cpu_seconds(lambda: only_tab(data), enough=3)
    assert seconds < 3
    assert len(tab.rows) == 50_000
    assert tab.rows[-1] == [f"name {49_999 % 4999}"] * 5 + [49_999] * 3


def test_path_is_read(tmp_path: Path) -> None:
    file = tmp_path / "book.xlsx"
    file.write_bytes(xlsx({"Members": [["Ada"]]}))
    assert read_path(file).tabs[0].rows == [["Ada"]]
    with pytest.raises(FileNotFound):
        read_path(tmp_path / "nowhere.xlsx")
