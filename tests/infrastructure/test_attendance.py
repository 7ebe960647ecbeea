from __future__ import annotations

import datetime as dt

from nethealth.infrastructure import Attendance, Regularity
from nethealth.infrastructure.attendance import attendance_by_name
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.records import Gathering, Person, Settings, Spell, Workbook

D = dt.date
TODAY = D(2025, 6, 30)


def book(joined_on: dict[str, D], *, smallest: int = 1, hidden: tuple[str, ...] = ()) -> Workbook:
    return Workbook(
        people={
            key: Person(key=key, name=key, spells=(Spell(joined, None),), on_map=key not in hidden)
            for key, joined in joined_on.items()
        },
        settings=Settings(smallest_group=smallest),
    )


def gathering(day: D | None, *names: str) -> Gathering:
    return Gathering(date=day, title=str(day), attended=99, attendees=names)


MEMBERS = {
    "Ada": D(2020, 1, 1),
    "Ben": D(2020, 1, 1),
    "Cleo": D(2025, 2, 1),
    "Dan": D(2020, 1, 1),
    "Eve": D(2025, 6, 1),
}
ROWS = (
    gathering(D(2025, 3, 1), "Ada", "Ben", "Cleo"),
    gathering(D(2025, 1, 1), "Ada", "Guest"),
    gathering(D(2025, 3, 1), "Ben"),  # a second one on that day
    gathering(D(2025, 5, 1), "Ada", "Cleo", "Guest"),
    gathering(D(2025, 4, 1)),  # a headcount only: not counted
    gathering(D(2025, 12, 1), "Dan"),  # in the future
    gathering(None, "Dan"),
)


def summarized() -> Attendance:
    return attendance_by_name(book(MEMBERS, hidden=("Ben",)), ROWS, as_of=TODAY)


def test_first_time_and_returning_attendees() -> None:
    assert [(one.listed, one.first_time, one.returning) for one in summarized().turnouts] == [
        (2, None, None),  # the first list, where everyone is new
        (3, 2, 1),  # Ben and Cleo; Ada was there in January
        (1, 1, 0),  # Ben, on the same day as his first
        (3, 0, 3),
    ]


def test_member_records() -> None:
    records = {one.person: one for one in summarized().members}
    assert list(records) == ["Ada", "Cleo", "Dan", "Eve"]  # Ben is hidden from lists
    ada, cleo, dan, eve = records.values()
    assert (ada.attended, ada.possible, ada.share, ada.first, ada.last) == (3, 4, 0.75, D(2025, 1, 1), D(2025, 5, 1))
    assert ada.regularity is Regularity.REGULAR
    # Cleo joined in February, so the first gathering does not count for her.
    assert (cleo.attended, cleo.possible, cleo.regularity) == (2, 3, Regularity.REGULAR)
    assert (dan.attended, dan.possible, dan.share, dan.last, dan.regularity) == (0, 4, 0.0, None, Regularity.NOT_LATELY)
    assert (eve.attended, eve.possible, eve.share, eve.regularity) == (0, 0, None, Regularity.TOO_EARLY)
    assert summarized().regularity == {Regularity.REGULAR: 3, Regularity.NOT_LATELY: 1, Regularity.TOO_EARLY: 1}


def test_one_gathering_makes_no_one_regular() -> None:
    one = attendance_by_name(book(MEMBERS), (gathering(D(2025, 1, 1), "Ada"),), as_of=TODAY)
    assert one.members[0].regularity is Regularity.SOMETIMES


def test_regularity_uses_recent_gatherings() -> None:
    long_ago = [gathering(D(2023, month, 1), "Ada", "Ben") for month in range(1, 7)]
    lately = [gathering(D(2025, 1, 1), "Ben", "Dan"), gathering(D(2025, 3, 1), "Dan"), gathering(D(2025, 5, 1), "Dan")]
    found = attendance_by_name(book(MEMBERS), [*long_ago, *lately], as_of=TODAY)
    records = {one.person: (one.attended, one.possible, one.regularity) for one in found.members}
    assert records["Ada"] == (6, 9, Regularity.NOT_LATELY)  # two thirds of all, and none for two years
    assert records["Ben"] == (7, 9, Regularity.SOMETIMES)  # one of the last three
    assert records["Dan"] == (3, 9, Regularity.REGULAR)


def test_few_first_time_attendees_are_hidden() -> None:
    names = [f"m{n}" for n in range(20)]
    rows = (
        gathering(D(2025, 1, 1), *names[:8]),
        gathering(D(2025, 2, 1), *names[:11]),
        gathering(D(2025, 3, 1), *names),
    )
    small = TooFew(5)
    found = attendance_by_name(book(dict.fromkeys(names, D(2020, 1, 1)), smallest=5), rows, as_of=TODAY)
    assert [(one.first_time, one.returning) for one in found.turnouts] == [(None, None), (small, small), (9, 11)]
    assert found.regularity == {Regularity.REGULAR: 11, Regularity.SOMETIMES: 9}


def test_no_lists_gives_no_attendance() -> None:
    assert attendance_by_name(book(MEMBERS), (gathering(D(2025, 1, 1)),), as_of=TODAY).is_empty
    assert not summarized().is_empty
