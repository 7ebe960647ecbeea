"""Kumu's Elements and Connections are read as they come."""

from pathlib import Path

from nethealth.sources import read_path
from nethealth.workbook.layouts.network_tools import arrange_network_tools
from nethealth.workbook.layouts.rearranged import EDGE_WEIGHT
from nethealth.workbook.raw import RawTab
from nethealth.workbook.reader import read_workbook
from nethealth.workbook.schema.vocabulary import HeardThrough, Kind
from tests.workbook.layouts.readings import errors, names, ties

CASES = Path(__file__).parents[2] / "cases"
KUMU = {
    "Elements": [["Label", "Type", "Tags"], ["Ana Ruiz", "Person", "STEM|Coaching"], ["North HS", "Company", None]],
    "Connections": [["From", "To", "Direction"], ["Ana Ruiz", "North HS", "directed"]],
}


def test_kumu_case_has_five_members_and_four_connections():
    workbook = read_workbook(read_path(CASES / "01-kumu-workbook" / "kumu.xlsx"))
    assert names(workbook) == ["Ana Ruiz", "Ben Okafor", "Carla Wynn", "Dmitri Vale", "North HS"]
    assert [person.kind for person in workbook.people.values()] == [Kind.PERSON] * 4 + [Kind.ORGANIZATION]
    assert workbook.people["Ana Ruiz"].tags == ("Founder", "STEM", "Runner")
    assert ties(workbook) == [
        ("Ana Ruiz", "Ben Okafor"),
        ("Ana Ruiz", "Carla Wynn"),
        ("Ben Okafor", "Dmitri Vale"),
        ("Carla Wynn", "North HS"),
    ]
    assert [tie.kind for tie in workbook.connections] == ["Personal", "Personal", "Contractor", "Board Member; Donor"]
    assert {tie.strength for tie in workbook.connections} == {None}
    assert errors(workbook) == []
    (strength,) = [problem for problem in workbook.problems if problem.severity.value == "warning"]
    assert "It's complicated" in strength.message
    assert workbook.left_alone == ()


def test_kumu_tabs_in_another_order_with_more_columns(read):
    workbook = read(
        {
            "connections": [
                ["Type", "To", "From", "Direction", "Strength"],
                ["Funds", "Ben Okafor | Carla Wynn", "North HS", "mutual", 4],
                ["Knows", "Carla Wynn", "Ben Okafor", "directed", 2],
            ],
            "ELEMENTS": [
                ["Type", "Region", "Label"],
                ["Organisation", "West", "North HS"],
                ["Person", "East", "Ben Okafor"],
                [None, "East", "Carla Wynn"],
            ],
        }
    )
    assert [person.kind for person in workbook.people.values()] == [Kind.ORGANIZATION, Kind.PERSON, Kind.PERSON]
    assert ties(workbook) == [
        ("North HS", "Ben Okafor"),
        ("North HS", "Carla Wynn"),
        ("Ben Okafor", "Carla Wynn"),
    ]
    assert [tie.heard_through for tie in workbook.connections] == [HeardThrough.STAFF, HeardThrough.STAFF, None]
    assert [tie.strength for tie in workbook.connections] == [4, 4, 2]


def test_kumu_types_that_are_neither_people_nor_organizations_are_named(read):
    elements = [["Label", "Type"], ["Ana Ruiz", "Teacher"], ["Reading Week", "Project"], ["North HS", "School"]]
    workbook = read(KUMU | {"Elements": elements, "Connections": [["From", "To"], ["Ana Ruiz", "Reading Week"]]})
    assert [person.kind for person in workbook.people.values()] == [Kind.PERSON, Kind.PERSON, Kind.ORGANIZATION]
    assert workbook.people["Reading Week"].attributes["Type"] == "Project"
    (note,) = [
        problem for problem in workbook.problems if problem.tab == "Elements" and "“Project” (1)" in problem.message
    ]
    assert "“Teacher” (1)" in note.message


def test_kumu_weight_is_no_strength(read):
    rows = [["From", "To", "Weight"], ["Ana Ruiz", "North HS", 3], ["North HS", "Ana Ruiz", 40]]
    workbook = read(KUMU | {"Connections": rows})
    assert [(tie.strength, tie.measures) for tie in workbook.connections] == [
        (None, {EDGE_WEIGHT: 3}),
        (None, {EDGE_WEIGHT: 40}),
    ]


def test_kumu_label_with_a_pipe_is_one_person(read):
    elements = [["Label"], ["A|B Coaching"], ["Ana Ruiz"]]
    workbook = read({"Elements": elements, "Connections": [["From", "To"], ["Ana Ruiz", "A|B Coaching"]]})
    assert ties(workbook) == [("Ana Ruiz", "A|B Coaching")]


def test_kumu_problem_names_the_cell_in_the_sheet(read):
    rows = [["From", "To"], ["Ana Ruiz", "North HS|North HS"], ["Ana Ruiz", "North HS|Nobody Known"]]
    assert errors(read(KUMU | {"Connections": rows})) == ["Connections!B3"]


def test_kumu_strength_counts_once_its_words_are_in_scales(read):
    rows = [["From", "To", "Strength"], ["Ana Ruiz", "North HS", "Strong"]]
    scales = [["Scale", "Value", "Label"], ["Strength", 1, "Weak"], ["Strength", 5, "Strong"]]
    workbook = read(KUMU | {"Connections": rows, "Scales": scales})
    assert [tie.strength for tie in workbook.connections] == [5]


def test_workbook_with_members_is_not_kumus(read):
    workbook = read(KUMU | {"Members": [["Name"], ["Ana Ruiz"], ["North HS"]]})
    assert names(workbook) == ["Ana Ruiz", "North HS"]
    assert "Elements" in workbook.ignored_tabs


def test_lists_that_become_too_many_rows_are_not_split():
    many = "|".join(["Ben"] * 1_000)
    elements = RawTab(title="Elements", rows=[["Label"], ["Ana"]])
    connections = RawTab(title="Connections", rows=[["From", "To"], *[["Ana", many]] * 200])
    assert set(arrange_network_tools([elements, connections])) == {0}
