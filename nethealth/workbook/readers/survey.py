"""Read survey answers, one column at a time: who answered what, and in which wave."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from nethealth.privacy.email_masking import EMAIL_MARK, IP_MARK
from nethealth.workbook.cells.characters import folded
from nethealth.workbook.cells.names import closest, is_no_name, name_key
from nethealth.workbook.cells.option_lists import OTHER
from nethealth.workbook.cells.parsed import Parsed
from nethealth.workbook.cells.scale_answers import whole_number
from nethealth.workbook.cells.text import is_no_answer
from nethealth.workbook.rating_words import find_ratings
from nethealth.workbook.raw import RawCell
from nethealth.workbook.readers.connections import Waves
from nethealth.workbook.readers.directory import Directory
from nethealth.workbook.readers.forms import GRID, keep_latest_answer, row_asked, rows_of_form
from nethealth.workbook.readers.name_resolution import UNKNOWN_RESPONDENT, resolve_respondent
from nethealth.workbook.readers.survey_questions import (
    Declaration,
    Grid,
    QuestionColumn,
    answer_reader,
    classify_question,
    find_declaration,
    read_questions,
)
from nethealth.workbook.readers.tab_rows import TabRows
from nethealth.workbook.records import PersonKey, Question, QuestionKind, QuestionSource, Severity, SurveyResponse
from nethealth.workbook.schema.survey_tabs import QuestionRow, SurveyRow
from nethealth.workbook.schema.tabs import RowContext
from nethealth.workbook.schema.vocabulary import STRENGTH, WaveKind
from nethealth.workbook.short_survey import question_key

__all__ = ["read_questions", "read_survey"]

_RESPONSE_IDS: Final = frozenset(
    map(
        folded,
        (
            *("ID", "#", "No.", "Nr.", "N°", "Respondent ID", "Response ID", "Submission ID", "Record ID", "Entry ID"),
            *("Response number", "Submission number", "Response #", "Row", "Row number", "Token", "UUID", "Case ID"),
        ),
    )
)
"""Headers that form tools give to the numbers of responses."""
_WORDS_OF_AN_OPTION: Final = 3
_ENOUGH_ANSWERS: Final = 5
_FEWEST_NAMES: Final = 2
_SHARE_OF_NAMES: Final = 0.8
_MAX_CACHED: Final = 1000
"""Texts cached for one question: options repeat, and other answers aren't worth caching."""


@dataclass(slots=True)
class _Row:
    """A row of a survey, with its answers as typed and as read."""

    row: int
    table: TabRows[SurveyRow]
    date: dt.date | None
    wave: str | None
    person: PersonKey | None
    respondent_id: str | None
    """The same each time this respondent answers; None if anonymous."""
    typed: Mapping[str, RawCell]
    """By header."""
    answers: dict[str, Any]


def read_survey(
    tables: Sequence[TabRows[SurveyRow]],
    context: RowContext,
    directory: Directory,
    waves: Waves,
    *,
    declared: dict[str, Declaration],
    questions_table: TabRows[QuestionRow] | None,
) -> tuple[list[Question], list[SurveyResponse]]:
    """Return the questions in the workbook's order, and the responses. Each person's last response in a wave counts."""
    rows = [row for table in tables for row in _rows(table, context, directory, waves)]
    questions: dict[str, Question] = {}
    columns = _columns(tables, rows)
    for table in tables:
        _report_names(table, columns, directory, declared)
    asked = Counter(folded(row_asked(column.text)) for column in columns.values())
    for key, column in columns.items():
        declaration = find_declaration(column, declared, rows=asked)
        if not column.by_wave and declaration is None:
            continue
        question = questions[key] = classify_question(column, declaration, context.scales)
        _read_answers(question, column, rows)
    _report_open_for_lack(columns, questions)
    if not directory.people:
        _report_strengths(columns, questions)
        _report_nominations(columns, rows, declared)
    for declaration in declared.values():
        if not declaration.is_used and questions_table is not None and columns:
            _report_unasked(questions_table, declaration, [column.text for column in columns.values()])
    latest: dict[object, _Row] = {}
    for place, row in enumerate(rows):
        # Anonymous responses are never treated as one person's second answer.
        identity: object = (row.respondent_id, row.wave) if row.respondent_id is not None else place
        latest[identity] = keep_latest_answer(latest[identity], row) if identity in latest else row
    responses = [
        SurveyResponse(wave=row.wave, answers=row.answers, date=row.date, respondent=row.person, row=row.row)
        for row in latest.values()
    ]
    return _with_rows(list(questions.values())), responses


