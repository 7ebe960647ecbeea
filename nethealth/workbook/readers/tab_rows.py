"""Read the rows of a tab whose headers are known, each with one call of its row model's validator."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Generic, TypeVar

from pydantic import ValidationError

from nethealth.workbook.cells.characters import folded
from nethealth.workbook.cells.dates import order_of_dates
from nethealth.workbook.cells.languages import puts_day_first
from nethealth.workbook.cells.names import name_key
from nethealth.workbook.cells.numbers import has_decimal_commas
from nethealth.workbook.cells.text import is_blank, read_text
from nethealth.workbook.layouts.rearranged import TOTALS
from nethealth.workbook.raw import RawCell, RawTab
from nethealth.workbook.readers.problem_log import ProblemLog
from nethealth.workbook.records import Severity
from nethealth.workbook.schema.tabs import CellKind, Column, Row, RowContext, Tab
from nethealth.workbook.tab_reading import TabReading
from nethealth.workbook.updates.row_ids import row_ids

RowT = TypeVar("RowT", bound=Row)
_NUMBERS: Final = frozenset({CellKind.NUMBER, CellKind.COUNT})
_DATES: Final = frozenset({CellKind.DATE, CellKind.MONTH, CellKind.DONE})
_ANSWERS_SEEN: Final = 200
"""Rows in which answers are looked at to know a tab's language."""
_LONGEST_TOTAL: Final = 30
_MAX_STRAY_CELLS: Final = 10
"""Reported in one row; an eleventh would add nothing."""


def is_filled(cell: RawCell) -> bool:
    """True if a cell isn't blank. The first character decides nearly every text."""
    if cell is None or cell == "":
        return False
    return not isinstance(cell, str) or cell[0].isalnum() or not is_blank(cell)


def _filled(row: Sequence[RawCell], places: Sequence[tuple[str, int]]) -> dict[str, RawCell]:
    """Return the filled cells at `places`. Runs for every cell of a workbook, so most take no function call."""
    width = len(row)
    found: dict[str, RawCell] = {}
    for name, at in places:
        if at < width:
            cell = row[at]
            if cell or (cell is not None and cell != ""):
                if isinstance(cell, str) and not cell[0].isalnum() and is_blank(cell):
                    continue
                found[name] = cell
    return found


def _only_unticked(known: Mapping[str, RawCell], other: Mapping[str, RawCell]) -> bool:
    """True if a row holds only unticked check boxes, which spreadsheets fill in beforehand."""
    return next(iter((known or other).values())) is False and all(
        cell is False for cell in (*known.values(), *other.values())
    )


def _sums_up(row: Sequence[RawCell]) -> bool:
    """True if a row begins with a word for a total or an average, so that it is no answer."""
    first = next(filter(is_filled, row), None)
    return isinstance(first, str) and len(first) < _LONGEST_TOTAL and name_key(first).strip(" :") in TOTALS


