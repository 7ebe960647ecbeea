"""Survey answers: who answered what in which wave, read a column at a time."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from nethealth.privacy.email_masking import EMAIL_MARK
from nethealth.workbook.cells.characters import folded
from nethealth.workbook.cells.names import closest
from nethealth.workbook.cells.parsed import Parsed
from nethealth.workbook.raw import RawCell
from nethealth.workbook.readers.connections import Waves
from nethealth.workbook.readers.directory import Directory
from nethealth.workbook.readers.forms import GRID, row_asked, rows_of_form, tell_answered_twice
from nethealth.workbook.readers.name_resolution import respondent
from nethealth.workbook.readers.survey_questions import (
    Declared,
    QuestionColumn,
    declared_for,
    question_of,
    read_questions,
    reader_of,
)
from nethealth.workbook.readers.tab_rows import TabRows
from nethealth.workbook.records import PersonKey, Question, Severity, SurveyResponse
from nethealth.workbook.schema.survey_tabs import QuestionRow, SurveyRow
from nethealth.workbook.schema.tabs import RowContext
from nethealth.workbook.schema.vocabulary import WaveKind
from nethealth.workbook.short_survey import question_key

__all__ = ["read_questions", "read_survey"]

_MOST_REMEMBERED: Final = 1000
"""Answers in words of one question: they are few and come again and again, or else are not worth keeping."""


@dataclass(slots=True)
class _Row:
    """A row of a survey, while its answers are still as typed."""

    row: int
    table: TabRows[SurveyRow]
    date: dt.date | None
    wave: str | None
    person: PersonKey | None
    mark: str | None
    """By which whoever answered is known again; None: anonymous."""
    typed: Mapping[str, RawCell]
    """By header."""
    answers: dict[str, Any]


def read_survey(
    tables: Sequence[TabRows[SurveyRow]],
    context: RowContext,
    directory: Directory,
    waves: Waves,
    *,
    declared: dict[str, Declared],
    questions_table: TabRows[QuestionRow] | None,
) -> tuple[list[Question], list[SurveyResponse]]:
    """The questions in the order of the sheet, and the responses; of several of one person in a wave the last."""
    rows = [row for table in tables for row in _rows(table, context, directory, waves)]
    questions: dict[str, Question] = {}
    columns = _columns(tables, rows)
    asked = Counter(folded(row_asked(column.text)) for column in columns.values())
    for key, column in columns.items():
        said = declared_for(column, declared, rows=asked)
        if not column.by_wave and said is None:
            continue
        question = questions[key] = question_of(column, said, context.scales)
        _read_answers(question, column, rows)
    for said in declared.values():
        if not said.is_used and questions_table is not None and columns:
            _tell_unasked(questions_table, said, [column.text for column in columns.values()])
    latest: dict[object, _Row] = {}
    for place, row in enumerate(rows):
        # Whoever stays anonymous cannot have answered twice.
        who: object = (row.mark, row.wave) if row.mark is not None else place
        latest[who] = tell_answered_twice(latest[who], row) if who in latest else row
    responses = [
        SurveyResponse(wave=row.wave, answers=row.answers, date=row.date, respondent=row.person, row=row.row)
        for row in latest.values()
    ]
    return _with_rows(list(questions.values())), responses


def _with_rows(questions: Sequence[Question]) -> list[Question]:
    """The questions; those of a grid of several rows with the row that each asks about, where no other has the same."""
    found = [GRID.fullmatch(question.text) for question in questions]
    grids = Counter(folded(grid["question"]) for grid in found if grid)
    rows = Counter(folded(row_asked(question.text)) for question in questions)
    return [
        replace(question, row=grid["row"])
        if grid and grids[folded(grid["question"])] > 1 and rows[folded(grid["row"])] == 1
        else question
        for question, grid in zip(questions, found, strict=True)
    ]


def _rows(table: TabRows[SurveyRow], context: RowContext, directory: Directory, waves: Waves) -> list[_Row]:
    context.keep_extra_raw = True
    found = []
    for number, row in rows_of_form(table, context):
        person, mark = respondent(table, directory, row.respondent, row=number)
        wave = waves.named(row.wave, WaveKind.SURVEY, row.timestamp) or waves.by_date(WaveKind.SURVEY, row.timestamp)
        found.append(_Row(number, table, row.timestamp, wave, person, mark, row.answers, {}))
    context.keep_extra_raw = False
    return found


def _columns(tables: Sequence[TabRows[SurveyRow]], rows: Sequence[_Row]) -> dict[str, QuestionColumn]:
    """The questions of all tabs with their answers by wave. Columns of e-mail addresses are no questions.

    One header in several tabs is one question, and so are the two languages of a question of the short survey, be it
    asked by itself or as the row of a grid, whatever the grid is called.
    """
    columns: dict[str, QuestionColumn] = {}
    dates: dict[str | None, dt.date] = {}
    for row in rows:
        if row.date is not None:
            dates[row.wave] = max(row.date, dates.get(row.wave, row.date))
    for table in tables:
        own: dict[str | None, list[Mapping[str, RawCell]]] = {}
        for row in rows:
            if row.table is table:
                own.setdefault(row.wave, []).append(row.typed)
        kept: dict[int, str] = {}
        rows_asked: dict[str, str] = {}
        for at, header in table.extra.items():
            told = [(wave, Counter([typed[header] for typed in each if header in typed])) for wave, each in own.items()]
            by_wave = {wave: counts for wave, counts in told if counts}
            if _holds_addresses(by_wave):
                table.tell(
                    Severity.NOTE,
                    "This column holds e-mail addresses; it is no question and is not read.",
                    "Nothing needs doing. If it says who answered, head it Respondent.",
                    row=table.header_row + 1,
                    at=at,
                    value=header,
                )
                continue
            is_again = header in kept.values()
            kept[at] = header
            asked = row_asked(header)
            # Two grids of one tab with the same row ("before" and "now") ask two questions.
            is_other = rows_asked.setdefault(folded(asked), header) != header
            key = None if is_other else question_key(asked)
            column = columns.setdefault(key or folded(header), QuestionColumn(header))
            column.places.append((table, at))
            if is_again:
                continue
            for wave, counts in by_wave.items():
                column.by_wave.setdefault(wave, Counter()).update(counts)
        table.extra = kept
    for column in columns.values():
        ordered = sorted(column.by_wave.items(), key=lambda item: dates.get(item[0], dt.date.min))
        column.by_wave = dict(ordered)
    return columns


def _holds_addresses(by_wave: Mapping[str | None, Counter[RawCell]]) -> bool:
    marks = total = 0
    for counts in by_wave.values():
        for cell, count in counts.items():
            total += count
            marks += count if isinstance(cell, str) and EMAIL_MARK.fullmatch(cell.strip()) else 0
    return bool(marks) and 2 * marks >= total


def _read_answers(question: Question, column: QuestionColumn, rows: Sequence[_Row]) -> None:
    """Read one question's answers in every row, and tell what can't be used."""
    counts = column.counts()
    readers = {wave: reader_of(question, counts, wave=wave) for wave in column.by_wave}
    memories: dict[str | None, dict[object, Parsed[Any]]] = {wave: {} for wave in column.by_wave}
    text = question.text
    for table, at in column.places:
        header = table.extra[at]
        is_in_several = list(table.extra.values()).count(header) > 1
        for row in rows:
            cell = row.typed.get(header)
            if cell is None or row.table is not table or (is_in_several and not table.fills(row.row, at)):
                continue
            memory = memories[row.wave]
            key = cell if type(cell) is str else (type(cell), cell)
            parsed = memory.get(key)
            if parsed is None:
                parsed = readers[row.wave](cell)
                if len(memory) < _MOST_REMEMBERED:
                    memory[key] = parsed
            if parsed.problems:
                for problem in parsed.problems:
                    table.tell(problem.severity, problem.message, problem.remedy, row=row.row, at=at, value=cell)
            if parsed.value is not None:
                row.answers[text] = parsed.value


def _tell_unasked(table: TabRows[QuestionRow], said: Declared, texts: list[str]) -> None:
    def nearest() -> str:
        close = closest(said.text, texts, limit=1)
        return f"Did you mean “{close[0]}”?" if close else "Copy the header from Survey, word for word."

    message = "Survey has no question with these words; the row changes nothing."
    table.tell(Severity.WARNING, message, nearest, row=said.row, at="question", value=said.text)
