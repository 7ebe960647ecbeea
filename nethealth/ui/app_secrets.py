"""The app's secrets as they are now. Everything that asks for secrets asks here, except `st.login`."""

from __future__ import annotations

import contextlib
import shlex
from collections.abc import Mapping
from functools import cache
from typing import Any

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError
from streamlit.logger import get_logger
from streamlit.runtime.secrets import secrets_singleton

from nethealth.errors import UnreadableSecrets
from nethealth.privacy.secret_files import SecretFiles, is_open_to_others

_logged: set[str] = set()


def app_secrets() -> Mapping[str, Any]:
    """Return the secrets from the files that Streamlit is set to read, and from `st.App(secrets=…)`, which wins.

    Raises UnreadableSecrets if there is any doubt. The log then says why, once per reason.
    """
    if st.secrets is not secrets_singleton:
        return st.secrets.to_dict()  # those of an AppTest
    try:
        found = _files(secrets_paths()).read()
    except UnreadableSecrets as problem:
        if problem.detail not in _logged:
            _logged.add(problem.detail)
            get_logger(__name__).error("We can't read the secrets, so no one gets in: %s", problem.detail)
        raise
    _logged.clear()
    return {**found, **(secrets_singleton._programmatic_secrets or {})}


def commands_to_close_files() -> list[str]:
    """Return a shell command for each secrets file that other users of this machine can read or change."""
    if st.secrets is not secrets_singleton:
        return []
    return [f"chmod 600 {shlex.quote(path)}" for path in secrets_paths() if is_open_to_others(path)]


@cache
def secrets_paths() -> tuple[str, ...]:
    """Return the paths that Streamlit is set to read. Asked once, because it looks for the home folder each time."""
    return tuple(st.get_option("secrets.files"))


@cache
def _files(paths: tuple[str, ...]) -> SecretFiles:
    for command in commands_to_close_files():
        get_logger(__name__).warning("Other users of this machine can read the app's secrets. Run: %s", command)
    return SecretFiles(paths, on_change=_refresh_streamlit)


def _refresh_streamlit() -> None:
    """Let Streamlit read the files again: `st.login` and the cookies of accounts take `[auth]` from there."""
    with contextlib.suppress(StreamlitSecretNotFoundError, OSError, ValueError):
        secrets_singleton._on_secrets_changed("")
