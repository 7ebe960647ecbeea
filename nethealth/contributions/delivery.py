"""Bring entries from the journal to the Google Sheet: each exactly once, in the right columns.

One cycle reads the workbook, notes what has arrived, and appends the rest, many entries in one request. An entry is
marked uncertain before it is sent, and delivered only once a reading shows it. So whatever happens in between (an
answer lost, the app killed, another copy of the app taking over), nothing is sent again before a reading, later than
any request can last, shows that it isn't there.
"""

from __future__ import annotations

import contextlib
import dataclasses
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from nethealth.contributions.entries import Entry, EntryState
from nethealth.contributions.journal import Journal, Lease
from nethealth.contributions.placing import Reading, Repair
from nethealth.errors import CellsProtected, ChangeRefused, NetHealthError, SheetError, TabsChanged
from nethealth.sources.google.sheet_layout import plan_layout
from nethealth.sources.sheet_writer import FailedWrite, Writer

_MOST_ROUNDS: Final = 12
"""Readings in one cycle: the first, after adding columns, after sending, and some for people who edit meanwhile."""
_MOST_REPAIRS: Final = 3
"""Corrections of one row in a cycle. If that isn't enough, someone else wants it another way."""
_CLOCK_SKEW: Final = 5.0
"""Seconds by which the clocks of two copies of the app may differ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """How long things may take, in seconds. Each is longer than the one before, so that no two senders overlap."""

    cycle: float = 45.0
    """No request lasts longer than this after its cycle began."""
    settle: float = 60.0
    """After this, a request that was sent has happened or never will."""
    lease: float = 75.0
    """How long one copy of the app may deliver without asking again."""
    pause: float = 5.0
    """From the end of a cycle to the next, at least."""
    per_request: float = 1.25
    """The same, for each request of the cycle. Google allows 60 readings and 60 writings a minute."""
    first_wait: float = 5.0
    """After a failure. Each further failure doubles it."""
    longest_wait: float = 300.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a cycle went."""

    delivered: int = 0
    requests: int = 0
    """How often it asked Google to read or to write, whichever is more."""
    failure: NetHealthError | None = None
    """Why it stopped early."""
    retry_after: float = 0.0
    """Seconds that Google asked us to wait."""
    again_in: float | None = None
    """Seconds until there is more to do for certain; None if there isn't."""
    is_taken: bool = False
    """True if another copy of the app is delivering."""


class _Stop(Exception):
    """End the cycle."""

    def __init__(self, failure: NetHealthError | None, *, retry_after: float | None = None) -> None:
        super().__init__(str(failure))
        self.failure, self.retry_after = failure, retry_after or 0.0


def deliver_once(
    journal: Journal,
    workbook: str,
    *,
    holder: str,
    open_writer: Callable[[], Writer],
    timing: Timing,
    now: Callable[[], float],
) -> Outcome:
    """Deliver what waits for a workbook, in one cycle. Never raises for what Google does.

    `open_writer` opens the Google Sheet for `timing.cycle` seconds. `now` is the journal's clock, in seconds.
    """
    lease = journal.take_lease(f"deliver {workbook}", holder=holder, seconds=timing.lease)
    if lease is None:
        return Outcome(is_taken=True)
    try:
        cycle = _Cycle(journal, workbook, lease=lease, timing=timing, now=now)
        if not cycle.pending():
            return Outcome()
        try:
            with contextlib.closing(open_writer()) as writer:
                cycle.run(writer)
        except _Stop as stop:
            return dataclasses.replace(cycle.outcome(), failure=stop.failure, retry_after=stop.retry_after)
        except SheetError as failure:
            cycle.note_failure(failure)
            return dataclasses.replace(cycle.outcome(), failure=failure)
        return cycle.outcome()
    finally:
        journal.release_lease(lease)


