"""A rehearsal: invented phones answer what the session asks, and only in a rehearsal."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from nethealth.contributions.storage.database import Database
from nethealth.live.questions import check_answer
from nethealth.live.session import ListedPerson, SessionKind, SessionState, Setup
from nethealth.live.store import LiveSessions
from nethealth.ui.live.rehearsal import SECONDS, invented_answers, let_phones_answer

SETUP = Setup(
    asks_hoped_for=True,
    roles=("Teacher", "Coach"),
    statements=("We listen.",),
    people=tuple(ListedPerson(key=key, name=f"Ana {key}", person=key) for key in "abcd"),
)


@pytest.fixture
def live(tmp_path: Path) -> Iterator[LiveSessions]:
    database = Database(sa.URL.create("sqlite", database=str(tmp_path / "journal.db")))
    yield LiveSessions(database)
    database.close()


@pytest.mark.parametrize("kind", SessionKind)
def test_invented_answers_are_answers_that_phones_could_send(live: LiveSessions, kind: SessionKind) -> None:
    session = live.start("sample", kind, name="Retreat", setup=SETUP, is_rehearsal=True)
    answers = invented_answers(session, random.Random(7))
    assert answers
    for answer in answers:
        assert check_answer(session, answer.question, answer.value)[0] is not None


def test_phones_answer_within_a_minute(live: LiveSessions) -> None:
    session = live.start("sample", SessionKind.PULSE, name="Retreat", setup=SETUP, is_rehearsal=True)
    pauses: list[float] = []
    assert let_phones_answer(live, session.id, pause=pauses.append, seed=7, phones=5) == 5
    assert sum(pauses) == pytest.approx(SECONDS)
    assert len({answer.phone for answer in live.answers(session.id)}) == 5


def test_phones_stop_when_the_session_is_paused(live: LiveSessions) -> None:
    session = live.start("sample", SessionKind.PULSE, name="Retreat", setup=SETUP, is_rehearsal=True)
    pause = lambda _seconds: live.set_state(session.id, SessionState.PAUSED)  # noqa: E731
    assert let_phones_answer(live, session.id, pause=pause, seed=7, phones=5) == 1


def test_real_session_gets_no_invented_phone(live: LiveSessions) -> None:
    session = live.start("sample", SessionKind.PULSE, name="Retreat", setup=SETUP)
    assert let_phones_answer(live, session.id, pause=lambda _: None, seed=7) == 0
    assert live.phones(session.id) == []
