"""Details of people and ties on the map: what staff see, what viewers see, and who has none."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import Any

import pytest

from nethealth.network.map.details import LONGEST_LINE, MOST_LINES, map_details
from nethealth.network.map.model import person_id
from nethealth.presentation.formatting import format_date
from nethealth.privacy.viewer_redaction import FORMER_MEMBER, redact_for_viewers
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
        weaving=(Conversation(date=dt.date(2025, 9, 1), weaver="Wilma", member="Ana", what_we_heard="heard"),),
    )


def in_a_wave(book: Workbook) -> Workbook:
    rows = tuple(replace(row, wave="2025") for row in book.connections)
    return replace(book, waves=(Wave(name="2025", date=dt.date(2025, 6, 1)),), connections=rows)


def sections_of(name: str, **keywords: Any) -> dict[str, Any]:
    sections = map_details(workbook(), **keywords).people[person_id(name)]
    return {section["title"]: section["lines"] for section in sections}


def reports_of(one: str, other: str, **keywords: Any) -> Any:
    return map_details(workbook(), **keywords).ties["-".join(sorted((person_id(one), person_id(other))))]


def test_latest_attendance_is_first_and_planned_is_excluded() -> None:
    assert sections_of("Ana") == {
        "Convenings attended": [
            ["Spring gathering", format_date(dt.date(2025, 5, 3))],
            ["First gathering", format_date(dt.date(2024, 5, 3))],
        ],
        "Started with others": [["Maths walk", format_date(dt.date(2025, 6, 1))]],
    }
    assert sections_of("Ben")["Activities"] == [["Reading circle", ""]]


def test_former_member_has_details_for_staff_only() -> None:
    stayed = workbook()
    gone = replace(stayed.people["Ana"], spells=(Spell(dt.date(2020, 1, 1), dt.date(2025, 12, 31)),))
    left = replace(stayed, people={**stayed.people, "Ana": gone})
    shared = redact_for_viewers(left)
    former = next(key for key, person in shared.people.items() if person.name == FORMER_MEMBER)
    # Ana was still a member on the day of the wave, so she is on its map.
    details = map_details(in_a_wave(shared))
    assert details.people[person_id(former)] == []
    assert "Spring gathering" in json.dumps(dict(details.people))
    for_staff = map_details(in_a_wave(left), for_staff=True)
    assert "First gathering" in json.dumps(for_staff.people[person_id("Ana")])


def test_follow_ups_are_for_staff_only() -> None:
    follow_ups = {"Ana": [(dt.date(2025, 10, 1), "Send the book")]}
    sections = map_details(workbook(), for_staff=True, follow_ups=follow_ups).people[person_id("Ana")]
    assert sections[-1]["lines"] == [["Send the book", f"due {format_date(dt.date(2025, 10, 1))}"]]
    assert "Send the book" not in json.dumps(map_details(workbook(), follow_ups=follow_ups).as_json())


def test_only_staff_see_who_reported_a_tie_and_its_measures() -> None:
    april, march = format_date(dt.date(2025, 4, 1)), format_date(dt.date(2025, 3, 1))
    by_ben, by_ana = reports_of("Ana", "Ben", for_staff=True)
    assert "Ben" in by_ben["who"]
    assert "Ana" in by_ana["who"]
    assert by_ben["lines"] == [april, "Aware of"]
    assert by_ana["lines"] == [march, "Exchange", "Planning", "trust 4", "value 2"]
    # Each of the two would know whose answer a measure such as trust is.
    (for_viewers,) = reports_of("Ana", "Ben")
    assert for_viewers["lines"] == [april, "Exchange", "Planning"]
    assert not any(name in for_viewers["who"] for name in ("Ana", "Ben"))
    assert reports_of("Ben", "Cy") == [{"who": "Known from a convening", "lines": []}]


def test_viewers_cannot_tell_one_report_from_two() -> None:
    def lines_of(*pairs: tuple[str, str]) -> Any:
        ties = tuple(Connection(source=one, target=other, strength=3, wave="W") for one, other in pairs)
        (found,) = map_details(in_a_wave(replace(workbook(), connections=ties))).ties.values()
        return found

    assert lines_of(("Ana", "Ben")) == lines_of(("Ben", "Ana")) == lines_of(("Ana", "Ben"), ("Ben", "Ana"))


def test_measures_use_their_scale_and_are_bounded() -> None:
    numbers = {"Frequency": 4.0, "Hours together": 1250.5, "x" * 400: 1.0}
    scales = {"Frequency": FREQUENCY}
    ties = (Connection(source="Ana", target="Ben", measures=numbers),)
    book = replace(workbook(), connections=ties, tie_measures=tuple(TieMeasure(n, scales.get(n)) for n in numbers))
    ((report,),) = map_details(book, for_staff=True).ties.values()
    assert report["lines"][:2] == ["frequency 4 Often", "Hours together 1,250.5"]
    assert len(report["lines"][2]) <= LONGEST_LINE
    assert [report["lines"] for (report,) in map_details(book).ties.values()] == [[]]


def test_notes_and_people_off_the_map_are_never_included() -> None:
    details = json.dumps(map_details(workbook(), for_staff=True).as_json())
    for word in ("mnote", "tnote", "heard", "Wilma", "Harriet", person_id("Hidden Harriet")):
        assert word not in details


def test_only_includes_the_requested_people_and_their_ties() -> None:
    whole, part = map_details(workbook()), map_details(workbook(), only=frozenset({person_id("Ben")}))
    assert whole.is_complete
    assert not part.is_complete
    assert set(part.people) == {person_id("Ben")}
    assert len(part.ties) == 2
    assert part.people[person_id("Ben")] == whole.people[person_id("Ben")]
    assert map_details(workbook(), only=frozenset({"no such id"})).people == {}


@pytest.mark.parametrize("style", [NameStyle.INITIALS, NameStyle.CODES])
def test_initials_and_codes_have_no_details(style: NameStyle) -> None:
    private = replace(workbook(), settings=Settings(names=style))
    for book in (private, redact_for_viewers(private, salt=b"x")):
        details = map_details(book, for_staff=True)
        assert (dict(details.people), dict(details.ties)) == ({}, {})


def test_lines_beyond_the_limit_are_counted() -> None:
    many = tuple(
        Gathering(date=dt.date(2020, 1, 1) + dt.timedelta(days=day), title="x" * 1_000, attendees=("Ana",))
        for day in range(MOST_LINES + 5)
    )
    section = map_details(replace(workbook(), convenings=many)).people[person_id("Ana")][0]
    assert (len(section["lines"]), section["more"]) == (MOST_LINES, 5)
    assert max(len(text) for text, _ in section["lines"]) <= 140
