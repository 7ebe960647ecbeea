"""Sessions that no one closed: the server closes them, and what they heard is in the journal."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from nethealth.contributions.opening import app_journal
from nethealth.errors import JournalUnavailable
from nethealth.live.session import SentAnswer, SessionKind, SessionState, Setup
from nethealth.live.store import LiveSessions
from nethealth.ui.live import ending
from nethealth.ui.live.ending import close_sessions

START = dt.datetime(2026, 11, 30, 15, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NETHEALTH_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(ending, "app_secrets", dict)


def test_session_is_closed_and_recorded_after_twelve_hours() -> None:
    live = LiveSessions(app_journal({}).database, now=START.timestamp)
    session = live.start("sample", SessionKind.PULSE, name="Retreat", setup=Setup(statements=("We listen.",)))
    for number in range(5):
        live.join(session.id, f"p{number}")
        live.answer(session.id, f"p{number}", [SentAnswer(question="statement.1", value=2, turn=1)])
    close_sessions(now=START + dt.timedelta(hours=11))
    assert app_journal({}).entries("sample") == []
    close_sessions(now=START + dt.timedelta(hours=12))
    assert len(app_journal({}).entries("sample")) == 5
    closed = live.session(session.id)
    assert closed is not None
    assert closed.state is SessionState.CLOSED


def test_failing_database_is_logged_and_tried_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise JournalUnavailable("The disk is gone.", "Look for it.")

    monkeypatch.setattr(LiveSessions, "sessions_to_close", fail)
    close_sessions(now=START)
