"""Scan the XML of a workbook in one bounded pass, before the parser that builds whole tables sees it.

The parser allocates a rectangle for every tab, so one stray cell far out, or a repeat count, can take gigabytes. It
also drops error values (`#REF!`). The scan finds how far each tab extends, and which cells have errors.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from nethealth.errors import FileDamaged, FileTooLarge
from nethealth.sources import size_limits

_LETTERS = re.compile(r"[A-Za-z]{1,7}")


@dataclass(slots=True)
class TabExtent:
    """How far the filled cells of a tab extend, and its error values by (row, column), both counted from 0."""

    tab: str | None = None
    rows: int = 0
    columns: int = 0
    errors: dict[tuple[int, int], str] = field(default_factory=dict)

    def extend_to(self, *, rows: int, columns: int) -> None:
        """Extend to at least this many rows and columns."""
        self.rows = max(self.rows, rows)
        self.columns = max(self.columns, columns)

    def check_limits(self) -> None:
        """Raise FileTooLarge if the tab is larger than we read."""
        size_limits.check_extent(rows=self.rows, columns=self.columns, tab=self.tab)


class Scan:
    """Scans one XML part after another, and counts elements over all of them.

    `part` passes each chunk on, so that the caller can store it. Raises FileDamaged for anything that isn't XML or
    declares a document type or entities, and FileTooLarge for more than a workbook needs.
    """

    def __init__(self) -> None:
        self._elements = 0

    def part(self, chunks: Iterable[bytes], *, watcher: Watcher | None = None) -> Iterator[bytes]:
        """Yield the same chunks, after scanning them."""
        watcher = watcher if watcher is not None else Watcher()
        # We set the encoding, whatever the part declares, because the parser after us assumes UTF-8.
        parser = expat.ParserCreate("UTF-8", intern={})
        closed: deque[str] = deque()
        parser.StartElementHandler = watcher.start
        parser.EndElementHandler = closed.append  # counted in C: a Python function here would double the time
        parser.StartDoctypeDeclHandler = _reject_doctype
        parser.buffer_text = True
        watcher.parser = parser
        bytes_fed = depth = elements_seen = bytes_without_tags = 0
        try:
            for chunk in chunks:
                bytes_fed += len(chunk)
                parser.Parse(chunk, False)
                started = watcher.elements - elements_seen
                elements_seen = watcher.elements
                self._elements += started
                depth += started - len(closed)
                bytes_without_tags = 0 if started or closed else bytes_without_tags + len(chunk)
                closed.clear()
                too_much = self._elements > size_limits.MAX_ELEMENTS or len(parser.intern) > size_limits.MAX_NAMES
                if (
                    too_much
                    or depth > size_limits.MAX_DEPTH
                    or bytes_fed - parser.CurrentByteIndex > size_limits.MAX_TAG_BYTES
                ):
                    size_limits.raise_too_many_cells()
                if bytes_without_tags > size_limits.MAX_CELL_TEXT_BYTES:
                    size_limits.raise_too_much_text()
                watcher.chunk_done()
                yield chunk
            parser.Parse(b"", True)
        except expat.ExpatError:
            raise FileDamaged from None
        watcher.finish()
        watcher.parser = None


def check_tag_count(parts: Iterable[Iterable[bytes]]) -> None:
    """Raise FileTooLarge if these parts together have more elements than we read.

    A cheap count that saves the scan, which visits every element, from files that are nothing but elements.
    """
    tags = 0
    for chunks in parts:
        for chunk in chunks:
            tags += chunk.count(b"<") - chunk.count(b"</")
        if tags > size_limits.MAX_ELEMENTS:
            size_limits.raise_too_many_cells()


def _reject_doctype(*_: object) -> None:
    raise FileDamaged("This file declares XML entities, which workbooks never do, so we didn’t open it.")


class Watcher:
    """Counts elements. Subclasses also look at what they are."""

    def __init__(self) -> None:
        self.elements = 0
        self.parser: expat.XMLParserType | None = None

    def start(self, _name: str, attributes: dict[str, str]) -> None:
        """Handle the start of an element."""
        self.elements += 1
        if attributes:
            _check_counts(attributes)

    def chunk_done(self) -> None:
        """Handle the end of a chunk."""

    def finish(self) -> None:
        """Handle the end of the part."""


class SharedTexts(Watcher):
    """Measures the longer shared texts of an .xlsx file, and limits how often cells refer to them."""

    def __init__(self) -> None:
        super().__init__()
        self.long_texts: dict[int, int] = {}
        """Bytes by number, including markup: at least as much as the parser allocates for each."""
        self._number = self._start = -1
        self._end = 0
        self._referenced_bytes = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Start a text where the one before ends."""
        self.elements += 1
        if name == "si" or name.endswith(":si"):
            here = self.parser.CurrentByteIndex if self.parser is not None else 0
            if here - self._start > size_limits.SHORT_TEXT_BYTES:
                self._measure(here)
            self._start = here
            self._number += 1
        elif attributes:
            _check_counts(attributes)

    def chunk_done(self) -> None:
        """Remember the parser's position: the last text ends there."""
        self._end = self.parser.CurrentByteIndex if self.parser is not None else 0

    def finish(self) -> None:
        """Measure the last text; the next part starts at 0 again."""
        if self._end - self._start > size_limits.SHORT_TEXT_BYTES:
            self._measure(self._end)
        self._number = self._start = -1

    def refer(self, number: str) -> None:
        """Count a cell's reference to a text. Raises FileTooLarge if all cells together refer to more than we read."""
        if number.isascii() and number.strip().isdigit():
            self._referenced_bytes += self.long_texts.get(_whole_number(number.strip()), 0)
            if self._referenced_bytes > size_limits.MAX_TOTAL_TEXT_BYTES:
                size_limits.raise_too_much_text()

    def _measure(self, here: int) -> None:
        if self._number >= 0:
            self.long_texts[self._number] = max(here - self._start, self.long_texts.get(self._number, 0))


