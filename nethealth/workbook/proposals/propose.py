"""Propose what a tab seems to be, and what its columns mean, from its headers and its first rows.

Pure functions of one tab that change nothing: staff confirm a proposal, and their answer becomes a row of Column names.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, TypeAlias

from nethealth.workbook.cells.characters import folded
from nethealth.workbook.cells.text import read_text
from nethealth.workbook.layouts.known_people import KnownPeople
from nethealth.workbook.layouts.mailing_lists import leave_out_list_columns
from nethealth.workbook.layouts.name_parts import join_name_parts, rename_marks
from nethealth.workbook.layouts.rearranged import ROWS_CHECKED
from nethealth.workbook.proposals.likely_headers import LIKELY_HEADERS, OF_FORMS, OF_GROUPS, OF_SIGN_UPS
from nethealth.workbook.raw import RawCell, RawTab
from nethealth.workbook.readers.headers import match_tab
from nethealth.workbook.readers.tab_rows import is_filled
from nethealth.workbook.schema.membership_tabs import ATTRIBUTE, LEAVE_ALONE, MEASURE
from nethealth.workbook.schema.tabs import (
    COLUMN_NAMES,
    CONNECTIONS,
    CONVENINGS,
    MEMBERS,
    PLATFORM,
    SURVEY,
    TABS,
    WEAVING,
    CellKind,
    Tab,
)

ROWS_LOOKED_AT: Final = 200
COLUMNS_LOOKED_AT: Final = 100
LONGEST_LOOKED_AT: Final = 200
"""Characters of a cell that we look at to propose something."""
_HEADERS_NAMED: Final = 3
_ENOUGH_NAMES: Final = 0.7
"""At least this share of a column's cells must look like names of people."""
_NAME: Final = re.compile(r"[^\W\d_][\w.’'-]*(?: [\w.’'-]+){0,3},? [^\W\d_][\w.’'-]*")
_QUESTION: Final = re.compile(r"\S+(?: \S+){4,}|.*\?\W*")
_QUESTIONS_OF_A_SURVEY: Final = 3
_KINDS: Final[Mapping[str, str]] = {
    MEMBERS.name: "a list of people",
    CONNECTIONS.name: "a list of who is connected to whom",
    CONVENINGS.name: "a list of meetings",
    PLATFORM.name: "numbers from a communication platform",
    WEAVING.name: "a log of conversations",
    SURVEY.name: "answers to a survey",
}
_CHOOSABLE: Final = tuple(tab for tab in TABS if tab is not COLUMN_NAMES)
TAB_CHOICES: Final = tuple(tab.name for tab in _CHOOSABLE)
"""What a tab can be, in the order of the template."""
_BY_NAME: Final = {tab.name: tab for tab in TABS}


@dataclass(frozen=True, slots=True)
class TabProposal:
    """What a tab seems to be."""

    tab: str
    """Our name for it, or `Leave alone`."""
    reason: str
    """Why, as a sentence for staff. May quote headers."""


@dataclass(frozen=True, slots=True)
class ColumnProposal:
    """What a column that we don't know seems to mean."""

    header: str
    column: str
    """Our name for it, or `Leave alone`."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a tab, if it is read as a certain one of ours."""

    header_row: int
    """Counted from 0."""
    known: tuple[str, ...]
    """Headers that we use without asking."""
    unknown: tuple[ColumnProposal, ...]
    missing: tuple[str, ...]
    """Our columns that the tab needs, and that no header seems to mean."""


def propose_tab(raw: RawTab, *, taken: Collection[str] = ()) -> TabProposal:
    """Return what a tab seems to be. `taken` are our names of tabs that we read from elsewhere already."""
    head = _head(raw)
    found = _likely_tab(head, titled=match_tab(raw))
    if found is None:
        return TabProposal(LEAVE_ALONE, "We don’t recognize its headers.")
    tab, columns = found
    if tab is None:
        return TabProposal(
            LEAVE_ALONE,
            "It looks like a list of who signed up for or came to one event. As Members, it would make everyone on it "
            "a member.",
        )
    if tab.name in taken and not tab.is_form:
        return TabProposal(LEAVE_ALONE, f"It looks like {_kind(tab)}, but we already read another tab as {tab.name}.")
    columns = _only_typed(columns, raw)
    headers = [each.header for each in columns.unknown if each.column != LEAVE_ALONE]
    named = [f"“{header}”" for header in dict.fromkeys((*columns.known[:2], *headers, *columns.known))][:_HEADERS_NAMED]
    return TabProposal(tab.name, f"Its columns {_listed(named)} look like {_kind(tab)}.")


def propose_columns(raw: RawTab, name: str) -> Columns:
    """Return what the columns of a tab seem to mean if it's read as the tab of ours with this name."""
    return _only_typed(_columns(_head(raw), _BY_NAME[name]), raw)


def _only_typed(columns: Columns, raw: RawTab) -> Columns:
    """Drop the header of the column that we added for joined names."""
    typed = set(_headers(raw.rows[columns.header_row] if raw.rows else ()).values())
    return dataclasses.replace(columns, known=tuple(header for header in columns.known if header in typed))


