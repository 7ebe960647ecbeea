"""A network of seven people in two waves, drawn by hand, that several tests share."""

from __future__ import annotations

import datetime as dt

from nethealth.workbook.records import Connection, Person, Settings, Spell, Wave, Workbook
from nethealth.workbook.schema.vocabulary import WaveKind

DAY = dt.date(2026, 6, 1)


def member(key: str, region: str, **more: object) -> Person:
    return Person(key=key, name=f"{key} Smith", attributes={"Region": region}, **more)  # type: ignore[arg-type]


def reports(wave: str, *pairs: str) -> list[Connection]:
    return [Connection(source=pair[0], target=pair[1], wave=wave, strength=2.0) for pair in pairs]


PEOPLE = [
    *(member(key, "North") for key in "ABC"),
    *(member(key, "South") for key in "DE"),
    member("H", "South", on_map=False),
    member("Z", "North", spells=(Spell(dt.date(2026, 1, 5), None),)),
]
# 2025: A-B, B-C, C-D.   2026: A-B, C-D, D-E, E-H and Z alone; D is the hub.
WORKBOOK = Workbook(
    people={person.key: person for person in PEOPLE},
    attributes=("Region",),
    hub=frozenset("D"),
    waves=(
        Wave(name="2025", kinds=frozenset({WaveKind.RELATIONSHIPS}), date=dt.date(2025, 5, 1)),
        Wave(name="2026", kinds=frozenset({WaveKind.RELATIONSHIPS}), date=dt.date(2026, 5, 1)),
    ),
    connections=(*reports("2025", "AB", "BC", "CD"), *reports("2026", "AB", "CD", "DE", "EH")),
    settings=Settings(smallest_group=3),
    today=DAY,
)
