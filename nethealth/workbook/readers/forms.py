"""Read forms in which people name their contacts, and turn the answers into ties.

Google Forms writes each row of a grid as a column headed `Question [Row]`, and joins ticked boxes with `, `. A form
whose grid rows or ticked answers are members' names is about relationships; the others are surveys.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from nethealth.workbook.cells.characters import folded, tidy
from nethealth.workbook.cells.dates import order_of_times
from nethealth.workbook.cells.names import closest, is_no_name, name_key, split_names, turned
from nethealth.workbook.cells.numbered_headers import shared_questions
from nethealth.workbook.cells.numbers import read_number
from nethealth.workbook.cells.parsed import FORMULA_TEXT, CellProblem, Parsed
from nethealth.workbook.cells.scale_answers import guess_scale, read_scale_answer
from nethealth.workbook.cells.text import (
    LONGEST_LABEL,
    is_error_value,
    is_no_answer,
    read_free_text,
    read_name,
    read_yes_no,
)
from nethealth.workbook.raw import RawCell
from nethealth.workbook.readers.connections import Waves
from nethealth.workbook.readers.directory import Directory
from nethealth.workbook.readers.name_resolution import (
    member_named,
    names_of_respondent,
    resolve_people,
    resolve_person,
)
from nethealth.workbook.readers.tab_rows import TabRows
from nethealth.workbook.records import Connection, PersonKey, Severity
from nethealth.workbook.schema.survey_tabs import SurveyRow
from nethealth.workbook.schema.tabs import RowContext
from nethealth.workbook.schema.vocabulary import STRENGTH, HeardThrough, Scale, WaveKind

GRID: Final = re.compile(r"(?P<question>.*?)\s*\[(?P<row>(?:[^\[\]]++|\[[^\[\]]*+\])++)\]\s*", re.DOTALL)
"""A row may hold brackets of its own."""
_FEWEST_NAMES: Final = 2
"""A grid with as many rows that are members' names is about people, and the other rows are reported."""
MOST_TIES: Final = 150_000
"""Connections that we read from one form: people ticking everyone in a large list make more than we can analyze."""
_NO_NOMINATION: Final = re.compile(
    r"\b(?:facilitat|present(?:ed|er)|speaker|host|train(?:er|ed)|interview|led by|run by|instructor|"
    r"(?:complet|enter|fill|submi|record)\w* (?:in )?by)",
    re.IGNORECASE,
)
"""Words of questions that name members of staff: in a survey, these are no nominations."""
_MOST_WORDS_OF_A_NAME: Final = 4
_ROWS_COMPARED: Final = 60
_CELLS_CHECKED: Final = 200
_GRID_CELLS_CHECKED: Final = 5000
_SHARE_OF_NAMES: Final = 0.5
_NO_TIE: Final = frozenset(
    {
        *("no", "never", "none", "notatall", "nocontact", "noconnection", "nottied", "nil", "false"),
        *("nunca", "ninguno", "ninguna", "nada", "non", "jamais", "aucun", "aucune", "pasdutout", "não", "nao"),
        *("nenhum", "nenhuma", "nein", "nie", "niemals", "garnicht", "keiner", "keine", "keinkontakt"),
        *("stranger", "norelationship", "nointeraction", "notconnected", "notacquainted", "wehaventmet"),
        *("noconozco", "nolaconozco", "noloconozco", "noleconozco", "nãoconheço", "nãoaconheço", "nãooconheço"),
        *("neconnaispas", "jeneconnaispas", "jeneleconnaispas", "jenelaconnaispas", "kenneichnicht", "kennenicht"),
    }
)
_STRANGERS: Final = re.compile(
    r"(?:i )?(?:(?:do not|don['’]?t) know|(?:have not|haven['’]?t|have never|never)(?: yet)? met)"
    r"(?: (?:of|this|that|person|him|her|them|him/her|her/him|or|yet|at|all))*\W*",
    re.IGNORECASE,
)
_POINT: Final = re.compile(r"\d{1,2}\s*[-–—:.=)]\s*(?=\D)")
"""A number before the words of an answer: `1 - Not at all`."""
_PIECES: Final = re.compile(r"[;,]\s*")


