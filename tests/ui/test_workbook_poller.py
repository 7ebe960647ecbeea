"""One reading for everyone: current as long as someone looks, and still there if the source fails."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from nethealth.contributions.entries import Entry, EntryState
from nethealth.contributions.journal import Journal
from nethealth.contributions.recording import new_entry
from nethealth.contributions.workbook_entries import WorkbookEntries
from nethealth.errors import ReadError
from nethealth.privacy.email_masking import MaskedWorkbook
from nethealth.ui import workbook_poller as module
from nethealth.ui.access import Role
from nethealth.ui.workbook_poller import WorkbookPoller
from nethealth.workbook.raw import RawTab, RawWorkbook
from nethealth.workbook.records import Problem, Severity, Workbook

START = dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC)
TIMEOUT = 120
"""Seconds after which what is waited for counts as never to come; on no machine does it take so long."""


def raw(text: str = "Ana", *, at: dt.datetime = START) -> RawWorkbook:
    return RawWorkbook(title="Sheet", tabs=(RawTab("Members", (("Name",), (text,))),), read_at=at)


class Source:
    """A source that returns what the test sets, and counts its readings."""

    def __init__(self, *answers: RawWorkbook | Exception) -> None:
        self.answers = list(answers)
        self.asked = 0
        self.parsed = 0
        self.hold = threading.Event()
        self.hold.set()

    def read(self) -> RawWorkbook:
        self.asked += 1
        self.hold.wait(TIMEOUT)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    def parse(self, read: MaskedWorkbook) -> Workbook:
        self.parsed += 1
        name = str(read.tabs[0].rows[1][0])
        return Workbook(
            title=name,
            fingerprint=read.fingerprint,
            read_at=read.read_at,
            today=read.read_at.date(),
            problems=(Problem(severity=Severity.NOTE, tab="Members", message="m", remedy="r"),),
        )


class Store:
    def __init__(self, saved: RawWorkbook | None = None) -> None:
        self.saved = saved

    def load(self) -> RawWorkbook | None:
        return self.saved

    def save(self, workbook: RawWorkbook, /) -> bool:
        self.saved = workbook
        return True


def poller_for(
    source: Source, *, store: Store | None = None, interval: float = 0.05, idle_timeout: float = TIMEOUT
) -> WorkbookPoller:
    return WorkbookPoller(source.read, parse=source.parse, store=store, interval=interval, idle_timeout=idle_timeout)


class Clock:
    """The poller's clock, which moves only when the test moves it."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(module, "time", made)
    return made


def readers() -> int:
    """How many threads read; no test leaves one behind."""
    return sum(thread.name == "reading" for thread in threading.enumerate())


def until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + TIMEOUT
    while not is_so():
        assert time.monotonic() < deadline, "it did not come to pass"
        time.sleep(0.01)


FAILURE = ReadError("Google does not answer.", "Try again in a minute.")


def test_first_page_waits_for_first_reading() -> None:
    source = Source(raw())
    reading = poller_for(source)
    assert reading.for_role(Role.STAFF).is_missing
    reading.touch()
    started = time.monotonic()
    reading.wait_for_first(TIMEOUT)
    assert time.monotonic() - started < TIMEOUT / 2
    seen = reading.for_role(Role.STAFF)
    assert not seen.is_missing
    assert seen.workbook.title == "Ana"
    assert seen.failure is None


def test_edit_appears_in_background() -> None:
    source = Source(raw("Ana"), raw("Bo"))
    reading = poller_for(source)
    reading.touch()
    until(lambda: reading.for_role(Role.STAFF).workbook.title == "Bo")


def test_failure_keeps_last_reading_until_success(clock: Clock) -> None:
    source = Source(raw("Ana"), FAILURE, FAILURE, raw("Bo"))
    reading = poller_for(source)
    reading.touch()
    reading.wait_for_first(TIMEOUT)
    clock.now += 0.06
    until(lambda: reading.for_role(Role.STAFF).failure is not None)
    seen = reading.for_role(Role.STAFF)
    assert seen.workbook.title == "Ana"
    assert seen.failure is not None
    assert seen.failure.remedy == "Try again in a minute."
    for asked in (3, 4):
        clock.now += 0.06
        until(lambda asked=asked: source.asked == asked and not reading.for_role(Role.STAFF).is_refreshing)
    assert reading.for_role(Role.STAFF).workbook.title == "Bo"
    assert reading.for_role(Role.STAFF).failure is None


def test_unexpected_exception_doesnt_stop_polling(clock: Clock) -> None:
    source = Source(RuntimeError("SECRET cell"), raw("Ana"))
    reading = poller_for(source)
    reading.touch()
    reading.wait_for_first(TIMEOUT)
    seen = reading.for_role(Role.STAFF)
    assert seen.is_missing
    assert seen.failure is not None
    assert "SECRET" not in seen.failure.message + seen.failure.remedy
    clock.now += 0.06
    until(lambda: not reading.for_role(Role.STAFF).is_missing)


