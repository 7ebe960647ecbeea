"""Find the network's own workbook, as the secrets or the environment configure it. Without one, show the sample."""

from __future__ import annotations

import contextlib
import hashlib
import os
import threading
from collections.abc import Mapping

from nethealth import sources
from nethealth.cache import cached
from nethealth.errors import NetHealthError, UnreadableSecrets
from nethealth.privacy.codes import installation_secret
from nethealth.privacy.email_masking import mask_workbook
from nethealth.privacy.viewer_redaction import redact_for_viewers
from nethealth.privacy.weaver_redaction import redact_for_weavers
from nethealth.ui.access import Role
from nethealth.ui.app_secrets import app_secrets
from nethealth.ui.workbook_poller import Origin, Reading, WorkbookPoller
from nethealth.workbook.raw import RawWorkbook
from nethealth.workbook.records import Workbook

_lock = threading.Lock()
_pollers: dict[bytes, WorkbookPoller] = {}
_samples: dict[Role, Workbook] = {}


def network_poller() -> WorkbookPoller | None:
    """Return the one poller of the network's own workbook, or None if no workbook is configured.

    When the secrets change, the poller with the old ones stops.
    """
    secrets, environ = _secrets(), dict(os.environ)
    if sources.configured_spreadsheet(secrets, environ) is None:
        return None
    key = hashlib.sha256(repr((secrets.get("connections"), sources.relevant_environment(environ))).encode()).digest()
    with _lock:
        if key not in _pollers:
            for old in _pollers.values():
                old.stop()
            _pollers.clear()
            _pollers[key] = _create_poller(secrets, environ)
        return _pollers[key]


def sample_reading(role: Role, *, own: frozenset[str] = frozenset()) -> Reading:
    """Return the embedded sample network, read once per process. `own` as in `latest_reading`."""
    with _lock:
        if Role.STAFF not in _samples:
            _samples[Role.STAFF] = parse_workbook(sources.read_sample())
        full = _samples[Role.STAFF]
        if role is Role.WEAVER:
            return Reading(workbook=cached(redact_for_weavers)(full, own=own), origin=Origin.SAMPLE, role=role)
        if role not in _samples:
            _samples[role] = redact_for_viewers(full, salt=installation_secret())
        return Reading(workbook=_samples[role], origin=Origin.SAMPLE, role=role)


def latest_reading(role: Role, *, only_sample: bool, wait: bool = True, own: frozenset[str] = frozenset()) -> Reading:
    """Return the latest reading of the network's own workbook for `role`; without one, or if `only_sample`, the sample.

    `wait` waits a few seconds for the very first reading. `own` are the Entry IDs of what a weaver recorded.
    """
    poller = None if only_sample else network_poller()
    if poller is None:
        return sample_reading(role, own=own)
    poller.touch()
    if wait:
        poller.wait_for_first()
    return poller.for_role(role, own=own)


def network_cells(*, only_sample: bool) -> RawWorkbook:
    """Return the cells of the network's own workbook, masked, or of the sample. For staff who answer questions.

    Raises a NetHealthError if we can't read them.
    """
    poller = None if only_sample else network_poller()
    return mask_workbook(sources.read_sample()) if poller is None else poller.cells()


def parse_workbook(raw: RawWorkbook) -> Workbook:
    """Return the records of a reading. Imports the reader only when there is something to read."""
    from nethealth.workbook.reader import read_workbook

    return read_workbook(raw)


def _secrets() -> Mapping[str, object]:
    try:
        return app_secrets()
    except UnreadableSecrets:
        return {}  # no one gets in meanwhile


def _create_poller(secrets: Mapping[str, object], environ: Mapping[str, str]) -> WorkbookPoller:
    def read() -> RawWorkbook:
        reference = sources.parse_reference(sources.configured_spreadsheet(secrets, environ) or "")
        return sources.open_source(reference, credentials=sources.credentials_from(secrets, environ))

    share_with: str | None = None
    store: sources.LastReading | None = None
    with contextlib.suppress(NetHealthError, OSError):  # reading reports the same error, with its remedy
        share_with = sources.credentials_from(secrets, environ).share_with
        reference = sources.parse_reference(sources.configured_spreadsheet(secrets, environ) or "")
        if isinstance(reference, sources.SheetReference):
            store = sources.LastReading(reference.spreadsheet_id)
    return WorkbookPoller(read, parse=parse_workbook, store=store, share_with=share_with, salt=installation_secret())
