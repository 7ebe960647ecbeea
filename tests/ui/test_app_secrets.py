"""One reader of secrets for the whole app, and Streamlit's own copy, which accounts need, follows it."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit.config
from streamlit.runtime.secrets import secrets_singleton

from nethealth.errors import UnreadableSecrets
from nethealth.ui import app_secrets as module
from nethealth.ui.access import AccessState, policy, providers
from nethealth.ui.app_secrets import app_secrets, commands_to_close_files, secrets_paths

AUTH = '[auth]\nclient_id = "one"\n'


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    file = tmp_path / "secrets.toml"
    before = streamlit.config.get_option("secrets.files")
    streamlit.config.set_option("secrets.files", [str(file)])
    secrets_singleton._reset()
    secrets_paths.cache_clear()
    yield file
    streamlit.config.set_option("secrets.files", before)
    secrets_singleton._reset()
    secrets_paths.cache_clear()


def test_streamlit_follows_what_its_poller_misses(file: Path) -> None:
    file.write_text(AUTH, encoding="utf-8")
    assert app_secrets()["auth"]["client_id"] == secrets_singleton["auth"]["client_id"] == "one"
    file.write_text(AUTH + "[oops", encoding="utf-8")
    with pytest.raises(UnreadableSecrets):
        app_secrets()
    file.write_text(AUTH.replace("one", "two") + '[auth.other]\nclient_id = "x"\n', encoding="utf-8")
    assert app_secrets()["auth"]["client_id"] == secrets_singleton["auth"]["client_id"] == "two"
    assert providers() == (None, "other")


def test_secrets_given_to_the_app_win(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text(AUTH, encoding="utf-8")
    object.__setattr__(secrets_singleton, "_programmatic_secrets", {"auth": {"client_id": "given"}})
    monkeypatch.setattr(streamlit, "secrets", secrets_singleton)
    try:
        assert app_secrets()["auth"] == {"client_id": "given"}
    finally:
        object.__setattr__(secrets_singleton, "_programmatic_secrets", None)


def test_unreadable_file_closes_every_address_and_is_logged_once(
    file: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "get_logger", logging.getLogger)
    file.write_text("oops", encoding="utf-8")
    file.chmod(0o600)
    for address in ("127.0.0.1", "0.0.0.0"):
        monkeypatch.setattr(streamlit, "get_option", {"server.address": address, "secrets.files": [str(file)]}.get)
        assert policy().state is AccessState.CLOSED
    assert [str(file) in message for message in caplog.messages] == [True]


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_secrets_open_to_others_are_warned_of_once(
    file: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "get_logger", logging.getLogger)
    file.write_text(AUTH, encoding="utf-8")
    file.chmod(0o644)
    app_secrets()
    app_secrets()
    assert [f"chmod 600 {file}" in message for message in caplog.messages] == [True]
    assert commands_to_close_files() == [f"chmod 600 {file}"]
    file.chmod(0o600)
    assert commands_to_close_files() == []
