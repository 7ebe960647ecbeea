"""The loopback server writes as Google does: shapes and places are those of gspread's recordings and Google's docs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import gspread
import pytest
import requests

from tests.sources import sheet_grid
from tests.sources.sheets_server import (
    ACCOUNT,
    LOST_ANSWERS,
    REFUSALS,
    RESET,
    SHEET_ID,
    Sheet,
    SheetsServer,
)

RAW = {"valueInputOption": "RAW", "insertDataOption": "INSERT_ROWS"}
LINK = f"https://docs.google.com/spreadsheets/d/{SHEET_ID}"
WRITING = "https://www.googleapis.com/auth/spreadsheets"


def client(server: SheetsServer, *, scope: str = WRITING) -> gspread.HTTPClient:
    """The real gspread, whose requests come here."""
    account = gspread.service_account_from_dict(server.service_account(), scopes=[scope])
    for session in (account.http_client.session, account.http_client.session._auth_request_session):
        session.mount("https://", server.transport())
    return account.http_client


def append(server: SheetsServer, cells: str, values: list[list[Any]], **params: Any) -> Any:
    return client(server).values_append(SHEET_ID, cells, {**RAW, **params}, {"values": values})


@pytest.fixture
def sheet(server: SheetsServer) -> Sheet:
    return server.add(Sheet(tabs={"Sheet1": [["a", "", "c"]], "Empty": []}))


def test_append_without_table_range_drifts_right(server: SheetsServer, sheet: Sheet) -> None:
    answer = append(server, "'Sheet1'", [["1", "", "3"]])
    assert answer["tableRange"] == "Sheet1!C1"
    assert answer["updates"]["updatedRange"] == "Sheet1!C2:E2"
    assert sheet.tabs["Sheet1"][1] == ["", "", "1", "", "3"]


def test_append_to_the_table_starts_at_its_first_column(server: SheetsServer, sheet: Sheet) -> None:
    answer = append(server, "'Sheet1'!A1", [["1", None, "3"]])
    assert answer == {
        "spreadsheetId": SHEET_ID,
        "tableRange": "Sheet1!A1",
        "updates": {
            "spreadsheetId": SHEET_ID,
            "updatedRange": "Sheet1!A2:C2",
            "updatedRows": 1,
            "updatedColumns": 3,
            "updatedCells": 2,
        },
    }


def test_append_to_an_empty_tab_starts_at_the_range(server: SheetsServer, sheet: Sheet) -> None:
    answer = append(server, "'Empty'!A1", [["x"]])
    assert "tableRange" not in answer
    assert sheet.tabs["Empty"] == [["x"]]


@pytest.mark.parametrize(
    ("cells", "written_at"),
    [("A1:Z99", "B7"), ("B4", "B7"), ("C5:D5", "B7"), ("B2:D4", "B7"), ("A1", "A3"), ("E4", "E4"), ("A4", "A4")],
)
def test_the_table_is_found_as_in_googles_own_example(cells: str, written_at: str) -> None:
    rows = [["x", "x", "x"], ["x", "x", "x"], [], ["", "x", "x", "x"], ["", "x", "x", "x"], ["", "x", "x", "x"]]
    answer = sheet_grid.append_values(Sheet(tabs={"T": rows}), f"T!{cells}", [["new"]], {})
    assert answer["updates"]["updatedRange"] == f"T!{written_at}"


def test_inserted_rows_move_others_down_and_overwriting_does_not(server: SheetsServer) -> None:
    sheet = server.add(Sheet(tabs={title: [["Name"], ["Ada"], [], ["below"]] for title in "TU"}))
    append(server, "T!A1", [["Ben"], ["Cy"]])
    append(server, "U!A1", [["Ben"], ["Cy"]], insertDataOption="OVERWRITE")
    assert sheet.tabs["T"] == [["Name"], ["Ada"], ["Ben"], ["Cy"], [], ["below"]]
    assert sheet.tabs["U"] == [["Name"], ["Ada"], ["Ben"], ["Cy"]]


def test_only_raw_values_run_nothing(server: SheetsServer, sheet: Sheet) -> None:
    append(server, "Empty!A1", [["=1+1"]])
    assert (sheet.tabs["Empty"], sheet.formulas) == ([["=1+1"]], [])
    append(server, "Empty!A1", [["=1+1"]], valueInputOption="USER_ENTERED")
    assert sheet.formulas == ["=1+1"]


def test_update_leaves_none_as_it_is(server: SheetsServer) -> None:
    sheet = server.add(Sheet(tabs={"T": [["a", "b", "c"]]}))
    client(server).values_update(SHEET_ID, "T!A1:C1", {"valueInputOption": "RAW"}, {"values": [["x", None, ""]]})
    assert sheet.tabs["T"] == [["x", "b", ""]]


def test_a_batch_is_all_or_nothing(server: SheetsServer, sheet: Sheet) -> None:
    cells = [{"values": [{"userEnteredValue": {"stringValue": "Name"}, "note": "Who"}]}]
    right = [
        {"addSheet": {"properties": {"sheetId": 70, "title": "New", "gridProperties": {"frozenRowCount": 1}}}},
        {"updateCells": {"start": {"sheetId": 70}, "rows": cells, "fields": "userEnteredValue,note"}},
    ]
    wrong = {"appendDimension": {"sheetId": 9999, "dimension": "COLUMNS", "length": 1}}
    with pytest.raises(gspread.exceptions.APIError, match="No grid"):
        client(server).batch_update(SHEET_ID, {"requests": [*right, wrong]})
    assert list(sheet.tabs) == ["Sheet1", "Empty"]
    client(server).batch_update(SHEET_ID, {"requests": right})
    assert (sheet.tabs["New"], sheet.gid("New"), sheet.look("New").notes) == ([["Name"]], 70, {(0, 0): "Who"})


def test_writing_needs_the_scope_and_an_editor(server: SheetsServer, sheet: Sheet) -> None:
    with pytest.raises(gspread.exceptions.APIError, match="insufficient authentication scopes"):
        client(server, scope=f"{WRITING}.readonly").values_append(SHEET_ID, "Empty!A1", RAW, {"values": [["x"]]})
    sheet.editors.discard(ACCOUNT)
    with pytest.raises(gspread.exceptions.APIError, match="does not have permission"):
        append(server, "Empty!A1", [["x"]])


def test_protected_cells_refuse_unless_they_only_warn(server: SheetsServer, sheet: Sheet) -> None:
    sheet.look("Empty").protected.append({"range": {"startRowIndex": 0, "endRowIndex": 1}, "warningOnly": True})
    append(server, "Empty!A1", [["x"]])
    sheet.look("Empty").protected.append({"range": {}})
    with pytest.raises(gspread.exceptions.APIError, match="protected cell"):
        append(server, "Empty!A1", [["x"]])


def test_more_than_googles_longest_cell_is_refused(server: SheetsServer, sheet: Sheet) -> None:
    append(server, "Empty!A1", [["x" * 50_000]])
    with pytest.raises(gspread.exceptions.APIError, match="50000 characters"):
        append(server, "Empty!A1", [["x" * 50_001]])


def test_lost_answers_come_after_the_write_and_refusals_write_nothing(server: SheetsServer, sheet: Sheet) -> None:
    google = client(server)
    for answer in (*LOST_ANSWERS, *REFUSALS):
        before = len(sheet.tabs["Empty"])
        server.fail("append", answer, times=1)
        with pytest.raises((gspread.exceptions.GSpreadException, requests.RequestException, ValueError, TypeError)):
            google.values_append(SHEET_ID, "Empty!A1", RAW, {"values": [["x"]]})
        assert len(sheet.tabs["Empty"]) - before == answer.is_written


def test_random_failures_follow_from_the_seed(server: SheetsServer) -> None:
    def failed(seed: int) -> list[bool]:
        server.fail_randomly(seed, [RESET], share=0.5, routes=["append"])
        return [server.answer_for("append") is not None for _ in range(20)]

    assert failed(7) == failed(7)
    assert 0 < sum(failed(7)) < 20
    assert failed(7) != failed(8)


def test_people_can_edit_right_before_a_request(server: SheetsServer, sheet: Sheet) -> None:
    server.before("append", lambda: sheet_grid.insert_column(sheet, "Sheet1", 0, "new"))
    append(server, "Sheet1!A1", [["x"]])
    assert sheet.tabs["Sheet1"] == [["new", "a", "", "c"], ["x"]]


def test_it_serves_in_a_process_of_its_own(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.sources.sheets_server", str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        environment = json.loads(process.stdout.readline())
        proxies, bundle = {"https": environment["HTTPS_PROXY"]}, environment["REQUESTS_CA_BUNDLE"]
        exported = requests.get(f"{LINK}/export", proxies=proxies, verify=bundle, timeout=20)
        process.communicate()
    assert "accounts.google.com" in exported.text
