"""Tables as files: .csv and .xlsx, with nothing in them that a spreadsheet would run."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Mapping, Sequence

from nethealth.privacy.suppression import TooFew, harmless_cell


def csv_bytes(rows: Sequence[Mapping[str, object]]) -> bytes:
    """The rows as UTF-8 .csv, with the byte-order mark by which Excel reads accents; headers from all rows in order."""
    out = io.StringIO(newline="")
    headers = _headers(rows)
    writer = csv.writer(out)
    writer.writerow([harmless_cell(header) for header in headers])
    for row in rows:
        writer.writerow([_written(row.get(header)) for header in headers])
    return out.getvalue().encode("utf-8-sig")


def xlsx_bytes(
    tables: Mapping[str, Sequence[Mapping[str, object]]], *, headers_of: Mapping[str, Sequence[str]] | None = None
) -> bytes:
    """The tables as one .xlsx, a tab each; texts stay texts and dates are dates.

    Headers are those of the rows; `headers_of` gives a table's where it may have no row.
    """
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    bold = book.add_format({"bold": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    titles: set[str] = set()
    for title, rows in tables.items():
        sheet = book.add_worksheet(_sheet_title(title, titles))
        sheet.freeze_panes(1, 0)
        headers = list((headers_of or {}).get(title, ())) or _headers(rows)
        for column, header in enumerate(headers):
            sheet.write_string(0, column, harmless_cell(header)[:32_000], bold)
        for number, row in enumerate(rows, start=1):
            for column, header in enumerate(headers):
                value = row.get(header)
                if isinstance(value, dt.date):
                    sheet.write_datetime(number, column, value, day)
                elif isinstance(value, int | float) and not isinstance(value, bool):
                    sheet.write_number(number, column, value)
                elif value is not None:
                    sheet.write_string(number, column, _written(value)[:32_000])
    book.close()
    return out.getvalue()


def _headers(rows: Sequence[Mapping[str, object]]) -> list[str]:
    return list(dict.fromkeys(header for row in rows for header in row))


def _written(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return f"{value:.10g}" if isinstance(value, float) else str(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, TooFew):
        return str(value)
    if isinstance(value, tuple | list | frozenset | set):
        return harmless_cell("; ".join(str(part) for part in value))
    return harmless_cell(str(value))


def _sheet_title(title: str, taken: set[str]) -> str:
    """A title that Excel takes: 31 characters, without the characters that it forbids, none twice."""
    clean = "".join(" " if sign in "[]:*?/\\'" else sign for sign in title).strip()[:28] or "Table"
    found = clean
    number = 2
    while found.casefold() in taken:
        found = f"{clean} {number}"
        number += 1
    taken.add(found.casefold())
    return found
