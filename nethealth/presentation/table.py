"""One table for everything that pages list: typed columns and rows, shown as HTML and downloaded as .csv or .xlsx.

A domain returns a `Table`; pages show it with `ui.show_table` and offer it with `ui.downloads`. Cells hold plain values
(text, numbers, dates, tuples of texts, `TooFew`), unchanged, so code that writes them out must escape them.
"""

from __future__ import annotations

import datetime as dt
import io
import math
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from nethealth.metric import Unit
from nethealth.presentation.formatting import escape_html, format_value, pluralize, safe_url
from nethealth.privacy.suppression import TooFew

if TYPE_CHECKING:
    import pandas as pd

Row: TypeAlias = Mapping[str, object]
"""One row: each column's value by its header."""

SHORT_TEXT = 12
"""A cell with this many characters or fewer stays on one line."""
LONGEST_CELL = 32_000
"""What Excel takes in one cell, rounded down."""
WIDEST_COLUMN = 60
"""Characters; longer cells wrap in Excel."""
FORMULA_SIGNS = frozenset("=+-@")
XLSX_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


ABOUT = "About this file"


class Format(StrEnum):
    """How a column's values are written."""

    TEXT = "text"
    NUMBER = "number"  # aligned right
    SHARE = "share"  # 0 to 1, written as a percentage
    DATE = "date"
    LINK = "link"  # an http(s) address


_KINDS = {Format.SHARE: " (a share, as a percentage)", Format.DATE: " (a date)", Format.LINK: " (a web address)"}
"""What to say about the columns whose values need a word."""
_UNFORMATTED = frozenset({Format.TEXT, Format.NUMBER})
"""Columns that may hold numbers with any number of digits."""


class Share(float):
    """A share among other values of its column, written as a percentage in .xlsx."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header, which is also its key in every row, and how its values are written."""

    header: str
    format: Format = Format.TEXT
    on_screen: bool = True
    in_file: bool = True


@dataclass(frozen=True, slots=True)
class Sorting:
    """The column that a table is sorted by, for the caption and for screen readers."""

    header: str
    is_descending: bool
    caption: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under typed columns. The first column names each row.

    Examples:
        >>> table = Table.of({"Name": Format.TEXT, "Connections": Format.NUMBER}, [{"Name": "Ana", "Connections": 3}])
        >>> csv_bytes(table).decode("utf-8-sig").splitlines()
        ['Name,Connections', 'Ana,3']
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    sorting: Sorting | None = None

    @classmethod
    def of(cls, columns: Mapping[str, Format] | Iterable[Column], rows: Iterable[Row]) -> Table:
        """Return a table of these rows. `columns` are formats by header where no column needs more."""
        if isinstance(columns, Mapping):
            columns = (Column(header, format_) for header, format_ in columns.items())
        return cls(columns=tuple(columns), rows=tuple(rows))

    def __len__(self) -> int:
        return len(self.rows)

    def __bool__(self) -> bool:
        return bool(self.rows)

    @property
    def headers(self) -> tuple[str, ...]:
        """The columns' headers, in order."""
        return tuple(column.header for column in self.columns)

    def values(self, header: str) -> list[object]:
        """One column's values, None where a row has none."""
        return [row.get(header) for row in self.rows]

    def for_screen(self) -> Table:
        """Return the table as pages show it: without columns meant for files, and without empty ones."""
        first, *others = (column for column in self.columns if column.on_screen)
        filled = [
            column for column in others if any(value not in (None, "", ()) for value in self.values(column.header))
        ]
        return replace(self, columns=(first, *filled))

    def for_file(self) -> Table:
        """Return the table as files hold it: without columns that only repeat others for the screen."""
        return replace(self, columns=tuple(column for column in self.columns if column.in_file))

    def frame(self) -> pd.DataFrame:
        """Return the table as a pandas data frame: numbers, shares, and dates typed where the whole column is one.

        A column in which a value is hidden (`TooFew`) stays a column of objects.
        """
        import pandas as pd

        return pd.DataFrame(
            {column.header: _series(self.values(column.header), column.format) for column in self.columns}
        )


def _series(values: list[object], format_: Format) -> pd.Series:
    import pandas as pd

    filled = [value for value in values if value is not None]
    if format_ is Format.DATE and all(isinstance(value, dt.date) for value in filled):
        return pd.Series(pd.to_datetime(pd.Series(values, dtype="object")))
    if filled and all(isinstance(value, int | float) and not isinstance(value, bool) for value in filled):
        return pd.Series(values, dtype="Int64" if all(isinstance(value, int) for value in filled) else "Float64")
    return pd.Series(values, dtype="object")


def plain_text(value: object, format_: Format = Format.TEXT) -> str:
    """Return a cell as people read it, not yet escaped: a dash for an undefined number, nothing for no text or link."""
    if value is None or value == "":
        return format_value(None) if value is None and format_ not in {Format.TEXT, Format.LINK} else ""
    if isinstance(value, tuple | list | frozenset | set):
        return ", ".join(str(part) for part in value)
    is_whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
    return format_value(value, Unit.SHARE if format_ is Format.SHARE else Unit.COUNT if is_whole else Unit.NUMBER)


