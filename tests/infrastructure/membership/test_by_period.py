from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.infrastructure import (
    METRICS,
    MembershipPeriod,
    NotCounted,
    Period,
    departures,
    members_not_counted,
    members_on,
    members_without_joined,
    membership_by_period,
    membership_in_past_year,
)
from nethealth.infrastructure.periods import spans
from nethealth.workbook.records import Person, Settings, Spell, Workbook
from nethealth.workbook.schema.vocabulary import Kind

D = dt.date


def person(
    key: str, *stays: tuple[D | None, D | None], guest: bool = False, on_map: bool = True, kind: Kind = Kind.PERSON
) -> Person:
    return Person(
        key=key, name=key, spells=tuple(Spell(*stay) for stay in stays), is_guest=guest, on_map=on_map, kind=kind
    )


def workbook(*people: Person, fiscal: int = 1) -> Workbook:
    return Workbook(people={one.key: one for one in people}, settings=Settings(fiscal_year_starts=fiscal))


def row(period: MembershipPeriod) -> tuple[object, ...]:
    return (period.period, period.partial, period.start, period.new, period.dropped, period.came_and_went, period.end)


SMALL = workbook(
    person("Ada", (D(2022, 3, 1), None)),
    person("Ben", (D(2022, 5, 1), D(2023, 6, 30))),
    person("Cleo", (D(2022, 12, 31), D(2024, 12, 31))),  # leaves on the last day of 2024, so is there at its end
    person("Dan", (D(2023, 2, 1), D(2023, 4, 1))),  # came and went within 2023
    person("Eve", (D(2022, 1, 10), D(2022, 11, 1)), (D(2024, 5, 5), None)),  # came back
    person("Fay", (D(2024, 1, 1), None)),
    person("Gus"),  # no Joined
    person("Hal", (None, D(2024, 1, 1))),  # only Left
    person("Ivy", (D(2022, 1, 1), None), guest=True),
    person("Jo", (D(2030, 1, 1), None)),  # joins later
)


def test_years_worked_by_hand() -> None:
    periods = membership_by_period(SMALL, period=Period.YEAR, as_of=D(2025, 3, 31))
    assert [row(period) for period in periods] == [
        # At the end of 2022: Ada, Ben, Cleo. Eve came in January and left in November.
        ("2022", False, 0, 3, 0, 1, 3),
        # Ben left; Dan came and went.
        ("2023", False, 3, 0, 1, 1, 2),
        # Eve is back, Fay is new.
        ("2024", False, 2, 2, 0, 0, 4),
        # Cleo's last day was 31 December.
        ("2025", True, 4, 0, 1, 0, 3),
    ]
    assert (periods[0].growth, periods[0].attrition, periods[0].retention) == (None, None, None)
    assert periods[1].growth == pytest.approx(-1 / 3)
    assert periods[1].attrition == pytest.approx(1 / 3)
    assert periods[1].retention == pytest.approx(2 / 3)
    assert periods[2].growth == 1.0
    assert periods[2].attrition == 0.0
    assert periods[2].retention == 1.0
    assert periods[3].last_day == D(2025, 3, 31)


def test_fiscal_years_are_named_by_the_year_they_end_in() -> None:
    july = workbook(person("Ada", (D(2022, 8, 1), None)), person("Ben", (D(2023, 6, 30), D(2024, 6, 29))), fiscal=7)
    periods = membership_by_period(july, period=Period.YEAR, as_of=D(2024, 6, 30))
    assert [row(period) for period in periods] == [
        ("FY2023", False, 0, 2, 0, 0, 2),
        ("FY2024", False, 2, 0, 1, 0, 1),  # read on its last day: complete
    ]


def test_quarters_and_months_are_the_calendars() -> None:
    two = workbook(person("Ada", (D(2024, 2, 15), None)), person("Ben", (D(2024, 4, 1), D(2024, 4, 30))), fiscal=2)
    quarters = membership_by_period(two, period=Period.QUARTER, as_of=D(2024, 5, 1))
    assert [row(period) for period in quarters] == [
        ("2024-Q1", False, 0, 1, 0, 0, 1),
        ("2024-Q2", True, 1, 0, 0, 1, 1),
    ]
    months = membership_by_period(two, period=Period.MONTH, as_of=D(2024, 5, 1))
    assert [row(period) for period in months] == [
        ("2024-02", False, 0, 1, 0, 0, 1),
        ("2024-03", False, 1, 0, 0, 0, 1),
        ("2024-04", False, 1, 1, 0, 0, 2),
        ("2024-05", True, 2, 0, 1, 0, 1),
    ]


