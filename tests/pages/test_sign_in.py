"""The sign-in: who comes in by a passcode or an account, and that nothing of the network is drawn before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit.config
from argon2 import PasswordHasher
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from nethealth.privacy.private_files import data_folder
from nethealth.privacy.sign_in_attempts import limits
from nethealth.privacy.sign_in_attempts.limits import PasscodeLimiter
from nethealth.privacy.sign_in_attempts.log import sign_in_log_in
from nethealth.privacy.sign_ins import SignIns
from nethealth.ui import access, sign_in
from nethealth.ui.routes import FOR_STAFF, PAGES
from nethealth.ui.server import visits
from tests.pages.conftest import an_app, words_on

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
STAFF, VIEWER = "three warm words", "welcome dear friends"
ACCESS = {"staff_passcode": CHEAP.hash(STAFF), "viewer_passcode": CHEAP.hash(VIEWER)}
NETWORK = "Juniper"


class Clock:
    """A clock that moves only when the test moves it, so that no pause ends during a slow run."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(sign_in, "passcode_limiter", PasscodeLimiter(clock=made.monotonic))
    return made


@pytest.fixture(params=["127.0.0.1", "0.0.0.0"])
def guarded(app: AppTest, request: pytest.FixtureRequest) -> AppTest:
    streamlit.config.set_option("server.address", request.param)
    app.secrets["access"] = dict(ACCESS)
    return app


def come_in(app: AppTest, passcode: str) -> AppTest:
    app.text_input[0].set_value(passcode)
    return app.button[0].click().run()


def another(app: AppTest) -> AppTest:
    """Open the same app in another session."""
    other = an_app()
    other.secrets["access"] = dict(app.secrets["access"])
    return other.run()


def test_nothing_is_drawn_before_sign_in(guarded: AppTest) -> None:
    guarded.run()
    assert guarded.title[0].value == "Welcome"
    for address in PAGES:
        if address not in FOR_STAFF:
            guarded.switch_page(PAGES[address]).run()
            assert guarded.title[0].value == "Welcome"
            assert NETWORK not in words_on(guarded)


def test_staff_passcode_gives_staff_pages(guarded: AppTest) -> None:
    come_in(guarded.run(), STAFF)
    assert guarded.title[0].value == "Overview"
    assert "to check" in words_on(guarded)
    guarded.switch_page(PAGES["open"]).run()
    assert guarded.title[0].value == "Open another workbook"


