"""What the map tells when somebody looks closer: to staff, to viewers, and of whom nothing at all."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import Any

import pytest

from nethealth.network.map.details import LISTED, LONGEST_LINE, map_details
from nethealth.network.map.model import person_id
from nethealth.privacy.viewer_redaction import FORMER, redact_for_viewers
from nethealth.workbook.records import (
    Connection,
    Conversation,
    EmergentActivity,
    Gathering,
    Person,
    Settings,
    Spell,
    Wave,
    Workbook,
)
from nethealth.workbook.schema.vocabulary import FREQUENCY, HeardThrough, NameStyle, TieMeasure

NAMES = ("Ana", "Ben", "Cy", "Hidden Harriet")
TODAY = dt.date(2026, 1, 1)


def workbook() -> Workbook:
    people = {name: Person(key=name, name=name, on_map=name != "Hidden Harriet", notes="mnote") for name in NAMES}
    return Workbook(
        people=people,
        fingerprint="f",
        today=TODAY,
        tie_measures=(TieMeasure("Trust"), TieMeasure("Value")),
        connections=(
            Connection(
                source="Ana",
                target="Ben",
                strength=3.0,
                kind="Planning",
                date=dt.date(2025, 3, 1),
                measures={"Trust": 4.0, "Value": 2.0},
                notes="tnote",
            ),
            Connection(source="Ben", target="Ana", strength=1.0, date=dt.date(2025, 4, 1)),
            Connection(source="Ben", target="Cy", heard_through=HeardThrough.CONVENING),
            Connection(source="Cy", target="Hidden Harriet"),
        ),
        convenings=(
            Gathering(date=dt.date(2025, 5, 3), title="Spring gathering", attendees=("Ana", "Ben", "Ana")),
            Gathering(date=dt.date(2024, 5, 3), title="First gathering", attendees=("Ana",)),
            Gathering(date=dt.date(2027, 5, 3), title="Planned gathering", attendees=("Ana",)),
        ),
        activities=(Gathering(date=None, title="Reading circle", attendees=("Ben",)),),
        emergent=(EmergentActivity(name="Maths walk", collaborators=("Ana", "Cy"), started=dt.date(2025, 6, 1)),),
        weaving=(
            Conversation(
                date=dt.date(2025, 9, 1),
                weaver="Wilma",
                member="Ana",
                what_we_heard="heard",
                follow_up="Send the book",
                due=dt.date(2025, 10, 1),
            ),
        ),
    )


def in_a_wave(book: Workbook) -> Workbook:
    rows = tuple(replace(row, wave="2025") for row in book.connections)
    return replace(book, waves=(Wave(name="2025", date=dt.date(2025, 6, 1)),), connections=rows)


def told_of(name: str, **keywords: Any) -> dict[str, Any]:
    told = map_details(workbook(), **keywords).people[person_id(name)]
    return {section["title"]: section["lines"] for section in told}


def tie_of(one: str, other: str, **keywords: Any) -> Any:
    return map_details(workbook(), **keywords).ties["-".join(sorted((person_id(one), person_id(other))))]


def test_what_somebody_attended_and_started_is_told_latest_first_and_nothing_planned() -> None:
    assert told_of("Ana") == {
        "Convenings attended": [["Spring gathering", "3 May 2025"], ["First gathering", "3 May 2024"]],
        "Started together": [["Maths walk", "1 June 2025"]],
    }
    assert told_of("Ben")["Activities"] == [["Reading circle", ""]]


def test_what_somebody_did_who_left_tells_viewers_nothing_of_who_it_was() -> None:
    stayed = workbook()
    gone = replace(stayed.people["Ana"], spells=(Spell(dt.date(2020, 1, 1), dt.date(2025, 12, 31)),))
    left = replace(stayed, people={**stayed.people, "Ana": gone})
    shared = redact_for_viewers(left)
    former = next(key for key, person in shared.people.items() if person.name == FORMER)
    # Ana was still there on the day of the wave, so she is on its map.
    told = map_details(in_a_wave(shared))
    assert told.people[person_id(former)] == []
    assert "Spring gathering" in json.dumps(dict(told.people))
    to_staff = map_details(in_a_wave(left), for_staff=True)
    assert "First gathering" in json.dumps(to_staff.people[person_id("Ana")])


def test_follow_ups_are_told_to_staff_alone() -> None:
    assert told_of("Ana", for_staff=True)["Follow-ups open (staff only)"] == [
        ["Send the book (overdue)", "due 1 October 2025"]
    ]
    assert "Send the book" not in json.dumps(map_details(workbook()).as_json())


def test_staff_hear_who_reported_a_tie_and_viewers_that_somebody_did() -> None:
    assert tie_of("Ana", "Ben", for_staff=True) == [
        {"who": "Ben said so", "lines": ["1 April 2025", "Aware of"]},
        {"who": "Ana said so", "lines": ["1 March 2025", "Exchange", "Planning", "trust 4", "value 2"]},
    ]
    # What somebody trusts a colleague with is told to nobody else: each of the two would know whose answer it is.
    assert tie_of("Ana", "Ben") == [
        {"who": "One of the two said so", "lines": ["1 April 2025", "Aware of"]},
        {"who": "One of the two said so", "lines": ["1 March 2025", "Exchange", "Planning"]},
    ]
    assert tie_of("Ben", "Cy") == [{"who": "Known from a convening", "lines": []}]


def test_measures_of_a_tie_are_told_in_the_words_of_their_scale_and_bounded() -> None:
    numbers = {"Frequency": 4.0, "Hours together": 1250.5, "x" * 400: 1.0}
    scales = {"Frequency": FREQUENCY}
    ties = (Connection(source="Ana", target="Ben", measures=numbers),)
    book = replace(workbook(), connections=ties, tie_measures=tuple(TieMeasure(n, scales.get(n)) for n in numbers))
    ((report,),) = map_details(book, for_staff=True).ties.values()
    assert report["lines"][:2] == ["frequency 4 Often", "Hours together 1,250.5"]
    assert len(report["lines"][2]) <= LONGEST_LINE
    assert [each["lines"] for (each,) in map_details(book).ties.values()] == [[]]


def test_notes_and_the_hidden_are_told_to_nobody() -> None:
    told = json.dumps(map_details(workbook(), for_staff=True).as_json())
    for word in ("mnote", "tnote", "heard", "Wilma", "Harriet", person_id("Hidden Harriet")):
        assert word not in told


def test_only_those_asked_for_are_told_of_with_their_ties() -> None:
    whole, part = map_details(workbook()), map_details(workbook(), only=frozenset({person_id("Ben")}))
    assert whole.is_whole
    assert not part.is_whole
    assert set(part.people) == {person_id("Ben")}
    assert len(part.ties) == 2
    assert part.people[person_id("Ben")] == whole.people[person_id("Ben")]
    assert map_details(workbook(), only=frozenset({"no such id"})).people == {}


@pytest.mark.parametrize("style", [NameStyle.INITIALS, NameStyle.CODES])
def test_under_initials_and_codes_nothing_is_told(style: NameStyle) -> None:
    private = replace(workbook(), settings=Settings(names=style))
    for book in (private, redact_for_viewers(private, salt=b"x")):
        told = map_details(book, for_staff=True)
        assert (dict(told.people), dict(told.ties)) == ({}, {})


def test_long_lists_are_counted_beyond_what_is_told() -> None:
    many = tuple(
        Gathering(date=dt.date(2020, 1, 1) + dt.timedelta(days=day), title="x" * 1_000, attendees=("Ana",))
        for day in range(LISTED + 5)
    )
    told = map_details(replace(workbook(), convenings=many)).people[person_id("Ana")][0]
    assert (len(told["lines"]), told["more"]) == (LISTED, 5)
    assert max(len(what) for what, _ in told["lines"]) <= 140
