"""Forms in which people say whom they know: told apart from surveys by their headers, and read as ties.

Google Forms writes a grid as one column a row, headed `Question [Row]`, and ticked boxes joined by `, `. A form whose
grid rows, or whose ticked answers, are members' names is about relationships.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from nethealth.workbook.cells.characters import folded
from nethealth.workbook.cells.dates import order_of_times
from nethealth.workbook.cells.names import split_names
from nethealth.workbook.cells.numbers import read_number
from nethealth.workbook.cells.parsed import FORMULA_TEXT, CellProblem, Parsed
from nethealth.workbook.cells.scale_answers import guess_scale, read_scale_answer
from nethealth.workbook.cells.text import is_error_value, is_no_answer, read_free_text, read_yes_no
from nethealth.workbook.raw import RawCell
from nethealth.workbook.readers.connections import Waves
from nethealth.workbook.readers.directory import Directory
from nethealth.workbook.readers.name_resolution import names_of_respondent, one_person, several_people
from nethealth.workbook.readers.tab_rows import TabRows
from nethealth.workbook.records import Connection, PersonKey, Severity
from nethealth.workbook.schema.survey_tabs import SurveyRow
from nethealth.workbook.schema.tabs import RowContext
from nethealth.workbook.schema.vocabulary import STRENGTH, HeardThrough, Scale, WaveKind

GRID: Final = re.compile(r"(?P<question>.*?)\s*\[(?P<row>[^\[\]]+)\]\s*", re.DOTALL)
_CELLS_LOOKED_AT: Final = 200
_GRID_CELLS_LOOKED_AT: Final = 5000
_SHARE_OF_NAMES: Final = 0.5
_NO_TIE: Final = frozenset({"no", "never", "none", "notatall", "nocontact", "noconnection", "nottied", "nil", "false"})
_PIECES: Final = re.compile(r"[;,]\s*")


def row_asked(header: str) -> str:
    """The row that a grid's header asks about; of a question that is in no grid its header."""
    found = GRID.fullmatch(header)
    return found["row"] if found else header


def rows_of_form(table: TabRows[SurveyRow], context: RowContext) -> Iterator[tuple[int, SurveyRow]]:
    """The rows of `Table.read`, with times by the order of day and month that they themselves show, if they do.

    A sheet in Spanish, downloaded as .csv, has the day first; half of its days would pass for days of other months.
    """
    at = table.fields.get("timestamp")
    order = None if at is None else order_of_times(row[at] for row in table.raw.rows if at < len(row))
    before = context.day_first, context.is_order_known, context.remembered
    if order is not None:
        context.day_first, context.is_order_known, context.remembered = order, True, {}
    try:
        yield from table.read(context)
    finally:
        context.day_first, context.is_order_known, context.remembered = before


@dataclass(frozen=True, slots=True)
class GridCell:
    """A column of a relationship grid: the question, and who is asked about."""

    question: str
    name: str


@dataclass(slots=True)
class RelationshipForm:
    """A form tab whose answers are ties."""

    table: TabRows[SurveyRow]
    grid: dict[int, GridCell] = field(default_factory=dict)
    """By column."""
    ticked: dict[int, str] = field(default_factory=dict)
    """Check-box questions whose answers are names, by column."""

    @property
    def questions(self) -> int:
        """How many questions about ties it asks."""
        return len({cell.question for cell in self.grid.values()}) + len(self.ticked)


def relationship_form(table: TabRows[SurveyRow], directory: Directory) -> RelationshipForm | None:
    """The form as one about relationships; None where it is a survey."""
    form = RelationshipForm(table)
    grids: dict[str, dict[int, str]] = {}
    for at, header in table.extra.items():
        if found := GRID.fullmatch(header):
            grids.setdefault(found["question"], {})[at] = found["row"].strip()
    for question, rows in grids.items():
        known = sum(directory.bears(name) for name in rows.values())
        if known and known >= _SHARE_OF_NAMES * len(rows):
            form.grid |= {at: GridCell(question, name) for at, name in rows.items()}
    others = [header for at, header in table.extra.items() if at not in form.grid]
    if directory.people and others:
        answers = _first_answers(table, others)
        form.ticked = {
            at: header
            for at, header in table.extra.items()
            if header in answers and _lists_members(answers[header], directory)
        }
    return form if form.grid or form.ticked else None


