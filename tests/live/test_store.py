"""Live sessions in the database: each phone counts once per question, and its last answer counts."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from nethealth.contributions.storage.database import Database
from nethealth.live.session import ListedPerson, LiveSession, Screen, SentAnswer, SessionKind, SessionState, Setup
from nethealth.live.store import LiveSessions, Outcome
from nethealth.workbook.schema.vocabulary import Moment

KEY = "sheet:a"
ANA = ListedPerson(key="k1", name="Ana <b>López</b>", place="Ōtautahi", person="m1")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(sa.URL.create("sqlite", database=str(tmp_path / "journal.db")))
    yield opened
    opened.close()


@pytest.fixture
def store(database: Database) -> LiveSessions:
    return LiveSessions(database)


def start(store: LiveSessions, *, setup: Setup | None = None) -> LiveSession:
    return store.start(KEY, SessionKind.PULSE, name="Fall retreat", setup=setup or Setup(statements=("We listen.",)))


def answer(question: str, value: object, turn: int = 1) -> SentAnswer:
    return SentAnswer(question=question, value=value, turn=turn)


def test_nothing_is_there_at_first(store: LiveSessions) -> None:
    assert store.sessions(KEY) == []
    assert store.session("x") is None
    assert store.session_with_code("K7WPXM") is None
    assert store.version("x") == 0
    assert store.prune() == 0


def test_started_session_survives_a_restart(store: LiveSessions, database: Database) -> None:
    setup = Setup(statements=("We listen.",), people=(ANA,), roles=("Teacher",))
    started = store.start(KEY, SessionKind.CONNECTIONS, name="Retreat", moment=Moment.BEFORE, setup=setup)
    database.close()
    assert LiveSessions(database).session_with_code(started.code) == started
    assert started.setup == setup
    assert (started.state, started.moment, started.screen) == (SessionState.OPEN, Moment.BEFORE, Screen())
    assert store.sessions(KEY) == [started]
    assert store.sessions("sheet:b") == []


def test_last_answer_of_a_phone_counts_whatever_arrives_first(store: LiveSessions) -> None:
    session = start(store)
    store.join(session.id, "p")
    assert store.answer(session.id, "p", [answer("statement.1", 5, turn=2)]) is Outcome.STORED
    assert store.answer(session.id, "p", [answer("statement.1", 1, turn=1)]) is Outcome.STORED
    assert [each.value for each in store.answers(session.id)] == [5]
    store.answer(session.id, "p", [answer("statement.1", None, turn=3)])
    assert store.answers(session.id) == []


def test_same_answers_sent_again_change_nothing(store: LiveSessions) -> None:
    session = start(store)
    store.join(session.id, "p")
    sent = [answer("statement.1", 4), answer("statement.2", 2)]
    store.answer(session.id, "p", sent)
    before = store.answers(session.id)
    store.answer(session.id, "p", sent)
    assert store.answers(session.id) == before
    assert [each.question for each in before] == ["statement.1", "statement.2"]


@pytest.mark.parametrize("state", [SessionState.PAUSED, SessionState.CLOSED])
def test_session_that_is_not_open_takes_nothing(store: LiveSessions, state: SessionState) -> None:
    session = start(store)
    store.join(session.id, "p")
    store.set_state(session.id, state)
    assert store.answer(session.id, "p", [answer("statement.1", 4)]) is Outcome.NOT_OPEN
    assert store.answers(session.id) == []
    store.set_state(session.id, SessionState.OPEN)
    assert store.answer(session.id, "p", [answer("statement.1", 4)]) is Outcome.STORED


def test_phone_that_never_joined_is_not_heard(store: LiveSessions) -> None:
    session = start(store)
    assert store.answer(session.id, "p", [answer("statement.1", 4)]) is Outcome.UNKNOWN_PHONE
    assert store.answer("gone", "p", [answer("statement.1", 4)]) is Outcome.NOT_OPEN
    assert store.answers(session.id) == []


def test_phone_joins_once_and_not_after_the_end(store: LiveSessions) -> None:
    session = start(store)
    assert store.join(session.id, "p") == store.join(session.id, "p")
    assert len(store.phones(session.id)) == 1
    store.set_state(session.id, SessionState.CLOSED)
    assert store.join(session.id, "q") is None
    assert store.join("gone", "q") is None


def test_phones_beyond_the_most_are_pending_until_let_in(store: LiveSessions) -> None:
    session = start(store, setup=Setup(statements=("We listen.",), most_phones=2))
    joined = [store.join(session.id, phone) for phone in "abc"]
    assert [phone is not None and phone.is_pending for phone in joined] == [False, False, True]
    store.let_in(session.id, ["c"])
    assert not any(phone.is_pending for phone in store.phones(session.id))


def test_phone_that_joins_too_fast_is_pending_and_found(store: LiveSessions) -> None:
    session = start(store)
    assert store.phone(session.id, "p") is None
    joined = store.join(session.id, "p", is_pending=True)
    assert joined is not None
    assert joined.is_pending
    store.let_in(session.id, ["p"])
    found = store.join(session.id, "p", is_pending=True)
    assert found == store.phone(session.id, "p")
    assert found is not None
    assert not found.is_pending


def test_turns_may_be_times_in_milliseconds(store: LiveSessions) -> None:
    session = start(store)
    store.join(session.id, "p")
    store.answer(session.id, "p", [answer("statement.1", 5, turn=1_796_000_000_001)])
    store.answer(session.id, "p", [answer("statement.1", 1, turn=1_796_000_000_000)])
    assert [each.value for each in store.answers(session.id)] == [5]


def test_pending_answer_counts_once_accepted_and_goes_once_rejected(store: LiveSessions) -> None:
    session = start(store)
    store.join(session.id, "p")
    pending = [SentAnswer(question=name, value="x", turn=1, is_pending=True) for name in ("a", "b")]
    store.answer(session.id, "p", pending)
    store.accept(session.id, "p", "a")
    store.reject(session.id, "p", "b")
    assert [(each.question, each.is_pending) for each in store.answers(session.id)] == [("a", False)]


def test_replaced_answer_counts_until_the_phone_sends_a_later_one(store: LiveSessions) -> None:
    session = start(store)
    store.join(session.id, "p")
    new = SentAnswer(question="me", value={"new": "Zoe"}, turn=2, is_pending=True)
    store.answer(session.id, "p", [new])
    before = store.version(session.id)
    store.replace_answer(session.id, "p", "me", {"person": "k1"})
    store.answer(session.id, "p", [new])
    assert [(each.value, each.is_pending) for each in store.answers(session.id)] == [({"person": "k1"}, False)]
    assert store.version(session.id) > before
    store.answer(session.id, "p", [answer("me", {"person": "k2"}, turn=3)])
    assert [each.value for each in store.answers(session.id)] == [{"person": "k2"}]


def test_removed_phone_and_removed_session_leave_nothing(store: LiveSessions, database: Database) -> None:
    session = start(store)
    for phone in "pq":
        store.join(session.id, phone)
        store.answer(session.id, phone, [answer("statement.1", 4)])
    store.remove_phone(session.id, "p")
    assert {each.phone for each in store.answers(session.id)} == {"q"}
    assert store.answer(session.id, "p", [answer("statement.1", 4)]) is Outcome.UNKNOWN_PHONE
    store.remove(session.id)
    assert store.session(session.id) is None
    assert (store.phones(session.id), store.answers(session.id)) == ([], [])


def test_version_grows_with_every_change(store: LiveSessions) -> None:
    session = start(store)
    versions = [session.version]
    store.join(session.id, "p")
    versions.append(store.version(session.id))
    store.answer(session.id, "p", [answer("statement.1", 4), answer("statement.2", 4)])
    versions.append(store.version(session.id))
    store.set_screen(session.id, Screen(is_revealed=True, step=2))
    versions.append(store.version(session.id))
    assert versions == sorted(set(versions))
    found = store.session(session.id)
    assert found is not None
    assert found.screen == Screen(is_revealed=True, step=2)


def test_old_sessions_go_with_their_answers(database: Database) -> None:
    clock = [0.0]
    store = LiveSessions(database, now=lambda: clock[0])
    old = start(store)
    store.join(old.id, "p")
    clock[0] = 91 * 86_400
    new = start(store)
    assert store.prune() == 1
    assert [each.id for each in store.sessions(KEY)] == [new.id]
    assert store.phones(old.id) == []


def test_many_phones_at_once_are_all_heard_once(store: LiveSessions) -> None:
    session = start(store)

    def take_part(phone: str) -> None:
        store.join(session.id, phone)
        for turn in (1, 2):
            store.answer(session.id, phone, [answer("statement.1", turn, turn=turn)])

    threads = [threading.Thread(target=take_part, args=(f"p{number}",)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answers = store.answers(session.id)
    assert sorted(each.phone for each in answers) == sorted(f"p{number}" for number in range(20))
    assert {each.value for each in answers} == {2}
    assert len({each.number for each in answers}) == 20


@given(st.lists(st.tuples(st.sampled_from("pq"), st.sampled_from("ab"), st.integers(1, 9), st.integers(1, 4))))
def test_answers_follow_a_simple_model(
    tmp_path_factory: pytest.TempPathFactory, sent: list[tuple[str, str, int, int]]
) -> None:
    database = Database(sa.URL.create("sqlite", database=str(tmp_path_factory.mktemp("live") / "journal.db")))
    store = LiveSessions(database)
    session = start(store)
    model: dict[tuple[str, str], tuple[int, object]] = {}
    for phone, question, turn, value in sent:
        store.join(session.id, phone)
        store.answer(session.id, phone, [answer(question, value, turn)])
        if turn > model.get((phone, question), (0, None))[0]:
            model[phone, question] = (turn, value)
    found = {(each.phone, each.question): each.value for each in store.answers(session.id)}
    database.close()
    assert found == {at: value for at, (_, value) in model.items()}


def test_values_are_what_was_sent(store: LiveSessions) -> None:
    session = start(store)
    store.join(session.id, "p")
    value = {"name": "=1+1 🎉", "people": ["Ana", "Ōna"]}
    store.answer(session.id, "p", [answer("collaboration.1", value)])
    assert json.dumps(store.answers(session.id)[0].value) == json.dumps(value)
