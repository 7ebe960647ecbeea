"""Attendance reports of Zoom, Teams, and Google Meet become convenings with attendees.

Layouts: https://support.zoom.com/hc/en/article?id=zm_kb&sysparm_article=KB0065075,
https://support.microsoft.com/office/ae7cf170-530c-47d3-84c1-3aedac74d310,
https://support.google.com/meet/answer/10090454.
"""

import datetime as dt

import pytest

from nethealth.sources import read_path
from nethealth.workbook.reader import read_workbook

MEMBERS = [
    ["Name", "Email"],
    ["Ana Ruiz", "ana@example.org"],
    ["Ben Okafor", "ben@example.org"],
    ["Carla Wynn", None],
    ["Dmitri Vale", None],
]


def convenings(workbook):
    return [(each.date.isoformat(), each.title, each.attended, each.attendees) for each in workbook.convenings]


def unmatched(workbook):
    return [(problem.cell, problem.value) for problem in workbook.problems if problem.severity.value == "warning"]


ZOOM_HEADERS = ["Name (Original Name)", "User Email", "Join Time", "Leave Time", "Duration (Minutes)", "Guest"]


def came(name, email=None, at="03/14/2026 05:55:00 PM"):
    return [name, email, at, "03/14/2026 07:00:00 PM", 65, "Yes"]


def test_zoom_report_of_the_case(cases):
    workbook = read_workbook(read_path(cases / "09-zoom-report"), today=dt.date(2026, 11, 30))
    # Five rows: Ben came twice, Carla from her phone, and Dmitri gave half of his name.
    assert convenings(workbook) == [("2026-03-12", "Spring convening", 4, ("Ana Ruiz", "Ben Okafor", "Carla Wynn"))]
    assert unmatched(workbook) == [("participants_81234567890!A9", "Dmitri")]
    assert any("“Dmitri Vale”" in problem.remedy for problem in workbook.problems)
    assert len(workbook.members) == 8
    assert workbook.ignored_tabs == ()


def test_teams_report_of_the_case(cases):
    workbook = read_workbook(read_path(cases / "41-teams-attendance"), today=dt.date(2026, 11, 30))
    assert convenings(workbook) == [("2026-03-12", "Spring convening", 3, ("Ana Ruiz", "Ben Okafor", "Carla Wynn"))]
    assert unmatched(workbook) == []


def test_zoom_report_of_today(read):
    rows = [
        ["Topic", "ID", "Host name", "Host email", "Duration (minutes)", "Start time", "End time", "Participants"],
        ["Spring", "812", "Ana Ruiz", "ana@example.org", 65, "03/14/2026 05:55:00 PM", "03/14/2026 07:00:00 PM", 3],
        [],
        ["Name (original name)", "Email", "Join time", "Leave time", "Duration (minutes)", "Guest", "In waiting room"],
        ["Ana R", "ana@example.org", "03/14/2026 05:55:00 PM", "03/14/2026 07:00:00 PM", 65, "No", "No"],
        ["Okafor, Ben", None, "03/14/2026 05:56:00 PM", "03/14/2026 07:00:00 PM", 64, "Yes", "No"],
        ["Hugo Lindt", None, "03/14/2026 05:50:00 PM", "03/14/2026 05:51:00 PM", 1, "Yes", "Yes"],
        ["Otter.ai Notetaker", None, "03/14/2026 05:50:00 PM", "03/14/2026 05:51:00 PM", 1, "Yes", "No"],
    ]
    workbook = read({"Members": MEMBERS, "participants_812": rows})
    assert convenings(workbook) == [("2026-03-14", "Spring", 2, ("Ana Ruiz", "Ben Okafor"))]


def test_old_zoom_report_takes_the_date_from_when_people_came(read):
    rows = [ZOOM_HEADERS, came("Ana Ruiz"), came("Carla Wynn (she/her)"), came("Guest Speaker")]
    workbook = read({"Members": MEMBERS, "participants_81234567890": rows})
    assert convenings(workbook) == [("2026-03-14", "Meeting", 3, ("Ana Ruiz", "Carla Wynn"))]
    assert unmatched(workbook) == [("participants_81234567890!A4", "Guest Speaker")]
    assert len(workbook.people) == 4


