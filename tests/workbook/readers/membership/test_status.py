"""Columns that say who is still a member."""

import datetime as dt

import pytest

from nethealth.infrastructure.membership.by_period import members_without_joined, membership_by_period
from nethealth.infrastructure.periods import Period
from nethealth.network.graph import network_at

TODAY = dt.date(2026, 3, 2)


def members_today(workbook):
    return sorted(person.name for person in workbook.members if person.is_inside(TODAY) is not False)


def roster(header, *words, joined="2023-09-01", left=None):
    names = ("Ana", "Ben", "Carla", "Dmitri", "Elin")
    rows = [[name, joined, left, word] for name, word in zip(names, words, strict=False)]
    return [["Name", "Joined", "Left", header], *rows]


@pytest.mark.parametrize(
    ("header", "active", "left"),
    [
        ("Status", "Active", "Inactive"),
        ("Membership Status", "Active", "Lapsed"),
        ("Member type", "Member", "Former member"),
        ("Account Status", "ACTIVE", "Deceased"),
        ("State", "Active", "Inactive"),
        ("Current member", "yes", "no"),
        ("Current member?", True, False),
        ("Active", 1, 0),
        ("Inactive", "no", "yes"),
        ("Archived", False, True),
        ("Archived?", None, "Archived"),
        ("Former member", "no", "Former"),
        ("Engagement status", "Active", "Inactive"),
        ("Network status", "Current", "PAST MEMBER"),
        ("Estado", "Activo", "Inactivo"),
        ("Estado de membresía", "Vigente", "De baja"),
        ("Statut", "À jour", "Ancien membre"),
        ("Membre actif", "oui", "non"),
        ("Mitgliedsstatus", "aktiv", "Ausgetreten"),
        ("Situação", "Ativo", "Inativo"),
        ("Status", "Active", "Inactive (moved to Ohio)"),
        ("Status", "Active (new)", "Lapsed 2024"),
        ("Status", "Member since 2020", "inactive since May"),
        ("Member type", "Member", "Left in 2023"),
        ("Membership", "Active - renewed", "No longer attending"),
        ("Estado", "Activo", "Baja 2023"),
        ("Statut", "Actif", "Ancienne membre depuis 2022"),
        ("Mitgliedsstatus", "aktiv", "ausgetreten 2023"),
        ("Enrollment", "Enrolled", "Withdrawn"),
        ("Membership", "Full", "Withdrawn"),
        ("Inscripción", "Inscrita", "Baja"),
        ("Enrolled", "yes", "no"),
        ("Withdrawn", "no", "x"),
    ],
)
def test_words_that_mean_left_end_a_membership(read, problems_with, header, active, left):
    workbook = read({"Members": roster(header, active, left, active)})
    assert members_today(workbook) == ["Ana", "Carla"]
    assert problems_with(workbook, "1 person left") == [("warning", "Members!D1", header)]
    assert membership_by_period(workbook, period=Period.YEAR, as_of=TODAY)[-1].end == 2
    assert sorted(network_at(workbook).people) == ["Ana", "Carla"]


@pytest.mark.parametrize(
    ("header", "inside", "left"),
    [("Lapsed", "No", "Yes"), ("Left", "no", "x"), ("Left", None, "Ja"), ("Lapsed", False, True), ("Left", "N", 1)],
)
def test_marks_in_place_of_a_date_say_who_left(read, problems_with, header, inside, left):
    marks = {"A": inside, "B": left, "C": inside}
    rows = [["Name", "Joined", header], *([name, "2023-09-01", mark] for name, mark in marks.items())]
    workbook = read({"Members": rows})
    assert members_today(workbook) == ["A", "C"]
    assert problems_with(workbook, "1 person left") == [("warning", "Members!C1", header)]
    assert problems_with(workbook, "read this date") == []


@pytest.mark.parametrize(("header", "other"), [("Lapsed", "2024-05-01"), ("End date", "no")])
def test_mark_in_a_column_of_dates_is_an_error(read, problems_with, header, other):
    rows = [["Name", "Joined", header], ["Ben", "2023-09-01", other], ["Ana", "2023-09-01", "yes"]]
    assert problems_with(read({"Members": rows}), "read this date")[-1] == ("error", "Members!C3", "yes")


