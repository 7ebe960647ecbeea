"""Tables of who was at which gathering: a column per gathering, a column per person, or merged cells."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from nethealth.workbook.cells.characters import folded
from nethealth.workbook.cells.dates import EPOCH, read_date
from nethealth.workbook.cells.names import name_key
from nethealth.workbook.cells.text import is_blank, read_text, read_yes_no
from nethealth.workbook.layouts.known_people import KnownPeople
from nethealth.workbook.layouts.rearranged import (
    ROWS_CHECKED,
    TOTALS,
    PlacedCell,
    Rearranged,
    as_convenings,
    date_and_title,
    find_header_row,
    header_keys,
    text_at,
)
from nethealth.workbook.raw import RawCell, RawTab
from nethealth.workbook.readers.headers import match_tab
from nethealth.workbook.records import Severity
from nethealth.workbook.schema.columns import Column
from nethealth.workbook.schema.tabs import ACTIVITIES, CONNECTIONS, CONVENINGS, MEMBERS

_ATTENDANCE_TITLES: Final = tuple(
    map(
        folded,
        ("Attendance", "Attendees", "Sign-in", "Asistencia", "Présence", "Anwesenheit", "Teilnahme", "Presença"),
    )
)
_SAYS_NOTHING: Final = re.compile(
    r"\W*(?:sheet|tab|table|list|data|export|hoja|datos|feuille?|tabelle|blatt|planilha)?[\W\d]*", re.IGNORECASE
)
_GATHERING_WORDS: Final = re.compile(
    r"attend|sign.?in|check.?in|particip|presen|asisten|anwesen|teilnahm|meeting|meet.?up|event|conven|workshop|session|"
    r"gather|training|kick.?off|retreat|summit|webinar|conferen|launch|came|there|reuni|encuentro|taller|sitzung|treffen",
    re.IGNORECASE,
)
_SAYS_ATTENDANCE: Final = re.compile(
    r"attend|sign.?in|check.?in|asisten|présence|anwesen|teilnahm|presença", re.IGNORECASE
)
_SHARE_IF_TITLED: Final = 0.3
_OTHER_LISTS: Final = re.compile(
    r"rsvp|availab|\bpoll|speaker|presenter|facilitator|volunteer|invite|disponib|verfügbar|ponente|referent",
    re.IGNORECASE,
)
"""Titles of tabs about people at gatherings who may not have come, or about a few of those who did."""
_NAMES: Final = tuple(
    map(
        folded,
        (
            *(MEMBERS.columns["name"].name, *MEMBERS.columns["name"].aliases, "Attendee", "Participant", "Person"),
            *("Who", "Teacher", "Nombre", "Nombre completo", "Nom", "Nome", "Vollständiger Name", "Teilnehmer"),
        ),
    )
)
_PRESENT: Final = frozenset(
    map(
        folded,
        (
            "Present",
            "Attended",
            "P",
            "Here",
            "Late",
            "L",
            "Tardy",
            "Remote",
            "Virtual",
            "Online",
            "In person",
            "Asistió",
            "Presente",
            "Présent",
            "Anwesend",
            "Oui",
            "Ja",
            "Sim",
        ),
    )
)
_ABSENT: Final = frozenset(
    map(
        folded,
        (
            *("Absent", "A", "Excused", "No show", "Did not attend", "Ausente", "Abwesend", "Entschuldigt", "Excusé"),
            *("Faltó", "Non", "Nein", "Não", "-", "–"),
        ),
    )
)
_SERIALS: Final = range(36_526, 73_050)
"""The days of 2000 to 2099 as spreadsheets count them."""
_EVENTS: Final = tuple(
    map(folded, ("Event", "Event name", "Event title", "Convening", "Meeting", "Workshop", "Gathering", "Evento"))
)
_EVENT_DATES: Final = tuple(map(folded, ("Date", "Event date", "Meeting date", "Date attended", "Fecha", "Datum")))
_UNTITLED: Final = "Convening"
_FEWEST_EVENTS: Final = 2
_SHARE_OF_MARKS: Final = 0.75
"""Of a column's filled cells. The others are reported."""
_FIRST, _SECOND = CONVENINGS.columns["date"].name, CONVENINGS.columns["title"].name
_GATHERINGS: Final = (CONVENINGS, ACTIVITIES)


