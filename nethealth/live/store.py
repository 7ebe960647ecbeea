"""Live sessions in the app's database, next to the journal: what phones answer is on the disk before they are thanked.

Methods raise NotRecorded or JournalUnavailable, as the journal does.
"""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Callable, Iterable, Sequence
from enum import Enum, auto
from functools import lru_cache
from typing import Any, Final

import sqlalchemy as sa
from pydantic import TypeAdapter

from nethealth.contributions.storage.database import Database
from nethealth.contributions.storage.schema import LIVE_ANSWERS, LIVE_PHONES, LIVE_SESSIONS
from nethealth.contributions.storage.statements import insert_into
from nethealth.live.codes import new_code
from nethealth.live.session import Answer, LiveSession, Phone, Screen, SentAnswer, SessionKind, SessionState, Setup
from nethealth.workbook.schema.vocabulary import Moment

KEEP_DAYS: Final = 90
"""Days after its start that a session stays, with its answers."""
_DAY: Final = 86_400.0
_SETUP: Final = TypeAdapter(Setup)
_SCREEN: Final = TypeAdapter(Screen)
_MOST_TRIES: Final = 5


class Outcome(Enum):
    """What became of what a phone sent."""

    STORED = auto()
    NOT_OPEN = auto()
    """The session is paused, has ended, or is gone."""
    UNKNOWN_PHONE = auto()
    """The phone has not joined, or was removed."""


