"""Every column of the contract is marked, and someone has said who may receive it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from nethealth.workbook.schema.columns import CellKind, Column, Tab, tab
from nethealth.workbook.schema.membership_tabs import MemberRow
from nethealth.workbook.schema.tabs import TABS
from tests.adversary import marked_workbook as planted
from tests.adversary.marked_workbook import Audience, marked_tabs, marks, undeclared


def members_with(name: str) -> Tab:
    """Return the Members tab with one more column."""
    members = tab("Members", MemberRow)
    return replace(members, columns={**members.columns, "new": Column(name=name)})


def test_every_column_has_an_audience() -> None:
    assert undeclared() == []


def test_new_column_without_an_audience_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planted, "TABS", (members_with("Shoe size"),))
    assert undeclared() == ["Members: Shoe size"]


def test_new_column_is_marked_without_a_change(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planted, "TABS", (members_with("Shoe size"),))
    rows = marked_tabs()["Members"]
    assert rows[1][rows[0].index("Shoe size")].startswith("zqmembersshoesize")


@pytest.mark.parametrize("audience", [Audience.STAFF, Audience.NO_ONE])
def test_private_columns_are_all_marked(audience: Audience) -> None:
    assert [mark.column for mark in marks(audience) if not mark.spellings] == ["Weaving: Done"] * (
        audience is Audience.STAFF
    )


def test_marks_are_unlike_each_other() -> None:
    names = [planted.mark(tab.name, column.name) for tab in TABS for column in tab.columns.values()]
    assert len(set(names)) == len(names)
    dated = [(tab.name, column) for tab in TABS for column in tab.columns.values() if column.kind in planted.DATED]
    days = [planted.first_day(title, column.name) for title, column in dated]
    assert min(abs((one - other).days) for one in days for other in days if one is not other) > 50


def test_days_are_known_in_every_spelling() -> None:
    spellings = planted.date_spellings(dt.date(2001, 5, 3))
    assert {"2001-05-03", "May 3, 2001", "3 May 2001", "<v>37014</v>"} <= set(spellings)


def test_choices_hold_options() -> None:
    column = Column(name="Any", kind=CellKind.YES_NO)
    assert planted.default_cell("Members", column, 1) == "no"
