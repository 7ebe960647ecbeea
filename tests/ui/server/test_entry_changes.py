"""Open pages run again after a change that concerns them, and never while they are running."""

from __future__ import annotations

from typing import Any, cast

import pytest

from nethealth.ui.server import entry_changes as module
from nethealth.ui.server import visits
from nethealth.ui.server.entry_changes import AT_ONCE, EntryChanges, rerun_outdated
from nethealth.ui.server.visits import Visit


class Session:
    """The part of Streamlit's session that we use."""

    def __init__(self, name: str) -> None:
        self.id = name
        self._scriptrunner: object | None = None
        self._client_state = f"what {name} last sent"
        self.reruns: list[str] = []

    def request_rerun(self, state: str) -> None:
        self.reruns.append(state)


@pytest.fixture
def changes(monkeypatch: pytest.MonkeyPatch) -> EntryChanges:
    made = EntryChanges()
    monkeypatch.setattr(module, "entry_changes", made)
    return made


def session(name: str, *, seen: int | None = 0, is_viewer: bool = False) -> tuple[Session, Visit]:
    visit = Visit("browser", seen_changes=seen, is_viewer=is_viewer)
    visits._visits[name] = visit
    return Session(name), visit


def check(*sessions: Session) -> bool:
    return rerun_outdated(cast("Any", sessions))


def test_page_drawn_before_a_change_runs_again_with_what_its_visitor_chose(changes: EntryChanges) -> None:
    one, visit = session("a")
    assert check(one)
    assert one.reruns == []
    changes.note()
    assert check(one)
    assert one.reruns == ["what a last sent"]
    visit.seen_changes = changes.seen(by_viewer=False)
    assert check(one)
    assert len(one.reruns) == 1


def test_running_page_is_asked_again_later(changes: EntryChanges) -> None:
    one, _visit = session("b")
    changes.note()
    one._scriptrunner = object()
    assert not check(one)
    assert one.reruns == []


def test_viewers_see_nothing_of_deliveries(changes: EntryChanges) -> None:
    staff, _staff_visit = session("c")
    viewer, _viewer_visit = session("d", is_viewer=True)
    changes.note(for_staff_only=True)
    assert check(staff)
    assert check(viewer)
    assert (len(staff.reruns), len(viewer.reruns)) == (1, 0)


def test_pages_that_depend_on_no_entries_stay(changes: EntryChanges) -> None:
    opened, _visit = session("e", seen=None)
    gone = Session("ended long ago")
    changes.note()
    assert check(opened)
    assert check(gone)
    assert opened.reruns == gone.reruns == []


def test_many_pages_run_a_few_at_a_time(changes: EntryChanges) -> None:
    pages = [session(f"one of many {number}") for number in range(3 * AT_ONCE)]
    sessions = [one for one, _visit in pages]
    changes.note()
    assert not check(*sessions)
    assert sum(len(one.reruns) for one in sessions) == AT_ONCE
    for one in sessions[:AT_ONCE]:
        one._scriptrunner = object()
    # However many are running, one more can, or visitors who are busy would keep others from new entries.
    assert not check(*sessions)
    assert sum(len(one.reruns) for one in sessions) == AT_ONCE + 1
    for one, visit in pages[: AT_ONCE + 1]:
        one._scriptrunner, visit.seen_changes = None, changes.seen(by_viewer=False)
    assert not check(*sessions)
    for _one, visit in pages[: 2 * AT_ONCE + 1]:
        visit.seen_changes = changes.seen(by_viewer=False)
    assert check(*sessions)
    assert [len(one.reruns) for one in sessions] == [1] * len(sessions)
