"""A session as pages show it: read again only once it has changed, and kept while the database fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from nethealth.contributions.opening import app_journal
from nethealth.errors import JournalUnavailable
from nethealth.live.session import Answer, LiveSession, SentAnswer, SessionKind, Setup
from nethealth.live.store import LiveSessions
from nethealth.ui.live import view as views
from nethealth.ui.live.view import load_view, other_views


@pytest.fixture
def live(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> LiveSessions:
    monkeypatch.setenv("NETHEALTH_DATA_DIR", str(tmp_path))
    opened = LiveSessions(app_journal({}).database)
    monkeypatch.setattr(views, "live_sessions", lambda: opened)
    return opened


def start(live: LiveSessions, *, is_rehearsal: bool = False) -> LiveSession:
    setup = Setup(statements=("We listen.",))
    return live.start("sample", SessionKind.PULSE, name="Retreat", setup=setup, is_rehearsal=is_rehearsal)


def every(_: LiveSession) -> bool:
    return True


def fail(*_: object, **__: object) -> None:
    raise JournalUnavailable("The disk is gone.", "Look for it.")


def test_view_is_read_again_only_after_a_change(live: LiveSessions) -> None:
    session = start(live)
    first = load_view(session.id)
    assert first is not None
    assert load_view(session.id) is first
    live.join(session.id, "p")
    live.answer(session.id, "p", [SentAnswer(question="statement.1", value=2, turn=1)])
    second = load_view(session.id)
    assert second is not None
    assert (second.joined, second.answered) == (1, 1)


def test_last_view_stays_while_the_database_fails(live: LiveSessions, monkeypatch: pytest.MonkeyPatch) -> None:
    session = start(live)
    live.join(session.id, "p")
    load_view(session.id)
    monkeypatch.setattr(LiveSessions, "session", fail)
    monkeypatch.setattr(LiveSessions, "sessions", fail)
    stale_view = load_view(session.id)
    assert stale_view is not None
    assert stale_view.is_stale
    assert stale_view.joined == 1
    assert other_views(stale_view, is_wanted=every) == []
    with pytest.raises(JournalUnavailable):
        load_view("never seen")


def test_session_that_is_gone_has_no_view(live: LiveSessions) -> None:
    session = start(live)
    load_view(session.id)
    live.remove(session.id)
    assert load_view(session.id) is None


def test_rehearsals_are_not_compared_with_real_sessions(live: LiveSessions) -> None:
    one, other = start(live), start(live)
    start(live, is_rehearsal=True)
    shown = load_view(one.id)
    assert shown is not None
    assert [each.session.id for each in other_views(shown, is_wanted=every)] == [other.id]


def test_only_wanted_sessions_are_read(live: LiveSessions, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other, third = start(live), start(live), start(live)
    shown = load_view(one.id)
    assert shown is not None
    read: list[str] = []
    answers = LiveSessions.answers

    def note(self: LiveSessions, session_id: str) -> list[Answer]:
        read.append(session_id)
        return answers(self, session_id)

    monkeypatch.setattr(LiveSessions, "answers", note)
    for _ in range(2):
        found = other_views(shown, is_wanted=lambda each: each.id != third.id)
        assert [each.session.id for each in found] == [other.id]
    assert read == [other.id]
