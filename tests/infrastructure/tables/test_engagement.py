from __future__ import annotations

import datetime as dt

from nethealth.infrastructure import (
    GatheringKind,
    Period,
    engagement_by_period,
    find_disengaging_members,
    summarize_attendance,
    summarize_engagement,
)
from nethealth.infrastructure.tables import engagement as tables
from nethealth.workbook.records import Gathering, Person, Spell, Workbook
from tests.texts import numbers_in

D = dt.date
TODAY = D(2025, 6, 30)


def book(count: int, *convenings: Gathering, activities: tuple[Gathering, ...] = ()) -> Workbook:
    spells = (Spell(D(2024, 1, 1), None),)
    people = {f"m{n}": Person(key=f"m{n}", name=f"Member {n}", spells=spells) for n in range(count)}
    return Workbook(people=people, convenings=convenings, activities=activities)


def gathering(day: D, *members: int) -> Gathering:
    return Gathering(date=day, title="x", attendees=tuple(f"m{n}" for n in members))


def test_disengaging_title_counts_each_status() -> None:
    workbook = book(3, gathering(D(2024, 2, 1), 0), gathering(D(2024, 7, 10), 1))
    members = find_disengaging_members(workbook, as_of=TODAY)
    title = tables.disengaging_title(members)
    assert numbers_in(title) == ["1", "1", "1"]
    assert numbers_in(tables.disengaging_title(())) == []


def test_disengaging_table_is_easiest_to_reach_first() -> None:
    workbook = book(3, gathering(D(2024, 2, 1), 0), gathering(D(2024, 7, 10), 1))
    table = tables.disengaging_table(find_disengaging_members(workbook, as_of=TODAY))
    assert [(row["Name"], row["In"], row["Last took part"]) for row in table.rows] == [
        ("Member 0", "a convening", D(2024, 2, 1)),
        ("Member 1", "a convening", D(2024, 7, 10)),
        ("Member 2", "", None),
    ]


def test_attendance_table() -> None:
    convenings = (gathering(D(2024, 5, 1), 0), gathering(D(2025, 1, 1), 0), gathering(D(2025, 5, 1), 0))
    workbook = book(2, *convenings, activities=(gathering(D(2025, 6, 1), 1),))
    both = [summarize_attendance(workbook, kind=kind, as_of=TODAY) for kind in GatheringKind]
    first, second = tables.attendance_table(*both).rows
    assert (first["Convenings"], first["Out of"], first["Activities"]) == (3, 3, 0)
    assert (first["Last came"], first["How often"]) == (D(2025, 5, 1), "Come regularly")
    assert (second["Activities"], second["Last came"]) == (1, D(2025, 6, 1))


def test_engagement_table_and_cards() -> None:
    workbook = book(20, gathering(D(2024, 5, 1), *range(8)), gathering(D(2025, 5, 1), *range(16)))
    table = tables.engagement_table(engagement_by_period(workbook, period=Period.YEAR, as_of=TODAY))
    assert table.values("Engaged") == [8, 16]
    assert table.values("Share") == [0.4, 0.8]
    cards = tables.participation_cards(summarize_engagement(workbook, as_of=TODAY))
    assert cards == [("A convening", "16", None)]
