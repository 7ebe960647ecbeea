"""Dates as people type them, and as spreadsheets store them.

A Google Sheet stores a date as a serial number, the days since 1899-12-30; a file may give a date; people type text.
Nothing here raises, whatever the cell holds.
"""

from __future__ import annotations

import calendar
import datetime as dt
import math
import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from nethealth.workbook.cells.parsed import BLANK, ERROR_VALUE, FORMULA_TEXT, CellProblem, Parsed, unreadable
from nethealth.workbook.cells.text import is_blank, is_error_value
from nethealth.workbook.raw import RawCell
from nethealth.workbook.records import Severity

EPOCH: Final = dt.date(1899, 12, 30)
"""Serial 0, as Google Sheets, Excel (from March 1900) and LibreOffice count."""

_FIRST_YEAR: Final = 1900
_LAST_PLAIN_YEAR: Final = 2100
_LAST_SERIAL: Final = (dt.date.max - EPOCH).days
_LONGEST_DATE: Final = 72
# A year of two digits: up to 49 is this century's, as spreadsheets take it (some part at 29; no member joined in 1930).
_LAST_SHORT_YEAR_OF_THIS_CENTURY: Final = 49


NOT_A_DATE: Final = unreadable(
    "We couldn’t read this date, so we treated it as blank.",
    "Type the date as year-month-day (2026-03-14). A month (2026-03) or a year is fine, too.",
)
NO_SUCH_DAY: Final = unreadable(
    "This day doesn’t exist, so we treated the date as blank.", "Type the date as year-month-day: 2026-03-14."
)
TOO_EARLY: Final = unreadable(
    "This date is before 1900, so we treated it as blank.", "Type the date as year-month-day: 2026-03-14."
)
YEAR_ONLY: Final = CellProblem(
    Severity.NOTE,
    "This is only a year, so we used its first day (its last day for an end date).",
    "Type the full date if you know it: 2026-03-14.",
)
SERIAL: Final = CellProblem(
    Severity.NOTE,
    "This is how a spreadsheet counts days (45292 is January 1, 2024), so we read it as a date.",
    "No action needed. To clear this note, format the column as dates.",
)
DAY_OR_MONTH: Final = {
    False: CellProblem(
        Severity.NOTE,
        "This date could be read two ways. We read the month first.",
        "Type it as year-month-day (2026-03-14), or set “Date order” to “day first” in Settings.",
    ),
    True: CellProblem(
        Severity.NOTE,
        "This date could be read two ways. We read the day first.",
        "Type it as year-month-day (2026-03-14), or set “Date order” to “month first” in Settings.",
    ),
}
DOTTED: Final = CellProblem(
    Severity.NOTE,
    "Dates with dots usually have the day first, so we read 03.04.2026 as April 3.",
    "No action needed. If the month comes first, type the date as year-month-day (2026-03-14).",
)
SHORT_YEAR: Final = CellProblem(
    Severity.NOTE,
    "This year has two digits. We read it as a year from 1950 to 2049.",
    "Type the year with four digits: 2026-03-14.",
)

_MONTHS: Final[dict[str, int]] = {}
for _number, _names in enumerate(
    (
        "jan january ene enero janv janvier januar jänner janeiro",
        "feb february febrero fév févr février fevrier februar fev fevereiro",
        "mar march marzo mars mär märz maerz março marco",
        "apr april abr abril avr avril",
        "may mayo mai maio",
        "jun june junio juin juni junho",
        "jul july julio juil juillet juli julho",
        "aug august ago agosto août aout",
        "sep sept september septiembre setiembre set septembre setembro",
        "oct october octubre octobre okt oktober out outubro",
        "nov november noviembre novembre novembro",
        "dec december dic diciembre déc décembre decembre dez dezember dezembro",
    ),
    start=1,
):
    for _name in _names.split():
        _MONTHS[_name] = _number

