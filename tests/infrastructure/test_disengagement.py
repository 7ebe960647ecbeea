from __future__ import annotations

import datetime as dt

from nethealth.infrastructure import (
    DisengagementStatus,
    ParticipationKind,
    find_disengaging_members,
)
from nethealth.workbook.records import Connection, Gathering, Person, Settings, Spell, Workbook

D = dt.date
TODAY = D(2025, 6, 30)


LONG_AGO = D(2020, 1, 1)


def member(key: str, *, joined: D = LONG_AGO, left: D | None = None, on_map: bool = True) -> Person:
    return Person(key=key, name=key, spells=(Spell(joined, left),), on_map=on_map)


def test_order_and_status() -> None:
    people = [
        member("Ada"),
        member("Ben"),
        member("Cleo"),
        member("Dan", joined=D(2023, 1, 1)),
        member("Eve"),
        member("Fay"),
        member("Gone", left=D(2025, 1, 1)),
        member("Hidden", on_map=False),
        member("Later", joined=D(2026, 1, 1)),
    ]
    workbook = Workbook(
        people={one.key: one for one in people},
        connections=(
            Connection(source="Ada", target="Ben", date=D(2023, 1, 1)),
            Connection(source="Eve", target="Gone", date=D(2024, 8, 1)),
            Connection(source="Later", target="Hidden", date=D(2022, 8, 1)),
        ),
        convenings=(
            Gathering(date=D(2024, 1, 1), title="Winter", attendees=("Ben",)),
            Gathering(date=D(2025, 5, 1), title="Spring", attendees=("Fay",)),
            Gathering(date=D(2025, 12, 1), title="Ahead", attendees=("Ada",)),
        ),
    )
    found = find_disengaging_members(workbook, as_of=TODAY)
    assert [(one.person, one.status, one.last_seen, one.last_kind, one.participations) for one in found] == [
        (
            "Ben",
            DisengagementStatus.LAPSED,
            D(2024, 1, 1),
            ParticipationKind.CONVENING,
            2,
        ),  # seen later than Ada: easier to reach
        ("Ada", DisengagementStatus.LAPSED, D(2023, 1, 1), ParticipationKind.TIE, 1),
        (
            "Eve",
            DisengagementStatus.LAPSING_SOON,
            D(2024, 8, 1),
            ParticipationKind.TIE,
            1,
        ),  # in a month it is more than a year ago
        ("Cleo", DisengagementStatus.NEVER_ENGAGED, None, None, 0),
        ("Dan", DisengagementStatus.NEVER_ENGAGED, None, None, 0),
    ]


def test_months_come_from_settings() -> None:
    people = {"Ada": member("Ada")}
    gatherings = (Gathering(date=D(2025, 1, 1), title="x", attendees=("Ada",)),)
    for months, statuses in ((12, []), (3, [DisengagementStatus.LAPSED]), (7, [DisengagementStatus.LAPSING_SOON])):
        workbook = Workbook(people=people, convenings=gatherings, settings=Settings(engaged_within_months=months))
        assert [one.status for one in find_disengaging_members(workbook, as_of=TODAY)] == statuses


def test_members_seen_today_are_not_listed() -> None:
    workbook = Workbook(
        people={"Ada": member("Ada")},
        convenings=(Gathering(date=TODAY, title="x", attendees=("Ada",)),),
        settings=Settings(engaged_within_months=1),
    )
    assert find_disengaging_members(workbook, as_of=TODAY) == ()
