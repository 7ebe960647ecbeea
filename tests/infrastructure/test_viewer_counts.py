"""Viewers get the same infrastructure metrics as staff, though their workbook does not name people who left.

For each category, viewers see what staff see, or that it is hidden.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

import pytest

from nethealth import sources
from nethealth.infrastructure import (
    CategoryOutcome,
    GatheringKind,
    Period,
    comparable_columns,
    compare_outcomes,
    compare_representation,
    membership_by_category,
    membership_by_period,
    summarize_attendance,
    summarize_cohorts,
)
from nethealth.privacy.suppression import TooFew
from nethealth.privacy.tie_redaction import detach_hidden_people
from nethealth.privacy.viewer_redaction import redact_for_viewers
from nethealth.ui.infrastructure.representation import ties_by_member
from nethealth.workbook.reader import read_workbook
from nethealth.workbook.records import Workbook

TODAY = dt.date(2026, 11, 23)
ABOUT_OTHERS = {CategoryOutcome.LEFT, CategoryOutcome.TIES}
"""Outcomes of people who aren't all members today: of private columns they're for staff."""


@cache
def both() -> tuple[Workbook, Workbook]:
    staff = read_workbook(sources.read_sample(), today=TODAY)
    return staff, redact_for_viewers(staff, salt=b"x")


@pytest.mark.parametrize("period", Period)
def test_membership_and_cohorts(period: Period) -> None:
    staff, viewers = both()
    as_of = staff.today
    for summarize in (membership_by_period, summarize_cohorts):
        assert summarize(staff, period=period, as_of=as_of) == summarize(viewers, period=period, as_of=as_of)


def without_hidden_people(staff: Workbook) -> Workbook:
    """For viewers, people off the map count in no category and at no gathering."""
    staff = detach_hidden_people(staff)
    return replace(staff, people={key: person for key, person in staff.people.items() if person.on_map})


def agree(staff: object, viewers: object) -> bool:
    """True if two values are the same, or one of them is hidden."""
    return staff == viewers or isinstance(staff, TooFew) or isinstance(viewers, TooFew)


def are_equal_or_hidden(figures: Iterable[object]) -> bool:
    """True if any value is above zero, so that something was compared."""
    return any(isinstance(figure, int) and figure > 0 for figure in figures)


def test_every_column_that_can_be_compared() -> None:
    staff, viewers = both()
    staff = without_hidden_people(staff)
    as_of = staff.today
    columns = comparable_columns(staff, as_of=as_of)
    assert len(columns) > 3
    assert comparable_columns(viewers, as_of=as_of) == columns
    shown_for = []
    for column in columns:
        here = [compare_representation(book, column=column, as_of=as_of) for book in (staff, viewers)]
        sizes = [{each.category: each.count for each in result.categories} for result in here if result]
        assert sizes[0].keys() == sizes[1].keys()
        assert all(agree(sizes[0][name], sizes[1][name]) for name in sizes[0])
        assert all(are_equal_or_hidden(each.values()) for each in sizes)
        compared = [
            compare_outcomes(book, column=column, as_of=as_of, ties=ties_by_member(book)) for book in (staff, viewers)
        ]
        assert compared[0]
        if column in staff.private_attributes:
            compared[0] = tuple(one for one in compared[0] if one.outcome not in ABOUT_OTHERS)
        for one, other in zip(*compared, strict=True):
            groups = [
                {each.category: (each.total, each.count) for each in result.categories} for result in (one, other)
            ]
            assert one.outcome is other.outcome
            assert groups[0].keys() == groups[1].keys()
            assert all(
                agree(*pair) for name in groups[0] for pair in zip(groups[0][name], groups[1][name], strict=True)
            )
        for period in Period:
            by_period = [
                membership_by_category(book, column=column, period=period, as_of=as_of) for book in (staff, viewers)
            ]
            if column in staff.private_attributes:
                assert by_period[0].categories
                assert not by_period[1].categories
                continue
            assert by_period[0].categories.keys() == by_period[1].categories.keys()
            for name in by_period[0].categories:
                for mine, theirs in zip(by_period[0].categories[name], by_period[1].categories[name], strict=True):
                    fields = ("period", "partial", "start", "new", "dropped", "came_and_went", "end", "last_day")
                    assert all(agree(getattr(mine, field), getattr(theirs, field)) for field in fields)
                    shown_for += [getattr(theirs, field) for field in ("start", "end")]
    assert are_equal_or_hidden(shown_for)


def test_newcomers_and_regulars() -> None:
    for kind in GatheringKind:
        books = without_hidden_people(both()[0]), both()[1]
        staff, viewers = (summarize_attendance(book, kind=kind, as_of=book.today) for book in books)
        assert staff.regularity.keys() == viewers.regularity.keys()
        assert all(agree(count, viewers.regularity[way]) for way, count in staff.regularity.items())
        assert are_equal_or_hidden(viewers.regularity.values())
        figures = [[(one.listed, one.first_time, one.returning) for one in each.turnouts] for each in (staff, viewers)]
        assert figures[0] == figures[1]
