"""Names in cells, resolved to people and organizations."""

import datetime as dt

import pytest

from nethealth.sources import read_path
from nethealth.workbook.reader import read_workbook


def members(*rows, headers=("Name", "Member ID", "Joined", "Left", "Email", "Organization")):
    return [list(headers), *map(list, rows)]


def test_people_are_found_by_id_or_name(read):
    rows = [["From", "To"], ["m1", " BEN  ode "], ["Ann\u00a0Lee", "M2"]]
    workbook = read({"Members": members(("Ann Lee", "M1"), ("Ben Ode", "M2")), "Connections": rows})
    assert [(tie.source, tie.target) for tie in workbook.connections] == [("M1", "M2")] * 2


@pytest.mark.parametrize("tab", ["Convenings", "Activities"])
def test_gathering_among_names_is_never_to_become_a_member(read, tab):
    workbook = read(
        {
            "Members": [["Name"], ["Ana Ruiz"], ["Ben Okafor"]],
            "Connections": [["From", "To"], ["Ana Ruiz", "Ben Okafor"], ["Ana Ruiz", "KICKOFF day"]],
            tab: [["Date", "Title"], ["2024-01-05", "Kickoff day"]],
        }
    )
    (problem,) = workbook.problems
    assert problem.row == 3
    assert "Members" not in problem.remedy


def test_unknown_name_suggests_closest(read):
    workbook = read(
        {"Members": members(("Annabel Lee",), ("Ben",)), "Connections": [["From", "To"], ["Anabel Lee", "Ben"]]}
    )
    (problem,) = [problem for problem in workbook.problems if problem.tab == "Connections"]
    assert (problem.severity.value, problem.cell, problem.value) == ("error", "Connections!A2", "Anabel Lee")
    assert "Annabel Lee" in problem.remedy
    assert "skipped this connection" in problem.message


def test_unknown_name_becomes_guest_if_allowed(read, problems_with):
    settings = [["Setting", "Value"], ["unknown people", "Guests"]]
    ties = [["From", "To"], ["Ben", "Zed"], ["zed", "Ben"]]
    workbook = read({"Settings": settings, "Members": members(("Ben",)), "Connections": ties})
    assert [(person.name, person.is_guest, person.spells) for person in workbook.people.values()] == [
        ("Ben", False, ()),
        ("Zed", True, ()),
    ]
    assert [person.name for person in workbook.members] == ["Ben"]
    assert len(workbook.connections) == 2
    assert problems_with(workbook, "as a guest")[0] == ("warning", "Connections!B2", "Zed")


def test_known_name_with_comma_stays_whole(read):
    people = members(("Garcia, PhD",), ("Ann Lee",), ("Ben",))
    gathering = [
        ["Date", "Title", "Attendees"],
        ["2026-01-01", "One", "Ann Lee, Garcia, PhD, Ben"],
        ["2026-01-02", "Two", "Ann Lee; Garcia, PhD"],
        ["2026-01-03", "Three", "Ann Lee\nBen"],
    ]
    workbook = read({"Members": people, "Convenings": gathering})
    assert [row.attendees for row in workbook.convenings] == [
        ("Ann Lee", "Garcia, PhD", "Ben"),
        ("Ann Lee", "Garcia, PhD"),
        ("Ann Lee", "Ben"),
    ]


def test_organizations_can_collaborate(read):
    people = [["Name", "Kind", "Organization"], ["Ann", "Person", "Lincoln"], ["Kent Fund", "organization", ""]]
    rows = [["Name", "Collaborators"], ["Garden", "Ann; lincoln; Kent Fund; Nobody"]]
    workbook = read({"Members": people, "Emergent activity": rows})
    (activity,) = workbook.emergent
    assert activity.collaborators == ("Ann", "Kent Fund")
    assert activity.organizations == ("Lincoln",)
    assert [(p.value, p.severity.value) for p in workbook.problems] == [("Nobody", "error")]


