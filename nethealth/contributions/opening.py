"""Open the app's journal, once per process: the database that `[journal] url` names, else a file of the app's own."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from nethealth.contributions.journal import Journal
from nethealth.privacy.private_files import lasting_folder, private_folder

FILE_NAME: Final = "journal.db"
_lock = threading.Lock()
_opened: dict[str, Journal] = {}


def journal_url(secrets: Mapping[str, object]) -> str:
    """Return where the journal is, as SQLAlchemy writes it: `[journal] url` in the secrets, else the app's own file."""
    section = secrets.get("journal")
    named = section.get("url") if isinstance(section, Mapping) else None
    return str(named) if named else f"sqlite:///{lasting_folder() / FILE_NAME}"


def app_journal(secrets: Mapping[str, object]) -> Journal:
    """Return the app's journal. Raises OSError or SQLAlchemyError if it can't be opened."""
    url = journal_url(secrets)
    with _lock:
        if url not in _opened:
            if url.startswith("sqlite:///"):
                _prepare(Path(url.removeprefix("sqlite:///")))
            _opened[url] = Journal(url)
        return _opened[url]


def _prepare(file: Path) -> None:
    """Create the file with access for its owner only; SQLite gives the files next to it the same."""
    private_folder(file.parent)
    with contextlib.suppress(FileExistsError):
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