def row_asked(header: str) -> str:
    """Return the row that a grid's header asks about; the header itself if it isn't part of a grid."""
    grid = GRID.fullmatch(header)
    return grid["row"] if grid else header


def rows_of_form(table: TabRows[SurveyRow], context: RowContext) -> Iterator[tuple[int, SurveyRow]]:
    """Yield the rows of `TabRows.read`, with day and month in the order that the timestamps themselves show, if any.

    A Spanish Google Sheet downloaded as .csv has the day first; read the other way, many days would change month.
    """
    at = table.fields.get("timestamp")
    order = None if at is None else order_of_times(row[at] for row in table.raw.rows if at < len(row))
    before = context.day_first, context.is_date_order_known, context.parsed_cells
    if order is not None:
        context.day_first, context.is_date_order_known, context.parsed_cells = order, True, {}
    try:
        yield from table.read(context)
    finally:
        context.day_first, context.is_date_order_known, context.parsed_cells = before


@dataclass(frozen=True, slots=True)
class GridCell:
    """A column of a relationship grid: the question, and the person it asks about."""

    question: str
    name: str


@dataclass(slots=True)
class RelationshipForm:
    """A form whose answers are ties."""

    table: TabRows[SurveyRow]
    grid: dict[int, GridCell] = field(default_factory=dict)
    """By column."""
    ticked: dict[int, str] = field(default_factory=dict)
    """Check box questions whose answers are names, by column."""
    nominations: Sequence[int] = ()
    """Those of `ticked` in which people name one member each, next to a survey."""
    has_survey: bool = False
    """True if the form asks other questions, too, which are read as a survey."""

    def kinds(self) -> dict[int, str]:
        """Return the question about ties that each column asks; empty if all ask the same one."""
        shared = shared_questions(self.ticked.values())
        asked = {at: cell.question for at, cell in self.grid.items()} | {
            at: shared[header] for at, header in self.ticked.items()
        }
        return asked if len({*asked.values()}) > 1 else {}

    def split_survey(self) -> TabRows[SurveyRow] | None:
        """Take the form's other questions out of its table, and return them as a survey; None if it asks no others."""
        others = {
            at: header for at, header in self.table.extra.items() if at not in self.grid and at not in self.ticked
        }
        if not others:
            return None
        survey = replace(self.table, extra=others, shares_rows=True)
        self.table = replace(
            self.table, extra={at: self.table.extra[at] for at in (*self.grid, *self.ticked)}, shares_rows=True
        )
        self.has_survey = True
        if self.nominations:
            count = len(self.nominations)
            self.table.report(
                Severity.NOTE,
                f"Members answered {count:,} of these questions with names, so we read them as connections.",
                "No action needed. If the names aren’t connections, list these questions in Questions.",
                row=self.table.header_row + 1,
                at=self.nominations[0],
                value=", ".join(self.table.extra[at] for at in self.nominations),
            )
        return survey

    def report_if_anonymous(self, directory: Directory) -> bool:
        """Report the questions about ties if no row says who answered; return True if so."""
        table = self.table
        if table.has("respondent") and any(
            names_of_respondent(table, directory, read_name(known.get("respondent")).value, row=number)
            for number, known, _ in table.cells()
        ):
            return False
        questions = {cell.question or cell.name: at for at, cell in reversed(self.grid.items())}
        for question, at in (questions | {header: at for at, header in self.ticked.items()}).items():
            table.report(
                Severity.WARNING,
                "This question asks about connections, but no row says who answered, so we skipped it.",
                "No action needed if people answered anonymously. If a column says who answered, rename it to "
                "“Respondent”.",
                row=table.header_row + 1,
                at=at,
                value=question,
            )
        return True


