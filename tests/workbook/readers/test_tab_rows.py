"""Rows of a tab: which are read, and which cells are reported."""

TWO = [["Name"], ["Ann Lee"], ["Ben Ode"]]
TIE = [["From", "To"], ["Ann Lee", "Ben Ode"]]


def names(workbook):
    return [person.name for person in workbook.people.values()]


def test_cell_without_header_is_noted(read, problems_with):
    workbook = read({"Members": [["Name"], ["Ann Lee", None, "stray"], ["Ben Ode"], ["", "", "alone"]]})
    assert problems_with(workbook, "no header") == [("note", "Members!C2", "stray"), ("note", "Members!C4", "alone")]
    assert names(workbook) == ["Ann Lee", "Ben Ode"]


def test_repeated_header_row_is_skipped(read, problems_with, counts):
    workbook = read({"Members": TWO, "Connections": [*TIE, ["FROM", "To "], ["Ben Ode", "Ann Lee"]]})
    assert problems_with(workbook, "repeats the headers") == [("note", "Connections!A3", None)]
    assert counts(workbook, "Connections") == (2, 2, 0, 0)


def test_blank_and_unticked_rows_are_skipped(read, counts):
    rows = [["Name", "Show on map"], [], ["Ann Lee", True], ["  ", ""], [None, False], ["\u200b\xa0"]]
    workbook = read({"Members": rows})
    assert counts(workbook, "Members") == (1, 1, 0, 0)
    assert workbook.problems == ()


def test_unknown_column_is_noted(read, problems_with):
    workbook = read({"Members": TWO, "Connections": [["From", "To", "Mood"], ["Ann Lee", "Ben Ode", "good"]]})
    assert problems_with(workbook, "don’t know this column") == [("note", "Connections!C1", "Mood")]
