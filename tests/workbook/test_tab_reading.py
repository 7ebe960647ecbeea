"""What we left alone because we don't know it, so that the app can ask."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import pytest

from nethealth.privacy.viewer_redaction import redact_for_viewers
from nethealth.workbook.raw import RawCell, RawTab, RawWorkbook
from nethealth.workbook.reader import read_workbook
from nethealth.workbook.tab_reading import LeftAlone

MEMBERS: Sequence[Sequence[RawCell]] = [["Name"], ["Ana Ruiz"]]


def left_alone(tabs: Mapping[str, Sequence[Sequence[RawCell]]]) -> list[tuple[str, str | None]]:
    raw = [RawTab(title=title, rows=rows) for title, rows in tabs.items()]
    workbook = read_workbook(RawWorkbook(title="Book", tabs=raw, read_at=dt.datetime(2026, 11, 30, tzinfo=dt.UTC)))
    return [(each.title, each.header) for each in workbook.left_alone]


def test_unknown_tab_and_tab_without_its_headers_are_listed_in_order() -> None:
    tabs = {"Budget": [["Item"], ["Rent"]], "Members": MEMBERS, "Connections": [["Who", "Whom"], ["Ana Ruiz", "B"]]}
    assert left_alone(tabs) == [("Budget", None), ("Connections", None)]


def test_unknown_columns_with_data_are_listed() -> None:
    meetings: list[list[RawCell]] = [["Date", "Title", "Room", "Empty"], ["2026-01-05", "Spring", "B2", None]]
    assert left_alone({"Convenings": meetings}) == [("Convenings", "Room")]


@pytest.mark.parametrize(
    "row", [["Leave alone", "Whole tab", "Budget"], ["Convenings", "Leave alone", "Room"]], ids=["tab", "column"]
)
def test_what_staff_skip_knowingly_is_not_listed(row: list[RawCell]) -> None:
    tabs: dict[str, Sequence[Sequence[RawCell]]] = {
        "Budget": [["Item"], ["Rent"]],
        "Convenings": [["Date", "Title", "Room"], ["2026-01-05", "Spring", "B2"]],
    }
    before = left_alone(tabs)
    after = left_alone({**tabs, "Column names": [["Tab", "Column", "Your header"], row]})
    assert len(before) == 2
    assert len(after) == 1


@pytest.mark.parametrize("title", ["Budget (ignore)", "Sheet2"])
def test_ignored_and_empty_tabs_are_not_listed(title: str) -> None:
    rows = [["Item"], ["Rent"]] if "ignore" in title else [[None, ""]]
    assert left_alone({"Members": MEMBERS, title: rows}) == []


def test_viewers_get_none() -> None:
    tabs = [RawTab(title="Members", rows=MEMBERS), RawTab(title="Budget", rows=[["Item"], ["Rent"]])]
    read = read_workbook(RawWorkbook(title="Book", tabs=tabs, read_at=dt.datetime(2026, 11, 30, tzinfo=dt.UTC)))
    assert read.left_alone == (LeftAlone(title="Budget"),)
    assert redact_for_viewers(read).left_alone == ()
