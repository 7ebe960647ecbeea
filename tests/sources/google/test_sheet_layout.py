"""What a Google Sheet lacks of the template, from a reading alone."""

from __future__ import annotations

import datetime as dt
from typing import Any

from nethealth.sources.google.sheet_layout import plan_layout
from nethealth.workbook.raw import RawTab, RawWorkbook
from nethealth.workbook.schema.tabs import TABS, WEAVING
from nethealth.workbook.template import READ_ME

LINK = "https://docs.google.com/spreadsheets/d/x/edit"


def sheet(**tabs: list[list[Any]]) -> RawWorkbook:
    found = [RawTab(title, rows, url=f"{LINK}#gid={at}") for at, (title, rows) in enumerate(tabs.items())]
    return RawWorkbook("Network", found, dt.datetime(2026, 11, 30, tzinfo=dt.UTC))


def requests(raw: RawWorkbook, name: str, **options: Any) -> list[Any]:
    return [request[name] for request in plan_layout(raw, **options).requests if name in request]


def test_empty_sheet_lacks_everything() -> None:
    layout = plan_layout(sheet(Sheet1=[]))
    assert [each.title for each in layout.additions] == [READ_ME, *(tab.name for tab in TABS)]
    assert layout.additions[5].columns == tuple(column.name for column in WEAVING.columns.values())
    titles = {request["addSheet"]["properties"]["title"] for request in layout.requests if "addSheet" in request}
    assert titles == {READ_ME, *(tab.name for tab in TABS)}


def test_headers_are_frozen_noted_and_protected_with_a_warning_only() -> None:
    raw = sheet(Sheet1=[])
    protections = requests(raw, "addProtectedRange")
    assert len(protections) == len(TABS)
    assert all(each["protectedRange"]["warningOnly"] for each in protections)
    tabs = [each["properties"] for each in requests(raw, "addSheet") if each["properties"]["title"] != READ_ME]
    assert all(each["gridProperties"]["frozenRowCount"] == 1 for each in tabs)
    headers = [each["rows"][0]["values"] for each in requests(raw, "updateCells") if each["start"]["rowIndex"] == 0]
    assert all(cell["note"] for row in headers for cell in row if cell["userEnteredValue"] == {"stringValue": "Date"})


def test_no_cell_is_a_formula() -> None:
    for written in requests(sheet(Sheet1=[]), "updateCells"):
        for row in written["rows"]:
            assert all(set(cell.get("userEnteredValue", {})) <= {"stringValue"} for cell in row["values"])


def test_missing_columns_come_right_of_everything() -> None:
    calls = [["Our calls"], [], ["Weaver", "When", "Member", "", ""], ["Bo", 46000, "Ana", "", "a remark"]]
    names = [["Tab", "Column", "Your header"], ["Weaving", "Whole tab", "Calls"], ["Weaving", "Date", "When"]]
    raw = sheet(Calls=calls, **{"Column names": names})
    (written,) = requests(raw, "updateCells", wanted={"Weaving": ["due", "entry_id"]})
    assert written["start"] == {"sheetId": 0, "rowIndex": 2, "columnIndex": 5}
    texts = [cell["userEnteredValue"]["stringValue"] for cell in written["rows"][0]["values"]]
    assert texts == ["Due", "Entry ID"]
    (inserted,) = requests(raw, "insertDimension", wanted={"Weaving": ["due", "entry_id"]})
    assert inserted["range"] == {"sheetId": 0, "dimension": "COLUMNS", "startIndex": 5, "endIndex": 7}


def test_dates_of_a_new_column_show_as_dates() -> None:
    raw = sheet(Weaving=[["Date", "Weaver", "Member"]])
    formats = requests(raw, "repeatCell", wanted={"Weaving": ["due"]})
    assert [each["cell"]["userEnteredFormat"]["numberFormat"]["type"] for each in formats] == ["DATE"]
    assert formats[0]["range"] == {"sheetId": 0, "startRowIndex": 1, "startColumnIndex": 3, "endColumnIndex": 4}


def test_names_are_offered_from_where_they_stand() -> None:
    raw = sheet(Roster=[["Notes", "Name"]], Weaving=[["Date", "Weaver", "Member"]])
    rules = requests(raw, "setDataValidation")
    offered = {rule["rule"]["condition"]["values"][0]["userEnteredValue"] for rule in rules}
    assert "='Roster'!$B$2:$B" in offered
    assert not any(rule["rule"]["strict"] for rule in rules)


def test_what_is_there_stays_as_it_is() -> None:
    raw = sheet(Weaving=[["Date", "Weaver", "Member"], [46000, "Bo", "Ana"]])
    touched = requests(raw, "updateCells", wanted={"Weaving": list(WEAVING.columns)})
    assert all(each["start"]["columnIndex"] >= 3 for each in touched)
    assert requests(raw, "setDataValidation", wanted={"Weaving": []}) == []


def test_tab_whose_headers_we_cannot_match_is_left_alone() -> None:
    raw = sheet(Weaving=[["Day", "Who"], [46000, "Bo"]])
    layout = plan_layout(raw, wanted={"Weaving": ["date"]})
    assert (layout.additions, layout.requests) == ([], [])
    assert [problem.tab for problem in layout.problems] == ["Weaving"]


def test_empty_tab_with_our_name_gets_its_headers() -> None:
    raw = sheet(Weaving=[])
    (written,) = requests(raw, "updateCells", wanted={"Weaving": []})
    assert written["start"] == {"sheetId": 0, "rowIndex": 0, "columnIndex": 0}
    assert requests(raw, "addSheet", wanted={"Weaving": []}) == []
