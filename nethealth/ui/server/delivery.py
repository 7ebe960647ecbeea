"""Deliver what people record to the network's own Google Sheet, in the background, while the server runs."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from streamlit.logger import get_logger

from nethealth import sources
from nethealth.contributions.deliverer import Deliverer
from nethealth.contributions.delivery import Timing
from nethealth.contributions.entries import workbook_key
from nethealth.contributions.journal import Journal
from nethealth.contributions.opening import app_journal
from nethealth.errors import InvalidJournal, NetHealthError, UnreadableSecrets
from nethealth.sources.sheet_writer import SheetWriter, Writer
from nethealth.ui.app_secrets import app_secrets

__all__ = ["NetworkSheet", "delivering", "network_deliverer", "network_sheet", "wake"]

_lock = threading.Lock()
_deliverers: dict[bytes, Deliverer] = {}


@dataclass(frozen=True, slots=True)
class NetworkSheet:
    """The network's own Google Sheet, and the credentials that the app has for it."""

    reference: sources.SheetReference
    credentials: sources.Credentials

    @property
    def can_write(self) -> bool:
        """True if the credentials may write at all; whether to this Google Sheet, only Google knows."""
        return self.credentials.service_account is not None


def network_sheet() -> NetworkSheet | None:
    """Return the network's own Google Sheet; None if there is none, or its settings can't be used."""
    try:
        secrets, environ = app_secrets(), dict(os.environ)
        reference = sources.parse_reference(sources.configured_spreadsheet(secrets, environ) or "")
        credentials = sources.credentials_from(secrets, environ)
    except (UnreadableSecrets, NetHealthError, OSError):
        return None  # reading reports the same error, with its remedy
    return NetworkSheet(reference, credentials) if isinstance(reference, sources.SheetReference) else None


def network_deliverer() -> Deliverer | None:
    """Return what brings entries to the network's own Google Sheet; None if the app can't write to it.

    When the secrets change, the one with the old ones stops.
    """
    sheet = network_sheet()
    if sheet is None or not sheet.can_write:
        return None
    try:
        secrets = app_secrets()
        journal = app_journal(secrets)
    except (UnreadableSecrets, InvalidJournal):
        return None  # recording reports the same error, with its remedy
    key = _fingerprint(secrets, dict(os.environ))
    with _lock:
        if key not in _deliverers:
            for old in _deliverers.values():
                old.stop()
            _deliverers.clear()
            _deliverers[key] = _deliverer(journal, sheet)
        return _deliverers[key]


def wake(workbook: str) -> None:
    """Deliver a workbook's entries soon, if it's the network's own Google Sheet and the app can write to it."""
    deliverer = network_deliverer()
    if deliverer is not None and deliverer.workbook == workbook:
        deliverer.wake()


@contextmanager
def delivering() -> Iterator[None]:
    """Deliver what waited when the server ended, and stop with it."""
    starting = threading.Thread(target=_start, name="delivery start", daemon=True)
    starting.start()
    try:
        yield
    finally:
        with _lock:
            for deliverer in _deliverers.values():
                deliverer.stop()
            _deliverers.clear()


def _start() -> None:
    try:
        deliverer = network_deliverer()
        if deliverer is not None and deliverer.has_waiting_entries():
            deliverer.wake()
    except NetHealthError as error:
        get_logger(__name__).warning("We can’t tell whether entries wait: %s", error.message)


def _deliverer(journal: Journal, sheet: NetworkSheet) -> Deliverer:
    timing = Timing()

    def open_writer() -> Writer:
        return SheetWriter(sheet.reference, credentials=sheet.credentials, deadline_seconds=timing.cycle)

    return Deliverer(journal, workbook_key(sheet.reference), open_writer=open_writer, timing=timing)


def _fingerprint(secrets: Mapping[str, object], environ: Mapping[str, str]) -> bytes:
    parts = (secrets.get("connections"), secrets.get("journal"), sources.relevant_environment(environ))
    return hashlib.sha256(repr(parts).encode()).digest()
