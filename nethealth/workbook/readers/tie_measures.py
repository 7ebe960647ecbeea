"""Which columns of Connections say in numbers how a tie is, and how the cells of each are read.

Trust, Value and Frequency always do. A further column does where its cells are numbers, or answers on a scale that the
workbook knows, and where they do not look like something else that is written in digits: numbers of rows, codes,
phones, years.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from nethealth.workbook.cells.characters import folded
from nethealth.workbook.cells.numbers import read_number
from nethealth.workbook.cells.parsed import CellProblem, Parsed
from nethealth.workbook.cells.scale_answers import guess_scale, read_scale_answer
from nethealth.workbook.cells.text import is_left_open
from nethealth.workbook.raw import RawCell
from nethealth.workbook.readers.attributes import FEWEST_FILLED, is_contact_header, is_private, looks_like_contact
from nethealth.workbook.readers.settings import MEASURE
from nethealth.workbook.readers.tab_rows import TabRows, is_filled
from nethealth.workbook.records import Connection, Severity
from nethealth.workbook.schema.columns import CellKind
from nethealth.workbook.schema.membership_tabs import ConnectionRow
from nethealth.workbook.schema.tabs import RowContext
from nethealth.workbook.schema.vocabulary import Scale, TieMeasure

MOST_FURTHER: Final = 12
"""So many further columns are read; with more of them a page is no reading of a network any more."""
LONGEST_NAME: Final = 60
LARGEST: Final = 1e12
_LOOKED_AT: Final = 1_000
_SHARE_THAT_FITS: Final = 0.8
_HALF: Final = 0.5
_SMALLEST_CODE: Final = 1_000_000
_YEARS: Final = range(1900, 2101)

# A column with a last word of these counts, orders or names its rows; "hours a week" and "share of time" do not.
_NAMES_ROWS: Final = frozenset({
    "id", "ids", "code", "codes", "zip", "zipcode", "postcode", "key", "ref", "reference", "uuid", "number", "no",
    "num", "nr", "row", "index", "line", "order", "lat", "latitude", "lon", "lng", "long", "longitude", "date", "day",
    "month", "quarter", "year", "time", "timestamp", "wave", "round", "note", "notes", "comment", "comments", "código",
    "año", "fecha", "mes", "día", "número", "notas", "comentarios",
})  # fmt: skip
_PER: Final = frozenset(
    {"a", "an", "per", "each", "every", "by", "in", "of", "this", "last", "past", "al", "por", "cada"}
)
_ID_AT_THE_END: Final = re.compile(r"(?:[a-z]|\b)IDs?$")
_WORDS: Final = re.compile(r"[^\W_]+")

TOO_LARGE: Final[Parsed[Any]] = Parsed(
    None,
    (
        CellProblem(
            Severity.ERROR,
            "This number is too large to say how a tie is; it is left out.",
            "Type a number of at most twelve digits.",
        ),
    ),
)
NOT_KNOWN: Final = "The dashboard knows no column of this name here; it is not read."


@dataclass(frozen=True, slots=True)
class MeasureColumns:
    """The columns of one tab that say in numbers how ties are."""

    of_fields: Mapping[str, TieMeasure]
    """Those of the contract, by the fields of a row."""
    extra: Sequence[TieMeasure]

    def answered(self, connections: Iterable[Connection]) -> tuple[TieMeasure, ...]:
        """Those for which somebody gave a number: the contract's first, then in the order of the sheet."""
        given = {name for tie in connections for name in tie.measures}
        return tuple(each for each in (*self.of_fields.values(), *self.extra) if each.name in given)


