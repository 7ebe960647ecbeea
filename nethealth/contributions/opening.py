"""Open the app's journal, once per process: the database that `[journal] url` names, else a file of the app's own."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Mapping

import sqlalchemy as sa

from nethealth.contributions.journal import Journal
from nethealth.contributions.place import journal_address
from nethealth.privacy.private_files import lasting_folder, private_folder

_lock = threading.Lock()
_opened: dict[sa.URL, Journal] = {}


def app_journal(secrets: Mapping[str, object]) -> Journal:
    """Return the app's journal, which opens its database when needed. Raises InvalidJournal if `[journal]` is wrong."""
    address = journal_address(secrets)
    with _lock:
        if address not in _opened:
            if "journal" not in secrets and lasting_folder().exists():
                with contextlib.suppress(OSError):  # recording reports the same, with its remedy
                    private_folder(lasting_folder())
            _opened[address] = Journal(address)
        return _opened[address]
