"""Read small workbooks typed by hand."""

import datetime as dt
from pathlib import Path

import pytest

from nethealth.workbook.raw import RawTab, RawWorkbook
from nethealth.workbook.reader import read_workbook
from tests.network.conftest import workbook_of

__all__ = ["workbook_of"]

TODAY = dt.date(2026, 3, 2)


def raw_workbook(tabs):
    """`tabs`: title to rows, the first of which is the sheet's row 1."""
    return RawWorkbook(
        title="Workbook",
        tabs=[RawTab(title=title, rows=rows) for title, rows in tabs.items()],
        read_at=dt.datetime(2026, 3, 2, 12, 0, tzinfo=dt.UTC),
    )


@pytest.fixture(scope="session")
def cases():
    """Return the folder of workbooks as people bring them."""
    return Path(__file__).parents[1] / "cases"


@pytest.fixture
def read():
    """Read tabs given as `{title: rows}`, on March 2, 2026."""

    def read_tabs(tabs, **options):
        return read_workbook(raw_workbook(tabs), **({"today": TODAY} | options))

    return read_tabs


@pytest.fixture
def problems_with():
    """Return the problems whose message contains a key term, as (severity, cell or tab, value)."""

    def find(workbook, term):
        return [
            (problem.severity.value, problem.cell or problem.tab, problem.value)
            for problem in workbook.problems
            if term.lower() in problem.message.lower()
        ]

    return find


@pytest.fixture
def counts():
    """Return rows, accepted, merged, and rejected of a tab."""

    def of(workbook, title):
        reading = next(tab for tab in workbook.tabs if tab.title == title)
        return (reading.rows, reading.accepted, reading.merged, reading.rejected)

    return of
