"""Keep a snapshot of each reading that changed a number."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable

from nethealth.cache import cached
from nethealth.errors import JournalError
from nethealth.history.numbers import snapshot_numbers
from nethealth.history.store import History, Snapshot
from nethealth.overview.facts import gather_facts
from nethealth.workbook.records import Workbook

_logger = logging.getLogger(__name__)


def take_snapshot(workbook: Workbook, *, key: str, day: dt.date | None = None) -> Snapshot:
    """Return the numbers of a workbook on a day (its today if None), as staff see them."""
    as_of = day or workbook.today
    return Snapshot(
        workbook=key, day=as_of, numbers=snapshot_numbers(cached(gather_facts)(workbook, as_of=as_of, for_staff=True))
    )


def keep_numbers(workbook: Workbook, *, key: str, open_history: Callable[[], History]) -> None:
    """Store a snapshot of a reading. If the database fails, only the log says so: that's no reason to stop reading."""
    try:
        open_history().add(take_snapshot(workbook, key=key))
    except JournalError as error:
        _logger.warning("We couldn't keep today's numbers: %s", error.message)


def numbers_on(key: str | None, day: dt.date, *, open_history: Callable[[], History]) -> Snapshot | None:
    """Return what a workbook's numbers were on a day; None if the history doesn't know, or can't be read."""
    if key is None:
        return None
    try:
        return open_history().on_or_before(key, day)
    except JournalError:
        return None
