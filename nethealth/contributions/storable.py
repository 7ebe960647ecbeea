"""Refuse what no workbook could hold, before its author is thanked for it."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Mapping
from typing import Final

from nethealth.errors import NotRecorded
from nethealth.workbook.raw import RawCell

LONGEST_CELL: Final = 50_000
"""Characters in a cell of a Google Sheet, counted as Google counts: most emoji are two."""
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Control characters and halves of characters, which neither a database nor a file can hold."""


def refuse_unstorable(cells: Mapping[str, RawCell]) -> None:
    """Raise NotRecorded if one of these cells, by their columns, is one that no workbook could hold.

    Formulas are fine: they stay the text that they are.
    """
    for column, cell in cells.items():
        if isinstance(cell, str):
            _refuse_text(column, cell)
        elif not _is_storable(cell):
            raise NotRecorded(f"“{column}” has a value that a cell can’t hold.", "Type it again, then save.")


def _refuse_text(column: str, text: str) -> None:
    length = len(text.encode("utf-16-le", "surrogatepass")) // 2
    if length > LONGEST_CELL:
        raise NotRecorded(
            f"“{column}” has {length:,} characters, and a cell holds at most {LONGEST_CELL:,}.",
            "Shorten the text, or save it in two parts.",
        )
    if found := _UNWRITABLE.search(text):
        before = text[: found.start()].split()[-3:]
        where = f"after “{' '.join(before)}”" if before else "at the beginning"
        raise NotRecorded(
            f"“{column}” has an invisible character that a cell can’t hold, {where}.",
            "Delete and retype that part, then save.",
        )


def _is_storable(cell: RawCell) -> bool:
    if isinstance(cell, float):
        return math.isfinite(cell)
    return cell is None or isinstance(cell, bool | int) or type(cell) is dt.date
