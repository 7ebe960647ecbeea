"""Find the tabs and columns of the contract in a workbook that we want to write to, where they stand right now.

This matches titles and headers as the reader does, the Column names tab included, but rearranges nothing: a place found
here is a place in the sheet that people see.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nethealth.workbook.cells.characters import folded
from nethealth.workbook.raw import RawTab
from nethealth.workbook.readers import settings
from nethealth.workbook.readers.headers import HeaderNames, find_tabs, header_names, looks_like_form, table_of
from nethealth.workbook.readers.problem_log import ProblemLog
from nethealth.workbook.readers.tab_rows import TabRows
from nethealth.workbook.records import Problem
from nethealth.workbook.schema.tabs import COLUMN_NAMES, RowContext, Tab


@dataclass(frozen=True, slots=True)
class ContractTables:
    """The workbook's tabs, matched to those of the contract."""

    all_tabs: Sequence[RawTab]
    """Every tab, in order, with what the Column names tab says about it."""
    tabs: Mapping[str, Sequence[RawTab]]
    """By the contract's name."""
    names: HeaderNames
    """The Column names tab."""

    def raw(self, tab: Tab) -> RawTab | None:
        """Return the tab that people type rows of `tab` into; None if there is none.

        A tab that Google Forms fills is left to the form.
        """
        typed = (raw for raw in self.tabs.get(tab.name, ()) if tab.is_form or not looks_like_form(raw))
        return next(typed, None)

    def table(self, tab: Tab) -> TabRows[Any] | None:
        """Return the tab with its columns; None if it is missing, empty, or its headers can't be matched."""
        raw = self.raw(tab)
        return None if raw is None else table_of(raw, tab, names=self.names, problem_log=ProblemLog())

    def problem(self, tab: Tab) -> Problem | None:
        """Return why the headers of a tab can't be matched; None if they can, or the tab is missing or empty."""
        raw, log = self.raw(tab), ProblemLog()
        if raw is None or table_of(raw, tab, names=self.names, problem_log=log) is not None:
            return None
        return next(iter(log.problems(titles=[raw.title])), None)


def find_tables(tabs: Sequence[RawTab]) -> ContractTables:
    """Match a workbook's tabs to those of the contract."""
    first = ContractTables(tabs, find_tabs(tabs, problem_log=ProblemLog()).tabs, {})
    table = first.table(COLUMN_NAMES)
    if table is None:
        return first
    # Column names may say what whole tabs are.
    named = settings.read_column_names(table, RowContext(today=dt.date.min), titles=[tab.title for tab in tabs])
    chosen = settings.chosen_tabs(named)
    marked = [dataclasses.replace(tab, read_as=chosen.get(folded(tab.title), tab.read_as)) for tab in tabs]
    return ContractTables(marked, find_tabs(marked, problem_log=ProblemLog()).tabs, header_names(named))
