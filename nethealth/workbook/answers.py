"""What staff answer when we ask about a workbook: rows of Column names, Questions, and Scales, as if typed there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, TypeVar

from nethealth.workbook.added_rows import AddedRows, add_rows
from nethealth.workbook.cells.characters import folded
from nethealth.workbook.raw import RawCell, RawWorkbook
from nethealth.workbook.schema.membership_tabs import WHOLE_TAB
from nethealth.workbook.schema.tabs import COLUMN_NAMES, QUESTIONS, SCALES, Tab

WorkbookT = TypeVar("WorkbookT", bound=RawWorkbook)
Row = Mapping[str, RawCell]

ANSWERED_TABS: Final = (COLUMN_NAMES, QUESTIONS, SCALES)
_TAB, _COLUMN, _HEADER = (COLUMN_NAMES.columns[field].name for field in ("tab", "column", "your_header"))
_SECOND_DOWNLOAD: Final = re.compile(r" ?\(\d{1,3}\)$")
_SUBJECT: Final[Mapping[str, tuple[str, ...]]] = {
    QUESTIONS.name: (QUESTIONS.columns["question"].name,),
    SCALES.name: (SCALES.columns["scale"].name, SCALES.columns["value"].name),
}
"""By tab: the columns by which two answers are about the same thing."""


def whole_tab(title: str, tab: str) -> Row:
    """Return the row that says what a whole tab is: our name for it, or `Leave alone`."""
    return {_TAB: tab, _COLUMN: WHOLE_TAB, _HEADER: title}


def column_meaning(tab: str, header: str, column: str) -> Row:
    """Return the row that says what a column of one of our tabs means."""
    return {_TAB: tab, _COLUMN: column, _HEADER: header}


def merge_answers(earlier: AddedRows, later: AddedRows) -> dict[str, list[Row]]:
    """Return all answers; of two about the same thing the later one."""
    merged: dict[str, list[Row]] = {}
    for tab in ANSWERED_TABS:
        rows: dict[tuple[str, ...], Row] = {}
        for row in (*earlier.get(tab.name, ()), *later.get(tab.name, ())):
            rows.pop(_subject(tab, row), None)
            rows[_subject(tab, row)] = row
        if rows:
            merged[tab.name] = list(rows.values())
    return merged


def _subject(tab: Tab, row: Row) -> tuple[str, ...]:
    if tab is COLUMN_NAMES:
        return ("" if row[_COLUMN] == WHOLE_TAB else folded(str(row[_TAB])), folded(str(row[_HEADER])))
    return tuple(folded(str(row[column])) for column in _SUBJECT[tab.name])


def with_answers(raw: WorkbookT, answers: AddedRows) -> WorkbookT:
    """Return the workbook as if staff had typed the answers, leaving out those about tabs that it doesn't have.

    A tab called `contacts (1)`, as browsers name the second download of a file, is the `contacts` of the answers.
    """
    titles: dict[str, str] = {}
    for tab in raw.tabs:
        titles.setdefault(folded(_SECOND_DOWNLOAD.sub("", tab.title)), tab.title)
    titles |= {folded(tab.title): tab.title for tab in raw.tabs}
    rows: list[Row] = []
    for row in answers.get(COLUMN_NAMES.name, ()):
        header = str(row[_HEADER])
        if row[_COLUMN] == WHOLE_TAB:
            title = titles.get(folded(header)) or titles.get(folded(_SECOND_DOWNLOAD.sub("", header)))
            if title is None:
                continue
            rows.append({**row, _HEADER: title})
        else:
            rows.append(row)
    return add_rows(raw, {**answers, COLUMN_NAMES.name: rows})


def renamed_tabs(answers: AddedRows, titles: Mapping[str, str]) -> dict[str, Sequence[Row]]:
    """Return the answers for a workbook whose tabs have other titles: `titles` maps the old ones to the new ones."""
    renamed: dict[str, Sequence[Row]] = dict(answers)
    renamed[COLUMN_NAMES.name] = [
        {**row, _HEADER: titles.get(str(row[_HEADER]), row[_HEADER])} if row[_COLUMN] == WHOLE_TAB else row
        for row in answers.get(COLUMN_NAMES.name, ())
    ]
    return renamed
