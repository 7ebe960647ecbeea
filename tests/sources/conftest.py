from collections.abc import Iterator

import pytest

from nethealth.sources.google import client, hosts, retries
from tests.sources.sheets_server import Sheet, SheetsServer


@pytest.fixture
def server() -> Iterator[SheetsServer]:
    """A loopback Google Sheets that holds one small sheet, shared with the test's service account."""
    with SheetsServer() as running:
        running.add(
            Sheet(
                title="Spring Lake network",
                tabs={
                    "Members": [
                        ["Name", "Joined", "Show on map"],
                        ["Ada Osei", 45000, True],
                        [],
                        ["007", 45001.5, False],
                    ],
                    "Connections": [["From", "To"], ["Ada Osei", "007"]],
                    "It's quiet": [],
                },
                hidden={"It's quiet"},
            )
        )
        yield running


@pytest.fixture
def no_timeouts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing but the deadline ends a request."""
    monkeypatch.setattr(hosts, "READ_SECONDS", 9_999)
    monkeypatch.setattr(client, "READ_SECONDS", 9_999)


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tries follow one another quickly, so that a test of five of them takes no seconds."""
    monkeypatch.setattr(retries, "FIRST_WAIT_SECONDS", 0.01)
    monkeypatch.setattr(retries, "JITTER_SECONDS", 0.01)
    monkeypatch.setattr(retries, "MAX_WAIT_SECONDS", 0.05)