def read_attendance_matrix(tab: RawTab, _people: KnownPeople) -> Rearranged | None:
    """Return a table with a row per person and a column per gathering as rows of Convenings, one per attendee."""
    found = match_tab(tab)
    if (tab.read_as is not None and tab.is_supplement) or (found is not None and found not in _GATHERINGS):
        return None
    is_named = any(folded(tab.title).startswith(title) for title in _ATTENDANCE_TITLES)
    for row, cells in enumerate(tab.rows[:ROWS_CHECKED]):
        keys = header_keys(cells)
        name = next((keys[key] for key in _NAMES if key in keys), None)
        marked = [] if name is None else _columns_of_marks(tab, row, name=name)
        if name is None:
            continue
        events = {at: event for at in marked if (event := _event(tab, row, name, at)) is not None}
        if found is None and not is_named and not _is_about_gatherings(tab, events):
            return None
        if len(events) >= (1 if is_named else _FEWEST_EVENTS):
            unread = _dated_columns(tab, row, name) - events.keys()
            return _from_matrix(tab, row, name, events, skipped=len(marked) - len(events), unread=len(unread))
        if is_named and len(marked) >= max(_FEWEST_EVENTS, len(keys) / 2):
            return Rearranged(
                [dataclasses.replace(tab, read_as="")],
                "This looks like a table of attendance, but its headers have no dates, so we skipped this tab.",
                "Begin each header with the date, such as “2026-03-14 Spring meeting”.",
                Severity.ERROR,
            )
        if len(keys) > 1:
            return None
    return None


def _is_about_gatherings(tab: RawTab, events: Mapping[int, tuple[PlacedCell, PlacedCell]]) -> bool:
    """True if the tab's or a column's title speaks of gatherings, or the tab's says nothing: dues have ticks, too."""
    if _OTHER_LISTS.search(tab.title):
        return False
    titles = [tab.title, *(read_text(title).value or "" for _, (title, _) in events.values() if title != _UNTITLED)]
    return _SAYS_NOTHING.fullmatch(tab.title) is not None or any(map(_GATHERING_WORDS.search, titles))


def _columns_of_marks(tab: RawTab, header_row: int, *, name: int) -> list[int]:
    """Return the columns with a header whose cells say who was there."""
    header = tab.rows[header_row]
    return [
        at
        for at in range(len(header))
        if at != name and not is_blank(header[at]) and _are_marks(tab, header_row, at, name=name)
    ]


def _dated_columns(tab: RawTab, row: int, name: int) -> set[int]:
    """Return the columns below whose date anything stands."""
    people, header = _people(tab, row, name), tab.rows[row]
    return {
        at
        for at in range(len(header))
        if (_as_day(header[at]) or date_and_title(text_at(header, at) or "")[0]) is not None
        and any(text_at(tab.rows[number], at) for number in people)
    }


def _are_marks(tab: RawTab, header_row: int, at: int, *, name: int) -> bool:
    cells = [tab.rows[row][at] for row in _people(tab, header_row, name) if at < len(tab.rows[row])]
    filled = [cell for cell in cells if not is_blank(cell)]
    return bool(filled) and sum(_was_there(cell) is not None for cell in filled) >= _SHARE_OF_MARKS * len(filled)


def _people(tab: RawTab, header_row: int, name: int) -> list[int]:
    """Return the rows of people: those with a name, except totals and rows that repeat the header."""
    header = text_at(tab.rows[header_row], name)
    rows = range(header_row + 1, len(tab.rows))
    labels = ((row, text_at(tab.rows[row], name)) for row in rows)
    return [row for row, label in labels if label not in (None, header) and name_key(label or "") not in TOTALS]


def _was_there(cell: RawCell) -> bool | None:
    answer = read_yes_no(cell).value
    if answer is not None or not isinstance(cell, str) or len(cell) > 30:
        return answer
    key = folded(cell)
    return True if key in _PRESENT else False if key in _ABSENT else None


def _event(tab: RawTab, row: int, name: int, at: int) -> tuple[PlacedCell, PlacedCell] | None:
    """Return the date and title that a column's header gives, or its header and a row of dates around it."""
    header = tab.rows[row][at]
    day = _as_day(header)
    if day is not None:
        return (day, (row, at)), (_UNTITLED, (row, at))
    typed, title = date_and_title(text_at(tab.rows[row], at) or "")
    if typed is not None:
        return (typed, (row, at)), (title or _UNTITLED, (row, at))
    for other in (row + 1, row - 1):
        cells = tab.rows[other] if 0 <= other < len(tab.rows) else ()
        label = text_at(cells, name)
        if at < len(cells) and (label is None or folded(label) == folded(_FIRST)):
            found = _as_day(cells[at]) or cells[at]
            if read_date(found, day_first=False).value is not None:
                return (found, (other, at)), (title, (row, at))
    return None


def _as_day(cell: RawCell) -> dt.date | None:
    if isinstance(cell, dt.date):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool) and int(cell) in _SERIALS:
        return EPOCH + dt.timedelta(days=int(cell))
    return None


