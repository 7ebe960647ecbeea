"""Dates as staff type them, from cells to counts: each counted as the docs say, each mistake listed."""

from __future__ import annotations

import datetime as dt

from nethealth.infrastructure import NotCounted, Period, members_not_counted, membership_by_period
from nethealth.workbook.raw import RawCell, RawTab, RawWorkbook
from nethealth.workbook.reader import read_workbook
from nethealth.workbook.records import Severity

D = dt.date
TODAY = D(2025, 6, 30)
READ_AT = dt.datetime(2025, 6, 30, 12, tzinfo=dt.UTC)

MEMBERS: list[list[RawCell]] = [
    ["Member ID", "Name", "Joined", "Left"],
    ["1", "Ada Abara", "2023-02-01", ""],
    ["2", "Ben Cho", "2023-03-01", "2024-01-31"],
    ["2", "Ben Cho", "2025-01-10", ""],  # left and came back: one person
    ["3", "Cleo Diaz", "2023-03-01", "2023-09-01"],
    ["3", "Cleo Diaz", "2023-06-01", "2024-05-31"],  # overlapping rows: one stay
    ["4", "Dan Ito", "2024-05-01", "2023-05-01"],  # left before joining: neither date counts
    ["5", "Eve Kim", "2025-12-01", ""],  # joins this winter
    ["6", "Fay Lopez", "2093-01-01", ""],  # a slip: too far ahead
    ["7", "Gus Mina", "", ""],
    ["8", "Hal Bianchi", "2024", "2024"],  # from 1 January to 31 December
    ["9", "Ivy Eriksen", "some day", ""],
]


def test_typed_dates_count_as_documented() -> None:
    raw = RawWorkbook(title="Sheet", tabs=[RawTab(title="Members", rows=MEMBERS)], read_at=READ_AT)
    workbook = read_workbook(raw, today=TODAY)
    periods = membership_by_period(workbook, period=Period.YEAR, as_of=TODAY)
    assert [(one.period, one.start, one.new, one.dropped, one.came_and_went, one.end) for one in periods] == [
        ("2023", 0, 3, 0, 0, 3),  # Ada, Ben, Cleo
        ("2024", 3, 1, 2, 0, 2),  # Hal came (the last day is inside); Ben and Cleo left
        ("2025", 2, 1, 1, 0, 2),  # Ben is back, Hal left
    ]
    not_counted = {one.name: one.reason for one in members_not_counted(workbook, as_of=TODAY)}
    assert not_counted == {
        "Dan Ito": NotCounted.NO_JOINED,
        "Eve Kim": NotCounted.JOINS_LATER,
        "Fay Lopez": NotCounted.NO_JOINED,
        "Gus Mina": NotCounted.NO_JOINED,
        "Ivy Eriksen": NotCounted.NO_JOINED,
    }
    listed = {(problem.row, problem.severity) for problem in workbook.problems if problem.header in ("Joined", "Left")}
    assert {row for row, _ in listed} >= {7, 9, 12}  # Dan, Fay, Ivy by the sheet's own rows
    assert (7, Severity.ERROR) in listed
