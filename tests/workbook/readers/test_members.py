"""Members: identity, spells, and hidden people, as docs/workbook.md describes them."""

import datetime as dt

import pytest

from nethealth.workbook.records import Spell

D = dt.date


def members(*rows, headers=("Name", "Member ID", "Joined", "Left", "Email", "Organization")):
    return [list(headers), *map(list, rows)]


def names(workbook):
    return [person.name for person in workbook.people.values()]


def test_the_same_member_id_is_one_person(read, problems_with):
    workbook = read({"Members": members(("Ann Lee", "7", "2020-01-01"), ("Ann Lee-Ode", 7.0, "2024-01-01"))})
    assert names(workbook) == ["Ann Lee-Ode"]
    assert problems_with(workbook, "two names") == [("warning", "Members!A3", "Ann Lee-Ode")]
    ties = [["From", "To"], ["ann lee", "Ben"]]
    both = read({"Members": members(("Ann Lee", "7"), ("Ann Ode", "7"), ("Ben",)), "Connections": ties})
    assert [tie.source for tie in both.connections] == ["7"]


def test_ids_are_text_and_stay_themselves(read):
    workbook = read({"Members": members(("A", "007"), ("B", "7"), ("C", "1E5"), ("D", 100000))})
    assert [person.member_id for person in workbook.people.values()] == ["007", "7", "1E5", "100000"]


@pytest.mark.parametrize("name", ["NA", "Null", "None", "True", "+1", "@x", "12"])
def test_odd_names_stay(read, name):
    assert names(read({"Members": members((name,))})) == [name]


def test_same_name_without_id_is_one_person(read, problems_with, counts):
    workbook = read(
        {"Members": members(("Ann Lee", "", "2019-01-01", "2020-06-30"), ("ANN  lee", "", "2022-01-01"), ("Ben",))}
    )
    assert list(workbook.people) == ["ANN lee", "Ben"]
    assert workbook.people["ANN lee"].spells == (Spell(D(2019, 1, 1), D(2020, 6, 30)), Spell(D(2022, 1, 1), None))
    assert problems_with(workbook, "several rows") == [("note", "Members!A3", "ANN lee")]
    assert counts(workbook, "Members") == (3, 3, 0, 0)


def test_repeated_row_is_merged(read, problems_with, counts):
    row = ("Ann Lee", "", "2019-01-01", "", "ann@x.org", "Lincoln")
    workbook = read({"Members": members(row, row)})
    assert counts(workbook, "Members") == (2, 1, 1, 0)
    assert len(problems_with(workbook, "repeats a member")) == 1


def test_same_name_other_email_is_two_people(read, problems_with):
    two = [("Ann Lee", "", "", "", "a@x.org"), ("Ann Lee", "", "", "", "b@x.org"), ("Ben",)]
    ties = [["From", "To"], ["Ben", "Ann Lee"]]
    workbook = read({"Members": members(*two), "Connections": ties})
    assert names(workbook) == ["Ann Lee", "Ann Lee", "Ben"]
    assert list(workbook.people) == ["Ann Lee", "Ann Lee (2)", "Ben"]
    assert [cell for _, cell, _ in problems_with(workbook, "different emails")] == ["Members!A3"]
    assert workbook.connections == ()
    assert ("error", "Connections!B2", "Ann Lee") in problems_with(workbook, "share this name")
    with_id = [("Ann Lee", "7", "", "", "a@x.org"), *two[1:]]
    named = read({"Members": members(*with_id), "Connections": [*ties, ["Ben", "7"]]})
    assert [tie.target for tie in named.connections] == ["Ann Lee", "7"]
    assert [severity for severity, _, _ in problems_with(named, "without a Member ID")] == ["warning"]
    both = [("Ann Lee", "7"), ("Ann Lee", "8"), ("Ben",)]
    assert read({"Members": members(*both), "Connections": ties}).connections == ()


def test_shared_email_is_noted(read, problems_with):
    workbook = read({"Members": members(("Ann", "", "", "", "a@x.org"), ("Ben", "", "", "", "A@X.org"))})
    assert names(workbook) == ["Ann", "Ben"]
    assert [severity for severity, _, _ in problems_with(workbook, "same email")] == ["note"]


def test_overlapping_spells_merge(read):
    rows = [
        ("Ann", "", "2022-01-01", "2024-06-30", "", "New school"),
        ("Ann", "", "2019-01-01", "2022-03-01", "", "Old school"),
    ]
    person = read({"Members": members(*rows)}).people["Ann"]
    assert person.spells == (Spell(D(2019, 1, 1), D(2024, 6, 30)),)
    assert person.organization == "New school"


def test_left_before_joined_skips_both_dates(read, problems_with, counts):
    workbook = read({"Members": members(("Ann", "", "2024-05-01", "2023-05-01"))})
    assert workbook.people["Ann"].spells == ()
    assert problems_with(workbook, "before Joined") == [("error", "Members!D2", "2023-05-01")]
    assert counts(workbook, "Members") == (1, 1, 0, 0)


