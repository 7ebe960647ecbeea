"""The journal: entries stay, once, in the order in which they came, in a file and on a server."""

from __future__ import annotations

import datetime as dt
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from nethealth.contributions.entries import Entry, EntryState, new_entry_id
from nethealth.contributions.journal import KEEP_DAYS, Journal
from nethealth.errors import NotRecorded
from tests.contributions.conftest import Clock

KEY = "sheet:a"
ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def journal(url: sa.URL, clock: Clock) -> Iterator[Journal]:
    opened = Journal(url, now=clock)
    yield opened
    opened.close()


def conversation(member: str = "Ana Ruiz", *, workbook: str = KEY, at: float = 0.0) -> Entry:
    return Entry(
        id=new_entry_id(),
        workbook=workbook,
        tab="Weaving",
        cells={"Date": dt.date(2026, 11, 30), "Weaver": "Bo", "Member": member, "Done": False, "What we heard": "=1+1"},
        recorded_at=dt.datetime.fromtimestamp(at, dt.UTC),
    )


def test_recorded_entries_are_there_after_a_restart(url: sa.URL, journal: Journal) -> None:
    entry = conversation()
    journal.record([entry])
    again = Journal(url)
    (found,) = again.entries(KEY)
    again.close()
    assert (found.id, found.cells, found.state) == (entry.id, entry.cells, EntryState.WAITING)


def test_order_is_that_of_recording_when_the_clock_is_set_back(journal: Journal) -> None:
    times = (9, 8, 8, 7)
    in_order = [conversation(at=time) for time in times]
    journal.record(in_order[:3])
    journal.record(in_order[3:])
    assert [entry.id for entry in journal.entries(KEY)] == [entry.id for entry in in_order]


def test_entries_of_another_workbook_stay_apart(journal: Journal) -> None:
    journal.record([conversation(workbook="sheet:b")])
    assert journal.entries(KEY) == []
    assert (journal.version(KEY), journal.version("sheet:b")) == (0, 1)


def test_records_all_or_none(journal: Journal) -> None:
    with pytest.raises(NotRecorded):
        journal.record([conversation(), conversation("\0")])
    with pytest.raises(NotRecorded):
        journal.record([conversation(), replace(conversation(), author=None)])  # type: ignore[arg-type]
    assert journal.entries(KEY) == []


def test_recording_again_changes_nothing(journal: Journal) -> None:
    first, second = conversation(), conversation("Cy")
    journal.record([first])
    journal.undo(first.id)
    journal.record([first, second])
    assert [(entry.id, entry.state) for entry in journal.entries(KEY)] == [
        (first.id, EntryState.UNDONE),
        (second.id, EntryState.WAITING),
    ]


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "Añá 👩‍👧 🎉", "one\r\n\ttwo", "x" * 50_000, "'; DROP TABLE x"])
def test_text_comes_back_as_typed(journal: Journal, text: str) -> None:
    entry = replace(conversation(), cells={"What we heard": text, "Member": None, "Score": 1.5, "Done": True})
    journal.record([entry])
    assert journal.entries(KEY)[0].cells == entry.cells


def test_sent_entry_can_be_neither_edited_nor_undone(journal: Journal) -> None:
    entry = conversation()
    journal.record([entry])
    assert journal.edit(entry.id, {**entry.cells, "Member": "Cy"})
    assert journal.mark([entry.id], EntryState.UNCERTAIN)
    assert not journal.edit(entry.id, entry.cells)
    assert not journal.undo(entry.id)
    assert [each.cells["Member"] for each in journal.entries(KEY)] == ["Cy"]


def test_version_grows_with_every_change(journal: Journal) -> None:
    entry = conversation()
    journal.record([entry])
    journal.edit(entry.id, entry.cells)
    journal.undo(entry.id)
    assert journal.version(KEY) == 3


def test_one_holder_at_a_time_until_the_lease_expires(journal: Journal, clock: Clock) -> None:
    first = journal.take_lease("deliver", holder="one", seconds=60)
    assert first is not None
    assert journal.take_lease("deliver", holder="two", seconds=60) is None
    clock.time += 61
    second = journal.take_lease("deliver", holder="two", seconds=60)
    assert second is not None
    assert second.token > first.token
    entry = conversation()
    journal.record([entry])
    assert not journal.mark([entry.id], EntryState.DELIVERED, lease=first)
    assert journal.mark([entry.id], EntryState.DELIVERED, lease=second)


