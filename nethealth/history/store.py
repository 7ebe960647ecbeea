"""Snapshots in the app's database, next to the journal: one per workbook and day on which a number changed."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

import sqlalchemy as sa

from nethealth.contributions.storage.database import Database
from nethealth.contributions.storage.schema import SNAPSHOTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A workbook's numbers on one day."""

    workbook: str
    """The key of the workbook, as in the journal."""
    day: dt.date
    numbers: Mapping[str, float]
    """By the ids of `history.numbers`."""


class Effect(Enum):
    """What storing a snapshot changed."""

    NEW = auto()
    REPLACEMENT = auto()
    """It replaced an earlier one of the same day."""
    NONE = auto()
    """The latest one has the same numbers."""
    DELETION = auto()
    """The numbers are again those of the day before, so the one of the same day was deleted."""


class History:
    """The snapshots in a database. Safe to use from any thread and from several processes.

    Methods raise NotRecorded or JournalUnavailable, as the journal does.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, snapshot: Snapshot) -> Effect:
        """Store a snapshot unless the latest one before has the same numbers; of one day, the last counts."""

        def change(connection: sa.Connection) -> Effect:
            at = SNAPSHOTS.c.workbook == snapshot.workbook
            before = at & (SNAPSHOTS.c.day < snapshot.day.isoformat())
            latest = sa.select(SNAPSHOTS.c.numbers).where(before).order_by(SNAPSHOTS.c.day.desc()).limit(1)
            numbers = _as_text(snapshot.numbers)
            same_day = at & (SNAPSHOTS.c.day == snapshot.day.isoformat())
            earlier_today = connection.execute(sa.select(SNAPSHOTS.c.numbers).where(same_day)).scalar_one_or_none()
            if earlier_today == numbers:
                return Effect.NONE
            connection.execute(SNAPSHOTS.delete().where(same_day))
            if connection.execute(latest).scalar_one_or_none() == numbers:
                return Effect.NONE if earlier_today is None else Effect.DELETION
            values = {"workbook": snapshot.workbook, "day": snapshot.day.isoformat(), "numbers": numbers}
            connection.execute(SNAPSHOTS.insert().values(values))
            return Effect.NEW if earlier_today is None else Effect.REPLACEMENT

        return self._database.write(change)

    def snapshots(self, workbook: str | None = None) -> list[Snapshot]:
        """Return a workbook's snapshots, or all, the earliest first."""
        chosen = sa.select(SNAPSHOTS).order_by(SNAPSHOTS.c.workbook, SNAPSHOTS.c.day)
        if workbook is not None:
            chosen = chosen.where(SNAPSHOTS.c.workbook == workbook)

        def find(connection: sa.Connection) -> list[sa.RowMapping]:
            return list(connection.execute(chosen).mappings())

        none: list[sa.RowMapping] = []
        rows = self._database.read(find, if_new=none)
        return [
            Snapshot(
                workbook=row["workbook"], day=dt.date.fromisoformat(row["day"]), numbers=json.loads(row["numbers"])
            )
            for row in rows
        ]

    def on_or_before(self, workbook: str, day: dt.date) -> Snapshot | None:
        """Return what a workbook's numbers were on a day: the latest snapshot up to it; None if there is none."""
        return next((each for each in reversed(self.snapshots(workbook)) if each.day <= day), None)

    def prune(self, *, before: dt.date) -> int:
        """Delete snapshots of days before this one, and return how many there were."""

        def change(connection: sa.Connection) -> int:
            return connection.execute(SNAPSHOTS.delete().where(SNAPSHOTS.c.day < before.isoformat())).rowcount

        return self._database.write(change)


def _as_text(numbers: Mapping[str, float]) -> str:
    return json.dumps(dict(sorted(numbers.items())), ensure_ascii=False)
