"""The map begins from where people stood at the last reading, for each role apart, and never across workbooks."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from nethealth.errors import UnknownWave
from nethealth.network.graph import network_at
from nethealth.network.layout.wave_positions import node_positions
from nethealth.ui.access import Role
from nethealth.ui.connectivity.layout_store import MOST_KEPT, LayoutStore
from nethealth.ui.workbook_poller import Origin, Reading
from nethealth.workbook.records import Connection, Person, Workbook
from nethealth.workbook.schema.vocabulary import TieRule

START = dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC)
RING = tuple(Connection(source=f"p{at:02}", target=f"p{(at + 1) % 12:02}") for at in range(12))


def workbook(*more: tuple[str, str], minutes: int = 0, cells: str = "") -> Workbook:
    """A ring of twelve, with further ties, read so many minutes after the first reading."""
    ties = tuple(Connection(source=source, target=target) for source, target in more)
    return Workbook(
        title="Sheet",
        fingerprint=cells or f"{more}",
        read_at=START + dt.timedelta(minutes=minutes),
        today=START.date(),
        people={key: Person(key=key, name=key) for key in sorted({row.source for row in (*RING, *ties)} | {"zz"})},
        connections=(*RING, *ties),
    )


def shown(book: Workbook, *, origin: Origin = Origin.NETWORK, role: Role = Role.STAFF) -> Reading:
    return Reading(workbook=book, origin=origin, role=role)


def drawn(book: Workbook) -> dict[str, tuple[float, float]]:
    return node_positions(book, network_at(book))


def afresh(book: Workbook) -> dict[str, tuple[float, float]]:
    return drawn(replace(book))


def test_a_new_reading_begins_from_the_last_one() -> None:
    kept = LayoutStore()
    first, second = workbook(), workbook(("p00", "p06"), minutes=1)
    kept.settle(shown(first))
    kept.settle(shown(second))
    assert drawn(first) == afresh(first)
    # A tie across the ring would else fold it.
    assert drawn(second) != afresh(second)
    near = [abs(drawn(first)[key][axis] - drawn(second)[key][axis]) for key in drawn(first) for axis in (0, 1)]
    assert max(near) < 0.5


def test_the_same_people_and_ties_stand_still_whatever_else_was_typed() -> None:
    kept = LayoutStore()
    first, second = workbook(("p00", "p06")), workbook(("p00", "p06"), minutes=1, cells="other notes")
    kept.settle(shown(first))
    kept.settle(shown(second))
    assert drawn(second) == drawn(first)


def test_the_same_cells_read_anew_stand_as_they_stood() -> None:
    kept = LayoutStore()
    first, second = workbook(), workbook(("p00", "p06"), minutes=1)
    kept.settle(shown(first))
    kept.settle(shown(second))
    # Every minute there is another workbook of the same cells, and what was drawn of the old one may be forgotten.
    again = replace(second, read_at=START + dt.timedelta(minutes=2))
    kept.settle(shown(again))
    assert drawn(again) == drawn(second) != afresh(second)


def test_each_rule_role_and_workbook_has_its_own() -> None:
    for changes in (
        {"rule": TieRule.BOTH},
        {"role": Role.VIEWER},
        {"origin": Origin.SAMPLE},
    ):
        kept = LayoutStore()
        second = workbook(("p00", "p06"), minutes=1)
        rule = changes.pop("rule", None)
        kept.settle(shown(workbook(), **changes), rule=rule)  # type: ignore[arg-type]
        kept.settle(shown(second))
        assert drawn(second) == afresh(second)


def test_a_workbook_opened_for_one_session_neither_takes_nor_leaves() -> None:
    kept = LayoutStore()
    opened = replace(workbook(("p00", "p06"), minutes=1), fingerprint="x")
    kept.settle(shown(workbook()))
    kept.settle(shown(opened, origin=Origin.OPENED))
    assert drawn(opened) == afresh(opened)
    # Nor does one that was built by hand, which no fingerprint tells from another.
    by_hand = replace(workbook(("p00", "p06"), minutes=2), fingerprint="")
    kept.settle(shown(by_hand))
    assert drawn(by_hand) == afresh(by_hand)


def test_an_older_reading_does_not_turn_a_newer_one_back() -> None:
    kept = LayoutStore()
    newer, older, newest = (
        workbook(("p00", "p06"), minutes=5),
        workbook(),
        workbook(("p00", "p06"), minutes=6, cells="n"),
    )
    kept.settle(shown(newer))
    kept.settle(shown(older))
    kept.settle(shown(newest))
    assert drawn(newest) == drawn(newer)


def test_what_is_kept_is_bounded() -> None:
    kept = LayoutStore()
    first = workbook()
    kept.settle(shown(first))
    for number in range(MOST_KEPT):
        kept.settle(shown(replace(workbook(), title=f"Sheet {number}")))
    second = workbook(("p00", "p06"), minutes=1)
    kept.settle(shown(second))
    assert drawn(second) == afresh(second)


def test_a_wave_that_is_not_there_is_told() -> None:
    with pytest.raises(UnknownWave):
        LayoutStore().settle(shown(workbook()), wave="1999")