def _from_matrix(
    tab: RawTab,
    header_row: int,
    name: int,
    events: Mapping[int, tuple[PlacedCell, PlacedCell]],
    *,
    skipped: int,
    unread: int,
) -> Rearranged:
    rows, unclear = [], 0
    numbers = _people(tab, header_row, name)
    for at, (date, title) in events.items():
        for number in numbers:
            cells = tab.rows[number]
            was_there = _was_there(cells[at]) if at < len(cells) else None
            unclear += was_there is None and at < len(cells) and not is_blank(cells[at])
            if was_there:
                rows.append((date, title, (text_at(cells, name), (number, name))))
    count = len(events)
    if unclear or unread:
        places = ((unclear, "cell", "cells"), (unread, "column with a date", "columns with dates"))
        counted = " and ".join(f"{number:,} {one if number == 1 else more}" for number, one, more in places if number)
        return Rearranged(
            [as_convenings(tab, rows)],
            f"We read this table as the attendance of {count:,} {'convening' if count == 1 else 'convenings'}. In "
            f"{counted} we couldn’t tell who was there, so we skipped {'it' if unclear + unread == 1 else 'them'}.",
            "Type x, or leave the cell blank.",
            Severity.WARNING,
        )
    return Rearranged(
        [as_convenings(tab, rows)],
        f"We read this table as the attendance of {count:,} {'convening' if count == 1 else 'convenings'}"
        + (f", and skipped {skipped:,} {'column' if skipped == 1 else 'columns'} without a date." if skipped else "."),
        "Begin each header with the date, such as “2026-03-14 Spring meeting”." if skipped else "No action needed.",
    )


def read_event_list(tab: RawTab, people: KnownPeople) -> Rearranged | None:
    """Return a list of members and events, one pair per row, as rows of Convenings.

    Someone may call it Connections: these events connect people.
    """
    found_tab = match_tab(tab)
    if found_tab not in (None, CONNECTIONS) or _OTHER_LISTS.search(tab.title):
        return None
    if found_tab is None and tab.read_as is not None:
        return None
    pairs = find_header_row(tab, _NAMES, _EVENTS)
    if pairs is None:
        return None
    if found_tab is CONNECTIONS and not people.meanings.keys().isdisjoint(header_keys(tab.rows[pairs[0]])):
        # Staff have said what its columns mean.
        return None
    found = find_header_row(tab, _NAMES, _EVENTS, _EVENT_DATES)
    if found is None:
        return _no_ties(tab, "Add a Date column") if found_tab is CONNECTIONS else None
    header_row, (name, event, date) = found
    numbers = [
        row
        for row in _people(tab, header_row, name)
        if text_at(tab.rows[row], event) is not None and text_at(tab.rows[row], date) is not None
    ]
    # A tab called Attendance may list guests, too.
    share = _SHARE_IF_TITLED if found_tab is None and _SAYS_ATTENDANCE.search(tab.title) else None
    if not people.fill([tab.rows[row][name] for row in numbers], share=share):
        return _no_ties(tab, "List these people in Members") if found_tab is CONNECTIONS else None
    rows = []
    for row in numbers:
        day, title, person = ((tab.rows[row][at], (row, at)) for at in (date, event, name))
        rows.append((day, title, person))
    return Rearranged([as_convenings(tab, rows)], "We read this list as who was at which convening.")


def _no_ties(tab: RawTab, remedy: str) -> Rearranged:
    return Rearranged(
        [dataclasses.replace(tab, read_as="")],
        "This tab lists who was at which event, not who is connected to whom, so we skipped it.",
        f"{remedy}, and rename it to “Attendance”. Then we read it as convenings.",
        Severity.ERROR,
    )


def name_attendees(tab: RawTab, people: KnownPeople) -> Rearranged | None:
    """Return a tab of gatherings with its column of members' names headed as ours, if gatherings have several rows.

    A single name beside each gathering may be its host.
    """
    if match_tab(tab) not in _GATHERINGS or tab.is_supplement:
        return None
    columns = CONVENINGS.columns
    found = find_header_row(tab, *(tuple(map(folded, _headers(columns[name]))) for name in ("date", "title")))
    if found is None:
        return None
    header_row, used = found
    keys = header_keys(tab.rows[header_row])
    if any(folded(header) in keys for header in _headers(columns["attendees"])):
        return None
    at = next((keys[key] for key in _NAMES if key in keys and keys[key] not in used), None)
    if at is None or not people.fill([cells[at] for cells in tab.rows[header_row + 1 :] if at < len(cells)]):
        return None
    gatherings = [
        (day, title)
        for cells in tab.rows[header_row + 1 :]
        if (day := text_at(cells, used[0])) and (title := text_at(cells, used[1]))
    ]
    if len(set(gatherings)) == len(gatherings):
        return None
    header = text_at(tab.rows[header_row], at)
    rows = [*tab.rows]
    rows[header_row] = [
        columns["attendees"].name if place == at else cell for place, cell in enumerate(rows[header_row])
    ]
    return Rearranged(
        [dataclasses.replace(tab, rows=rows)], f"“{header}” holds members’ names, so we read it as attendees."
    )