_WEEKDAY: Final = re.compile(
    r"(?:mon|tue|tues|wed|weds|thu|thur|thurs|fri|sat|sun"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
    r"|lun|mar|mi[eé]|jue|vie|s[aá]b|dom|lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo)\.?,?\s+(?=.*\d)"
)
# A time of day after the date, with or without a time zone, and nothing after it.
_TIME: Final = re.compile(
    r"[t,]?\s*(?:at |a las )?\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?\s*(?:[ap]\.? ?m\.?)?"
    r"\s*(?:z|[a-z]{2,5})?\s*(?:[+-]\d{1,2}:?(?:\d{2})?)?"
)
_NUMBER: Final = re.compile(r"([2-7]\d{4})(?:\.\d{1,12})?|((?:19|20)\d{2})\.0")
"""The serial number of a day from 1954 to 2118, or a year that a program wrote as `2024.0`."""
_S: Final = r"\s*[-/. ]\s*"
_YEAR_FIRST: Final = re.compile(rf"(\d{{4}}){_S}(\d{{1,2}})(?:{_S}(\d{{1,2}}))?")
_YEAR_LAST: Final = re.compile(r"(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})")
_MONTH_AND_YEAR: Final = re.compile(r"(\d{1,2})\s*[-/]\s*(\d{4})")
_COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
_GAP: Final = r"(?:\s*[-/.,]\s*|\s+(?:of|de|del)\s+|\s+|(?<=\.)\s*)"
_WORD: Final = r"([^\W\d_]{3,10})\.?"
_DAY: Final = r"(\d{1,2})(?:st|nd|rd|th|er|º|ª|°)?"
_DAY_MONTH_YEAR: Final = re.compile(rf"{_DAY}{_GAP}{_WORD}{_GAP},?\s*['’]?(\d{{4}}|\d{{2}})")
_MONTH_DAY_YEAR: Final = re.compile(rf"{_WORD}{_GAP}{_DAY}(?:,\s*|{_GAP}),?\s*['’]?(\d{{4}})")
_YEAR_MONTH_DAY: Final = re.compile(rf"(\d{{4}}){_GAP}{_WORD}(?:{_GAP}{_DAY})?")
_MONTH_YEAR: Final = re.compile(rf"{_WORD}{_GAP},?\s*['’]?(\d{{4}})")


def read_date(
    cell: RawCell, *, day_first: bool, end_of_period: bool = False, is_order_known: bool = False
) -> Parsed[dt.date]:
    """Read a date. A month or a year means its first day, or its last with `end_of_period`.

    A whole number from 1900 to 2100 is a year (with a note). A text date whose day and month could be swapped is read
    by `day_first`; with dots it has the day first, unless the order is known (with a note, each).

    The value is None if the cell is blank, and with an error if it holds no date, an impossible one, or one before
    1900.
    """
    if isinstance(cell, str):
        return _of_text(cell, day_first=day_first, end_of_period=end_of_period, is_order_known=is_order_known)
    if cell is None:
        return BLANK
    if isinstance(cell, dt.datetime):
        cell = cell.date()
    if isinstance(cell, dt.date):
        return Parsed(cell) if cell.year >= _FIRST_YEAR else TOO_EARLY
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return NOT_A_DATE
    return _of_number(cell, end_of_period=end_of_period)


def order_of_times(cells: Iterable[RawCell]) -> bool | None:
    """Return True if a program wrote these times with the day first, False if with the month first, None if unclear.

    Only texts with a time of day count, which people rarely type, and of these only the ones with a single reading.
    """
    orders = set()
    for cell in cells:
        if isinstance(cell, str) and ":" in cell and len(cell) <= _LONGEST_DATE:
            match = _YEAR_LAST.fullmatch(_without_time(_plain(cell)))
            if match and (int(match[1]) > 12) is not (int(match[3]) > 12):
                orders.add(int(match[1]) > 12)
    return orders.pop() if len(orders) == 1 else None


