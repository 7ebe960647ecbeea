"""Numbers as people type them: `1,234.5`, `45%`, digits of any script."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import Any, Final

from nethealth.workbook.cells.characters import digits_folded, tidy
from nethealth.workbook.cells.parsed import BLANK, ERROR_VALUE, FORMULA_TEXT, Parsed, unreadable
from nethealth.workbook.cells.text import is_blank, is_error_value, is_formula
from nethealth.workbook.raw import RawCell

NOT_A_NUMBER: Final[Parsed[Any]] = unreadable(
    "We couldn’t read this as a number, so we skipped it.",
    "Use digits, with a point for decimals: 12, 3.5, or 1,234.5.",
)

_NUMBER: Final = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?%?")

_LONGEST_NUMBER: Final = 40
_SWAPPED: Final = str.maketrans({",": ".", ".": ",", "\u00a0": None, "\u202f": None})
_WITH_COMMA: Final = re.compile(r"[+-]?(?:\d{1,3}(?:\.\d{3})+|\d+),\d+%?")
_THOUSANDS: Final = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+%?")


def read_number(cell: RawCell, *, decimal_comma: bool = False) -> Parsed[float]:
    """Read a number: `12`, `1,234.5`, `45%` (0.45), digits of any script; never `1e3`, NaN, or infinity.

    With `decimal_comma`, `1,25` is one and a quarter, and `1.234,5` over a thousand. The value is None if the cell is
    blank, or with an error if it holds no number.
    """
    if isinstance(cell, str):
        return _number_of_text(cell.translate(_SWAPPED) if decimal_comma else cell)
    if cell is None:
        return BLANK
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return NOT_A_NUMBER
    if isinstance(cell, int) and not -(10**300) < cell < 10**300:
        return NOT_A_NUMBER
    return Parsed(float(cell)) if math.isfinite(cell) else NOT_A_NUMBER


def has_decimal_commas(cells: Iterable[RawCell]) -> bool:
    """True if some texts of a column can only have a decimal comma (`1,5`, `2,25`), and none has a decimal point.

    >>> has_decimal_commas(["1,5", "1,250"]), has_decimal_commas(["1,250", "12"]), has_decimal_commas(["1,5", "2.5"])
    (True, False, False)
    """
    found = False
    for cell in cells:
        if isinstance(cell, float) and not cell.is_integer():
            return False
        if not isinstance(cell, str) or len(cell) > _LONGEST_NUMBER or not ("," in cell or "." in cell):
            continue
        words = digits_folded(tidy(cell))
        if _WITH_COMMA.fullmatch(words) is not None:
            found = found or plain_number(words) is None
        elif "." in words and plain_number(words) is not None and _THOUSANDS.fullmatch(words) is None:
            return False
    return found


def _number_of_text(cell: str) -> Parsed[float]:
    if is_blank(cell):
        return BLANK
    if is_error_value(cell):
        return ERROR_VALUE
    words = tidy(cell)
    if is_formula(words):
        return FORMULA_TEXT
    value = plain_number(words)
    return NOT_A_NUMBER if value is None else Parsed(value)


def plain_number(words: str) -> float | None:
    """Return the number that a tidy text is; None if it is anything else."""
    if len(words) > _LONGEST_NUMBER:
        return None
    words = digits_folded(words).replace(" %", "%")
    if _NUMBER.fullmatch(words) is None or not any(character.isdigit() for character in words):
        return None
    if words.endswith("%"):
        # Shifting the decimal point in the text keeps 45% exactly 0.45.
        return float(f"{words[:-1].replace(',', '')}e-2")
    return float(words.replace(",", ""))
