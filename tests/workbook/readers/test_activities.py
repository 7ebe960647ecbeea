"""Convenings, activities, platform, agreements, emergent activity, actions, reference."""

import datetime as dt

import pytest

from nethealth.sources import read_path
from nethealth.workbook.reader import read_workbook
from nethealth.workbook.schema.vocabulary import (
    ActivityStatus,
    AgreementKind,
    AgreementStatus,
    StartedBy,
)

D = dt.date
PEOPLE = [
    ["Name", "Organization", "Tags"],
    ["Ann", "Lincoln", "staff; core"],
    ["Ben", "Lincoln", ""],
    ["Cara", "Kent", "Staff"],
]


def test_names_marked_as_guests_are_no_problem_and_members_once_they_are(read) -> None:
    tabs = {
        "Members": PEOPLE,
        "Convenings": [["Date", "Title", "Attendees"], ["2026-01-05", "Kick-off", "Ann; Dana Fox (guest)"]],
        "Emergent activity": [["Name", "Collaborators"], ["Choir", "Ben; Dana Fox (Guest); Cara (guest)"]],
    }
    workbook = read(tabs)
    (kick_off,), (choir,) = workbook.convenings, workbook.emergent
    assert (kick_off.attendees, kick_off.attended) == (("Ann",), 2)
    assert (choir.collaborators, choir.guests) == (("Ben", "Cara"), ("Dana Fox",))
    assert set(workbook.people) == {"Ann", "Ben", "Cara"}
    assert not workbook.problems


def test_convenings(read, problems_with, counts):
    rows = [
        ["Date", "Title", "Format", "Invited", "Attended", "Attendees", "Key outcomes", "Link"],
        ["2026-01-05", "Kick-off", "Online", "1,234.5", 10, "Ann; Zed", "a\nb", "https://example.org/x"],
        [45000, "Second", "", 2, "", "Ann, Ben, Cara", "=free text", "javascript:alert(1)"],
        ["31/31/2026", "Third", "", 3, 5],
        ["", "Fourth"],
        ["2026-01-06", ""],
    ]
    workbook = read({"Members": PEOPLE, "Convenings": rows})
    first, second, third = workbook.convenings
    assert (first.date, first.invited, first.attended, first.attendees) == (D(2026, 1, 5), 1234.5, 10, ("Ann",))
    assert (first.key_outcomes, first.link) == ("a\nb", "https://example.org/x")
    assert (second.date, second.attended, second.key_outcomes, second.link) == (D(2023, 3, 15), 3, "=free text", None)
    assert (third.date, third.attended) == (None, 5)
    assert [cell for _, cell, _ in problems_with(workbook, "More people attended")] == [
        "Convenings!F3",
        "Convenings!E4",
    ]
    assert counts(workbook, "Convenings") == (5, 3, 0, 2)
    assert [value for _, _, value in problems_with(workbook, "skipped this name")] == ["Zed"]


def test_more_names_than_attended_are_mentioned(read, problems_with):
    rows = [
        ["Date", "Title", "Attended", "Attendees"],
        ["2026-01-05", "A", 1, "Ann, Ben"],
        ["2026-02-05", "B", 9, "Ann"],
    ]
    workbook = read({"Members": PEOPLE, "Convenings": rows})
    assert [convening.attended for convening in workbook.convenings] == [1, 9]
    assert problems_with(workbook, "than Attended counts") == [("warning", "Convenings!C2", "1")]


def test_activities(read):
    rows = [["Date", "Title", "Kind", "Notes"], ["March 2026", "Lesson study", "Working group", "went well"]]
    (activity,) = read({"Activities": rows}).activities
    assert (activity.date, activity.format, activity.key_outcomes) == (D(2026, 3, 1), "Working group", "went well")


def test_platform(read, problems_with, counts):
    rows = [
        ["Month", "Platform", "Members on it", "Active members", "Posts", "Curated", "Effectiveness"],
        ["2026-01-17", "Slack", 50, 60, "1e3", "sí", "4"],
        ["sometime", "Slack"],
        [2026, "Slack", 10, 5, 3, "✓", 6],
    ]
    workbook = read({"Platform": rows})
    first, second = workbook.platform
    assert (first.month, first.members, first.active, first.posts) == (D(2026, 1, 1), 50, 60, None)
    assert (first.curated, first.effectiveness) == (True, 4)
    assert (second.month, second.curated, second.effectiveness) == (D(2026, 1, 1), True, None)
    assert problems_with(workbook, "More members are active") == [("warning", "Platform!D2", "60")]
    assert counts(workbook, "Platform") == (3, 2, 0, 1)


def test_agreements(read):
    rows = [
        ["Title", "Kind", "Status", "Adopted", "Made by members"],
        ["How we decide", "governance", "ADOPTED", "2024", "y"],
        ["Other", "Poetry", "", "", "perhaps"],
    ]
    workbook = read({"Agreements": rows})
    first, second = workbook.agreements
    assert (first.kind, first.status, first.adopted, first.made_by_members) == (
        AgreementKind.GOVERNANCE,
        AgreementStatus.ADOPTED,
        D(2024, 1, 1),
        True,
    )
    assert (second.kind, second.made_by_members) == (None, None)
    assert {p.cell for p in workbook.problems if p.severity.value == "error"} == {"Agreements!B3", "Agreements!E3"}


def test_activity_without_known_people_stays(read, counts):
    rows = [
        ["Name", "Collaborators", "Started", "Started by", "Status"],
        ["Garden", "Zed", "2025-09", "ESO with members", "active"],
        ["Nameless", ""],
    ]
    workbook = read({"Members": PEOPLE, "Emergence": rows})
    (activity,) = workbook.emergent
    assert (activity.collaborators, activity.started, activity.started_by, activity.status) == (
        (),
        D(2025, 9, 1),
        StartedBy.ESO_WITH_MEMBERS,
        ActivityStatus.ACTIVE,
    )
    assert counts(workbook, "Emergence") == (2, 1, 0, 1)