def find_measures(
    table: TabRows[ConnectionRow], context: RowContext, *, wanted: frozenset[str] = frozenset()
) -> MeasureColumns:
    """The measures of ties that a tab has; from here on `context` reads them, and `table.further` holds no other.

    Of each further column it is told whether it is read, and how that is changed: staff turn one off by ending its
    header in `(private)`, and on by naming it in the Column names tab with `Measure` (`wanted`, folded headers).
    """
    of_fields: dict[str, TieMeasure] = {}
    context.measures, context.extra = {}, {}
    for field, column in table.tab.columns.items():
        if column.kind is not CellKind.MEASURE or not table.has(field):
            continue
        filled = _filled(table, table.fields[field])
        usual = column.scale and context.scales.get(folded(column.scale.name), column.scale)
        reader, scale = _reader_of(column.name, filled, context, spellings=column.spellings)
        if reader is None:
            reader, scale = _reader(usual, column.spellings), usual
        of_fields[field] = TieMeasure(column.name, scale)
        context.measures = {**context.measures, column.name: reader}
    own_names = [column.name for column in table.tab.columns.values()]
    kept: dict[int, str] = {}
    extra: list[TieMeasure] = []
    readers: dict[str, Callable[[RawCell], Parsed[Any]]] = {}
    # Those that staff ask for are never the ones that are too many.
    for at, header in sorted(table.extra.items(), key=lambda item: folded(item[1]) not in wanted):
        filled = _filled(table, at)
        is_wanted = folded(header) in wanted
        reader, scale = _reader_of(header, filled, context)
        why = _why_not(header, filled, is_wanted=is_wanted, is_readable=reader is not None)
        if why is None and len(kept) == MOST_FURTHER:
            why = f"is one of more than {MOST_FURTHER} columns of numbers"
        if why is None:
            name = _name(header, taken=[*readers, *own_names])
            kept[at] = name
            readers[name] = reader or _reader(None)
            extra.append(TieMeasure(name, scale))
        _tell(table, at, header, why, is_wanted=is_wanted)
    table.extra = dict(sorted(kept.items()))
    context.extra = readers
    order = list(table.extra.values())
    return MeasureColumns(of_fields, sorted(extra, key=lambda each: order.index(each.name)))


def _filled(table: TabRows[ConnectionRow], at: int) -> list[RawCell]:
    """The first answers of a column: what is left open (`N/A`, `TBD`) is none."""
    rows = islice(table.raw.rows, table.header_row + 1, None)
    filled = (row[at] for row in rows if at < len(row) and is_filled(row[at]))
    return [cell for cell in islice(filled, _LOOKED_AT) if not is_left_open(cell)]


def _reader_of(
    name: str, filled: Sequence[RawCell], context: RowContext, *, spellings: Mapping[str, str] | None = None
) -> tuple[Callable[[RawCell], Parsed[float]] | None, Scale | None]:
    """How the cells of a column are read, and on which scale; None where they look like neither numbers nor answers.

    A scale of the column's own name comes first, then numbers, then any scale whose words the cells are.
    """
    named = context.scales.get(folded(name))
    if named is not None and _fits(filled, reader := _reader(named, spellings)):
        return reader, named
    if _fits(filled, reader := _reader(None)):
        return reader, None
    guessed = guess_scale(filled, list(context.scales.values())) if _are_words(filled) else None
    return (None, None) if guessed is None else (_reader(guessed), guessed)


def _reader(scale: Scale | None, spellings: Mapping[str, str] | None = None) -> Callable[[RawCell], Parsed[float]]:
    """A reader of numbers, or of answers on a scale whose labels have further `spellings`."""
    labels = {folded(other): label for other, label in (spellings or {}).items()}

    def read(cell: RawCell) -> Parsed[float]:
        # Most cells of most sheets, at once.
        if scale is None and isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) <= LARGEST:
            return Parsed(float(cell))
        answer = read_number(cell) if scale is None else read_scale_answer(cell, scale)
        if answer.value is not None and abs(answer.value) > LARGEST:
            return TOO_LARGE
        if not isinstance(cell, str) or answer.value is not None:
            return answer
        # Only after the scale was asked: it may know the word itself, and one of its answers may be "Not yet".
        if scale is not None and len(cell) < LONGEST_NAME and (label := labels.get(folded(cell))) is not None:
            meant = read_scale_answer(label, scale)
            return answer if meant.value is None else meant
        return Parsed(None) if is_left_open(cell) else answer

    return read