@dataclass(slots=True, kw_only=True)
class TabRows(Generic[RowT]):
    """One tab of the workbook, read by one tab of the schema."""

    tab: Tab
    raw: RawTab
    header_row: int
    """Counted from 0."""
    fields: Mapping[str, int]
    """The column of each field of the row model, counted from 0."""
    extra: Mapping[int, str]
    """Headers of the extra columns that mean something here (attributes, questions), by column."""
    headers: Mapping[int, str]
    """Every header as typed, used or not, by column."""
    problem_log: ProblemLog
    spare_columns: Mapping[str, Sequence[int]] = field(default_factory=dict)
    """By field: other columns with a header for it, used in rows that leave the field's own column blank."""
    unknown: Sequence[int] = ()
    """Columns with data that mean nothing to us, unless someone says what they are."""
    shares_rows: bool = False
    """True if another table reads the same rows, too. A problem that both find is listed once."""
    rows: int = 0
    merged: int = 0
    rejected: int = 0
    extra_field: str | None = None
    """The row model's field for the extra columns."""
    _first_header: tuple[int, str] = field(init=False)
    _row_ids: Mapping[int, str] | None = None
    _rows_by_entry_id: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        at, header = next(iter(self.headers.items()))
        self._first_header = at, header.strip().casefold()

    @property
    def title(self) -> str:
        """The tab's title in the workbook."""
        return self.raw.title

    def has(self, name: str) -> bool:
        """True if the tab has a column for a field."""
        return name in self.fields

    def row_id(self, number: int) -> str | None:
        """Return what updates call a row, given by its number in the workbook; None for what has no row to update."""
        return None if self.raw.is_supplement else self.row_ids().get(number)

    def row_ids(self) -> Mapping[int, str]:
        """Return what updates call each row, by its number in the workbook: its Entry ID, or a mark (`ROW-…`)."""
        if self._row_ids is None:
            ids = row_ids(self._rows_as_typed(), tab=self.tab, fields=self.fields, header_row=self.header_row)
            self._row_ids = {at + 1: each for at, each in ids.items()}
        return self._row_ids

    def _rows_as_typed(self) -> Sequence[Sequence[RawCell]]:
        """Return the rows without later changes to them."""
        return self.raw.rows if self.raw.rows_as_typed is None else self.raw.rows_as_typed

    def spare_cells(self, name: str, row: int) -> list[RawCell]:
        """Return the filled spare cells for a field in a row, given by its number in the workbook."""
        cells = self.raw.rows[row - 1]
        return [cells[at] for at in self.spare_columns.get(name, ()) if at < len(cells) and is_filled(cells[at])]

    def raw_cell(self, row: int, name: str) -> RawCell:
        """Return the cell of a field as typed; `row` is the row number in the workbook."""
        cells_of_row = self.raw.rows[row - 1]
        at = self.fields.get(name)
        return None if at is None or at >= len(cells_of_row) else cells_of_row[at]

    def is_cell_filled(self, row: int, at: int) -> bool:
        """True if a row, given by its number in the workbook, has something in a column."""
        cells = self.raw.rows[row - 1]
        return at < len(cells) and is_filled(cells[at])

    def report(
        self,
        severity: Severity,
        message: str,
        remedy: str | Callable[[], str],
        *,
        row: int | None = None,
        at: str | int | None = None,
        value: RawCell = None,
    ) -> None:
        """Report a problem in this tab; `at` is a field, or a column counted from 0."""
        column = self.fields.get(at) if isinstance(at, str) else at
        header = None if column is None else self.headers.get(column)
        is_shared, tab = self.shares_rows, self.title
        changed = self.raw.changed_by or {}
        if row is not None and column is not None and (row - 1, column) in changed:
            place = changed[row - 1, column]
            tab, row, column, header = place.tab, place.row, place.column, place.header
        elif row is not None and column is not None and self.raw.moved_cells:
            is_shared = is_shared or (row - 1, column) in self.raw.moved_cells
            row, column = self.raw.place_in_sheet(row - 1, column)
            row += 1
        self.problem_log.add(
            severity,
            message,
            remedy,
            tab=tab,
            row=row,
            column=column,
            header=header,
            value=value,
            is_shared=is_shared,
        )

    def reject(self, message: str, remedy: str | Callable[[], str], *, row: int, at: str, value: RawCell) -> None:
        """Skip a row, and report why."""
        self.rejected += 1
        self.report(Severity.ERROR, message, remedy, row=row, at=at, value=value)

    def reading(self, *, tab: str | None = None) -> TabReading:
        """Return how many rows were accepted, merged, and rejected."""
        return TabReading(
            tab=tab or self.tab.name,
            title=self.title,
            rows=self.rows,
            accepted=self.rows - self.merged - self.rejected,
            merged=self.merged,
            rejected=self.rejected,
            url=self.raw.url,
        )

    def cells(self, *, report_headers: bool = False) -> Iterator[tuple[int, dict[str, RawCell], dict[str, RawCell]]]:
        """Yield each row that isn't blank: its number in the workbook, its filled cells by field, and by extra header.

        A row of nothing but unticked check boxes is blank. Rows that repeat the headers, and a form's totals, are
        skipped, and reported with `report_headers`.
        """
        fields, extra = tuple(self.fields.items()), [(header, at) for at, header in self.extra.items()]
        for index in range(self.header_row + 1, len(self.raw.rows)):
            row = self.raw.rows[index]
            if not row:
                continue
            known = _filled(row, fields)
            other = _filled(row, extra) if extra and (known or not self.tab.are_extras_alone_blank) else {}
            if (known or other) and not _only_unticked(known, other):
                if self._repeats_header(row):
                    if report_headers:
                        self._report_skipped(index + 1, "repeats the headers")
                elif self.tab.is_form and _sums_up(row):
                    if report_headers:
                        self._report_skipped(index + 1, "sums up others")
                else:
                    yield index + 1, known, other
            elif self._strays(row):
                # Nothing under the headers: only the cells next to them are reported.
                yield index + 1, {}, {}

    def read(self, context: RowContext) -> Iterator[tuple[int, RowT]]:
        """Yield each usable row with its number in the workbook; report what is wrong with the others."""
        self._read_columns_alike(context)
        gaps = [at for at in range(max(self.headers, default=-1) + 1) if at not in self.headers]
        last = max(self.headers, default=-1) + 1
        for number, known, other in self.cells(report_headers=True):
            raw_row = self.raw.rows[number - 1]
            if len(raw_row) > last or gaps:
                self._report_strays(raw_row, number)
            if not known and not other:
                continue
            self.rows += 1
            if "entry_id" in known and self._repeats_entry(known["entry_id"], number):
                continue
            data: dict[str, Any] = dict(known)
            if other and self.extra_field is not None:
                data[self.extra_field] = other
            row = self._validated(data, number, context)
            if row is not None:
                yield number, row

    def _repeats_entry(self, cell: RawCell, number: int) -> bool:
        """True if a row is one of ours that arrived twice; another row with the same Entry ID is reported."""
        entry_id = read_text(cell).value
        first = self._rows_by_entry_id.setdefault(entry_id, number) if entry_id is not None else number
        if first == number:
            return False
        rows = self._rows_as_typed()
        if [*filter(is_filled, rows[first - 1])] == [*filter(is_filled, rows[number - 1])]:
            self.merged += 1
            self.report(
                Severity.NOTE,
                "This row repeats another with the same Entry ID, so we count it once.",
                "No action needed. Delete one of them to clear this note.",
                row=number,
                at="entry_id",
                value=cell,
            )
            return True
        self.report(
            Severity.WARNING,
            "This row has the Entry ID of another row. We use both.",
            "If you copied the row, clear the Entry ID of the copy.",
            row=number,
            at="entry_id",
            value=cell,
        )
        return False

    def _read_columns_alike(self, context: RowContext) -> None:
        """Tell `context` how each column of this tab writes dates; report it where it isn't as the setting says."""
        places = {self.tab.columns[name]: at for name, at in self.fields.items()}
        found = {
            column: order_of_dates(row[at] for row in self.raw.rows[self.header_row + 1 :] if at < len(row))
            for column, at in places.items()
            if column.kind in _DATES
        }
        # A column that leaves it open is written as the others of its tab.
        shown = {order for order, _ in found.values() if order is not None}
        common = shown.pop() if len(shown) == 1 else None
        orders = {column: common if order is None else order for column, (order, _) in found.items()}
        context.decimal_commas = frozenset(
            column
            for column, at in places.items()
            if column.kind in _NUMBERS
            and has_decimal_commas(row[at] for row in self.raw.rows[self.header_row + 1 :] if at < len(row))
        )
        for column in context.decimal_commas:
            context.parsed_cells.pop(column, None)
            self.report_decimal_commas(places[column])
        context.date_orders = {column: order for column, order in orders.items() if order is not None}
        context.day_first_columns = frozenset(
            column
            for column, (order, unclear) in found.items()
            if unclear and orders[column] is None and self._puts_day_first(places[column], context)
        )
        for column, (_, unclear) in found.items():
            context.parsed_cells.pop(column, None)
            order = context.date_orders.get(column)
            if order is not None and unclear and order is not context.day_first and not context.is_date_order_known:
                self.report(
                    Severity.NOTE,
                    f"Other dates here show that the {'day' if order else 'month'} comes first, so we read "
                    f"{unclear:,} {'date' if unclear == 1 else 'dates'} that way.",
                    "No action needed. To be sure, type dates as year-month-day (2026-03-14).",
                    row=self.header_row + 1,
                    at=places[column],
                    value=self.headers[places[column]],
                )

    def _puts_day_first(self, at: int, context: RowContext) -> bool:
        """True if the language of a column whose dates leave it open puts the day first, and no one chose otherwise."""
        if context.is_date_order_chosen or context.is_date_order_known:
            return False
        rows = self.raw.rows[self.header_row + 1 : self.header_row + 1 + _ANSWERS_SEEN]
        answers = (cell for row in rows for cell in row if isinstance(cell, str) and not cell.isascii())
        return puts_day_first(self.headers.get(at, ""), self.headers.values(), answers)

    def report_decimal_commas(self, at: int) -> None:
        """Report that a column's numbers have decimal commas; `at` counts from 0."""
        self.report(
            Severity.NOTE,
            "Some numbers in this column have a decimal comma, so we read all of them that way: 1,250 is 1.25.",
            "No action needed. To be sure, use a point: 2.5.",
            row=self.header_row + 1,
            at=at,
            value=self.headers[at],
        )

    def _validated(self, data: dict[str, Any], number: int, context: RowContext) -> RowT | None:
        context.problems.clear()
        try:
            row: RowT = self.tab.model.__pydantic_validator__.validate_python(data, context=context)
        except ValidationError as error:
            missing = {
                str(found["loc"][0])
                for found in error.errors(include_url=False, include_input=False, include_context=False)
            }
            self._report_rejected(missing, data, number, context)
            return None
        if context.problems:
            for column, problem, cell in context.problems:
                at = self._place(column)
                self.report(problem.severity, problem.message, problem.remedy, row=number, at=at, value=cell)
        return row

    def _report_rejected(self, missing: set[str], data: dict[str, Any], number: int, context: RowContext) -> None:
        self.rejected += 1
        wanted = {id(self.tab.columns[name]) for name in missing}
        for column, problem, cell in context.problems:
            message, severity = problem.message, problem.severity
            if id(column) in wanted:
                message, severity = f"{message} We skipped the whole row, since it needs this cell.", Severity.ERROR
            self.report(severity, message, problem.remedy, row=number, at=self._place(column), value=cell)
        reported = {id(column) for column, _, _ in context.problems}
        for name in sorted(missing, key=lambda name: self.fields.get(name, 0)):
            column = self.tab.columns[name]
            if id(column) not in reported:
                self.report(
                    Severity.ERROR,
                    f"{column.name} is blank, so we skipped this row.",
                    f"Fill in {column.name}, or clear the row.",
                    row=number,
                    at=name,
                    value=data.get(name),
                )

    def _place(self, column: Column | str) -> int | None:
        if isinstance(column, str):
            return next((at for at, header in self.extra.items() if header == column), None)
        return next((at for name, at in self.fields.items() if self.tab.columns[name] is column), None)

    def _repeats_header(self, row: Sequence[RawCell]) -> bool:
        at, header = self._first_header
        cell = row[at] if at < len(row) else None
        if not isinstance(cell, str) or len(cell) > 2 * len(header) + 20 or cell.strip().casefold() != header:
            return False
        filled = [(at, cell) for at, cell in enumerate(row) if is_filled(cell)]
        return len(filled) >= min(2, len(self.headers)) and all(
            isinstance(cell, str) and at in self.headers and folded(cell) == folded(self.headers[at])
            for at, cell in filled
        )

    def _report_skipped(self, number: int, what: str) -> None:
        self.report(
            Severity.NOTE,
            f"This row {what}, so we skipped it.",
            "No action needed. Delete the row to clear this note.",
            row=number,
            at=self._first_header[0],
        )

    def _strays(self, row: Sequence[RawCell]) -> list[int]:
        return [at for at, cell in enumerate(row) if at not in self.headers and is_filled(cell) and cell is not False]

    def _report_strays(self, row: Sequence[RawCell], number: int) -> None:
        for at in self._strays(row)[:_MAX_STRAY_CELLS]:
            self.report(
                Severity.NOTE,
                "This column has no header, so we skipped this cell.",
                "Add a header, or clear the cell.",
                row=number,
                at=at,
                value=row[at],
            )
