"""The journal: every entry, from the moment its author is thanked, in a database of the app.

It is SQLite in the app's data folder, or a database server that `[journal] url` names, which several copies of the app
can share. Each method is one transaction, and returns only after it is safely stored.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from nethealth.contributions.entries import Entry, EntryState
from nethealth.workbook.raw import RawCell

_METADATA: Final = sa.MetaData()
_ENTRIES: Final = sa.Table(
    "entries",
    _METADATA,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("workbook", sa.String(200), nullable=False, index=True),
    sa.Column("tab", sa.String(64), nullable=False),
    sa.Column("cells", sa.Text, nullable=False),
    sa.Column("recorded_at", sa.Float, nullable=False),
    sa.Column("author", sa.String(320), nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("changed_at", sa.Float, nullable=False),
)
_VERSIONS: Final = sa.Table(
    "versions",
    _METADATA,
    sa.Column("workbook", sa.String(200), primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
)
_LEASES: Final = sa.Table(
    "leases",
    _METADATA,
    sa.Column("name", sa.String(200), primary_key=True),
    sa.Column("holder", sa.String(64), nullable=False),
    sa.Column("token", sa.Integer, nullable=False),
    sa.Column("expires_at", sa.Float, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to deliver a workbook's entries, until it expires. A later lease has a larger token."""

    name: str
    holder: str
    token: int


class Journal:
    """Entries in a database. Safe to use from any thread, and from several processes at once.

    `url` is SQLAlchemy's, such as `sqlite:////data/journal.db`. `now` replaces the clock in tests.
    """

    def __init__(self, url: str, *, now: Callable[[], float] | None = None) -> None:
        self._now = now or (lambda: dt.datetime.now(dt.UTC).timestamp())
        self._engine = _engine(url)
        _METADATA.create_all(self._engine)

    @classmethod
    def in_file(cls, file: Path, *, now: Callable[[], float] | None = None) -> Journal:
        """Open the journal in a SQLite file, which is created if it's missing."""
        return cls(f"sqlite:///{file}", now=now)

    def close(self) -> None:
        """Close all connections to the database."""
        self._engine.dispose()

    def record(self, entries: Sequence[Entry]) -> None:
        """Store new entries, all or none."""
        with self._engine.begin() as connection:
            connection.execute(_ENTRIES.insert(), [_row(entry, now=self._now()) for entry in entries])
            self._count_change(connection, {entry.workbook for entry in entries})

    def entries(self, workbook: str, *, states: Iterable[EntryState] = tuple(EntryState)) -> list[Entry]:
        """Return a workbook's entries in these states, in the order in which they were recorded."""
        wanted = [state.value for state in states]
        chosen = sa.select(_ENTRIES).where(_ENTRIES.c.workbook == workbook, _ENTRIES.c.state.in_(wanted))
        with self._engine.connect() as connection:
            rows = connection.execute(chosen.order_by(_ENTRIES.c.recorded_at, _ENTRIES.c.id)).mappings().all()
        return [_entry(row) for row in rows]

    def entry(self, entry_id: str) -> Entry | None:
        """Return an entry, or None if there is none with this ID."""
        with self._engine.connect() as connection:
            row = connection.execute(sa.select(_ENTRIES).where(_ENTRIES.c.id == entry_id)).mappings().one_or_none()
        return None if row is None else _entry(row)

    def version(self, workbook: str) -> int:
        """Return a number that grows with every change to a workbook's entries; 0 if it never had any."""
        chosen = sa.select(_VERSIONS.c.version).where(_VERSIONS.c.workbook == workbook)
        with self._engine.connect() as connection:
            return connection.execute(chosen).scalar_one_or_none() or 0

    def edit(self, entry_id: str, cells: Mapping[str, RawCell]) -> bool:
        """Replace the cells of an entry that was not sent yet. Returns False if it was."""
        return self._change(entry_id, from_states=(EntryState.WAITING,), cells=_cells_as_text(cells))

    def undo(self, entry_id: str) -> bool:
        """Take back an entry that was not sent yet. Returns False if it was."""
        return self._change(entry_id, from_states=(EntryState.WAITING,), state=EntryState.UNDONE.value)

    def mark(
        self, entry_ids: Sequence[str], state: EntryState, *, reason: str = "", lease: Lease | None = None
    ) -> bool:
        """Say what became of entries. Returns False, and changes nothing, if the lease went to someone else."""
        if not entry_ids:
            return True
        with self._engine.begin() as connection:
            if lease is not None and not self._holds(connection, lease):
                return False
            at_ids = _ENTRIES.c.id.in_(list(entry_ids))
            keys = set(connection.execute(sa.select(_ENTRIES.c.workbook).where(at_ids)).scalars())
            # An entry that was undone meanwhile stays undone, unless it is in the workbook.
            where = at_ids & (_ENTRIES.c.state != EntryState.UNDONE.value)
            connection.execute(
                _ENTRIES.update().where(where).values(state=state.value, reason=reason, changed_at=self._now())
            )
            self._count_change(connection, keys)
        return True

    def take_lease(self, name: str, *, holder: str, seconds: float) -> Lease | None:
        """Return the lease of this name for `holder`, who may have it already; None if someone else has it."""
        now = self._now()
        with self._engine.begin() as connection:
            held = connection.execute(sa.select(_LEASES).where(_LEASES.c.name == name)).mappings().one_or_none()
            if held is None:
                values = {"name": name, "holder": holder, "token": 1, "expires_at": now + seconds}
                connection.execute(_LEASES.insert().values(values))
                return Lease(name, holder, 1)
            # A lease that lasts longer than any was given is one from before the clock was set back.
            is_free = not now < held["expires_at"] <= now + seconds
            if held["holder"] != holder and not is_free:
                return None
            token = held["token"] + (held["holder"] != holder)
            values = {"holder": holder, "token": token, "expires_at": now + seconds}
            connection.execute(_LEASES.update().where(_LEASES.c.name == name).values(values))
            return Lease(name, holder, token)

    def release_lease(self, lease: Lease) -> None:
        """Give a lease back, so that someone else can take it at once."""
        with self._engine.begin() as connection:
            if self._holds(connection, lease):
                connection.execute(_LEASES.update().where(_LEASES.c.name == lease.name).values(expires_at=0.0))

    def _holds(self, connection: sa.Connection, lease: Lease) -> bool:
        held = connection.execute(sa.select(_LEASES).where(_LEASES.c.name == lease.name)).mappings().one_or_none()
        return held is not None and (held["holder"], held["token"]) == (lease.holder, lease.token)

    def _change(self, entry_id: str, *, from_states: Sequence[EntryState], **values: Any) -> bool:
        allowed = [state.value for state in from_states]
        with self._engine.begin() as connection:
            where = (_ENTRIES.c.id == entry_id) & _ENTRIES.c.state.in_(allowed)
            changed = connection.execute(_ENTRIES.update().where(where).values(**values, changed_at=self._now()))
            if changed.rowcount == 0:
                return False
            key = connection.execute(sa.select(_ENTRIES.c.workbook).where(_ENTRIES.c.id == entry_id)).scalar_one()
            self._count_change(connection, {key})
        return True

    @staticmethod
    def _count_change(connection: sa.Connection, workbooks: Iterable[str]) -> None:
        for key in sorted(workbooks):
            grown = _VERSIONS.update().where(_VERSIONS.c.workbook == key).values(version=_VERSIONS.c.version + 1)
            if connection.execute(grown).rowcount == 0:
                connection.execute(_VERSIONS.insert().values(workbook=key, version=1))


