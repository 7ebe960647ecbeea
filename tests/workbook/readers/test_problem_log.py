"""Problems: their cells, their order, and how many are listed."""

import pytest

from nethealth.workbook.readers.problem_log import ProblemLog, column_letter
from nethealth.workbook.records import Severity


def test_problem_names_its_cell(read):
    headers = [None] * 27 + ["Name", "Joined"]
    workbook = read({" Roster": [[], headers, [None] * 27 + ["Ann", "x" * 200]]})
    (problem,) = [problem for problem in workbook.problems if problem.severity is Severity.ERROR]
    assert (problem.cell, problem.tab, problem.header) == (" Roster!AC3", " Roster", "Joined")
    assert problem.value is not None
    assert len(problem.value) == 80
    assert problem.value.endswith("…")


@pytest.mark.parametrize(
    ("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")]
)
def test_columns_are_lettered_as_in_a_sheet(index, letters):
    assert column_letter(index) == letters


def test_problems_beyond_200_are_counted(read, counts):
    ties = [["From", "To"], *([f"Nobody {n}", "Ann"] for n in range(250)), ["Ann", "Nobody"]]
    workbook = read({"Members": [["Name"], ["Ann"]], "Connections": ties})
    (unlisted,) = workbook.unlisted
    assert (unlisted.tab, unlisted.column, unlisted.count) == ("Connections", "A", 50)
    assert len([p for p in workbook.problems if p.column == "A" and p.tab == "Connections"]) == 200
    assert [p.cell for p in workbook.problems if p.column == "B"] == ["Connections!B252"]
    assert counts(workbook, "Connections") == (251, 0, 0, 251)


def test_remedy_is_computed_only_if_listed():
    problem_log, asked = ProblemLog(), []
    for row in range(300):
        problem_log.add(Severity.NOTE, "m", lambda row=row: asked.append(row) or "r", tab="T", row=row + 1, column=0)
    assert len(asked) == 200
    assert len(problem_log.problems(titles=["T"])) == 200


def test_problems_are_in_workbook_order(read):
    tabs = {
        "Convenings": [["Date", "Title"], ["x", ""], ["", "y"]],
        "Members": [["Name", "Joined"], ["Ann", "x"], ["", "2024"]],
    }
    assert [problem.cell for problem in read(tabs).problems] == [
        *("Convenings!A2", "Convenings!B2", "Convenings!A3"),
        *("Members!B2", "Members!A3", "Members!B3"),
    ]
