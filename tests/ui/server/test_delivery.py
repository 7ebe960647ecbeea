"""What people record reaches the network's own Google Sheet while the server runs."""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from nethealth.contributions.entries import Entry, new_entry_id
from nethealth.ui import network_workbook
from nethealth.ui.server import delivery
from tests.sources.sheets_server import API_KEY, SHEET_ID, Sheet, SheetsServer

KEY = f"sheet:{SHEET_ID}"


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SheetsServer]:
    """A Google Sheet that this process is configured to read and write."""
    with SheetsServer() as running:
        running.add(Sheet(tabs={"Weaving": [["Date", "Weaver", "Member", "Entry ID"]]}))
        variables = {
            "NETHEALTH_SPREADSHEET": SHEET_ID,
            "NETHEALTH_SERVICE_ACCOUNT": json.dumps(running.service_account()),
            "NETHEALTH_DATA_DIR": str(tmp_path / "data"),
        }
        for name, value in (running.environment(tmp_path) | variables).items():
            monkeypatch.setenv(name, value)
        yield running


def record() -> Entry:
    entry = Entry(
        id=new_entry_id(),
        workbook=KEY,
        tab="Weaving",
        cells={"Date": dt.date(2026, 11, 30), "Weaver": "Bo", "Member": "Ana"},
        recorded_at=dt.datetime.now(dt.UTC),
    )
    network_workbook.journal().record([entry])
    return entry


@contextmanager
def running() -> Iterator[None]:
    """As while the server runs; no delivery goes on afterward."""
    with delivery.delivering():
        yield
    for thread in threading.enumerate():
        if thread.name == "delivery":
            thread.join(60)


def arrival(server: SheetsServer) -> threading.Event:
    """Return an event that is set when an entry has arrived: then its dates get a format."""
    event = threading.Event()
    server.before("batch", event.set)
    return event


def test_what_waited_is_delivered_when_the_server_starts(server: SheetsServer) -> None:
    entry, arrived = record(), arrival(server)
    with running():
        assert arrived.wait(60)
    assert server.sheets[SHEET_ID].tabs["Weaving"][1][3] == entry.id


def test_new_entry_of_this_workbook_is_delivered(server: SheetsServer) -> None:
    arrived = arrival(server)
    with running():
        entry = record()
        delivery.wake("sheet:another")
        delivery.wake(KEY)
        assert arrived.wait(60)
    assert server.sheets[SHEET_ID].tabs["Weaving"][1][3] == entry.id


def test_without_a_service_account_there_is_no_deliverer(server: SheetsServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NETHEALTH_SERVICE_ACCOUNT")
    monkeypatch.setenv("NETHEALTH_API_KEY", API_KEY)
    assert delivery.network_deliverer() is None
    monkeypatch.delenv("NETHEALTH_SPREADSHEET")
    assert delivery.network_deliverer() is None


def test_another_key_gets_another_deliverer(server: SheetsServer, monkeypatch: pytest.MonkeyPatch) -> None:
    first = delivery.network_deliverer()
    assert delivery.network_deliverer() is first
    monkeypatch.setenv("NETHEALTH_SPREADSHEET", f"{SHEET_ID}x")
    assert delivery.network_deliverer() is not first


def test_journal_that_cannot_be_opened_delivers_nothing(server: SheetsServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "app_secrets", lambda: {"journal": {"url": "mysql://x"}})
    assert delivery.network_deliverer() is None
