"""Months, quarters and years, fiscal ones too: where each begins, what it is called, how far N months reach."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass
from enum import StrEnum


class Period(StrEnum):
    """How long a period of membership is."""

    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"


MONTHS_IN = {Period.YEAR: 12, Period.QUARTER: 3, Period.MONTH: 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """One period: its name and its days, both ends inside."""

    name: str
    first: dt.date
    last: dt.date


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day of the month `months` later (earlier where negative); a shorter month gives its last day.

    Beyond the calendar's ends (years 1 and 9999) it is the first or the last day that there is.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        return dt.date.min if year < dt.MINYEAR else dt.date.max
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def period_start(day: dt.date, *, period: Period, fiscal_year_starts: int = 1) -> dt.date:
    """The first day of the period that holds `day`.

    Only years follow the fiscal year. Quarters and months are the calendar's: their names (2024-Q1, 2024-03) leave no
    doubt which days are meant.
    """
    first_month = fiscal_year_starts if period is Period.YEAR else 1
    into = (day.month - first_month) % MONTHS_IN[period]
    return months_later(day.replace(day=1), -into)


def period_name(start: dt.date, *, period: Period) -> str:
    """What the period that begins on `start` is called: 2024, FY2024 (by the year it ends in), 2024-Q1, 2024-03."""
    match period:
        case Period.YEAR:
            return f"{start.year}" if start.month == 1 else f"FY{start.year + 1}"
        case Period.QUARTER:
            return f"{start.year}-Q{(start.month + 2) // 3}"
        case Period.MONTH:
            return f"{start.year}-{start.month:02}"


def spans(first: dt.date, last: dt.date, *, period: Period, fiscal_year_starts: int = 1) -> tuple[Span, ...]:
    """Every period from the one that holds `first` to the one that holds `last`, whole ones, in order."""
    found = []
    start = period_start(first, period=period, fiscal_year_starts=fiscal_year_starts)
    while start <= last:
        following = months_later(start, MONTHS_IN[period])
        found.append(Span(name=period_name(start, period=period), first=start, last=following - dt.timedelta(days=1)))
        start = following
    return tuple(found)