def relationship_form(
    table: TabRows[SurveyRow], directory: Directory, *, questions: Collection[str] = ()
) -> RelationshipForm | None:
    """Return the form if it asks about relationships; None if it is a survey.

    `questions` are the folded questions in the Questions tab. Names that answer one of them needn't be connections.
    """
    form = RelationshipForm(table)
    grids: dict[str, dict[int, str]] = {}
    for at, header in table.extra.items():
        if found := GRID.fullmatch(header):
            grids.setdefault(found["question"], {})[at] = found["row"].strip()
        elif directory.has_name(header):
            # Some tools head the rows of a grid with the row alone.
            grids.setdefault("", {})[at] = header
    for question, rows in grids.items():
        names = {at: member_named(row, directory) or row for at, row in rows.items()}
        if (question or len(rows) >= _FEWEST_NAMES) and _asks_about_people(names.values(), directory):
            form.grid |= {at: GridCell(question, name) for at, name in names.items()}
    others = [header for at, header in table.extra.items() if at not in form.grid]
    if directory.people and others:
        answers = _first_answers(table, others)
        form.ticked = {
            at: header
            for at, header in table.extra.items()
            if header in answers and _lists_members(answers[header], directory)
        }
        if form.grid or form.ticked:
            # Next to other questions about people, one name per answer is enough.
            names_someone = [
                at for at, header in table.extra.items() if _names_members(answers.get(header, ()), directory)
            ]
        else:
            form.nominations = names_someone = _nominations(table, answers, directory, questions=questions)
        form.ticked |= {at: table.extra[at] for at in names_someone}
    return form if form.grid or form.ticked else None


def _nominations(
    table: TabRows[SurveyRow],
    answers: Mapping[str, Sequence[RawCell]],
    directory: Directory,
    *,
    questions: Collection[str],
) -> list[int]:
    """Return the columns in which people name one member each: at least two, and none that Questions lists.

    Next to other questions, they must say who answered, and not ask who led a session.
    """
    asked = {header for header in answers if folded(header) not in questions}
    found = {header for header in asked if _names_members(answers[header], directory)}
    if len(found) < len(answers):
        is_signed = table.has("respondent")
        found = {header for header in found if is_signed and not _NO_NOMINATION.search(header)}
    if len(found) >= _FEWEST_NAMES:
        # In the last of several columns, few people name anyone, perhaps no member.
        shared = shared_questions(asked)
        alike = {shared[header] for header in found}
        found |= {header for header in asked if shared[header] in alike}
    return [at for at, header in table.extra.items() if header in found] if len(found) >= _FEWEST_NAMES else []


def _asks_about_people(rows: Collection[str], directory: Directory) -> bool:
    """True if the rows of a grid are people: several are members' names, or half are, perhaps misspelled."""
    known = [row for row in rows if directory.has_name(row)]
    if known and len(known) >= min(_FEWEST_NAMES, _SHARE_OF_NAMES * len(rows)):
        return True
    words = {word for name in directory.index.names for word in name_key(name).split()} if len(rows) > 1 else set()
    if words and all(set(name_key(row).split()) <= words for row in rows):
        return True
    # A first name alone may be any word, unless all rows are first names.
    wanted = [row for row in rows if 1 < len(row.split()) <= _MOST_WORDS_OF_A_NAME][:_ROWS_COMPARED]
    if not directory.people or len(wanted) < _FEWEST_NAMES:
        return False
    close = sum(directory.has_name(row) or bool(closest(row, directory.index, limit=1)) for row in wanted)
    return close >= max(_FEWEST_NAMES, _SHARE_OF_NAMES * len(rows))


def _first_answers(table: TabRows[SurveyRow], headers: Collection[str]) -> dict[str, list[RawCell]]:
    """Return the first answers under each header, in one pass."""
    answers: dict[str, list[RawCell]] = {header: [] for header in headers}
    wanted = dict(answers)
    for _, _, other in table.cells():
        for header in [header for header in wanted if header in other]:
            wanted[header].append(other[header])
            if len(wanted[header]) == _CELLS_CHECKED:
                del wanted[header]
        if not wanted:
            break
    return answers


def _names_members(answers: Iterable[RawCell], directory: Directory) -> bool:
    """True if most answers are members' names."""
    return _lists_members(answers, directory, needs_several=False)


