"""Open pages run again after a change that concerns them, and never while they are running."""

from __future__ import annotations

from typing import Any, cast

import pytest

from nethealth.ui.server import entry_changes as module
from nethealth.ui.server import visits
from nethealth.ui.server.entry_changes import EntryChanges, rerun_if_outdated
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


def check(one: Session) -> bool:
    return rerun_if_outdated(cast("Any", one))


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