def test_left_is_the_last_day_inside() -> None:
    one = workbook(person("Ada", (D(2024, 1, 1), D(2024, 1, 31))))
    [january] = membership_by_period(one, period=Period.MONTH, as_of=D(2024, 1, 31))
    assert january.end == 1
    january, february = membership_by_period(one, period=Period.MONTH, as_of=D(2024, 2, 1))
    assert (january.end, january.dropped, february.dropped) == (1, 0, 1)
    assert members_on(one, day=D(2024, 1, 31)) == {"Ada"}
    assert members_on(one, day=D(2024, 2, 1)) == frozenset()


def test_absence_within_a_period_is_no_change() -> None:
    one = workbook(person("Ada", (D(2023, 1, 1), D(2024, 2, 1)), (D(2024, 9, 1), None)))
    periods = membership_by_period(one, period=Period.YEAR, as_of=D(2024, 12, 31))
    assert [row(period) for period in periods][1] == ("2024", False, 1, 0, 0, 0, 1)


def test_two_short_stays_in_one_period_are_one_person() -> None:
    one = workbook(person("Ada", (D(2024, 1, 5), D(2024, 1, 9)), (D(2024, 3, 1), D(2024, 3, 2))))
    [year] = membership_by_period(one, period=Period.YEAR, as_of=D(2024, 12, 31))
    assert (year.new, year.came_and_went, year.end) == (0, 1, 0)


def test_organization_member_counts() -> None:
    one = workbook(person("Lakeside School", (D(2024, 1, 5), None), kind=Kind.ORGANIZATION))
    [year] = membership_by_period(one, period=Period.YEAR, as_of=D(2024, 2, 1))
    assert year.end == 1


def test_no_joined_dates_give_no_periods() -> None:
    no_members = workbook(person("Gus"), person("Hal", (None, D(2024, 1, 1))), person("Jo", (D(2030, 1, 1), None)))
    assert membership_by_period(no_members, period=Period.YEAR, as_of=D(2025, 1, 1)) == ()
    assert membership_by_period(Workbook(), period=Period.MONTH, as_of=D(2025, 1, 1)) == ()


def test_members_without_joined_are_listed() -> None:
    assert members_without_joined(SMALL) == ("Gus", "Hal")


def test_uncounted_members_by_reason() -> None:
    periods = members_not_counted(SMALL, as_of=D(2025, 3, 31))
    assert [(one.person, one.reason, one.joins) for one in periods] == [
        ("Gus", NotCounted.NO_JOINED, None),
        ("Hal", NotCounted.NO_JOINED, None),
        ("Jo", NotCounted.JOINS_LATER, D(2030, 1, 1)),
    ]
    assert members_not_counted(SMALL, as_of=D(2030, 1, 1))[-1].person == "Hal"
    assert members_not_counted(workbook(person("Ada", on_map=False)), as_of=D(2025, 1, 1)) == ()


def test_calendar_years_in_a_fiscal_network() -> None:
    july = workbook(person("Ada", (D(2022, 8, 1), D(2023, 2, 1))), fiscal=7)
    periods = membership_by_period(july, period=Period.YEAR, as_of=D(2023, 6, 30), fiscal_year_starts=1)
    assert [row(period) for period in periods] == [("2022", False, 0, 1, 0, 0, 1), ("2023", True, 1, 0, 1, 0, 0)]


def test_recent_departures() -> None:
    left = departures(SMALL, as_of=D(2025, 3, 31))
    assert [(one.person, one.left) for one in left] == [("Cleo", D(2024, 12, 31))]
    assert departures(SMALL, as_of=D(2024, 12, 31)) == ()  # the last day is still inside
    # Eve left in 2022 and came back in 2024: on a day in between she had left.
    assert [one.person for one in departures(SMALL, as_of=D(2023, 6, 30))] == ["Dan", "Eve"]
    hidden = workbook(person("Ada", (D(2023, 1, 1), D(2024, 1, 1)), on_map=False))
    assert departures(hidden, as_of=D(2024, 2, 1)) == ()


