"""Questions that a form tool spreads over several columns: boxes to tick, and the rows of a grid."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from nethealth.workbook.cells.characters import folded
from nethealth.workbook.cells.option_lists import OTHER
from nethealth.workbook.cells.text import read_text
from nethealth.workbook.raw import RawCell
from nethealth.workbook.schema.tabs import SURVEY

_ABOUT_PEOPLE: Final = frozenset(map(folded, SURVEY.columns["respondent"].aliases))
_FEWEST_BOXES: Final = 2
_BRACKETS: Final = str.maketrans("[]", "()")
_SEPARATORS: Final = re.compile(r"\s*;\s*")


class Asked(NamedTuple):
    """What a column asks."""

    column: int
    question: str
    part: str | None
    """The option or grid row that it is about; None if the column is the whole question."""
    group: str
    """The same for all columns of one question."""


def merge_columns(rows: list[list[RawCell]], header_row: int, asked: Sequence[Asked]) -> None:
    """Write the questions into the header row as Google Forms does, and join ticked boxes in their first column.

    Ticked boxes are joined as Microsoft Forms does (`Coaching;STEM nights;`), so that commas in options split nothing.
    """
    groups: dict[str, list[Asked]] = {}
    for each in asked:
        groups.setdefault(each.group, []).append(each)
    width = max((each.column for each in asked), default=0) + 1
    header = rows[header_row]
    header.extend([None] * (width - len(header)))
    for columns in groups.values():
        parts = [each for each in columns if each.part is not None]
        if parts and (_are_coded_boxes(rows, header_row, parts) or _are_boxes(rows, header_row, parts)):
            _join_ticked(rows, header_row, parts)
        else:
            for each in parts:
                part = (each.part or "").translate(_BRACKETS)
                # The parts of a question about the respondent: name, company, email address.
                header[each.column] = part if folded(part) in _ABOUT_PEOPLE else f"{each.question} [{part}]"
        for each in columns:
            if each.part is None:
                header[each.column] = each.question


def _are_boxes(rows: Sequence[Sequence[RawCell]], header_row: int, columns: Sequence[Asked]) -> bool:
    """True if every answer repeats the words of its option. What people type under "Other" may be anything."""
    is_ticked = False
    for each in columns:
        part = each.part or ""
        for cell in _cells(rows, header_row, each.column):
            if folded(cell) == folded(part):
                is_ticked = True
            elif not OTHER.fullmatch(part):
                return False
    return is_ticked


def _are_coded_boxes(rows: list[list[RawCell]], header_row: int, columns: Sequence[Asked]) -> bool:
    """True if each column holds nothing but 1, or its own number, and some cell is blank; then write the options.

    Tools export codes in place of words if asked to.
    """
    boxes = [each for each in columns if not OTHER.fullmatch(each.part or "")]
    cells = [_cells(rows, header_row, each.column) for each in boxes]
    answered = sum(any(each.column < len(row) and row[each.column] for each in boxes) for row in rows[header_row + 1 :])
    if len(boxes) < _FEWEST_BOXES or not any(cells) or all(len(column) == answered for column in cells):
        return False
    are_ones = all(set(column) <= {"1"} for column in cells)
    if not are_ones and not all(set(column) <= {str(number)} for number, column in enumerate(cells, start=1)):
        return False
    for each in boxes:
        for row in rows[header_row + 1 :]:
            if each.column < len(row) and read_text(row[each.column]).value:
                row[each.column] = each.part
    return True


def _cells(rows: Sequence[Sequence[RawCell]], header_row: int, column: int) -> list[str]:
    return [words for row in rows[header_row + 1 :] if column < len(row) and (words := read_text(row[column]).value)]


def _join_ticked(rows: list[list[RawCell]], header_row: int, columns: Sequence[Asked]) -> None:
    first = columns[0].column
    rows[header_row][first] = columns[0].question
    for each in columns[1:]:
        rows[header_row][each.column] = None
    for row in rows[header_row + 1 :]:
        ticked = []
        for each in columns:
            if each.column < len(row):
                words = read_text(row[each.column]).value
                ticked += [_SEPARATORS.sub(", ", words)] if words else []
                row[each.column] = None
        if ticked:
            row[first] = "".join(f"{words};" for words in ticked)
