"""A column: its names, what its cells may hold, and how a cell is read.

A `Column` is written once, in the annotation of a row model's field, where it is the field's validator. The header
search, the template, and the docs read the same object.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import Annotated, Any, ClassVar, Final, TypeAlias, cast

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from nethealth.workbook.cells.characters import folded
from nethealth.workbook.cells.dates import DAY_OR_MONTH, read_date
from nethealth.workbook.cells.numbers import read_number
from nethealth.workbook.cells.parsed import BLANK, FORMULA_TEXT, CellProblem, Parsed
from nethealth.workbook.cells.scale_answers import read_scale_answer
from nethealth.workbook.cells.text import is_left_open, read_free_text, read_link, read_name, read_text, read_yes_no
from nethealth.workbook.raw import RawCell
from nethealth.workbook.records import Severity
from nethealth.workbook.schema.vocabulary import Scale


class CellKind(Enum):
    """What the cells of a column hold. Decides how the reader reads them and the template formats them."""

    NAME = "a name or a Member ID"
    NAMES = "a list of names"
    WORDS = "a list of words"
    TEXT = "a line of text"
    FREE_TEXT = "free text"
    DATE = "a date"
    MONTH = "a month"
    NUMBER = "a number"
    COUNT = "a count"
    SHARE = "a share"
    YES_NO = "yes or no"
    DONE = "yes, no or a date"
    SCALE = "an answer on a scale"
    MEASURE = "a number, or an answer on a scale"
    CHOICE = "one of a few words"
    CHOICES = "some of a few words"
    COUNT_OR_NAMES = "a count or a list of names"
    LINK = "a web address"
    LABEL = "a line of text, or a year"
    ANYTHING = "anything"


@dataclass(slots=True)
class RowContext:
    """What a row's validator needs to know, and where it puts the problems it finds."""

    today: dt.date
    day_first: bool = False
    is_date_order_known: bool = False
    """True if the times themselves show that `day_first` is right, so that no note is needed."""
    is_date_order_chosen: bool = False
    """True if staff chose the order of dates in Settings, so that no language changes it."""
    date_orders: Mapping[Column, bool] = field(default_factory=dict)
    """Columns of the current tab whose dates show whether the day comes first (True) or the month."""
    day_first_columns: frozenset[Column] = frozenset()
    """Columns of the current tab whose dates leave that open, and whose language puts the day first."""
    decimal_commas: frozenset[Column] = frozenset()
    """Columns of the current tab whose numbers have decimal commas."""
    scales: Mapping[str, Scale] = field(default_factory=dict)
    """By folded name."""
    extra: Mapping[str, Callable[[RawCell], Parsed[Any]]] = field(default_factory=dict)
    """How to read each extra column, by its header."""
    measures: Mapping[str, Callable[[RawCell], Parsed[float]]] = field(default_factory=dict)
    """How to read each MEASURE column, by its name, as all its cells together show."""
    keep_extra_raw: bool = False
    """Pass extra columns on as typed, for a reader that reads them column by column."""
    problems: list[tuple[Column | str, CellProblem, RawCell]] = field(default_factory=list)
    """The problems of the current row: the column (or extra header), the problem, what was typed."""
    parsed_cells: dict[Column, dict[str, Parsed[Any]]] = field(default_factory=dict)
    """What texts were read as, by column: names, types, and waves repeat thousands of times in a workbook."""

    def order_of(self, column: Column) -> tuple[bool, bool]:
        """Return True if the day comes first in a column, and True if that is sure."""
        if column in self.date_orders:
            return self.date_orders[column], True
        return column in self.day_first_columns or self.day_first, self.is_date_order_known


