"""Workbooks from a few words, and one small network drawn by hand.

The hand-drawn network: Ana, Bo and Cy form a triangle, Cy leads on to Di, Di to Ed; Flo and Gus are a pair; Hal and Ida
are isolates. Ana and Bo name each other, and so do Bo and Cy; all other ties are reported by one person. Ed is listed
as a respondent but names no one.

    Ana <-> Bo <-> Cy        Flo -> Gus        Hal    Ida
    Ana --> Cy --> Di --> Ed
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pytest

from nethealth.workbook.records import Connection, Person, Settings, Spell, Wave, Workbook
from nethealth.workbook.schema.vocabulary import WaveKind

MakeWorkbook = Callable[..., Workbook]


def _workbook(pairs: Iterable[tuple[str, str]] = (), *, people: Iterable[str] = (), **fields: Any) -> Workbook:
    pairs = list(pairs)
    keys = dict.fromkeys([*people, *(key for pair in pairs for key in pair)])
    known = people if isinstance(people, Mapping) else {}
    fields["people"] = {key: known.get(key) or Person(key=key, name=key.title()) for key in keys}
    fields.setdefault("connections", tuple(Connection(source=source, target=target) for source, target in pairs))
    return Workbook(**{"today": dt.date(2025, 6, 1), **fields})


@pytest.fixture(scope="session")
def workbook_of() -> MakeWorkbook:
    """Return a function that makes a workbook of reports (source, target), with more people and any other field."""
    return _workbook


@pytest.fixture(scope="session")
def hand_drawn() -> Workbook:
    """The network drawn above, as one wave of 2024 in which ten were asked."""
    region = {"ana": "North", "bo": "North", "cy": "North", "di": "South", "ed": "South", "flo": "South", "gus": "West"}
    keys = ("ana", "bo", "cy", "di", "ed", "flo", "gus", "hal", "ida")
    reported = [
        *(("ana", "bo", 3), ("bo", "ana", 5), ("bo", "cy", 2), ("cy", "bo", None)),
        *(("ana", "cy", 1), ("cy", "di", 4), ("di", "ed", 2), ("flo", "gus", 2)),
    ]
    return Workbook(
        today=dt.date(2025, 6, 1),
        settings=Settings(smallest_group=3),
        people={
            key: Person(
                key=key,
                name=key.title(),
                attributes={"Region": region[key]} if key in region else {},
                spells=(Spell(dt.date(2020, 1, 1), None),),
            )
            for key in keys
        },
        attributes=("Region",),
        hub=frozenset({"cy"}),
        waves=(
            Wave(
                name="2024",
                kinds=frozenset({WaveKind.RELATIONSHIPS}),
                date=dt.date(2024, 5, 1),
                invited=10,
                responded=5,
                respondents=("ana", "bo", "cy", "di", "ed"),
            ),
        ),
        connections=tuple(
            Connection(source=source, target=target, strength=strength, wave="2024")
            for source, target, strength in reported
        ),
    )
