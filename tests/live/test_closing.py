"""Closing: what a room answered becomes entries once, after 12 hours by itself, and a rehearsal's never does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from nethealth.contributions.entries import EntryState
from nethealth.contributions.journal import Journal
from nethealth.live.closing import CLOSES_AFTER, close, close_old_sessions
from nethealth.live.session import LiveSession, SentAnswer, SessionKind, SessionState, Setup
from nethealth.live.store import LiveSessions

KEY = "sheet:a"
START = dt.datetime(2026, 11, 30, 15, tzinfo=dt.UTC)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = Journal.in_file(tmp_path / "journal.db")
    yield opened
    opened.close()


@pytest.fixture
def live(journal: Journal) -> LiveSessions:
    return LiveSessions(journal.database, now=START.timestamp)


def pulse(live: LiveSessions, people: int, *, is_rehearsal: bool = False) -> LiveSession:
    setup = Setup(statements=("We listen.",), day=dt.date(2026, 11, 29))
    session = live.start(KEY, SessionKind.PULSE, name="Retreat", setup=setup, is_rehearsal=is_rehearsal)
    for number in range(people):
        live.join(session.id, f"p{number}")
        live.answer(session.id, f"p{number}", [SentAnswer(question="statement.1", value=number % 5 + 1, turn=1)])
    return session


def test_closing_records_each_answer_once(live: LiveSessions, journal: Journal) -> None:
    session = pulse(live, 6)
    assert close(live, journal, session.id, now=START, author="bo@example.org") == 6
    assert close(live, journal, session.id, now=START) == 0
    entries = journal.entries(KEY)
    assert sorted(entry.cells["Answer"] for entry in entries) == [1, 1, 2, 3, 4, 5]
    assert {entry.cells["Date"] for entry in entries} == {dt.date(2026, 11, 29)}
    assert {entry.author for entry in entries} == {"bo@example.org"}
    closed = live.session(session.id)
    assert closed is not None
    assert closed.state is SessionState.CLOSED


def test_too_few_answers_are_not_recorded_until_there_are_enough(live: LiveSessions, journal: Journal) -> None:
    session = pulse(live, 4)
    assert close(live, journal, session.id, now=START) == 0
    live.set_state(session.id, SessionState.OPEN)
    live.join(session.id, "late")
    live.answer(session.id, "late", [SentAnswer(question="statement.1", value=5, turn=1)])
    assert close(live, journal, session.id, now=START) == 5


def test_pending_phones_do_not_count(live: LiveSessions, journal: Journal) -> None:
    setup = Setup(statements=("We listen.",), most_phones=5)
    session = live.start(KEY, SessionKind.PULSE, name="Retreat", setup=setup)
    for number in range(8):
        live.join(session.id, f"p{number}")
        live.answer(session.id, f"p{number}", [SentAnswer(question="statement.1", value=3, turn=1)])
    assert close(live, journal, session.id, now=START) == 5


@pytest.mark.parametrize("is_rehearsal", [False, True])
def test_sessions_close_by_themselves_after_twelve_hours(
    live: LiveSessions, journal: Journal, is_rehearsal: bool
) -> None:
    session = pulse(live, 5, is_rehearsal=is_rehearsal)
    assert close_old_sessions(live, journal, now=START + CLOSES_AFTER - dt.timedelta(seconds=1)) == []
    changed = close_old_sessions(live, journal, now=START + CLOSES_AFTER)
    assert [each.id for each in changed] == ([] if is_rehearsal else [session.id])
    assert len(journal.entries(KEY)) == (0 if is_rehearsal else 5)
    closed = live.session(session.id)
    assert closed is not None
    assert closed.state is SessionState.CLOSED


def test_what_a_crash_left_out_is_recorded_later(live: LiveSessions, journal: Journal) -> None:
    session = pulse(live, 5)
    live.set_state(session.id, SessionState.CLOSED)
    assert [each.id for each in close_old_sessions(live, journal, now=START)] == [session.id]
    assert close_old_sessions(live, journal, now=START) == []


def test_reopened_session_changes_what_it_recorded(live: LiveSessions, journal: Journal) -> None:
    session = pulse(live, 5)
    close(live, journal, session.id, now=START)
    journal.mark([entry.id for entry in journal.entries(KEY)], EntryState.DELIVERED)
    live.set_state(session.id, SessionState.OPEN)
    live.answer(session.id, "p0", [SentAnswer(question="statement.1", value=5, turn=2)])
    assert close(live, journal, session.id, now=START) == 1
    update = journal.entries(KEY)[-1]
    assert (update.tab, update.cells["Field"], update.cells["Value"]) == ("Updates", "Answer", 5)