def _first_answers(table: TabRows[SurveyRow], headers: Collection[str]) -> dict[str, list[RawCell]]:
    """The first answers under each header, read in one pass."""
    answers: dict[str, list[RawCell]] = {header: [] for header in headers}
    wanted = dict(answers)
    for _, _, other in table.cells():
        for header in [header for header in wanted if header in other]:
            wanted[header].append(other[header])
            if len(wanted[header]) == _CELLS_LOOKED_AT:
                del wanted[header]
        if not wanted:
            break
    return answers


def _lists_members(answers: Iterable[RawCell], directory: Directory) -> bool:
    """Whether ticked answers are members' names: most parts are, and some answers have several."""
    known = total = 0
    has_several = False
    for cell in answers:
        if not isinstance(cell, str) or len(cell) > 20_000:
            continue
        names = split_names(read_free_text(cell).value or "", directory.index)
        known_here = sum(map(directory.bears, names))
        known, total = known + known_here, total + len(names)
        has_several = has_several or known_here > 1
    return has_several and known > _SHARE_OF_NAMES * total


@dataclass(frozen=True, slots=True)
class _Tied:
    """An answer in a grid that is a tie, with its strength where it has one."""

    strength: float | None


def _grid_reader(scale: Scale) -> Any:
    def read(cell: RawCell) -> Parsed[_Tied]:
        if is_no_answer(cell) or cell is False or (isinstance(cell, str) and folded(cell) in _NO_TIE):
            return Parsed(None)
        if cell is True or (isinstance(cell, str) and read_yes_no(cell).value is True and not cell.strip().isdigit()):
            return Parsed(_Tied(None))
        number = read_number(cell)
        if number.value == 0:
            return Parsed(None)
        answer = read_scale_answer(cell, scale)
        if not answer.problems:
            return Parsed(_Tied(answer.value))
        if isinstance(cell, str) and number.problems:
            # A grid of check boxes joins what was ticked: the strongest counts.
            pieces = [read_scale_answer(piece, scale).value for piece in _PIECES.split(cell)]
            ticked = [piece for piece in pieces if piece is not None]
            if len(pieces) > 1 and len(ticked) == len(pieces):
                return Parsed(_Tied(max(ticked)))
            if is_error_value(cell) or answer.problems == FORMULA_TEXT.problems:
                return Parsed(None, answer.problems)
            if re.match(r"\s*0\b", cell):
                return Parsed(None)
        problem = answer.problems[0]
        # The tie stays; only its strength is not known.
        told = CellProblem(Severity.ERROR, "This is no strength; the tie is kept without one.", problem.remedy)
        return Parsed(_Tied(None), (told,))

    return read


def _scale_of(form: RelationshipForm, scales: Mapping[str, Scale]) -> Scale:
    """The scale of the grid's answers: strength, unless they are plainly the words of another one."""
    strength = scales.get(folded(STRENGTH.name), STRENGTH)
    columns = _first_answers(form.table, [form.table.extra[at] for at in form.grid])
    answers = [cell for column in columns.values() for cell in column][:_GRID_CELLS_LOOKED_AT]
    guessed = guess_scale(answers, list(scales.values()))
    if guessed is None or guessed == strength:
        return strength
    fits = sum(not read_scale_answer(cell, strength).problems for cell in answers)
    if 2 * fits >= len(answers):
        return strength
    form.table.tell(
        Severity.NOTE,
        f"The answers look like the scale {guessed.name}, not {strength.name}; its values are used as strengths.",
        f"To set what each answer means, add a scale “{strength.name}” to the Scales tab.",
        row=form.table.header_row + 1,
        at=next(iter(form.grid)),
    )
    return guessed


@dataclass(slots=True)
class _Answered:
    row: int
    date: dt.date | None
    table: TabRows[SurveyRow]
    ties: list[Connection]


def read_relationship_forms(
    forms: list[RelationshipForm], context: RowContext, directory: Directory, waves: Waves
) -> list[Connection]:
    """The ties that forms tell. Of somebody who answered a wave twice the last answers count."""
    latest: dict[tuple[PersonKey, str | None], _Answered] = {}
    for form in forms:
        if not form.table.has("respondent"):
            form.table.tell(
                Severity.ERROR,
                "This form asks about relationships, and no column says who answered; the tab is left out.",
                "Head the column of who answered “Respondent” (“Name” or “Email address” will do too).",
            )
            form.table.rows = form.table.rejected = sum(1 for _ in form.table.cells())
            continue
        _read_form(form, context, directory, waves, latest)
    for person, wave in latest:
        waves.answered(wave, person)
    return [tie for answered in latest.values() for tie in answered.ties]


