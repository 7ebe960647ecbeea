"""How large a file may be, what it may unpack to, and how many cells it may hold.

A network of 5,000 members with 50,000 ties is about 3 MB as a file and half a million cells: there is room for more
than twice that. Beyond it a file is a mistake (a stray cell far out) or made to do harm, and is refused before it is
opened.
"""

from __future__ import annotations

from typing import NoReturn

from nethealth.errors import FileTooLarge
from nethealth.workbook.readers.problem_log import column_letter

MEGABYTE = 1_000_000
MAX_FILE_BYTES = 30 * MEGABYTE
MAX_UNPACKED_BYTES = 100 * MEGABYTE
MAX_COMPRESSION_RATIO = 200
"""Unpacked over packed, minded above SMALLEST_SUSPICIOUS: real sheets stay under 50, a bomb needs 1,000."""
MIN_SUSPICIOUS_BYTES = 10 * MEGABYTE
MAX_ENTRIES = 2_000
MAX_TABS = 200
MAX_ROWS = 500_000
MAX_COLUMNS = 4_000
MAX_CELLS = 1_250_000
"""Of all tabs together, each counted as a rectangle from A1 to its last filled row and column."""
MAX_ELEMENTS = 3_000_000
"""XML elements of all parts together; a filled cell takes two or three."""
MAX_TOTAL_TEXT_BYTES = 50 * MEGABYTE
"""Bytes of text of all cells together, counted as often as a cell repeats them: a small file may name one long text a
million times over."""
MAX_CELL_TEXT_BYTES = MEGABYTE
"""Bytes of one cell's text; Google Sheets takes 50,000 characters in a cell, Excel 32,767."""
SHORT_TEXT_BYTES = 100
"""A text of so few bytes may stand in as many cells as there are."""
MAX_NAMES = 20_000
MAX_DEPTH = 200
MAX_TAG_BYTES = MEGABYTE
MAX_REPEATED_SPACES = 100_000


def check_file_size(size: int) -> None:
    """Raise FileTooLarge where a file of `size` bytes is more than is opened."""
    if size > MAX_FILE_BYTES:
        raise FileTooLarge(
            f"This file is {size / MEGABYTE:,.0f} MB; the dashboard opens files of up to "
            f"{MAX_FILE_BYTES // MEGABYTE} MB."
        )


def raise_unpacked_too_large() -> NoReturn:
    """Raise FileTooLarge for a file that unpacks to more than is read."""
    raise FileTooLarge("This file unpacks to far more than a workbook needs, so it was not opened.")


def raise_too_many_cells(tab: str | None = None) -> NoReturn:
    """Raise FileTooLarge for more cells than are read."""
    where = f"The tab “{shorten(tab)}”" if tab else "This workbook"
    raise FileTooLarge(f"{where} holds more cells than the dashboard reads ({MAX_CELLS:,}).")


def raise_too_much_text() -> NoReturn:
    """Raise FileTooLarge for more text in the cells than is read."""
    raise FileTooLarge("The cells of this workbook hold far more text than people type, so it was not opened.")


def check_extent(*, rows: int, columns: int, tab: str | None) -> None:
    """Raise FileTooLarge where a tab reaches further than is read; it names the tab and its last cell."""
    if rows <= MAX_ROWS and columns <= MAX_COLUMNS and rows * columns <= MAX_CELLS:
        return
    where = f"The tab “{shorten(tab)}”" if tab else "A tab"
    raise FileTooLarge(
        f"{where} reaches as far as {column_letter(columns - 1)}{rows}, far beyond what people fill in.",
        "Something stands in a cell far out: delete the empty rows and columns after your data (select them and choose "
        "Delete), save, and open the file again.",
    )


def shorten(text: str | None, *, longest: int = 60) -> str:
    """A name from a file as a message shows it: on one line, cut where it is long."""
    line = " ".join((text or "").split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"
