"""A workbook's cells in a file to keep working in."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.presentation.raw_file import raw_xlsx_bytes, titles_in_file
from nethealth.sources import read_file
from nethealth.workbook.raw import RawCell, RawTab, RawWorkbook

NOON = dt.datetime(2026, 3, 14, 12, tzinfo=dt.UTC).replace(tzinfo=None)


def book(*tabs: RawTab) -> RawWorkbook:
    return RawWorkbook(title="Book", tabs=tabs, read_at=dt.datetime(2026, 11, 30, tzinfo=dt.UTC))


def first_cell(cell: RawCell) -> object:
    data = raw_xlsx_bytes(book(RawTab("Tab", [[cell]])))
    return openpyxl.load_workbook(io.BytesIO(data))["Tab"]["A1"].value


@pytest.mark.parametrize("text", ["=1+1", "+1", "-x", "@a", "'=1", "007", "https://example.org", "{=A1}", "1E5"])
def test_text_stays_text_as_typed(text: str) -> None:
    data = raw_xlsx_bytes(book(RawTab("Tab", [[text]])))
    cell = openpyxl.load_workbook(io.BytesIO(data))["Tab"]["A1"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (3, 3),
        (2.5, 2.5),
        (True, True),
        (None, None),
        ("", None),
        (dt.date(2026, 3, 14), NOON - dt.timedelta(hours=12)),
        (NOON, NOON),
        (NOON.replace(tzinfo=dt.UTC), NOON),
        (dt.time(12, 30), dt.time(12, 30)),
        (dt.date(1899, 3, 14), "1899-03-14"),
        (float("nan"), "nan"),
        (10**20, "100000000000000000000"),
        pytest.param(10**5000, "(too large)", id="too large"),
    ],
)
def test_other_cells_keep_their_kind_or_become_text(cell: RawCell, value: object) -> None:
    assert first_cell(cell) == value


def test_long_and_odd_titles_are_made_to_fit_without_clashing() -> None:
    titles = titles_in_file(book(*(RawTab(f"{'a' * 40}{end}", []) for end in "xy"), RawTab("a/b", [])))
    assert len(set(titles.values())) == 3
    assert all(len(title) <= 31 and "/" not in title for title in titles.values())


CELL = st.one_of(st.none(), st.text(max_size=20), st.integers(), st.floats(), st.booleans(), st.dates(), st.datetimes())


@settings(max_examples=40)
@given(st.lists(st.lists(CELL, max_size=3), max_size=3))
def test_any_cells_can_be_written_and_opened_again(rows: list[list[RawCell]]) -> None:
    raw = book(RawTab("Tab", [["Name"], *rows]))
    assert read_file(raw_xlsx_bytes(raw), "again.xlsx").tabs[0].rows[0] == ["Name"]
