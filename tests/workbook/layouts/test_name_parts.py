"""First and last names in two columns are joined."""

import pytest


def people(workbook):
    return sorted(person.name for person in workbook.people.values())


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("First Name", "Last Name"),
        ("first", "LAST"),
        ("Nombre", "Apellidos"),
        ("Vorname", "Nachname"),
        ("Prénom", "Nom"),
        ("PRENOM", "NOM"),
        ("Nome", "Sobrenome"),
    ],
)
def test_parts_become_one_name(read, first, last):
    workbook = read({"Members": [["Region", first, last], ["West", "Ana", "Ruiz"], ["East", "Ben", "Okafor"]]})
    assert people(workbook) == ["Ana Ruiz", "Ben Okafor"]
    assert not any(problem.severity.value == "error" for problem in workbook.problems)


def test_blank_name_is_filled_and_others_stay(read):
    rows = [["Name", "First name", "Last name"], [None, "Ana", "Ruiz"], ["Dr. Ben Okafor", "Ben", "Okafor"]]
    assert people(read({"Members": rows})) == ["Ana Ruiz", "Dr. Ben Okafor"]


def test_one_part_is_enough_and_a_blank_row_is_no_one(read):
    rows = [["First name", "Last name", "Region"], ["Ana", None, "West"], [None, None, None], [None, "Okafor", "East"]]
    assert people(read({"Members": rows})) == ["Ana", "Okafor"]


def test_headers_may_stand_below_a_title(read):
    rows = [["Our members"], [], ["First name", "Last name"], ["Ana", "Ruiz"]]
    assert people(read({"Members": rows})) == ["Ana Ruiz"]


def test_problem_names_the_cell_of_the_first_name(read):
    rows = [["Region", "First name", "Last name"], ["West", "=A1", "Ruiz"]]
    cells = [problem.cell for problem in read({"Members": rows}).problems if problem.severity.value == "error"]
    assert cells == ["Members!B2"]


def test_full_name_without_parts_is_not_touched(read):
    workbook = read({"Members": [["Name", "First name"], ["Ana Ruiz", "Ana"]]})
    assert people(workbook) == ["Ana Ruiz"]
    assert not [problem for problem in workbook.problems if "joined" in problem.message]