@pytest.mark.parametrize("word", ["Anonymous", "anónimo", "N/A", "Prefer not to say", "keine Angabe", "-", "test"])
def test_each_anonymous_row_is_its_own_answer(read, word):
    rows = [["Timestamp", "Name", "I learn"], *(["2026-01-05", word, answer] for answer in (1, 2, 5))]
    workbook = read({"Members": [["Name"], ["Ann Lee"]], "Survey": rows})
    assert [(each.respondent, each.answers["I learn"]) for each in workbook.responses] == [
        (None, 1),
        (None, 2),
        (None, 5),
    ]
    assert workbook.problems == ()


def test_member_with_such_a_name_is_a_member(read):
    rows = [["Timestamp", "Name", "I learn"], ["2026-01-05", "None", 1], ["2026-01-06", "none", 2]]
    workbook = read({"Members": [["Name"], ["None"]], "Survey": rows})
    assert [(each.respondent, each.answers["I learn"]) for each in workbook.responses] == [("None", 2)]


@pytest.mark.parametrize("ids", [("A1", "A2"), ("A1", "")])
def test_each_row_with_a_shared_name_is_its_own_answer(read, problems_with, ids):
    members = [["Name", "Member ID", "Email"], ["Ann Lee", ids[0], "a@x.org"], ["Ann Lee", ids[1], "b@x.org"]]
    rows = [["Timestamp", "Name", "Email", "I learn"], *(["2026-01-05", "Ann Lee", "", answer] for answer in (1, 2))]
    rows += [["2026-01-06", "Ann Lee", "a@x.org", 5]]
    workbook = read({"Members": members, "Survey": rows})
    found = [(each.respondent, each.answers["I learn"]) for each in workbook.responses]
    assert found == [(None, 1), (None, 2), ("A1", 5)]
    found = [cell for _, cell, _ in problems_with(workbook, "without linking")]
    assert found == ["Survey!B2", "Survey!B3"]


def test_anonymous_row_of_a_relationship_form_is_skipped(read, problems_with):
    form = [["Timestamp", "Name", "Who? [Ann Lee]", "Who? [Bo Day]"], ["2026-01-05", "Anonymous", 3, 4]]
    settings = [["Setting", "Value"], ["Unknown people", "guests"]]
    workbook = read({"Settings": settings, "Members": [["Name"], ["Ann Lee"], ["Bo Day"]], "Form responses": form})
    assert (len(workbook.people), workbook.connections) == (2, ())
    assert len(problems_with(workbook, "doesn’t say who answered")) == 1


def test_linked_records_of_the_case_are_split_at_the_quotation_marks(cases):
    workbook = read_workbook(read_path(cases / "17-airtable-linked"), today=dt.date(2026, 11, 30))
    assert [(each.attended, each.attendees) for each in workbook.convenings] == [
        (3, ("Ruiz, Ana", "Okafor, Ben", "Carla Wynn")),
        (2, ("Okafor, Ben", "Dmitri Vale")),
    ]
    assert workbook.emergent[0].collaborators == ("Ruiz, Ana", "Okafor, Ben")
    assert workbook.problems == ()


@pytest.mark.parametrize("listed", ["Ana Ruiz|Ben Okafor", "Ana Ruiz | Ben Okafor", '"Ana Ruiz","Ben Okafor"'])
def test_pipes_and_quotation_marks_list_names(read, listed):
    rows = [["Date", "Title", "Attendees"], ["2026-01-15", "Kickoff", listed]]
    people = [["Name", "Tags"], ["Ana Ruiz", '"STEM","Equity"'], ["Ben Okafor", "STEM|Art"]]
    workbook = read({"Members": people, "Convenings": rows})
    assert workbook.convenings[0].attendees == ("Ana Ruiz", "Ben Okafor")
    assert [person.tags for person in workbook.members] == [("STEM", "Equity"), ("STEM", "Art")]
