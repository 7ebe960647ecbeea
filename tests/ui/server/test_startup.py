"""Starting the server opens its address in a browser, and says what is wrong with the secrets."""

from __future__ import annotations

import gc
import logging
import sys
import threading
import webbrowser
from pathlib import Path

import pytest
import streamlit.config

from benchmarks.serving import run_alone
from nethealth.ui import app_secrets
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


@pytest.mark.parametrize("text", ["oops", '[access]\nstaff_passcode = "no hash"\n'])
def test_start_says_what_is_wrong_with_the_secrets(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, tmp_path: Path, text: str
) -> None:
    file = tmp_path / "secrets.toml"
    file.write_text(text, encoding="utf-8")
    file.chmod(0o644 if "access" in text else 0o600)
    monkeypatch.setattr(streamlit, "get_option", {"server.address": "127.0.0.1", "server.headless": True}.get)
    monkeypatch.setattr(app_secrets, "secrets_paths", lambda: (str(file),))
    monkeypatch.setattr(app_secrets, "get_logger", logging.getLogger)

    async def start() -> None:
        async with startup.start(None):
            pass

    run_alone(start())
    assert [str(file) in message for message in caplog.messages] == [True]


def test_turns_are_short_while_the_server_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(startup, "SECONDS_UNTIL_LISTENING", 0)
    monkeypatch.setattr(webbrowser, "open", lambda _address: True)
    found: list[tuple[float, tuple[int, int, int]]] = []

    async def serve() -> None:
        async with startup.start(None):
            found.append((sys.getswitchinterval(), gc.get_threshold()))

    before = sys.getswitchinterval(), gc.get_threshold()
    run_alone(serve())
    assert found == [(pytest.approx(startup.SECONDS_PER_TURN), startup.GARBAGE_THRESHOLDS)]
    assert (sys.getswitchinterval(), gc.get_threshold()) == before