def _fits(filled: Sequence[RawCell], reader: Callable[[RawCell], Parsed[float]]) -> bool:
    return bool(filled) and sum(reader(cell).value is not None for cell in filled) >= _SHARE_THAT_FITS * len(filled)


def _are_words(filled: Sequence[RawCell]) -> bool:
    return any(isinstance(cell, str) and read_number(cell).value is None for cell in filled)


def _why_not(header: str, filled: Sequence[RawCell], *, is_wanted: bool, is_readable: bool) -> str | None:
    """Why a further column is no measure of ties, as what is said of it; "" where nothing about it is like one."""
    if is_private(header):
        return "ends in (private)"
    if not filled:
        return "holds nothing yet"
    if is_wanted:
        return None
    if not is_readable:
        return ""
    return _looks_like(header, filled)


def _looks_like(header: str, filled: Sequence[RawCell]) -> str | None:
    words = _WORDS.findall(header[:1_000].casefold())
    if is_contact_header(header) or _HALF * len(filled) <= sum(map(_is_contact_or_code, filled)):
        return "looks like phone numbers or codes"
    names_rows = bool(words) and words[-1] in _NAMES_ROWS and not _PER.intersection(words[-2:-1])
    if not words or words[0] == "id" or names_rows or _ID_AT_THE_END.search(header):
        return "is headed like one that numbers, dates or notes its rows"
    numbers = [number for cell in filled if (number := read_number(cell).value) is not None]
    if numbers and all(number.is_integer() for number in numbers):
        if all(int(number) in _YEARS for number in numbers):
            return "looks like years"
        if len(numbers) >= FEWEST_FILLED and len(set(numbers)) == len(numbers):
            return "holds another whole number in each row, as if it numbered them"
    if len({folded(cell) if isinstance(cell, str) else cell for cell in filled}) == 1:
        return "holds one answer alone, so that ties cannot be told apart by it"
    return None


def _is_contact_or_code(cell: RawCell) -> bool:
    if isinstance(cell, str):
        digits = cell.strip()
        return (len(digits) > 1 and digits[0] == "0" and digits.isdigit()) or looks_like_contact(cell)
    is_whole = isinstance(cell, int) or (isinstance(cell, float) and cell.is_integer())
    return is_whole and isinstance(cell, int | float) and abs(cell) >= _SMALLEST_CODE


def _name(header: str, *, taken: Iterable[str]) -> str:
    """What a further column is called: its header, cut where it is long, told apart from the others."""
    known = {folded(name) for name in taken}
    short = header if len(header) <= LONGEST_NAME else f"{header[: LONGEST_NAME - 1].rstrip()}…"
    name, number = short, 2
    while folded(name) in known:
        name, number = f"{short} ({number})", number + 1
    return name


def _tell(table: TabRows[ConnectionRow], at: int, header: str, why: str | None, *, is_wanted: bool) -> None:
    named = f"name it in a tab “Column names” with the column “{MEASURE}”"
    if why is None:
        if is_wanted:
            return
        message = "This column is read as a measure of ties, as Trust and Value are."
        remedy = "Nothing needs doing. To have it left alone, end its header in “(private)”."
    elif why == "":
        message = NOT_KNOWN
        remedy = (
            "Nothing needs doing. If it is one of the dashboard's columns, say which in a tab “Column names”; if it "
            f"says in numbers how ties are, {named}."
        )
    else:
        message = f"This column {why}; it is not read."
        remedy = f"Nothing needs doing. If it says in numbers how ties are, {named}."
        if is_private(header):
            remedy = "Nothing needs doing. If it says in numbers how ties are, take “(private)” out of its header."
    table.tell(Severity.NOTE, message, remedy, row=table.header_row + 1, at=at, value=header)
