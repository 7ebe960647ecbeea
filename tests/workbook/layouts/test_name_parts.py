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


@pytest.mark.parametrize("last", [("Primer apellido", "Segundo apellido"), ("Apellido paterno", "Apellido materno")])
def test_both_spanish_surnames_belong_to_the_name(read, last):
    workbook = read({"Members": [["Nombre", *last], ["Ana", "Ruiz", "Sol"], ["Ben", "Okafor", None]]})
    assert people(workbook) == ["Ana Ruiz Sol", "Ben Okafor"]


@pytest.mark.parametrize("headers", [("Vorname", "Name"), ("First name", "NAME")])
def test_last_names_under_name_get_their_first_names(read, problems_with, headers):
    rows = [headers, ["Ana", "Kern"], ["Ben", "Kern"], ["Carla", "von Thal"], [None, "Okafor"]]
    workbook = read({"Members": rows})
    assert people(workbook) == ["Ana Kern", "Ben Kern", "Carla von Thal", "Okafor"]
    assert len(problems_with(workbook, "last names")) == 1


@pytest.mark.parametrize("name", ["Robert Hale", "Hale, Robert", "Bob"])
def test_whole_names_next_to_first_names_stay(read, name):
    assert people(read({"Members": [["First name", "Name"], ["Bob", name]]})) == [name]


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


@pytest.mark.parametrize(
    ("header", "yes", "no"), [("Member?", "Yes", "No"), ("Member", True, False), ("MEMBER", "x", 0)]
)
def test_yes_and_no_under_member_are_no_names(read, problems_with, header, yes, no):
    rows = [["First name", "Last name", header], ["Ana", "Ruiz", yes], ["Ben", "Okafor", no]]
    workbook = read({"Members": rows})
    assert [person.name for person in workbook.people.values()] == ["Ana Ruiz", "Ben Okafor"]
    assert [person.left_on_unknown_day for person in workbook.people.values()] == [False, True]
    assert len(problems_with(workbook, "holds yes and no")) == 1


def test_names_under_member_stay_names(read):
    workbook = read({"Members": [["Member", "Role"], ["Ana Ruiz", "Coach"], ["Ben Okafor", "Coach"]]})
    assert [person.name for person in workbook.people.values()] == ["Ana Ruiz", "Ben Okafor"]


@pytest.mark.parametrize(
    ("titles", "attributes"),
    [(["Ms.", "Dr", None], ("Salutation",)), (["Coach", "Mr", None], ("Role",)), ([None] * 3, ())],
)
def test_salutations_are_no_roles(read, titles, attributes):
    rows = [
        ["Title", "First Name", "Last Name"],
        *([title, name, "Lee"] for title, name in zip(titles, "ABC", strict=True)),
    ]
    assert read({"Members": rows}).attributes == attributes
