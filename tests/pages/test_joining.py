"""The page on which people join a live session where a host doesn't serve the phones' own one."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher
from streamlit.testing.v1 import AppTest

from nethealth.contributions.opening import app_journal
from nethealth.live.phone_words import phone_words
from nethealth.live.session import ListedPerson, LiveSession, SessionKind, SessionState, Setup
from nethealth.live.store import LiveSessions
from nethealth.ui.routes import JOIN_PAGE
from tests.pages.conftest import an_app, words_on

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PEOPLE = (
    ListedPerson(key="k1", name="Ana *López*", place="Ohio", person="m1"),
    ListedPerson(key="k2", name="Ben Li", person="m2"),
)
SPANISH = phone_words("es")


@pytest.fixture
def store() -> LiveSessions:
    return LiveSessions(app_journal({}).database)


def stranger(code: str) -> AppTest:
    """Open the page of a session in an app that lets only staff in, without signing in."""
    app = an_app()
    app.secrets["access"] = {"staff_passcode": CHEAP.hash("three warm words")}
    app.query_params["code"] = code
    return app.switch_page(JOIN_PAGE).run()


def said(store: LiveSessions, session: LiveSession) -> dict[str, object]:
    return {answer.question: answer.value for answer in store.answers(session.id)}


def test_without_a_code_there_is_only_a_field_for_it(store: LiveSessions) -> None:
    session = store.start("sheet:a", SessionKind.PULSE, name="Fall retreat", setup=Setup(statements=("We listen.",)))
    for code in ("", "hello", "AAAAA2"):
        app = stranger(code)
        assert len(app.text_input) == 1
        assert not app.radio
        assert "Juniper" not in words_on(app)
    app.text_input[0].set_value(session.code.lower())
    app.button[0].click().run()
    assert len(app.radio) == 1
    assert len(store.phones(session.id)) == 1


def test_stranger_with_a_code_answers_and_sees_nothing_of_the_network(store: LiveSessions) -> None:
    setup = Setup(statements=("We <b>listen</b>.",), roles=("Teacher",))
    session = store.start("sheet:a", SessionKind.PULSE, name="Fall *retreat*", setup=setup)
    app = stranger(session.code)
    assert [radio.value for radio in app.radio] == [None, None]
    app.radio[0].set_value(4).run()
    app.radio[1].set_value("Teacher").run()
    assert said(store, session) == {"statement.1": 4, "role": "Teacher"}
    app.radio[0].set_value(2).run()
    assert said(store, session)["statement.1"] == 2
    assert "Juniper" not in words_on(app)
    assert len(store.phones(session.id)) == 1


def test_another_session_starts_without_answers(store: LiveSessions) -> None:
    setup = Setup(statements=("We listen.",))
    first, second = (store.start("sheet:a", SessionKind.PULSE, name=name, setup=setup) for name in ("Fall", "Spring"))
    app = stranger(first.code)
    app.radio[0].set_value(4).run()
    app.query_params["code"] = second.code
    app.run()
    assert app.radio[0].value is None
    app.radio[0].set_value(2).run()
    assert (said(store, first), said(store, second)) == ({"statement.1": 4}, {"statement.1": 2})


def test_answers_given_in_a_pause_arrive_later_and_none_after_the_end(store: LiveSessions) -> None:
    session = store.start("sheet:a", SessionKind.PULSE, name="Fall retreat", setup=Setup(statements=("We listen.",)))
    app = stranger(session.code)
    store.set_state(session.id, SessionState.PAUSED)
    app.radio[0].set_value(4).run()
    assert said(store, session) == {}
    store.set_state(session.id, SessionState.OPEN)
    app.run()
    assert said(store, session) == {"statement.1": 4}
    store.set_state(session.id, SessionState.CLOSED)
    app.run()
    assert not app.radio


def test_seven_pairs_in_spanish_have_no_preset_answer(store: LiveSessions) -> None:
    session = store.start("sheet:a", SessionKind.MINDSET, name="Retiro", setup=Setup(asks_hoped_for=True))
    app = stranger(session.code)
    app.segmented_control[0].set_value("es").run()
    assert [radio.value for radio in app.radio] == [None] * 14
    assert {radio.label for radio in app.radio} == {SPANISH["moment_now"], SPANISH["moment_hoped_for"]}
    app.radio[1].set_value(5).run()
    app.text_area[0].set_value("Confianza.").run()
    assert said(store, session) == {"hoped.Leadership": 5, "words": "Confianza."}


def test_people_find_themselves_and_tick_whom_they_know(store: LiveSessions) -> None:
    session = store.start("sheet:a", SessionKind.CONNECTIONS, name="Retreat", setup=Setup(people=PEOPLE))
    app = stranger(session.code)
    app.text_input[0].set_value("lop").run()
    next(button for button in app.button if "López" in button.label).click().run()
    app.multiselect[0].set_value(["k2"]).run()
    app.radio[0].set_value(3).run()
    assert said(store, session) == {"me": {"person": "k1"}, "tie.k2": 3}
    app.multiselect[0].set_value([]).run()
    assert said(store, session)["tie.k2"] == 0


def test_collaboration_is_added_once(store: LiveSessions) -> None:
    session = store.start("sheet:a", SessionKind.COLLABORATIONS, name="Retreat")
    app = stranger(session.code)
    app.text_input[0].set_value("Reading circle")
    app.button[0].click().run()
    app.run()
    assert said(store, session) == {"collaboration.1": {"name": "Reading circle", "purpose": "", "people": ""}}
