"""Sessions that opened a workbook end soon after their tab is closed, on a stepped clock; others are left alone."""

from __future__ import annotations

import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from benchmarks.serving import run_alone
from nethealth.ui.server import endings
from nethealth.ui.server.endings import GRACE_SECONDS, SessionEndings
from nethealth.ui.server.layers import LAYERS
from nethealth.ui.server.opened_workbooks import OpenedWorkbooks
from tests.ui.server.test_opened_workbooks import reading_of


class Sessions:
    """Who is connected, and whose session was ended."""

    def __init__(self, *connected: str) -> None:
        self.connected = set(connected)
        self.ended: list[str] = []

    def is_active_session(self, session_id: str) -> bool:
        return session_id in self.connected

    def close_session(self, session_id: str) -> None:
        self.ended.append(session_id)


@pytest.fixture
def stored(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[int]]:
    """The sizes of uploaded files by session."""
    sizes: dict[str, list[int]] = {}
    monkeypatch.setattr(endings, "stored_sizes", lambda: sizes)
    return sizes


def test_closed_session_ends_after_a_grace(stored: dict[str, list[int]]) -> None:
    sessions, opened = Sessions("a"), OpenedWorkbooks()
    opened_by_a = opened.open(reading_of(10), session_id="a")
    looking = SessionEndings(sessions, opened)
    assert not looking.check(now=0)
    sessions.connected.clear()
    assert not looking.check(now=100)
    assert not looking.check(now=100 + GRACE_SECONDS - 0.1)
    assert opened_by_a.reading is not None
    assert looking.check(now=100 + GRACE_SECONDS)
    assert sessions.ended == ["a"]
    assert opened_by_a.reading is None


def test_session_that_comes_back_keeps_its_workbook(stored: dict[str, list[int]]) -> None:
    sessions, opened = Sessions(), OpenedWorkbooks()
    opened_by_a = opened.open(reading_of(10), session_id="a")
    looking = SessionEndings(sessions, opened)
    looking.check(now=0)
    sessions.connected.add("a")
    looking.check(now=GRACE_SECONDS - 1)
    sessions.connected.clear()
    looking.check(now=GRACE_SECONDS)
    assert not looking.check(now=2 * GRACE_SECONDS - 1)
    assert opened_by_a.reading is not None


def test_session_with_a_file_ends_too(stored: dict[str, list[int]]) -> None:
    sessions = Sessions()
    stored["a"] = [1_000]
    looking = SessionEndings(sessions, OpenedWorkbooks())
    looking.check(now=0)
    looking.check(now=GRACE_SECONDS)
    assert sessions.ended == ["a"]


def test_other_sessions_are_left_to_streamlit(stored: dict[str, list[int]]) -> None:
    sessions, opened = Sessions(), OpenedWorkbooks()
    opened.open(reading_of(10), session_id="a").release()
    looking = SessionEndings(sessions, opened)
    looking.check(now=0)
    assert not looking.check(now=1_000)
    assert sessions.ended == []


def test_start_of_the_server_passes_through_every_layer() -> None:
    # Otherwise Streamlit goes on without what we do at the start, and sessions never end.
    kinds: list[str] = []

    async def note(scope: Scope, _receive: Receive, _send: Send) -> None:
        kinds.append(scope["type"])

    async def nothing(*_: object) -> None:
        return None

    app: ASGIApp = note
    for layer in reversed(LAYERS):
        app = layer.cls(app, *layer.args, **layer.kwargs)
    run_alone(app({"type": "lifespan"}, nothing, nothing))  # type: ignore[arg-type]
    assert kinds == ["lifespan"]
