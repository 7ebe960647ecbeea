"""What people type without a second thought: no flood of problems, and a remedy that can be followed."""

import datetime as dt

import pytest

from nethealth.workbook.cells.names import split_names
from nethealth.workbook.cells.scale_answers import read_scale_answer
from nethealth.workbook.cells.text import is_left_open
from nethealth.workbook.schema.vocabulary import AGREEMENT, SATISFACTION

NAMES = ["Tom Nguyen", "Olga Petrov", "Smith & Sons"]


def errors(workbook):
    return [problem for problem in workbook.problems if problem.severity.value == "error"]


@pytest.mark.parametrize("cell", ["N/A", "n/a", "TBD", "t.b.d.", "-", "—", "?", "Unknown", "pending"])
def test_open_cell_is_blank(read, cell):
    workbook = read(
        {
            "Members": [["Name", "Left"], ["Ann", cell]],
            "Convenings": [
                ["Date", "Title", "Invited", "Attended", "Link"],
                ["2026-01-02", "Kickoff", cell, 3, cell],
            ],
        }
    )
    assert errors(workbook) == []
    (gathering,) = workbook.convenings
    assert (gathering.invited, gathering.attended, gathering.link) == (None, 3, None)


def test_open_required_date_skips_row(read):
    workbook = read({"Convenings": [["Date", "Title"], ["TBD", "Kickoff"]]})
    assert workbook.convenings == ()
    (problem,) = errors(workbook)
    assert (problem.cell, problem.value) == ("Convenings!A2", "TBD")


@pytest.mark.parametrize("cell", ["Nadia", "5", "2026", "#N/A", "soon", "=1"])
def test_value_with_content_is_not_open(cell):
    assert not is_left_open(cell)


def test_scale_label_like_open_is_answer(read):
    scale = [["Scale", "Value", "Label"], ["Strength", 1, "Not yet"], ["Strength", 2, "Often"]]
    ties = [["From", "To", "Strength"], ["Ann", "Ben", "Not yet"], ["Ann", "Cyd", "often"], ["Ben", "Cyd", "TBD"]]
    members = [["Name"], ["Ann"], ["Ben"], ["Cyd"]]
    workbook = read({"Members": members, "Connections": ties, "Scales": scale})
    assert [tie.strength for tie in workbook.connections] == [1.0, 2.0, None]
    assert errors(workbook) == []


def test_name_like_na_stays(read):
    workbook = read({"Members": [["Name"], ["NA"]]})
    assert list(workbook.people) == ["NA"]


def test_unreadable_joined_is_reported_once(read, problems_with):
    rows = [
        ["Name", "Joined", "Left"],
        ["Ann", "someday", None],
        ["Ben", "2022-05-01", "2021-05-01"],
        ["Cyd", "TBD", None],
        ["Dee", None, None],
    ]
    workbook = read({"Members": rows})
    assert [cell for _, cell, _ in problems_with(workbook, "no Joined date")] == ["Members!B4", "Members!B5"]
    assert [problem.cell for problem in errors(workbook)] == ["Members!B2", "Members!C3"]


def test_row_of_totals_is_warning(read, problems_with):
    workbook = read({"Members": [["Name", "Role"], ["Ann", "Teacher"], ["TOTAL", "1 member"], ["Total Ann", None]]})
    assert problems_with(workbook, "row of totals") == [("warning", "Members!A3", "TOTAL")]
    assert len(workbook.people) == 3


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Tom Nguyen and Olga Petrov", NAMES[:2]),
        ("Tom Nguyen & Olga Petrov", NAMES[:2]),
        ("Smith & Sons, Tom Nguyen and Olga Petrov", ["Smith & Sons", *NAMES[:2]]),
        ("Smith & Sons", ["Smith & Sons"]),
        ("Tom Nguyen and friends", ["Tom Nguyen and friends"]),
        ("Tom Nguyen and ", ["Tom Nguyen and"]),
    ],
)
def test_and_separates_known_names(cell, names):
    assert split_names(cell, NAMES) == names


def test_neutral_labels_of_forms_are_read():
    assert read_scale_answer("Neither agree nor disagree", AGREEMENT).value == 3
    assert read_scale_answer("Neither satisfied nor dissatisfied", SATISFACTION).value == 3