def test_viewer_passcode_gives_viewer_pages(guarded: AppTest) -> None:
    come_in(guarded.run(), VIEWER)
    assert guarded.title[0].value == "Overview"
    assert "to check" not in words_on(guarded)


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let the next visits come from this address."""

    def come_from(address: str) -> None:
        monkeypatch.setattr(ContextProxy, "ip_address", address)

    return come_from


def test_wrong_passcodes_are_slowed_down(
    guarded: AppTest, clock: Clock, address: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "FREE_ATTEMPTS", 2)
    address("198.51.100.7")
    guarded.run()
    for _ in range(3):
        come_in(guarded, "something else")
    for visit in (guarded, another(guarded)):
        come_in(visit, STAFF)
        assert visit.title[0].value == "Welcome", "a new visit doesn't end the pause"
        assert "2 seconds" in words_on(visit)
    clock.now += 2
    come_in(guarded, STAFF)
    assert guarded.title[0].value == "Overview"


def test_guessing_shuts_out_strangers_but_no_one_who_was_here(
    guarded: AppTest, clock: Clock, address: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "TOGETHER_AT_ONCE", 3.0)
    address("203.0.113.7")
    come_in(guarded.run(), VIEWER)
    address("198.51.100.7")
    monkeypatch.setattr(sign_in, "browser_of", lambda _cookies: "theirs")
    guesser = another(guarded)
    for _ in range(4):
        come_in(guesser, "something else")
    address("198.51.100.8")
    stranger = another(guarded)
    assert come_in(stranger, STAFF).title[0].value == "Welcome"
    address("203.0.113.7")
    assert come_in(another(guarded), STAFF).title[0].value == "Overview"
    clock.now += 2
    address("198.51.100.8")
    assert come_in(stranger, STAFF).title[0].value == "Overview"


def test_browser_that_was_here_comes_in_from_anywhere(guarded: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "TOGETHER_AT_ONCE", 3.0)
    monkeypatch.setattr(sign_in, "browser_of", lambda _cookies: "hers")
    come_in(guarded.run(), VIEWER)
    monkeypatch.setattr(sign_in, "browser_of", lambda _cookies: "his")
    guesser = another(guarded)
    for _ in range(4):
        come_in(guesser, "something else")
    assert come_in(guesser, STAFF).title[0].value == "Welcome"
    monkeypatch.setattr(sign_in, "browser_of", lambda _cookies: "hers")
    assert come_in(another(guarded), STAFF).title[0].value == "Overview"


def test_viewer_who_keeps_becoming_known_gets_no_more_guesses(
    guarded: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "TOGETHER_AT_ONCE", 3.0)
    for browser in ("first", "second", "third", "fourth"):
        monkeypatch.setattr(sign_in, "browser_of", lambda _cookies, browser=browser: browser)
        come_in(another(guarded), VIEWER)
        assert come_in(guesser := another(guarded), "something else").title[0].value == "Welcome"
    assert come_in(guesser, STAFF).title[0].value == "Welcome"


def test_staff_see_who_signed_in_and_who_failed(guarded: AppTest, address: Callable[[str], None]) -> None:
    address("198.51.100.7")
    come_in(another(guarded), "something else")
    address("203.0.113.7")
    come_in(guarded.run(), STAFF).switch_page(PAGES["data"]).run()
    words = words_on(guarded)
    assert "198.51.100.x" in words
    assert "203.0.113.x" in words
    assert "198.51.100.7" not in words
    viewer = come_in(another(guarded), VIEWER)
    assert "203.0.113.x" not in words_on(viewer.switch_page(PAGES["data"]).run())


def test_signing_out_shows_sign_in(guarded: AppTest) -> None:
    come_in(guarded.run(), VIEWER)
    next(button for button in guarded.button if button.label == "Sign out").click().run()
    assert guarded.title[0].value == "Welcome"
    assert NETWORK not in words_on(guarded)


def test_changed_passcode_signs_people_out(guarded: AppTest) -> None:
    come_in(guarded.run(), VIEWER)
    assert guarded.title[0].value == "Overview"
    guarded.secrets["access"] = {"viewer_passcode": CHEAP.hash("another one today")}
    guarded.run()
    assert guarded.title[0].value == "Welcome"


@pytest.mark.parametrize("section", [{}, {"viewers": ["*"]}, {"staff_passcode": "plain words"}, "yes"])
@pytest.mark.parametrize("address", ["127.0.0.1", "0.0.0.0"])
def test_malformed_section_lets_no_one_in(app: AppTest, section: object, address: str) -> None:
    streamlit.config.set_option("server.address", address)
    app.secrets["access"] = section
    app.run()
    assert app.title[0].value == "No one can sign in right now"
    assert NETWORK not in words_on(app)
    assert not app.text_input


def test_no_section_shows_only_sample(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NETHEALTH_SPREADSHEET", "https://docs.google.com/spreadsheets/d/private-private-private-1")
    streamlit.config.set_option("server.address", "0.0.0.0")
    app.run()
    words = words_on(app)
    assert NETWORK in words
    assert "[access]" in words
    assert "to check" not in words


NOW = 1_000_000.0


def ana(issued: float, *, email: str = "ana@example.org") -> dict[str, object]:
    """Someone who signed in with an account."""
    return {"is_logged_in": True, "email": email, "iat": issued}


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Clock:
    """The time by which sign-ins with an account end."""
    clock = Clock()
    clock.now = NOW
    known = SignIns(tmp_path, clock=clock.monotonic)
    monkeypatch.setattr(access, "sign_ins_in", lambda _folder: known)
    return clock


def with_account(app: AppTest, user: dict[str, object]) -> AppTest:
    streamlit.config.set_option("server.address", "0.0.0.0")
    app.secrets["access"] = {"staff": ["ana@example.org"], "sign_in_days": 3, "idle_hours": 30}
    app.secrets["auth"] = AUTH
    app.user = user
    return app.run()


def labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


@pytest.mark.parametrize(
    ("hours", "title"), [([1], "Overview"), ([31], "Welcome"), ([29] * 2, "Overview"), ([24] * 3 + [1], "Welcome")]
)
def test_account_lasts_for_days_and_while_it_is_used(app: AppTest, today: Clock, hours: list[int], title: str) -> None:
    with_account(app, ana(NOW))
    for each in hours:
        assert app.title[0].value == "Overview"
        today.now += each * 3_600
        app.run()
    assert app.title[0].value == title
    assert ("Sign in" in labels(app)) == (title == "Welcome")


def test_copied_cookie_is_over_after_sign_out(app: AppTest) -> None:
    with_account(app, ana(NOW))
    next(button for button in app.button if button.label == "Sign out").click().run()
    copied = with_account(an_app(), ana(NOW))
    assert copied.title[0].value == "Welcome"
    assert labels(copied) == ["Sign in"]
    assert with_account(an_app(), ana(NOW + 1)).title[0].value == "Overview"


def test_stranger_with_account_can_sign_out_and_leaves_nothing(app: AppTest, tmp_path: Path) -> None:
    with_account(app, ana(NOW, email="someone@else.example"))
    assert labels(app) == ["Sign out"]
    app.button[0].click().run()
    assert not (tmp_path / "sign-ins.json").exists()


def test_account_on_the_list_is_remembered(app: AppTest, tmp_path: Path) -> None:
    with_account(app, ana(NOW))
    assert (tmp_path / "sign-ins.json").exists()


AUTH = {"redirect_uri": "http://x/oauth2callback", "cookie_secret": "s", "client_id": "c", "client_secret": "s"}


@pytest.mark.parametrize(
    ("email", "verified", "title"),
    [
        ("ana@example.org", True, "Overview"),
        ("ana@example.org", None, "Overview"),
        ("ana@example.org", False, "Welcome"),
        ("ana@example.org.evil.com", True, "Welcome"),
    ],
)
def test_account_needs_verified_domain(app: AppTest, email: str, verified: bool | None, title: str) -> None:
    streamlit.config.set_option("server.address", "0.0.0.0")
    app.secrets["access"] = {"viewers": ["example.org"]}
    app.secrets["auth"] = AUTH
    app.user = ana(NOW, email=email) | ({} if verified is None else {"email_verified": verified})
    app.run()
    assert app.title[0].value == title
    assert (NETWORK in words_on(app)) == (title == "Overview")
    app.run()
    (noted,) = sign_in_log_in(data_folder()).rows()
    assert (noted.role, noted.email, noted.count) == ("viewer" if title == "Overview" else None, email, 1)


def test_trusted_user_headers_let_no_one_in(app: AppTest) -> None:
    streamlit.config.set_option("server.trustedUserHeaders", {"X-Email": "email"})
    try:
        app.secrets["access"] = {"viewers": ["example.org"]}
        app.secrets["auth"] = AUTH
        app.user = {"is_logged_in": True, "email": "ana@example.org"}
        app.run()
        assert app.title[0].value == "No one can sign in right now"
    finally:
        streamlit.config.set_option("server.trustedUserHeaders", None)


def test_another_browser_sees_nothing_in_the_session(guarded: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visits, "browser_of", lambda _cookies: "the owner's")
    come_in(guarded.run(), STAFF)
    monkeypatch.setattr(visits, "browser_of", lambda _cookies: "a stranger's")
    guarded.run()
    assert guarded.title[0].value == "Welcome"
    assert NETWORK not in words_on(guarded)
    monkeypatch.setattr(visits, "browser_of", lambda _cookies: "the owner's")
    guarded.run()
    assert guarded.title[0].value == "Overview"