def test_saved_reading_is_shown_after_restart() -> None:
    store = Store(raw("Ana"))
    source = Source(FAILURE)
    reading = poller_for(source, store=store)
    assert reading.for_role(Role.STAFF).workbook.title == "Ana"
    started = time.monotonic()
    reading.wait_for_first(TIMEOUT)
    assert time.monotonic() - started < TIMEOUT / 2, "no one waits if there is something to show"
    reading.touch()
    until(lambda: reading.for_role(Role.STAFF).failure is not None)
    assert reading.for_role(Role.STAFF).workbook.title == "Ana"


def test_good_reading_is_saved_and_unusable_one_ignored() -> None:
    store = Store()
    reading = poller_for(Source(raw("Bo")), store=store)
    reading.touch()
    until(lambda: store.saved is not None)
    broken = Store(RawWorkbook(title="x", tabs=(), read_at=START))
    reading = poller_for(Source(raw("Bo")), store=broken)
    assert reading.for_role(Role.STAFF).is_missing


def test_idle_poller_stops_and_keeps_reading(clock: Clock) -> None:
    source = Source(raw())
    reading = poller_for(source, idle_timeout=6)
    reading.touch()
    until(lambda: not reading.for_role(Role.STAFF).is_missing)
    clock.now += 6.1
    until(lambda: readers() == 0)  # so that nothing is left that could read
    asked = source.asked
    assert reading.for_role(Role.STAFF).workbook.title == "Ana"
    reading.touch()
    until(lambda: source.asked > asked)


def test_many_visitors_cause_one_reading(clock: Clock) -> None:
    source = Source(raw())
    reading = poller_for(source, interval=0.3)
    source.hold.clear()
    for _ in range(200):
        reading.touch()
    until(lambda: source.asked == 1)
    assert readers() == 1
    source.hold.set()
    until(lambda: not reading.for_role(Role.STAFF).is_refreshing)
    clock.now += 0.31
    until(lambda: source.asked == 2)
    for _ in range(200):
        reading.touch()
    reading.stop()
    until(lambda: readers() == 0)
    assert source.asked == 2, "the next was not due"


def test_refreshing_never_blocks(clock: Clock) -> None:
    source = Source(raw("Ana"), raw("Bo"))
    reading = poller_for(source)
    reading.touch()
    reading.wait_for_first(TIMEOUT)
    source.hold.clear()
    clock.now += 0.06
    until(lambda: reading.for_role(Role.STAFF).is_refreshing)
    reading.touch()
    seen = reading.for_role(Role.STAFF)
    assert seen.workbook.title == "Ana"
    assert seen.is_refreshing, "all this while the source had not answered"
    source.hold.set()


def test_same_cells_are_parsed_once_a_day() -> None:
    later = START + dt.timedelta(minutes=1)
    tomorrow = START + dt.timedelta(days=1)
    source = Source(raw(at=START), raw(at=later), raw(at=tomorrow))
    reading = poller_for(source)
    reading.touch()
    until(lambda: reading.for_role(Role.STAFF).workbook.read_at == tomorrow)
    assert source.parsed == 2
    assert reading.for_role(Role.STAFF).workbook.today == tomorrow.date()


def test_unknown_time_zone_doesnt_fail() -> None:
    later = START + dt.timedelta(minutes=1)
    # A folder of the time zone database.
    reading = poller_for(Source(*(replace(raw(at=at), timezone="America") for at in (START, later))))
    reading.touch()
    until(lambda: reading.for_role(Role.STAFF).workbook.read_at == later)
    assert reading.for_role(Role.STAFF).failure is None


def test_viewers_get_redacted_reading() -> None:
    reading = poller_for(Source(raw()), interval=60)
    reading.touch()
    reading.wait_for_first(TIMEOUT)
    staff, viewer = reading.for_role(Role.STAFF), reading.for_role(Role.VIEWER)
    assert staff.workbook.problems
    assert not viewer.workbook.problems
    assert viewer.workbook.read_at == staff.workbook.read_at
    assert reading.for_role(Role.VIEWER).workbook is viewer.workbook, "made once for all viewers"


def test_version_ignores_age() -> None:
    reading = poller_for(Source(raw()), interval=60)
    reading.touch()
    reading.wait_for_first(TIMEOUT)
    seen = reading.for_role(Role.STAFF)
    older = replace(seen, workbook=replace(seen.workbook, read_at=START - dt.timedelta(hours=1)))
    assert older.version == seen.version
    assert replace(seen, failure=FAILURE).version != seen.version
    assert replace(seen, workbook=replace(seen.workbook, fingerprint="other")).version != seen.version


def test_numbers_are_kept_of_each_new_workbook_and_day(clock: Clock) -> None:
    next_day = START + dt.timedelta(days=1)
    source = Source(raw("Ana"), raw("Ana"), raw("Bo"), raw("Bo", at=next_day))
    noted: list[tuple[str, dt.date]] = []
    poller = WorkbookPoller(
        source.read,
        parse=source.parse,
        interval=1.0,
        idle_timeout=TIMEOUT,
        keep_numbers=lambda workbook: noted.append((workbook.title, workbook.today)),
    )
    for reading in range(1, 5):
        poller.touch()
        until(lambda count=reading: source.asked >= count)
        clock.now += 1.5
    until(lambda: len(noted) == 3)
    poller.stop()
    assert noted == [("Ana", START.date()), ("Bo", START.date()), ("Bo", next_day.date())]


