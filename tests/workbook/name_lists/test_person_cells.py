"""People in cells: whoever is chosen is found again."""

from __future__ import annotations

import datetime as dt

from nethealth.workbook.name_lists.person_cells import people_to_record, person_cell, unlisted_cell
from nethealth.workbook.records import Person, Spell, Workbook

BOOK = Workbook(
    today=dt.date(2026, 11, 30),
    people={
        "a": Person(key="a", name="Ana López"),
        "b": Person(key="b", name="Garcia, PhD", member_id="007"),
        "d1": Person(key="d1", name="Dee Twice", member_id="D1"),
        "d2": Person(key="d2", name="dee twice", member_id="D2"),
        "h": Person(key="h", name="Hidden Hart", on_map=False),
        "l": Person(key="l", name="Left Long", spells=(Spell(None, dt.date(2020, 1, 1)),)),
        "g": Person(key="g", name="Guest Gale", is_guest=True),
    },
)


def test_names_that_others_share_or_that_lists_split_are_ids() -> None:
    assert [person_cell(key, BOOK) for key in ("a", "b", "d1", "d2", "g")] == [
        "Ana López",
        "007",
        "D1",
        "D2",
        "Guest Gale",
    ]


def test_who_left_or_is_hidden_is_not_offered() -> None:
    assert [person.key for person in people_to_record(BOOK)] == ["a", "b", "d1", "d2", "g"]


def test_names_of_no_one_we_know_are_marked_as_guests() -> None:
    book = Workbook(people={"a": Person(key="a", name="Ana López", attributes={"Organization": "Elm School"})})
    typed = ("ana lópez", "elm school", "Dana Fox", "Dana Fox (guest)")
    assert [unlisted_cell(name, book) for name in typed] == [*typed[:2], "Dana Fox (guest)", "Dana Fox (guest)"]
