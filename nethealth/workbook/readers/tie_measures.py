"""Find the columns of Connections that measure ties in numbers, and how to read their cells.

Trust, Value, and Frequency always do. An extra column does if its cells are numbers or answers on a known scale, and
don't look like something else written in digits: row numbers, codes, phone numbers, years.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from nethealth.workbook.cells.characters import folded
from nethealth.workbook.cells.numbers import has_decimal_commas, read_number
from nethealth.workbook.cells.parsed import CellProblem, Parsed
from nethealth.workbook.cells.scale_answers import guess_scale, read_scale_answer
from nethealth.workbook.cells.text import is_left_open
from nethealth.workbook.raw import RawCell
from nethealth.workbook.readers.attributes import FEWEST_FILLED, is_contact_header, is_private, looks_like_contact
from nethealth.workbook.readers.headers import UNKNOWN_COLUMN
from nethealth.workbook.readers.tab_rows import TabRows, is_filled
from nethealth.workbook.records import Connection, Severity
from nethealth.workbook.schema.columns import CellKind
from nethealth.workbook.schema.membership_tabs import MEASURE, ConnectionRow
from nethealth.workbook.schema.survey_tabs import SCALES
from nethealth.workbook.schema.tabs import RowContext
from nethealth.workbook.schema.vocabulary import WEAK_TO_STRONG, Scale, TieMeasure

MAX_EXTRA: Final = 12
"""Extra columns read at most; more would drown a page."""
LONGEST_NAME: Final = 60
LARGEST: Final = 1e12
_FEWEST_BEYOND: Final = 2
_SHARE_BEYOND: Final = 0.2
_SHARE_BEYOND_OF_WEIGHTS: Final = 0.05
"""With at least this share of numbers beyond the scale, a column isn't answers on it with a few typos."""
_CELLS_CHECKED: Final = 1_000
_SHARE_THAT_FITS: Final = 0.8
_HALF: Final = 0.5
_SMALLEST_CODE: Final = 1_000_000
_YEARS: Final = range(1900, 2101)

# A header that ends in one of these words identifies its rows; "hours a week" and "share of time" don't.
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
            "This number is too large, so we skipped it.",
            "Type a number with at most twelve digits.",
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class MeasureColumns:
    """The columns of Connections that measure ties in numbers."""

    by_field: Mapping[str, TieMeasure]
    """The schema's measures, by field of the row model."""
    extra: Sequence[TieMeasure]

    def answered(self, connections: Iterable[Connection]) -> tuple[TieMeasure, ...]:
        """Return the measures that any tie has a number for: the schema's first, then in the workbook's order."""
        given = {name for tie in connections for name in tie.measures}
        return tuple(each for each in (*self.by_field.values(), *self.extra) if each.name in given)


def find_measures(
    table: TabRows[ConnectionRow], context: RowContext, *, wanted: frozenset[str] = frozenset()
) -> MeasureColumns:
    """Return the measures in a tab. From now on, `context` reads them, and `table.extra` holds no other columns.

    For each extra column we report whether we read it. Staff turn one off by ending its header in `(private)`, and on
    by listing it in the Column names tab as `Measure` (`wanted`, folded headers).
    """
    wanted |= _counts_as_measure(table, context) or _words_as_measure(table, context)
    by_field: dict[str, TieMeasure] = {}
    context.measures, context.extra = {}, {}
    for field, column in table.tab.columns.items():
        if column.kind is not CellKind.MEASURE or not table.has(field):
            continue
        filled = _filled(table, table.fields[field])
        usual = column.scale and context.scales.get(folded(column.scale.name), column.scale)
        reader, scale = _reader_of(column.name, filled, context, spellings=column.spellings)
        if reader is None:
            reader, scale = _reader(usual, column.spellings), usual
        by_field[field] = TieMeasure(column.name, scale)
        context.measures = {**context.measures, column.name: _with_averages(reader, scale)}
    own_names = [column.name for column in table.tab.columns.values()]
    chosen: dict[int, str] = {}
    extra: list[TieMeasure] = []
    readers: dict[str, Callable[[RawCell], Parsed[Any]]] = {}
    # Columns that staff asked for come first, so that the limit never drops them.
    for at, header in sorted(table.extra.items(), key=lambda item: folded(item[1]) not in wanted):
        filled = _filled(table, at)
        is_wanted = folded(header) in wanted
        reader, scale = _reader_of(header, filled, context)
        why = _why_not(header, filled, is_wanted=is_wanted, is_readable=reader is not None)
        if why is None and len(chosen) == MAX_EXTRA:
            why = f"comes after {MAX_EXTRA} other columns of numbers"
        if why is None:
            name = _name(header, taken=[*readers, *own_names])
            chosen[at] = name
            readers[name] = _with_averages(reader or _reader(None), scale)
            extra.append(TieMeasure(name, scale))
            if scale is None and has_decimal_commas(filled):
                table.report_decimal_commas(at)
        _report(table, at, header, why, is_wanted=is_wanted)
    table.extra = dict(sorted(chosen.items()))
    context.extra = readers
    order = list(table.extra.values())
    return MeasureColumns(by_field, sorted(extra, key=lambda each: order.index(each.name)))


