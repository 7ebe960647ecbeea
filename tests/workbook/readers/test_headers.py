"""Tabs and headers, as docs/workbook-reference.md describes them: which tab is which, and what each header means."""

import pytest

TWO = [["Name"], ["Ann Lee"], ["Ben Ode"]]
TIE = [["From", "To"], ["Ann Lee", "Ben Ode"]]


def names(workbook):
    return [person.name for person in workbook.people.values()]


@pytest.mark.parametrize(
    "title", ["Members", "  MEMBERS ", "mem-bers", "Directory", "Membership", "Participants", "Roster", "Members 2"]
)
def test_tab_is_found_by_name_or_alias(read, title):
    assert names(read({title: TWO})) == ["Ann Lee", "Ben Ode"]


@pytest.mark.parametrize(
    ("title", "tab"),
    [
        ("Ties", "Connections"),
        ("Edges", "Connections"),
        ("Relationships", "Connections"),
        ("Weaving log", "Weaving"),
        ("Conversations", "Weaving"),
        ("Participant experience", "Survey"),
        ("Form Responses 1", "Survey"),
        ("What we heard", "Actions"),
        ("Events", "Convenings"),
        ("Meetings", "Convenings"),
        ("Between convenings", "Activities"),
        ("Communication platform", "Platform"),
        ("Emergence", "Emergent activity"),
        ("Collaborations", "Emergent activity"),
    ],
)
def test_every_alias_finds_its_tab(read, title, tab):
    workbook = read({title: [["x", "y", "z"]]})
    assert [found.tab for found in workbook.tabs] == [tab]


def test_second_matching_tab_is_ignored(read, problems_with):
    workbook = read({"Directory": [["Name"], ["Cara Lin"]], "Members": TWO})
    assert names(workbook) == ["Ann Lee", "Ben Ode"]
    assert workbook.ignored_tabs == ("Directory",)
    assert problems_with(workbook, "as Members") == [("note", "Directory", None)]


def test_unknown_tabs_are_ignored(read):
    workbook = read({"Budget": [["Name"], ["x"]], "Members (ignore)": TWO, "Members": [["Name"], ["Cara Lin"]]})
    assert workbook.ignored_tabs == ("Budget", "Members (ignore)")
    assert names(workbook) == ["Cara Lin"]
    assert workbook.problems == ()


@pytest.mark.parametrize("rows", [[], [[]], [["", None, "  "]], [["\u200b"]]])
def test_a_missing_or_empty_tab_is_no_error(read, rows):
    workbook = read({"Members": TWO, "Convenings": rows})
    assert workbook.problems == ()
    assert workbook.convenings == ()


def test_connections_define_members_without_tab(read, problems_with):
    workbook = read({"Connections": TIE})
    assert [(person.name, person.is_guest) for person in workbook.people.values()] == [
        ("Ann Lee", False),
        ("Ben Ode", False),
    ]
    assert problems_with(workbook, "count everyone named") == [("note", "Members", None)]
    assert names(read({"Members": [["Name"]], "Connections": TIE})) == ["Ann Lee", "Ben Ode"]


def test_header_row_has_required_columns(read, problems_with):
    above = [["Our network"], [], ["To", "whom it concerns"]]
    workbook = read({"Members": TWO, "Connections": [*above, *TIE, ["Ann Lee", "Zed"]]})
    assert [tie.row for tie in workbook.connections] == [5]
    assert problems_with(workbook, "No member") == [("error", "Connections!B6", "Zed")]
    late = read({"Members": TWO, "Connections": [["x"]] * 10 + TIE})
    assert late.connections == ()
    assert problems_with(late, "headers “From” and “To”") == [("error", "Connections", None)]
    assert len(read({"Members": TWO, "Connections": [["x"]] * 9 + TIE}).connections) == 1


def test_survey_header_row_has_three_texts(read):
    rows = [["Spring survey"], ["Timestamp", "Name", "I learn much"], ["2026-01-02", "Ann Lee", "Agree"]]
    workbook = read({"Members": TWO, "Survey": rows})
    assert [question.text for question in workbook.questions] == ["I learn much"]


def test_headers_match_in_any_order(read):
    rows = [["STRENGTH:", " to ", "f.r.o.m"], [4, "Ben Ode", "Ann Lee"]]
    tie = read({"Members": TWO, "Connections": rows}).connections[0]
    assert (tie.source, tie.target, tie.strength) == ("Ann Lee", "Ben Ode", 4)