def order_of_dates(cells: Iterable[RawCell]) -> tuple[bool | None, int]:
    """Return True if a column's dates have the day first, False if the month, None if unclear; and how many need that.

    Texts with a single reading decide, such as `25/04/2024`. The second number counts those with two readings.

    >>> order_of_dates(["25/04/2024", "11/06/2024", "2024-01-05"])
    (True, 1)
    """
    orders, unclear = set(), 0
    for cell in cells:
        if not isinstance(cell, str) or not 6 <= len(cell) <= _LONGEST_DATE or cell[:4].isdigit():
            continue
        match = _YEAR_LAST.fullmatch(_without_time(_plain(cell)))
        if match is None:
            continue
        first, second = int(match[1]), int(match[3])
        if (first > 12) is not (second > 12):
            orders.add(first > 12)
        elif first != second and max(first, second) <= 12:
            unclear += 1
    return (orders.pop() if len(orders) == 1 else None), unclear


def _of_number(value: float, *, end_of_period: bool) -> Parsed[dt.date]:
    if isinstance(value, float) and not math.isfinite(value):
        return NOT_A_DATE
    if _FIRST_YEAR <= value <= _LAST_PLAIN_YEAR and value == int(value):
        return _day(int(value), None, None, end_of_period=end_of_period, notes=(YEAR_ONLY,))
    if value > _LAST_SERIAL:
        compact = _COMPACT.fullmatch(str(int(value))) if value < 10**8 else None
        return _day(int(compact[1]), int(compact[2]), int(compact[3])) if compact else NOT_A_DATE
    if value < 2:
        return TOO_EARLY
    return Parsed(EPOCH + dt.timedelta(days=int(value)))


def _day(
    year: int,
    month: int | None,
    day: int | None,
    *,
    end_of_period: bool = False,
    notes: tuple[CellProblem, ...] = (),
) -> Parsed[dt.date]:
    """The day, or the first or last one of a month or year; an error where there is none, or it lies before 1900."""
    whole_month = month or (12 if end_of_period else 1)
    if not 1 <= whole_month <= 12 or month == 0:
        return NO_SUCH_DAY
    if year < 1:
        return NO_SUCH_DAY
    length = calendar.monthrange(year, whole_month)[1]
    whole_day = (length if end_of_period else 1) if day is None else day
    if not 1 <= whole_day <= length:
        return NO_SUCH_DAY
    return Parsed(dt.date(year, whole_month, whole_day), notes) if year >= _FIRST_YEAR else TOO_EARLY


def _plain(text: str) -> str:
    """Lower case, one space at a time, digits of every script as ASCII, nothing invisible."""
    text = text.lower()
    if not text.isascii():
        characters = []
        for character in unicodedata.normalize("NFC", text):
            digit = unicodedata.decimal(character, None)
            if digit is not None:
                characters.append(str(digit))
            elif unicodedata.category(character) not in {"Cf", "Cc", "Cs"} or character.isspace():
                characters.append("-" if character in "–—−‐‑" else character)
        text = "".join(characters)
    return " ".join(text.split())


def _of_text(cell: str, *, day_first: bool, end_of_period: bool, is_order_known: bool) -> Parsed[dt.date]:
    if len(cell) == 10 and cell[4] == "-" and cell[7] == "-" and cell.isascii():
        # The form that sheets and exports use most: worth the short way.
        try:
            day = dt.date.fromisoformat(cell)
        except ValueError:
            pass
        else:
            return Parsed(day) if day.year >= _FIRST_YEAR else TOO_EARLY
    if is_blank(cell):
        return BLANK
    if is_error_value(cell):
        return ERROR_VALUE
    if len(cell) > _LONGEST_DATE and len(cell.strip()) > _LONGEST_DATE:
        return FORMULA_TEXT if cell.lstrip()[:1] == "=" else NOT_A_DATE
    text = _plain(cell)
    if text[:1] == "=":
        return FORMULA_TEXT
    text = text.rstrip(",;")
    if (weekday := _WEEKDAY.match(text)) and not _MONTH_DAY_YEAR.fullmatch(text) and not _MONTH_YEAR.fullmatch(text):
        text = text[weekday.end() :]
    plain = _without_time(text)
    if not is_order_known and (dotted := _YEAR_LAST.fullmatch(plain)) and dotted[2] == ".":
        read = _day_and_month(int(dotted[1]), int(dotted[3]), dotted[4], day_first=True)
        return Parsed(read.value, tuple(DOTTED if each is DAY_OR_MONTH[True] else each for each in read.problems))
    return _of_words(plain, day_first=day_first, end_of_period=end_of_period)