def _lists_members(answers: Iterable[RawCell], directory: Directory, *, needs_several: bool = True) -> bool:
    """True if ticked answers are members' names: most parts are, and some answers list several if need be."""
    known = total = 0
    has_several = False
    for cell in answers:
        if not isinstance(cell, str) or len(cell) > 20_000:
            continue
        names = split_names(read_free_text(cell).value or "", directory.index)
        known_here = sum(directory.has_name(name) or directory.has_name(turned(name) or "") for name in names)
        known, total = known + known_here, total + len(names)
        has_several = has_several or known_here > 1
    return (has_several or not needs_several) and known > _SHARE_OF_NAMES * total


@dataclass(frozen=True, slots=True)
class _TieAnswer:
    """A grid answer that reports a tie, with its strength if given."""

    strength: float | None


def _says_no_tie(answer: str) -> bool:
    """True if an answer denies a tie, with or without a number: `1 - Not at all`, `I don't know this person`."""
    if len(answer) > LONGEST_LABEL:
        return False
    words = _POINT.sub("", tidy(answer), count=1) if answer.lstrip()[:1].isdigit() else tidy(answer)
    return folded(words) in _NO_TIE or is_no_answer(words) or _STRANGERS.fullmatch(words) is not None


def _grid_reader(scale: Scale) -> Any:
    def read(cell: RawCell) -> Parsed[_TieAnswer]:
        if is_no_answer(cell) or cell is False or (isinstance(cell, str) and _says_no_tie(cell)):
            return Parsed(None)
        if cell is True or (isinstance(cell, str) and read_yes_no(cell).value is True and not cell.strip().isdigit()):
            return Parsed(_TieAnswer(None))
        number = read_number(cell)
        if number.value == 0:
            return Parsed(None)
        answer = read_scale_answer(cell, scale)
        if not answer.problems:
            return Parsed(_TieAnswer(answer.value))
        if isinstance(cell, str) and number.problems:
            # A grid of check boxes joins the ticked options; the strongest counts.
            pieces = [read_scale_answer(piece, scale).value for piece in _PIECES.split(cell)]
            ticked = [piece for piece in pieces if piece is not None]
            if len(pieces) > 1 and len(ticked) == len(pieces):
                return Parsed(_TieAnswer(max(ticked)))
            if is_error_value(cell) or answer.problems == FORMULA_TEXT.problems:
                return Parsed(None, answer.problems)
            if re.match(r"\s*0\b", cell):
                return Parsed(None)
        problem = answer.problems[0]
        # The tie stays; only its strength is unknown.
        message = "We couldn’t read this strength, so we kept the connection without one."
        return Parsed(_TieAnswer(None), (CellProblem(Severity.ERROR, message, problem.remedy),))

    return read