def test_numbers_that_cannot_be_kept_stop_no_reading() -> None:
    def fail(workbook: Workbook) -> None:
        raise RuntimeError(workbook.title)

    source = Source(raw("Ana"), raw("Bo"))
    poller = WorkbookPoller(source.read, parse=source.parse, interval=0.01, idle_timeout=TIMEOUT, keep_numbers=fail)
    poller.touch()
    until(lambda: poller.for_role(Role.STAFF).workbook.title == "Bo")
    poller.stop()
    assert poller.for_role(Role.STAFF).failure is None


def test_stopped_poller_never_reads() -> None:
    source = Source(raw())
    reading = poller_for(source)
    reading.touch()
    until(lambda: source.asked > 1)
    reading.stop()
    until(lambda: readers() == 0)
    asked = source.asked
    reading.touch()
    assert readers() == 0
    assert source.asked == asked
    assert not reading.for_role(Role.STAFF).is_missing, "the earlier reading is still there"


def test_cells_come_from_the_saved_reading_masked() -> None:
    poller = poller_for(Source(raw()), store=Store(raw("ana@example.org")))
    cells = [cell for tab in poller.cells().tabs for row in tab.rows for cell in row]
    assert "(email 1)" in cells
    assert "ana@example.org" not in cells


def test_without_a_saved_reading_cells_are_read_again() -> None:
    assert poller_for(Source(raw())).cells().tabs


def entries_in(journal: Journal) -> WorkbookEntries:
    return WorkbookEntries("file:a", lambda: journal)


def conversation() -> Entry:
    return new_entry("file:a", "Actions", {"What we heard": "More time"}, author="", now=START)


def test_entries_show_at_once_and_their_cells_are_kept_only_meanwhile(tmp_path: Path) -> None:
    journal, source, store = Journal.in_file(tmp_path / "journal.db"), Source(raw()), Store(raw())
    poller = WorkbookPoller(source.read, parse=source.parse, store=store, entries=entries_in(journal))
    before = poller.for_role(Role.STAFF)
    assert poller.cells_without_entries() is None
    entry = conversation()
    journal.record([entry])
    poller.show_entries()
    after = poller.for_role(Role.STAFF)
    assert after.version != before.version
    assert after.workbook.fingerprint != before.workbook.fingerprint
    assert poller.cells_without_entries() is not None
    assert (source.asked, source.parsed) == (0, 2), "from the saved reading"
    journal.undo(entry.id)
    poller.show_entries()
    assert poller.for_role(Role.STAFF).workbook.fingerprint == before.workbook.fingerprint
    assert poller.cells_without_entries() is None
    journal.close()


def test_arrival_changes_what_staff_see_and_nothing_for_viewers(tmp_path: Path) -> None:
    journal, source = Journal.in_file(tmp_path / "journal.db"), Source(raw())
    entry = conversation()
    journal.record([entry])
    poller = WorkbookPoller(source.read, parse=source.parse, store=Store(raw()), entries=entries_in(journal))
    before = {role: poller.for_role(role).version for role in (Role.STAFF, Role.VIEWER)}
    journal.mark([entry.id], EntryState.UNCERTAIN)
    poller.show_entries()
    assert poller.for_role(Role.STAFF).version != before[Role.STAFF]
    assert poller.for_role(Role.VIEWER).version == before[Role.VIEWER]
    assert source.parsed == 1
    journal.close()


def test_entries_of_other_copies_show_while_someone_looks(tmp_path: Path) -> None:
    journal, source = Journal.in_file(tmp_path / "journal.db"), Source(raw())
    poller = WorkbookPoller(source.read, parse=source.parse, entries=entries_in(journal), interval=TIMEOUT)
    poller.touch()
    poller.wait_for_first()
    first = poller.for_role(Role.STAFF).workbook.fingerprint
    journal.record([conversation()])
    until(lambda: poller.for_role(Role.STAFF).workbook.fingerprint != first)
    poller.stop()
    journal.close()


def test_entry_that_someone_pasted_is_delivered(tmp_path: Path) -> None:
    journal = Journal.in_file(tmp_path / "journal.db")
    entry = conversation()
    journal.record([entry])
    tab = RawTab("Actions", (("What we heard", "Entry ID"), ("More time", entry.id)))
    pasted = replace(raw(), tabs=(*raw().tabs, tab))
    for is_brought_by_hand, state in ((False, EntryState.WAITING), (True, EntryState.DELIVERED)):
        source = Source(pasted)
        poller = WorkbookPoller(
            source.read, parse=source.parse, entries=entries_in(journal), is_brought_by_hand=is_brought_by_hand
        )
        poller.touch()
        poller.wait_for_first()
        poller.stop()
        assert [each.state for each in journal.entries("file:a")] == [state]
    journal.close()
