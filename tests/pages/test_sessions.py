"""Holding a session: start, reveal, check what is held, close, remove; on the control page and on the screen."""

from __future__ import annotations

import datetime as dt

import pytest
from streamlit.testing.v1 import AppTest

from nethealth.contributions.opening import app_journal
from nethealth.errors import NotRecorded
from nethealth.live.session import LiveSession, Screen, SentAnswer, SessionKind, SessionState, Setup
from nethealth.live.store import LiveSessions
from nethealth.ui.routes import PAGES
from nethealth.workbook.schema.vocabulary import Moment
from tests.pages.conftest import an_app, live, only, press, visit, words_on

HOSTILE = "<img src=x onerror=alert(1)>"
TABS = {
    "Members": [["Name"], ["Ana Ruiz"], ["Bo Lind"]],
    "Convenings": [["Date", "Title"], ["2026-12-02", "Winter retreat"], ["2026-11-28", "Fall retreat"]],
}
pytestmark = pytest.mark.usefixtures("small_sample")


def started(kind: str = "pulse") -> AppTest:
    return press(visit(an_app(), "sessions"), f"start-{kind}")


def answer(session: LiveSession, *, people: int, question: str = "statement.1", is_pending: bool = False) -> None:
    for number in range(people):
        live().join(session.id, f"p{number}")
        sent = SentAnswer(question=question, value=number % 5 + 1, turn=1, is_pending=is_pending)
        live().answer(session.id, f"p{number}", [sent])


def screen(session: LiveSession) -> str:
    app = an_app()
    app.query_params["session"] = session.id
    app.run()
    page = app.switch_page(PAGES["screen"])
    page.query_params["session"] = session.id
    return words_on(page.run())


@pytest.mark.parametrize("kind", SessionKind)
def test_each_kind_starts_with_one_click_after_the_next_convening(kind: SessionKind) -> None:
    page = started(kind.value)
    session = only()
    assert (session.kind, session.name, session.state) == (kind, "Winter retreat", SessionState.OPEN)
    assert len(session.setup.statements) == (3 if kind is SessionKind.PULSE else 0)
    assert len(session.setup.people) == (2 if kind is SessionKind.CONNECTIONS else 0)
    assert page.title[0].value == "Winter retreat"


def test_screen_shows_the_code_and_no_answer_until_the_reveal() -> None:
    page = started()
    session = only()
    answer(session, people=6)
    before = screen(session)
    assert f"{session.code[:3]} {session.code[3:]}" in before
    assert "6 people are in" in before
    assert session.setup.statements[0] not in before
    press(page, "reveal")
    assert only().screen.is_revealed
    assert session.setup.statements[0] in screen(session)


def test_the_screen_comes_first_until_phones_have_joined() -> None:
    page = started()
    assert (page.get("link_button")[0].proto.type, page.button(key="reveal").proto.type) == ("primary", "secondary")
    answer(only(), people=1)
    page = visit(page, "sessions")
    assert (page.get("link_button")[0].proto.type, page.button(key="reveal").proto.type) == ("secondary", "primary")


def test_facilitator_sees_no_link_or_image_in_words_from_phones() -> None:
    started("mindset")
    session = only()
    answer(session, people=6, question="now.Leadership")
    sent = SentAnswer(question="words", value="![dot](https://example.com/dot.png)", turn=1, is_pending=False)
    live().answer(session.id, "p0", [sent])
    page = visit(an_app(), "sessions")
    page = press(page, f"go-{session.id}")
    (words,) = [each.label for each in page.checkbox]
    assert "dot" in words
    assert "[dot]" not in words


def test_pending_answers_are_escaped_and_count_once_accepted() -> None:
    started("collaborations")
    session = only()
    live().join(session.id, "p0")
    sent = SentAnswer(question="collaboration.1", value={"name": HOSTILE}, turn=1, is_pending=True)
    live().answer(session.id, "p0", [sent])
    page = visit(an_app(), "sessions")
    page = press(page, f"go-{session.id}")
    assert HOSTILE not in words_on(page)
    assert "&lt;img" in words_on(page)
    press(page, "accept-collaboration.1-0")
    assert [each.is_pending for each in live().answers(session.id)] == [False]


def test_closing_records_the_answers_and_opening_again_takes_more() -> None:
    page = started()
    session = only()
    answer(session, people=5)
    page = press(page, f"End the session-{session.id}")
    assert only().state is SessionState.CLOSED
    assert len(app_journal({}).entries("sample")) == 5
    press(page, f"Open again-{session.id}")
    assert only().state is SessionState.OPEN


def test_removal_asks_first() -> None:
    page = started()
    session = only()
    page = press(page, f"remove-{session.id}")
    assert only() == session
    page = press(page, f"really-{session.id}")
    assert live().sessions("sample") == []
    assert page.title[0].value == "Sessions"


def test_name_and_moment_can_change_while_it_runs() -> None:
    page = started("mindset")
    session = only()
    page.text_input(key=f"session-{session.id}-name").set_value("Our <b>retreat</b>")
    page.button_group(key=f"session-{session.id}-moment").set_value("Before")
    page.toggle(key=f"session-{session.id}-hoped").set_value(True)
    page.text_input(key=f"session-{session.id}-roles").set_value("Teacher, Coach; Teacher,")
    (save,) = [each for each in page.button if each.label == "Save"]
    save.click().run()
    changed = only()
    assert (changed.name, changed.moment.value) == ("Our <b>retreat</b>", "Before")
    assert changed.setup == Setup(
        asks_hoped_for=True, roles=("Teacher", "Coach"), smallest_group=5, day=dt.date(2026, 11, 30)
    )


def test_second_session_of_a_kind_and_moment_has_a_name_of_its_own() -> None:
    for kind in ("pulse", "mindset", "pulse"):
        started(kind)
    names = [(each.kind.value, each.name) for each in live().sessions("sample")]
    assert sorted(names) == [
        ("mindset", "Winter retreat"),
        ("pulse", "Winter retreat"),
        ("pulse", "Winter retreat (2)"),
    ]


def test_same_session_at_another_moment_is_on_the_next_picture() -> None:
    before = live().start("sample", SessionKind.MINDSET, name="Winter retreat", moment=Moment.BEFORE)
    after = live().start("sample", SessionKind.MINDSET, name="Winter retreat", moment=Moment.AFTER)
    answer(before, people=5, question="now.Leadership")
    answer(after, people=6, question="now.Leadership")
    live().set_screen(after.id, Screen(is_revealed=True, step=1))
    words = screen(after)
    assert "Before (5)" in words
    assert "After (6)" in words
    assert "Before and after" in words


@pytest.mark.parametrize("people", [4, 5])
def test_revealed_pictures_show_nothing_of_too_few(people: int) -> None:
    session = live().start("sample", SessionKind.MINDSET, name="Winter retreat")
    answer(session, people=people, question="now.Leadership")
    live().set_screen(session.id, Screen(is_revealed=True))
    assert ("1 person much closer to the left" in screen(session)) == (people >= 5)


def test_failing_database_is_said_and_the_page_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    page = visit(an_app(), "sessions")

    def fail(*_: object, **__: object) -> None:
        raise NotRecorded("The disk is full.", "Free some room.")

    monkeypatch.setattr(LiveSessions, "start", fail)
    words = words_on(press(page, "start-pulse"))
    assert "Free some room." in words
    assert "start-pulse" in words