def _scale_of(form: RelationshipForm, scales: Mapping[str, Scale]) -> Scale:
    """Return the scale of the grid's answers: strength, unless they clearly use the words of another scale."""
    strength = scales.get(folded(STRENGTH.name), STRENGTH)
    columns = _first_answers(form.table, [form.table.extra[at] for at in form.grid])
    answers = [cell for column in columns.values() for cell in column][:_GRID_CELLS_CHECKED]
    guessed = guess_scale(answers, list(scales.values()))
    if guessed is None or guessed == strength:
        return strength
    fits = sum(not read_scale_answer(cell, strength).problems for cell in answers)
    if 2 * fits >= len(answers):
        return strength
    form.table.report(
        Severity.NOTE,
        f"These answers fit the {guessed.name} scale better than {strength.name}, so we use its values as strengths.",
        f"To set a strength for each answer, add a scale named “{strength.name}” to the Scales tab.",
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
    """Return the ties that forms report. If someone answered a wave twice, the last answers count."""
    latest: dict[tuple[PersonKey, str | None], _Answered] = {}
    for form in forms:
        if not form.table.has("respondent"):
            form.table.report(
                Severity.ERROR,
                "This form asks about relationships, but no column says who answered, so we skipped this tab.",
                "Rename the column that says who answered to “Respondent”, “Name”, or “Email address”.",
            )
            form.table.rows = form.table.rejected = sum(1 for _ in form.table.cells())
            continue
        _read_form(form, context, directory, waves, latest)
    for person, wave in latest:
        waves.add_respondent(wave, person)
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
    context.extra = {header: grid_reader if at in form.grid else read_free_text for at, header in table.extra.items()}
    asked, kinds = _people_asked_about(form, directory), form.kinds()
    count = 0
    for number, row in rows_of_form(table, context):
        names = names_of_respondent(table, directory, row.respondent, row=number)
        if form.has_survey and not row.answers and not any(map(directory.has_name, names)):
            # The survey says what it makes of this row.
            continue
        if not names:
            message = f"This row doesn’t say who answered, so we skipped {'its names' if form.has_survey else 'it'}."
            table.reject(message, "Fill in who answered.", row=number, at="respondent", value=None)
            continue
        consequence = "we skipped the names in this row" if form.has_survey else "we skipped these answers"
        name = next(filter(directory.has_name, names), names[0])
        person = resolve_person(table, directory, name, row=number, at="respondent", consequence=consequence)
        if person is None:
            table.rejected += 1
            continue
        wave = waves.find_named(row.wave, WaveKind.RELATIONSHIPS, row.timestamp) or waves.find_nearest(
            WaveKind.RELATIONSHIPS, row.timestamp
        )
        ties = _ties_of(form, directory, asked, kinds, number, row, person, wave)
        count += len(ties)
        if count > MOST_TIES:
            table.reject(
                f"This form has more than {MOST_TIES:,} connections. We skipped all answers from this row on.",
                "Keep only the answers of the latest waves.",
                row=number,
                at="respondent",
                value=row.respondent,
            )
            break
        answered = _Answered(number, row.timestamp, table, ties)
        earlier = latest.get((person, wave))
        if earlier is not None:
            answered = keep_latest_answer(earlier, answered)
        latest[(person, wave)] = answered


def keep_latest_answer(earlier: Any, later: Any) -> Any:
    """Return the later of two answers of one person (each with `row`, `date`, and `table`); report the other."""
    if earlier.date is not None and later.date is not None and later.date < earlier.date:
        earlier, later = later, earlier
    earlier.table.merged += 1
    earlier.table.report(
        Severity.NOTE,
        "This person answered again later. We use the later answers.",
        "No action needed.",
        row=earlier.row,
        at="respondent",
    )
    return later


def _people_asked_about(form: RelationshipForm, directory: Directory) -> dict[str, PersonKey]:
    """Return the person each grid column asks about, by header. Unknown names are reported at the header."""
    asked = {}
    for at, cell in form.grid.items():
        person = resolve_person(
            form.table, directory, cell.name, row=form.table.header_row + 1, at=at, consequence="we skipped this column"
        )
        if person is not None:
            asked[form.table.extra[at]] = person
    return asked


def _ties_of(
    form: RelationshipForm,
    directory: Directory,
    asked: Mapping[str, PersonKey],
    kinds: Mapping[int, str],
    number: int,
    row: SurveyRow,
    person: PersonKey,
    wave: str | None,
) -> list[Connection]:
    found: list[tuple[PersonKey, float | None, int]] = []
    for at in form.grid:
        header = form.table.extra[at]
        if not form.table.is_cell_filled(number, at):
            continue
        answer = row.answers.get(header)
        if isinstance(answer, _TieAnswer) and header in asked:
            found.append((asked[header], answer.strength, at))
    for at, header in form.ticked.items():
        if not form.table.is_cell_filled(number, at):
            continue
        if (text := row.answers.get(header)) and (directory.has_name(text) or not is_no_name(text)):
            names, _ = resolve_people(form.table, directory, text, row=number, at=at)
            found.extend((name, None, at) for name in names)
    if any(target == person for target, _, _ in found):
        message = "This person answered about themselves, so we skipped that answer."
        form.table.report(Severity.NOTE, message, "No action needed.", row=number, at="respondent")
    return [
        Connection(
            source=person,
            target=target,
            strength=strength,
            kind=kinds.get(at),
            date=row.timestamp,
            wave=wave,
            heard_through=HeardThrough.SURVEY,
            row=number,
        )
        for target, strength, at in found
        if target != person
    ]
