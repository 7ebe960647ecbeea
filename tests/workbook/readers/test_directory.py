"""People are found by name, Member ID, or email mark."""

import pytest

from nethealth.workbook.readers.directory import Directory, UnknownNamePolicy, unused_key
from nethealth.workbook.records import Person, Severity

ANN = Person(key="A1", name="Ann Lee", member_id="A1")
BEN = Person(key="Ben Ode", name="Ben Ode")
HIDDEN = Person(key="Ann Leo", name="Ann Leo", on_map=False)


def test_finds_by_name_id_and_email():
    directory = Directory([ANN, BEN], emails={"(email 1)": ["Ben Ode"]})
    assert [directory.find(text).key for text in ("ann  LEE", "a1", "(email 1)")] == ["A1", "A1", "Ben Ode"]


def test_shared_name_without_id_wins_with_warning():
    match = Directory([ANN, Person(key="Ann Lee", name="Ann Lee")]).find("Ann Lee")
    assert (match.key, match.severity) == ("Ann Lee", Severity.WARNING)


def test_shared_name_with_ids_is_error():
    match = Directory([ANN, Person(key="A2", name="Ann Lee", member_id="A2")]).find("Ann Lee")
    assert (match.key, match.severity) == (None, Severity.ERROR)


def test_unknown_name_follows_policy():
    directory = Directory([BEN])
    assert directory.find("Zed").key is None
    directory.unknown_name_policy = UnknownNamePolicy.ADD_GUESTS
    directory.clear_cache()
    assert directory.find("Zed").key == "Zed"
    assert directory.people["Zed"].is_guest


def test_suggestion_leaves_out_hidden_people():
    suggestion = Directory([ANN, HIDDEN]).suggestion("Ann Le")
    assert "Ann Lee" in suggestion
    assert "Leo" not in suggestion


def test_taken_key_gets_a_number():
    assert unused_key("Ann", {"Ann": ANN, "Ann (2)": BEN}) == "Ann (3)"


def test_anonymous_is_no_person(read, problems_with):
    ties = [["From", "To"], ["Anonymous", "Ana Ruiz"], ["anónimo", "Ana Ruiz"], ["Ben Okafor", "Ana Ruiz"]]
    settings = [["Setting", "Value"], ["Unknown people", "guests"]]
    alone = read({"Connections": ties})
    guests = read({"Settings": settings, "Members": [["Name"], ["Ana Ruiz"]], "Connections": ties})
    for workbook in (alone, guests):
        assert sorted(person.name for person in workbook.people.values()) == ["Ana Ruiz", "Ben Okafor"]
        assert [cell for _, cell, _ in problems_with(workbook, "no name")] == ["Connections!A2", "Connections!A3"]


@pytest.mark.parametrize("typed", ["Annie <ann@example.org>", "annie (ann@example.org)"])
def test_email_next_to_another_spelling_says_who_is_meant(read, typed):
    members = [["Name", "Email"], ["Ann Lee", "ann@example.org"], ["Ben Ode", "ben@example.org"]]
    workbook = read({"Members": members, "Connections": [["From", "To"], [typed, "Ben Ode"]]})
    assert [(tie.source, tie.target) for tie in workbook.connections] == [("Ann Lee", "Ben Ode")]


def test_two_emails_or_an_unknown_one_say_nothing(read):
    members = [["Name", "Email"], ["Ann Lee", "ann@example.org"], ["Ben Ode", "ben@example.org"]]
    rows = [["From", "To"], ["A ann@example.org ben@example.org", "Ben Ode"], ["Annie <x@example.org>", "Ben Ode"]]
    assert read({"Members": members, "Connections": rows}).connections == ()


KNOWN = (
    Person(key="Ana Ruiz", name="Ana Ruiz", attributes={"Organization": "North HS", "Region": "Coast"}),
    Person(key="Cy Wynn", name="Cy Wynn"),
    Person(key="Okafor, Ben", name="Okafor, Ben", attributes={"Organization": "South HS"}),
)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Ruiz, Ana", "Ana Ruiz"),
        ("Ben Okafor", "Okafor, Ben"),
        ("ana ruiz (North)", "Ana Ruiz"),
        ("Ana Ruiz - coast", "Ana Ruiz"),
        ("Cy Wynn (coach)", "Cy Wynn"),
    ],
)
def test_name_written_differently_finds_the_only_one_it_fits_with_a_note(typed, key):
    match = Directory(KNOWN).find(typed)
    assert (match.key, match.severity) == (key, Severity.NOTE)


@pytest.mark.parametrize(
    ("typed", "others"),
    [
        # What is added fits another organization, or none that Ana has.
        ("Ana Ruiz (South)", ()),
        ("Ana Ruiz (coach)", ()),
        ("Cy Wynn (North)", ()),
        # Two members fit.
        ("Ruiz, Ana", ("Ana Ruiz",)),
        ("Ana Ruiz (North)", ("Ana Ruiz",)),
        ("Ben Okafor", ("OKAFOR, Ben",)),
        ("Ruiz, Ana - North", ("Ana Ruiz",)),
    ],
)
def test_name_that_may_be_someone_else_stays_a_question(typed, others):
    namesakes = [Person(key=f"P{at}", name=name, member_id=f"P{at}") for at, name in enumerate(others)]
    match = Directory([*KNOWN, *namesakes]).find(typed)
    assert (match.key, match.severity) == (None, Severity.ERROR)


def test_what_a_guest_may_be_called_is_no_member():
    directory = Directory(KNOWN)
    directory.unknown_name_policy = UnknownNamePolicy.ADD_GUESTS
    assert directory.find("Cy Wynn (coach)").key == "Cy Wynn (coach)"
    assert directory.find("Wynn, Cy").key == "Cy Wynn"


def test_names_written_differently_count_in_lists_ties_and_answers(read, problems_with):
    members = [["Name", "Organization"], ["Ana Ruiz", "North HS"], ["Ben Okafor", "South HS"]]
    workbook = read(
        {
            "Members": members,
            "Connections": [["From", "To"], ["Ruiz, Ana", "Ben Okafor"]],
            "Convenings": [["Date", "Title", "Attendees"], ["2026-01-05", "A", "Ruiz, Ana; Ben Okafor (South)"]],
            "Survey": [["Timestamp", "Name", "I learn"], ["2026-01-05", "Okafor, Ben", 4]],
        }
    )
    assert [(tie.source, tie.target) for tie in workbook.connections] == [("Ana Ruiz", "Ben Okafor")]
    assert workbook.convenings[0].attendees == ("Ana Ruiz", "Ben Okafor")
    assert [each.respondent for each in workbook.responses] == ["Ben Okafor"]
    assert {severity for severity, _, _ in problems_with(workbook, "written differently")} == {"note"}