def _counts_as_measure(table: TabRows[ConnectionRow], context: RowContext) -> frozenset[str]:
    """Read Strength as a measure if many of its numbers are beyond its scale, such as counts of messages; report it.

    Return its folded header, or nothing.
    """
    at, column, scale = table.fields.get("strength"), table.tab.columns["strength"], _strength_scale(table, context)
    if at is None or scale is None:
        return frozenset()
    numbers = [number for cell in _filled(table, at) if (number := read_number(cell).value) is not None]
    beyond = [number for number in numbers if number != 0 and read_scale_answer(number, scale).problems]
    header = table.headers[at]
    # Other tools call counts weights; under our own name, what is beyond the scale is more likely a slip.
    share = _SHARE_BEYOND if folded(header) == folded(column.name) else _SHARE_BEYOND_OF_WEIGHTS
    if len(beyond) < _FEWEST_BEYOND or len(beyond) < share * len(numbers):
        return frozenset()
    name = _use_as_measure(table, at, suffix="number")
    table.report(
        Severity.NOTE,
        f"These numbers go from {min(numbers):g} to {max(numbers):g} and aren’t all on {column.name} "
        f"({scale.lowest:g} to {scale.highest:g}), so we use them to measure connections, like Trust and Value.",
        f"No action needed. If they are meant as {column.name}, type {scale.lowest:g} to {scale.highest:g}.",
        row=table.header_row + 1,
        at=at,
        value=header,
    )
    return frozenset({folded(name)})


def _words_as_measure(table: TabRows[ConnectionRow], context: RowContext) -> frozenset[str]:
    """Read Strength as a measure if its words are weak, strong, and the like, which aren't our steps; report it.

    Return its folded header, or nothing.
    """
    at, column, scale = table.fields.get("strength"), table.tab.columns["strength"], _strength_scale(table, context)
    if at is None or scale is None:
        return frozenset()
    filled = _filled(table, at)
    if not _are_words(filled) or _fits(filled, _reader(scale)) or not _fits(filled, _reader(WEAK_TO_STRONG)):
        return frozenset()
    header = table.headers[at]
    name = _use_as_measure(table, at, suffix="in words")
    table.report(
        Severity.NOTE,
        f"These words aren’t the steps of {column.name} ({scale.points[0][1]} to {scale.points[-1][1]}), so we use "
        "them to measure connections, from very weak to very strong.",
        f"No action needed. If they mean steps of {column.name}, list them in a “{SCALES.name}” tab, as answers of the "
        f"scale {scale.name}.",
        row=table.header_row + 1,
        at=at,
        value=header,
    )
    return frozenset({folded(name)})


def _strength_scale(table: TabRows[ConnectionRow], context: RowContext) -> Scale | None:
    """Return the scale of Strength: one from the Scales tab, else our own."""
    scale = table.tab.columns["strength"].scale
    return scale and context.scales.get(folded(scale.name), scale)


def _use_as_measure(table: TabRows[ConnectionRow], at: int, *, suffix: str) -> str:
    """Make Strength an extra column, and return its name."""
    column, header = table.tab.columns["strength"], table.headers[at]
    table.fields = {name: place for name, place in table.fields.items() if name != "strength"}
    # Under its own name, pages and files would show two columns called Strength.
    name = f"{header} ({suffix})" if folded(header) == folded(column.name) else header
    table.extra = {**table.extra, at: name}
    return name


def _filled(table: TabRows[ConnectionRow], at: int) -> list[RawCell]:
    """Return the first cells of a column that aren't blank or left open (`N/A`, `TBD`)."""
    rows = islice(table.raw.rows, table.header_row + 1, None)
    filled = (row[at] for row in rows if at < len(row) and is_filled(row[at]))
    return [cell for cell in islice(filled, _CELLS_CHECKED) if not is_left_open(cell)]


def _reader_of(
    name: str, filled: Sequence[RawCell], context: RowContext, *, spellings: Mapping[str, str] | None = None
) -> tuple[Callable[[RawCell], Parsed[float]] | None, Scale | None]:
    """Return the reader of a column's cells and their scale; None if they are neither numbers nor known answers.

    A scale with the column's own name comes first, then numbers, then any scale whose words the cells use.
    """
    named = context.scales.get(folded(name))
    if named is not None and _fits(filled, reader := _reader(named, spellings)):
        return reader, named
    if _fits(filled, reader := _reader(None, decimal_comma=has_decimal_commas(filled))):
        return reader, None
    guessed = guess_scale(filled, [*context.scales.values(), WEAK_TO_STRONG]) if _are_words(filled) else None
    return (None, None) if guessed is None else (_reader(guessed), guessed)