def _read_form(
    form: RelationshipForm,
    context: RowContext,
    directory: Directory,
    waves: Waves,
    latest: dict[tuple[PersonKey, str | None], _Answered],
) -> None:
    table = form.table
    grid_reader = _grid_reader(_scale_of(form, context.scales))
    readers: dict[str, Any] = {}
    for at, header in table.extra.items():
        if at in form.grid:
            readers[header] = grid_reader
        elif at in form.ticked:
            readers[header] = read_free_text
        else:
            table.tell(
                Severity.NOTE,
                "This form is read as one about relationships; this column is not read.",
                "Nothing needs doing. To have it read as a question, ask it in a form of its own.",
                row=table.header_row + 1,
                at=at,
                value=header,
            )
    table.extra = {at: header for at, header in table.extra.items() if header in readers}
    context.extra = readers
    asked = _asked_about(form, directory)
    for number, row in rows_of_form(table, context):
        names = names_of_respondent(table, row.respondent, row=number)
        if not names:
            message = "Nobody is named as the one who answered; this row is left out."
            table.reject(message, "Fill in who answered.", row=number, at="respondent", value=None)
            continue
        fate = "the answers are left out"
        name = next(filter(directory.bears, names), names[0])
        person = one_person(table, directory, name, row=number, at="respondent", fate=fate)
        if person is None:
            table.rejected += 1
            continue
        wave = waves.named(row.wave, WaveKind.RELATIONSHIPS, row.timestamp) or waves.by_date(
            WaveKind.RELATIONSHIPS, row.timestamp
        )
        ties = _ties_of(form, directory, asked, number, row, person, wave)
        answered = _Answered(number, row.timestamp, table, ties)
        earlier = latest.get((person, wave))
        if earlier is not None:
            answered = tell_answered_twice(earlier, answered)
        latest[(person, wave)] = answered


def tell_answered_twice(earlier: Any, later: Any) -> Any:
    """Of two answers of one person (with `row`, `date` and `table`) the last; the other is told."""
    if earlier.date is not None and later.date is not None and later.date < earlier.date:
        earlier, later = later, earlier
    earlier.table.merged += 1
    earlier.table.tell(
        Severity.NOTE,
        "This person answered again later; the later answers count.",
        "Nothing needs doing.",
        row=earlier.row,
        at="respondent",
    )
    return later


def _asked_about(form: RelationshipForm, directory: Directory) -> dict[str, PersonKey]:
    """Whom each grid column is about, by its header. A name that nobody bears is told at the header."""
    asked = {}
    for at, cell in form.grid.items():
        person = one_person(
            form.table, directory, cell.name, row=form.table.header_row + 1, at=at, fate="the column is left out"
        )
        if person is not None:
            asked[form.table.extra[at]] = person
    return asked


def _ties_of(
    form: RelationshipForm,
    directory: Directory,
    asked: Mapping[str, PersonKey],
    number: int,
    row: SurveyRow,
    person: PersonKey,
    wave: str | None,
) -> list[Connection]:
    found: list[tuple[PersonKey, float | None, str]] = []
    for at, cell in form.grid.items():
        header = form.table.extra[at]
        if not form.table.fills(number, at):
            continue
        tied = row.answers.get(header)
        if isinstance(tied, _Tied) and header in asked:
            found.append((asked[header], tied.strength, cell.question))
    for at, header in form.ticked.items():
        if not form.table.fills(number, at):
            continue
        if (text := row.answers.get(header)) and not is_no_answer(text):
            names, _ = several_people(form.table, directory, text, row=number, at=at)
            found.extend((name, None, header) for name in names)
    if any(target == person for target, _, _ in found):
        message = "Somebody answered about themself; that answer is left out."
        form.table.tell(Severity.NOTE, message, "Nothing needs doing.", row=number, at="respondent")
    return [
        Connection(
            source=person,
            target=target,
            strength=strength,
            kind=question if form.questions > 1 else None,
            date=row.timestamp,
            wave=wave,
            heard_through=HeardThrough.SURVEY,
            row=number,
        )
        for target, strength, question in found
        if target != person
    ]
