"""Write a workbook's cells as they were read into an .xlsx file, to keep working in: no cell becomes a formula."""

from __future__ import annotations

import datetime as dt
import io
import math
from collections.abc import Mapping

from nethealth.presentation.xlsx_file import FIRST_DAY, LARGEST_EXACT, XLSX_OPTIONS, sheet_title
from nethealth.workbook.raw import RawCell, RawWorkbook

LONGEST_CELL = 32_767
"""Characters that Excel holds in a cell."""


def titles_in_file(raw: RawWorkbook) -> Mapping[str, str]:
    """Return the title that each tab gets in the file: Excel allows 31 characters, and not all of them."""
    taken: set[str] = set()
    return {tab.title: sheet_title(tab.title, taken) for tab in raw.tabs}


def raw_xlsx_bytes(raw: RawWorkbook) -> bytes:
    """Return the workbook as an .xlsx file: text stays text, numbers and dates stay what they are."""
    import xlsxwriter

    out = io.BytesIO()
    titles = titles_in_file(raw)
    with xlsxwriter.Workbook(out, {**XLSX_OPTIONS, "nan_inf_to_errors": False}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        time = book.add_format({"num_format": "hh:mm:ss"})
        for tab in raw.tabs:
            sheet = book.add_worksheet(titles[tab.title])
            for number, row in enumerate(tab.rows):
                for column, cell in enumerate(row):
                    value = _cell(cell)
                    if value is None or value == "":
                        continue
                    if isinstance(value, bool):
                        sheet.write_boolean(number, column, value)
                    elif isinstance(value, int | float):
                        sheet.write_number(number, column, value)
                    elif isinstance(value, str):
                        sheet.write_string(number, column, value)
                    else:
                        form = moment if isinstance(value, dt.datetime) else day if isinstance(value, dt.date) else time
                        sheet.write_datetime(number, column, value, form)
    return out.getvalue()


def _cell(cell: RawCell) -> RawCell:
    """Return the cell as Excel can hold it; as text if it can't."""
    if isinstance(cell, str):
        return cell[:LONGEST_CELL]
    if isinstance(cell, bool) or cell is None:
        return cell
    if isinstance(cell, int | float):
        is_exact = isinstance(cell, float) or abs(cell) < LARGEST_EXACT
        return cell if is_exact and math.isfinite(cell) else _written(cell)
    if isinstance(cell, dt.datetime):
        cell = cell.replace(tzinfo=None)
        return cell if cell.date() >= FIRST_DAY else str(cell)
    if isinstance(cell, dt.date):
        return cell if cell >= FIRST_DAY else cell.isoformat()
    if isinstance(cell, dt.timedelta):
        return cell if dt.timedelta(0) <= cell < dt.timedelta(days=365) else str(cell)
    return cell


def _written(number: float) -> str:
    try:
        return str(number)
    except ValueError:
        return "(too large)"