@pytest.mark.parametrize("header", ["Participation", "Engagement level", "Participant category"])
def test_words_of_membership_under_a_near_header_are_asked_about(read, problems_with, header):
    workbook = read({"Members": roster(header, "Active", "Withdrawn")})
    assert members_today(workbook) == ["Ana", "Ben"]
    assert problems_with(workbook, "may say that 1 person left") == [("warning", "Members!D1", header)]
    assert not problems_with(read({"Members": roster(header, "High", "Withdrawn")}), "may say")


def test_left_decides_where_it_is_filled(read):
    workbook = read({"Members": roster("Status", "Inactive", "Active", left="2025-06-30")})
    assert [person.spells[0].left for person in workbook.members] == [dt.date(2025, 6, 30)] * 2
    assert not any(person.left_on_unknown_day for person in workbook.members)
    assert not workbook.problems


def test_without_joined_and_left_columns_inactive_is_no_member(read):
    rows = [["Name", "Status"], ["Ana", "Active"], ["Ben", "Inactive"], ["Carla", None]]
    workbook = read({"Members": rows})
    assert members_today(workbook) == ["Ana", "Carla"]
    assert members_without_joined(workbook) == ("Ana", "Carla")


def test_unknown_words_next_to_known_ones_are_asked_about_once(read, problems_with):
    workbook = read({"Members": roster("Status", "Active", "On leave", "Sabbatical", "On leave", "Inactive")})
    assert members_today(workbook) == ["Ana", "Ben", "Carla", "Dmitri"]
    assert problems_with(workbook, "3 people") == [("warning", "Members!D1", "Status")]
    assert problems_with(workbook, "1 person left") == [("warning", "Members!D1", "Status")]


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("Member type", ["School", "District", "School"]),
        ("Employment status", ["Active", "Former", "Active"]),
        ("Email status", ["Active", "Inactive", "Active"]),
        ("Cohort", ["Former", "Current", "Former"]),
        ("Status (private)", ["Active", "Inactive", "Active"]),
    ],
)
def test_other_columns_say_nothing_about_membership(read, header, words):
    workbook = read({"Members": roster(header, *words)})
    assert members_today(workbook) == ["Ana", "Ben", "Carla"]
    assert not [problem for problem in workbook.problems if problem.severity.value == "warning"]


def test_column_names_can_say_that_a_status_is_only_an_attribute(read):
    names = [["Tab", "Column", "Your header"], ["Members", "Attribute", "Status"]]
    workbook = read({"Members": roster("Status", "Active", "Inactive"), "Column names": names})
    assert members_today(workbook) == ["Ana", "Ben"]
    assert not [problem for problem in workbook.problems if problem.severity.value == "warning"]


def test_someone_who_came_back_is_a_member(read):
    rows = [
        ["Name", "Joined", "Left", "Status"],
        ["Ana", "2019-01-01", None, "Inactive"],
        ["Ana", "2024-01-01", None, "Active"],
        ["Ben", "2019-01-01", "2020-01-01", "Former"],
        ["Ben", "2024-01-01", None, "Lapsed"],
    ]
    assert members_today(read({"Members": rows})) == ["Ana"]


def test_state_of_places_is_where_members_are_based(read):
    workbook = read({"Members": roster("State", "Ohio", "Iowa")})
    assert (members_today(workbook), workbook.attributes) == (["Ana", "Ben"], ("Region",))


def test_status_stays_an_attribute(read):
    workbook = read({"Members": roster("Status", "Active", "Inactive")})
    assert workbook.attributes == ("Status",)


@pytest.mark.parametrize(
    "word", ["Pending - New", "Trial", "Left voicemail", "Past due", "Active until June", "Invited"]
)
def test_words_that_leave_membership_open_are_asked_about(read, problems_with, word):
    workbook = read({"Members": roster("Status", "Active", word)})
    assert members_today(workbook) == ["Ana", "Ben"]
    assert problems_with(workbook, "1 person") == [("warning", "Members!D1", "Status")]


@pytest.mark.parametrize("header", ["Status", "Membership status", "Estado"])
def test_status_of_unknown_words_is_asked_about(read, problems_with, header):
    workbook = read({"Members": roster(header, "On leave", "Retired")})
    assert members_today(workbook) == ["Ana", "Ben"]
    assert problems_with(workbook, "2 people") == [("warning", "Members!D1", header)]


def test_a_trial_among_kinds_of_members_is_asked_about(read, problems_with):
    workbook = read({"Members": roster("Member type", "School", "Trial", "District")})
    assert problems_with(workbook, "Trial") == [("warning", "Members!D1", "Member type")]