def test_joined_far_ahead_is_blank(read, problems_with):
    workbook = read({"Members": members(("Ann", "", "2027-03-03"), ("Ben", "", "2027-03-02"))})
    assert workbook.people["Ann"].spells == ()
    assert workbook.people["Ben"].spells == (Spell(D(2027, 3, 2), None),)
    assert problems_with(workbook, "more than a year") == [("error", "Members!C2", "2027-03-03")]


def test_month_or_year_is_first_or_last_day(read):
    workbook = read({"Members": members(("Ann", "", "March 2024", "2025"), ("Ben", "", 2023, "Feb 2024"))})
    assert workbook.people["Ann"].spells == (Spell(D(2024, 3, 1), D(2025, 12, 31)),)
    assert workbook.people["Ben"].spells == (Spell(D(2023, 1, 1), D(2024, 2, 29)),)


def test_impossible_date_keeps_row(read):
    workbook = read({"Members": members(("Ann", "", "2024-02-30"), ("Ben", "", "1066-10-14"))})
    assert [person.spells for person in workbook.people.values()] == [(), ()]
    assert [p.cell for p in workbook.problems if p.severity.value == "error"] == ["Members!C2", "Members!C3"]


def test_missing_joined_is_noted(read, problems_with):
    assert [cell for _, cell, _ in problems_with(read({"Members": members(("Ann",))}), "no Joined")] == ["Members!C2"]
    assert read({"Members": [["Name"], ["Ann"]]}).problems == ()


def test_invisible_characters_are_removed(read, problems_with):
    workbook = read({"Members": members(("An\u200bn \u202eLee",))})
    assert names(workbook) == ["Ann Lee"]
    assert [cell for _, cell, _ in problems_with(workbook, "invisible")] == ["Members!A2"]


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "#REF!", "#N/A", "Loading..."])
def test_a_formula_or_sheet_error_is_no_name(read, counts, name):
    workbook = read({"Members": members((name, "", "2024-01-01"), ("Ben",))})
    assert names(workbook) == ["Ben"]
    assert counts(workbook, "Members") == (2, 1, 0, 1)
    (problem,) = [problem for problem in workbook.problems if problem.severity.value == "error"]
    assert "skipped the whole row" in problem.message


def test_a_blank_name_leaves_the_row_out(read, problems_with, counts):
    workbook = read({"Members": members(("", "", "2024-01-01"), ("Ben",))})
    assert problems_with(workbook, "Name is blank") == [("error", "Members!A2", None)]
    assert counts(workbook, "Members") == (2, 1, 0, 1)


@pytest.mark.parametrize("typed", ["present", "Ongoing", "to date", "heute", "N/A"])
def test_still_here_in_words_is_no_date_and_no_error(read, typed):
    workbook = read({"Members": [["Name", "Joined", "Left"], ["Ana", "2024-01-05", typed]]})
    assert (workbook.people["Ana"].spells[0].left, workbook.problems) == (None, ())


def test_hidden_person_is_in_no_problem(read):
    rows = [["Name", "Show on map"], ["Sec\u200bret Person", "no"], ["Ann Lee", "yes"], ["Secret Person", ""]]
    ties = [
        ["From", "To"],
        ["Secret Person", "Secret Person"],
        ["Secret Persn", "Ann Lee"],
        ["Ann Lee", "secret person"],
    ]
    workbook = read({"Members": rows, "Connections": ties})
    assert workbook.people["Secret Person"].on_map is False
    assert len(workbook.connections) == 1
    assert {problem.cell for problem in workbook.problems} >= {"Members!A4", "Connections!B2", "Connections!A3"}
    for problem in workbook.problems:
        assert "Secret Person" not in f"{problem.message}{problem.remedy}"
        assert (problem.value or "").casefold() != "secret person"
        assert "\u200b" not in (problem.value or "")


def test_hidden_person_in_form_is_in_no_problem(read):
    members = [["Name", "Show on map"], ["Secret Person", "no"], ["Ann Lee", ""], ["Ben Ode", ""]]
    form = [["Timestamp", "Name", "Know [Secret Person]", "Know [Ann Lee]"], ["2026-01-02", "Ben Ode", "banana", "3"]]
    workbook = read({"Members": members, "Form Responses 1": form})
    assert [tie.target for tie in workbook.connections] == ["Secret Person", "Ann Lee"]
    assert [(p.cell, p.header) for p in workbook.problems] == [("Form Responses 1!C2", None)]


def test_unreadable_show_on_map_hides(read, problems_with):
    workbook = read({"Members": [["Name", "Show on map"], ["Ann", "rather not"], ["Ben", ""]]})
    assert [person.on_map for person in workbook.people.values()] == [False, True]
    assert [severity for severity, _, _ in problems_with(workbook, "hide this member")] == ["warning"]


def test_keys_are_unique(read):
    workbook = read({"Members": members(("Ann", "Ben"), ("Ben", ""))})
    assert len(workbook.people) == 2
    assert [person.key for person in workbook.people.values()] == list(workbook.people)