def test_off_scale_remedy_lists_labels(read):
    workbook = read(
        {
            "Members": [["Name"], ["Ann"], ["Ben"]],
            "Connections": [["From", "To", "Strength"], ["Ann", "Ben", "weekly"]],
        }
    )
    (problem,) = errors(workbook)
    labels = ("Aware of", "Know", "Exchange", "Coordinate", "Collaborate")
    assert [f"{number} {label}" in problem.remedy for number, label in enumerate(labels, 1)] == [True] * 5


@pytest.mark.parametrize("header", ["Your name", "What is your name?", "Full name", "Tu nombre"])
def test_name_question_identifies_respondent(read, header):
    workbook = read(
        {
            "Members": [["Name"], ["Ann Lee"], ["Ben Ode"]],
            "Form Responses 1": [["Timestamp", header, "I know [Ben Ode]"], ["2026-01-02", "Ann Lee", 3]],
        }
    )
    assert [(tie.source, tie.target, tie.strength) for tie in workbook.connections] == [("Ann Lee", "Ben Ode", 3)]
    assert errors(workbook) == []


def test_unknown_email_has_own_remedy(read):
    rows = [["Timestamp", "Email address", "I learn"], [dt.date(2026, 1, 2), "stranger@else.org", 4]]
    workbook = read({"Members": [["Name", "Email"], ["Ann", "ann@net.org"]], "Survey": rows})
    (problem,) = [problem for problem in workbook.problems if problem.tab == "Survey"]
    assert problem.message.startswith("No member has this name")
    assert "email address to the member’s row" in problem.remedy
    assert "stranger" not in repr(workbook)


def test_shared_name_in_survey_is_reported(read):
    members = [["Name", "Email"], ["Ann", "a@net.org"], ["Ann", "b@net.org"]]
    workbook = read({"Members": members, "Survey": [["Timestamp", "Name", "I learn"], [dt.date(2026, 1, 2), "Ann", 4]]})
    (problem,) = [problem for problem in workbook.problems if problem.tab == "Survey"]
    assert "Several members share this name" in problem.message
    assert "Member ID" in problem.remedy


def test_typographic_characters_match_plain(read):
    workbook = read(
        {
            "Members": [["Name"], ["James O’Connor"], ["Zoë Smith‑Jones"]],
            "Connections": [["From", "To"], ["James O'Connor", "Zoë Smith-Jones"]],
        }
    )
    assert [(tie.source, tie.target) for tie in workbook.connections] == [("James O’Connor", "Zoë Smith‑Jones")]
    assert errors(workbook) == []


def test_missing_header_is_named(read):
    one = read({"Members": [["Teacher", "Campus"], ["Ann", "North"]]}).problems[0]
    assert "header “Name”" in one.message
    assert "“Name” above" in one.remedy
    two = read({"Connections": [["Teacher 1", "Teacher 2"], ["Ann", "Ben"]]}).problems[0]
    assert "headers “From” and “To”" in two.message
    assert "“From” and “To” above" in two.remedy


def test_separate_first_and_last_names_are_joined(read):
    workbook = read({"Directory": [["Last Name", "First Name", "School"], ["Lee", "Ann", "North"]]})
    assert list(workbook.people) == ["Ann Lee"]
    other = read({"Directory": [["First Name", "School"], ["Ann", "North"]]})
    assert "header “Name”" in other.problems[0].message


def test_other_capitals_join_same_value(read, problems_with):
    rows = [
        ["Name", "Region", "Subject"],
        ["Ann", "kern", "Algebra"],
        ["Ben", "Kern", "algebra"],
        ["Cyd", "Kern", "Geometry"],
        ["Dee", "Tulare", "Algebra"],
    ]
    workbook = read({"Members": rows})
    assert [person.attributes["Region"] for person in workbook.people.values()] == ["Kern", "Kern", "Kern", "Tulare"]
    assert [person.attributes["Subject"] for person in workbook.people.values()] == [
        *("Algebra", "Algebra", "Geometry", "Algebra")
    ]
    assert problems_with(workbook, "capitalize") == [("note", "Members!B2", "kern"), ("note", "Members!C3", "algebra")]
    assert "“Kern”" in workbook.problems[0].remedy


def test_first_of_equal_spellings_wins(read):
    workbook = read({"Members": [["Name", "Region"], ["Ann", "KERN"], ["Ben", "Kern"]]})
    assert {person.attributes["Region"] for person in workbook.people.values()} == {"KERN"}
