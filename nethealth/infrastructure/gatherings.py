"""Convenings and the activities between them: how often, how long ago, how well attended, what is planned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from statistics import median

from nethealth.metric import Metric, Unit
from nethealth.workbook.records import Gathering, Workbook

OVERDUE_AFTER = 1.5
"""Usual gaps since the last gathering after which the next one is overdue."""


class GatheringKind(StrEnum):
    """The two kinds of gathering, each with its own tab."""

    CONVENING = "convening"
    ACTIVITY = "activity"

    @property
    def plural(self) -> str:
        """Return the word for several."""
        return "convenings" if self is GatheringKind.CONVENING else "activities"


@dataclass(frozen=True, slots=True, kw_only=True)
class GatheringYear:
    """The gatherings of one calendar year."""

    count: int
    attended: float | None
    """The sum over the rows that have it; None if none does."""
    invited: float | None
    """The sum over the rows that have it; None if none does."""
    attendance: float | None
    """Attended / invited over the rows that have both; None if none does or no one was invited."""

    def as_json(self) -> dict[str, object]:
        """Return the form that scripts read."""
        return {
            "count": self.count,
            "attended": self.attended,
            "invited": self.invited,
            "attendance": self.attendance,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class GatheringSummary:
    """Past and planned convenings, or activities, as of one day."""

    as_of: dt.date
    past: tuple[Gathering, ...]
    """On `as_of` or before, oldest first."""
    upcoming: tuple[Gathering, ...]
    """After `as_of`, soonest first."""
    undated: tuple[Gathering, ...]
    """Rows without a readable date: in no metric."""
    cadence_days: float | None
    """Median days from one gathering day to the next; None with fewer than two such days."""
    days_since_last: int | None
    """None if there was no gathering yet."""
    attendance: float | None
    """Attended / invited over past rows that have both; None if none does or no one was invited."""
    by_year: dict[int, GatheringYear]
    """Past gatherings by calendar year, including years in between with a count of 0."""

    @property
    def count(self) -> int:
        """Return the number of past gatherings."""
        return len(self.past)

    @property
    def planned(self) -> int:
        """Return the number of future gatherings."""
        return len(self.upcoming)

    @property
    def next_due(self) -> dt.date | None:
        """Return the day on which the usual gap since the last gathering ends; None without a cadence.

        If that day is before `as_of`, the next one is late by the network's own rhythm.
        """
        if self.cadence_days is None or self.days_since_last is None:
            return None
        last = self.as_of.toordinal() - self.days_since_last
        return dt.date.fromordinal(min(last + round(self.cadence_days), dt.date.max.toordinal()))

    @property
    def is_overdue(self) -> bool:
        """True if nothing is planned and the last gathering is more than one and a half usual gaps ago."""
        if self.planned or self.cadence_days is None or self.days_since_last is None:
            return False
        return self.days_since_last > OVERDUE_AFTER * self.cadence_days

    @property
    def is_empty(self) -> bool:
        """True if the tab has no rows."""
        return not (self.past or self.upcoming or self.undated)

    @property
    def register(self) -> tuple[Gathering, ...]:
        """Return every row: planned ones, soonest first; past ones, latest first; undated ones."""
        return (*self.upcoming, *reversed(self.past), *self.undated)

    def as_json(self) -> dict[str, object]:
        """Return the form that scripts read."""
        return {
            "count": self.count,
            "cadence_days": self.cadence_days,
            "days_since_last": self.days_since_last,
            "attendance": self.attendance,
            "planned": self.planned,
            "by_year": {str(year): totals.as_json() for year, totals in self.by_year.items()},
        }


def summarize_convenings(workbook: Workbook, *, as_of: dt.date) -> GatheringSummary:
    """Summarize convenings as of a day: those on that day are past, later ones are planned."""
    return summarize_gatherings(workbook, kind=GatheringKind.CONVENING, as_of=as_of)


def summarize_activities(workbook: Workbook, *, as_of: dt.date) -> GatheringSummary:
    """Summarize the activities between convenings as of a day."""
    return summarize_gatherings(workbook, kind=GatheringKind.ACTIVITY, as_of=as_of)


def attendance(gatherings: Iterable[Gathering]) -> float | None:
    """Return attended / invited, summed over the rows that have both; None if none does or no one was invited.

    The share is above 1 if more people came than were invited.

    Examples
    --------
    >>> spring = Gathering(date=None, title="Spring", attended=20, invited=40)
    >>> attendance([spring, Gathering(date=None, title="Fall", attended=9, invited=8)])
    0.6041666666666666
    """
    both = [(row.attended, row.invited) for row in gatherings if row.attended is not None and row.invited is not None]
    invited = sum(asked for _, asked in both)
    return sum(came for came, _ in both) / invited if invited else None


def summarize_gatherings(workbook: Workbook, *, kind: GatheringKind, as_of: dt.date) -> GatheringSummary:
    """Summarize the gatherings of one kind as of a day."""
    rows = workbook.convenings if kind is GatheringKind.CONVENING else workbook.activities
    dated = sorted(((row.date, index) for index, row in enumerate(rows) if row.date is not None), key=lambda pair: pair)
    past = tuple(rows[index] for day, index in dated if day <= as_of)
    # Two gatherings on one day are one occasion: a gap of zero days would shorten the cadence.
    days = sorted({row.date for row in past if row.date is not None})
    gaps = [(later - earlier).days for earlier, later in pairwise(days)]
    return GatheringSummary(
        as_of=as_of,
        past=past,
        upcoming=tuple(rows[index] for day, index in dated if day > as_of),
        undated=tuple(row for row in rows if row.date is None),
        cadence_days=float(median(gaps)) if gaps else None,
        days_since_last=(as_of - days[-1]).days if days else None,
        attendance=attendance(past),
        by_year=_by_year(past),
    )


def _by_year(past: tuple[Gathering, ...]) -> dict[int, GatheringYear]:
    years: dict[int, list[Gathering]] = {}
    for row in past:
        if row.date is not None:
            years.setdefault(row.date.year, []).append(row)
    return {year: _year(years.get(year, [])) for year in (range(min(years), max(years) + 1) if years else ())}


def _year(rows: list[Gathering]) -> GatheringYear:
    return GatheringYear(
        count=len(rows),
        attended=_sum_known(row.attended for row in rows),
        invited=_sum_known(row.invited for row in rows),
        attendance=attendance(rows),
    )


def _sum_known(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


_SOURCE = "dates and counts in the workbook"


def _metrics(kind: GatheringKind) -> tuple[Metric, ...]:
    one, many = kind.value, kind.plural
    return (
        Metric(
            id="count",
            label=f"{many.capitalize()} so far",
            question=f"How many {many} have there been?",
            reading=f"We count every {one} with a date of today or earlier.",
            not_meaning="More isn’t always better. People’s time is a network’s most precious resource.",
            unit=Unit.COUNT,
            undefined="never",
            source=_SOURCE,
        ),
        Metric(
            id="cadence_days",
            label="Cadence",
            question=f"How many days usually pass from one {one} to the next?",
            reading="The middle gap (median): half the gaps are shorter. One long pause hardly changes it.",
            not_meaning="It shows what your pace was, not what it should be.",
            unit=Unit.DAYS,
            undefined=f"there were {many} on fewer than two days",
            source=f"median gap between days with {many}; two on one day count once",
        ),
        Metric(
            id="days_since_last",
            label="Days since the last",
            question=f"How long ago was the last {one}?",
            reading="Compare it with the cadence. If it’s much longer, people may be losing touch.",
            not_meaning="A pause can be wise in summer, during exams, or after a storm.",
            unit=Unit.DAYS,
            undefined=f"there was no {one} yet",
            source=_SOURCE,
        ),
        Metric(
            id="attendance",
            label="Attendance",
            question="What share of the people invited came?",
            reading=f"Everyone who came divided by everyone invited, for each past {one} with both numbers.",
            not_meaning="It doesn’t say who felt welcome. Above 100%, more people came than were invited.",
            unit=Unit.SHARE,
            undefined=f"no past {one} has both Invited and Attended",
            source=_SOURCE,
        ),
        Metric(
            id="planned",
            label="Planned",
            question=f"How many {many} are on the calendar?",
            reading="We count rows with a date after today.",
            not_meaning="Plans that no one has entered yet aren’t counted.",
            unit=Unit.COUNT,
            undefined="never",
            source=_SOURCE,
        ),
        Metric(
            id="by_year",
            label="By year",
            question=f"How many {many} and attendees were there each calendar year?",
            reading=f"The number of {many}, the people invited and attending, and the attendance where we know both.",
            not_meaning=f"Someone who came to three {many} counts three times. This year isn’t over.",
            unit=Unit.LABEL,
            undefined=f"there was no {one} yet",
            source=_SOURCE,
        ),
    )


CONVENING_METRICS = _metrics(GatheringKind.CONVENING)
ACTIVITY_METRICS = _metrics(GatheringKind.ACTIVITY)
