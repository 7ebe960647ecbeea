"""Looks through the XML of a workbook, in one bounded pass, before the reader that builds whole tables sees it.

The reader makes a rectangle of every tab, so that one stray cell far out, or a repeat count, asks for gigabytes. It
also drops the error values of a sheet (`#REF!`). The scan finds how far each tab reaches, and where errors stand.
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
    """How far the filled cells of a tab reach, and its error values by (row, column), both counted from 0."""

    tab: str | None = None
    rows: int = 0
    columns: int = 0
    errors: dict[tuple[int, int], str] = field(default_factory=dict)

    def take(self, *, rows: int, columns: int) -> None:
        """Reach at least this far."""
        self.rows = max(self.rows, rows)
        self.columns = max(self.columns, columns)

    def refuse_if_too_far(self) -> None:
        """Raise FileTooLarge where it reaches further than is read."""
        size_limits.check_extent(rows=self.rows, columns=self.columns, tab=self.tab)


class Scan:
    """A pass over one XML part after another; what it counts, it counts over all of them.

    `part` yields each chunk on, so that it can be stored while it is looked at. Raises FileDamaged for what is no XML
    or holds a document type or entities, FileTooLarge for more than a workbook needs.
    """

    def __init__(self) -> None:
        self._elements = 0

    def part(self, chunks: Iterable[bytes], *, watcher: Watcher | None = None) -> Iterator[bytes]:
        """The same chunks, after the scan has seen them."""
        watcher = watcher if watcher is not None else Watcher()
        # The encoding is set here, whatever the part claims: the reader after us takes everything as UTF-8.
        parser = expat.ParserCreate("UTF-8", intern={})
        closed: deque[str] = deque()
        parser.StartElementHandler = watcher.start
        parser.EndElementHandler = closed.append  # counted in C: a Python function here would cost as much as all else
        parser.StartDoctypeDeclHandler = _reject_doctype
        parser.buffer_text = True
        watcher.parser = parser
        fed = depth = seen = quiet = 0
        try:
            for chunk in chunks:
                fed += len(chunk)
                parser.Parse(chunk, False)
                started = watcher.elements - seen
                seen = watcher.elements
                self._elements += started
                depth += started - len(closed)
                quiet = 0 if started or closed else quiet + len(chunk)
                closed.clear()
                too_much = self._elements > size_limits.MAX_ELEMENTS or len(parser.intern) > size_limits.MAX_NAMES
                if (
                    too_much
                    or depth > size_limits.MAX_DEPTH
                    or fed - parser.CurrentByteIndex > size_limits.MAX_TAG_BYTES
                ):
                    size_limits.raise_too_many_cells()
                if quiet > size_limits.MAX_CELL_TEXT_BYTES:
                    size_limits.raise_too_much_text()
                watcher.chunk_done()
                yield chunk
            parser.Parse(b"", True)
        except expat.ExpatError:
            raise FileDamaged from None
        watcher.finish()
        watcher.parser = None


def check_tag_count(parts: Iterable[Iterable[bytes]]) -> None:
    """Raise FileTooLarge where these parts together hold more elements than are read: a count at next to no cost.

    It spares the scan, which looks at every element, the files that are nothing but elements.
    """
    tags = 0
    for chunks in parts:
        for chunk in chunks:
            tags += chunk.count(b"<") - chunk.count(b"</")
        if tags > size_limits.MAX_ELEMENTS:
            size_limits.raise_too_many_cells()


def _reject_doctype(*_: object) -> None:
    raise FileDamaged("This file declares XML entities, which no workbook does, so it was not opened.")


class Watcher:
    """Counts elements; the kinds below also look at what they are."""

    def __init__(self) -> None:
        self.elements = 0
        self.parser: expat.XMLParserType | None = None

    def start(self, _name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self.elements += 1
        if attributes:
            _check_counts(attributes)

    def chunk_done(self) -> None:
        """A chunk of the part has been seen."""

    def finish(self) -> None:
        """The whole part has been seen."""


class SharedTexts(Watcher):
    """Finds the longer of the texts that the cells of an .xlsx file name by number, and minds how often they do."""

    def __init__(self) -> None:
        super().__init__()
        self.longer: dict[int, int] = {}
        """Bytes by number, with the marks of their formatting: at least what the reader makes of each."""
        self._number = self._begun = -1
        self._seen_until = 0
        self._named = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A text begins where the one before ends."""
        self.elements += 1
        if name == "si" or name.endswith(":si"):
            here = self.parser.CurrentByteIndex if self.parser is not None else 0
            if here - self._begun > size_limits.SHORT_TEXT_BYTES:
                self._measure(here)
            self._begun = here
            self._number += 1
        elif attributes:
            _check_counts(attributes)

    def chunk_done(self) -> None:
        """Remember how far the parser has come: the last text ends there."""
        self._seen_until = self.parser.CurrentByteIndex if self.parser is not None else 0

    def finish(self) -> None:
        """Take the last text; another part begins at 0 again."""
        if self._seen_until - self._begun > size_limits.SHORT_TEXT_BYTES:
            self._measure(self._seen_until)
        self._number = self._begun = -1

    def name(self, number: str) -> None:
        """A cell names a text. Raises FileTooLarge where all cells together name more than is read."""
        if number.isascii() and number.strip().isdigit():
            self._named += self.longer.get(_whole_number(number.strip()), 0)
            if self._named > size_limits.MAX_TOTAL_TEXT_BYTES:
                size_limits.raise_too_much_text()

    def _measure(self, here: int) -> None:
        if self._number >= 0:
            self.longer[self._number] = max(here - self._begun, self.longer.get(self._number, 0))