def test_reports_with_one_date_and_title_are_mentioned(read, problems_with):
    reports = {
        f"participants_8123456789{n}": [ZOOM_HEADERS, came(name)] for n, name in enumerate(("Ana Ruiz", "Carla Wynn"))
    }
    workbook = read({"Members": MEMBERS, **reports})
    assert convenings(workbook) == [("2026-03-14", "Meeting", 2, ("Ana Ruiz", "Carla Wynn"))]
    assert [severity for severity, *_ in problems_with(workbook, "2 attendance reports")] == ["warning"]
    apart = read({"Members": MEMBERS, **dict(zip(("North", "South"), reports.values(), strict=True))})
    assert len(apart.convenings) == 2
    assert problems_with(apart, "attendance reports have") == []


def test_report_without_any_date_is_named_and_a_date_in_the_title_is_the_remedy(read, problems_with):
    rows = [["Name (Original Name)", "User Email", "Total Duration (Minutes)", "Guest"], ["Ana Ruiz", None, 65, "No"]]
    workbook = read({"Members": MEMBERS, "participants": rows})
    assert convenings(workbook) == []
    assert problems_with(workbook, "no date") == [("error", "participants", None)]
    again = read({"Members": MEMBERS, "2026-03-14 Spring meeting": rows})
    assert convenings(again) == [("2026-03-14", "Spring meeting", 1, ("Ana Ruiz",))]


TEAMS_OLD = [
    ["Meeting Summary"],
    ["Total Number of Participants", "2"],
    ["Meeting Title", "Spring"],
    ["Meeting Start Time", "3/14/2026, 5:55:00 PM"],
    [],
    ["Full Name", "Join Time", "Leave Time", "Duration", "Email", "Role", "Participant ID (UPN)"],
    ["Ana Ruiz", "3/14/2026, 5:55:10 PM", "3/14/2026, 7:00:00 PM", "1h 4m", "x@example.org", "Organizer", None],
    ["Carla Wynn (Guest)", "3/14/2026, 6:02:00 PM", "3/14/2026, 6:30:00 PM", "28m", None, "Attendee", None],
]
TEAMS_OLDEST = [
    ["Full Name", "User Action", "Timestamp"],
    ["Ana Ruiz", "Joined", "3/14/2026, 5:55:10 PM"],
    ["Ana Ruiz", "Left", "3/14/2026, 6:55:10 PM"],
    ["Carla Wynn", "Joined before", "3/14/2026, 5:55:10 PM"],
]
TEAMS_GERMAN = [
    ["1. Zusammenfassung"],
    ["Besprechungstitel", "Spring"],
    ["Startzeit", "14.03.2026, 17:55:00"],
    [],
    ["2. Teilnehmer"],
    ["Name", "Erster Beitritt", "Letztes Verlassen", "Besprechungsdauer", "E-Mail"],
    ["Ana Ruiz", "14.03.2026, 17:55:00", "14.03.2026, 19:00:00", "1 Std. 5 Min.", None],
    ["Carla Wynn", "14.03.2026, 17:56:00", "14.03.2026, 19:00:00", "1 Std. 4 Min.", None],
]
MEET = [
    ["First name", "Last name", "Email", "Duration", "Time joined", "Time exited"],
    ["Ana", "Ruiz", "ana@example.org", "65 min", "2026-03-14 17:55", "2026-03-14 19:00"],
    ["Carla", "Wynn", None, "65 min", "2026-03-14 17:55", "2026-03-14 19:00"],
]


@pytest.mark.parametrize(
    ("title", "rows"),
    [
        ("Spring", TEAMS_OLD),
        ("Spring", TEAMS_OLDEST),
        ("Besprechung", TEAMS_GERMAN),
        ("Spring - Attendance Report", MEET),
        ("Members 2", TEAMS_OLD),
        ("Participants", TEAMS_OLD),
    ],
)
def test_other_layouts(read, title, rows):
    workbook = read({"Members": MEMBERS, title: rows})
    assert convenings(workbook) == [("2026-03-14", "Spring", 2, ("Ana Ruiz", "Carla Wynn"))]
    assert unmatched(workbook) == []