class _Cycle:
    def __init__(
        self, journal: Journal, workbook: str, *, lease: Lease, timing: Timing, now: Callable[[], float]
    ) -> None:
        self._journal, self._workbook, self._lease = journal, workbook, lease
        self._timing, self._now = timing, now
        self._delivered = self._reads = self._writes = 0
        self._refused: set[str] = set()
        """Entries that Google doesn't take in this cycle."""
        self._repairs: Counter[str] = Counter()
        """By entry: how often we corrected its row in this cycle."""
        self._is_one_by_one = False
        """Whether tabs are completed one at a time, since Google refused to complete several."""

    def pending(self) -> list[Entry]:
        """Return the entries that aren't in the workbook yet, as far as we know."""
        return self._entries(EntryState.WAITING, EntryState.UNCERTAIN)

    def outcome(self) -> Outcome:
        """Return how the cycle went so far."""
        now = self._now()
        waits = [
            self._timing.settle - _age(entry, at=now)
            if entry.state is EntryState.UNCERTAIN
            else self._timing.longest_wait
            if entry.reason
            else self._timing.pause
            for entry in self.pending()
        ]
        again_in = max(0.0, min(waits)) if waits else None
        return Outcome(delivered=self._delivered, requests=max(self._reads, self._writes), again_in=again_in)

    def run(self, writer: Writer) -> None:
        """Deliver what can be delivered. Raises _Stop, or a SheetError if we can't read."""
        self._recount()
        for _ in range(_MOST_ROUNDS):
            read_at = self._now()
            self._reads += 2
            reading = Reading(writer.read())
            has_repaired = self._note_arrivals(reading, writer, read_at=read_at)
            plan = reading.plan(self._sendable())
            self._note_reasons(plan.waiting)
            if plan.missing:
                self._add_missing(reading, plan.missing, writer)
                continue
            for batch in plan.batches:
                self._append(reading, [entry.id for entry in batch.entries], writer)
            if not (plan.batches or has_repaired):
                return

    def note_failure(self, failure: NetHealthError) -> None:
        """Say on the entries why they wait, unless it passes by itself."""
        if not _passes(failure):
            self._note_reasons(dict.fromkeys((entry.id for entry in self._entries(EntryState.WAITING)), str(failure)))

    def _sendable(self) -> list[Entry]:
        return [entry for entry in self._entries(EntryState.WAITING) if entry.id not in self._refused]

    # What has arrived.

    def _recount(self) -> None:
        """Let entries that were sent in the future wait from now on: someone set the clock back."""
        now = self._now()
        ahead = [entry.id for entry in self._entries(EntryState.UNCERTAIN) if _age(entry, at=now) < -_CLOCK_SKEW]
        self._mark(ahead, EntryState.UNCERTAIN)

    def _note_arrivals(self, reading: Reading, writer: Writer, *, read_at: float) -> bool:
        """Mark what is in the workbook, correct what landed in other columns, and free what certainly isn't there.

        Returns True if something was corrected, so that the next reading must confirm it.
        """
        there: list[Entry] = []
        gone: list[str] = []
        repairs: list[tuple[Entry, Repair]] = []
        for entry in self.pending():
            is_uncertain = entry.state is EntryState.UNCERTAIN
            if reading.has(entry):
                # What is there and waits was pasted by people, who may have changed it.
                can_repair = is_uncertain and self._repairs[entry.id] < _MOST_REPAIRS
                repair = reading.repair(entry) if can_repair else None
                if repair is None:
                    there.append(entry)
                else:
                    repairs.append((entry, repair))
            elif is_uncertain and _age(entry, at=read_at) >= self._timing.settle:
                gone.append(entry.id)
        self._mark([entry.id for entry in there], EntryState.DELIVERED)
        self._delivered += len(there)
        self._mark(gone, EntryState.WAITING)
        for entry, repair in repairs:
            self._repair(entry, repair, writer)
        if there and (looks := reading.date_formats(there)):
            # Dates read right without, so we try once.
            with contextlib.suppress(FailedWrite):
                self._writes += 1
                writer.apply(looks)
        return bool(repairs)

    def _repair(self, entry: Entry, repair: Repair, writer: Writer) -> None:
        self._repairs[entry.id] += 1
        try:
            self._writes += 1
            writer.update(repair.title, repair.cells, start=repair.start)
        except FailedWrite as failed:
            raise _Stop(failed.failure, retry_after=failed.retry_after) from failed
        if repair.is_above_headers:
            self._mark([entry.id], EntryState.WAITING)

    # What the workbook lacks.

    def _add_missing(self, reading: Reading, missing: dict[str, set[str]], writer: Writer) -> None:
        """Add tabs and columns as the template does. What Google doesn't let us add keeps its entries waiting."""
        if self._is_one_by_one:
            missing = dict([next(iter(missing.items()))])
        layout = plan_layout(reading.raw, wanted=missing)
        try:
            self._writes += 1
            writer.apply(layout.requests)
        except FailedWrite as failed:
            if failed.may_have_happened or _passes(failed.failure):
                # If it happened, the next reading shows it, and nothing is added twice.
                raise _Stop(failed.failure, retry_after=failed.retry_after) from failed
            if len(missing) > 1:
                self._is_one_by_one = True  # one protected tab must not keep the others from their columns
            else:
                self._refuse([entry.id for entry in self._sendable() if entry.tab in missing], failed.failure)

    def _refuse(self, ids: Sequence[str], failure: NetHealthError) -> None:
        self._refused |= set(ids)
        self._note_reasons(dict.fromkeys(ids, str(failure)))

    def _note_reasons(self, reasons: Mapping[str, str]) -> None:
        changed: dict[str, list[str]] = {}
        for entry in self._entries(EntryState.WAITING):
            if reasons.get(entry.id, entry.reason) != entry.reason:
                changed.setdefault(reasons[entry.id], []).append(entry.id)
        for reason, ids in changed.items():
            self._mark(ids, EntryState.WAITING, reason=reason)

    # Sending.

    def _append(self, reading: Reading, ids: Sequence[str], writer: Writer) -> None:
        """Append entries of one tab. Raises _Stop if it makes no sense to go on."""
        self._mark(ids, EntryState.UNCERTAIN)
        # Read again after the mark, since someone may have changed or undone an entry before it.
        marked = [entry for entry in self._entries(EntryState.UNCERTAIN) if entry.id in set(ids)]
        unsent = {entry.id for entry in marked}
        try:
            for batch in reading.plan(marked).batches:
                sent = {entry.id for entry in batch.entries}
                unsent -= sent
                try:
                    self._writes += 1
                    writer.append(batch.title, batch.rows, header=batch.header, width=batch.width)
                except FailedWrite as failed:
                    if not failed.may_have_happened:
                        unsent |= sent
                    raise
        except FailedWrite as failed:
            self._mark(sorted(unsent), EntryState.WAITING)
            if failed.may_have_happened:
                raise _Stop(failed.failure, retry_after=failed.retry_after) from failed
            self._go_on(reading, sorted(unsent), failed, writer)
        else:
            self._mark(sorted(unsent), EntryState.WAITING)

    def _go_on(self, reading: Reading, ids: Sequence[str], failed: FailedWrite, writer: Writer) -> None:
        """Go on after Google refused to append entries, and appended none of them."""
        failure = failed.failure
        if isinstance(failure, TabsChanged):
            return  # someone renamed the tab, and the next reading shows its new name
        if _passes(failure):
            raise _Stop(failure, retry_after=failed.retry_after) from failed
        if isinstance(failure, ChangeRefused) and len(ids) > 1:
            # One row may keep all others from going. Find it by halves.
            half = len(ids) // 2
            self._append(reading, ids[:half], writer)
            self._append(reading, ids[half:], writer)
        elif isinstance(failure, ChangeRefused | CellsProtected):
            self._refuse(ids, failure)
        else:
            self.note_failure(failure)
            raise _Stop(failure) from failed

    # The journal.

    def _entries(self, *states: EntryState) -> list[Entry]:
        return self._journal.entries(self._workbook, states=states)

    def _mark(self, ids: Sequence[str], state: EntryState, *, reason: str = "") -> None:
        """Mark entries. Raises _Stop if another copy of the app delivers now."""
        if ids and not self._journal.mark(ids, state, reason=reason, lease=self._lease):
            raise _Stop(None)


def _age(entry: Entry, *, at: float) -> float:
    """Return how many seconds ago an entry was sent; negative if the clock was set back since."""
    return at - (entry.changed_at.timestamp() if entry.changed_at else 0.0)


def _passes(failure: NetHealthError) -> bool:
    """True if a failure passes by itself."""
    return isinstance(failure, SheetError) and failure.is_transient
