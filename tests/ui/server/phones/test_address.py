"""The address in the QR code: where phones can reach it, and the one where the page is."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nethealth.ui.server.phones import address
from nethealth.ui.server.phones.address import address_from, is_for_phones, is_only_on_this_machine, join_path


@pytest.mark.parametrize(
    ("url", "joined"),
    [
        ("https://net.example.org", "https://net.example.org/join/K7WPXM"),
        ("https://net.example.org/", "https://net.example.org/join/K7WPXM"),
        ("https://net.example.org/seating?tab=1#x", "https://net.example.org/join/K7WPXM"),
        ("https://net.example.org:8443/a/b/seating/", "https://net.example.org:8443/a/b/join/K7WPXM"),
        ("https://net.example.org/a/b", "https://net.example.org/a/b/join/K7WPXM"),
        ("https://me:pw@net.example.org/", "https://net.example.org/join/K7WPXM"),
        ("http://[2001:db8::1]:8501/", "http://[2001:db8::1]:8501/join/K7WPXM"),
        ("http://localhost:8501/data", "http://10.0.0.7:8501/join/K7WPXM"),
        ("", "http://10.0.0.7:8501/join/K7WPXM"),
    ],
)
def test_address_is_on_the_host_that_people_see(url: str, joined: str) -> None:
    assert address_from(url, code="K7WPXM", port=8501, other_host="10.0.0.7", has_routes=True) == joined


def test_server_for_one_machine_says_so() -> None:
    own = address_from("http://127.0.0.1:8501/", code="K7WPXM", port=8501, other_host=None, has_routes=True)
    assert is_only_on_this_machine(own)
    assert not is_only_on_this_machine("http://10.0.0.7:8501/join/K7WPXM")


@given(st.text())
def test_any_address_gives_one_that_ends_with_the_code(url: str) -> None:
    try:
        urlsplit(url)
    except ValueError:
        return
    joined = address_from(url, code="K7WPXM", port=8501, other_host=None, has_routes=False)
    assert joined.endswith("/join?code=K7WPXM")


@pytest.mark.parametrize("base", ["", "net", "/net/"])
def test_requests_come_in_under_the_base_path(base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(address.st, "get_option", lambda name: base if name == "server.baseUrlPath" else None)
    own = join_path()
    assert own == ("/net/join" if base else "/join")
    assert is_for_phones(own)
    assert is_for_phones(f"{own}/K7WPXM/answers")
    assert not is_for_phones(f"{own}ed")
    assert not is_for_phones("/")
