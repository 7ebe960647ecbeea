"""Writing through the real gspread, against the loopback server: what arrives, and what we know after a failure."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from nethealth import errors
from nethealth.sources import SheetReference
from nethealth.sources.sheet_writer import FailedWrite, Place, SheetWriter
from tests.sources import sheet_grid, sheets_server
from tests.sources.sheets_server import (
    ACCOUNT,
    LOST_ANSWERS,
    NOT_FOUND,
    QUOTA,
    QUOTA_WITH_WAIT,
    SHEET_ID,
    Answer,
    Sheet,
    SheetsServer,
    ToLoopback,
)

TOP = Place(0, 0)


@pytest.fixture
def sheet(server: SheetsServer) -> Sheet:
    return server.add(Sheet(tabs={"Weaving": [["Date", "Member"], [46000, "Ana"]], "It's new": []}))


@pytest.fixture
def writer(server: SheetsServer, sheet: Sheet) -> Iterator[SheetWriter]:
    with open_writer(server) as opened:
        yield opened


def open_writer(server: SheetsServer, *, seconds: float = 30, transport: ToLoopback | None = None) -> SheetWriter:
    return SheetWriter(
        SheetReference(SHEET_ID),
        credentials=server.credentials(),
        deadline_seconds=seconds,
        transport=transport or server.transport(),
    )


def test_rows_go_below_the_table_as_typed(sheet: Sheet, writer: SheetWriter) -> None:
    assert writer.append("Weaving", [[46001, "=1+1"], [None, "007 🌱"]], header=TOP, width=2) == Place(2, 0)
    assert sheet.tabs["Weaving"][2:] == [[46001, "=1+1"], ["", "007 🌱"]]
    assert sheet.formulas == []


def test_update_writes_some_cells_of_a_row(sheet: Sheet, writer: SheetWriter) -> None:
    writer.update("Weaving", [None, "Bo", True], start=Place(1, 0))
    assert sheet.tabs["Weaving"][1] == [46000, "Bo", True]


def test_titles_are_quoted(sheet: Sheet, writer: SheetWriter) -> None:
    assert writer.append("It's new", [["x"]], header=TOP, width=2) == TOP
    assert sheet.tabs["It's new"] == [["x"]]


def test_rows_and_columns_that_come_at_that_moment_keep_rows_below_the_headers(
    server: SheetsServer, sheet: Sheet, writer: SheetWriter
) -> None:
    server.before("append", lambda: sheet_grid.insert_rows(sheet, "Weaving", 0, 2))
    assert writer.append("Weaving", [[1, "Ana"]], header=TOP, width=2) == Place(4, 0)
    server.before("append", lambda: sheet_grid.insert_column(sheet, "Weaving", 0))
    assert writer.append("Weaving", [[2, "Bo"]], header=Place(2, 0), width=2) == Place(5, 1)
    assert sheet.tabs["Weaving"][4:] == [["", 1, "Ana"], ["", 2, "Bo"]]


def test_one_token_for_reading_and_writing(server: SheetsServer, writer: SheetWriter) -> None:
    writer.read()
    writer.append("Weaving", [[1, "Ana"]], header=TOP, width=2)
    assert [route for route, _ in server.requests] == ["token", "metadata", "values", "append"]


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        (QUOTA, errors.QuotaExceeded),
        (NOT_FOUND, errors.SheetNotFound),
        (sheets_server.NOT_SHARED, errors.SheetNotEditable),
        (sheets_server.API_OFF, errors.SheetsApiDisabled),
        (sheets_server.google_error(400, "This action is wrong", "INVALID_ARGUMENT"), errors.ChangeRefused),
        (sheets_server.google_error(400, "above the limit of 10000000 cells", "INVALID_ARGUMENT"), errors.SheetFull),
    ],
)
def test_google_refuses(server: SheetsServer, writer: SheetWriter, answer: Answer, failure: type[Exception]) -> None:
    server.fail("append", answer)
    with pytest.raises(FailedWrite) as caught:
        writer.append("Weaving", [["x"]], header=TOP, width=2)
    assert isinstance(caught.value.failure, failure)
    assert not caught.value.may_have_happened
    assert server.count("append") == 1


def test_protected_cells_name_the_account_to_let_in(server: SheetsServer, sheet: Sheet, writer: SheetWriter) -> None:
    sheet.look("Weaving").protected.append({"range": {}})
    with pytest.raises(FailedWrite) as caught:
        writer.append("Weaving", [["x"]], header=TOP, width=2)
    assert isinstance(caught.value.failure, errors.CellsProtected)
    assert ACCOUNT in caught.value.failure.remedy


def test_wait_that_google_asks_for_is_known(server: SheetsServer, writer: SheetWriter) -> None:
    server.fail("append", QUOTA_WITH_WAIT)
    with pytest.raises(FailedWrite) as caught:
        writer.append("Weaving", [["x"]], header=TOP, width=2)
    assert caught.value.retry_after == 1.0


def test_lost_answers_may_have_happened_and_are_never_sent_twice(server: SheetsServer, writer: SheetWriter) -> None:
    for answer in LOST_ANSWERS:
        server.forget_requests()
        server.fail("append", answer, times=1)
        with pytest.raises(FailedWrite) as caught:
            writer.append("Weaving", [["x"]], header=TOP, width=2)
        assert caught.value.may_have_happened
        assert server.count("append") == 1


class LateAppends(ToLoopback):
    """Carries requests, and gives up waiting for the answers to appends."""

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        response = super().send(request, *args, **kwargs)
        if ":append" in str(request.url):
            response.close()
            raise requests.exceptions.ReadTimeout
        return response


def test_late_answer_may_have_happened(server: SheetsServer, sheet: Sheet) -> None:
    with open_writer(server, transport=LateAppends(server.port)) as writer, pytest.raises(FailedWrite) as caught:
        writer.append("Weaving", [["x"]], header=TOP, width=2)
    assert isinstance(caught.value.failure, errors.ReadTimeout)
    assert caught.value.may_have_happened
    assert len(sheet.tabs["Weaving"]) == 3


def test_unreachable_google_has_nothing(server: SheetsServer) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with open_writer(server, transport=ToLoopback(port)) as writer, pytest.raises(FailedWrite) as caught:
        writer.append("Weaving", [["x"]], header=TOP, width=2)
    assert isinstance(caught.value.failure, errors.ConnectionFailed)
    assert not caught.value.may_have_happened
