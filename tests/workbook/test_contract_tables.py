"""Tabs and columns of the contract, where they stand."""

from __future__ import annotations

from typing import Any

from nethealth.workbook.contract_tables import find_tables
from nethealth.workbook.raw import RawTab
from nethealth.workbook.schema.tabs import CONNECTIONS, EMERGENT, WEAVING

CALLS = [["Our calls"], [], ["Member", "Weaver", "When", "Entry ID"], ["Ana", "Bo", 46000]]


def tabs(**rows: list[list[Any]]) -> list[RawTab]:
    return [RawTab(title, cells) for title, cells in rows.items()]


def test_columns_are_found_where_they_stand() -> None:
    names = [["Tab", "Column", "Your header"], ["Weaving", "Whole tab", "Calls"], ["Weaving", "Date", "When"]]
    table = find_tables(tabs(Calls=CALLS, **{"Column names": names})).table(WEAVING)
    assert table is not None
    assert (table.title, table.header_row) == ("Calls", 2)
    assert table.fields == {"member": 0, "weaver": 1, "date": 2, "entry_id": 3}


def test_without_column_names_the_aliases_count() -> None:
    found = find_tables(tabs(Collaborations=[["Name", "Collaborators"]], Weaving=CALLS))
    assert found.table(EMERGENT) is not None
    assert found.table(WEAVING) is None
    problem = found.problem(WEAVING)
    assert problem is not None
    assert "Date" in problem.message


def test_tab_that_a_form_fills_is_left_to_it() -> None:
    form = [["Timestamp", "From", "To"], [46000, "Ana", "Bo"]]
    assert find_tables(tabs(Connections=form)).raw(CONNECTIONS) is None


def test_missing_and_empty_tabs_have_no_table_and_no_problem() -> None:
    found = find_tables(tabs(Weaving=[]))
    assert (found.table(WEAVING), found.problem(WEAVING)) == (None, None)
    assert found.raw(WEAVING) is not None
    assert found.raw(EMERGENT) is None
