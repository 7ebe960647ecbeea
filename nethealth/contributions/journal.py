"""The journal: every entry, from the moment its author is thanked, in a database of the app.

It is SQLite in the app's data folder, or a database server that `[journal] url` names, which several copies of the app
can share. Each method is one transaction, and returns only after it is safely stored. What can't be stored raises
NotRecorded, what can't be read raises JournalUnavailable, each with the reason and what to do.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from nethealth.contributions.entries import Entry, EntryState
from nethealth.contributions.storable import refuse_unstorable
from nethealth.contributions.storage.damage import day_set_aside, files_set_aside
from nethealth.contributions.storage.database import Database
from nethealth.contributions.storage.failures import NEWER
from nethealth.contributions.storage.schema import ENTRIES, LEASES, VERSIONS
from nethealth.contributions.storage.statements import insert_into
from nethealth.presentation.formatting import format_date
from nethealth.workbook.raw import RawCell

KEEP_DAYS: Final = 90
"""Days that an entry stays in the journal after it reached the workbook, or after its author took it back."""
_DAY: Final = 86_400.0
_AT_ONCE: Final = 500
"""IDs in one statement. Databases limit its length."""


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to deliver a workbook's entries, until it expires. A later lease has a larger token."""

    name: str
    holder: str
    token: int


@dataclass(frozen=True, slots=True)
class JournalNotice:
    """Something about the journal that the people who look after it should know."""

    message: str
    remedy: str