class LiveSessions:
    """The live sessions in a database. Safe to use from any thread and from several processes.

    `now` replaces the clock in tests.
    """

    def __init__(self, database: Database, *, now: Callable[[], float] | None = None) -> None:
        self._database = database
        self._now = now or (lambda: dt.datetime.now(dt.UTC).timestamp())

    def start(
        self,
        workbook: str,
        kind: SessionKind,
        *,
        name: str,
        moment: Moment = Moment.NOW,
        setup: Setup | Callable[[str], Setup] | None = None,
        is_rehearsal: bool = False,
    ) -> LiveSession:
        """Start a session and return it. `setup` may be a function of its ID, on which codes of people depend."""
        own_id = secrets.token_hex(16)
        chosen = setup(own_id) if callable(setup) else setup or Setup()
        values = {
            "id": own_id,
            "workbook": workbook,
            "kind": kind.value,
            "name": name,
            "moment": moment.value,
            "state": SessionState.OPEN.value,
            "created_at": self._now(),
            "is_rehearsal": int(is_rehearsal),
            "setup": _SETUP.dump_json(chosen).decode(),
            "screen": _SCREEN.dump_json(Screen()).decode(),
            "version": 1,
        }

        def add(connection: sa.Connection) -> None:
            for _ in range(_MOST_TRIES):
                addition = insert_into(LIVE_SESSIONS, connection.dialect.name).values(values | {"code": new_code()})
                if connection.execute(addition.on_conflict_do_nothing()).rowcount:
                    return
            raise RuntimeError("no free code")

        self._database.write(add)
        started = self.session(own_id)
        if started is None:
            raise RuntimeError("the session is gone")
        return started

    def session(self, session_id: str) -> LiveSession | None:
        """Return a session, or None if there is none with this ID."""
        return self._one(LIVE_SESSIONS.c.id == session_id)

    def session_with_code(self, code: str) -> LiveSession | None:
        """Return the session with this code, in whatever state it is, or None."""
        return self._one(LIVE_SESSIONS.c.code == code)

    def sessions(self, workbook: str) -> list[LiveSession]:
        """Return a workbook's sessions, the latest first."""
        chosen = sa.select(LIVE_SESSIONS).where(LIVE_SESSIONS.c.workbook == workbook)
        return [_session(row) for row in self._rows(chosen.order_by(LIVE_SESSIONS.c.created_at.desc()))]

    def sessions_to_close(self, *, began_before: dt.datetime, closed_since: dt.datetime) -> list[LiveSession]:
        """Return the sessions of all workbooks that began before a time and aren't closed, and closed ones that began
        after another time."""
        began, is_closed = LIVE_SESSIONS.c.created_at, LIVE_SESSIONS.c.state == SessionState.CLOSED.value
        is_due = (~is_closed & (began <= began_before.timestamp())) | (is_closed & (began > closed_since.timestamp()))
        return [_session(row) for row in self._rows(sa.select(LIVE_SESSIONS).where(is_due))]

    def version(self, session_id: str) -> int:
        """Return a session's version, which grows with every change; 0 if it's gone."""
        chosen = sa.select(LIVE_SESSIONS.c.version).where(LIVE_SESSIONS.c.id == session_id)
        return self._database.read(lambda connection: connection.execute(chosen).scalar_one_or_none() or 0, if_new=0)

    def set_state(self, session_id: str, state: SessionState) -> None:
        """Pause, open, or close a session."""
        self._update(session_id, state=state.value)

    def set_name(self, session_id: str, *, name: str, moment: Moment) -> None:
        """Change what a session is called, and the moment that it's about."""
        self._update(session_id, name=name, moment=moment.value)

    def set_screen(self, session_id: str, screen: Screen) -> None:
        """Change what the screen shows."""
        self._update(session_id, screen=_SCREEN.dump_json(screen).decode())

    def set_setup(self, session_id: str, setup: Setup) -> None:
        """Change what was decided at the start, such as who can be found on phones."""
        self._update(session_id, setup=_SETUP.dump_json(setup).decode())

    def remove(self, session_id: str) -> None:
        """Delete a session with its phones and answers."""
        self._database.write(lambda connection: _delete(connection, [session_id]))

    def join(self, session_id: str, phone: str, *, is_pending: bool = False) -> Phone | None:
        """Let a phone into a session, or find it there. Returns None if the session has ended or is gone.

        Phones beyond `Setup.most_phones` are pending, and a new one if `is_pending`.
        """

        def add(connection: sa.Connection) -> Phone | None:
            row = connection.execute(_locked(session_id)).mappings().one_or_none()
            if row is None or row["state"] == SessionState.CLOSED.value:
                return None
            own = (LIVE_PHONES.c.session == session_id) & (LIVE_PHONES.c.phone == phone)
            found = connection.execute(sa.select(LIVE_PHONES).where(own)).mappings().one_or_none()
            if found is not None:
                return _phone(found)
            counted = sa.select(sa.func.count()).where(LIVE_PHONES.c.session == session_id, LIVE_PHONES.c.is_held == 0)
            is_full = connection.execute(counted).scalar_one() >= _setup(row["setup"]).most_phones
            values = {
                "session": session_id,
                "phone": phone,
                "joined_at": self._now(),
                "is_held": int(is_pending or is_full),
            }
            connection.execute(LIVE_PHONES.insert().values(values))
            _grow(connection, session_id)
            return _phone(values)

        return self._database.write(add)

    def answer(self, session_id: str, phone: str, answers: Sequence[SentAnswer]) -> Outcome:
        """Store what a phone answers. Of each question, the answer with the largest turn counts.

        Phones that don't know whether it worked can send the same again.
        """

        def store(connection: sa.Connection) -> Outcome:
            row = connection.execute(_locked(session_id)).mappings().one_or_none()
            if row is None or row["state"] != SessionState.OPEN.value:
                return Outcome.NOT_OPEN
            own = sa.select(LIVE_PHONES.c.phone).where(
                LIVE_PHONES.c.session == session_id, LIVE_PHONES.c.phone == phone
            )
            if connection.execute(own).scalar_one_or_none() is None:
                return Outcome.UNKNOWN_PHONE
            if not answers:
                return Outcome.STORED
            version, now = _grow(connection, session_id, by=len(answers)), self._now()
            insert = insert_into(LIVE_ANSWERS, connection.dialect.name)
            new = {name: insert.excluded[name] for name in ("value", "turn", "number", "answered_at", "is_held")}
            storing = insert.on_conflict_do_update(
                index_elements=["session", "phone", "question"],
                set_=new,
                where=LIVE_ANSWERS.c.turn < insert.excluded.turn,
            )
            rows = [
                {
                    "session": session_id,
                    "phone": phone,
                    "question": answer.question,
                    "value": json.dumps(answer.value),
                    "turn": answer.turn,
                    "number": version - len(answers) + place,
                    "answered_at": now,
                    "is_held": int(answer.is_pending),
                }
                for place, answer in enumerate(answers, 1)
            ]
            connection.execute(storing, rows)
            return Outcome.STORED

        return self._database.write(store)

    def phone(self, session_id: str, phone: str) -> Phone | None:
        """Return a phone in a session, or None if it isn't there."""
        chosen = sa.select(LIVE_PHONES).where(LIVE_PHONES.c.session == session_id, LIVE_PHONES.c.phone == phone)
        return next(map(_phone, self._rows(chosen)), None)

    def phones(self, session_id: str) -> list[Phone]:
        """Return the phones in a session, in the order in which they joined."""
        chosen = sa.select(LIVE_PHONES).where(LIVE_PHONES.c.session == session_id)
        return [_phone(row) for row in self._rows(chosen.order_by(LIVE_PHONES.c.joined_at, LIVE_PHONES.c.phone))]

    def answers(self, session_id: str, *, question: str | None = None) -> list[Answer]:
        """Return a session's answers, or those to one question, the earliest first.

        Includes pending answers, but none that were taken back.
        """
        chosen = sa.select(LIVE_ANSWERS).where(LIVE_ANSWERS.c.session == session_id, LIVE_ANSWERS.c.value != "null")
        if question is not None:
            chosen = chosen.where(LIVE_ANSWERS.c.question == question)
        return [_answer(row) for row in self._rows(chosen.order_by(LIVE_ANSWERS.c.number))]

    def let_in(self, session_id: str, phones: Iterable[str]) -> None:
        """Let phones in that were pending."""
        wanted = list(phones)
        where = (LIVE_PHONES.c.session == session_id) & LIVE_PHONES.c.phone.in_(wanted)
        self._change(session_id, LIVE_PHONES.update().where(where).values(is_held=0))

    def remove_phone(self, session_id: str, phone: str) -> None:
        """Delete a phone and its answers. It would have to join again."""
        self._change(
            session_id,
            LIVE_ANSWERS.delete().where(LIVE_ANSWERS.c.session == session_id, LIVE_ANSWERS.c.phone == phone),
            LIVE_PHONES.delete().where(LIVE_PHONES.c.session == session_id, LIVE_PHONES.c.phone == phone),
        )

    def accept(self, session_id: str, phone: str, question: str) -> None:
        """Let an answer count that was pending."""
        self._change(session_id, LIVE_ANSWERS.update().where(_at(session_id, phone, question)).values(is_held=0))

    def replace_answer(self, session_id: str, phone: str, question: str, value: object) -> None:
        """Let an answer count as the facilitator understands it, such as who a newcomer is. A later one replaces it."""
        at = _at(session_id, phone, question)
        self._change(session_id, LIVE_ANSWERS.update().where(at).values(value=json.dumps(value), is_held=0))

    def reject(self, session_id: str, phone: str, question: str) -> None:
        """Take an answer out. The phone can answer again."""
        self._change(session_id, LIVE_ANSWERS.update().where(_at(session_id, phone, question)).values(value="null"))

    def prune(self) -> int:
        """Delete sessions that started over `KEEP_DAYS` ago, whatever their state. Returns their number."""
        chosen = sa.select(LIVE_SESSIONS.c.id).where(LIVE_SESSIONS.c.created_at < self._now() - KEEP_DAYS * _DAY)
        none: list[str] = []
        old = self._database.read(lambda connection: list(connection.execute(chosen).scalars()), if_new=none)
        if old:
            self._database.write(lambda connection: _delete(connection, old))
        return len(old)

    def _one(self, where: sa.ColumnElement[bool]) -> LiveSession | None:
        return next((_session(row) for row in self._rows(sa.select(LIVE_SESSIONS).where(where))), None)

    def _rows(self, chosen: sa.Select[Any]) -> list[sa.RowMapping]:
        none: list[sa.RowMapping] = []
        return self._database.read(lambda connection: list(connection.execute(chosen).mappings()), if_new=none)

    def _update(self, session_id: str, **values: object) -> None:
        self._change(session_id, LIVE_SESSIONS.update().where(LIVE_SESSIONS.c.id == session_id).values(values))

    def _change(self, session_id: str, *statements: sa.Executable) -> None:
        def change(connection: sa.Connection) -> None:
            _grow(connection, session_id)
            for statement in statements:
                connection.execute(statement)

        self._database.write(change)