def column_choices(name: str) -> tuple[str, ...]:
    """Return what a column can mean in the tab of ours with this name; `Leave alone` comes last."""
    use = {MEMBERS.name: (ATTRIBUTE,), CONNECTIONS.name: (MEASURE,)}.get(name, ())
    return (*(column.name for column in _BY_NAME[name].columns.values()), *use, LEAVE_ALONE)


def _listed(parts: Sequence[str]) -> str:
    *first, last = parts
    return f"{', '.join(first)}{',' if len(first) > 1 else ''} and {last}" if first else last


def _kind(tab: Tab) -> str:
    return _KINDS.get(tab.name, f"the {tab.name} tab")


@dataclass(frozen=True, slots=True)
class _HeaderRow:
    """A row that may hold the headers, and the filled cells below it."""

    number: int
    headers: Mapping[int, str]
    cells: Mapping[int, Sequence[RawCell]]
    """By column."""
    places: Mapping[str, int]
    """Folded headers with their first columns."""


_Head: TypeAlias = Sequence[_HeaderRow]
"""The rows of a tab that may hold its headers."""


def _head(raw: RawTab) -> _Head:
    """Return the first rows as the reader will see them: names joined, and without notes of a mailing list."""
    rows = [tuple(islice(map(_shortened, row), COLUMNS_LOOKED_AT)) for row in raw.rows[:ROWS_LOOKED_AT]]
    tab = RawTab(title=raw.title, rows=rows)
    for layout in (rename_marks, join_name_parts, leave_out_list_columns):
        rearranged = layout(tab, KnownPeople())
        tab = rearranged.tabs[0] if rearranged else tab
    seen = tab.rows
    head = []
    for number, row in enumerate(seen[:ROWS_CHECKED]):
        if headers := _headers(row):
            below = seen[number + 1 :]
            cells = {at: [each[at] for each in below if at < len(each) and is_filled(each[at])] for at in headers}
            places = {folded(header): at for at, header in reversed(headers.items())}
            head.append(_HeaderRow(number, headers, cells, places))
    return head


def _shortened(cell: RawCell) -> RawCell:
    return cell[:LONGEST_LOOKED_AT] if isinstance(cell, str) else cell


def _headers(row: Sequence[RawCell]) -> dict[int, str]:
    texts = ((at, read_text(cell).value) for at, cell in enumerate(row) if isinstance(cell, str))
    return {at: text for at, text in texts if text}


# The whole tab.


def _likely_tab(head: _Head, *, titled: Tab | None) -> tuple[Tab | None, Columns] | None:
    """Return the tab that a head looks most like, and its columns; no tab for a sign-up list, None for nothing.

    What its title says (`titled`) wins over headers that fit it less than another tab, unless it lacks columns.
    """
    rows = [row.headers for row in head]
    keys = {key for row in head for key in row.places}
    if keys & OF_SIGN_UPS and not keys & OF_GROUPS:
        columns = _columns(head, CONVENINGS)
        return (None if columns.missing else CONVENINGS, columns)
    questions = max((sum(_QUESTION.fullmatch(text) is not None for text in row.values()) for row in rows), default=0)
    if questions >= (1 if keys & OF_FORMS else _QUESTIONS_OF_A_SURVEY):
        return SURVEY, _columns(head, SURVEY)
    as_titled = None if titled is None else _columns(head, titled)
    if titled is not None and as_titled is not None and titled.required and not as_titled.missing:
        return titled, as_titled
    if best := _best_fit(head, _BY_LIKELIHOOD, by_cells=False):
        return best
    if titled is not None and as_titled is not None and _count_matched(as_titled, titled):
        return titled, as_titled
    return _best_fit(head, (CONNECTIONS, MEMBERS), by_cells=True)


def _best_fit(head: _Head, tabs: Iterable[Tab], *, by_cells: bool) -> tuple[Tab, Columns] | None:
    """Return the tab with all required columns that fits most headers. `by_cells` also goes by what columns hold."""
    best: tuple[int, Tab, Columns] | None = None
    for tab in tabs:
        columns = _columns(head, tab, by_cells=by_cells)
        matched = _count_matched(columns, tab)
        is_complete = bool(tab.required) and not columns.missing and matched >= _FEWEST.get(tab.name, 2)
        if is_complete and (best is None or matched > best[0]):
            best = matched, tab, columns
    return best and best[1:]


_BY_LIKELIHOOD: Final = (
    *(CONNECTIONS, MEMBERS, CONVENINGS, WEAVING, PLATFORM),
    *(tab for tab in _CHOOSABLE if tab not in (CONNECTIONS, MEMBERS, CONVENINGS, WEAVING, PLATFORM, SURVEY)),
)
"""Of tabs that fit equally well, the first is proposed."""
_FEWEST: Final = {MEMBERS.name: 1}
"""How many columns must fit: two, but a list of members may be names alone."""