def table_html(table: Table, *, label: str, on_screen: range | None = None) -> str:
    """Return the table as HTML, every cell escaped; on a phone the style sheet turns its rows into cards.

    The screen has the rows at `on_screen` or all of them, and paper always has all.
    """
    caption = f"<caption>{escape_html(table.sorting.caption)}</caption>" if table.sorting else ""
    heads = "".join(_head(column, table.sorting) for column in table.columns)
    body = "".join(
        _body_row(row, table.columns, only_on_paper=on_screen is not None and place not in on_screen)
        for place, row in enumerate(table.rows)
    )
    return (
        f'<div class="nh-table"><table aria-label="{escape_html(label)}">{caption}'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _head(column: Column, sorting: Sorting | None) -> str:
    sort = ""
    if sorting is not None and column.header == sorting.header:
        sort = f' aria-sort="{"descending" if sorting.is_descending else "ascending"}"'
    return f'<th scope="col" class="nh-{column.format}"{sort}>{escape_html(column.header)}</th>'


def _body_row(row: Row, columns: Iterable[Column], *, only_on_paper: bool) -> str:
    cells = []
    for place, column in enumerate(columns):
        value = row.get(column.header)
        tag = 'th scope="row"' if place == 0 else "td"
        is_short = place > 0 and column.format is Format.TEXT and len(plain_text(value)) <= SHORT_TEXT
        style = f"nh-{column.format}{' nh-short' if is_short else ''}"
        inner = _cell_html(value, column.format)
        cells.append(f'<{tag} class="{style}" data-label="{escape_html(column.header)}">{inner}</{tag.split()[0]}>')
    return f"<tr{' class=nh-printed' if only_on_paper else ''}>{''.join(cells)}</tr>"


def _cell_html(value: object, format_: Format) -> str:
    address = safe_url(str(value)) if format_ is Format.LINK and value else None
    if address:
        return f'<a href="{address}" target="_blank" rel="noopener">Open</a>'
    return escape_html(plain_text(value, format_))


def harmless(text: str) -> str:
    """Return a text that no spreadsheet runs: one that would start a formula gets an apostrophe first.

    Programs skip spaces and signs that no one sees, and some take the wide signs of a Japanese keyboard for the usual.
    """
    if text[:1].isalnum():
        return text
    first = next((sign for sign in text if unicodedata.category(sign)[0] not in "CMZ"), "")
    is_formula = unicodedata.normalize("NFKC", first) in FORMULA_SIGNS
    return f"'{text}" if is_formula or text[:1] in ("\t", "\r") else text


def _file_value(value: object) -> object:
    """A cell as files hold it: numbers and dates as they are, everything else as harmless text."""
    if value is None or (isinstance(value, int | float | dt.date) and not isinstance(value, bool)):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, TooFew):
        return str(value)
    if isinstance(value, tuple | list | frozenset | set):
        return harmless("; ".join(str(part) for part in value))[:LONGEST_CELL]
    return harmless(str(value))[:LONGEST_CELL]


def _file_frame(table: Table) -> pd.DataFrame:
    table = table.for_file()
    rows = tuple({header: _file_value(row.get(header)) for header in table.headers} for row in table.rows)
    return replace(table, rows=rows).frame().rename(columns=lambda header: harmless(header)[:LONGEST_CELL])


def csv_bytes(table: Table) -> bytes:
    """Return the table as UTF-8 .csv, with the byte-order mark by which Excel recognizes accents."""
    text = _file_frame(table).to_csv(
        index=False, date_format="%Y-%m-%d", float_format="%.10g", lineterminator="\r\n", encoding="utf-8"
    )
    return bytes(text.encode("utf-8-sig"))


def xlsx_bytes(tables: Mapping[str, Table], *, about: Mapping[str, str] | None = None) -> bytes:
    """Return the tables as one .xlsx, one tab each: text stays text, and columns are wide enough to read.

    With `about` (facts by their names, such as the network's), a first tab says what is what.
    """
    import pandas as pd

    out = io.BytesIO()
    titles: set[str] = set()
    with pd.ExcelWriter(
        out, engine="xlsxwriter", datetime_format="yyyy-mm-dd", engine_kwargs={"options": XLSX_OPTIONS}
    ) as writer:
        wrapped = writer.book.add_format({"text_wrap": True, "valign": "top"})
        share = writer.book.add_format({"num_format": "0.0%"})
        share_on_top = writer.book.add_format({"num_format": "0.0%", "valign": "top"})
        number = writer.book.add_format({"num_format": "#,##0.00##", "valign": "top"})
        shown = tables if about is None else {ABOUT: _about(tables, about), **tables}
        for title, table in shown.items():
            name = sheet_title(title, titles)
            frame = _file_frame(table)
            frame.to_excel(writer, sheet_name=name, index=False)
            sheet = writer.sheets[name]
            sheet.freeze_panes(1, 0)
            for place, column in enumerate(table.for_file().columns):
                texts = [column.header, *(plain_text(value, column.format) for value in table.values(column.header))]
                width = min(max(map(len, texts)) + 2, WIDEST_COLUMN)
                sheet.set_column(place, place, width, {Format.TEXT: wrapped, Format.SHARE: share}.get(column.format))
                for row, value in enumerate(table.values(column.header), start=1):
                    if column.format in _UNFORMATTED and isinstance(value, float) and math.isfinite(value):
                        sheet.write_number(row, place, value, share_on_top if isinstance(value, Share) else number)
    return out.getvalue()


def _about(tables: Mapping[str, Table], facts: Mapping[str, str]) -> Table:
    """Return what the file holds: where it comes from, then each tab with its columns."""
    rows: list[Row] = [{"What": name, "About it": text} for name, text in facts.items()]
    for title, table in tables.items():
        columns = ", ".join(f"{column.header}{_KINDS.get(column.format, '')}" for column in table.for_file().columns)
        rows.append({"What": title, "About it": f"{pluralize(len(table), 'row')}: {columns}"})
    return Table.of({"What": Format.TEXT, "About it": Format.TEXT}, rows)


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