class ExcelSheetWatcher(Watcher):
    """Finds the extent of an .xlsx worksheet. Cells with only formatting don't count, since the parser drops them."""

    def __init__(self, tab: str | None, *, texts: SharedTexts | None = None) -> None:
        super().__init__()
        self.extent = TabExtent(tab)
        self._texts = texts if texts is not None and texts.long_texts else None
        self._is_shared_text = False
        self._row = self._row_of_cell = self._column = -1
        self._columns: dict[str, int] = {}
        self._is_error = False
        self._value: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Follow rows and cells; a cell without a reference follows the one before."""
        self.elements += 1
        if self._value is not None:
            self._end_value()
        if name == "c":
            reference = attributes.get("r")
            if reference is None:
                self._column += 1
                self._row_of_cell = self._row
            else:
                letters = reference.rstrip("0123456789")
                column = self._columns.get(letters)
                self._column = self._column_of(letters) if column is None else column
                self._row_of_cell = _whole_number(reference[len(letters) :]) - 1
            kind = attributes.get("t")
            self._is_error = kind == "e"
            self._is_shared_text = kind == "s" and self._texts is not None
        elif name == "v" or name == "is":
            extent = self.extent
            if self._row_of_cell >= extent.rows:
                extent.rows = self._row_of_cell + 1
            if self._column >= extent.columns:
                extent.columns = self._column + 1
            if (self._is_error or self._is_shared_text) and self.parser is not None:
                self._value = []
                self.parser.CharacterDataHandler = self._value.append
        elif name == "row":
            number = attributes.get("r")
            self._row = self._row + 1 if number is None else _whole_number(number) - 1
            self._column = -1
        elif ":" in name:
            self.elements -= 1
            self.start(name.rpartition(":")[2], attributes)
        elif attributes:
            _check_counts(attributes)

    def chunk_done(self) -> None:
        """Stop early if the sheet is too large."""
        self.extent.check_limits()

    def finish(self) -> None:
        """Handle the last value, and check the whole extent."""
        if self._value is not None:
            self._end_value()
        self.extent.check_limits()

    def _column_of(self, letters: str) -> int:
        if not _LETTERS.fullmatch(letters):
            raise FileDamaged
        column = 0
        for letter in letters.upper():
            column = column * 26 + ord(letter) - 64
        if column <= size_limits.MAX_COLUMNS:
            self._columns[letters] = column - 1
        return column - 1

    def _end_value(self) -> None:
        text = "".join(self._value or ()).strip()
        self._value = None
        if self.parser is not None:
            self.parser.CharacterDataHandler = None
        if text and self._is_error:
            self.extent.errors[self._row_of_cell, self._column] = text[:40]
        elif self._is_shared_text and self._texts is not None:
            self._texts.refer(text)


class OpenDocumentWatcher(Watcher):
    """Finds the extent of each table in an .ods file. Repeated blanks after the last filled cell don't count."""

    def __init__(self) -> None:
        super().__init__()
        self.extents: list[TabExtent] = []
        self._rows_before = 0
        self._row_repeats = 0
        self._column = 0
        self._filled_until = 0
        self._row_errors: list[tuple[int, int, list[str]]] = []
        self._error_text: list[str] | None = None
        self._pending = (0, 1)
        self._spaces = 0
        self._copies = 1
        self._repeated_characters = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Follow tables, rows, and cells with their repeat counts."""
        self.elements += 1
        name = name.rpartition(":")[2]
        if name in {"table-cell", "covered-table-cell"}:
            self._cell(attributes)
        elif name == "p":
            column, repeats = self._pending
            self._filled_until = max(self._filled_until, column + repeats)
            if (self._error_text is not None or self._copies > 1) and self.parser is not None:
                self.parser.CharacterDataHandler = self._characters
        elif name == "table-row":
            self._end_row()
            self._row_repeats = _repeats(attributes, "number-rows-repeated")
        elif name == "table":
            self._end_row()
            self._rows_before = 0
            title = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "name"), None)
            self.extents.append(TabExtent(title))
        elif name == "s":
            self._spaces += _repeats(attributes, "c") * self._copies
            if self._spaces > size_limits.MAX_REPEATED_SPACES:
                raise FileTooLarge(
                    "This file repeats spaces far more often than people type them, so we didn’t open it."
                )

    def chunk_done(self) -> None:
        """Stop early if a table is too large."""
        if self.extents:
            self.extents[-1].check_limits()

    def finish(self) -> None:
        """Handle the last row, and check all extents."""
        self._end_row()
        for extent in self.extents:
            extent.check_limits()
        if self._repeated_characters > size_limits.MAX_TOTAL_TEXT_BYTES:
            size_limits.raise_too_much_text()

    def _cell(self, attributes: dict[str, str]) -> None:
        self._close_error()
        repeats = _repeats(attributes, "number-columns-repeated")
        self._pending = (self._column, repeats)
        kinds = [value for key, value in attributes.items() if key.endswith(("value", "value-type", "formula"))]
        if kinds:
            self._filled_until = max(self._filled_until, self._column + repeats)
        if "error" in kinds:  # office:value-type says text or number, calcext:value-type says error
            self._error_text = []
            self._row_errors.append((self._column, repeats, self._error_text))
        self._column += repeats
        self._copies = max(1, repeats) * max(1, self._row_repeats)
        if self._copies > 1:
            self._count(sum(len(value) for value in kinds))

    def _characters(self, text: str) -> None:
        if self._error_text is not None:
            self._error_text.append(text)
        if self._copies > 1:
            self._count(len(text))

    def _count(self, characters: int) -> None:
        """Count the text of a repeated cell as often as it is repeated."""
        self._repeated_characters += characters * self._copies

    def _close_error(self) -> None:
        self._error_text = None
        if self.parser is not None:
            self.parser.CharacterDataHandler = None

    def _end_row(self) -> None:
        self._close_error()
        if self.extents and self._row_repeats:
            extent = self.extents[-1]
            if self._filled_until:
                extent.extend_to(rows=self._rows_before + self._row_repeats, columns=self._filled_until)
            if self._row_errors:
                extent.check_limits()
                self._record_errors(extent)
            self._rows_before += self._row_repeats
        self._row_repeats = self._column = self._filled_until = 0
        self._row_errors = []

    def _record_errors(self, extent: TabExtent) -> None:
        for first, repeats, pieces in self._row_errors:
            text = "".join(pieces).strip()[:40]
            for row in range(self._rows_before, self._rows_before + self._row_repeats):
                for column in range(first, first + repeats):
                    extent.errors[row, column] = text
                    if len(extent.errors) > size_limits.MAX_CELLS // 4:
                        size_limits.raise_too_many_cells(extent.tab)


def _check_counts(attributes: dict[str, str]) -> None:
    """Raise FileDamaged for a `count` or `uniqueCount` larger than we read.

    The parser allocates memory for as many strings or formats as a part declares, and ends the whole process if there
    isn't that much.
    """
    for name in ("count", "uniqueCount"):
        if name in attributes and _whole_number(attributes[name].strip()) > size_limits.MAX_ELEMENTS:
            raise FileDamaged


def _repeats(attributes: dict[str, str], local_name: str) -> int:
    for key, value in attributes.items():
        if key.rpartition(":")[2] == local_name:
            return _whole_number(value)
    return 1


def _whole_number(text: str) -> int:
    """Parse a whole number from 0 to a billion. Raises FileDamaged for anything else."""
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise FileDamaged
    return int(text)
