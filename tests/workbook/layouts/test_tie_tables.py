"""Matrices of connections, and lists that name several people in a row."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.network.graph import network_at
from nethealth.sources import read_path
from nethealth.workbook.reader import read_workbook
from tests.workbook.conftest import raw_workbook
from tests.workbook.layouts.readings import errors, names, ties

TODAY = dt.date(2026, 11, 30)
NAMES = ["Ana", "Ben", "Carla", "Dmitri"]
MEMBERS = [["Name"], *[[name] for name in NAMES]]


def pairs(workbook):
    return sorted(tuple(sorted(pair)) for pair in ties(workbook))


def test_matrix_of_the_case(cases):
    workbook = read_workbook(read_path(cases / "05b-names-matrix-as-connections"), today=TODAY)
    # 0 and 1, symmetric: five pairs, without a strength.
    assert ties(workbook) == [
        ("Ana Ruiz", "Dmitri Vale"),
        ("Ben Okafor", "Carla Wynn"),
        ("Ben Okafor", "Farid Haddad"),
        ("Carla Wynn", "Elin Storm"),
        ("Elin Storm", "Farid Haddad"),
    ]
    assert {tie.strength for tie in workbook.connections} == {None}
    assert not any(tie.is_report for tie in workbook.connections)
    assert len(network_at(workbook).ties) == 5
    assert errors(workbook) == []


@pytest.mark.parametrize("total", ["Total", "TOTALS", "Grand total", "Suma"])
def test_totals_of_a_matrix_are_no_person(read, total):
    rows = [
        [None, *NAMES, total],
        ["Ana", 0, 12, 3, 0, 15],
        ["Ben", 12, 0, 0, 7, 19],
        ["Carla", 3, 0, 0, 0, 3],
        ["Dmitri", 0, 7, 0, 0, 7],
        [total, 15, 19, 3, 7, 44],
    ]
    workbook = read({"Sheet1": rows})
    assert sorted(names(workbook)) == NAMES
    assert [dict(tie.measures) for tie in workbook.connections] == [{"Edge weight": n} for n in (12, 3, 7)]


def test_numbered_columns_belong_to_their_nominee(read):
    rows = [
        ["Ego", "Alter 1", "Strength 1", "Alter 2", "Strength 2", "Notes"],
        ["Ana", "Ben", 5, "Carla", 1, "n"],
        ["Ben", "Ana", 2, "Carla", 4, None],
        ["Dmitri", "Ana", None, None, None, None],
    ]
    workbook = read({"Members": MEMBERS, "Connections": rows})
    assert [(*pair, tie.strength) for pair, tie in zip(ties(workbook), workbook.connections, strict=True)] == [
        *(("Ana", "Ben", 5), ("Ana", "Carla", 1), ("Ben", "Ana", 2), ("Ben", "Carla", 4)),
        ("Dmitri", "Ana", None),
    ]
    assert errors(workbook) == []


def test_error_about_a_nominees_column_names_its_cell(read):
    rows = [["Name", "Friend", "Strength", "Friend2", "Strength2"], ["Ana", "Ben", 5, "Carla", "sometimes"]]
    workbook = read({"Members": MEMBERS, "Connections": rows})
    assert [tie.strength for tie in workbook.connections] == [5, None]
    assert [problem.cell for problem in workbook.problems if problem.severity.value == "error"] == ["Connections!E2"]


def test_friends_of_the_case(cases):
    workbook = read_workbook(read_path(cases / "07-friend1-friend2"), today=TODAY)
    assert ties(workbook) == [
        ("Ana Ruiz", "Ben Okafor"),
        ("Carla Wynn", "Dmitri Vale"),
        ("Ana Ruiz", "Dmitri Vale"),
        ("Elin Storm", "Farid Haddad"),
    ]
    assert len(names(workbook)) == 6
    assert [tie.measures["friendship_strength"] for tie in workbook.connections] == [2, 4, 4, 2]  # weak is 2 of 5


def test_nominees_of_the_case(cases):
    workbook = read_workbook(read_path(cases / "16-nodelist"), today=TODAY)
    ana, ben, carla, dmitri = "Ana Ruiz", "Ben Okafor", "Carla Wynn", "Dmitri Vale"
    assert ties(workbook) == [
        *((ana, ben), (ana, carla), (ana, dmitri), (ben, ana)),
        *((ben, carla), (carla, ben), (carla, ana), (dmitri, ana)),
    ]


def test_directed_matrix_has_its_numbers_as_strength(read):
    rows = [[None, *NAMES], ["Ana", 0, 3, None, 5], ["Ben", 0, 0, 2, 0], ["Carla", 0, 0, 0, 0], ["Dmitri", 1, 0, 0, 0]]
    workbook = read({"Members": MEMBERS, "Connections": rows})
    assert ties(workbook) == [("Ana", "Ben"), ("Ana", "Dmitri"), ("Ben", "Carla"), ("Dmitri", "Ana")]
    assert [tie.strength for tie in workbook.connections] == [3, 5, 2, 1]
    assert all(tie.is_report for tie in workbook.connections)


def test_counts_in_a_matrix_are_a_measure(read):
    rows = [["who", *NAMES[:3]], ["Ana", None, 12, 88], ["Ben", 1, None, 0], ["Carla", 0, 7.5, None]]
    workbook = read({"Members": MEMBERS, "Ties": rows})
    assert [next(iter(tie.measures.values())) for tie in workbook.connections] == [12, 88, 1, 7.5]
    assert {tie.strength for tie in workbook.connections} == {None}


def test_matrix_of_ids_below_a_title(read):
    members = [["Name", "ID"], ["Ana", 1], ["Ben", 2], ["Carla", 3]]
    rows = [
        ["Who works with whom"],
        [],
        ["ID", 1, 2, 3],
        [1, None, "x", None],
        [2, None, None, "x"],
        [3, None, None, None],
    ]
    workbook = read({"Members": members, "Sheet2": rows})
    assert ties(workbook) == [("Ana", "Ben"), ("Ben", "Carla")]


def test_unknown_person_in_a_matrix_is_listed_at_their_cell(read):
    rows = [[None, "Ana", "Ben", "Zed"], ["Ana", 0, 1, 1], ["Ben", 0, 0, 0], ["Zed", 0, 0, 0]]
    workbook = read({"Members": MEMBERS, "Connections": rows})
    assert ties(workbook) == [("Ana", "Ben")]
    assert errors(workbook) == ["Connections!D1"]


@pytest.mark.parametrize("title", ["Sheet1", "Distances"])
def test_matrix_of_something_else_is_left_alone(read, title):
    rows = [[None, "Math", "Science", "Art"], ["Math", 0, 1, 2], ["Science", 1, 0, 2], ["Art", 2, 2, 0]]
    workbook = read({"Members": MEMBERS, title: rows})
    assert workbook.connections == ()
    assert workbook.ignored_tabs == (title,)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.sampled_from([0, 1, 2, 5]), min_size=4, max_size=4), min_size=4, max_size=4))
def test_matrix_has_the_ties_of_its_cells(cells):
    rows = [["", *NAMES], *[[name, *row] for name, row in zip(NAMES, cells, strict=True)]]
    workbook = read_workbook(raw_workbook({"Members": MEMBERS, "Connections": rows}), today=TODAY)
    wanted = {tuple(sorted((NAMES[a], NAMES[b]))) for a in range(4) for b in range(4) if a != b and cells[a][b]}
    assert set(pairs(workbook)) == wanted


@pytest.mark.parametrize(
    "header",
    [
        ["From", "To", "To 2", "To 3"],
        ["Ego", "Alter1", "Alter2", "Alter3"],
        ["Name", "Friend 1", "Friend 2", "Friend 3"],
        ["Respondent", "Nominee #1", "Nominee #2", "Nominee #3"],
        ["Source", "Target", "Contact 2", "Contact 3"],
    ],
)
@pytest.mark.parametrize("members", [True, False])
def test_several_nominees(read, header, members):
    if not members and "Contact 2" in header:
        pytest.skip("contacts could be phone numbers")
    rows = [header, ["Ana", "Ben", "Carla", "Dmitri"], ["Ben", "Ana", None, "Carla"]]
    workbook = read({"Connections": rows} | ({"Members": MEMBERS} if members else {}))
    assert ties(workbook) == [("Ana", "Ben"), ("Ana", "Carla"), ("Ana", "Dmitri"), ("Ben", "Ana"), ("Ben", "Carla")]
    assert errors(workbook) == []


def test_strength_counts_for_the_first_and_date_for_all(read):
    rows = [["From", "To", "Alter 2", "Strength", "Date"], ["Ana", "Ben", "Carla", 4, "2026-01-15"]]
    workbook = read({"Members": MEMBERS, "Connections": rows})
    assert [(tie.strength, tie.date) for tie in workbook.connections] == [
        (4, dt.date(2026, 1, 15)),
        (None, dt.date(2026, 1, 15)),
    ]


@pytest.mark.parametrize("listed", ["Ben|Carla", "Ben; Carla", "Ben, Carla", '"Ben","Carla"', "Ben\nCarla"])
def test_several_people_in_one_cell(read, listed):
    workbook = read({"Members": MEMBERS, "Connections": [["From", "To", "Strength"], ["Ana", listed, 3]]})
    assert ties(workbook) == [("Ana", "Ben"), ("Ana", "Carla")]
    assert [tie.strength for tie in workbook.connections] == [3, 3]


def test_quoted_last_names_first_are_several_people(read):
    rows = [["From", "To"], ["Ana Ruiz", '"Okafor, Ben","Wynn, Zoe",Carla Diaz']]
    workbook = read({"Members": [["Name"], ["Ana Ruiz"], ["Ben Okafor"], ["Carla Diaz"]], "Connections": rows})
    assert ties(workbook) == [("Ana Ruiz", "Ben Okafor"), ("Ana Ruiz", "Carla Diaz")]
    assert errors(workbook) == ["Connections!B2"]


def test_unknown_nominee_is_listed_at_its_cell(read):
    rows = [["From", "To", "alter2"], ["Ana", "Ben", "Zed"], ["Ben", "Ana", "Carla"]]
    assert errors(read({"Members": MEMBERS, "Connections": rows})) == ["Connections!C2"]


def test_columns_of_staff_who_are_members_are_no_nominees(read):
    rows = [["From", "To", "Entered by"], ["Ana", "Ben", "Dmitri"], ["Ben", "Carla", "Dmitri"]]
    assert ties(read({"Members": MEMBERS, "Connections": rows})) == [("Ana", "Ben"), ("Ben", "Carla")]


@pytest.mark.parametrize("header", [["person1", "person2"], ["Member 1", "Member 2"], ["friend_1", "friend_2"]])
def test_two_numbered_columns_of_members_are_connections(read, header):
    rows = [header, ["Ana", "Ben"], ["Carla", "Dmitri"]]
    assert ties(read({"Members": MEMBERS, "Sheet4": rows})) == [("Ana", "Ben"), ("Carla", "Dmitri")]


def test_second_tab_of_connections_is_ignored_and_listed(read):
    rows = [["friend_1", "friend_2"], ["Ana", "Ben"]]
    workbook = read({"Members": MEMBERS, "Connections": [["From", "To"], ["Ana", "Carla"]], "edgelist": rows})
    assert ties(workbook) == [("Ana", "Carla")]
    assert workbook.ignored_tabs == ("edgelist",)


def test_two_numbered_columns_of_anything_else_are_left_alone(read):
    rows = [["Contact 1", "Contact 2"], ["555-0100", "555-0101"]]
    workbook = read({"Members": MEMBERS, "Phones": rows})
    assert workbook.connections == ()
    assert workbook.ignored_tabs == ("Phones",)


@pytest.mark.parametrize("listed", ["Ben Okafor, Carla Wynn", "Ben Okafor and Carla Wynn", "Ben Okafor y Carla Wynn"])
def test_lists_under_headers_that_staff_explained_are_split(read, listed):
    members = [["Name"], ["Ana Ruiz"], ["Ben Okafor"], ["Carla Wynn"]]
    names = [["Tab", "Column", "Your header"], ["Connections", "From", "Teacher"], ["Connections", "To", "Works with"]]
    rows = [["Teacher", "Works with"], ["Ana Ruiz", listed], ["Ben Okafor", "Ana Ruiz"]]
    workbook = read({"Members": members, "Connections": rows, "Column names": names})
    assert ties(workbook) == [("Ana Ruiz", "Ben Okafor"), ("Ana Ruiz", "Carla Wynn"), ("Ben Okafor", "Ana Ruiz")]
    assert not [problem for problem in workbook.problems if problem.severity.value != "note"]


@pytest.mark.parametrize("title", ["Connections", "Matrix"])
def test_matrix_may_sort_people_by_last_name(read, title):
    names = ["Ruiz, Ana", "Okafor, Ben", "Wynn, Cy"]
    matrix = [["Name", *names], [names[0], None, 1, 0], [names[1], 0, None, 0], [names[2], 0, 1, None]]
    workbook = read({"Members": [["Name"], ["Ana Ruiz"], ["Ben Okafor"], ["Cy Wynn"]], title: matrix})
    assert ties(workbook) == [("Ana Ruiz", "Ben Okafor"), ("Cy Wynn", "Ben Okafor")]
