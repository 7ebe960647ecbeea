"""Rows to paste: under the workbook's own headers, whole, and harmless."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Mapping

from nethealth.contributions.entries import Entry
from nethealth.contributions.pasting import rows_to_paste
from nethealth.contributions.recording import new_entry
from nethealth.workbook.raw import RawCell, RawTab, RawWorkbook
from nethealth.workbook.reader import read_workbook

NOW = dt.datetime(2026, 11, 30, tzinfo=dt.UTC)
DAY = dt.date(2026, 11, 29)
MEMBERS = RawTab("Members", [["Name"], ["Ana Ruiz"], ["Bo Lind"]])
LOG = RawTab(
    "Weaving log", [["Log of our talks"], ["Member", "Weaver", "Mood", "Date"], ["Bo Lind", "Cy", "", "2026-11-01"]]
)


def talk(**more: RawCell) -> Entry:
    cells: Mapping[str, RawCell] = {"Date": DAY, "Weaver": "Cy", "Member": "Ana Ruiz", **more}
    return new_entry("file:a", "Weaving", cells, author="", now=NOW)


def workbook(*tabs: RawTab) -> RawWorkbook:
    return RawWorkbook(title="W", tabs=[MEMBERS, *tabs], read_at=NOW)


def pasted(raw: RawWorkbook, *entries: Entry) -> RawWorkbook:
    """Return the workbook after someone did what the page says."""
    tabs = {tab.title: [list(row) for row in tab.rows] for tab in raw.tabs}
    for rows in rows_to_paste(raw, entries):
        lines = tabs.setdefault(rows.title, [[]])
        header = next(line for line in lines if len(line) != 1)
        header += rows.new_headers
        lines += [*csv.reader(io.StringIO(rows.text), delimiter="\t")]
    return RawWorkbook(title="W", tabs=[RawTab(title, lines) for title, lines in tabs.items()], read_at=NOW)


def test_columns_follow_the_workbook_and_missing_ones_are_named() -> None:
    entry = talk(Done=True)
    (rows,) = rows_to_paste(workbook(LOG), [entry])
    assert (rows.title, rows.new_headers, rows.is_new, rows.count) == ("Weaving log", ("Done", "Entry ID"), False, 1)
    assert rows.text == f"Ana Ruiz\tCy\t\t2026-11-29\tTRUE\t{entry.id}"


def test_missing_tab_comes_with_its_headers() -> None:
    (rows,) = rows_to_paste(workbook(), [talk(), talk()])
    assert (rows.title, rows.is_new, rows.count) == ("Weaving", True, 2)
    assert rows.new_headers == ("Date", "Weaver", "Member", "Entry ID")


def test_tab_without_our_headers_is_not_mistaken_for_ours() -> None:
    (rows,) = rows_to_paste(workbook(RawTab("Weaving", [["Some"], ["text"], ["here"]])), [talk()])
    assert (rows.is_new, rows.count) == (True, 1)


def test_text_stays_whole_and_runs_nowhere() -> None:
    entry = talk(**{"What we heard": '=1+1\nShe said "yes"', "Follow-up": "@call"})
    row = pasted(workbook(LOG), entry).tabs[1].rows[-1]
    assert row[4:6] == ['\'=1+1\nShe said "yes"', "'@call"]


def test_pasted_rows_read_the_same_and_count_once() -> None:
    entries = [talk(**{"What we heard": "Two\nlines", "Done": False}), talk(**{"Due": DAY})]
    after = pasted(workbook(LOG), *entries)
    read = read_workbook(after).weaving
    assert [(each.what_we_heard, each.due, each.date) for each in read[1:]] == [
        ("Two\nlines", None, DAY),
        (None, DAY, DAY),
    ]
    assert rows_to_paste(after, entries) == []