def test_past_year_worked_by_hand() -> None:
    # From July 1, 2022, with Ada, Ben, and Eve. Eve left, Cleo joined, Dan came and went.
    counted = membership_in_past_year(SMALL, as_of=D(2023, 6, 30))
    assert counted is not None
    assert row(counted)[1:] == (False, 3, 1, 1, 1, 3)
    assert (counted.first_day, counted.last_day) == (D(2022, 7, 1), D(2023, 6, 30))


@pytest.mark.parametrize("as_of", [D(2022, 12, 31), D(2021, 1, 1)])
def test_past_year_needs_someone_who_was_there_before(as_of: dt.date) -> None:
    assert membership_in_past_year(SMALL, as_of=as_of) is None


def test_json_form() -> None:
    periods = membership_by_period(SMALL, period=Period.YEAR, as_of=D(2025, 3, 31))
    assert periods[2].as_json() == {
        "period": "2024", "partial": False, "start": 2, "new": 2, "dropped": 0, "came_and_went": 0, "end": 4,
        "growth": 1.0, "attrition": 0.0, "retention": 1.0,
    }  # fmt: skip
    fields = set(periods[2].as_json()) - {"period", "partial"}
    assert fields == {measure.id for measure in METRICS["membership"]}
    for measure in METRICS["membership"]:
        assert measure.value(periods[2]) == periods[2].as_json()[measure.id]


DAYS = st.dates(D(2020, 1, 1), D(2022, 12, 31))


@st.composite
def crowds(draw: st.DrawFn) -> list[list[tuple[D, D | None]]]:
    """People with up to three stays that do not overlap, some next to each other, some without an end."""
    people = []
    for _ in range(draw(st.integers(0, 6))):
        days = sorted(draw(st.lists(DAYS, min_size=1, max_size=6, unique=True)))
        stays: list[tuple[D, D | None]] = list(
            zip(days[::2], [*days[1::2], None] if len(days) % 2 else days[1::2], strict=True)
        )
        people.append(stays)
    return people


def by_day(people: Sequence[Sequence[tuple[D, D | None]]], day: D) -> set[int]:
    return {
        index
        for index, stays in enumerate(people)
        if any(joined <= day and (left is None or day <= left) for joined, left in stays)
    }


@settings(max_examples=60, deadline=None)
@given(people=crowds(), as_of=st.dates(D(2020, 1, 1), D(2023, 6, 30)), fiscal=st.integers(1, 12))
def test_periods_match_a_daily_count(people: list[list[tuple[D, D | None]]], as_of: D, fiscal: int) -> None:
    book = workbook(*(person(str(index), *stays) for index, stays in enumerate(people)), fiscal=fiscal)
    ends = set()
    for period in Period:
        periods = membership_by_period(book, period=period, as_of=as_of)
        begun = [joined for stays in people for joined, _ in stays if joined <= as_of]
        if not begun:
            assert periods == ()
            continue
        expected = spans(min(begun), as_of, period=period, fiscal_year_starts=fiscal)
        assert [one.period for one in periods] == [span.name for span in expected]
        for one, span in zip(periods, expected, strict=True):
            last = min(span.last, as_of)
            start, end = by_day(people, span.first - dt.timedelta(days=1)), by_day(people, last)
            inside: set[int] = set()
            for step in range((last - span.first).days + 1):
                inside |= by_day(people, span.first + dt.timedelta(days=step))
            assert (one.start, one.new, one.dropped) == (len(start), len(end - start), len(start - end))
            assert (one.end, one.came_and_went) == (len(end), len(inside - start - end))
            assert one.start + one.new - one.dropped == one.end
            assert one.partial == (last < span.last)
        assert all(earlier.end == later.start for earlier, later in pairwise(periods))
        ends.add((periods[-1].end, sum(one.new - one.dropped for one in periods)))
    assert len(ends) <= 1  # years, quarters and months end on the same number, reached by the same sum
    assert all(end == total for end, total in ends)
