"""What staff say about whole tabs in Column names."""

import pytest

COLUMNS = ["Tab", "Column", "Your header"]
ANN = [["Name", "Region"], ["Ann Lee", "West"]]


def people(workbook):
    return [person.name for person in workbook.people.values()]


def test_unknown_title_is_read_as_the_tab_that_staff_chose(read):
    workbook = read({"Sheet1": ANN, "Column names": [COLUMNS, ["Members", "Whole tab", "Sheet1"]]})
    assert people(workbook) == ["Ann Lee"]
    assert workbook.ignored_tabs == ()


def test_chosen_tab_wins_over_the_title(read):
    tabs = {"Members": [["Name"], ["Old Row"]], "Sheet1": ANN}
    workbook = read(tabs | {"Column names": [COLUMNS, ["Members", "Whole tab", "Sheet1"]]})
    assert people(workbook) == ["Ann Lee"]
    assert workbook.ignored_tabs == ("Members",)


def test_tab_left_alone_is_not_read(read):
    tabs = {"Members": ANN, "Connections": [["From", "To"], ["Ann Lee", "Nobody Known"]]}
    workbook = read(tabs | {"Column names": [COLUMNS, ["Leave alone", "Whole tab", "Connections"]]})
    assert workbook.connections == ()
    assert workbook.problems == ()


def test_column_left_alone_is_no_attribute(read):
    rows = [["Name", "Region", "Team"], *[[f"P{i} Lee", "West", "Red"] for i in range(6)]]
    assert read({"Members": rows}).attributes == ("Region", "Team")
    workbook = read({"Members": rows, "Column names": [COLUMNS, ["Members", "Leave alone", "Team"]]})
    assert workbook.attributes == ("Region",)
    assert workbook.problems == ()


def test_headers_of_a_chosen_tab_can_be_mapped_by_its_title(read):
    tabs = {"Contacts": [["Contact", "Region"], ["Ann Lee", "West"]]}
    names = [COLUMNS, ["Members", "Whole tab", "Contacts"], ["Contacts", "Name", "Contact"]]
    assert people(read(tabs | {"Column names": names})) == ["Ann Lee"]


@pytest.mark.parametrize("tab", ["Members", "Leave alone"])
def test_title_that_no_tab_has_is_reported(read, problems_with, tab):
    workbook = read({"Members": ANN, "Column names": [COLUMNS, [tab, "Whole tab", "Contacts"]]})
    assert problems_with(workbook, "no tab") == [("error", "Column names!C2", "Contacts")]
