"""Tables as one .xlsx to read, sort, and print: dates are dates, shares are percentages, and no cell is a formula.

A first tab says what is what: where the numbers come from, what is hidden, and what the columns hold. Rows have a
height of their own, because LibreOffice doesn't make room for wrapped text when it opens a file.
"""

from __future__ import annotations

import datetime as dt
import io
import math
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from nethealth.presentation.formatting import pluralize
from nethealth.presentation.table import Column, Format, Row, Share, Table, file_value, harmless, plain_text
from nethealth.privacy.suppression import TooFew

if TYPE_CHECKING:
    from xlsxwriter.format import Format as CellFormat
    from xlsxwriter.worksheet import Worksheet

XLSX_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
ABOUT: Final = "About this file"
WIDEST_COLUMN: Final = 45
"""Characters; longer cells wrap."""
WIDEST_ABOUT: Final = 80
"""Characters of a column of the tab that explains the others, which has only two."""
WIDEST_HEADER: Final = 16
"""Characters of a header that make its column wider than the values need; a longer header wraps."""
LINE_HEIGHT: Final = 15.0
"""In points, of a line of text in Excel's usual font."""
TALLEST_ROW: Final = 409.0
"""In points: Excel's limit."""
HIDDEN_MEANING: Final = "Too few people to show, or a number that would reveal one about too few."
FIRST_DAY: Final = dt.date(1900, 3, 1)
"""Excel counts a February 29, 1900, so earlier days are written as text."""
LARGEST_EXACT: Final = 10**15
"""Excel keeps 15 digits; longer whole numbers are written as text."""

_WHOLE, _SMALL, _DECIMAL, _PERCENT = "#,##0", "0.000", "#,##0.0#", "0.0%"
_DATE, _MONTH = "mmm d, yyyy", "mmm yyyy"
_RIGHT: Final = frozenset({Format.NUMBER, Format.SHARE})


def xlsx_bytes(tables: Mapping[str, Table], *, about: Mapping[str, str] | None = None) -> bytes:
    """Return the tables as one .xlsx, one tab each, with columns wide enough to read and a header that stays in view.

    With `about` (facts by their names, such as the network's), a first tab says what is what.
    """
    import xlsxwriter

    out = io.BytesIO()
    titles: set[str] = set()
    with xlsxwriter.Workbook(out, XLSX_OPTIONS) as book:
        formats = _Formats(book)
        shown = tables if about is None else {ABOUT: _about(tables, about), **tables}
        for title, table in shown.items():
            sheet = book.add_worksheet(sheet_title(title, titles))
            _write_table(sheet, table.for_file(), formats, widest=WIDEST_COLUMN if title in tables else WIDEST_ABOUT)
            if title == ABOUT and about is not None:
                for row, cells in enumerate(table.rows, start=1):
                    if cells["What"] in tables:
                        sheet.write_string(row, 0, harmless(str(cells["What"])), formats.get(bold=True, valign="top"))
    return out.getvalue()


def sheet_title(title: str, taken: set[str]) -> str:
    """Return a tab title that Excel accepts: at most 31 characters, none forbidden; add it to `taken`."""
    clean = "".join(" " if sign in "[]:*?/\\'" else sign for sign in title).strip()[:28] or "Table"
    found = clean
    number = 2
    while found.casefold() in taken:
        found = f"{clean} {number}"
        number += 1
    taken.add(found.casefold())
    return found


class _Side(Enum):
    """Where the cells of a column are: numbers on the right, and the text after them not too close."""

    LEFT = ("left", 0)
    AFTER_NUMBERS = ("left", 1)
    RIGHT = ("right", 0)

    @property
    def properties(self) -> dict[str, object]:
        """Its properties in a cell format."""
        align, indent = self.value
        return {"align": align, "indent": indent}


