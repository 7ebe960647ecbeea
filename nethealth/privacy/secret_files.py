"""Read the files with the app's secrets: from the same places as Streamlit, but by content and at every call.

Streamlit watches these files itself. But after one that it can't parse, it stops watching, and it ignores a file
replaced by one with an older modification time. Then a passcode that staff removed would go on working.
"""

from __future__ import annotations

import os
import stat
import threading
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from nethealth.errors import UnreadableSecrets

GUARD = "access"
"""The section that says who may come in. Once there, it must stay."""

_Contents: TypeAlias = bytes | Mapping[str, Mapping[str, bytes]] | None
"""What is at a path: a file's bytes, a folder's files by subfolder, or nothing."""


class SecretFiles:
    """The secrets in some files and folders, later ones first. Parsed again only when their content has changed.

    A file or an `[access]` section that vanishes while the app runs may be half of an edit, so it counts as unreadable,
    not as permission to do without.
    """

    def __init__(self, paths: Sequence[str], *, on_change: Callable[[], None] = lambda: None) -> None:
        self._paths = tuple(paths)
        self._on_change = on_change
        self._lock = threading.Lock()
        self._contents: tuple[_Contents, ...] | None = None
        self._secrets: Mapping[str, Any] = {}
        self._problem: UnreadableSecrets | None = None
        self._found: set[str] = set()
        """The paths where there was something, and `GUARD` if there was such a section."""

    def read(self) -> Mapping[str, Any]:
        """Return the secrets as the files hold them now. Raises UnreadableSecrets if there is any doubt."""
        try:
            contents = tuple(_read(path) for path in self._paths)  # without the lock: pages ask often
        except OSError as error:
            raise UnreadableSecrets(detail=str(error)) from None
        with self._lock:
            has_changed, is_first = contents != self._contents, self._contents is None
            if has_changed:
                self._contents = contents
                self._parse(contents)
            problem, secrets = self._problem, self._secrets
        if has_changed and not is_first:
            self._on_change()
        if problem is not None:
            raise UnreadableSecrets(problem.message, problem.remedy, detail=problem.detail)
        return secrets

    def _parse(self, contents: tuple[_Contents, ...]) -> None:
        self._secrets, self._problem = {}, None
        try:
            self._secrets = self._merged(contents)
        except UnreadableSecrets as problem:
            self._problem = problem

    def _merged(self, contents: tuple[_Contents, ...]) -> Mapping[str, Any]:
        merged: dict[str, Any] = {}
        for path, content in zip(self._paths, contents, strict=True):
            if content is not None:
                self._found.add(path)
                merged |= _parsed(path, content)
            elif path in self._found:
                raise UnreadableSecrets(
                    "The app’s secrets file is gone.", "Put it back, or restart the app.", detail=f"{path} is gone"
                )
        if GUARD in merged:
            self._found.add(GUARD)
        elif GUARD in self._found:
            raise UnreadableSecrets(
                f"Someone removed [{GUARD}] from the secrets while the app was running.",
                "Put it back, or restart the app.",
                detail=f"[{GUARD}] is gone",
            )
        return merged


def is_open_to_others(path: str) -> bool:
    """True if other users of this machine can read or change a file. Windows says this another way, so never there."""
    if os.name == "nt":
        return False
    try:
        mode = Path(path).stat().st_mode
    except OSError:
        return False
    return stat.S_ISREG(mode) and bool(mode & (stat.S_IRGRP | stat.S_IWGRP | stat.S_IROTH | stat.S_IWOTH))


def _read(path: str) -> _Contents:
    """Return what is at a path. Raises OSError, also for a path that Streamlit can't use."""
    place = Path(path)
    if path.endswith(".toml"):
        try:
            return place.read_bytes()
        except FileNotFoundError:
            return None
    # Kubernetes and Snowflake mount each secret as a folder of files.
    return {
        folder.name: {file.name: file.read_bytes() for file in sorted(folder.iterdir()) if not file.is_dir()}
        for folder in sorted(place.iterdir())
    }


def _parsed(path: str, content: bytes | Mapping[str, Mapping[str, bytes]]) -> Mapping[str, Any]:
    try:
        if isinstance(content, bytes):
            return tomllib.loads(content.decode())
        found = {
            folder: {name: text.decode().strip() for name, text in files.items()} for folder, files in content.items()
        }
    except (ValueError, RecursionError) as error:
        raise UnreadableSecrets(detail=f"{path}: {error}") from None
    # As Streamlit does, a folder with one file stands for that file.
    return {folder: next(iter(files.values())) if len(files) == 1 else files for folder, files in found.items()}
