"""Starting the server opens its address in a browser, unless there is none to open."""

from __future__ import annotations

import threading
import webbrowser

import pytest
import streamlit.config

from benchmarks.serving import run_alone
from nethealth.ui.server import startup


@pytest.mark.parametrize(
    ("address", "opened"), [("127.0.0.1", "http://127.0.0.1:8765/"), ("0.0.0.0", "http://localhost:8765/")]
)
def test_start_opens_a_browser(monkeypatch: pytest.MonkeyPatch, address: str, opened: str) -> None:
    assert addresses_opened(monkeypatch, address=address, is_headless=False) == [opened]


def test_headless_start_opens_none(monkeypatch: pytest.MonkeyPatch) -> None:
    assert addresses_opened(monkeypatch, address="127.0.0.1", is_headless=True) == []


def addresses_opened(monkeypatch: pytest.MonkeyPatch, *, address: str, is_headless: bool) -> list[str]:
    options = {"server.address": address, "server.port": 8765, "server.headless": is_headless}
    monkeypatch.setattr(streamlit, "get_option", options.get)
    monkeypatch.setattr(startup, "SECONDS_UNTIL_LISTENING", 0)
    found: list[str] = []
    monkeypatch.setattr(webbrowser, "open", found.append)

    async def start() -> None:
        before = set(threading.enumerate())
        async with startup.open_in_browser(None):
            for thread in set(threading.enumerate()) - before:
                thread.join()

    run_alone(start())
    return found