def test_lease_from_before_the_clock_was_set_back_is_free(journal: Journal, clock: Clock) -> None:
    assert journal.take_lease("deliver", holder="one", seconds=60)
    clock.time -= 86_400
    assert journal.take_lease("deliver", holder="two", seconds=60)


def test_released_lease_is_free_at_once(journal: Journal) -> None:
    lease = journal.take_lease("deliver", holder="one", seconds=60)
    assert lease is not None
    journal.release_lease(lease)
    assert journal.take_lease("deliver", holder="two", seconds=60)


def test_lease_that_is_taken_cannot_be_used_while_two_want_it(journal: Journal, clock: Clock) -> None:
    with ThreadPoolExecutor(8) as threads:
        taken = list(threads.map(lambda name: journal.take_lease("x", holder=str(name), seconds=60), range(8)))
    assert len([lease for lease in taken if lease]) == 1


def test_counts_and_the_oldest_that_waits(journal: Journal) -> None:
    assert (set(journal.counts(KEY).values()), journal.waiting_since(KEY)) == ({0}, None)
    entries = [conversation(at=day) for day in (3, 1, 2)]
    journal.record([*entries, conversation(workbook="sheet:b")])
    journal.mark([entries[1].id], EntryState.DELIVERED)
    counts = journal.counts(KEY)
    assert (counts[EntryState.WAITING], counts[EntryState.DELIVERED], counts[EntryState.UNDONE]) == (2, 1, 0)
    assert journal.waiting_since(KEY) == dt.datetime.fromtimestamp(2, dt.UTC)


def test_only_what_the_workbook_has_is_pruned(journal: Journal, clock: Clock) -> None:
    waiting, delivered, undone, recent = (conversation(at=day) for day in range(4))
    journal.record([waiting, delivered, undone, recent])
    journal.mark([delivered.id], EntryState.DELIVERED)
    journal.undo(undone.id)
    clock.time += (KEEP_DAYS + 1) * 86_400
    journal.mark([recent.id], EntryState.DELIVERED)
    assert journal.prune() == 2
    assert [entry.id for entry in journal.all_entries()] == [waiting.id, recent.id]


def test_retry_forgets_reasons_of_what_waits(journal: Journal) -> None:
    blocked, uncertain, elsewhere = conversation(), conversation(), conversation(workbook="sheet:b")
    journal.record([blocked, uncertain, elsewhere])
    journal.mark([blocked.id, elsewhere.id], EntryState.WAITING, reason="The tab is protected.")
    journal.mark([uncertain.id], EntryState.UNCERTAIN, reason="Google didn't answer.")
    version = journal.version(KEY)
    assert journal.retry() == 2
    assert [entry.reason for entry in journal.all_entries()] == ["", "Google didn't answer.", ""]
    assert journal.version(KEY) == version + 1


def test_many_marks_at_once(journal: Journal) -> None:
    entries = [conversation() for _ in range(1_200)]
    journal.record(entries)
    journal.mark([entry.id for entry in entries], EntryState.DELIVERED)
    assert journal.counts(KEY)[EntryState.DELIVERED] == 1_200


def test_nothing_is_lost_or_doubled_by_threads(url: sa.URL, journal: Journal) -> None:
    """Two copies of the app, each with threads, on one journal."""
    copies = (journal, Journal(url))
    entries = [conversation(str(number)) for number in range(60)]
    with ThreadPoolExecutor(12) as threads:
        list(threads.map(lambda pair: copies[pair[0] % 2].record([pair[1]]), enumerate(entries)))
    copies[1].close()
    assert sorted(entry.id for entry in journal.entries(KEY)) == sorted(entry.id for entry in entries)
    assert journal.version(KEY) == 60


RECORDER = """
import datetime as dt, sys, time
from nethealth.contributions.entries import Entry, new_entry_id
from nethealth.contributions.journal import Journal
journal = Journal(sys.argv[1])
while True:
    entry = Entry(id=new_entry_id(), workbook="sheet:a", tab="Weaving", cells={"Member": "Ana"},
                  recorded_at=dt.datetime.now(dt.UTC))
    journal.record([entry])
    print(entry.id, flush=True)
    time.sleep(0.005)  # SQLite lets no one wait in line, so give the others a turn
"""


