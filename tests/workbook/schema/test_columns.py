"""Columns: their options, how their cells are read, and what a row model declares."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from nethealth.workbook.raw import RawCell
from nethealth.workbook.records import Severity
from nethealth.workbook.schema.columns import CellKind, Column, Row, RowContext, columns_of, one_of, tab, years_after
from nethealth.workbook.schema.vocabulary import FREQUENCY, Scale

TODAY = dt.date(2026, 11, 30)


class Size(StrEnum):
    SMALL = "Small"
    LARGE = "Large"


def read(
    cell: RawCell, *, kind: CellKind, context: RowContext | None = None, **more: Any
) -> tuple[Any, list[Severity]]:
    """The value of a cell, and how severe its problems are."""
    parsed = Column(name="X", kind=kind, **more).read(cell, context=context or RowContext(today=TODAY))
    return parsed.value, [problem.severity for problem in parsed.problems]


@pytest.mark.parametrize(
    ("kind", "cell", "expected"),
    [
        (CellKind.SHARE, 0.45, (0.45, [])),
        (CellKind.SHARE, "45%", (0.45, [])),
        (CellKind.SHARE, 45, (0.45, [Severity.NOTE])),
        (CellKind.SHARE, "145%", (None, [Severity.ERROR])),
        (CellKind.COUNT, "1,200", (1200, [])),
        (CellKind.COUNT, -1, (None, [Severity.ERROR])),
        (CellKind.COUNT, "12%", (None, [Severity.ERROR])),
        (CellKind.COUNT, "TBD", (None, [])),
        (CellKind.COUNT_OR_NAMES, 12, (12, [])),
        (CellKind.COUNT_OR_NAMES, "Ana; Bo", ("Ana; Bo", [])),
        (CellKind.DONE, "yes", (True, [])),
        (CellKind.DONE, "2026-05-01", (dt.date(2026, 5, 1), [])),
        (CellKind.DONE, "soon", (None, [Severity.ERROR])),
        (CellKind.MONTH, "2026-05-17", (dt.date(2026, 5, 1), [])),
        (CellKind.NAMES, "=A1", (None, [Severity.ERROR])),
        (CellKind.YES_NO, "maybe", (None, [Severity.ERROR])),
        (CellKind.ANYTHING, "=A1", ("=A1", [])),
    ],
)
def test_cells_by_kind(kind: CellKind, cell: RawCell, expected: tuple[Any, list[Severity]]) -> None:
    assert read(cell, kind=kind) == expected


def test_dates_far_ahead_are_errors() -> None:
    assert read("2027-11-30", kind=CellKind.DATE, years_ahead=1) == (dt.date(2027, 11, 30), [])
    assert read("2027-12-01", kind=CellKind.DATE, years_ahead=1) == (None, [Severity.ERROR])
    assert read("2027-12-01", kind=CellKind.DATE)[0] == dt.date(2027, 12, 1)


def test_month_means_its_last_day_at_the_end_of_a_period() -> None:
    assert read("May 2026", kind=CellKind.DATE)[0] == dt.date(2026, 5, 1)
    assert read("May 2026", kind=CellKind.DATE, end_of_period=True)[0] == dt.date(2026, 5, 31)


def test_options_are_found_in_any_case_and_by_other_spellings() -> None:
    options = {"options": Size, "spellings": {"XL": "Large"}}
    assert read(" small ", kind=CellKind.CHOICE, **options) == (Size.SMALL, [])
    assert read("xl", kind=CellKind.CHOICE, **options) == (Size.LARGE, [])
    assert read("huge", kind=CellKind.CHOICE, **options) == (None, [Severity.ERROR])
    assert read("huge", kind=CellKind.CHOICE, unreadable=Size.SMALL, **options) == (Size.SMALL, [Severity.WARNING])


def test_known_options_count_and_unknown_ones_are_errors() -> None:
    assert read("small, XL", kind=CellKind.CHOICES, options=Size, spellings={"XL": "Large"})[0] == set(Size)
    assert read("small and huge", kind=CellKind.CHOICES, options=Size) == ({Size.SMALL}, [Severity.ERROR])
    # An option that looks like a list of two.
    assert read("Search and rescue", kind=CellKind.CHOICES, options=("Search and rescue",))[0] == {"Search and rescue"}


def test_scale_of_the_workbook_replaces_the_own_one() -> None:
    assert read("Often", kind=CellKind.SCALE, scale=FREQUENCY)[0] == 4
    short = Scale("Frequency", ((1.0, "Never"), (2.0, "Often")))
    context = RowContext(today=TODAY, scales={"frequency": short})
    assert read("Often", kind=CellKind.SCALE, scale=FREQUENCY, context=context)[0] == 2


def test_drop_down_choices() -> None:
    assert Column(name="X", kind=CellKind.YES_NO).choices == ("yes", "no")
    assert Column(name="X", kind=CellKind.CHOICE, options=Size).choices == ("Small", "Large")
    assert Column(name="X").choices == ()


@given(st.lists(st.text(max_size=12) | st.integers() | st.none(), max_size=30))
def test_repeated_cells_read_the_same(cells: list[RawCell]) -> None:
    column, context = Column(name="X", kind=CellKind.SHARE), RowContext(today=TODAY)
    once = [column.read(cell, context=RowContext(today=TODAY)) for cell in cells]
    assert [column.read(cell, context=context) for cell in cells] == once
    assert [column.read(cell, context=context) for cell in cells] == once


class Gift(Row):
    """What people
    bring."""

    giver: Annotated[str, Column(name="Giver", required=True)]
    count: Annotated[float | None, Column(name="How many", kind=CellKind.COUNT)] = None
    note: str = "not a column"


def test_tab_comes_from_its_row_model() -> None:
    gifts = tab("Gifts", Gift, aliases=("Presents",))
    assert gifts.columns == columns_of(Gift)
    assert {field: column.name for field, column in gifts.columns.items()} == {"giver": "Giver", "count": "How many"}
    assert gifts.required == ("giver",)
    assert gifts.purpose == "What people bring."


def test_row_collects_problems_and_needs_required_cells() -> None:
    context = RowContext(today=TODAY)
    gift = Gift.model_validate({"giver": "Ana", "count": "many"}, context=context)
    assert (gift.giver, gift.count) == ("Ana", None)
    assert [(column.name, cell) for column, _, cell in context.problems if isinstance(column, Column)] == [
        ("How many", "many")
    ]
    with pytest.raises(ValidationError):
        Gift.model_validate({"giver": "", "count": 1}, context=context)


def test_years_after_a_leap_day() -> None:
    assert years_after(dt.date(2024, 2, 29), 1) == dt.date(2025, 2, 28)
    assert years_after(dt.date(2024, 2, 29), 4) == dt.date(2028, 2, 29)


def test_choices_are_joined_with_or() -> None:
    assert [one_of(tuple("abc"[:count])) for count in range(4)] == ["", "a", "a or b", "a, b, or c"]
