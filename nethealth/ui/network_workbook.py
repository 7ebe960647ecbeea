"""Which workbook is the network's own, as the secrets or the environment name it; else the embedded sample."""

from __future__ import annotations

import contextlib
import hashlib
import os
import threading
from collections.abc import Mapping
from typing import Any

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

from nethealth import sources
from nethealth.errors import NetHealthError
from nethealth.privacy.codes import installation_secret
from nethealth.privacy.viewer_redaction import redact_for_viewers
from nethealth.ui.access import Role
from nethealth.ui.workbook_poller import Origin, Reading, SavedReading, WorkbookPoller
from nethealth.workbook.raw import RawWorkbook
from nethealth.workbook.records import Workbook

SPREADSHEET = "NETHEALTH_SPREADSHEET"
"""The environment variable that names the network's workbook where the secrets do not."""

_lock = threading.Lock()
_shared: dict[bytes, WorkbookPoller] = {}
_samples: dict[Role, Workbook] = {}


def shared_reading() -> WorkbookPoller | None:
    """The one shared reading of the network's own workbook; None where none is named.

    When the secrets change, the reading under the old ones is let go.
    """
    section = _section()
    named = str(section.get("spreadsheet") or "").strip() or os.environ.get(SPREADSHEET, "").strip()
    if not named:
        return None
    key = _digest(section, named)
    with _lock:
        if key not in _shared:
            for old in _shared.values():
                old.end()
            _shared.clear()
            _shared[key] = _made(section, named)
        return _shared[key]


def sample(role: Role) -> Reading:
    """The embedded sample network, read and understood once in this process."""
    with _lock:
        if role not in _samples:
            full = _samples.get(Role.STAFF) or read_and_redact(sources.read_sample())
            _samples[Role.STAFF] = full
            _samples[role] = full if role is Role.STAFF else redact_for_viewers(full, salt=installation_secret())
        return Reading(workbook=_samples[role], origin=Origin.SAMPLE, role=role)


def newest(role: Role, *, only_sample: bool, wait: bool = True) -> Reading:
    """The newest reading of the network's own workbook for `role`, or the sample where there is none (or nothing else
    may be shown)."""
    shared = None if only_sample else shared_reading()
    if shared is None:
        return sample(role)
    shared.want()
    if wait:
        shared.wait_for_first()
    return shared.for_role(role)


class KeptSheet:
    """The last good reading of one Google Sheet, on disk."""

    def __init__(self, spreadsheet_id: str) -> None:
        self._id = spreadsheet_id
        self._readings = sources.LastReading()

    def load(self) -> RawWorkbook | None:
        """The reading kept, or None."""
        return self._readings.latest(self._id)

    def save(self, raw: RawWorkbook) -> bool:
        """Keep a good reading; whether that succeeded."""
        return self._readings.keep(self._id, raw)


def _section() -> Mapping[str, Any]:
    try:
        connections = st.secrets.to_dict().get("connections", {})
    except StreamlitSecretNotFoundError:
        return {}
    section = connections.get("gsheets", {}) if isinstance(connections, Mapping) else {}
    return section if isinstance(section, Mapping) else {}


def _digest(section: Mapping[str, Any], named: str) -> bytes:
    told = "\0".join((named, *(f"{name}={value}" for name, value in sorted(section.items()))))
    return hashlib.sha256(told.encode(errors="replace")).digest()


def _made(section: Mapping[str, Any], named: str) -> WorkbookPoller:
    environ = dict(os.environ)

    def read() -> RawWorkbook:
        return sources.open_source(
            sources.parse_reference(named), credentials=sources.credentials_from(section, environ)
        )

    share_with: str | None = None
    kept: SavedReading | None = None
    with contextlib.suppress(NetHealthError, OSError):  # told by the reading itself, with its remedy
        share_with = sources.credentials_from(section, environ).share_with
        reference = sources.parse_reference(named)
        if isinstance(reference, sources.SheetReference):
            kept = KeptSheet(reference.spreadsheet_id)
    return WorkbookPoller(
        read, understand=read_and_redact, kept=kept, share_with=share_with, salt=installation_secret()
    )


def read_and_redact(raw: RawWorkbook) -> Workbook:
    """The records of a reading; imports what reads the tabs only when there is something to read."""
    from nethealth.workbook.reader import read_workbook

    return read_workbook(raw)