def _headers(column: Column) -> tuple[str, ...]:
    return (column.name, *column.aliases)


def list_ticked_people(tab: RawTab, people: KnownPeople) -> Rearranged | None:
    """Return a tab of gatherings that has a column of ticks per person with the names in one cell per row."""
    taken = match_tab(tab)
    if taken not in (None, *_GATHERINGS) or tab.is_supplement:
        return None
    if taken is None and (tab.read_as is not None or _OTHER_LISTS.search(tab.title)):
        return None
    found = find_header_row(tab, (folded(_FIRST),), (folded(_SECOND), *(() if taken else _EVENTS)))
    if found is None:
        return None
    header_row, (date, title) = found
    header = tab.rows[header_row]
    ticked = [
        at
        for at in range(len(header))
        if (name := text_at(header, at)) and name in people.names and _are_marks(tab, header_row, at, name=date)
    ]
    attendees = CONVENINGS.columns["attendees"].name
    if len(ticked) < _FEWEST_EVENTS or folded(attendees) in header_keys(header):
        return None
    message = f"We read {len(ticked):,} columns headed by members’ names as attendees."
    if taken is None:
        there = [
            ((cells[date], (number, date)), (cells[title], (number, title)), (text_at(header, at), (header_row, at)))
            for number, cells in enumerate(tab.rows)
            if number > header_row and text_at(cells, date) and text_at(cells, title)
            for at in ticked
            if at < len(cells) and _was_there(cells[at])
        ]
        return Rearranged([as_convenings(tab, there)], message)
    width, rows = max(map(len, tab.rows)), []
    for number, cells in enumerate(tab.rows):
        row: list[RawCell] = [None if at in ticked else cell for at, cell in enumerate(cells)]
        row += [None] * (width - len(row))
        names = [text_at(header, at) or "" for at in ticked if at < len(cells) and _was_there(cells[at])]
        row.append(attendees if number == header_row else "; ".join(names) if number > header_row and names else None)
        rows.append(row)
    moved = {(number, width): (number, ticked[0]) for number in range(len(rows))}
    return Rearranged(
        [dataclasses.replace(tab, rows=rows, moved_cells={**(tab.moved_cells or {}), **moved})],
        message,
    )


def fill_merged_cells(tab: RawTab, _people: KnownPeople) -> Rearranged | None:
    """Repeat the date and title above in rows that hold only an attendee, as if the cells weren't merged."""
    if match_tab(tab) not in _GATHERINGS or tab.is_supplement:
        return None
    columns = (CONVENINGS.columns[name] for name in ("date", "title", "attendees"))
    found = find_header_row(tab, *(tuple(map(folded, _headers(column))) for column in columns))
    if found is None:
        return None
    header_row, (date, title, attendees) = found
    moved = dict(_merged_below(tab, header_row, (date, title), attendees))
    if not moved:
        return None
    rows = [list(row) for row in tab.rows]
    for (row, at), (above, _) in moved.items():
        rows[row] += [None] * (at + 1 - len(rows[row]))
        rows[row][at] = tab.rows[above][at]
    filled = len({row for row, _ in moved})
    return Rearranged(
        [dataclasses.replace(tab, rows=rows, moved_cells={**(tab.moved_cells or {}), **moved})],
        f"{filled:,} {'row holds' if filled == 1 else 'rows hold'} only an attendee, so we took the date and title "
        "from the row above.",
    )


def _merged_below(
    tab: RawTab, header_row: int, repeated: Sequence[int], attendees: int
) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield each blank cell to fill and the cell above that it repeats. A blank row ends a block."""
    above: int | None = None
    for row in range(header_row + 1, len(tab.rows)):
        cells = tab.rows[row]
        blank = [at for at in repeated if text_at(cells, at) is None]
        if not blank:
            above = row
        elif text_at(cells, attendees) is None or above is None or not _repeats(tab, cells, above, repeated):
            above = None
        else:
            yield from (((row, at), (above, at)) for at in blank)


def _repeats(tab: RawTab, cells: Sequence[RawCell], above: int, repeated: Sequence[int]) -> bool:
    """True if a row says the same as the one above wherever it says anything."""
    return all(text_at(cells, at) in (None, text_at(tab.rows[above], at)) for at in repeated)