def _locked(session_id: str) -> sa.Select[Any]:
    """Select a session that no one else changes until this transaction ends."""
    return sa.select(LIVE_SESSIONS).where(LIVE_SESSIONS.c.id == session_id).with_for_update()


def _grow(connection: sa.Connection, session_id: str, *, by: int = 1) -> int:
    """Let a session's version grow, and return it; 0 if the session is gone."""
    growth = LIVE_SESSIONS.update().where(LIVE_SESSIONS.c.id == session_id)
    grown = growth.values(version=LIVE_SESSIONS.c.version + by).returning(LIVE_SESSIONS.c.version)
    return connection.execute(grown).scalar_one_or_none() or 0


def _at(session_id: str, phone: str, question: str) -> sa.ColumnElement[bool]:
    return sa.and_(
        LIVE_ANSWERS.c.session == session_id, LIVE_ANSWERS.c.phone == phone, LIVE_ANSWERS.c.question == question
    )


def _delete(connection: sa.Connection, session_ids: Sequence[str]) -> None:
    for table in (LIVE_ANSWERS, LIVE_PHONES):
        connection.execute(table.delete().where(table.c.session.in_(session_ids)))
    connection.execute(LIVE_SESSIONS.delete().where(LIVE_SESSIONS.c.id.in_(session_ids)))


@lru_cache(maxsize=64)  # phones ask for the same session again and again
def _setup(text: str) -> Setup:
    return _SETUP.validate_json(text)


def _session(row: sa.RowMapping) -> LiveSession:
    return LiveSession(
        id=row["id"],
        workbook=row["workbook"],
        kind=SessionKind(row["kind"]),
        name=row["name"],
        moment=Moment(row["moment"]),
        code=row["code"],
        state=SessionState(row["state"]),
        created_at=dt.datetime.fromtimestamp(row["created_at"], dt.UTC),
        setup=_setup(row["setup"]),
        screen=_SCREEN.validate_json(row["screen"]),
        version=row["version"],
        is_rehearsal=bool(row["is_rehearsal"]),
    )


def _phone(row: Any) -> Phone:
    return Phone(
        id=row["phone"],
        joined_at=dt.datetime.fromtimestamp(row["joined_at"], dt.UTC),
        is_pending=bool(row["is_held"]),
    )


def _answer(row: sa.RowMapping) -> Answer:
    return Answer(
        phone=row["phone"],
        question=row["question"],
        value=json.loads(row["value"]),
        number=row["number"],
        answered_at=dt.datetime.fromtimestamp(row["answered_at"], dt.UTC),
        is_pending=bool(row["is_held"]),
    )