class ExcelSheetWatcher(Watcher):
    """Finds the extent of an .xlsx worksheet. Cells that are only formatted do not count, as the reader drops them."""

    def __init__(self, tab: str | None, *, texts: SharedTexts | None = None) -> None:
        super().__init__()
        self.extent = TabExtent(tab)
        self._texts = texts if texts is not None and texts.longer else None
        self._names_text = False
        self._row = self._row_of_cell = self._column = -1
        self._columns: dict[str, int] = {}
        self._is_error = False
        self._value: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Follow rows and cells; a cell without a reference comes after the one before."""
        self.elements += 1
        if self._value is not None:
            self._take_value()
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
            self._names_text = kind == "s" and self._texts is not None
        elif name == "v" or name == "is":
            extent = self.extent
            if self._row_of_cell >= extent.rows:
                extent.rows = self._row_of_cell + 1
            if self._column >= extent.columns:
                extent.columns = self._column + 1
            if (self._is_error or self._names_text) and self.parser is not None:
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
        """Stop early where the sheet reaches too far."""
        self.extent.refuse_if_too_far()

    def finish(self) -> None:
        """Take the last value, and judge the whole."""
        if self._value is not None:
            self._take_value()
        self.extent.refuse_if_too_far()

    def _column_of(self, letters: str) -> int:
        if not _LETTERS.fullmatch(letters):
            raise FileDamaged
        column = 0
        for letter in letters.upper():
            column = column * 26 + ord(letter) - 64
        if column <= size_limits.MAX_COLUMNS:
            self._columns[letters] = column - 1
        return column - 1

    def _take_value(self) -> None:
        text = "".join(self._value or ()).strip()
        self._value = None
        if self.parser is not None:
            self.parser.CharacterDataHandler = None
        if text and self._is_error:
            self.extent.errors[self._row_of_cell, self._column] = text[:40]
        elif self._names_text and self._texts is not None:
            self._texts.name(text)


class OpenDocumentWatcher(Watcher):
    """Finds the extent of each table of an .ods file. Repeated blanks after the last filled cell do not count."""

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
        self._repeated = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Follow tables, rows and cells with their repeats."""
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
                raise FileTooLarge("This file repeats blanks far more often than a text does.")

    def chunk_done(self) -> None:
        """Stop early where a table reaches too far."""
        if self.extents:
            self.extents[-1].refuse_if_too_far()

    def finish(self) -> None:
        """Take the last row, and judge the whole."""
        self._end_row()
        for extent in self.extents:
            extent.refuse_if_too_far()
        if self._repeated > size_limits.MAX_TOTAL_TEXT_BYTES:
            size_limits.raise_too_much_text()

    def _cell(self, attributes: dict[str, str]) -> None:
        self._close_error()
        repeats = _repeats(attributes, "number-columns-repeated")
        self._pending = (self._column, repeats)
        kinds = [value for key, value in attributes.items() if key.endswith(("value", "value-type", "formula"))]
        if kinds:
            self._filled_until = max(self._filled_until, self._column + repeats)
        if "error" in kinds:  # office:value-type says text or number, calcext:value-type beside it says error
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
        """What a repeated cell holds is there as often as it is repeated; a few characters may be."""
        self._repeated += characters * self._copies

    def _close_error(self) -> None:
        self._error_text = None
        if self.parser is not None:
            self.parser.CharacterDataHandler = None

    def _end_row(self) -> None:
        self._close_error()
        if self.extents and self._row_repeats:
            extent = self.extents[-1]
            if self._filled_until:
                extent.take(rows=self._rows_before + self._row_repeats, columns=self._filled_until)
            if self._row_errors:
                extent.refuse_if_too_far()
                self._place_errors(extent)
            self._rows_before += self._row_repeats
        self._row_repeats = self._column = self._filled_until = 0
        self._row_errors = []

    def _place_errors(self, extent: TabExtent) -> None:
        for first, repeats, pieces in self._row_errors:
            text = "".join(pieces).strip()[:40]
            for row in range(self._rows_before, self._rows_before + self._row_repeats):
                for column in range(first, first + repeats):
                    extent.errors[row, column] = text
                    if len(extent.errors) > size_limits.MAX_CELLS // 4:
                        size_limits.raise_too_many_cells(extent.tab)


def _check_counts(attributes: dict[str, str]) -> None:
    """Raise FileDamaged for a `count` or `uniqueCount` beyond what is read.

    The reader sets memory aside for as many strings or formats as a part says it holds, and where there is not so much
    memory, it ends the whole process.
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
    """A whole number from 0 to a billion. Raises FileDamaged for everything else."""
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise FileDamaged
    return int(text)
