"""Limits for files: bytes, bytes unpacked, and cells.

A network of 5,000 members with 50,000 ties takes about 3 MB and half a million cells, less than half of what fits. A
larger file is a mistake (a stray cell far out) or made to do harm, so we reject it before we open it.
"""

from __future__ import annotations

from typing import NoReturn

from nethealth.errors import FileTooLarge
from nethealth.workbook.readers.problem_log import column_letter

MEGABYTE = 1_000_000
MAX_FILE_BYTES = 30 * MEGABYTE
MAX_UNPACKED_BYTES = 100 * MEGABYTE
MAX_COMPRESSION_RATIO = 200
"""Unpacked over packed bytes, checked above MIN_SUSPICIOUS_BYTES. Real sheets stay under 50; a zip bomb needs 1,000."""
MIN_SUSPICIOUS_BYTES = 10 * MEGABYTE
MAX_ENTRIES = 2_000
MAX_TABS = 200
MAX_ROWS = 150_000
"""In one tab. Three times the connections of our largest promise; more would take minutes and a gigabyte to analyze."""
MAX_COLUMNS = 4_000
MAX_CELLS = 1_250_000
"""In all tabs together, each counted as a rectangle from A1 to its last filled row and column."""
MAX_ELEMENTS = 3_000_000
"""XML elements in all parts together; a filled cell takes two or three."""
MAX_TOTAL_TEXT_BYTES = 50 * MEGABYTE
"""Bytes of text in all cells together. A text counts each time a cell repeats it: a small file can repeat one long text
a million times."""
MAX_CELL_TEXT_BYTES = MEGABYTE
"""Bytes of text in one cell. Google Sheets allows 50,000 characters, Excel 32,767."""
SHORT_TEXT_BYTES = 100
"""Texts this short don't count, however many cells repeat them."""
MAX_NAMES = 20_000
MAX_DEPTH = 200
MAX_TAG_BYTES = MEGABYTE
MAX_REPEATED_SPACES = 100_000
LONGEST_NAME = 60
"""Characters of a tab's or file's name in a message."""


def check_file_size(size: int) -> None:
    """Raise FileTooLarge if a file of `size` bytes is larger than we open."""
    if size > MAX_FILE_BYTES:
        raise FileTooLarge(
            f"This file is {size / MEGABYTE:,.0f} MB. The dashboard opens files up to {MAX_FILE_BYTES // MEGABYTE} MB."
        )


def raise_unpacked_too_large() -> NoReturn:
    """Raise FileTooLarge for a file that unpacks to more than we read."""
    raise FileTooLarge("This file unpacks to far more than a workbook needs, so we didn’t open it.")


def raise_too_many_cells(tab: str | None = None) -> NoReturn:
    """Raise FileTooLarge for more cells than we read."""
    where = f"The tab “{shorten(tab)}”" if tab else "This workbook"
    raise FileTooLarge(f"{where} has more cells than the dashboard reads ({MAX_CELLS:,}).")


def raise_too_much_text() -> NoReturn:
    """Raise FileTooLarge for more text in the cells than we read."""
    raise FileTooLarge("This workbook’s cells have far more text than people type, so we didn’t open it.")


def check_extent(*, rows: int, columns: int, tab: str | None) -> None:
    """Raise FileTooLarge, with the tab and its last cell, if a tab is larger than we read."""
    if rows <= MAX_ROWS and columns <= MAX_COLUMNS and rows * columns <= MAX_CELLS:
        return
    where = f"The tab “{shorten(tab)}”" if tab else "A tab"
    if columns <= MAX_COLUMNS and rows * columns <= MAX_CELLS:
        raise FileTooLarge(
            f"{where} extends to row {rows:,}. The dashboard reads up to {MAX_ROWS:,} rows of a tab.",
            "If your data ends earlier, select all rows after it, delete them, save, and open the file again. "
            "Otherwise keep only the latest waves.",
        )
    raise FileTooLarge(
        f"{where} extends to cell {column_letter(columns - 1)}{rows}, far beyond what people fill in.",
        "A cell far out isn’t empty. Select all rows and columns after your data, delete them, save, and open the file "
        "again.",
    )


def shorten(text: str | None) -> str:
    """Put a name from a file on one line, cut to `LONGEST_NAME` characters, for a message."""
    line = " ".join((text or "").split())
    return line if len(line) <= LONGEST_NAME else f"{line[: LONGEST_NAME - 1]}…"
