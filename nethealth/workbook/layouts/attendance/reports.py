"""Attendance reports of Zoom, Teams, Google Meet, and Webex: who was in one meeting, for how long.

Above the participants there may be a block about the meeting, below them further sections. Zoom's current reports:
https://support.zoom.com/hc/en/article?id=zm_kb&sysparm_article=KB0065075; Teams':
https://support.microsoft.com/office/ae7cf170-530c-47d3-84c1-3aedac74d310.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from nethealth.privacy.email_masking import EMAIL_MARK
from nethealth.workbook.cells.dates import order_of_times, read_date
from nethealth.workbook.cells.names import name_key, spellings
from nethealth.workbook.cells.text import read_text, read_yes_no
from nethealth.workbook.layouts.attendance.headers import DURATION, EMAIL, JOIN, LEAVE, NAME, START, TITLE, WAITING
from nethealth.workbook.layouts.known_people import KnownPeople
from nethealth.workbook.layouts.rearranged import (
    PlacedCell,
    Rearranged,
    as_convenings,
    date_and_title,
    header_keys,
    text_at,
    tidy_title,
)
from nethealth.workbook.raw import RawCell, RawTab
from nethealth.workbook.records import Severity
from nethealth.workbook.schema.tabs import ACTIVITIES, CONVENINGS

_ROWS_CHECKED: Final = 40


_SECTION: Final = re.compile(r"\d\.\s*\w")
_NO_PERSON: Final = re.compile(
    r"notetaker|note taker|otter\.?ai|otterpilot|read\.?ai|fireflies|fathom|meeting notes\b|\brecorder\b", re.IGNORECASE
)

_REPORT_WORDS: Final = re.compile(
    r"\b(?:attendance|attendees|participants?|report|meeting report|zoom|teams|meet|sheet ?\d*|asistencia|"
    r"participantes|présence|anwesenheit|presença|meetingattendance(?:list|report))\b|\b\d{6,}\b|"
    r"\b\d{1,2}[:. ]\d{2}\b|\b(?:gmt|utc)[+-]?\d*(?::\d\d)?",
    re.IGNORECASE,
)
_TIME_IN_BRACKETS: Final = re.compile(r"\(\s*(?:at|a las|à|um|às)\s*\)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Header:
    """The header row of the participants, and the columns that matter, all counted from 0."""

    row: int
    name: int
    join: int | None
    email: int | None
    title: int | None
    waiting: int | None


def read_attendance_report(tab: RawTab, people: KnownPeople) -> Rearranged | None:
    """Return the report as rows of Convenings, one per participant, each with the meeting's date and title."""
    if tab.read_as not in (None, CONVENINGS.name, ACTIVITIES.name):
        return None
    header = _find_header(tab)
    participants = _participants(tab, header, people) if header else []
    if header is None or not participants:
        return None
    date = _date(tab, header, [place[0] for _, place in participants])
    if date is None:
        return Rearranged(
            [dataclasses.replace(tab, read_as="")],
            "This looks like a meeting’s attendance report, but it has no date, so we skipped this tab.",
            "Put the date into the tab’s title, such as “2026-03-14 Spring meeting”. Or download the report again, "
            "with the meeting’s details.",
            Severity.ERROR,
        )
    title = _title(tab, header)
    count = len({_person(name, people) for name, _ in participants})
    return Rearranged(
        [as_convenings(tab, [(date, title, name) for name in participants])],
        f"We read this attendance report as a convening, “{str(title[0])[:60]}”, with {count} "
        f"{'person' if count == 1 else 'people'}.",
        "No action needed. If Convenings has a row with this date and title, we count one convening.",
    )


def _find_header(tab: RawTab) -> _Header | None:
    for row, cells in enumerate(tab.rows[:_ROWS_CHECKED]):
        keys = header_keys(cells)
        name, join, leave, duration = (_column(keys, names) for names in (NAME, JOIN, LEAVE, DURATION))
        # Only a report of who was there has two of these next to a name; Zoom's name header is its own.
        is_zoom = any("originalname" in key or "nombreoriginal" in key for key in keys)
        if name is not None and sum(column is not None for column in (join, leave, duration)) >= (1 if is_zoom else 2):
            email, title, waiting = (_column(keys, names) for names in (EMAIL, TITLE, WAITING))
            return _Header(row=row, name=name, join=join, email=email, title=title, waiting=waiting)
    return None