NOT_WHOLE: Final = CellProblem(
    Severity.WARNING, "This count isn’t a whole number. We used it as typed.", "Type how many, such as 12."
)
WITH_POINT: Final = CellProblem(
    Severity.NOTE,
    "This number ends in “.0”, so we read it without.",
    "No action needed. To clear this note, type 2024.",
)
_MAX_CACHED: Final = 10_000
_LONGEST_CACHED: Final = 80
_RARELY_REPEATED: Final = frozenset({CellKind.FREE_TEXT, CellKind.NAMES, CellKind.LINK, CellKind.ANYTHING})
_REQUIRED: Final = PydanticCustomError("required", "required")
_PERCENT: Final = ("%", "٪", "％")
_WHOLE_NUMBER: Final = re.compile(r"(\d{1,6})\.0")
_SEPARATORS: Final = re.compile(r"[;,/&+\n]|\band\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Column:
    """One column of a tab, or one setting."""

    name: str
    kind: CellKind = CellKind.TEXT
    aliases: tuple[str, ...] = ()
    """Other headers; the first one found wins."""
    required: bool = False
    """The tab needs the column, and each row a value in it (unless the row model has a default)."""
    keeps_row: bool = False
    """An unreadable value in this required column counts as blank, and the row stays."""
    help: str = ""
    """What to type, for the header's note in the template."""
    options: type[StrEnum] | tuple[str, ...] = ()
    """The words that a CHOICE or CHOICES column knows."""
    spellings: Mapping[str, str] = field(default_factory=dict)
    """Further words for an option, or for a label of the scale, as people type them."""
    unreadable: Any = None
    """The value used if a cell holds none of the options, or neither yes nor no."""
    assumption: str = ""
    """The warning shown then."""
    scale: Scale | None = None
    end_of_period: bool = False
    """A date given as a month or a year means its last day."""
    years_ahead: int | None = None
    """A date further ahead than this is a problem."""
    has_spare: bool = False
    """If several headers mean this column, the others are used in rows that leave the first blank."""
    default: str | None = None
    """Of a setting: what applies until it is set, in words."""

    _repeats: bool = field(init=False)
    _reader: Callable[[Column, RawCell, RowContext], Parsed[Any]] = field(init=False)

    def __post_init__(self) -> None:
        # Looked up once, since both are needed for every cell.
        object.__setattr__(self, "_repeats", self.kind not in _RARELY_REPEATED)
        object.__setattr__(self, "_reader", _READERS[self.kind])

    @property
    def choices(self) -> tuple[str, ...]:
        """The options of a drop-down, in order; empty if any text is allowed."""
        if self.kind is CellKind.YES_NO:
            return ("yes", "no")
        return self.options if isinstance(self.options, tuple) else tuple(option.value for option in self.options)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """The column is its own validator."""
        return core_schema.with_info_plain_validator_function(self._validate)

    def _validate(self, cell: RawCell, info: ValidationInfo) -> Any:
        context = cast(RowContext, info.context)
        parsed = self.read(cell, context=context)
        if parsed.problems:
            context.problems.extend((self, problem, cell) for problem in parsed.problems)
        if parsed.value is None and self.required and not (self.keeps_row and parsed.problems):
            raise _REQUIRED
        return parsed.value

    def read(self, cell: RawCell, *, context: RowContext) -> Parsed[Any]:
        """Read a cell of this column."""
        if type(cell) is not str or not self._repeats or len(cell) > _LONGEST_CACHED:
            return self._reader(self, cell, context)
        memory = context.parsed_cells.get(self)
        if memory is None:
            memory = context.parsed_cells[self] = {}
        known = memory.get(cell)
        if known is None:
            known = self._reader(self, cell, context)
            if len(memory) < _MAX_CACHED:
                memory[cell] = known
        return known


class Row(BaseModel):
    """A row of a tab. A subclass says in its docstring what its tab is for."""

    model_config = ConfigDict(frozen=True, extra="ignore", arbitrary_types_allowed=True)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tab:
    """One tab of the contract, made from its row model."""

    name: str
    aliases: tuple[str, ...]
    model: type[Row]
    columns: Mapping[str, Column]
    """By the model's field."""
    purpose: str
    """What the tab is for."""
    extra: str | None = None
    """What columns of the user's own mean here; None if they are ignored."""
    are_extras_alone_blank: bool = False
    """A row with only extra columns filled counts as blank, and two extra columns with one header are both skipped."""
    is_form: bool = False
    """Several tabs filled by Google Forms may feed this one."""

    FIRST_HEADERS: ClassVar[int] = 3
    """If a tab requires no column, its header row is the first with this many text cells."""

    @property
    def required(self) -> tuple[str, ...]:
        """The fields whose columns the tab needs."""
        return tuple(name for name, column in self.columns.items() if column.required)


def columns_of(model: type[Row]) -> dict[str, Column]:
    """Return the columns that a row model declares, by field."""
    return {
        name: column
        for name, info in model.model_fields.items()
        for column in info.metadata
        if isinstance(column, Column)
    }


def tab(
    name: str,
    model: type[Row],
    *,
    aliases: tuple[str, ...] = (),
    extra: str | None = None,
    are_extras_alone_blank: bool = False,
    is_form: bool = False,
) -> Tab:
    """Return the tab whose rows `model` declares."""
    return Tab(
        name=name,
        aliases=aliases,
        model=model,
        columns=columns_of(model),
        purpose=" ".join((model.__doc__ or "").split()),
        extra=extra,
        are_extras_alone_blank=are_extras_alone_blank,
        is_form=is_form,
    )


@dataclass(frozen=True, slots=True)
class ExtraColumns:
    """The validator of a row's extra columns: turns a mapping from header to cell into one from header to value."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Read each cell as the context says for its column; leave out blank and unreadable ones."""
        return core_schema.with_info_plain_validator_function(self._validate)

    @staticmethod
    def _validate(cells_by_header: Mapping[str, RawCell], info: ValidationInfo) -> dict[str, Any]:
        context = cast(RowContext, info.context)
        if context.keep_extra_raw:
            return dict(cells_by_header)
        values = {}
        for header, cell in cells_by_header.items():
            parsed = context.extra[header](cell)
            if parsed.problems:
                context.problems.extend((header, problem, cell) for problem in parsed.problems)
            if parsed.value is not None:
                values[header] = parsed.value
        return values


# One reader for each kind of cell.


def _unreadable(message: str, remedy: str, *, severity: Severity = Severity.ERROR) -> tuple[CellProblem, ...]:
    return (CellProblem(severity, message, remedy),)


def _unless_open(
    reader: Callable[[Column, RawCell, RowContext], Parsed[Any]],
) -> Callable[[Column, RawCell, RowContext], Parsed[Any]]:
    """As `reader`, but treat `N/A`, `TBD`, and the like as blank."""

    def read(column: Column, cell: RawCell, context: RowContext) -> Parsed[Any]:
        return BLANK if isinstance(cell, str) and is_left_open(cell) else reader(column, cell, context)

    return read


def _usual(reader: Callable[[RawCell], Parsed[Any]]) -> Callable[[Column, RawCell, RowContext], Parsed[Any]]:
    return lambda _column, cell, _context: reader(cell)


def _list(_column: Column, cell: RawCell, _context: RowContext) -> Parsed[str]:
    read = read_free_text(cell)
    # No list of names looks like a formula.
    return FORMULA_TEXT if read.value is not None and read.value[0] in "=＝" else read


def _date(column: Column, cell: RawCell, context: RowContext) -> Parsed[dt.date]:
    read = _in_order(column, cell, context)
    if column.years_ahead is None or read.value is None:
        return read
    if read.value <= years_after(context.today, column.years_ahead):
        return read
    return Parsed(
        None, _unreadable("This date is more than a year away, so we treated it as blank.", "Check the year.")
    )


def _in_order(column: Column, cell: RawCell, context: RowContext) -> Parsed[dt.date]:
    """Read a date with the day or the month first: as its column shows, else as the setting says."""
    day_first, is_known = context.order_of(column)
    read = read_date(cell, day_first=day_first, end_of_period=column.end_of_period, is_order_known=is_known)
    if not read.problems or not is_known:
        return read
    return Parsed(read.value, tuple(each for each in read.problems if each is not DAY_OR_MONTH[day_first]))


def years_after(day: dt.date, years: int) -> dt.date:
    """Return the same day `years` later; February 28 for a February 29."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _month(column: Column, cell: RawCell, context: RowContext) -> Parsed[dt.date]:
    read = _in_order(column, cell, context)
    return read if read.value is None else Parsed(read.value.replace(day=1), read.problems)


def _label(_column: Column, cell: RawCell, _context: RowContext) -> Parsed[str]:
    read = read_text(cell)
    whole = None if read.value is None else _WHOLE_NUMBER.fullmatch(read.value)
    return read if whole is None else Parsed(whole[1], (*read.problems, WITH_POINT))


def _share(_column: Column, cell: RawCell, _context: RowContext) -> Parsed[float]:
    read = read_number(cell)
    if read.value is None or 0 <= read.value <= 1:
        return read
    if 1 < read.value <= 100 and not str(cell).strip().endswith(_PERCENT):
        problem = CellProblem(
            Severity.NOTE, "We read this share as a percentage.", "Type it as 45% or 0.45 to be sure."
        )
        return Parsed(read.value / 100, (*read.problems, problem))
    return Parsed(
        None, _unreadable("This share isn’t between 0 and 100%, so we skipped it.", "Type it as 45% or 0.45.")
    )


def _yes_no(column: Column, cell: RawCell, _context: RowContext) -> Parsed[bool]:
    read = read_yes_no(cell)
    if read.problems and column.unreadable is not None:
        return Parsed(column.unreadable, _unreadable(column.assumption, "Type yes or no.", severity=Severity.WARNING))
    return read


def _done(column: Column, cell: RawCell, context: RowContext) -> Parsed[bool | dt.date]:
    answer = read_yes_no(cell)
    if not answer.problems:
        return Parsed(answer.value)
    day = _in_order(column, cell, context)
    if day.value is not None:
        return Parsed(day.value, day.problems)
    message = "We couldn’t read this as yes, no, or a date, so it counts as not done."
    return Parsed(None, _unreadable(message, "Type yes, no, or the day it was done."))


def _scale(column: Column, cell: RawCell, context: RowContext) -> Parsed[float]:
    if column.scale is None:
        return read_number(cell)
    typed = cell
    if column.spellings and isinstance(cell, str):
        key = folded(cell)
        cell = next((label for other, label in column.spellings.items() if folded(other) == key), cell)
    answer = read_scale_answer(cell, context.scales.get(folded(column.scale.name), column.scale))
    # Tried after the scale, since one of its answers may be "Not yet".
    return BLANK if answer.value is None and isinstance(typed, str) and is_left_open(typed) else answer


def _measure(column: Column, cell: RawCell, context: RowContext) -> Parsed[float]:
    return context.measures[column.name](cell)


def _option(column: Column, words: str) -> str | None:
    key = folded(words)
    for option in column.choices:
        if folded(option) == key:
            return option
    return next((option for other, option in column.spellings.items() if folded(other) == key), None)


def _as_option(column: Column, option: str) -> str:
    return option if isinstance(column.options, tuple) else column.options(option)


def _none_of(column: Column) -> tuple[str, str]:
    return "This isn’t one of this column’s options, so we skipped it.", f"Use {one_of(column.choices)}."


def _choice(column: Column, cell: RawCell, _context: RowContext) -> Parsed[str]:
    read = read_text(cell)
    if read.value is None:
        return read
    option = _option(column, read.value)
    if option is not None:
        return Parsed(_as_option(column, option))
    message, remedy = _none_of(column)
    if column.unreadable is not None:
        return Parsed(column.unreadable, _unreadable(column.assumption, remedy, severity=Severity.WARNING))
    return Parsed(None, _unreadable(message, remedy))


def _choices(column: Column, cell: RawCell, _context: RowContext) -> Parsed[frozenset[str]]:
    read = read_free_text(cell)
    if read.value is None:
        return Parsed(None, read.problems)
    whole = _option(column, read.value)
    words = [whole] if whole else [piece for piece in _SEPARATORS.split(read.value) if piece.strip()]
    options = [_option(column, word) for word in words]
    known = frozenset(_as_option(column, option) for option in options if option is not None)
    return Parsed(known or None, () if all(options) else _unreadable(*_none_of(column)))


def _number(column: Column, cell: RawCell, context: RowContext) -> Parsed[float]:
    return read_number(cell, decimal_comma=column in context.decimal_commas)


def _count(column: Column, cell: RawCell, context: RowContext) -> Parsed[float]:
    read = _number(column, cell, context)
    if read.value is None or (read.value >= 0 and not str(cell).strip().endswith(_PERCENT)):
        is_whole = read.value is None or read.value.is_integer()
        return read if is_whole else Parsed(read.value, (*read.problems, NOT_WHOLE))
    return Parsed(None, _unreadable("This isn’t a count, so we skipped it.", "Type how many, such as 12."))


def _count_or_names(column: Column, cell: RawCell, context: RowContext) -> Parsed[float | str]:
    count = _count(column, cell, context)
    is_number = not read_number(cell).problems
    if is_number or not isinstance(cell, str):
        return Parsed(count.value, count.problems)
    listed = _list(column, cell, context)
    return Parsed(listed.value, listed.problems)


def one_of(choices: tuple[str, ...]) -> str:
    """Join the choices as text: `A`, `A or B`, `A, B, or C`."""
    if len(choices) < 3:
        return " or ".join(choices)
    return f"{', '.join(choices[:-1])}, or {choices[-1]}"


_READERS: Final[dict[CellKind, Callable[[Column, RawCell, RowContext], Parsed[Any]]]] = {
    CellKind.NAME: _usual(read_name),
    CellKind.NAMES: _list,
    CellKind.WORDS: _usual(read_free_text),
    CellKind.TEXT: _usual(read_text),
    CellKind.FREE_TEXT: _usual(read_free_text),
    CellKind.DATE: _unless_open(_date),
    CellKind.MONTH: _unless_open(_month),
    CellKind.NUMBER: _unless_open(_number),
    CellKind.COUNT: _unless_open(_count),
    CellKind.SHARE: _unless_open(_share),
    CellKind.YES_NO: _yes_no,
    CellKind.DONE: _done,
    CellKind.SCALE: _scale,
    CellKind.MEASURE: _measure,
    CellKind.CHOICE: _choice,
    CellKind.CHOICES: _choices,
    CellKind.COUNT_OR_NAMES: _count_or_names,
    CellKind.LINK: _unless_open(_usual(read_link)),
    CellKind.LABEL: _label,
    CellKind.ANYTHING: _usual(Parsed),
}

# Columns that several tabs have.

EntryId: TypeAlias = Annotated[
    str | None, Column(name="Entry ID", help="The app fills this in for rows it adds. Leave it blank.")
]
NamedWave: TypeAlias = Annotated[
    str | None,
    Column(name="Wave", kind=CellKind.LABEL, help="The wave (round of asking), named as in the Waves tab."),
]