class _Formats:
    """The cell formats of a file, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[frozenset[tuple[str, object]], CellFormat] = {}

    def get(self, **properties: object) -> CellFormat:
        key = frozenset(properties.items())
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]

    def body(self, side: _Side, *, pattern: str | None = None) -> CellFormat:
        shown = {"text_wrap": True} if pattern is None else {"num_format": pattern}
        return self.get(valign="top", **shown, **side.properties)

    def header(self, side: _Side) -> CellFormat:
        return self.get(bold=True, text_wrap=True, valign="bottom", bottom=1, **side.properties)


def _write_table(sheet: Worksheet, table: Table, formats: _Formats, *, widest: int) -> None:
    widths = [min(_width(column, table.values(column.header)), widest) for column in table.columns]
    side = _Side.LEFT
    for place, (column, width) in enumerate(zip(table.columns, widths, strict=True)):
        side = _Side.RIGHT if column.format in _RIGHT else _Side.LEFT if side is _Side.LEFT else _Side.AFTER_NUMBERS
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, harmless(column.header), formats.header(side))
        values = table.values(column.header)
        pattern = _pattern(column, values)
        for row, value in enumerate(values, start=1):
            _write_cell(sheet, row, place, value, pattern=pattern, side=side, formats=formats)
    _set_heights(sheet, table, widths)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _write_cell(
    sheet: Worksheet, row: int, place: int, value: object, *, pattern: str | None, side: _Side, formats: _Formats
) -> None:
    """Write one cell; `pattern` is how Excel shows the numbers or dates of its column, None if that depends on them."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        if math.isfinite(value) and abs(value) < LARGEST_EXACT:
            sheet.write_number(row, place, value, formats.body(side, pattern=pattern or _number_pattern([value])))
            return
        value = None if isinstance(value, float) else str(value)
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, dt.date) and value >= FIRST_DAY:
        sheet.write_datetime(row, place, value, formats.body(side, pattern=pattern or _DATE))
        return
    text = file_value(value.isoformat() if isinstance(value, dt.date) else value)
    if text not in (None, ""):
        sheet.write_string(row, place, str(text), formats.body(side))


def _pattern(column: Column, values: Sequence[object]) -> str | None:
    """Return how Excel shows the numbers or dates of a column; None for text, among which each has its own."""
    if column.format is Format.SHARE:
        return _PERCENT
    if column.format in (Format.DATE, Format.MONTH):
        return _MONTH if column.format is Format.MONTH else _DATE
    if column.format is Format.NUMBER:
        return _number_pattern(value for value in values if isinstance(value, int | float))
    return None


def _number_pattern(values: Iterable[float]) -> str:
    """Return how Excel shows numbers, so that all of a column have as many digits as they need, and not more."""
    numbers = [value for value in values if math.isfinite(value)]
    if any(isinstance(value, Share) for value in numbers):
        return _PERCENT
    if all(value == int(value) for value in numbers):
        return _WHOLE
    return _SMALL if all(abs(value) < 1 for value in numbers) else _DECIMAL


def _width(column: Column, values: Iterable[object]) -> int:
    lines = [line for value in values for line in plain_text(value, column.format).split("\n")]
    words = column.header.split() or [""]
    header = max(min(len(column.header), WIDEST_HEADER), *map(len, words))
    return max([header, *map(len, lines)]) + 2


def _set_heights(sheet: Worksheet, table: Table, widths: Sequence[int]) -> None:
    """Make rows with wrapped text as tall as it needs."""
    lines = max((_line_count(column.header, width) for column, width in zip(table.columns, widths, strict=True)))
    sheet.set_row(0, LINE_HEIGHT * lines + 3)
    for row, cells in enumerate(table.rows, start=1):
        lines = max(
            _line_count(plain_text(cells.get(column.header), column.format), width)
            for column, width in zip(table.columns, widths, strict=True)
        )
        if lines > 1:
            sheet.set_row(row, min(LINE_HEIGHT * lines, TALLEST_ROW))


def _line_count(text: str, width: int) -> int:
    if len(text) <= width and "\n" not in text:
        return 1
    return sum(len(textwrap.wrap(line, width)) or 1 for line in text.split("\n"))


def _about(tables: Mapping[str, Table], facts: Mapping[str, str]) -> Table:
    """Return what the file holds: where it comes from, what is hidden, then each tab with what its columns mean."""
    rows: list[Row] = [{"What": name, "About it": text} for name, text in facts.items()]
    if hidden := _hidden_words(tables.values()):
        rows.append({"What": hidden, "About it": HIDDEN_MEANING})
    for title, table in tables.items():
        rows.append({"What": title, "About it": pluralize(len(table), "row")})
        rows.extend(
            {"What": f"    {column.header}", "About it": meaning}
            for column in table.for_file().columns
            if (meaning := table.meanings.get(column.header))
        )
    return Table.of({"What": Format.TEXT, "About it": Format.TEXT}, rows)


def _hidden_words(tables: Iterable[Table]) -> str:
    """Return what cells say where a number is hidden: `“hidden”`; empty if none is."""
    found = {
        str(value): None
        for table in tables
        for row in table.rows
        for value in row.values()
        if isinstance(value, TooFew) or value == "hidden"
    }
    return ", ".join(f"“{word}”" for word in found)
