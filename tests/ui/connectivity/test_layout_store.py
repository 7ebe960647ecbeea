"""The map starts from the positions of the last reading, by role, and never across workbooks."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from nethealth.errors import UnknownWave
from nethealth.network.graph import network_at
from nethealth.network.layout.wave_positions import node_positions
from nethealth.ui.access import Role
from nethealth.ui.connectivity.layout_store import MAX_STORED, LayoutStore
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


def drawn_without_store(book: Workbook) -> dict[str, tuple[float, float]]:
    return drawn(replace(book))


def test_new_reading_starts_from_last_positions() -> None:
    store = LayoutStore()
    first, second = workbook(), workbook(("p00", "p06"), minutes=1)
    store.restore_positions(shown(first))
    store.restore_positions(shown(second))
    assert drawn(first) == drawn_without_store(first)
    # Otherwise a tie across the ring would fold it.
    assert drawn(second) != drawn_without_store(second)
    near = [abs(drawn(first)[key][axis] - drawn(second)[key][axis]) for key in drawn(first) for axis in (0, 1)]
    assert max(near) < 0.5


def test_same_people_and_ties_keep_positions() -> None:
    store = LayoutStore()
    first, second = workbook(("p00", "p06")), workbook(("p00", "p06"), minutes=1, cells="other notes")
    store.restore_positions(shown(first))
    store.restore_positions(shown(second))
    assert drawn(second) == drawn(first)


def test_same_cells_read_again_keep_positions() -> None:
    store = LayoutStore()
    first, second = workbook(), workbook(("p00", "p06"), minutes=1)
    store.restore_positions(shown(first))
    store.restore_positions(shown(second))
    # Every minute there is a new workbook of the same cells, and results of the old one may be evicted.
    again = replace(second, read_at=START + dt.timedelta(minutes=2))
    store.restore_positions(shown(again))
    assert drawn(again) == drawn(second) != drawn_without_store(second)


def test_rules_roles_and_workbooks_are_separate() -> None:
    for changes in (
        {"rule": TieRule.BOTH},
        {"role": Role.VIEWER},
        {"origin": Origin.SAMPLE},
    ):
        store = LayoutStore()
        second = workbook(("p00", "p06"), minutes=1)
        rule = changes.pop("rule", None)
        store.restore_positions(shown(workbook(), **changes), rule=rule)  # type: ignore[arg-type]
        store.restore_positions(shown(second))
        assert drawn(second) == drawn_without_store(second)


def test_opened_workbook_is_separate() -> None:
    store = LayoutStore()
    opened = replace(workbook(("p00", "p06"), minutes=1), fingerprint="x")
    store.restore_positions(shown(workbook()))
    store.restore_positions(shown(opened, origin=Origin.OPENED))
    assert drawn(opened) == drawn_without_store(opened)
    # Neither does a workbook without a fingerprint.
    by_hand = replace(workbook(("p00", "p06"), minutes=2), fingerprint="")
    store.restore_positions(shown(by_hand))
    assert drawn(by_hand) == drawn_without_store(by_hand)


def test_older_reading_does_not_replace_newer_one() -> None:
    store = LayoutStore()
    newer, older, newest = (
        workbook(("p00", "p06"), minutes=5),
        workbook(),
        workbook(("p00", "p06"), minutes=6, cells="n"),
    )
    store.restore_positions(shown(newer))
    store.restore_positions(shown(older))
    store.restore_positions(shown(newest))
    assert drawn(newest) == drawn(newer)


def test_least_recently_used_is_evicted() -> None:
    store = LayoutStore()
    first = workbook()
    store.restore_positions(shown(first))
    for number in range(MAX_STORED):
        store.restore_positions(shown(replace(workbook(), title=f"Sheet {number}")))
    second = workbook(("p00", "p06"), minutes=1)
    store.restore_positions(shown(second))
    assert drawn(second) == drawn_without_store(second)


def test_unknown_wave_raises() -> None:
    with pytest.raises(UnknownWave):
        LayoutStore().restore_positions(shown(workbook()), wave="1999")