def _column(keys: Mapping[str, int], names: Sequence[str]) -> int | None:
    """Return the column of the first of these headers, which may go on: `Join time (GMT-5)`."""
    exact = next((keys[name] for name in names if name in keys), None)
    if exact is not None:
        return exact
    return next((at for key, at in keys.items() for name in names if len(name) > 7 and key.startswith(name)), None)


def _person(typed: RawCell, people: KnownPeople) -> str:
    """Return the same for all ways to write one participant: `Ana Ruiz (she/her)`, `iPad (Ana Ruiz)`."""
    name = " ".join(EMAIL_MARK.sub(" ", str(typed)).split())
    return next((name_key(written) for written in spellings(name) if written in people.names), name_key(name))


def _participants(tab: RawTab, header: _Header, people: KnownPeople) -> list[PlacedCell]:
    """Return each participant's name once, with their email's mark, and where it stands in the sheet.

    Under one email, a name that no member has is another device of the member who joined with it.
    """
    found: dict[tuple[str, str], PlacedCell] = {}
    known: set[str] = set()
    for row in range(header.row + 1, len(tab.rows)):
        cells = tab.rows[row]
        name = text_at(cells, header.name)
        if name is None and not any(text_at(cells, at) for at in range(len(cells))):
            if found:
                break
            continue
        if name is None or _NO_PERSON.search(name) or name == text_at(tab.rows[header.row], header.name):
            continue
        if _SECTION.match(name) and sum(text_at(cells, at) is not None for at in range(len(cells))) == 1:
            break
        if header.waiting is not None and _is_yes(cells, header.waiting):
            continue
        mark = next(iter(EMAIL_MARK.findall(text_at(cells, header.email) or "")), "")
        typed = f"{name} {mark}".strip() if mark not in name else name
        found.setdefault((name_key(name), mark), (typed, (row, header.name)))
        if mark and _person(typed, people) in people.names:
            known.add(mark)
    return [cell for (_, mark), cell in found.items() if mark not in known or _person(cell[0], people) in people.names]


def _is_yes(cells: Sequence[RawCell], at: int) -> bool:
    return at < len(cells) and read_yes_no(cells[at]).value is True


def _date(tab: RawTab, header: _Header, rows: Sequence[int]) -> PlacedCell | None:
    """Return the meeting's date: from the block above, else when the first came, else from the tab's title."""
    order = order_of_times(cell for row in tab.rows for cell in row)
    above = _about_the_meeting(tab, header, START)
    joined = (
        []
        if header.join is None
        else [(tab.rows[row][header.join], (row, header.join)) for row in rows if header.join < len(tab.rows[row])]
    )
    for cell, place in [*([above] if above else []), *joined[:1]]:
        day = read_date(cell, day_first=bool(order))
        if day.value is not None:
            return (cell if order is None else day.value), place
    typed, _ = date_and_title(tab.title)
    return None if typed is None else (typed, (header.row, header.name))


def _title(tab: RawTab, header: _Header) -> PlacedCell:
    found = _about_the_meeting(tab, header, TITLE)
    if found is None and header.title is not None and header.row + 1 < len(tab.rows):
        typed = text_at(tab.rows[header.row + 1], header.title)
        found = (typed, (header.row + 1, header.title)) if typed else None
    if found is not None:
        return read_text(found[0]).value, found[1]
    _, title = date_and_title(tab.title)
    return _tidy_title(title), (header.row, header.name)


def _tidy_title(title: str) -> str:
    """Return a meeting's name from a file's or tab's name; `Meeting` if that says nothing."""
    words = _REPORT_WORDS.sub(" ", title.replace("_", " "))
    words = tidy_title(_TIME_IN_BRACKETS.sub(" ", words))
    return words if any(character.isalpha() for character in words) else "Meeting"


def _about_the_meeting(tab: RawTab, header: _Header, names: Sequence[str]) -> PlacedCell | None:
    """Return the value of one of these keys above the participants: right of it in a list, below it in a table."""
    for row, cells in enumerate(tab.rows[: header.row]):
        at = _column(header_keys(cells), names)
        if at is None:
            continue
        filled = [place for place in range(len(cells)) if text_at(cells, place)]
        below = tab.rows[row + 1] if row + 1 < header.row else ()
        is_list = len(filled) == 2 and filled[0] == at
        target, place = (cells, (row, filled[1])) if is_list else (below, (row + 1, at))
        if text_at(target, place[1]):
            return target[place[1]], place
    return None