class Journal:
    """Entries in a database. Safe to use from any thread, and from several processes at once.

    `url` is SQLAlchemy's, such as `sqlite:////data/journal.db`. `now` replaces the clock in tests.
    """

    def __init__(self, url: str | sa.URL, *, now: Callable[[], float] | None = None) -> None:
        self._now = now or (lambda: dt.datetime.now(dt.UTC).timestamp())
        self._database = Database(url)

    @classmethod
    def in_file(cls, file: Path, *, now: Callable[[], float] | None = None) -> Journal:
        """Open the journal in a SQLite file, which is created with the first entry if it's missing."""
        return cls(sa.URL.create("sqlite", database=str(file)), now=now)

    @property
    def database(self) -> Database:
        """The database, which holds the history as well (`nethealth.history`)."""
        return self._database

    def close(self) -> None:
        """Close all connections to the database."""
        self._database.close()

    def record(self, entries: Sequence[Entry]) -> None:
        """Store new entries, all or none. Raises NotRecorded.

        Those that are there already stay as they are: someone who doesn't know whether it worked can do it again.
        """
        for entry in entries:
            refuse_unstorable(entry.cells)
        by_workbook: dict[str, list[dict[str, Any]]] = {}
        for entry in entries:
            by_workbook.setdefault(entry.workbook, []).append(_row(entry, now=self._now()))

        def add(connection: sa.Connection) -> None:
            for key, rows in sorted(by_workbook.items()):
                _count_changes(connection, key, len(rows))
                numbered = [
                    row | {"key": key, "places_before_last": len(rows) - place} for place, row in enumerate(rows, 1)
                ]
                connection.execute(_addition(connection.dialect.name), numbered)

        self._database.write(add)

    def entries(self, workbook: str, *, states: Iterable[EntryState] = tuple(EntryState)) -> list[Entry]:
        """Return a workbook's entries in these states, in the order in which they were recorded."""
        wanted = [state.value for state in states]
        chosen = sa.select(ENTRIES).where(ENTRIES.c.workbook == workbook, ENTRIES.c.state.in_(wanted))
        return self._entries(chosen.order_by(ENTRIES.c.number))

    def all_entries(self) -> list[Entry]:
        """Return the entries of all workbooks, by workbook, in the order in which they were recorded."""
        return self._entries(sa.select(ENTRIES).order_by(ENTRIES.c.workbook, ENTRIES.c.number))

    def entry(self, entry_id: str) -> Entry | None:
        """Return an entry, or None if there is none with this ID."""
        return next(iter(self._entries(sa.select(ENTRIES).where(ENTRIES.c.id == entry_id))), None)

    def counts(self, workbook: str) -> dict[EntryState, int]:
        """Return how many entries of a workbook are in each state, 0 included."""
        no_entries: dict[str, int] = {}
        counted = sa.select(ENTRIES.c.state, sa.func.count()).where(ENTRIES.c.workbook == workbook)

        def count(connection: sa.Connection) -> dict[str, int]:
            found = connection.execute(counted.group_by(ENTRIES.c.state)).all()
            return {row[0]: row[1] for row in found}

        found = self._database.read(count, if_new=no_entries)
        return {state: found.get(state.value, 0) for state in EntryState}

    def waiting_since(self, workbook: str) -> dt.datetime | None:
        """Return when the oldest entry that isn't in the workbook yet was recorded; None if all are."""
        states = (EntryState.WAITING.value, EntryState.UNCERTAIN.value)
        chosen = sa.select(sa.func.min(ENTRIES.c.recorded_at)).where(
            ENTRIES.c.workbook == workbook, ENTRIES.c.state.in_(states)
        )
        oldest = self._database.read(lambda connection: connection.execute(chosen).scalar_one_or_none(), if_new=None)
        return None if oldest is None else dt.datetime.fromtimestamp(oldest, dt.UTC)

    def version(self, workbook: str) -> int:
        """Return a number that grows with every change to a workbook's entries; 0 if it never had any."""
        chosen = sa.select(VERSIONS.c.version).where(VERSIONS.c.workbook == workbook)
        return self._database.read(lambda connection: connection.execute(chosen).scalar_one_or_none() or 0, if_new=0)

    def notices(self) -> list[JournalNotice]:
        """Return what the people who look after the journal should know. Raises JournalUnavailable."""
        found = [_notice_of(aside) for aside in files_set_aside(self._database.file)] if self._database.file else []
        if self._database.is_newer():
            found.append(JournalNotice(f"We can’t save what people add, because {NEWER.reason}.", NEWER.remedy))
        return found

    def edit(self, entry_id: str, cells: Mapping[str, RawCell]) -> bool:
        """Replace the cells of an entry that was not sent yet. Returns False if it was. Raises NotRecorded."""
        refuse_unstorable(cells)
        return self._change(entry_id, cells=_cells_as_text(cells))

    def undo(self, entry_id: str) -> bool:
        """Take back an entry that was not sent yet. Returns False if it was. Raises NotRecorded."""
        return self._change(entry_id, state=EntryState.UNDONE.value)

    def mark(
        self, entry_ids: Sequence[str], state: EntryState, *, reason: str = "", lease: Lease | None = None
    ) -> bool:
        """Say what became of entries. Returns False, and changes nothing, if the lease went to someone else.

        Raises NotRecorded.
        """
        if not entry_ids:
            return True

        def change(connection: sa.Connection) -> bool:
            if lease is not None and not _holds(connection, lease):
                return False
            values = {"state": state.value, "reason": reason, "changed_at": self._now()}
            for ids in _portions(entry_ids):
                # An entry that was undone meanwhile stays undone.
                where = ENTRIES.c.id.in_(ids) & (ENTRIES.c.state != EntryState.UNDONE.value)
                connection.execute(ENTRIES.update().where(where).values(values))
            _count_change_of(connection, entry_ids)
            return True

        return self._database.write(change)

    def retry(self) -> int:
        """Forget why entries couldn't be delivered, so that they are tried again. Returns their number.

        Raises NotRecorded.
        """
        where = (ENTRIES.c.state == EntryState.WAITING.value) & (ENTRIES.c.reason != "")

        def change(connection: sa.Connection) -> int:
            keys = connection.execute(sa.select(ENTRIES.c.workbook).where(where).distinct()).scalars().all()
            changed = connection.execute(ENTRIES.update().where(where).values(reason="", changed_at=self._now()))
            for key in sorted(keys):
                _count_changes(connection, key, 1)
            return changed.rowcount

        return self._database.write(change)

    def prune(self) -> int:
        """Delete entries that reached the workbook, or were taken back, over `KEEP_DAYS` ago. Returns their number.

        What the workbook doesn't have yet stays, however old it is. Raises NotRecorded or JournalUnavailable.
        """
        done = (EntryState.DELIVERED.value, EntryState.UNDONE.value)
        before = self._now() - KEEP_DAYS * _DAY
        is_old = ENTRIES.c.state.in_(done) & (ENTRIES.c.changed_at < before)
        counted = sa.select(sa.func.count()).select_from(ENTRIES).where(is_old)
        if not self._database.read(lambda connection: connection.execute(counted).scalar_one(), if_new=0):
            return 0
        return self._database.write(lambda connection: connection.execute(ENTRIES.delete().where(is_old)).rowcount)

    def take_lease(self, name: str, *, holder: str, seconds: float) -> Lease | None:
        """Return the lease of this name for `holder`, who may have it already; None if someone else has it.

        Raises NotRecorded.
        """

        def take(connection: sa.Connection) -> Lease | None:
            now = self._now()
            free = {"name": name, "holder": "", "token": 0, "expires_at": 0.0}
            connection.execute(insert_into(LEASES, connection.dialect.name).values(free).on_conflict_do_nothing())
            row = connection.execute(_locked_lease(name)).mappings().one()
            # A lease that lasts longer than any was given is one from before the clock was set back.
            is_free = not now < row["expires_at"] <= now + seconds
            if row["holder"] != holder and not is_free:
                return None
            token = row["token"] + (row["holder"] != holder)
            values = {"holder": holder, "token": token, "expires_at": now + seconds}
            connection.execute(LEASES.update().where(LEASES.c.name == name).values(values))
            return Lease(name, holder, token)

        return self._database.write(take)

    def release_lease(self, lease: Lease) -> None:
        """Give a lease back, so that someone else can take it at once. Raises NotRecorded."""

        def release(connection: sa.Connection) -> None:
            if _holds(connection, lease):
                connection.execute(LEASES.update().where(LEASES.c.name == lease.name).values(expires_at=0.0))

        self._database.write(release)

    def _entries(self, chosen: sa.Select[Any]) -> list[Entry]:
        def find(connection: sa.Connection) -> list[sa.RowMapping]:
            return list(connection.execute(chosen).mappings().all())

        no_rows: list[sa.RowMapping] = []
        found = (_entry(row) for row in self._database.read(find, if_new=no_rows))
        return [entry for entry in found if entry is not None]

    def _change(self, entry_id: str, **values: Any) -> bool:
        where = (ENTRIES.c.id == entry_id) & (ENTRIES.c.state == EntryState.WAITING.value)

        def change(connection: sa.Connection) -> bool:
            changed = connection.execute(ENTRIES.update().where(where).values(**values, changed_at=self._now()))
            if changed.rowcount == 0:
                return False
            _count_change_of(connection, [entry_id])
            return True

        return self._database.write(change)


