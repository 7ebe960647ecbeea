"""What a closed session becomes: each row one entry, once, and changes only where an answer has changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nethealth.contributions.entries import Entry, EntryState
from nethealth.contributions.journal import Journal
from nethealth.contributions.recording import Recorder
from nethealth.live.recording import SessionRow, record_rows, shuffled
from nethealth.live.session import LiveSession, Screen, SessionKind, SessionState, Setup
from nethealth.workbook.schema.vocabulary import Moment

KEY = "sheet:a"
NOW = dt.datetime(2026, 11, 30, 15, tzinfo=dt.UTC)
DAY = dt.date(2026, 11, 30)
SESSION = LiveSession(
    id="5e55",
    workbook=KEY,
    kind=SessionKind.PULSE,
    name="Retreat",
    moment=Moment.NOW,
    code="K7WPXM",
    state=SessionState.CLOSED,
    created_at=NOW,
    setup=Setup(),
    screen=Screen(),
    version=1,
)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = Journal.in_file(tmp_path / "journal.db")
    yield opened
    opened.close()


def rows(answers: Mapping[str, int]) -> list[SessionRow]:
    return [
        SessionRow(name=name, tab="Pulse", cells={"Statement": "We listen.", "Answer": answer, "Session": ""})
        for name, answer in answers.items()
    ]


def close(journal: Journal, answers: Mapping[str, int], session: LiveSession = SESSION) -> int:
    return record_rows(journal, session, rows(answers), now=NOW, day=DAY)


def deliver(journal: Journal) -> None:
    waiting = journal.entries(KEY, states=[EntryState.WAITING])
    journal.mark([entry.id for entry in waiting], EntryState.DELIVERED)


def in_sheet(journal: Journal) -> dict[str, object]:
    """Return the answers that count in the end, by Entry ID, after the rows of Updates."""
    found: dict[str, dict[str, object]] = {}
    for entry in journal.entries(KEY):
        if entry.state is EntryState.UNDONE:
            continue
        if entry.tab != "Updates":
            found[entry.id] = dict(entry.cells)
        elif entry.cells["Field"] == "Whole row":
            del found[str(entry.cells["Row"])]
        else:
            found[str(entry.cells["Row"])][str(entry.cells["Field"])] = entry.cells.get("Value")
    return {entry_id: cells["Answer"] for entry_id, cells in found.items()}


def counting(journal: Journal) -> list[Entry]:
    return [each for each in journal.entries(KEY) if each.state is not EntryState.UNDONE]


def test_closing_again_adds_nothing(journal: Journal) -> None:
    assert close(journal, {"a": 1, "b": 5}) == 2
    before = journal.entries(KEY)
    assert close(journal, {"a": 1, "b": 5}) == 0
    deliver(journal)
    assert close(journal, {"b": 5, "a": 1}) == 0
    assert [each.id for each in journal.entries(KEY)] == [each.id for each in before]
    assert [each.cells for each in before] == [{"Statement": "We listen.", "Answer": n} for n in (1, 5)]


def test_changed_answer_changes_its_entry_before_it_is_sent(journal: Journal) -> None:
    close(journal, {"a": 1, "b": 5})
    assert close(journal, {"a": 2, "b": 5}) == 1
    assert [each.cells["Answer"] for each in journal.entries(KEY)] == [2, 5]


def test_changed_answer_becomes_one_update_once_sent(journal: Journal) -> None:
    close(journal, {"a": 1, "b": 5})
    deliver(journal)
    assert close(journal, {"a": 2, "b": 5}) == 1
    deliver(journal)
    assert close(journal, {"a": 2, "b": 5}) == 0
    assert close(journal, {"a": 1, "b": 5}) == 1
    assert len(journal.entries(KEY)) == 4
    assert sorted(map(str, in_sheet(journal).values())) == ["1", "5"]


@pytest.mark.parametrize("is_sent", [False, True])
def test_answer_that_is_gone_is_taken_back_and_may_come_again(journal: Journal, is_sent: bool) -> None:
    close(journal, {"a": 1, "b": 5})
    if is_sent:
        deliver(journal)
    assert close(journal, {"b": 5}) == 1
    assert list(in_sheet(journal).values()) == [5]
    assert close(journal, {"b": 5}) == 0
    assert close(journal, {"a": 1, "b": 5}) == 1
    assert sorted(map(str, in_sheet(journal).values())) == ["1", "5"]


@pytest.mark.parametrize("is_sent", [False, True])
def test_what_staff_took_back_stays_so_until_its_answer_changes(journal: Journal, is_sent: bool) -> None:
    close(journal, {"a": 1})
    if is_sent:
        deliver(journal)
    Recorder(journal, KEY).remove(journal.entries(KEY)[0], now=NOW, day=DAY)
    assert close(journal, {"a": 1}) == 0
    assert in_sheet(journal) == {}
    assert close(journal, {"a": 4}) == 1
    assert list(in_sheet(journal).values()) == [4]


def test_sessions_do_not_touch_each_other(journal: Journal) -> None:
    close(journal, {"a": 1})
    close(journal, {"a": 2}, replace(SESSION, id="07e4"))
    close(journal, {}, replace(SESSION, id="07e4"))
    assert list(in_sheet(journal).values()) == [1]


def test_rehearsal_is_never_recorded(journal: Journal) -> None:
    assert close(journal, {"a": 1}, replace(SESSION, is_rehearsal=True)) == 0
    assert journal.entries(KEY) == []


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(st.dictionaries(st.sampled_from("abc"), st.integers(1, 3)), st.booleans()), min_size=1, max_size=6
    ),
    number=st.uuids(),
)
def test_sheet_holds_the_last_answers_whenever_the_session_was_closed(
    journal: Journal, steps: list[tuple[dict[str, int], bool]], number: object
) -> None:
    session = replace(SESSION, id=str(number), workbook=KEY)
    for answers, is_sent in steps:
        close(journal, answers, session)
        close(journal, answers, session)
        if is_sent:
            deliver(journal)
        own = in_sheet(journal)
        assert sorted(map(str, own.values())) == sorted(map(str, answers.values()))
    close(journal, {}, session)


def test_shuffling_keeps_all_and_is_the_same_each_time() -> None:
    given_rows = rows({str(number): 1 for number in range(30)})
    order = [row.name for row in shuffled(SESSION, given_rows)]
    assert order == [row.name for row in shuffled(SESSION, given_rows[::-1])]
    assert sorted(order) == sorted(row.name for row in given_rows)
    assert order != [row.name for row in given_rows]
    assert order != [row.name for row in shuffled(replace(SESSION, id="07e4"), given_rows)]