def test_actions(read):
    rows = [["What we heard", "What we did", "Promised by", "Done"], ["More time", "Longer days", "2026-05", "no"]]
    (action,) = read({"Actions": rows}).actions
    assert (action.what_we_heard, action.what_we_did, action.promised_by, action.done) == (
        "More time",
        "Longer days",
        D(2026, 5, 1),
        False,
    )


def test_action_on_unasked_question_is_noted(read, problems_with):
    questions = ["What would help?", "Agree? [It helps]", "Agree? [It lasts]"]
    survey = [["Timestamp", *questions], ["2025-01-01", "More time", "4", "5"]]
    rows = [["What we heard", "Question"], *(["a", asked] for asked in ("what would help?", "It helps", "Why?", ""))]
    workbook = read({"Survey": survey, "Actions": rows})
    assert problems_with(workbook, "No survey asks") == [("note", "Actions!B4", "Why?")]
    assert [action.question for action in workbook.actions] == ["what would help?", "It helps", "Why?", None]
    assert problems_with(read({"Actions": rows}), "No survey asks") == [], (
        "before the first survey there is nothing to compare"
    )


def test_reference(read, problems_with, counts):
    rows = [
        ["Attribute", "Value", "Share"],
        ["organization", "Lincoln", "45%"],
        ["Organization", "Kent", 0.25],
        ["Organization", "x", 30],
        ["Organization", "y", 120],
        ["Shoe", "z", 1],
    ]
    workbook = read({"Members": PEOPLE, "Reference": rows})
    assert [(row.attribute, row.share) for row in workbook.reference] == [
        ("Organization", 0.45),
        ("Organization", 0.25),
        ("Organization", 0.3),
        ("Shoe", 1),
    ]
    assert counts(workbook, "Reference") == (5, 4, 0, 1)
    assert len(problems_with(workbook, "as a percentage")) == 1
    assert problems_with(workbook, "no column with this name") == [("warning", "Reference!A6", "Shoe")]


def test_negative_count_or_share_is_error(read):
    rows = [["Date", "Title", "Invited", "Attended"], ["2025-01-01", "a", "10", "-3"], ["2025-01-02", "b", -4, "12%"]]
    waves = [["Wave", "Invited", "Responded"], ["W", "-2", "50%"], ["V", "12", "7"]]
    months = [["Month", "Members on it", "Active members"], ["2025-01", 10, -1]]
    workbook = read({"Convenings": rows, "Waves": waves, "Platform": months})
    assert [(convening.invited, convening.attended) for convening in workbook.convenings] == [(10, None), (None, None)]
    assert [(wave.invited, wave.responded) for wave in workbook.waves] == [(None, None), (12, 7)]
    assert [(month.members, month.active) for month in workbook.platform] == [(10, None)]
    assert {(p.severity.value, p.cell) for p in workbook.problems} == {
        ("error", cell)
        for cell in (*("Convenings!D2", "Convenings!C3", "Convenings!D3"), *("Waves!B2", "Waves!C2"), "Platform!C2")
    }


def months(workbook):
    return [(each.month.isoformat(), each.members, each.active, each.posts) for each in workbook.platform]


def test_days_of_the_case_are_one_month(cases):
    workbook = read_workbook(read_path(cases / "23b-slack-mapped"), today=dt.date(2026, 11, 30))
    # Five days of 37 messages each; 40 people and 22 weekly active ones on each of them.
    assert months(workbook) == [("2026-03-01", 40, 22, 185)]


def test_latest_day_counts_in_any_order_of_rows(read, problems_with):
    rows = [
        ["Month", "Members on it", "Posts", "Active members"],
        ["2026-03-09", 44, 5, 20],
        ["2026-03-02", 40, 7, None],
        ["2026-02-02", 39, 2, 10],
        ["2026-03-16", None, 1, 25],
    ]
    workbook = read({"Platform": rows})
    assert months(workbook) == [("2026-03-01", 44, 25, 13), ("2026-02-01", 39, 10, 2)]
    assert problems_with(workbook, "one month") == [("note", "Platform!A1", "Month")]


def test_platforms_and_repeated_months_stay_apart(read, problems_with):
    rows = [["Month", "Platform", "Posts"], ["2026-03", "Slack", 5], ["2026-03", "Email", 7], ["2026-03", "Slack", 6]]
    workbook = read({"Platform": rows})
    assert [each.posts for each in workbook.platform] == [5, 7, 6]
    assert not problems_with(workbook, "one month")


@pytest.mark.parametrize(("typed", "attended"), [("12.5", 12.5), (12.5, 12.5), ("12.0", 12), ("1,250", 1250)])
def test_head_count_that_is_no_whole_number_is_mentioned(read, problems_with, typed, attended):
    workbook = read({"Convenings": [["Date", "Title", "Attended"], ["2026-01-02", "A", typed]]})
    assert workbook.convenings[0].attended == attended
    assert len(problems_with(workbook, "whole number")) == (attended == 12.5)


def test_column_shows_its_decimal_commas(read, problems_with):
    rows = [["Date", "Title", "Attended"], ["2026-01-02", "A", "12,5"], ["2026-01-03", "B", "1.250"]]
    workbook = read({"Convenings": rows})
    assert [each.attended for each in workbook.convenings] == [12.5, 1250]
    assert problems_with(workbook, "decimal comma") == [("note", "Convenings!C1", "Attended")]
