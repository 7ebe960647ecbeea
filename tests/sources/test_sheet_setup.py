"""Laying out a Google Sheet through the real gspread, against the loopback server."""

from __future__ import annotations

import copy

import pytest

from nethealth import errors
from nethealth.sources import Credentials, SheetReference, open_source
from nethealth.sources.sheet_setup import add_missing_parts, missing_parts
from nethealth.workbook.reader import read_workbook
from nethealth.workbook.schema.tabs import TABS
from nethealth.workbook.template import READ_ME
from tests.sources.sheets_server import ACCOUNT, API_KEY, SHEET_ID, Answer, Sheet, SheetsServer

REFERENCE = SheetReference(SHEET_ID)


def add(server: SheetsServer, *, credentials: Credentials | None = None) -> list[str]:
    layout = add_missing_parts(REFERENCE, credentials=credentials or server.credentials(), transport=server.transport())
    return [addition.title for addition in layout.additions]


def test_empty_sheet_becomes_the_template(server: SheetsServer) -> None:
    sheet = server.add(Sheet(tabs={"Sheet1": []}))
    assert add(server) == [READ_ME, *(tab.name for tab in TABS)]
    assert list(sheet.tabs) == [READ_ME, "Sheet1", *(tab.name for tab in TABS)]
    assert (sheet.look("Weaving").frozen_rows, sheet.formulas) == (1, [])
    assert server.count("batch") == 1
    assert server.scopes == ["https://www.googleapis.com/auth/spreadsheets"]
    workbook = read_workbook(open_source(REFERENCE, credentials=server.credentials(), transport=server.transport()))
    assert [problem.message for problem in workbook.problems] == []
    assert add(server) == []
    assert server.count("batch") == 1


def test_completing_touches_nothing_that_is_there(server: SheetsServer) -> None:
    tabs = {"Weaving log": [["Weaver", "Date", "Member", "Mood"], ["Bo", 46000, "Ana", "good"]], "Budget": [["€", 5]]}
    sheet = server.add(Sheet(tabs=copy.deepcopy(tabs)))
    sheet.look("Weaving log").notes[0, 3] = "ours"
    add(server)
    assert sheet.tabs["Budget"] == tabs["Budget"]
    assert [row[:4] for row in sheet.tabs["Weaving log"]] == tabs["Weaving log"]
    assert sheet.tabs["Weaving log"][0][4] == "Introduced to"
    assert {place: note for place, note in sheet.look("Weaving log").notes.items() if place[1] < 4} == {(0, 3): "ours"}


def test_looking_needs_no_right_to_write(server: SheetsServer) -> None:
    server.sheets[SHEET_ID].link_shared = True
    layout = missing_parts(
        REFERENCE, credentials=Credentials.model_validate({"api_key": API_KEY}), transport=server.transport()
    )
    assert "Weaving" in {addition.title for addition in layout.additions}
    assert server.count("batch") == 0


def test_without_a_right_to_write_the_remedy_names_the_account(server: SheetsServer) -> None:
    server.sheets[SHEET_ID].editors.clear()
    with pytest.raises(errors.SheetNotEditable) as caught:
        add(server)
    assert ACCOUNT in caught.value.remedy


def test_an_api_key_cannot_write(server: SheetsServer) -> None:
    server.sheets[SHEET_ID].link_shared = True
    with pytest.raises(errors.WritingNeedsAccount):
        add(server, credentials=Credentials.model_validate({"api_key": API_KEY}))
    assert server.requests == []


def test_after_a_lost_answer_the_next_call_finds_nothing_missing(server: SheetsServer) -> None:
    server.add(Sheet(tabs={"Sheet1": []}))
    server.fail("batch", Answer(reset=True, is_written=True), times=1)
    with pytest.raises(errors.ConnectionFailed):
        add(server)
    assert add(server) == []
