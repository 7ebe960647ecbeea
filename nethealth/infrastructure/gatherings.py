"""Convenings, and the activities between them: how often, how long ago, how well attended, what is planned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from nethealth.metric import Metric, Unit
from nethealth.workbook.records import Gathering, Workbook

LATE_RHYTHM = 1.5
"""So many times the usual gap, and the network has gone quiet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GatheringYear:
    """What was held in one calendar year."""

    count: int
    attended: float | None
    """The sum over the rows that hold it; None where none does."""
    invited: float | None
    """The sum over the rows that hold it; None where none does."""
    attendance: float | None
    """Over the rows that hold both; None where none does or nobody was invited."""

    def as_json(self) -> dict[str, object]:
        """The form that scripts read."""
        return {
            "count": self.count,
            "attended": self.attended,
            "invited": self.invited,
            "attendance": self.attendance,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class GatheringSummary:
    """Convenings, or activities, up to one day and planned after it."""

    as_of: dt.date
    held: tuple[Gathering, ...]
    """On `as_of` or before, oldest first."""
    upcoming: tuple[Gathering, ...]
    """After `as_of`, soonest first."""
    undated: tuple[Gathering, ...]
    """Rows whose date is missing or could not be read: in no figure."""
    cadence_days: float | None
    """The median gap between one day with something held and the next; None with fewer than two such days."""
    days_since_last: int | None
    """None where nothing was held yet."""
    attendance: float | None
    """Sum attended / sum invited over what was held and holds both; None where nothing does or nobody was invited."""
    by_year: dict[int, GatheringYear]
    """By calendar year of what was held; years in between with nothing are there, with a count of 0."""

    @property
    def count(self) -> int:
        """How many were held."""
        return len(self.held)

    @property
    def planned(self) -> int:
        """How many lie in the future."""
        return len(self.upcoming)

    @property
    def next_due(self) -> dt.date | None:
        """The day on which the usual gap since the last one ends; None without a cadence.

        A day that lies behind `as_of` says that the next one is late by the network's own rhythm.
        """
        if self.cadence_days is None or self.days_since_last is None:
            return None
        last = self.as_of.toordinal() - self.days_since_last
        return dt.date.fromordinal(min(last + round(self.cadence_days), dt.date.max.toordinal()))

    @property
    def is_quiet(self) -> bool:
        """Whether nothing is planned and the last one lies more than one and a half usual gaps back."""
        if self.planned or self.cadence_days is None or self.days_since_last is None:
            return False
        return self.days_since_last > LATE_RHYTHM * self.cadence_days

    @property
    def is_empty(self) -> bool:
        """Whether the tab holds nothing at all."""
        return not (self.held or self.upcoming or self.undated)

    @property
    def register(self) -> tuple[Gathering, ...]:
        """Every row for reading: what is planned, soonest first; what was held, latest first; what has no date."""
        return (*self.upcoming, *reversed(self.held), *self.undated)

    def as_json(self) -> dict[str, object]:
        """The form that scripts read."""
        return {
            "count": self.count,
            "cadence_days": self.cadence_days,
            "days_since_last": self.days_since_last,
            "attendance": self.attendance,
            "planned": self.planned,
            "by_year": {str(year): figures.as_json() for year, figures in self.by_year.items()},
        }


def summarize_convenings(workbook: Workbook, *, as_of: dt.date) -> GatheringSummary:
    """The convenings, seen from `as_of`: what lies on that day is held, what lies after it is planned."""
    return _summarize(workbook.convenings, as_of=as_of)


def summarize_activities(workbook: Workbook, *, as_of: dt.date) -> GatheringSummary:
    """The activities between convenings, seen from `as_of`."""
    return _summarize(workbook.activities, as_of=as_of)


def attendance(gatherings: Iterable[Gathering]) -> float | None:
    """Sum attended / sum invited over the rows that hold both; None where none does or nobody was invited.

    Above 1 where more came than were invited: it is told as typed.
    """
    both = [(row.attended, row.invited) for row in gatherings if row.attended is not None and row.invited is not None]
    invited = sum(asked for _, asked in both)
    return sum(came for came, _ in both) / invited if invited else None


def _summarize(gatherings: Iterable[Gathering], *, as_of: dt.date) -> GatheringSummary:
    rows = tuple(gatherings)
    dated = sorted(((row.date, index) for index, row in enumerate(rows) if row.date is not None), key=lambda pair: pair)
    held = tuple(rows[index] for day, index in dated if day <= as_of)
    # Two gatherings on one day are one occasion for the rhythm: a gap of no days would say that people met twice.
    days = sorted({row.date for row in held if row.date is not None})
    gaps = [(later - earlier).days for earlier, later in pairwise(days)]
    return GatheringSummary(
        as_of=as_of,
        held=held,
        upcoming=tuple(rows[index] for day, index in dated if day > as_of),
        undated=tuple(row for row in rows if row.date is None),
        cadence_days=float(median(gaps)) if gaps else None,
        days_since_last=(as_of - days[-1]).days if days else None,
        attendance=attendance(held),
        by_year=_by_year(held),
    )


def _by_year(held: tuple[Gathering, ...]) -> dict[int, GatheringYear]:
    years: dict[int, list[Gathering]] = {}
    for row in held:
        if row.date is not None:
            years.setdefault(row.date.year, []).append(row)
    return {year: _year(years.get(year, [])) for year in (range(min(years), max(years) + 1) if years else ())}


def _year(rows: list[Gathering]) -> GatheringYear:
    return GatheringYear(
        count=len(rows),
        attended=_sum_of_what_is_there(row.attended for row in rows),
        invited=_sum_of_what_is_there(row.invited for row in rows),
        attendance=attendance(rows),
    )


def _sum_of_what_is_there(values: Iterable[float | None]) -> float | None:
    there = [value for value in values if value is not None]
    return sum(there) if there else None


_SOURCE = "dates and counts as kept in the sheet"


def _measures(one: str, many: str) -> tuple[Metric, ...]:
    return (
        Metric(
            id="count",
            label=f"{many.capitalize()} held",
            question=f"How many {many} have there been?",
            reading=f"Every {one} of today or earlier that has a date.",
            not_meaning="More is not better: people's time is the dearest thing a network spends.",
            unit=Unit.COUNT,
            undefined="never",
            source=_SOURCE,
        ),
        Metric(
            id="cadence_days",
            label="Cadence",
            question=f"How many days usually lie between one {one} and the next?",
            reading="The middle gap (median): half of the gaps are shorter. One long pause hardly moves it.",
            not_meaning="It says what the rhythm was, not what it should be.",
            unit=Unit.DAYS,
            undefined=f"{many} on fewer than two days",
            source="median gap between the days on which something was held; two on one day are one occasion",
        ),
        Metric(
            id="days_since_last",
            label="Days since the last",
            question=f"How long ago was the last {one}?",
            reading="Read it beside the cadence: well beyond it, the network has gone quiet.",
            not_meaning="A pause can be wise: summer, exams, a storm.",
            unit=Unit.DAYS,
            undefined=f"no {one} was held yet",
            source=_SOURCE,
        ),
        Metric(
            id="attendance",
            label="Attendance",
            question="Of those invited, what share came?",
            reading="All who came divided by all who were invited, over the past rows that hold both numbers.",
            not_meaning="It does not say who felt welcome. Above 100% more came than were invited.",
            unit=Unit.SHARE,
            undefined=f"no past {one} holds both Invited and Attended",
            source=_SOURCE,
        ),
        Metric(
            id="planned",
            label="Planned",
            question=f"How many {many} are on the calendar?",
            reading="Rows dated after today.",
            not_meaning="What nobody has typed yet is not in it.",
            unit=Unit.COUNT,
            undefined="never",
            source=_SOURCE,
        ),
        Metric(
            id="by_year",
            label="By year",
            question=f"How many {many}, how many people, and what attendance in each calendar year?",
            reading="What was held, the sums of Invited and Attended, and attendance where both are known.",
            not_meaning="One person who came to three is three in the sums. The running year is not over.",
            unit=Unit.LABEL,
            undefined=f"no {one} was held yet",
            source=_SOURCE,
        ),
    )


CONVENING_METRICS = _measures("convening", "convenings")
ACTIVITY_METRICS = _measures("activity", "activities")
