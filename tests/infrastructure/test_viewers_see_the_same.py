"""Viewers have another workbook, in which nobody is named who left: every figure of the infrastructure is the same."""

from __future__ import annotations

from functools import cache

import pytest

from nethealth import sources
from nethealth.figures.make_up_charts import lenses_of
from nethealth.infrastructure import (
    Period,
    attendance_by_name,
    cohorts,
    comparable_columns,
    make_up,
    membership_by_group,
    membership_by_period,
)
from nethealth.workbook.for_viewers import for_viewers
from nethealth.workbook.reading import read_workbook
from nethealth.workbook.records import Workbook


@cache
def both() -> tuple[Workbook, Workbook]:
    staff = read_workbook(sources.read_sample())
    return staff, for_viewers(staff, salt=b"x")


@pytest.mark.parametrize("period", Period)
def test_membership_and_cohorts(period: Period) -> None:
    staff, viewers = both()
    as_of = staff.today
    for told in (membership_by_period, cohorts):
        assert told(staff, period=period, as_of=as_of) == told(viewers, period=period, as_of=as_of)


def test_every_column_that_can_be_compared() -> None:
    staff, viewers = both()
    as_of = staff.today
    columns = comparable_columns(staff, as_of=as_of)
    assert len(columns) > 3
    assert comparable_columns(viewers, as_of=as_of) == columns
    for column in columns:
        assert make_up(staff, column=column, as_of=as_of) == make_up(viewers, column=column, as_of=as_of)
        assert lenses_of(staff, column=column, as_of=as_of) == lenses_of(viewers, column=column, as_of=as_of)
        by_year = [
            membership_by_group(book, column=column, period=Period.YEAR, as_of=as_of) for book in (staff, viewers)
        ]
        assert by_year[0] == by_year[1]


def test_newcomers_and_regulars() -> None:
    told = [attendance_by_name(book, book.convenings, as_of=book.today) for book in both()]
    assert told[0].regularity == told[1].regularity
    figures = [[(one.named, one.first_time, one.came_again) for one in each.turnouts] for each in told]
    assert figures[0] == figures[1]
