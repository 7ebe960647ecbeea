"""Opened workbooks go when another needs their room, and with everything that was computed from them."""

from __future__ import annotations

import datetime as dt
import gc
import weakref

import pytest

from nethealth.network.connectivity import analyze_connectivity
from nethealth.ui.access import Role
from nethealth.ui.server import opened_workbooks
from nethealth.ui.server.opened_workbooks import OpenedCells, OpenedWorkbooks
from nethealth.ui.workbook_poller import Origin, Reading
from nethealth.workbook.raw import RawTab, RawWorkbook
from nethealth.workbook.records import Connection, Person, Workbook
from nethealth.workbook.tab_reading import TabReading


def reading_of(rows: int) -> Reading:
    tab = TabReading(tab="Connections", title="Connections", rows=rows, accepted=rows, merged=0, rejected=0)
    people = {key: Person(key=key, name=key) for key in ("a", "b")}
    workbook = Workbook(tabs=(tab,), people=people, connections=(Connection(source="a", target="b"),))
    return Reading(workbook=workbook, origin=Origin.OPENED, role=Role.STAFF)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> OpenedWorkbooks:
    monkeypatch.setattr(opened_workbooks, "MOST_ROWS", 100)
    return OpenedWorkbooks()


def test_workbooks_that_fit_together_stay(opened: OpenedWorkbooks) -> None:
    files = [opened.open(reading_of(50), session_id=name) for name in "ab"]
    assert [each.rows for each in files] == [50, 50]


def test_earliest_gives_its_room_to_the_latest(opened: OpenedWorkbooks) -> None:
    files = [opened.open(reading_of(40), session_id=name) for name in "abc"]
    assert [each.rows for each in files] == [0, 40, 40]
    assert [each.needs_rerun for each in files] == [True, False, False]


def test_one_large_workbook_stays_alone(opened: OpenedWorkbooks) -> None:
    files = [opened.open(reading_of(rows), session_id=name) for name, rows in (("a", 10), ("b", 500))]
    assert [each.rows for each in files] == [0, 500]


def test_repeated_openings_hold_no_more_than_the_limit(opened: OpenedWorkbooks) -> None:
    files = [opened.open(reading_of(30), session_id=str(number)) for number in range(20)]
    assert sum(each.rows for each in files) == 90


def test_session_that_is_gone_holds_nothing(opened: OpenedWorkbooks) -> None:
    opened.open(reading_of(90), session_id="a")
    gc.collect()
    assert opened.all() == []


def test_released_workbook_goes_without_garbage_collection(opened: OpenedWorkbooks) -> None:
    file = opened.open(reading_of(10), session_id="a")
    assert file.reading is not None
    workbook = file.reading.workbook
    assert analyze_connectivity(workbook).metrics.ties == 1
    gone = weakref.ref(workbook)
    del workbook
    gc.disable()
    try:
        file.release()
        assert gone() is None
    finally:
        gc.enable()


def test_kept_cells_take_room_and_go_with_their_workbook(opened: OpenedWorkbooks) -> None:
    raw = RawWorkbook("Book", [RawTab("Members", [["Name"]] * 30)], read_at=dt.datetime(2026, 11, 30, tzinfo=dt.UTC))
    file = opened.open(reading_of(40), session_id="a", cells=OpenedCells(raw=raw, heads=raw.tabs, is_file=True))
    assert file.rows == 70
    opened.open(reading_of(40), session_id="b")
    assert (file.rows, file.cells) == (0, None)
