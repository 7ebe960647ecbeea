from __future__ import annotations

import datetime as dt

from nethealth.infrastructure import Attendance, Regularity, attendance_by_name
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.records import Gathering, Person, Settings, Spell, Workbook

D = dt.date
TODAY = D(2025, 6, 30)


def book(stays: dict[str, D], *, smallest: int = 1, hidden: tuple[str, ...] = ()) -> Workbook:
    return Workbook(
        people={
            key: Person(key=key, name=key, spells=(Spell(joined, None),), on_map=key not in hidden)
            for key, joined in stays.items()
        },
        settings=Settings(smallest_group=smallest),
    )


def held(day: D | None, *names: str) -> Gathering:
    return Gathering(date=day, title=str(day), attended=99, attendees=names)


MEMBERS = {
    "Ada": D(2020, 1, 1),
    "Ben": D(2020, 1, 1),
    "Cleo": D(2025, 2, 1),
    "Dan": D(2020, 1, 1),
    "Eve": D(2025, 6, 1),
}
ROWS = (
    held(D(2025, 3, 1), "Ada", "Ben", "Cleo"),
    held(D(2025, 1, 1), "Ada", "Guest"),
    held(D(2025, 3, 1), "Ben"),  # a second one on that day
    held(D(2025, 5, 1), "Ada", "Cleo", "Guest"),
    held(D(2025, 4, 1)),  # a number alone: in no sum
    held(D(2025, 12, 1), "Dan"),  # lies ahead
    held(None, "Dan"),
)


def told() -> Attendance:
    return attendance_by_name(book(MEMBERS, hidden=("Ben",)), ROWS, as_of=TODAY)


def test_who_is_there_for_the_first_time_worked_by_hand() -> None:
    assert [(one.named, one.first_time, one.came_again) for one in told().turnouts] == [
        (2, None, None),  # the first list: everybody is new
        (3, 2, 1),  # Ben and Cleo; Ada was there in January
        (1, 1, 0),  # Ben, on the same day as his first
        (3, 0, 3),
    ]


def test_each_members_record_worked_by_hand() -> None:
    records = {one.person: one for one in told().members}
    assert list(records) == ["Ada", "Cleo", "Dan", "Eve"]  # Ben is not to be listed
    ada, cleo, dan, eve = records.values()
    assert (ada.came, ada.of, ada.share, ada.first, ada.last) == (3, 4, 0.75, D(2025, 1, 1), D(2025, 5, 1))
    assert ada.regularity is Regularity.REGULAR
    # Cleo joined in February: the first gathering is not held against her.
    assert (cleo.came, cleo.of, cleo.regularity) == (2, 3, Regularity.REGULAR)
    assert (dan.came, dan.of, dan.share, dan.last, dan.regularity) == (0, 4, 0.0, None, Regularity.NOT_LATELY)
    assert (eve.came, eve.of, eve.share, eve.regularity) == (0, 0, None, Regularity.NOTHING_TO_GO_BY)
    assert told().regularity == {Regularity.REGULAR: 3, Regularity.NOT_LATELY: 1, Regularity.NOTHING_TO_GO_BY: 1}


def test_one_gathering_makes_nobody_regular() -> None:
    one = attendance_by_name(book(MEMBERS), (held(D(2025, 1, 1), "Ada"),), as_of=TODAY)
    assert one.members[0].regularity is Regularity.NOW_AND_THEN


def test_how_members_come_is_told_by_the_last_months() -> None:
    long_ago = [held(D(2023, month, 1), "Ada", "Ben") for month in range(1, 7)]
    lately = [held(D(2025, 1, 1), "Ben", "Dan"), held(D(2025, 3, 1), "Dan"), held(D(2025, 5, 1), "Dan")]
    found = attendance_by_name(book(MEMBERS), [*long_ago, *lately], as_of=TODAY)
    records = {one.person: (one.came, one.of, one.regularity) for one in found.members}
    assert records["Ada"] == (6, 9, Regularity.NOT_LATELY)  # two thirds of all, and none for two years
    assert records["Ben"] == (7, 9, Regularity.NOW_AND_THEN)  # one of the last three
    assert records["Dan"] == (3, 9, Regularity.REGULAR)


def test_few_newcomers_are_held_back_on_both_sides() -> None:
    names = [f"m{n}" for n in range(20)]
    rows = (held(D(2025, 1, 1), *names[:8]), held(D(2025, 2, 1), *names[:11]), held(D(2025, 3, 1), *names))
    small = TooFew(5)
    found = attendance_by_name(book(dict.fromkeys(names, D(2020, 1, 1)), smallest=5), rows, as_of=TODAY)
    assert [(one.first_time, one.came_again) for one in found.turnouts] == [(None, None), (small, small), (9, 11)]
    assert found.regularity == {Regularity.REGULAR: 11, Regularity.NOW_AND_THEN: 9}


def test_without_lists_there_is_nothing() -> None:
    assert attendance_by_name(book(MEMBERS), (held(D(2025, 1, 1)),), as_of=TODAY).is_empty
    assert not told().is_empty
