"""Cards of introductions: the reasons in words, a note that can be sent, and only counts for those who see no names."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from nethealth.network.introductions import cards
from nethealth.network.introductions.suggestions import suggest_introductions
from nethealth.workbook.records import Connection, Gathering, Person, Settings, Spell, Workbook
from nethealth.workbook.schema.vocabulary import NameStyle

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


def test_a_card_says_who_and_why() -> None:
    first, second = cards.introduction_cards(FOUND, workbook=WORKBOOK)
    assert first.who == (
        ("Ana López", "Teacher, School A, North"),
        ("Ben Smith", "Coach, School B, South"),
    )
    assert first.in_common == (
        "Both care about “data and statistics” and “proof”",
        "Both know Cy Young",
        "Both came to the spring meeting",
    )
    assert first.between == (
        "Neither has more than one tie yet",
        "Different regions: North and South",
        "Different roles: Teacher and Coach",
    )
    assert second.in_common == ("Both joined in the last half year",)
    assert second.between == ("Neither has more than one tie yet", "Nobody outside the hub knows both")


def test_a_card_for_one_person_shows_the_other() -> None:
    (card,) = cards.introduction_cards(
        suggest_introductions(WORKBOOK, as_of=TODAY, person="B"), workbook=WORKBOOK, person="B"
    )
    assert [name for name, _ in card.who] == ["Ana López"]


def test_the_note_is_ready_to_send() -> None:
    assert cards.introduction_note(FOUND.pairs[0], workbook=WORKBOOK) == (
        "Dear Ana López and Ben Smith,\n\n"
        "I would like the two of you to meet. You both care about “data and statistics” and “proof”, you both know Cy "
        "Young, and you were both at the spring meeting. Ana López is at home in North, Ben Smith in South: each of "
        "you sees what the other does not.\n\n"
        "Would half an hour on the phone suit you both in the next weeks? I am glad to help find a time.\n\n"
        "Warmly,"
    )


def test_the_note_tells_neither_who_has_few_ties_nor_ties_where_names_are_not_shown() -> None:
    for pair in FOUND.pairs:
        note = cards.introduction_note(pair, workbook=WORKBOOK)
        assert "tie" not in note
    veiled = replace(WORKBOOK, settings=replace(WORKBOOK.settings, names=NameStyle.CODES))
    assert "Cy Young" not in cards.introduction_note(FOUND.pairs[0], workbook=veiled)


def test_what_a_cell_holds_stands_on_one_line_of_the_note() -> None:
    odd = replace(WORKBOOK.people["A"], name="Ana\n\nBcc: all\u202e" + "x" * 400)
    note = cards.introduction_note(FOUND.pairs[0], workbook=replace(WORKBOOK, people={**WORKBOOK.people, "A": odd}))
    assert "\u202e" not in note
    assert note.startswith("Dear Ana Bcc: all")
    assert note.count("\n") == 6
    assert max(map(len, note.split())) < 100


def test_headings_and_words() -> None:
    assert cards.introductions_title(FOUND) == "2 introductions worth making"  # all are newcomers'
    # Who has been here for years and has one tie is among them, so it is not said that they are new.
    mixed = replace(FOUND, pairs=(FOUND.pairs[0], replace(FOUND.pairs[1], newcomers=())))
    assert (
        cards.introductions_title(mixed) == "2 introductions worth making, 1 of them for somebody new or with few ties"
    )
    assert cards.introductions_title(FOUND, person="Ana López") == "2 people for Ana López to meet"
    nobody = suggest_introductions(Workbook(today=TODAY), as_of=TODAY)
    assert cards.introductions_title(nobody) == "No introduction to suggest just now"
    assert "Tags" in cards.nothing_found(nobody)
    assert "Choose less" in cards.nothing_found(FOUND)
    assert cards.without_ground_text(FOUND, workbook=WORKBOOK) == ""
    alone = replace(WORKBOOK, people={**WORKBOOK.people, "G": person("G", "Gus Hill", "", "North", "Coach")})
    found = suggest_introductions(alone, as_of=TODAY)
    assert cards.without_ground_text(found, workbook=alone).startswith("For Gus Hill the sheet has nothing")


def test_those_who_see_no_names_get_counts_and_none_of_few() -> None:
    words = cards.how_many_text(FOUND, smallest_group=3)
    # Five people, two pairs: one shares an interest, one joins regions, both help newcomers.
    assert words == (
        "Of 5 members, fewer than 3 pairs have not met and have something in common. Among the fewer than 3 most worth "
        "making, fewer than 3 share an interest, fewer than 3 join two regions and fewer than 3 are for somebody new "
        "or with few ties."
    )
    assert not any(person.name in words for person in WORKBOOK.people.values())


def test_names_to_choose_from_are_told_apart() -> None:
    people = [
        Person(key="1", name="Ana", attributes={"Organization": "Elm"}),
        Person(key="2", name="Ana", attributes={"Organization": "Oak"}),
        Person(key="3", name="Ben"),
        Person(key="4", name="Ben"),
        Person(key="5", name="everybody"),
    ]
    labels = cards.person_labels(people, besides=["everybody"])
    assert labels == {"1": "Ana, Elm", "2": "Ana, Oak", "3": "Ben", "4": "Ben (2)", "5": "everybody (2)"}


def test_rows_for_a_download_hold_the_note() -> None:
    rows = cards.suggestion_rows(FOUND, workbook=WORKBOOK)
    assert [(row["One"], row["Other"]) for row in rows] == [("Ana López", "Ben Smith"), ("Di Jones", "Ed Ray")]
    assert str(rows[0]["Note"]).startswith("Dear Ana")