def _without_time(text: str) -> str:
    colon = text.find(":")
    if colon < 0:
        return text
    # The time begins at the digits before its first colon; what comes before them is the date.
    start = colon
    while start > 0 and text[start - 1].isdigit():
        start -= 1
    for opening in ("at ", "a las ", "t"):
        if text[:start].endswith(opening):
            start -= len(opening)
            break
    if start == 0 or _TIME.fullmatch(text[start:]) is None:
        return text
    return text[:start].rstrip(" ,")


def _of_words(text: str, *, day_first: bool, end_of_period: bool) -> Parsed[dt.date]:
    if match := _NUMBER.fullmatch(text):
        if match[1]:
            return Parsed(EPOCH + dt.timedelta(days=int(match[1])), (SERIAL,))
        text = match[2]
    if text.isdigit():
        return _of_digits(text, end_of_period=end_of_period)
    if match := _YEAR_FIRST.fullmatch(text):
        year, month, day = int(match[1]), int(match[2]), int(match[3]) if match[3] else None
        return _day(year, month, day, end_of_period=end_of_period)
    if match := _YEAR_LAST.fullmatch(text):
        return _day_and_month(int(match[1]), int(match[3]), match[4], day_first=day_first)
    if match := _MONTH_AND_YEAR.fullmatch(text):
        return _day(int(match[2]), int(match[1]), None, end_of_period=end_of_period)
    return _of_month_name(text, end_of_period=end_of_period)


def _of_digits(text: str, *, end_of_period: bool) -> Parsed[dt.date]:
    if len(text) == 4:
        year = int(text)
        if year > _LAST_PLAIN_YEAR:
            return NOT_A_DATE
        return _day(year, None, None, end_of_period=end_of_period, notes=(YEAR_ONLY,)) if year else NOT_A_DATE
    if (match := _COMPACT.fullmatch(text)) and _FIRST_YEAR <= int(match[1]) <= _LAST_PLAIN_YEAR:
        return _day(int(match[1]), int(match[2]), int(match[3]))
    return NOT_A_DATE


def _year(text: str) -> tuple[int, tuple[CellProblem, ...]]:
    year = int(text)
    if len(text) == 4:
        return year, ()
    return year + (2000 if year <= _LAST_SHORT_YEAR_OF_THIS_CENTURY else 1900), (SHORT_YEAR,)


def _day_and_month(first: int, second: int, year_text: str, *, day_first: bool) -> Parsed[dt.date]:
    year, notes = _year(year_text)
    day, month = (first, second) if day_first else (second, first)
    if month > 12 >= day:
        # Only one reading is possible, whatever the setting.
        day, month = month, day
    elif month != day and max(month, day) <= 12:
        notes = (*notes, DAY_OR_MONTH[day_first])
    return _day(year, month, day, notes=notes)


def _of_month_name(text: str, *, end_of_period: bool) -> Parsed[dt.date]:
    day: int | None
    if match := _DAY_MONTH_YEAR.fullmatch(text):
        day, word, year_text = int(match[1]), match[2], match[3]
    elif match := _MONTH_DAY_YEAR.fullmatch(text):
        day, word, year_text = int(match[2]), match[1], match[3]
    elif match := _YEAR_MONTH_DAY.fullmatch(text):
        day, word, year_text = int(match[3]) if match[3] else None, match[2], match[1]
    elif match := _MONTH_YEAR.fullmatch(text):
        day, word, year_text = None, match[1], match[2]
    else:
        return NOT_A_DATE
    month = _MONTHS.get(word)
    if month is None:
        return NOT_A_DATE
    year, notes = _year(year_text)
    return _day(year, month, day, end_of_period=end_of_period, notes=notes)
