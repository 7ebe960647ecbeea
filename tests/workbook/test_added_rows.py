"""Rows added to a workbook are read as if someone had typed them."""

import dataclasses

import pytest

from nethealth.workbook.added_rows import add_rows
from nethealth.workbook.reader import read_workbook
from tests.workbook.conftest import TODAY, raw_workbook

MEMBERS = [["School", "Name"], ["North", "Ann Lee"]]


def names(raw):
    return [person.name for person in read_workbook(raw, today=TODAY).people.values()]


def test_row_goes_under_the_headers_that_are_there():
    raw = add_rows(raw_workbook({"Roster": MEMBERS}), {"Members": [{"Name": "Ben Ode", "Organization": "South"}]})
    assert raw.tabs[0].rows[-1] == ["South", "Ben Ode"]
    assert names(raw) == ["Ann Lee", "Ben Ode"]


def test_missing_column_is_added_with_its_own_name():
    raw = add_rows(raw_workbook({"Members": MEMBERS}), {"Members": [{"Name": "Ben Ode", "Region": "West"}]})
    assert raw.tabs[0].rows == [["School", "Name", "Region"], ["North", "Ann Lee"], [None, "Ben Ode", "West"]]


def test_missing_tab_is_added():
    raw = add_rows(raw_workbook({"Members": MEMBERS}), {"Connections": [{"From": "Ann Lee", "To": "Cara Lin"}]})
    assert raw.tabs[1].rows == [["From", "To"], ["Ann Lee", "Cara Lin"]]


def test_no_rows_leave_the_workbook_as_it_is():
    raw = raw_workbook({"Members": MEMBERS})
    assert add_rows(raw, {"Members": []}) == dataclasses.replace(raw, tabs=list(raw.tabs))


@pytest.mark.parametrize("added", [{"Budget": [{"Name": "x"}]}, {"Members": [{"Budget": "x"}]}])
def test_unknown_tab_or_column_raises(added):
    with pytest.raises(KeyError):
        add_rows(raw_workbook({"Members": MEMBERS}), added)


def test_answers_about_tabs_take_effect():
    answers = [{"Tab": "Members", "Column": "Whole tab", "Your header": "Contacts"}]
    raw = raw_workbook({"Contacts": [["Name"], ["Ann Lee"]]})
    assert names(raw) == []
    assert names(add_rows(raw, {"Column names": answers})) == ["Ann Lee"]


def test_row_goes_under_the_headers_that_column_names_explain():
    names_tab = [["Tab", "Column", "Your header"], ["Members", "Name", "Who"], ["Members", "Whole tab", "People"]]
    raw = raw_workbook({"People": [["Who", "School"], ["Ann Lee", "North"]], "Column names": names_tab})
    added = add_rows(raw, {"Members": [{"Name": "Ben Ode"}]})
    assert added.tabs[0].rows == [["Who", "School"], ["Ann Lee", "North"], ["Ben Ode", None]]
    assert names(added) == ["Ann Lee", "Ben Ode"]


def test_new_tab_has_all_headers_that_it_needs():
    raw = add_rows(raw_workbook({"Roster": MEMBERS}), {"Weaving": [{"Member": "Ana", "Weaver": "Bo"}]})
    assert list(raw.tabs[1].rows[0]) == ["Date", "Weaver", "Member"]
