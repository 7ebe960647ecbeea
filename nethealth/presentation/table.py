"""One table for everything that pages list: typed columns and rows, shown as HTML and downloaded as .csv or .xlsx.

A domain returns a `Table`; pages show it with `ui.show_table` and offer it with `ui.downloads`. Cells hold plain values
(text, numbers, dates, tuples of texts, `TooFew`), unchanged, so code that writes them out must escape them.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from nethealth.metric import Unit
from nethealth.presentation.formatting import escape_html, format_value, safe_url
from nethealth.privacy.suppression import TooFew

if TYPE_CHECKING:
    import pandas as pd

Row: TypeAlias = Mapping[str, object]
"""One row: each column's value by its header."""

SHORT_TEXT = 12
"""A cell with this many characters or fewer stays on one line."""
LONGEST_CELL = 32_000
"""What Excel takes in one cell, rounded down."""
FORMULA_SIGNS = frozenset("=+-@")


class Format(StrEnum):
    """How a column's values are written."""

    TEXT = "text"
    NUMBER = "number"  # aligned right
    SHARE = "share"  # 0 to 1, written as a percentage
    DATE = "date"
    MONTH = "month"  # the month of a date
    LINK = "link"  # an http(s) address


_UNITS = {Format.SHARE: Unit.SHARE, Format.MONTH: Unit.MONTH}


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
    meanings: Mapping[str, str] = field(default_factory=dict)
    """What columns hold, by header, where the header alone doesn't say it. Files explain it."""

    @classmethod
    def of(
        cls,
        columns: Mapping[str, Format] | Iterable[Column],
        rows: Iterable[Row],
        *,
        meanings: Mapping[str, str] | None = None,
    ) -> Table:
        """Return a table of these rows. `columns` are formats by header where no column needs more."""
        if isinstance(columns, Mapping):
            columns = (Column(header, format_) for header, format_ in columns.items())
        return cls(columns=tuple(columns), rows=tuple(rows), meanings=meanings or {})

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
    if format_ in (Format.DATE, Format.MONTH) and all(isinstance(value, dt.date) for value in filled):
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
    if format_ in _UNITS:
        return format_value(value, _UNITS[format_])
    is_whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
    return format_value(value, Unit.COUNT if is_whole else Unit.NUMBER)


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


def file_value(value: object) -> object:
    """Return a cell as files hold it: numbers and dates as they are, everything else as harmless text."""
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
    rows = tuple({header: file_value(row.get(header)) for header in table.headers} for row in table.rows)
    return replace(table, rows=rows).frame().rename(columns=lambda header: harmless(header)[:LONGEST_CELL])


def csv_bytes(table: Table) -> bytes:
    """Return the table as UTF-8 .csv, with the byte-order mark by which Excel recognizes accents."""
    text = _file_frame(table).to_csv(
        index=False, date_format="%Y-%m-%d", float_format="%.10g", lineterminator="\r\n", encoding="utf-8"
    )
    return bytes(text.encode("utf-8-sig"))
