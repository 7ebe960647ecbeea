"""Read a text of several lines, each of which may begin with a date: `2026-03-14: A guide for new teachers`."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from nethealth.workbook.cells.dates import read_date
from nethealth.workbook.records import DatedLine

_PARTS: Final = re.compile(r"(?:[-–•*]\s+)?(?P<date>[^:–—]{4,24}?)\s*(?::|[-–—](?=\s))\s*(?P<text>\S.*)")
_YEAR: Final = re.compile(r"\d{4}")


def read_dated_lines(text: str | None, *, day_first: bool = False) -> tuple[DatedLine, ...]:
    """Return the lines of a text: those with a date first, in the order of their dates, then the others as typed.

    >>> read_dated_lines("2026-03-14: A guide\\nTwo schools joined")[0]
    (datetime.date(2026, 3, 14), 'A guide')
    """
    lines = [_line(line.strip(), day_first=day_first) for line in (text or "").splitlines() if line.strip()]
    return tuple(sorted(lines, key=lambda line: line[0] or dt.date.max))


def _line(line: str, *, day_first: bool) -> DatedLine:
    parts = _PARTS.fullmatch(line)
    if parts is not None and not _YEAR.fullmatch(parts["date"]):
        day = read_date(parts["date"], day_first=day_first).value
        if day is not None:
            return day, parts["text"]
    return None, line