def _engine(url: str) -> sa.Engine:
    engine = sa.create_engine(url)
    if engine.dialect.name == "sqlite":

        @sa.event.listens_for(engine, "connect")
        def prepare(connection: Any, _record: object) -> None:
            connection.isolation_level = None  # we say ourselves when a transaction begins
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000"):
                connection.execute(f"PRAGMA {pragma}")

        @sa.event.listens_for(engine, "begin")
        def begin(connection: sa.Connection) -> None:
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # a reader that starts to write would find it locked

    return engine


def _row(entry: Entry, *, now: float) -> dict[str, Any]:
    return {
        "id": entry.id,
        "workbook": entry.workbook,
        "tab": entry.tab,
        "cells": _cells_as_text(entry.cells),
        "recorded_at": entry.recorded_at.timestamp(),
        "author": entry.author,
        "state": entry.state.value,
        "reason": entry.reason,
        "changed_at": now,
    }


def _entry(row: sa.RowMapping) -> Entry:
    return Entry(
        id=row["id"],
        workbook=row["workbook"],
        tab=row["tab"],
        cells={name: _cell(cell) for name, cell in json.loads(row["cells"]).items()},
        recorded_at=dt.datetime.fromtimestamp(row["recorded_at"], dt.UTC),
        author=row["author"],
        state=EntryState(row["state"]),
        reason=row["reason"],
        changed_at=dt.datetime.fromtimestamp(row["changed_at"], dt.UTC),
    )


def _cells_as_text(cells: Mapping[str, RawCell]) -> str:
    """Write cells as JSON: a date as `{"date": "2026-11-30"}`, everything else as it is."""

    def plain(cell: RawCell) -> Any:
        if isinstance(cell, dt.datetime):
            raise TypeError("An entry has dates, not times.")
        return {"date": cell.isoformat()} if isinstance(cell, dt.date) else cell

    return json.dumps({name: plain(cell) for name, cell in cells.items()})


def _cell(value: Any) -> RawCell:
    return dt.date.fromisoformat(value["date"]) if isinstance(value, dict) else value
