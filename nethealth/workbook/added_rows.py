"""Add rows to a workbook's tabs as if someone had typed them, such as answers about how to read the workbook."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias, TypeVar

from nethealth.workbook.contract_tables import find_tables
from nethealth.workbook.raw import RawCell, RawTab, RawWorkbook
from nethealth.workbook.readers.headers import HeaderNames, table_of
from nethealth.workbook.readers.problem_log import ProblemLog
from nethealth.workbook.schema.tabs import TABS, Tab

AddedRows: TypeAlias = Mapping[str, Sequence[Mapping[str, RawCell]]]
"""By the contract's name of a tab: rows, each from the contract's name of a column to its cell."""

WorkbookT = TypeVar("WorkbookT", bound=RawWorkbook)
_TABS: Final = {tab.name: tab for tab in TABS}


def add_rows(raw: WorkbookT, added: AddedRows) -> WorkbookT:
    """Return the workbook with these rows below those of their tabs, each cell under the header that is there.

    Missing tabs and columns are added with the contract's names. Raises KeyError for a tab or column that the contract
    doesn't have.
    """
    tabs = list(raw.tabs)
    tables = find_tables(tabs)
    for name, rows in added.items():
        if not rows:
            continue
        found = next(iter(tables.tabs.get(name, ())), None)
        completed = _with_rows(found, _TABS[name], rows, names=tables.names)
        if found is None:
            tabs.append(completed)
        else:
            at = next(at for at, tab in enumerate(tables.all_tabs) if tab is found)
            tabs[at] = dataclasses.replace(completed, read_as=tabs[at].read_as)
    return dataclasses.replace(raw, tabs=tabs)


def _with_rows(raw: RawTab | None, tab: Tab, added: Sequence[Mapping[str, RawCell]], *, names: HeaderNames) -> RawTab:
    """Return the tab with the rows; if it is missing, or its headers can't be found, a new one with its own headers."""
    field_of = {column.name: field for field, column in tab.columns.items()}
    table = None if raw is None else table_of(raw, tab, names=names, problem_log=ProblemLog())
    required = tab.required if table is None else ()  # without their headers, no one could read the new tab
    wanted = list(dict.fromkeys([*required, *(field_of[column] for row in added for column in row)]))
    rows: list[list[RawCell]] = [[]] if table is None else [list(row) for row in table.raw.rows]
    header_row = 0 if table is None else table.header_row
    places = {} if table is None else dict(table.fields)
    width = max(map(len, rows))
    for field in wanted:
        if field not in places:
            places[field] = width
            rows[header_row] += [None] * (width - len(rows[header_row])) + [tab.columns[field].name]
            width += 1
    for cells in added:
        row: list[RawCell] = [None] * width
        for column, cell in cells.items():
            row[places[field_of[column]]] = cell
        rows.append(row)
    if raw is None or table is None:
        return RawTab(title=tab.name, rows=rows)
    return dataclasses.replace(raw, rows=rows)
