"""A small network that several tests of introductions use."""

from __future__ import annotations

import datetime as dt

from nethealth.network.introductions.suggestions import Introductions, suggest_introductions
from nethealth.workbook.records import Connection, Gathering, Person, Spell, Workbook

TODAY = dt.date(2026, 6, 1)
LONG_AGO = (Spell(dt.date(2023, 9, 1), None),)


def person(key: str, *, tags: str = "", region: str = "", role: str = "", place: str = "", **more: object) -> Person:
    values = {"Region": region, "Role": role, "Organization": place}
    return Person(
        key=key,
        name=f"{key} Smith",
        tags=tuple(tags.split("; ")) if tags else (),
        attributes={column: value for column, value in values.items() if value},
        **{"spells": LONG_AGO, **more},  # type: ignore[arg-type]
    )


def book(*people: Person, ties: str = "", **more: object) -> Workbook:
    """A workbook; `ties` as pairs of one-letter keys."""
    return Workbook(
        people={each.key: each for each in people},
        connections=tuple(Connection(source=pair[0], target=pair[1]) for pair in ties.split()),
        today=TODAY,
        **more,  # type: ignore[arg-type]
    )


def found_in(workbook: Workbook, **more: object) -> Introductions:
    return suggest_introductions(workbook, as_of=TODAY, **more)  # type: ignore[arg-type]


def pairs(found: Introductions) -> list[str]:
    return ["".join(sorted((pair.one, pair.other))) for pair in found.pairs]


# Nine people and Z, who is the hub and knows A and B:
#   A North teacher proof      C North coach, tied to D and E      G and H work at Elm and were at the spring meeting
#   B South teacher Proof      D South coach       E North         F knows no one and shares nothing
DRAWN = book(
    person("A", tags="proof", region="North", role="Teacher"),
    person("B", tags="Proof", region="South", role="teacher"),
    person("C", region="North", role="Coach"),
    person("D", region="South", role="Coach"),
    person("E", region="North"),
    person("F"),
    person("G", place="Elm"),
    person("H", place="Elm"),
    person("Z"),
    ties="CD CE ZA BZ",
    hub=frozenset("Z"),
    convenings=(Gathering(date=dt.date(2026, 4, 1), title="Spring", attendees=("G", "H", "Z")),),
)