def _reader(
    scale: Scale | None, spellings: Mapping[str, str] | None = None, *, decimal_comma: bool = False
) -> Callable[[RawCell], Parsed[float]]:
    """Return a reader of numbers, or of answers on a scale whose labels also have `spellings`."""
    labels = {folded(other): label for other, label in (spellings or {}).items()}

    def read(cell: RawCell) -> Parsed[float]:
        # A shortcut for most cells of most workbooks.
        if scale is None and isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) <= LARGEST:
            return Parsed(float(cell))
        answer = read_number(cell, decimal_comma=decimal_comma) if scale is None else read_scale_answer(cell, scale)
        if answer.value is not None and abs(answer.value) > LARGEST:
            return TOO_LARGE
        if not isinstance(cell, str) or answer.value is not None:
            return answer
        # Tried after the scale, which may know the word itself: one of its answers may be "Not yet".
        if scale is not None and len(cell) < LONGEST_NAME and (label := labels.get(folded(cell))) is not None:
            meant = read_scale_answer(label, scale)
            return answer if meant.value is None else meant
        return Parsed(None) if is_left_open(cell) else answer

    return read


def _with_averages(
    reader: Callable[[RawCell], Parsed[float]], scale: Scale | None
) -> Callable[[RawCell], Parsed[float]]:
    """Return a reader that also takes numbers between two answers: averages of both people, as our exports have."""
    if scale is None:
        return reader

    def read(cell: RawCell) -> Parsed[float]:
        answer = reader(cell)
        if answer.value is None and answer.problems:
            number = read_number(cell).value
            if number is not None and scale.lowest < number < scale.highest and not number.is_integer():
                return Parsed(number)
        return answer

    return read


def _fits(filled: Sequence[RawCell], reader: Callable[[RawCell], Parsed[float]]) -> bool:
    return bool(filled) and sum(reader(cell).value is not None for cell in filled) >= _SHARE_THAT_FITS * len(filled)


def _are_words(filled: Sequence[RawCell]) -> bool:
    return any(isinstance(cell, str) and read_number(cell).value is None for cell in filled)


def _why_not(header: str, filled: Sequence[RawCell], *, is_wanted: bool, is_readable: bool) -> str | None:
    """Return why an extra column is no measure of ties, as the end of a sentence; "" if it isn't like one at all."""
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
        return "looks like row numbers, dates, or notes"
    numbers = [number for cell in filled if (number := read_number(cell).value) is not None]
    if numbers and all(number.is_integer() for number in numbers):
        if all(int(number) in _YEARS for number in numbers):
            return "looks like years"
        if len(numbers) >= FEWEST_FILLED and len(set(numbers)) == len(numbers):
            return "has a different whole number in each row, like row numbers"
    if len({folded(cell) if isinstance(cell, str) else cell for cell in filled}) == 1:
        return "has the same answer in every row"
    return None


def _is_contact_or_code(cell: RawCell) -> bool:
    if isinstance(cell, str):
        digits = cell.strip()
        return (len(digits) > 1 and digits[0] == "0" and digits.isdigit()) or looks_like_contact(cell)
    is_whole = isinstance(cell, int) or (isinstance(cell, float) and cell.is_integer())
    return is_whole and isinstance(cell, int | float) and abs(cell) >= _SMALLEST_CODE


def _name(header: str, *, taken: Iterable[str]) -> str:
    """Return the name of an extra column: its header, shortened if long, and numbered if taken."""
    known = {folded(name) for name in taken}
    short = header if len(header) <= LONGEST_NAME else f"{header[: LONGEST_NAME - 1].rstrip()}…"
    name, number = short, 2
    while folded(name) in known:
        name, number = f"{short} ({number})", number + 1
    return name


def _report(table: TabRows[ConnectionRow], at: int, header: str, why: str | None, *, is_wanted: bool) -> None:
    use_it = f"To use it to measure connections, list it in a “Column names” tab as “{MEASURE}”."
    if why is None:
        if is_wanted:
            return
        message = "We use this column to measure connections, like Trust and Value."
        remedy = "No action needed. To leave it out, end its header in “(private)”."
    elif why == "":
        message = UNKNOWN_COLUMN
        remedy = f"No action needed. If it means one of our columns, say which in a “Column names” tab. {use_it}"
    else:
        message = f"This column {why}, so we skipped it."
        remedy = f"No action needed. {use_it}"
        if is_private(header):
            remedy = "No action needed. To use it to measure connections, remove “(private)” from its header."
    table.report(Severity.NOTE, message, remedy, row=table.header_row + 1, at=at, value=header)
