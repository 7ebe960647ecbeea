"""Survey answers: what each question is, on which scale, and who answered what in which wave."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from nethealth.workbook import cells
from nethealth.workbook.cells import Parsed, folded
from nethealth.workbook.forms import GRID, tell_answered_twice
from nethealth.workbook.lookup import respondent
from nethealth.workbook.names import NameIndex, closest, split_names
from nethealth.workbook.people import EMAIL_MARK, Directory
from nethealth.workbook.raw import RawCell
from nethealth.workbook.records import Question, QuestionKind, Severity, SurveyResponse
from nethealth.workbook.settings import scale_named
from nethealth.workbook.tables import Table
from nethealth.workbook.tabs import RowContext
from nethealth.workbook.tabs.answers import QuestionRow, SurveyRow
from nethealth.workbook.ties import Waves
from nethealth.workbook.vocabulary import OUTCOMES, Level, Scale, WaveKind

MOST_CHOICES: Final = 12
LONGEST_CHOICE: Final = 80
MOST_COMBINATIONS: Final = 400
"""Of ticked boxes: eight boxes have 255."""
LONGEST_COMBINATION: Final = 1000
_MOST_REMEMBERED: Final = 1000
_BETWEEN_OPTIONS: Final = re.compile(r"[;,]")
ANSWERS_FOR_EACH_CHOICE: Final = 2
"""Answers in words are a choice only where they repeat: open answers are for staff alone, and must not pass as one."""


@dataclass(slots=True, kw_only=True)
class Declared:
    """What the Questions tab says of a question."""

    row: int
    text: str
    level: Level | None
    outcome: str | None
    scale: Scale | None
    reverse: bool
    is_used: bool = False


def read_questions(table: Table[QuestionRow], context: RowContext, scales: dict[str, Scale]) -> dict[str, Declared]:
    """The rows of Questions by folded question; of one question twice the last."""
    declared: dict[str, Declared] = {}
    for number, row in table.read(context):
        scale = None if row.scale is None else scale_named(row.scale, scales)
        if row.scale is not None and scale is None:
            table.tell(
                Severity.ERROR,
                "No scale has this name; it is left out, and the scale is told by the answers.",
                f"Use one of {', '.join(scale.name for scale in scales.values())}, or add it to Scales.",
                row=number,
                at="scale",
                value=row.scale,
            )
        level = next((level for level, outcomes in OUTCOMES.items() if row.outcome in outcomes), row.level)
        if row.level is not None and level is not row.level:
            table.tell(
                Severity.WARNING,
                "This outcome belongs to the other level; the outcome counts.",
                "Make Level and Outcome agree.",
                row=number,
                at="level",
                value=row.level,
            )
        key = folded(row.question)
        if key in declared:
            message = "This question stands twice; the last row counts."
            table.tell(Severity.WARNING, message, "Keep one row.", row=number, at="question", value=row.question)
        declared[key] = Declared(
            row=number,
            text=row.question,
            level=level,
            outcome=row.outcome,
            scale=scale,
            reverse=bool(row.reverse),
        )
    return declared


@dataclass(slots=True)
class _Column:
    """One question, wherever it is asked."""

    text: str
    places: list[tuple[Table[SurveyRow], int]] = field(default_factory=list)
    cells: list[RawCell] = field(default_factory=list)


@dataclass(slots=True)
class _Answered:
    row: int
    date: dt.date | None
    table: Table[SurveyRow]
    response: SurveyResponse


def read_survey(
    tables: Sequence[Table[SurveyRow]],
    context: RowContext,
    directory: Directory,
    waves: Waves,
    *,
    declared: dict[str, Declared],
    questions_table: Table[QuestionRow] | None,
) -> tuple[list[Question], list[SurveyResponse]]:
    """The questions in the order of the sheet, and the responses; of several of one person in a wave the last."""
    columns = _columns(tables)
    questions: dict[str, Question] = {}
    readers: dict[str, Callable[[RawCell], Parsed[Any]]] = {}
    for key, column in columns.items():
        said = declared.get(key) or declared.get(_grid_key(column.text))
        if said is not None:
            said.is_used = True
        if not column.cells and said is None:
            continue
        question = _question(column, said, context.scales)
        questions[key] = question
        readers[key] = _reader(question, column.cells)
    for said in declared.values():
        if not said.is_used and questions_table is not None and columns:
            texts = [column.text for column in columns.values()]
            _tell_unasked(questions_table, said, texts)
    latest: dict[object, _Answered] = {}
    for place, table in enumerate(tables):
        keys = {header: folded(header) for header in table.further.values()}
        table.further = {at: header for at, header in table.further.items() if keys[header] in questions}
        context.further = {header: readers[keys[header]] for header in table.further.values()}
        for number, row in table.read(context):
            person, mark = respondent(table, directory, row.respondent, row=number)
            wave = waves.named(row.wave, WaveKind.SURVEY, row.timestamp) or waves.by_date(
                WaveKind.SURVEY, row.timestamp
            )
            response = SurveyResponse(
                wave=wave,
                answers={questions[keys[header]].text: answer for header, answer in row.answers.items()},
                date=row.timestamp,
                respondent=person,
                row=number,
            )
            answered = _Answered(number, row.timestamp, table, response)
            # Whoever stays anonymous cannot have answered twice.
            who: object = (mark, wave) if mark is not None else (place, number)
            latest[who] = tell_answered_twice(latest[who], answered) if who in latest else answered
    return list(questions.values()), [answered.response for answered in latest.values()]


def _grid_key(text: str) -> str:
    found = GRID.fullmatch(text)
    return folded(found["question"]) if found else ""


def _columns(tables: Sequence[Table[SurveyRow]]) -> dict[str, _Column]:
    """The questions of all tabs by folded header, with their answers. Columns of e-mail addresses are no questions."""
    columns: dict[str, _Column] = {}
    for table in tables:
        answers: dict[str, list[RawCell]] = {header: [] for header in table.further.values()}
        for _, _, other in table.cells():
            for header, cell in other.items():
                answers[header].append(cell)
        kept = {}
        for at, header in table.further.items():
            marks = sum(
                isinstance(cell, str) and EMAIL_MARK.fullmatch(cell.strip()) is not None for cell in answers[header]
            )
            if marks and 2 * marks >= len(answers[header]):
                table.tell(
                    Severity.NOTE,
                    "This column holds e-mail addresses; it is no question and is not read.",
                    "Nothing needs doing. If it says who answered, head it Respondent.",
                    row=table.header_row + 1,
                    at=at,
                    value=header,
                )
                continue
            kept[at] = header
            column = columns.setdefault(folded(header), _Column(header))
            column.places.append((table, at))
            column.cells.extend(answers[header])
        table.further = kept
    return columns


def _tell_unasked(table: Table[QuestionRow], said: Declared, texts: list[str]) -> None:
    def nearest() -> str:
        close = closest(said.text, texts, limit=1)
        return f"Did you mean “{close[0]}”?" if close else "Copy the header from Survey, word for word."

    message = "Survey has no question with these words; the row changes nothing."
    table.tell(Severity.WARNING, message, nearest, row=said.row, at="question", value=said.text)


# What a question is.


def _question(column: _Column, said: Declared | None, scales: Mapping[str, Scale]) -> Question:
    # A formula that was not worked out says nothing of the scale.
    answers = [cell for cell in column.cells if not (isinstance(cell, str) and cell.lstrip()[:1] == "=")]
    guessed = cells.guess_scale(answers, list(scales.values()))
    scale = guessed
    if said is not None and said.scale is not None:
        scale = said.scale
        if guessed is not None and guessed != scale:
            _tell_other_scale(column, scale, guessed)
    kind = QuestionKind.SCALE if scale is not None else _kind(column.cells)
    return Question(
        text=column.text,
        kind=kind,
        scale=scale,
        level=said.level if said else None,
        outcome=said.outcome if said else None,
        reverse=said.reverse if said else False,
    )


def _tell_other_scale(column: _Column, declared: Scale, guessed: Scale) -> None:
    """Tell where answers do not fit the scale that Questions gives, and fit another one better."""

    def misfits(scale: Scale) -> int:
        return sum(bool(cells.scale_answer(cell, scale).findings) for cell in column.cells)

    if misfits(declared) > misfits(guessed):
        for table, at in column.places:
            table.tell(
                Severity.WARNING,
                f"The answers look like the scale {guessed.name}; they are read by {declared.name}, as Questions says.",
                "Correct the scale in Questions, if it is the other one.",
                row=table.header_row + 1,
                at=at,
                value=column.text,
            )


def _words(answers: Sequence[RawCell]) -> list[str]:
    return [
        words for cell in answers if not cells.is_no_answer(cell) and (words := cells.free_text(cell).value) is not None
    ]


def _kind(answers: Sequence[RawCell]) -> QuestionKind:
    """What a question without a scale is, by its answers; open text in doubt."""
    words = _words(answers)
    if not words:
        return QuestionKind.TEXT
    if all(not cells.number(cell).findings for cell in answers if not cells.is_no_answer(cell)):
        return QuestionKind.NUMBER
    if _is_multiple(words):
        return QuestionKind.MULTIPLE
    return QuestionKind.CHOICE if _is_choice(words) else QuestionKind.TEXT


def _is_choice(words: Sequence[str]) -> bool:
    distinct = set(words)
    return (
        len(distinct) <= MOST_CHOICES
        and len(words) >= ANSWERS_FOR_EACH_CHOICE * len(distinct)
        and all(len(word) <= LONGEST_CHOICE and "\n" not in word for word in distinct)
    )


def _is_multiple(words: Sequence[str]) -> bool:
    """Whether answers are ticked boxes: parts that recur in different answers, each beginning like an option."""
    distinct = set(words)
    if len(distinct) > MOST_COMBINATIONS or max(map(len, distinct)) > LONGEST_COMBINATION:
        return False
    if not any("," in word or ";" in word for word in distinct):
        return False
    singles = _singles(distinct)
    parts = [tuple(split_names(word, singles)) for word in words]
    several = [answer for answer in parts if len(answer) > 1]
    options: dict[str, set[tuple[str, ...]]] = {}
    for answer in parts:
        for option in answer:
            options.setdefault(option, set()).add(answer)
    total = sum(map(len, parts))
    shared = sum(len(answers) > 1 for answers in options.values())
    return (
        bool(several)
        and total >= ANSWERS_FOR_EACH_CHOICE * len(options)
        and len(options) <= 3 * MOST_CHOICES
        and 2 * shared >= len(options)
        and all(len(option) <= LONGEST_CHOICE and not option[0].islower() for option in options)
    )


def _singles(words: set[str]) -> NameIndex:
    """Answers that others contain: options that hold a comma themselves.

    Boxes that are often ticked together look the same, but each of them is now and then ticked without the other. So
    an answer is one option only if some part of it never stands without the whole.
    """
    parts = {word: [part.strip() for part in _BETWEEN_OPTIONS.split(word)] for word in words}
    bounded = {word: f",{','.join(pieces)}," for word, pieces in parts.items()}
    holders: dict[str, set[str]] = {}
    for word, pieces in parts.items():
        for piece in pieces:
            holders.setdefault(piece, set()).add(word)

    def is_single(word: str) -> bool:
        whole = {other for other in words if bounded[word] in bounded[other]}
        return len(whole) > 2 and any(holders[piece] <= whole for piece in parts[word])

    return NameIndex(word for word in words if "," in word and ";" not in word and is_single(word))


def _reader(question: Question, answers: Sequence[RawCell]) -> Callable[[RawCell], Parsed[Any]]:
    """How an answer to a question is read. Blank and "don't know" are no answers."""
    scale = question.scale
    if scale is not None:
        return _remembering(lambda cell: cells.scale_answer(cell, scale))
    if question.kind is QuestionKind.MULTIPLE:
        singles = _singles(set(_words(answers)))
        return lambda cell: _several(cell, singles)
    plain: Callable[[RawCell], Parsed[Any]] = cells.free_text
    if question.kind is QuestionKind.NUMBER:
        plain = cells.number
    elif question.kind is QuestionKind.CHOICE:
        plain = cells.text
    return lambda cell: Parsed(None) if cells.is_no_answer(cell) else plain(cell)


def _remembering(read: Callable[[RawCell], Parsed[Any]]) -> Callable[[RawCell], Parsed[Any]]:
    """The same reader, quicker: answers on a scale are few and come again and again."""
    memory: dict[str, Parsed[Any]] = {}

    def remembered(cell: RawCell) -> Parsed[Any]:
        if not isinstance(cell, str) or len(cell) > LONGEST_CHOICE:
            return read(cell)
        known = memory.get(cell)
        if known is None:
            known = read(cell)
            if len(memory) < _MOST_REMEMBERED:
                memory[cell] = known
        return known

    return remembered


def _several(cell: RawCell, singles: NameIndex) -> Parsed[tuple[str, ...]]:
    read = cells.free_text(cell)
    if read.value is None or cells.is_no_answer(cell):
        return Parsed(None, read.findings)
    options = [option for option in split_names(read.value, singles) if not cells.is_no_answer(option)]
    return Parsed(tuple(dict.fromkeys(options)) or None)
