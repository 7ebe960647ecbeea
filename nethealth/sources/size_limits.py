"""How large a file may be, what it may unpack to, and how many cells it may hold.

A network of 5,000 members with 50,000 ties is about 3 MB as a file and half a million cells: there is room for more
than twice that. Beyond it a file is a mistake (a stray cell far out) or made to do harm, and is refused before it is
opened.
"""

from __future__ import annotations

from typing import NoReturn

from nethealth.sources.failures import FileTooLarge
from nethealth.workbook.readers.problem_log import column_letter

MEGABYTE = 1_000_000
LARGEST_FILE = 30 * MEGABYTE
LARGEST_UNPACKED = 100 * MEGABYTE
LARGEST_RATIO = 200
"""Unpacked over packed, minded above SMALLEST_SUSPICIOUS: real sheets stay under 50, a bomb needs 1,000."""
SMALLEST_SUSPICIOUS = 10 * MEGABYTE
MOST_ENTRIES = 2_000
MOST_TABS = 200
MOST_ROWS = 500_000
MOST_COLUMNS = 4_000
MOST_CELLS = 1_250_000
"""Of all tabs together, each counted as a rectangle from A1 to its last filled row and column."""
MOST_ELEMENTS = 3_000_000
"""XML elements of all parts together; a filled cell takes two or three."""
MOST_TEXT = 50 * MEGABYTE
"""Bytes of text of all cells together, counted as often as a cell repeats them: a small file may name one long text a
million times over."""
LONGEST_TEXT = MEGABYTE
"""Bytes of one cell's text; Google Sheets takes 50,000 characters in a cell, Excel 32,767."""
SHORT_TEXT = 100
"""A text of so few bytes may stand in as many cells as there are."""
MOST_NAMES = 20_000
DEEPEST = 200
LONGEST_TAG = MEGABYTE
MOST_SPACES = 100_000


def refuse_size(size: int) -> None:
    """Raise FileTooLarge where a file of `size` bytes is more than is opened."""
    if size > LARGEST_FILE:
        raise FileTooLarge(
            f"This file is {size / MEGABYTE:,.0f} MB; the dashboard opens files of up to {LARGEST_FILE // MEGABYTE} MB."
        )


def refuse_unpacked() -> NoReturn:
    """Raise FileTooLarge for a file that unpacks to more than is read."""
    raise FileTooLarge("This file unpacks to far more than a workbook needs, so it was not opened.")


def refuse_cells(tab: str | None = None) -> NoReturn:
    """Raise FileTooLarge for more cells than are read."""
    where = f"The tab “{shown(tab)}”" if tab else "This workbook"
    raise FileTooLarge(f"{where} holds more cells than the dashboard reads ({MOST_CELLS:,}).")


def refuse_text() -> NoReturn:
    """Raise FileTooLarge for more text in the cells than is read."""
    raise FileTooLarge("The cells of this workbook hold far more text than people type, so it was not opened.")


def refuse_extent(*, rows: int, columns: int, tab: str | None) -> None:
    """Raise FileTooLarge where a tab reaches further than is read; it names the tab and its last cell."""
    if rows <= MOST_ROWS and columns <= MOST_COLUMNS and rows * columns <= MOST_CELLS:
        return
    where = f"The tab “{shown(tab)}”" if tab else "A tab"
    raise FileTooLarge(
        f"{where} reaches as far as {column_letter(columns - 1)}{rows}, far beyond what people fill in.",
        "Something stands in a cell far out: delete the empty rows and columns after your data (select them and choose "
        "Delete), save, and open the file again.",
    )


def shown(text: str | None, *, longest: int = 60) -> str:
    """A name from a file as a message shows it: on one line, cut where it is long."""
    line = " ".join((text or "").split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"