def _count_changes(connection: sa.Connection, workbook: str, count: int) -> None:
    """Let a workbook's version grow. Others who change this workbook wait from here on."""
    connection.execute(_growth(connection.dialect.name), {"workbook": workbook, "version": count})


def _count_change_of(connection: sa.Connection, entry_ids: Sequence[str]) -> None:
    keys: set[str] = set()
    for ids in _portions(entry_ids):
        keys |= set(connection.execute(sa.select(ENTRIES.c.workbook).where(ENTRIES.c.id.in_(ids))).scalars())
    # In the same order everywhere, so that no two changes wait for each other.
    for key in sorted(keys):
        _count_changes(connection, key, 1)


def _portions(entry_ids: Sequence[str]) -> Iterator[list[str]]:
    for start in range(0, len(entry_ids), _AT_ONCE):
        yield list(entry_ids[start : start + _AT_ONCE])


@cache
def _growth(dialect: str) -> Any:
    """Return the statement that lets a workbook's version grow by what is given as its first."""
    insert = insert_into(VERSIONS, dialect)
    grown = {"version": VERSIONS.c.version + insert.excluded.version}
    return insert.on_conflict_do_update(index_elements=[VERSIONS.c.workbook], set_=grown)


@cache
def _addition(dialect: str) -> Any:
    """Return the statement that adds an entry unless it is there; its number follows from the workbook's version."""
    version = sa.select(VERSIONS.c.version).where(VERSIONS.c.workbook == sa.bindparam("key")).scalar_subquery()
    number = version - sa.bindparam("places_before_last", type_=sa.Integer)
    return insert_into(ENTRIES, dialect).values(number=number).on_conflict_do_nothing()


def _locked_lease(name: str) -> sa.Select[Any]:
    """Select a lease that no one else can take until this transaction ends."""
    return sa.select(LEASES).where(LEASES.c.name == name).with_for_update()


def _holds(connection: sa.Connection, lease: Lease) -> bool:
    row = connection.execute(_locked_lease(lease.name)).mappings().one_or_none()
    return row is not None and (row["holder"], row["token"]) == (lease.holder, lease.token)


def _notice_of(aside: Path) -> JournalNotice:
    day = day_set_aside(aside)
    when = f"On {format_date(day)}, the" if day else "The"
    return JournalNotice(
        f"{when} file with what people added in the app was damaged. We saved what could be read, and kept the damaged "
        f"file as “{aside.name}”.",
        "Check that nothing you remember is missing from the list of what people added. To clear this message, move "
        "the damaged file to another folder.",
    )


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


def _entry(row: sa.RowMapping) -> Entry | None:
    """Return the entry in a row; None if we can't read it, because it is damaged or a newer version wrote it."""
    try:
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
    except (ValueError, TypeError, AttributeError, KeyError, OverflowError, OSError):
        logging.getLogger(__name__).warning("We can't read the entry %r in the journal, and leave it out.", row["id"])
        return None


def _cells_as_text(cells: Mapping[str, RawCell]) -> str:
    """Write cells as JSON: a date as `{"date": "2026-11-30"}`, everything else as it is."""
    return json.dumps(
        {name: {"date": cell.isoformat()} if isinstance(cell, dt.date) else cell for name, cell in cells.items()}
    )


def _cell(value: Any) -> RawCell:
    return dt.date.fromisoformat(value["date"]) if isinstance(value, dict) else value
