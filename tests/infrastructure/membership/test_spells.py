from __future__ import annotations

import datetime as dt
from dataclasses import replace

from nethealth.infrastructure.membership.spells import presence, spell_table
from tests.infrastructure.membership.test_by_period import person, workbook

D = dt.date


def test_one_row_per_spell() -> None:
    table = spell_table(
        workbook(
            person("Ada", (D(2024, 1, 1), D(2024, 2, 1)), (D(2024, 5, 1), None)),
            person("Guest", (D(2024, 1, 1), None), guest=True),
            person("Gus"),
            person("Hal", (None, D(2024, 1, 1)), (D(2024, 3, 1), None)),
        )
    )
    assert table.keys == ("Ada", "Hal")
    assert table.person.tolist() == [0, 0, 1]
    assert table.is_first.tolist() == [True, False, True]
    assert [D.fromordinal(day) for day in table.first.tolist()] == [D(2024, 1, 1), D(2024, 1, 1), D(2024, 3, 1)]
    assert len(table.started_by(D(2024, 3, 1))) == 2
    parts = table.split_by({"Ada": "x", "Hal": "y", "Nobody": "x"}, ["x", "y", "z"])
    assert {name: len(part) for name, part in parts.items()} == {"x": 2, "y": 1, "z": 0}


def test_touching_ranges_are_merged() -> None:
    days = [D(2024, 1, 31), D(2024, 2, 29), D(2024, 3, 31), D(2024, 4, 30)]
    table = spell_table(
        workbook(
            person("Back", (D(2024, 1, 1), D(2024, 2, 29)), (D(2024, 3, 5), D(2024, 4, 1))),
            person("Brief", (D(2024, 3, 2), D(2024, 3, 9)), (D(2024, 3, 20), D(2024, 3, 21))),
            person("Also", (D(2024, 2, 1), D(2024, 2, 2)), (D(2024, 2, 20), None)),
        )
    )
    present = presence(table, days)
    ranges = zip(present.arrives.tolist(), present.leaves.tolist(), strict=True)
    # Back on the first three days without a gap that a day shows; Also from the second on, so not merely between.
    assert sorted(ranges) == [(0, 3), (1, 4)]
    assert present.between == ((1, 1),)


def test_table_is_cached_per_workbook() -> None:
    book = workbook(person("Ada", (D(2024, 1, 1), None)))
    assert spell_table(book) is spell_table(book)
    other = replace(book)
    assert spell_table(other) is not spell_table(book)