def test_own_header_wins_over_aliases(read, problems_with):
    rows = [["Position", "Title", "Role", "Name"], ["p", "t", "r", "Ann Lee"], ["p", "t", "r", "Ben Ode"]]
    workbook = read({"Members": rows})
    assert workbook.people["Ann Lee"].attributes == {"Role": "r", "Position": "p", "Title": "t"}
    assert [cell for _, cell, _ in problems_with(workbook, "another column as Role")] == ["Members!A1", "Members!B1"]
    without = read({"Members": [row[:2] + row[3:] for row in rows]})
    assert without.people["Ann Lee"].attributes == {"Role": "t", "Position": "p"}


def test_competing_header_is_skipped(read, problems_with):
    workbook = read(
        {"Members": TWO, "Connections": [["From", "To", "Weight", "Strength"], ["Ann Lee", "Ben Ode", 1, 5]]}
    )
    assert workbook.connections[0].strength == 5
    assert problems_with(workbook, "another column") == [("note", "Connections!C1", "Weight")]


def test_duplicate_header_skips_tab(read, problems_with, counts):
    rows = [["From", "To", "Strength", "strength "], ["Ann Lee", "Ben Ode", 3, 4]]
    workbook = read({"Members": TWO, "Connections": rows})
    assert workbook.connections == ()
    (problem,) = [problem for problem in workbook.problems if problem.severity.value == "error"]
    assert "Columns C and D" in problem.message
    assert "both hold data" in problem.message
    assert counts(workbook, "Connections") == (1, 0, 0, 1)
    assert names(workbook) == ["Ann Lee", "Ben Ode"]


def test_empty_duplicate_column_is_noted(read, problems_with):
    for rows in (
        [["From", "To", "Strength", "Strength"], ["Ann Lee", "Ben Ode", 3, ""]],
        [["From", "To", "Strength", "Strength"], ["Ann Lee", "Ben Ode", None, 3]],
    ):
        workbook = read({"Members": TWO, "Connections": rows})
        assert workbook.connections[0].strength == 3
        assert [severity for severity, _, _ in problems_with(workbook, "appears twice")] == ["note"]


def test_unreadable_members_add_no_one(read, problems_with):
    members = [["Name", "Name"], ["Ann Lee", "Ann"], ["Ben Ode", "Ben"]]
    settings = [["Setting", "Value"], ["Unknown people", "guests"]]
    workbook = read({"Settings": settings, "Members": members, "Connections": TIE})
    assert workbook.people == {}
    assert len(problems_with(workbook, "until the Members tab")) == 2


def test_column_names_maps_any_other_header(read, problems_with):
    mapping = [
        ["Tab", "Column", "Your header"],
        ["Connections", "From", "Who"],
        ["Ties", "To", "With whom"],
        ["Members", "Joined", "Came in"],
        ["Members", "Shoe size", "Shoe"],
    ]
    members = [["Name", "Came in"], ["Ann Lee", "2024-05-06"], ["Ben Ode", ""]]
    ties = [["Who", "With whom"], ["Ann Lee", "Ben Ode"]]
    workbook = read({"Column names": mapping, "Members": members, "Connections": ties})
    assert len(workbook.connections) == 1
    assert str(workbook.people["Ann Lee"].joined) == "2024-05-06"
    assert problems_with(workbook, "doesn’t use this column") == [("error", "Column names!B5", "Shoe size")]


def test_column_names_reports_unknown_tab(read, problems_with, counts):
    mapping = [
        ["Tab", "Column", "Your header"],
        ["Memebrs", "Joined", "Came in"],
        ["roster 2", "Joined", "Came in"],
        ["Budget", "Joined", "Came in"],
    ]
    members = [["Name", "Came in"], ["Ann Lee", "2024-05-06"]]
    workbook = read({"Column names": mapping, "Roster 2": members, "Budget": [["Came in"]]})
    # A tab may be named as the sheet calls it.
    assert str(workbook.people["Ann Lee"].joined) == "2024-05-06"
    assert problems_with(workbook, "don’t know this tab") == [
        ("error", "Column names!A2", "Memebrs"),
        ("error", "Column names!A4", "Budget"),
    ]
    assert counts(workbook, "Column names") == (3, 1, 0, 2)


def test_several_form_tabs_may_feed_survey(read):
    form = [["Timestamp", "Name", "I learn"], ["2026-01-02", "Ann Lee", "Agree"]]
    other = [["Timestamp", "Name", "I learn", "I teach"], ["2026-01-03", "Ben Ode", "Disagree", "Agree"]]
    workbook = read({"Members": TWO, "Form Responses 1": form, "Form Responses 2": other})
    assert [(response.respondent, response.answers) for response in workbook.responses] == [
        ("Ann Lee", {"I learn": 4}),
        ("Ben Ode", {"I learn": 2, "I teach": 4}),
    ]
    assert workbook.ignored_tabs == ()
