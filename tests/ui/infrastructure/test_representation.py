from __future__ import annotations

import datetime as dt

from nethealth.ui.infrastructure.representation import ties_by_member
from nethealth.workbook.records import Connection, Person, Wave, Workbook
from nethealth.workbook.schema.vocabulary import WaveKind


def test_ties_are_those_of_the_latest_wave() -> None:
    waves = tuple(
        Wave(name=name, kinds=frozenset({WaveKind.RELATIONSHIPS}), date=dt.date(year, 5, 1))
        for name, year in (("Before", 2024), ("Now", 2025))
    )
    workbook = Workbook(
        people={key: Person(key=key, name=key) for key in "abc"},
        connections=(
            Connection(source="a", target="b", wave="Before"),
            Connection(source="a", target="c", wave="Now"),
        ),
        waves=waves,
        today=dt.date(2025, 6, 30),
    )
    assert ties_by_member(workbook) == {"a": 1, "b": 0, "c": 1}
