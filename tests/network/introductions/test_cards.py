"""Cards of introductions: reasons, the email to both, and only counts for people who see no names."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from nethealth.network.introductions import cards
from nethealth.network.introductions.suggestions import suggest_introductions
from nethealth.workbook.records import Connection, Gathering, Person, Settings, Spell, Workbook
from nethealth.workbook.schema.vocabulary import NameStyle
from tests.texts import numbers_in

TODAY = dt.date(2026, 6, 1)
OLD, NEW = (Spell(dt.date(2023, 9, 1), None),), (Spell(dt.date(2026, 2, 1), None),)


def person(key: str, name: str, tags: str, region: str, role: str, **more: object) -> Person:
    about = {"Region": region, "Role": role, "Organization": f"School {key}"}
    return Person(key=key, name=name, tags=tuple(tags.split("; ")), attributes=about, **{"spells": OLD, **more})  # type: ignore[arg-type]


WORKBOOK = Workbook(
    people={
        each.key: each
        for each in (
            person("A", "Ana López", "data and statistics; proof", "North", "Teacher"),
            person("B", "Ben Smith", "proof; data and statistics", "South", "Coach"),
            person("C", "Cy Young", "", "North", "Coach"),
            person("D", "Di Jones", "", "North", "Coach", spells=NEW),
            person("E", "Ed Ray", "", "North", "Coach", spells=NEW),
            person("F", "Fay Low", "", "North", "Coach"),
        )
    },
    connections=(Connection(source="C", target="A"), Connection(source="C", target="B")),
    convenings=(Gathering(date=dt.date(2026, 4, 1), title="the spring meeting", attendees=("A", "B")),),
    hub=frozenset("F"),
    settings=Settings(smallest_group=3),
    attributes=("Region", "Role"),
    today=TODAY,
)
FOUND = suggest_introductions(WORKBOOK, as_of=TODAY)


def test_card_has_people_and_reasons() -> None:
    first, second = cards.introduction_cards(FOUND, workbook=WORKBOOK)
    assert first.who == (
        ("Ana López", "Teacher, School A, North"),
        ("Ben Smith", "Coach, School B, South"),
    )
    interests, acquaintance, gathering = first.in_common
    assert ("data and statistics" in interests, "proof" in interests) == (True, True)
    assert "Cy Young" in acquaintance
    assert "the spring meeting" in gathering
    few_ties, regions, roles = first.between
    assert "connection" in few_ties
    assert ("North" in regions, "South" in regions) == (True, True)
    assert ("Teacher" in roles, "Coach" in roles) == (True, True)
    (newcomers,) = second.in_common
    assert "joined" in newcomers
    assert second.between[0] == few_ties
    assert "hub" in second.between[1]


def test_a_card_for_one_person_shows_the_other() -> None:
    (card,) = cards.introduction_cards(
        suggest_introductions(WORKBOOK, as_of=TODAY, person="B"), workbook=WORKBOOK, person="B"
    )
    assert [name for name, _ in card.who] == ["Ana López"]


def note(**changes: object) -> str:
    """The email to A and B with other values, given as `A_name="Bo"`."""
    people = dict(WORKBOOK.people)
    for key, value in changes.items():
        who, field = key.split("_", 1)
        people[who] = replace(people[who], **{field: value})
    return cards.introduction_note(FOUND.pairs[0], workbook=replace(WORKBOOK, people=people))


def test_note_uses_first_names_reasons_and_regions() -> None:
    greeting, _, body, _, offer, _, close = note().split("\n")
    assert greeting == "Hi Ana and Ben,"
    assert "data and statistics as well as proof" in body
    assert "Cy Young" in body
    assert "the spring meeting" in body
    assert "Ana is in the North" in body
    assert "Ben is in the South" in body
    assert "half an hour" in offer
    assert close == "Warmly,"


def test_note_for_newcomers_with_nothing_else_in_common() -> None:
    body = cards.introduction_note(FOUND.pairs[1], workbook=WORKBOOK).split("\n")[2]
    assert "fairly new" in body


def test_note_without_reasons() -> None:
    bare = replace(FOUND.pairs[0], reasons=())
    assert "a lot to talk about" in cards.introduction_note(bare, workbook=WORKBOOK)


@pytest.mark.parametrize(
    ("ana", "ben", "greeting"),
    [
        ("Ana López", "Ben Smith", "Hi Ana and Ben,"),
        ("Anne-Marie O’Neil", "Siân Jones", "Hi Anne-Marie and Siân,"),
        ("Ana López", "Ana Smith", "Hi Ana López and Ana Smith,"),
        ("López, Ana", "Ben Smith", "Hi López, Ana and Ben Smith,"),
        ("Dr. Ana López", "Ben Smith", "Hi Dr. Ana López and Ben Smith,"),
        ("Ana López, PhD", "Ben Smith, MA, EdD", "Hi Ana and Ben,"),
        ("Ana M. López", "Ben Smith", "Hi Ana and Ben,"),
        ("Ana ://evil.example", "Ben Smith", "Hi Ana ://evil.example and Ben Smith,"),
        ("Ana", "Ben Smith", "Hi Ana and Ben Smith,"),
        ("<b>Ana</b> =1+1", "Ben Smith", "Hi <b>Ana</b> =1+1 and Ben Smith,"),
    ],
)
def test_note_greets_by_first_name_only_if_it_is_clear(ana: str, ben: str, greeting: str) -> None:
    assert note(A_name=ana, B_name=ben).startswith(f"{greeting}\n\n")


def test_note_hides_few_ties_and_acquaintances_behind_codes() -> None:
    for pair in FOUND.pairs:
        text = cards.introduction_note(pair, workbook=WORKBOOK)
        assert "tie" not in text
        assert "connection" not in text
    coded = replace(WORKBOOK, settings=replace(WORKBOOK.settings, names=NameStyle.CODES))
    assert "Cy Young" not in cards.introduction_note(FOUND.pairs[0], workbook=coded)


def test_note_keeps_hostile_names_on_one_line() -> None:
    text = note(A_name="Ana\n\nBcc: all\u202e" + "x" * 400)
    assert "\u202e" not in text
    assert text.startswith("Hi Ana Bcc: all")
    assert text.count("\n") == 6
    assert max(map(len, text.split())) < 100


def test_titles_and_texts() -> None:
    assert cards.introductions_title(FOUND) == "2 introductions worth making"  # all are for newcomers
    # One of the two has been here for years and has one tie, so the title does not call them new.
    mixed = replace(FOUND, pairs=(FOUND.pairs[0], replace(FOUND.pairs[1], newcomers=())))
    assert numbers_in(cards.introductions_title(mixed)) == ["2", "1"]
    assert cards.introductions_title(FOUND, person="Ana López") == "2 people for Ana López to meet"
    none = suggest_introductions(Workbook(today=TODAY), as_of=TODAY)
    assert cards.introductions_title(none).startswith("No introductions")
    assert "tags" in cards.no_introductions_text(none)
    assert "Try changing one" in cards.no_introductions_text(FOUND)
    assert cards.unmatched_newcomers_text(FOUND, workbook=WORKBOOK) == ""
    alone = replace(WORKBOOK, people={**WORKBOOK.people, "G": person("G", "Gus Hill", "", "North", "Coach")})
    found = suggest_introductions(alone, as_of=TODAY)
    assert "Gus Hill" in cards.unmatched_newcomers_text(found, workbook=alone)


def test_viewers_get_counts_without_names_or_small_numbers() -> None:
    text = cards.introduction_counts_text(FOUND, smallest_group=3)
    # Five people, two pairs: one shares an interest, one connects regions, both help newcomers.
    assert text.startswith("Among 5 members, fewer than 3 pairs")
    assert text.count("fewer than 3") == 5
    assert not any(person.name in text for person in WORKBOOK.people.values())


def test_labels_of_same_names_differ() -> None:
    people = [
        Person(key="1", name="Ana", attributes={"Organization": "Elm"}),
        Person(key="2", name="Ana", attributes={"Organization": "Oak"}),
        Person(key="3", name="Ben"),
        Person(key="4", name="Ben"),
        Person(key="5", name="everyone"),
    ]
    labels = cards.person_labels(people, reserved=["everyone"])
    assert labels == {"1": "Ana, Elm", "2": "Ana, Oak", "3": "Ben", "4": "Ben (2)", "5": "everyone (2)"}


def test_download_has_emails() -> None:
    rows = list(cards.suggestion_table(FOUND, workbook=WORKBOOK).rows)
    assert [(row["Person"], row["Other person"]) for row in rows] == [
        ("Ana López", "Ben Smith"),
        ("Di Jones", "Ed Ray"),
    ]
    assert str(rows[0]["Email"]).startswith("Hi Ana")
