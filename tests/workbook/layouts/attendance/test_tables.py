"""Tables of who was at which gathering become convenings with attendees."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.sources import read_path
from nethealth.workbook.reader import read_workbook
from tests.workbook.conftest import raw_workbook

TODAY = dt.date(2026, 11, 30)
NAMES = ["Ana Ruiz", "Ben Okafor", "Carla Wynn", "Dmitri Vale"]
MEMBERS = [["Name"], *[[name] for name in NAMES]]
KICKOFF, SPRING = ("2026-01-15", "Kickoff", 2, ("Ana Ruiz", "Ben Okafor")), ("2026-03-12", "Spring", 1, ("Ana Ruiz",))


def convenings(workbook):
    return [
        (each.date.isoformat() if each.date else None, each.title, each.attended, each.attendees)
        for each in workbook.convenings
    ]


def errors(workbook):
    return [problem.message for problem in workbook.problems if problem.severity.value == "error"]


def test_matrix_of_the_case(cases):
    workbook = read_workbook(read_path(cases / "08b-attendance-matrix"), today=TODAY)
    assert convenings(workbook) == [
        ("2026-01-15", "Kickoff", 2, ("Ana Ruiz", "Ben Okafor")),
        ("2026-03-12", "Spring convening", 2, ("Ana Ruiz", "Carla Wynn")),
        ("2026-05-20", "STEM night", 2, ("Carla Wynn", "Dmitri Vale")),
    ]
    assert workbook.ignored_tabs == ()


def test_one_attendee_per_row_of_the_case(cases, counts):
    workbook = read_workbook(read_path(cases / "21b-attendee-a-row"), today=TODAY)
    assert convenings(workbook) == [
        ("2026-03-12", "Spring", 3, ("Ana Ruiz", "Ben Okafor", "Carla Wynn")),
        ("2026-05-20", "STEM night", 2, ("Carla Wynn", "Dmitri Vale")),
    ]
    assert counts(workbook, "Convenings") == (5, 5, 0, 0)


@pytest.mark.parametrize(
    ("title", "header", "yes", "no"),
    [
        ("Attendance", ["Name", "2026-01-15 Kickoff", "2026-03-12 Spring"], "x", None),
        ("Attendance", ["Member", "Kickoff (Jan 15, 2026)", "Spring - March 12, 2026"], True, False),
        ("Sheet1", ["Attendee", "1/15/2026: Kickoff", "3/12/2026: Spring"], 1, 0),
        ("Meetings", ["Full name", "Kickoff 2026-01-15", "Spring 2026-03-12"], "Present", "Absent"),
        ("Asistencia", ["Nombre", "15 de enero de 2026 Kickoff", "2026-03-12 Spring"], "sí", "no"),
    ],
)
def test_matrices_that_differ_in_words(read, title, header, yes, no):
    rows = [header, ["Ana Ruiz", yes, yes], ["Ben Okafor", yes, no], ["Carla Wynn", no, no]]
    workbook = read({"Members": MEMBERS, title: rows})
    assert convenings(workbook) == [KICKOFF, SPRING]
    assert errors(workbook) == []


@pytest.mark.parametrize(
    ("title", "header"),
    [
        ("Dues", ["Name", "2025-01-01", "2026-01-01"]),
        ("Membership fees", ["School", "Member", "2025-01-01 paid", "2026-01-01 paid"]),
        ("Notes", ["Name", "Topic", "2026-01-01 follow-up", "2026-02-01 follow-up"]),
    ],
)
def test_ticks_under_dates_of_something_else_are_no_attendance(read, title, header):
    rows = [header, *[["Ana Ruiz"] * (len(header) - 2) + ticks for ticks in (["yes", "yes"], ["no", "yes"])]]
    workbook = read({"Members": MEMBERS, title: rows})
    assert convenings(workbook) == []
    assert workbook.ignored_tabs == (title,)


@pytest.mark.parametrize("header", ["Name", "Participant", "Who", "MEMBER"])
def test_members_under_another_header_of_convenings_are_attendees(read, header):
    rows = [
        ["Title", "Room", "Date", header],
        *[["Kickoff", None, "2026-01-15", name] for name in NAMES[:2]],
        ["Spring", None, "2026-03-12", "Ana Ruiz"],
    ]
    workbook = read({"Members": MEMBERS, "Convenings": rows})
    assert convenings(workbook) == [KICKOFF, SPRING]
    assert errors(workbook) == []


def test_one_member_beside_each_gathering_is_no_attendee(read):
    rows = [
        ["Date", "Title", "Member", "Attended"],
        *[["2026-01-15", "Kickoff", "Ana Ruiz", 20], ["2026-03-12", "Spring", "Ana Ruiz", 30]],
    ]
    workbook = read({"Members": MEMBERS, "Convenings": rows})
    assert convenings(workbook) == [("2026-01-15", "Kickoff", 20, ()), ("2026-03-12", "Spring", 30, ())]


def test_names_that_are_no_members_are_no_attendees(read):
    rows = [["Date", "Title", "Name"], ["2026-01-15", "Kickoff", "Room 5"], ["2026-03-12", "Spring", "Library"]]
    workbook = read({"Members": MEMBERS, "Convenings": rows})
    assert [people for _, _, _, people in convenings(workbook)] == [(), ()]


@pytest.mark.parametrize(
    ("title", "header", "cells"),
    [
        ("RSVPs", ["Name", "2026-12-10 Winter convening", "2027-02-01 Spring convening"], ["yes", "no"]),
        ("Availability", ["Name", "2026-12-01 meeting", "2026-12-08 meeting"], ["x", "x"]),
        ("Speakers", ["Name", "Event", "Date"], ["Kickoff", "2026-01-15"]),
    ],
)
def test_lists_of_other_people_at_gatherings_are_no_attendance(read, title, header, cells):
    workbook = read({"Members": MEMBERS, title: [header, ["Ana Ruiz", *cells], ["Ben Okafor", *cells]]})
    assert convenings(workbook) == []
    assert workbook.ignored_tabs == (title,)


def test_dates_may_be_a_row_of_their_own(read):
    rows = [
        ["Name", "Kickoff", "Spring"],
        [None, "2026-01-15", "2026-03-12"],
        ["Ana Ruiz", "x", "x"],
        ["Ben Okafor", "x"],
    ]
    assert convenings(read({"Members": MEMBERS, "Attendance": rows})) == [KICKOFF, SPRING]


def test_headers_may_be_dates_of_a_sheet(read):
    rows = [["Name", 46037, dt.date(2026, 3, 12)], ["Ana Ruiz", "x", "x"], ["Ben Okafor", "x", None]]
    found = convenings(read({"Members": MEMBERS, "Attendance": rows}))
    assert [(day, people) for day, _, _, people in found] == [(KICKOFF[0], KICKOFF[3]), (SPRING[0], SPRING[3])]


def test_matrix_without_dates_is_named(read, problems_with):
    rows = [["Name", "Kickoff", "Spring"], ["Ana Ruiz", "x", "x"], ["Ben Okafor", "x", None]]
    workbook = read({"Members": MEMBERS, "Attendance": rows})
    assert convenings(workbook) == []
    assert problems_with(workbook, "no dates") == [("error", "Attendance", None)]


def test_unknown_name_in_a_matrix_is_listed_at_its_cell_and_counts(read):
    rows = [["Name", "2026-01-15 Kickoff", "2026-03-12 Spring"], ["Ana Ruiz", "x", "x"], ["Someone New", "x", None]]
    workbook = read({"Members": MEMBERS, "Attendance": rows})
    assert convenings(workbook)[0] == ("2026-01-15", "Kickoff", 2, ("Ana Ruiz",))
    assert [(problem.cell, problem.value) for problem in workbook.problems if problem.row] == [
        ("Attendance!A3", "Someone New")
    ]


def test_members_with_ticks_stay_members(read):
    rows = [["Name", "2026-01-15 Kickoff", "2026-03-12 Spring"], ["Ana Ruiz", "x", "x"], ["Ben Okafor", "x", None]]
    workbook = read({"Members": rows})
    assert convenings(workbook) == []
    assert len(workbook.members) == 2


def test_columns_headed_by_members_are_attendees(read):
    rows = [["Date", "Title", *NAMES], ["2026-01-15", "Kickoff", "x", "x", None, None], ["2026-03-12", "Spring", "x"]]
    assert convenings(read({"Members": MEMBERS, "Convenings": rows})) == [KICKOFF, SPRING]


@pytest.mark.parametrize("tab", ["Convenings", "Events"])
def test_merged_cells_are_filled_from_above(read, tab):
    rows = [
        ["Date", "Title", "Attendees"],
        ["2026-01-15", "Kickoff", "Ana Ruiz"],
        [None, None, "Ben Okafor"],
        ["2026-03-12", "Spring", "Ana Ruiz"],
    ]
    workbook = read({"Members": MEMBERS, tab: rows})
    assert convenings(workbook) == [KICKOFF, SPRING]
    assert errors(workbook) == []


@pytest.mark.parametrize(("later", "total"), [(None, 14), (14, 14), (None, 3)])
def test_count_of_merged_cells_is_the_gatherings(read, later, total):
    rows = [
        ["Title", "Attended", "Date", "Attendees"],
        ["Kickoff", total, "2026-01-15", "Ana Ruiz"],
        [None, later and total, None, "Ben Okafor"],
        ["Spring", 9, "2026-03-12", "Ana Ruiz"],
    ]
    workbook = read({"Members": MEMBERS, "Convenings": rows})
    assert convenings(workbook) == [(*KICKOFF[:2], total, KICKOFF[3]), (*SPRING[:2], 9, SPRING[3])]
    assert errors(workbook) == []


def test_rows_with_different_counts_stay_apart(read):
    rows = [["Date", "Title", "Attended", "Attendees"], *[["2026-01-15", "Call", n, NAMES[0]] for n in (12, 9)]]
    assert [each[2] for each in convenings(read({"Members": MEMBERS, "Convenings": rows}))] == [12, 9]


def test_dated_columns_that_we_cannot_read_are_mentioned(read, problems_with):
    rows = [
        ["Name", "2026-01-15 Kickoff", "2026-03-12 Spring"],
        ["Ana Ruiz", "late", "maybe"],
        ["Ben Okafor", "x", "?"],
    ]
    workbook = read({"Members": MEMBERS, "Attendance": rows})
    assert convenings(workbook) == [KICKOFF]
    assert problems_with(workbook, "1 column with a date") == [("warning", "Attendance", None)]


@pytest.mark.parametrize("total", ["Total", "TOTAL ", "Suma"])
def test_totals_attend_nothing(read, total):
    rows = [
        ["Name", "2026-01-15 Kickoff", "2026-03-12 Spring"],
        ["Ana Ruiz", "x", "x"],
        ["Ben Okafor", "x"],
        [total, 2, 1],
    ]
    workbook = read({"Members": MEMBERS, "Attendance": rows})
    assert convenings(workbook) == [KICKOFF, SPRING]
    assert [problem.severity.value for problem in workbook.problems if problem.tab == "Attendance"] == ["note"]


def test_blank_row_ends_merged_cells(read):
    rows = [["Date", "Title", "Attendees"], ["2026-01-15", "Kickoff", "Ana Ruiz"], [], [None, None, "Ben Okafor"]]
    workbook = read({"Members": MEMBERS, "Convenings": rows})
    assert convenings(workbook) == [("2026-01-15", "Kickoff", 1, ("Ana Ruiz",))]
    assert errors(workbook)


def test_rows_that_list_several_attendees_stay_apart(read):
    rows = [
        ["Date", "Title", "Attendees"],
        ["2026-01-15", "Visit", "Ana Ruiz; Ben Okafor"],
        ["2026-01-15", "Visit", "Carla Wynn"],
    ]
    assert len(convenings(read({"Members": MEMBERS, "Convenings": rows}))) == 2


def test_counts_per_row_are_added_only_as_names(read):
    rows = [["Date", "Title", "Attended", "Attendees"], *[["2026-01-15", "Kickoff", 1, name] for name in NAMES[:2]]]
    assert convenings(read({"Members": MEMBERS, "Activities": rows})) == []
    assert [each.attended for each in read({"Members": MEMBERS, "Activities": rows}).activities] == [2]


def test_people_and_events_of_the_case_are_named_and_no_event_becomes_a_member(cases, problems_with, counts):
    workbook = read_workbook(read_path(cases / "08-two-mode-list"), today=TODAY)
    assert workbook.connections == ()
    assert len(workbook.people) == 8
    assert problems_with(workbook, "events") == [("error", "Connections!B1", "Target")]
    assert counts(workbook, "Connections") == (6, 0, 0, 6)
    assert not any("add" in problem.remedy.lower() and "Members" in problem.remedy for problem in workbook.problems)


def test_events_stay_out_where_unknown_people_are_guests(read):
    rows = [["From", "To"], ["Ana Ruiz", "Gala"], ["Ben Okafor", "Gala"], ["Carla Wynn", "Summit"]]
    workbook = read(
        {"Settings": [["Setting", "Value"], ["Unknown people", "guests"]], "Members": MEMBERS, "Connections": rows}
    )
    assert len(workbook.people) == 4


def test_connections_with_any_known_target_are_read_row_by_row(read):
    rows = [["From", "To"], ["Ana Ruiz", "Gala"], ["Ben Okafor", "Gala"], ["Carla Wynn", "Ana Ruiz"]]
    assert len(read({"Members": MEMBERS, "Connections": rows}).connections) == 1


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.booleans(), min_size=4, max_size=4), min_size=2, max_size=5))
def test_matrix_and_one_attendee_per_row_say_the_same(table):
    days = [f"2026-0{number}-01" for number in range(1, len(table) + 1)]
    there = [
        (day, name) for day, row in zip(days, table, strict=True) for name, was in zip(NAMES, row, strict=True) if was
    ]
    by_row = [["Date", "Title", "Attendees"], *[[day, "Meeting", name] for day, name in there]]
    columns = zip(*table, strict=True)
    matrix = [
        ["Name", *[f"{day} Meeting" for day in days]],
        *[[name, *row] for name, row in zip(NAMES, columns, strict=True)],
    ]
    one = read_workbook(raw_workbook({"Members": MEMBERS, "Convenings": by_row}), today=TODAY)
    other = read_workbook(raw_workbook({"Members": MEMBERS, "Attendance": matrix}), today=TODAY)
    assert convenings(one) == convenings(other)


def test_header_repeated_further_down_is_no_person(read):
    header = ["Name", "2026-01-15 Kickoff", "2026-03-12 Spring"]
    rows = [header, ["Ana Ruiz", "x", "x"], header, ["Ben Okafor", "x", None]]
    workbook = read({"Members": MEMBERS, "Attendance": rows})
    assert convenings(workbook) == [KICKOFF, SPRING]
    assert [problem.severity.value for problem in workbook.problems] == ["note"]


def test_cells_that_say_neither_yes_nor_no_are_counted(read, problems_with):
    rows = [["Name", "2026-01-15 Kickoff", "2026-03-12 Spring"], *[[name, "x", "x"] for name in NAMES[:3]]]
    rows.append(["Dmitri Vale", "left early", "x"])
    workbook = read({"Members": MEMBERS, "Attendance": rows})
    assert [each.attended for each in workbook.convenings] == [3, 4]
    assert problems_with(workbook, "1 cell") == [("warning", "Attendance", None)]


@pytest.mark.parametrize("header", ["Attendees", "Attendee"])
def test_dates_alone_may_be_merged(read, header):
    rows = [["Date", "Title", header], ["2026-01-15", "Kickoff", "Ana Ruiz"], [None, "Kickoff", "Ben Okafor"]]
    rows += [["2026-03-12", "Spring", "Ana Ruiz"], [None, "Summer", "Carla Wynn"]]
    workbook = read({"Members": MEMBERS, "Convenings": rows})
    assert convenings(workbook) == [KICKOFF, SPRING]
    # Summer is another gathering, and no one knows when.
    assert [problem.cell for problem in workbook.problems if problem.severity.value == "error"] == ["Convenings!A5"]


@pytest.mark.parametrize("header", [["Name", "Event", "Date"], ["Member", "Convening", "Event date"]])
def test_list_of_members_and_events(read, header):
    pairs = [
        ["Ana Ruiz", "Kickoff", "2026-01-15"],
        ["Ben Okafor", "Kickoff", "2026-01-15"],
        ["Ana Ruiz", "Spring", "2026-03-12"],
    ]
    workbook = read({"Members": MEMBERS, "Participation": [header, *pairs]})
    assert convenings(workbook) == [KICKOFF, SPRING]
    assert workbook.ignored_tabs == ()


PAIRS = [["Ana Ruiz", "Kickoff"], ["Ben Okafor", "Kickoff"], ["Ana Ruiz", "Spring"]]
DATES = ("2026-01-15", "2026-01-15", "2026-03-12")


@pytest.mark.parametrize("header", [["Person", "Event"], ["Name", "Workshop"], ["Nombre", "Evento"]])
def test_events_in_a_tab_called_connections_are_attendance(read, problems_with, header):
    dated = [[*pair, date] for pair, date in zip(PAIRS, DATES, strict=True)]
    assert convenings(read({"Members": MEMBERS, "Connections": [[*header, "Date"], *dated]})) == [KICKOFF, SPRING]
    for tabs, missing in (
        ({"Members": MEMBERS, "Connections": [header, *PAIRS]}, "Date column"),
        ({"Connections": [[*header, "Date"], *dated]}, "Members"),
    ):
        workbook = read(tabs)
        assert workbook.connections == ()
        assert problems_with(workbook, "who was at which event") == [("error", "Connections", None)]
        assert missing in workbook.problems[-1].remedy


def test_headers_explained_for_another_tab_change_no_list_of_events(read):
    names = [["Tab", "Column", "Your header"], ["Members", "Name", "Person"]]
    dated = [[*pair, date] for pair, date in zip(PAIRS, DATES, strict=True)]
    members = [["Person"], *MEMBERS[1:]]
    workbook = read({"Members": members, "Who came": [["Person", "Event", "Date"], *dated], "Column names": names})
    assert convenings(workbook) == [KICKOFF, SPRING]


def test_people_called_persons_and_their_friends_stay_connections(read):
    names = [["Tab", "Column", "Your header"], ["Connections", "From", "Person"], ["Connections", "To", "Event"]]
    rows = [["Person", "Event"], ["Ana Ruiz", "Ben Okafor"]]
    assert len(read({"Members": MEMBERS, "Connections": rows, "Column names": names}).connections) == 1


def test_orders_of_an_event_are_no_matrix(read):
    header = ["Order", "First Name", "Last Name", "Email", "Quantity", "Ticket", "Status", "Checked In"]
    rows = [header, ["1", "Ana", "Ruiz", "a@example.org", 1, "Free", "Attending", "Yes"]]
    workbook = read({"Members": MEMBERS, "Attendees": rows})
    assert workbook.ignored_tabs == ("Attendees",)
    assert errors(workbook) == []


def test_attendees_without_any_members_are_mentioned(read, problems_with):
    rows = [["Name", "2026-01-15 Kickoff", "2026-03-12 Spring"], ["Ana Ruiz", "x", "x"], ["Ben Okafor", "x", ""]]
    workbook = read({"Attendance": rows})
    assert sorted(convening.attended for convening in workbook.convenings) == [1, 2]
    assert {severity for severity, _, _ in problems_with(workbook, "no members yet")} == {"warning"}


@pytest.mark.parametrize(("title", "is_read"), [("Sign-in sheet", True), ("Event attendance", True), ("Sheet1", False)])
def test_guests_may_be_on_a_list_called_attendance(read, title, is_read):
    rows = [["Participant", "Event", "Event date"], ["Ana Ruiz", "Kickoff", "2026-01-10"]]
    rows += [["Zed Moss", "Kickoff", "2026-01-10"], ["Zoe Moss", "Kickoff", "2026-01-10"]]
    workbook = read({"Members": MEMBERS, title: rows})
    assert [(each.title, each.attended) for each in workbook.convenings] == [("Kickoff", 3)] * is_read
    assert workbook.ignored_tabs == () if is_read else (title,)


@pytest.mark.parametrize(("title", "header"), [("Attendance", "Title"), ("Sheet1", "Event"), ("RSVPs", "Title")])
def test_ticked_members_in_any_tab_came_to_the_event(read, title, header):
    rows = [["Date", header, "Ana Ruiz", "Ben Okafor"], ["2026-01-10", "Kickoff", "x", None]]
    rows += [["2026-03-14", "Spring", "x", "x"]]
    workbook = read({"Members": MEMBERS, title: rows})
    came = [(each.title, each.attendees) for each in workbook.convenings]
    assert came == [("Kickoff", ("Ana Ruiz",)), ("Spring", ("Ana Ruiz", "Ben Okafor"))] * (title != "RSVPs")