def test_what_was_thanked_for_survives_sigkill(url: sa.URL) -> None:
    """Two copies of the app start on an empty journal at the same time, and are killed while they record."""
    command = [sys.executable, "-c", RECORDER, url.render_as_string(hide_password=False)]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) for _ in range(2)]
    thanked = []
    for number, process in enumerate(processes):
        assert process.stdout is not None
        thanked += [process.stdout.readline().strip() for _ in range(3 + number)]
    for process in processes:
        process.send_signal(signal.SIGKILL)
    for process in processes:
        rest, _ = process.communicate()
        thanked += [line for line in rest.splitlines() if len(line) == 16]
    journal = Journal(url)
    found = [entry.id for entry in journal.entries(KEY)]
    journal.record([conversation()])
    journal.close()
    assert all(thanked)
    assert set(thanked) <= set(found)
    assert len(set(found)) == len(found) <= len(thanked) + len(processes)


class JournalMachine(RuleBasedStateMachine):
    """Compares the journal with a dictionary of what it should hold, whatever people, deliveries, and the clock do."""

    ids = Bundle("ids")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.clock = Clock()
        self.journal = self.opened()
        self.model: dict[str, tuple[EntryState, str, str, float]] = {}
        self.version = 0

    def opened(self) -> Journal:
        return Journal.in_file(Path(self.folder.name) / "journal.db", now=self.clock)

    def changed(self, entry_id: str, **values: Any) -> None:
        known = dict(zip(("state", "text", "reason", "at"), self.model[entry_id], strict=True))
        new = known | values | {"at": self.clock.time}
        self.model[entry_id] = (new["state"], new["text"], new["reason"], new["at"])

    def is_waiting(self, entry_id: str) -> bool:
        return entry_id in self.model and self.model[entry_id][0] is EntryState.WAITING

    @rule(target=ids, text=st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=9))
    def record(self, text: str) -> str:
        entry = conversation(text, at=self.clock.time)
        self.journal.record([entry])
        self.model[entry.id] = (EntryState.WAITING, text, "", self.clock.time)
        return entry.id

    @rule(entry_id=ids)
    def edit(self, entry_id: str) -> None:
        assert self.journal.edit(entry_id, {"Member": "edited"}) is self.is_waiting(entry_id)
        if self.is_waiting(entry_id):
            self.changed(entry_id, text="edited")

    @rule(entry_id=ids)
    def undo(self, entry_id: str) -> None:
        assert self.journal.undo(entry_id) is self.is_waiting(entry_id)
        if self.is_waiting(entry_id):
            self.changed(entry_id, state=EntryState.UNDONE)

    @rule(entry_ids=st.lists(ids, max_size=4), state=st.sampled_from(EntryState), reason=st.sampled_from(["", "why"]))
    def mark(self, entry_ids: list[str], state: EntryState, reason: str) -> None:
        self.journal.mark(entry_ids, state, reason=reason)
        for entry_id in set(entry_ids) & set(self.model):
            if self.model[entry_id][0] is not EntryState.UNDONE:
                self.changed(entry_id, state=state, reason=reason)

    @rule()
    def retry(self) -> None:
        refused = [each for each in self.model if self.is_waiting(each) and self.model[each][2]]
        assert self.journal.retry() == len(refused)
        for entry_id in refused:
            self.changed(entry_id, reason="")

    @rule()
    def prune(self) -> None:
        done = (EntryState.DELIVERED, EntryState.UNDONE)
        oldest = self.clock.time - KEEP_DAYS * 86_400
        old = [each for each, (state, _, _, at) in self.model.items() if state in done and at < oldest]
        assert self.journal.prune() == len(old)
        for entry_id in old:
            del self.model[entry_id]

    @rule(days=st.sampled_from([-30, 1, 60]))
    def move_clock(self, days: int) -> None:
        self.clock.time += days * 86_400

    @rule()
    def restart(self) -> None:
        self.journal.close()
        self.journal = self.opened()

    @invariant()
    def holds_the_same(self) -> None:
        found = self.journal.entries(KEY)
        assert [(each.id, each.state, each.cells["Member"], each.reason) for each in found] == [
            (entry_id, *values[:3]) for entry_id, values in self.model.items()
        ]
        version = self.journal.version(KEY)
        assert version >= self.version
        self.version = version

    def teardown(self) -> None:
        self.journal.close()
        self.folder.cleanup()


TestJournalAgainstModel = JournalMachine.TestCase
TestJournalAgainstModel.settings = settings(max_examples=10, stateful_step_count=20)