def test_report_and_row_of_convenings_with_the_same_date_and_title_are_one(read):
    typed = [["Date", "Title", "Format", "Attendees"], ["2026-03-14", "spring", "Online", "Dmitri Vale"]]
    workbook = read({"Members": MEMBERS, "Convenings": typed, "Report": TEAMS_OLD})
    assert convenings(workbook) == [("2026-03-14", "spring", 3, ("Dmitri Vale", "Ana Ruiz", "Carla Wynn"))]
    assert workbook.convenings[0].format == "Online"


def test_two_reports_are_two_convenings(read):
    later = [ZOOM_HEADERS, came("Ana Ruiz", at="04/20/2026 05:55:00 PM")]
    workbook = read({"Members": MEMBERS, "April": later, "March": TEAMS_OLD})
    assert convenings(workbook) == [
        ("2026-04-20", "April", 1, ("Ana Ruiz",)),
        ("2026-03-14", "Spring", 2, ("Ana Ruiz", "Carla Wynn")),
    ]


def test_name_of_two_members_is_no_one_unless_the_email_says_who(read):
    members = [["Name", "Email"], ["Ana Ruiz", "a@example.org"], ["Ana Ruiz", "b@example.org"], ["Ben", None]]
    rows = [ZOOM_HEADERS, came("Ana Ruiz", "b@example.org"), came("Ben")]
    workbook = read({"Members": members, "Report": rows})
    assert [each.attendees for each in workbook.convenings] == [("Ana Ruiz (2)", "Ben")]


def test_members_list_with_join_dates_is_no_report(read):
    workbook = read({"Members": [["Name", "Join date", "Left"], ["Ana", "2024-01-01", None]]})
    assert workbook.convenings == ()
    assert [person.name for person in workbook.members] == ["Ana"]


def test_header_repeated_further_down_is_no_attendee(read):
    rows = [ZOOM_HEADERS, came("Ana Ruiz"), ZOOM_HEADERS, came("Ben Okafor")]
    workbook = read({"Members": MEMBERS, "Report": rows})
    assert [each.attended for each in workbook.convenings] == [2]


@pytest.mark.parametrize(
    ("came_as", "count"),
    [
        (["Ana Ruiz", "Ana Ruiz (she/her)", "iPad (Ana Ruiz)", "Ruiz, Ana", "ANA RUIZ"], 1),
        (["Ana Ruiz", "Ben Okafor", "Zed", "Zed"], 3),
        ([("Ana Ruiz", "ana@example.org"), "Ana Ruiz"], 1),
        ([("Ana Ruiz", "ana@example.org"), ("iPhone", "ana@example.org")], 1),
        ([("Ana Ruiz", "room@example.org"), ("Ben Okafor", "room@example.org")], 2),
        ([("iPhone", "a@example.org"), ("Zed", "b@example.org")], 2),
    ],
)
def test_note_counts_each_person_once(read, came_as, count):
    rows = [came(*(each if isinstance(each, tuple) else (each,))) for each in came_as]
    workbook = read({"Members": MEMBERS, "participants": [ZOOM_HEADERS, *rows]})
    assert workbook.convenings[0].attended == count
    people = "1 person" if count == 1 else f"{count} people"
    assert [people in problem.message for problem in workbook.problems if "report" in problem.message] == [True]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Spring (2026-03-14 17_55 GMT-5) - Attendance", "Spring"),
        ("Spring (2026-03-14 at 17:55 GMT-5) - Attendance report", "Spring"),
        ("2026-03-14 17_55 Book club (Math)", "Book club (Math)"),
        ("meetingAttendanceList 2026-03-14", "Meeting"),
        ("Spring for 12 schools 2026-03-14", "Spring for 12 schools"),
    ],
)
def test_title_of_the_file_gives_date_and_name(read, title, name):
    rows = [MEET[0], ["Ana", "Ruiz", None, "65 min", "5:55 PM", "7:00 PM"]]
    assert convenings(read({"Members": MEMBERS, title: rows})) == [("2026-03-14", name, 1, ("Ana Ruiz",))]