def _count_matched(columns: Columns, tab: Tab) -> int:
    own = {folded(name) for column in tab.columns.values() for name in (column.name, *column.aliases)}
    known = sum(folded(header) in own for header in columns.known)
    return known + sum(each.column != LEAVE_ALONE for each in columns.unknown)


# The columns.


def _columns(head: _Head, tab: Tab, *, by_cells: bool = True) -> Columns:
    best: Columns | None = None
    best_score = (-1, -1)
    for row in head:
        columns = _columns_under(row, tab, by_cells=by_cells)
        score = (
            -len(columns.missing),
            len(columns.known) + sum(each.column != LEAVE_ALONE for each in columns.unknown),
        )
        if best is None or score > best_score:
            best, best_score = columns, score
    return best or Columns(0, (), (), tuple(tab.columns[field].name for field in tab.required))


def _columns_under(row: _HeaderRow, tab: Tab, *, by_cells: bool) -> Columns:
    headers, cells, place_of = row.headers, row.cells, row.places
    meaning: dict[int, str] = {}
    fields: set[str] = set()
    for field, column in tab.columns.items():
        own = next(
            (place_of[key] for name in (column.name, *column.aliases) if (key := folded(name)) in place_of), None
        )
        if own is not None and own not in meaning:
            meaning[own] = field
            fields.add(field)
    known = set(meaning)
    for field, names in LIKELY_HEADERS.get(tab.name, {}).items():
        at = next((place_of[key] for key in names if key in place_of and place_of[key] not in meaning), None)
        if field not in fields and at is not None and cells[at]:
            meaning[at] = field
            fields.add(field)
    if by_cells:
        # Schools may look like names of people, but their header says what they are.
        free = {at: column for at, column in cells.items() if folded(headers[at]) not in _ABOUT_PEOPLE}
        _fill_from_cells(tab, free, meaning, fields)
    # Other columns of these tabs have a use as they are: attributes, measures, questions.
    unasked = tab.extra is not None or tab.is_form
    missing = tuple(tab.columns[field].name for field in tab.required if field not in fields)
    known |= {at for at in headers if unasked and at not in meaning and not missing}
    unknown = tuple(
        ColumnProposal(header, tab.columns[meaning[at]].name if at in meaning else LEAVE_ALONE)
        for at, header in headers.items()
        if at not in known and cells[at]
    )
    return Columns(row.number, tuple(headers[at] for at in headers if at in known and cells[at]), unknown, missing)


_ABOUT_PEOPLE: Final = frozenset(
    folded(name)
    for field in ("organization", "role", "leadership_role", "region")
    for name in (
        *(MEMBERS.columns[field].name, *MEMBERS.columns[field].aliases),
        *LIKELY_HEADERS[MEMBERS.name].get(field, ()),
    )
)


def _fill_from_cells(
    tab: Tab, cells: Mapping[int, Sequence[RawCell]], meaning: dict[int, str], fields: set[str]
) -> None:
    """For columns of names and dates that the tab needs, take the first columns that hold such."""
    for field in tab.required:
        if field in fields:
            continue
        kind = tab.columns[field].kind
        holds = _holds_names if kind is CellKind.NAME or (tab is MEMBERS and field == "name") else None
        holds = _holds_dates if kind in (CellKind.DATE, CellKind.MONTH) else holds
        at = next((at for at in cells if at not in meaning and holds is not None and holds(cells[at])), None)
        if at is not None:
            meaning[at] = field
            fields.add(field)


def _holds_names(cells: Sequence[RawCell]) -> bool:
    """True if nearly all cells look like full names of people."""
    names = sum(isinstance(cell, str) and _NAME.fullmatch(cell) is not None and cell[:1].isupper() for cell in cells)
    return bool(cells) and names >= _ENOUGH_NAMES * len(cells)


def _holds_dates(cells: Sequence[RawCell]) -> bool:
    return bool(cells) and all(isinstance(cell, dt.date) for cell in cells)


def likely_member_columns(heads: Sequence[RawTab], *, answered: Collection[str]) -> Columns | None:
    """Return the columns of the Members tab that we use as attributes, although they likely mean a column of ours.

    Only for a tab that its title makes Members. `answered` are folded headers that staff have spoken about. None if
    there are none.
    """
    names = {folded(name) for name in (MEMBERS.name, *MEMBERS.aliases)}
    head = next((head for head in heads if folded(head.title) in names), None)
    if head is None:
        return None
    answered = {*answered, *_answered_in(heads)}
    columns = propose_columns(head, MEMBERS.name)
    likely = [each for each in columns.unknown if each.column != LEAVE_ALONE and folded(each.header) not in answered]
    return dataclasses.replace(columns, unknown=tuple(likely)) if likely and not columns.missing else None


def _answered_in(heads: Sequence[RawTab]) -> set[str]:
    """Return every folded text in the Column names tab, some of which are headers."""
    tabs = [head for head in heads if folded(head.title) == folded(COLUMN_NAMES.name)]
    return {folded(text) for head in tabs for row in head.rows for text in _headers(row).values()}