def _report_open_for_lack(columns: Mapping[str, QuestionColumn], questions: Mapping[str, Question]) -> None:
    """Say once per tab which questions became open answers though most of their answers are a few words."""
    found: dict[int, tuple[TabRows[SurveyRow], list[str]]] = {}
    for key, question in questions.items():
        if question.kind is QuestionKind.TEXT and question.source is QuestionSource.FROM_ANSWERS:
            answers = columns[key].counts()
            short = sum(
                count
                for answer, count in answers.items()
                if not isinstance(answer, str) or len(answer.split()) <= _WORDS_OF_AN_OPTION
            )
            if _ENOUGH_ANSWERS <= answers.total() <= 2 * short:
                table = columns[key].places[0][0]
                found.setdefault(id(table), (table, []))[1].append(question.label)
    for table, labels in found.values():
        count = len(labels)
        table.report(
            Severity.NOTE,
            f"We read {count:,} {'question' if count == 1 else 'questions'} as open answers, though most answers are "
            "short.",
            "No action needed if people answered in their own words. If they chose from options or a scale, say so in "
            "the Scale column of Questions.",
            value=", ".join(labels),
        )


def _report_strengths(columns: Mapping[str, QuestionColumn], questions: Mapping[str, Question]) -> None:
    """Warn once per grid of strengths: without Members we can't tell that its rows are people."""
    reported: set[str] = set()
    for key, question in questions.items():
        grid = GRID.fullmatch(question.text)
        if grid is None or question.scale is None or question.scale.name != STRENGTH.name or grid[1] in reported:
            continue
        reported.add(grid[1])
        for table, at in columns[key].places:
            table.report(
                Severity.WARNING,
                "This grid seems to ask how strongly people are connected. Without members, we read it as a survey.",
                "Add a Members tab with the names of these people, so that we read the answers as connections.",
                row=table.header_row + 1,
                at=at,
                value=question.text,
            )


def _report_nominations(
    columns: Mapping[str, QuestionColumn], rows: Sequence[_Row], declared: Mapping[str, Declaration]
) -> None:
    """Warn about questions answered with names of others who answered: without Members, these make no connections."""
    respondents = {name_key((row.respondent_id or "").removeprefix(UNKNOWN_RESPONDENT)) for row in rows} - {""}
    for column in columns.values():
        names = [cell for cell in column.counts() if isinstance(cell, str) and not is_no_name(cell)]
        known = sum(name_key(name) in respondents for name in names)
        if known < _FEWEST_NAMES or 2 * known < len(names) or folded(column.text) in declared:
            continue
        for table, at in column.places:
            table.report(
                Severity.WARNING,
                "This column holds names of people who answered. Without members, we read it as a question.",
                "If they’re connections, add a Members tab with everyone’s names. If it’s a question, list it in "
                "Questions.",
                row=table.header_row + 1,
                at=at,
                value=column.text,
            )


def _report_names(
    table: TabRows[SurveyRow],
    columns: Mapping[str, QuestionColumn],
    directory: Directory,
    declared: Mapping[str, Declaration],
) -> None:
    """Warn about columns of members' names: they may say who answered, or whom they are connected to."""
    remedy = "If it says who answered, rename it to “Respondent”. If it’s a question, list it in Questions."
    if table.has("respondent"):
        remedy = "If they’re connections, list them in Connections. If it’s a question, list it in Questions."
    for column in columns.values():
        at = next((at for each, at in column.places if each is table), None)
        if at is None or folded(column.text) in declared:
            continue
        names = [cell for cell in column.counts() if isinstance(cell, str) and not is_no_name(cell)]
        known = sum(map(directory.has_name, names))
        if known >= _FEWEST_NAMES and known >= _SHARE_OF_NAMES * len(names):
            table.report(
                Severity.WARNING,
                "This column holds members’ names. We read it as a question, since its header doesn’t say otherwise.",
                remedy,
                row=table.header_row + 1,
                at=at,
                value=column.text,
            )


def _with_rows(questions: Sequence[Question]) -> list[Question]:
    """Add the grid row to questions of a grid with several rows, if no other question asks about the same row."""
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
        person, respondent_id = resolve_respondent(table, directory, row.respondent, row=number)
        wave = waves.find_named(row.wave, WaveKind.SURVEY, row.timestamp) or waves.find_nearest(
            WaveKind.SURVEY, row.timestamp
        )
        found.append(_Row(number, table, row.timestamp, wave, person, respondent_id, row.answers, {}))
    context.keep_extra_raw = False
    return found


