"""Find the network's own workbook, as the secrets or the environment configure it. Without one, show the sample."""

from __future__ import annotations

import contextlib
import hashlib
import os
import threading
from collections.abc import Mapping, Sequence
from functools import cache, partial

from nethealth import sources
from nethealth.cache import cached
from nethealth.contributions.entries import SAMPLE_KEY, Entry, workbook_key
from nethealth.contributions.journal import Journal
from nethealth.contributions.merging import with_entries
from nethealth.contributions.opening import app_journal
from nethealth.contributions.place import keeps_history
from nethealth.contributions.workbook_entries import WorkbookEntries
from nethealth.errors import InvalidJournal, NetHealthError, UnreadableSecrets, UsageError
from nethealth.history.keeping import keep_numbers
from nethealth.history.store import History
from nethealth.privacy.codes import installation_secret
from nethealth.privacy.email_masking import mask_workbook
from nethealth.privacy.viewer_redaction import redact_for_viewers
from nethealth.privacy.weaver_redaction import redact_for_weavers
from nethealth.ui import access
from nethealth.ui.access import AccessState, Role
from nethealth.ui.app_secrets import app_secrets
from nethealth.ui.server.entry_changes import entry_changes
from nethealth.ui.workbook_poller import Origin, Reading, WorkbookPoller
from nethealth.workbook.raw import RawWorkbook
from nethealth.workbook.records import Workbook

_lock = threading.Lock()
_pollers: dict[bytes, WorkbookPoller] = {}
_samples: dict[Role, Workbook] = {}
_sample_with_entries: tuple[Sequence[Entry], Workbook] | None = None
"""What the machine's only user recorded for the sample, and the sample with it."""


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
    """Return the embedded sample network, read once per process. `own` as in `latest_reading`.

    The user of a machine that no one else can connect to may try out recording with it.
    """
    entries = workbook_entries(SAMPLE_KEY) if role is Role.STAFF and access.policy().state is AccessState.OPEN else None
    with _lock:
        if Role.STAFF not in _samples:
            _samples[Role.STAFF] = parse_workbook(sources.read_sample())
        full = _samples[Role.STAFF]
        if role is Role.WEAVER:
            return Reading(workbook=cached(redact_for_weavers)(full, own=own), origin=Origin.SAMPLE, role=role)
        if role not in _samples:
            _samples[role] = redact_for_viewers(full, salt=installation_secret())
        if entries is None:
            return Reading(workbook=_samples[role], origin=Origin.SAMPLE, role=role)
        version, workbook = _merged_sample(entries)
    return Reading(workbook=workbook, origin=Origin.SAMPLE, role=role, key=entries.workbook, entries_version=version)


def _merged_sample(entries: WorkbookEntries) -> tuple[int, Workbook]:
    """Return the sample with entries, merged again only if they have changed. Callers hold the lock."""
    global _sample_with_entries
    version, recorded, before = entries.version(), entries.entries(), _sample_with_entries
    if not recorded:
        return version, _samples[Role.STAFF]
    if before is not None and before[0] is recorded:
        return version, before[1]
    workbook = parse_workbook(with_entries(mask_workbook(sources.read_sample()), recorded))
    _sample_with_entries = recorded, workbook
    entry_changes.note()
    return version, workbook


@cache
def workbook_entries(key: str) -> WorkbookEntries:
    """Return what people recorded for the workbook with this key."""
    return WorkbookEntries(key, journal)


def journal() -> Journal:
    """Return the app's journal. Raises InvalidJournal if the secrets are wrong about it."""
    return app_journal(_secrets())


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


def network_key() -> str | None:
    """Return the key in the journal of the network's own workbook; None if nothing can be recorded for it."""
    poller = network_poller()
    if poller is not None:
        return poller.key
    return SAMPLE_KEY if access.policy().state is AccessState.OPEN else None


def network_cells(*, only_sample: bool) -> RawWorkbook:
    """Return the cells of the network's own workbook, masked, or of the sample. For staff who answer questions.

    Raises a NetHealthError if we can't read them.
    """
    poller = None if only_sample else network_poller()
    return mask_workbook(sources.read_sample()) if poller is None else poller.cells()


def cells_to_add_to() -> RawWorkbook:
    """Return the cells of the network's own workbook without entries, to add what waits.

    Addresses in the cells are masked; those in what is added aren't. Raises a NetHealthError if we can't read them.
    """
    poller = network_poller()
    if poller is None:
        raise UsageError("No workbook is configured.")
    masked = poller.cells_without_entries() or poller.cells()
    return RawWorkbook(title=masked.title, tabs=masked.tabs, read_at=masked.read_at, timezone=masked.timezone)


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
    entries: WorkbookEntries | None = None
    is_brought_by_hand = True
    with contextlib.suppress(NetHealthError, OSError):  # reading reports the same error, with its remedy
        credentials = sources.credentials_from(secrets, environ)
        share_with = credentials.share_with
        reference = sources.parse_reference(sources.configured_spreadsheet(secrets, environ) or "")
        entries = workbook_entries(workbook_key(reference))
        if isinstance(reference, sources.SheetReference):
            store = sources.LastReading(reference.spreadsheet_id)
            is_brought_by_hand = credentials.service_account is None
    return WorkbookPoller(
        read,
        parse=parse_workbook,
        store=store,
        share_with=share_with,
        salt=installation_secret(),
        entries=entries,
        is_brought_by_hand=is_brought_by_hand,
        keep_numbers=partial(_keep_numbers, key=entries.workbook) if entries is not None else None,
    )


def _keep_numbers(workbook: Workbook, *, key: str) -> None:
    """Store a snapshot of the metrics, unless `[journal]` says not to."""
    with contextlib.suppress(InvalidJournal):  # recording reports it, with its remedy
        if keeps_history(_secrets()):
            keep_numbers(workbook, key=key, open_history=history)


def is_history_kept() -> bool:
    """True unless `[journal]` says not to keep the metrics of earlier days."""
    try:
        return keeps_history(_secrets())
    except InvalidJournal:  # recording reports it, with its remedy
        return True


def history() -> History:
    """Return the snapshots of earlier days. Raises InvalidJournal if the secrets are wrong about it."""
    return History(journal().database)
