"""What people record, change, and take back: in the journal before it's sent, as rows of Updates after that."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from nethealth.contributions.entries import Entry, EntryState
from nethealth.contributions.journal import Journal
from nethealth.contributions.recording import Recorder, new_entry, recent_entries, update_of

KEY = "sheet:a"
NOW = dt.datetime(2026, 11, 30, 15, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 30)
TALK = {"Date": TODAY, "Weaver": "Bo", "Member": "Ana Ruiz", "Follow-up": "Send the slides", "Due": None}


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = Journal.in_file(tmp_path / "journal.db")
    yield opened
    opened.close()


@pytest.fixture
def recorder(journal: Journal) -> Recorder:
    return Recorder(journal, KEY, author="bo@example.org")


def talk() -> Entry:
    return new_entry(KEY, "Weaving", TALK, author="bo@example.org", now=NOW)


def counting(journal: Journal) -> list[Entry]:
    return [each for each in journal.entries(KEY) if each.state is not EntryState.UNDONE]


def test_blank_cells_are_left_out() -> None:
    assert talk().cells == {key: value for key, value in TALK.items() if value is not None}
    assert new_entry(KEY, "Weaving", {"Done": False}, author="", now=NOW).cells == {"Done": False}


@pytest.mark.parametrize(
    ("tab", "column"), [("Weaving", "Hobby"), ("Hobbies", "Name"), ("Weaving", "Entry ID"), ("Members", "Name")]
)
def test_unknown_tab_or_column_is_refused(tab: str, column: str) -> None:
    with pytest.raises(KeyError):
        new_entry(KEY, tab, {column: "x"}, author="", now=NOW)


def test_update_of_unknown_field_is_refused() -> None:
    with pytest.raises(KeyError):
        update_of(KEY, "Weaving", "NH-1", "Outcome", "x", author="", now=NOW)


def test_entry_that_was_not_sent_changes_itself(journal: Journal, recorder: Recorder) -> None:
    entry = talk()
    recorder.record([entry])
    act = recorder.change("Weaving", entry.id, {"Done": True, "Follow-up": None}, now=NOW, day=TODAY)
    (recorded,) = journal.entries(KEY)
    assert recorded.cells == {"Date": TODAY, "Weaver": "Bo", "Member": "Ana Ruiz", "Done": True}
    recorder.undo(act, now=NOW, day=TODAY)
    assert [each.cells for each in journal.entries(KEY)] == [entry.cells]


def test_sent_entry_gets_updates(journal: Journal, recorder: Recorder) -> None:
    entry = talk()
    recorder.record([entry])
    journal.mark([entry.id], EntryState.DELIVERED)
    act = recorder.change("Weaving", entry.id, {"Done": True}, now=NOW, day=TODAY)
    recorded, update = sorted(journal.entries(KEY), key=lambda each: each.tab == "Updates")
    assert recorded.cells == entry.cells
    assert (update.tab, update.cells) == (
        "Updates",
        {"Date": TODAY, "Tab": "Weaving", "Row": entry.id, "Field": "Done", "Value": True},
    )
    recorder.undo(act, now=NOW, day=TODAY)
    assert [each.id for each in counting(journal)] == [entry.id]


def test_row_that_someone_typed_gets_updates(journal: Journal, recorder: Recorder) -> None:
    recorder.change("Emergent activity", "ROW-1", {"Outcome": "A guide", "Status": "Completed"}, now=NOW, day=TODAY)
    assert {(each.tab, each.cells["Field"]) for each in journal.entries(KEY)} == {
        ("Updates", "Outcome"),
        ("Updates", "Status"),
    }


def test_outcome_of_an_entry_that_was_not_sent_is_a_line_more(journal: Journal, recorder: Recorder) -> None:
    cells = {"Name": "Guide", "Collaborators": "Ana Ruiz", "Outcomes to date": "2026-01-02: Met"}
    entry = new_entry(KEY, "Emergent activity", cells, author="", now=NOW)
    recorder.record([entry])
    recorder.change("Emergent activity", entry.id, {"Outcome": "A guide", "Participant": "Cy"}, now=NOW, day=TODAY)
    (recorded,) = journal.entries(KEY)
    assert recorded.cells["Outcomes to date"] == "2026-01-02: Met\n2026-11-30: A guide"
    assert recorded.cells["Collaborators"] == "Ana Ruiz; Cy"


def test_undo_before_and_after_it_was_sent(journal: Journal, recorder: Recorder) -> None:
    first, second = talk(), talk()
    act = recorder.record([first, second])
    journal.mark([first.id], EntryState.UNCERTAIN)
    recorder.undo(act, now=NOW, day=TODAY)
    assert {each.id: each.state for each in journal.entries(KEY)}[second.id] is EntryState.UNDONE
    (update,) = [each for each in journal.entries(KEY) if each.tab == "Updates"]
    assert update.cells | {"Row": first.id, "Field": "Whole row", "Value": "Undone"} == update.cells


def test_undoing_twice_does_no_more(journal: Journal, recorder: Recorder) -> None:
    act = recorder.record([talk()])
    recorder.undo(act, now=NOW, day=TODAY)
    assert recorder.undo(act, now=NOW, day=TODAY).is_empty
    assert [each.state for each in journal.entries(KEY)] == [EntryState.UNDONE]


def test_undoing_an_edit_after_the_entry_was_sent_restores_by_updates(journal: Journal, recorder: Recorder) -> None:
    entry = talk()
    recorder.record([entry])
    act = recorder.change("Weaving", entry.id, {"Done": True, "Follow-up": "Call"}, now=NOW, day=TODAY)
    journal.mark([entry.id], EntryState.DELIVERED)
    recorder.undo(act, now=NOW, day=TODAY)
    updates = {each.cells["Field"]: each.cells.get("Value") for each in journal.entries(KEY) if each.tab == "Updates"}
    assert updates == {"Done": None, "Follow-up": "Send the slides"}


def test_recent_entries_are_those_that_still_count() -> None:
    recent = talk()
    old = new_entry(KEY, "Weaving", TALK, author="", now=NOW - dt.timedelta(seconds=601))
    undone = replace(talk(), state=EntryState.UNDONE)
    assert recent_entries([old, undone, recent], now=NOW, seconds=600) == [recent]