def _columns(tables: Sequence[TabRows[SurveyRow]], rows: Sequence[_Row]) -> dict[str, QuestionColumn]:
    """Return the questions of all tabs with their answers by wave. Columns of email addresses aren't questions.

    One header in several tabs is one question. So are the English and Spanish versions of a short survey question,
    asked alone or as a row of a grid.
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
        questions: dict[int, str] = {}
        rows_asked: dict[str, str] = {}
        for at, header in table.extra.items():
            typed = {wave: [row[header] for row in each if header in row] for wave, each in own.items()}
            by_wave = {wave: Counter(cells) for wave, cells in typed.items() if cells}
            if kind := _addresses_in(by_wave):
                table.report(
                    Severity.NOTE,
                    f"This column holds {kind} addresses, so we skipped it.",
                    "No action needed. If it says who answered, rename it to “Respondent”."
                    if kind == "email"
                    else "No action needed.",
                    row=table.header_row + 1,
                    at=at,
                    value=header,
                )
                continue
            if folded(header) in _RESPONSE_IDS and _are_all_different(by_wave):
                table.report(
                    Severity.NOTE,
                    "This column only numbers the responses, so we skipped it.",
                    "No action needed. If it says who answered, rename it to “Respondent”.",
                    row=table.header_row + 1,
                    at=at,
                    value=header,
                )
                continue
            is_repeated = header in questions.values()
            questions[at] = header
            asked = row_asked(header)
            # Two grids of one tab with the same row ("before" and "now") ask two questions.
            is_second_grid = rows_asked.setdefault(folded(asked), header) != header
            key = None if is_second_grid else question_key(asked)
            column = columns.setdefault(key or folded(header), QuestionColumn(header))
            column.places.append((table, at))
            if is_repeated:
                continue
            for wave, counts in by_wave.items():
                column.by_wave.setdefault(wave, Counter()).update(counts)
        table.extra = questions
    for column in columns.values():
        ordered = sorted(column.by_wave.items(), key=lambda item: dates.get(item[0], dt.date.min))
        column.by_wave = dict(ordered)
    _share_grids(columns.values(), dates)
    _find_ratings(columns.values())
    return columns


def _find_ratings(columns: Iterable[QuestionColumn]) -> None:
    """Say which questions answered in whole numbers ask to rate something. Those of a form's grid always do."""
    asked: list[tuple[QuestionColumn, set[int]]] = []
    for column in columns:
        answers = {cell: whole_number(cell) for cell in column.counts() if not is_no_answer(cell)}
        values = {value for value in answers.values() if value is not None}
        if column.grid is not None or len(values) < len(set(answers.values())):
            column.is_rating = True
        asked.append((column, values))
    for (column, _), is_rating in zip(asked, find_ratings([(c.text, v) for c, v in asked]), strict=True):
        column.is_rating = column.is_rating or is_rating


def _share_grids(columns: Iterable[QuestionColumn], dates: Mapping[str | None, dt.date]) -> None:
    """Let the rows of each grid share their answers. What people type next to "Other" shares none with the rows."""
    grids: dict[str, list[QuestionColumn]] = {}
    for column in columns:
        if (found := GRID.fullmatch(column.text)) and found["question"]:
            grids.setdefault(folded(found["question"]), []).append(column)
    for rows in grids.values():
        alike = [row for row in rows if not OTHER.fullmatch(row_asked(row.text))]
        shared: dict[str | None, Counter[RawCell]] = {}
        for row in alike:
            for wave, counts in row.by_wave.items():
                shared.setdefault(wave, Counter()).update(counts)
        grid = Grid(dict(sorted(shared.items(), key=lambda item: dates.get(item[0], dt.date.min))))
        for row in alike:
            row.grid = grid


def _are_all_different(by_wave: Mapping[str | None, Counter[RawCell]]) -> bool:
    return all(count == 1 for counts in by_wave.values() for count in counts.values())


def _addresses_in(by_wave: Mapping[str | None, Counter[RawCell]]) -> str | None:
    """Return which kind of addresses most cells hold: email or IP; None if neither."""
    total = emails = ips = 0
    for counts in by_wave.values():
        for cell, count in counts.items():
            total += count
            emails += count if isinstance(cell, str) and EMAIL_MARK.fullmatch(cell.strip()) else 0
            ips += count if cell == IP_MARK else 0
    return "email" if emails and 2 * emails >= total else "IP" if ips and 2 * ips >= total else None


def _read_answers(question: Question, column: QuestionColumn, rows: Sequence[_Row]) -> None:
    """Read one question's answers in every row, and report what can't be used."""
    counts = column.counts()
    readers = {wave: answer_reader(question, counts, wave=wave) for wave in column.by_wave}
    caches: dict[str | None, dict[object, Parsed[Any]]] = {wave: {} for wave in column.by_wave}
    text = question.text
    for table, at in column.places:
        header = table.extra[at]
        is_in_several = list(table.extra.values()).count(header) > 1
        for row in rows:
            cell = row.typed.get(header)
            if cell is None or row.table is not table or (is_in_several and not table.is_cell_filled(row.row, at)):
                continue
            cache = caches[row.wave]
            key = cell if type(cell) is str else (type(cell), cell)
            parsed = cache.get(key)
            if parsed is None:
                parsed = readers[row.wave](cell)
                if len(cache) < _MAX_CACHED:
                    cache[key] = parsed
            if parsed.problems:
                for problem in parsed.problems:
                    table.report(problem.severity, problem.message, problem.remedy, row=row.row, at=at, value=cell)
            if parsed.value is not None:
                row.answers[text] = parsed.value


def _report_unasked(table: TabRows[QuestionRow], declaration: Declaration, texts: list[str]) -> None:
    def suggest() -> str:
        close = closest(declaration.text, texts, limit=1)
        return f"Did you mean “{close[0]}”?" if close else "Copy the header from Survey, word for word."

    message = "Survey has no question with these words, so we skipped this row."
    table.report(Severity.WARNING, message, suggest, row=declaration.row, at="question", value=declaration.text)
