"""A session belongs to the browser that began it: its id alone opens nothing."""

from __future__ import annotations

import pytest

from benchmarks.serving import run_alone
from tests.ui.server.conftest import STAFF, TOKEN, Visitor, ask, browser


def is_in(said: str) -> bool:
    return "Juniper" in said


def test_a_session_id_alone_gives_another_session(guarded_port: int) -> None:
    async def scene() -> None:
        owner = browser(guarded_port)
        async with owner.connected():
            assert is_in(await owner.come_in(STAFF))
            stranger = Visitor(guarded_port, cookies={"_streamlit_xsrf": TOKEN[:-3] + "f|1"})
            async with stranger.connected(session_id=owner.session_id):
                assert stranger.session_id != owner.session_id
                assert not is_in(await stranger.run())
            assert is_in(await owner.run()), "the owner is still connected"

    run_alone(scene())


def test_another_browsers_cookie_gives_another_session(guarded_port: int) -> None:
    async def scene() -> None:
        owner, other = browser(guarded_port), browser(guarded_port)
        async with owner.connected():
            await owner.come_in(STAFF)
        async with other.connected(session_id=owner.session_id):
            assert other.session_id != owner.session_id
            assert not is_in(await other.run())

    run_alone(scene())


def test_the_same_browser_comes_back_to_its_session(guarded_port: int) -> None:
    async def scene() -> None:
        owner = browser(guarded_port)
        async with owner.connected():
            await owner.come_in(STAFF)
        session_id = owner.session_id
        async with owner.connected(session_id=session_id):
            assert owner.session_id == session_id
            assert is_in(await owner.run())

    run_alone(scene())


def test_streamlits_cookie_takes_its_place_where_a_host_drops_ours(guarded_port: int) -> None:
    async def scene() -> None:
        owner = Visitor(guarded_port, cookies={"_streamlit_xsrf": TOKEN})
        async with owner.connected():
            await owner.come_in(STAFF)
        session_id = owner.session_id
        async with owner.connected(session_id=session_id):
            assert owner.session_id == session_id
            assert is_in(await owner.run())

    run_alone(scene())


@pytest.mark.parametrize(
    ("headers", "name", "secure"),
    [({}, "nethealth_visit", False), ({"X-Forwarded-Proto": "https"}, "__Host-nethealth_visit", True)],
)
def test_cookie_is_closed_to_scripts_and_other_sites(
    open_port: int, headers: dict[str, str], name: str, secure: bool
) -> None:
    (cookie,) = ask(open_port, "/", headers=headers).headers.get_all("Set-Cookie") or ()
    value, *attributes = cookie.split("; ")
    assert value.startswith(f"{name}=")
    assert len(value) > len(name) + 40
    assert {"HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=31536000"} <= set(attributes)
    assert ("Secure" in attributes) == secure


def test_no_shared_cache_keeps_a_cookie(open_port: int) -> None:
    answer = ask(open_port, "/")
    assert answer.headers["Set-Cookie"]
    assert "private" in answer.headers["Cache-Control"].split(", ")


def test_cookie_is_set_once(open_port: int) -> None:
    visitor = browser(open_port)
    assert "nethealth_visit" in visitor.cookies
    again = ask(open_port, "/", headers={"Cookie": visitor.cookie_header()})
    assert again.headers.get("Set-Cookie") is None
