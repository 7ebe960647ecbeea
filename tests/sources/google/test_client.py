"""Clients ask for no more rights than their work needs."""

from __future__ import annotations

import contextlib

import pytest

from nethealth.sources.google.client import READING, WRITING, open_client
from nethealth.sources.google.hosts import Deadline
from tests.sources.sheets_server import SHEET_ID, SheetsServer


@pytest.mark.parametrize("scope", [READING, WRITING])
def test_token_has_the_scope_of_the_work(server: SheetsServer, scope: str) -> None:
    deadline = Deadline.after(30)
    opened = open_client(server.credentials(), deadline=deadline, transport=server.transport(), scope=scope)
    with contextlib.closing(opened) as client:
        client.fetch_sheet_metadata(SHEET_ID)
    assert server.scopes == [scope]
