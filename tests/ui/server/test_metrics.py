"""No one learns from the server's metrics how many people are visiting, unless the host says so."""

from __future__ import annotations

import pytest
from starlette.responses import Response
from starlette.types import Message

from benchmarks.serving import run_alone
from nethealth.ui import access
from nethealth.ui.access import AccessState, Policy, policy_from
from nethealth.ui.server.metrics import ClosedMetrics
from tests.ui.server.conftest import CHEAP, ask


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore%2Fmetrics", "/_stcore/metrics/", "/%5Fstcore/metrics"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_metrics_are_closed(open_port: int, path: str, method: str) -> None:
    assert ask(open_port, path, method=method).status == 404


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/base/path/_stcore/metrics"])
@pytest.mark.parametrize(("shows", "status"), [(False, 404), (True, 200)])
def test_hosts_can_open_them(monkeypatch: pytest.MonkeyPatch, path: str, shows: bool, status: int) -> None:
    section = {"viewer_passcode": CHEAP.hash("welcome dear friends"), "show_metrics": shows}
    monkeypatch.setattr(access, "policy", lambda: policy_from("0.0.0.0", section=section, has_auth=False))
    assert status_of(path) == status


def test_other_addresses_are_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "policy", lambda: Policy(state=AccessState.CLOSED))
    assert [status_of(path) for path in ("/_stcore/health", "/metrics")] == [200, 200]


def status_of(path: str) -> int:
    statuses: list[int] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    scope = {"type": "http", "method": "GET", "path": path, "headers": []}
    run_alone(ClosedMetrics(Response())(scope, receive, send))
    return statuses[0]
