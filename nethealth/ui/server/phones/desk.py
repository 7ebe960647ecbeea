"""What phones ask for and send, and what they get back. A phone learns nothing but its own state and the list of names.

Everything here may wait for the database, so it runs in threads.
"""

from __future__ import annotations

import hashlib
import math
import re
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from nethealth.errors import InvalidAnswer, JournalError
from nethealth.live.codes import phone_id, read_code
from nethealth.live.questions import ME, check_answer, counted
from nethealth.live.session import ListedPerson, LiveSession, SentAnswer, SessionKind, SessionState
from nethealth.live.store import LiveSessions, Outcome
from nethealth.ui.server.phones.limits import PhoneLimits
from nethealth.workbook.cells.characters import unaccented

MOST_ANSWERS: Final = 50
"""Answers in one request."""
LONGEST_LIST: Final = 400
"""People whom a phone gets at once. From a longer list, it gets those in the room, and searches for others."""
MOST_FOUND: Final = 40
LATEST_TURN: Final = 2**53
BUSY_SECONDS: Final = 5.0
HERE_SECONDS: Final = 2.0
"""How long we take the same people to be in the room, so that hundreds of phones don't each count them."""
_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{20,64}")


@dataclass(frozen=True, slots=True)
class Reply:
    """What a phone gets: a status, and data as JSON, whose `state` says how things are."""

    status: int
    data: Mapping[str, Any] = field(default_factory=dict)


class _Refused(Exception):
    """This request gets another reply."""

    def __init__(self, status: int, state: str, *, wait: float = 0.0) -> None:
        self.reply = Reply(status, {"state": state} | ({"wait": math.ceil(wait)} if wait else {}))


class PhoneDesk:
    """Serves the phones of all sessions. Safe to use from any thread.

    `store` is asked for each time, since the database may change while the server runs.
    """

    def __init__(
        self,
        store: Callable[[], LiveSessions],
        limits: PhoneLimits,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store, self.limits, self._clock = store, limits, clock
        self._here: dict[str, tuple[float, frozenset[str]]] = {}
        self._lock = threading.Lock()

    def look(self, code: str, *, place: str | None) -> Reply:
        """Return what a session asks, for someone who has only its code."""
        return _reply(lambda: Reply(200, asked(self._session(code, place))))

    def join(self, code: str, *, place: str | None, secret: str) -> Reply:
        """Let a phone in. It can ask again if it doesn't know whether it worked."""

        def join() -> Reply:
            session, own = self._session(code, place, secret), _own_id(secret)
            store = self._store()
            is_new = store.phone(session.id, own) is None
            if is_new and (wait := self.limits.joins_in_all.take(session.id)):
                raise _Refused(429, "busy", wait=min(wait, BUSY_SECONDS))
            is_too_fast = is_new and self.limits.joins.take(session.id) > 0
            phone = store.join(session.id, own, is_pending=is_too_fast)
            if phone is None:
                raise _Refused(409, SessionState.CLOSED)
            self.limits.know(place, session.id)
            return Reply(200, asked(session) | {"pending": phone.is_pending})

        return _reply(join)

    def state(self, code: str, *, place: str | None, secret: str) -> Reply:
        """Return how things are for a phone: whether it's pending, and who is in the room if it may know."""

        def state() -> Reply:
            session, is_pending = self._own_session(code, place, secret)
            here = {"here": sorted(self._people_here(session))} if _lists_people(session) and not is_pending else {}
            return Reply(200, asked(session) | {"pending": is_pending} | here)

        return _reply(state)

    def people(self, code: str, *, place: str | None, secret: str, search: str | None) -> Reply:
        """Return who is on the list, or those that a search finds; `more` if there are others."""

        def people() -> Reply:
            session, is_pending = self._own_session(code, place, secret)
            here = frozenset() if is_pending else self._people_here(session)
            everyone = session.setup.people
            found: Sequence[ListedPerson] = everyone
            if search is not None:
                found = [person for person in everyone if matches(person.name, search)][:MOST_FOUND]
            elif len(everyone) > LONGEST_LIST:
                found = [person for person in everyone if person.key in here]
            listed = [[person.key, person.name, person.place] for person in found]
            data = {"state": session.state.value, "people": listed, "here": sorted(here), "list": _list_id(session)}
            return Reply(200, data | {"more": len(everyone) > LONGEST_LIST})

        return _reply(people)

    def take(self, code: str, *, place: str | None, secret: str, body: object) -> Reply:
        """Store the answers that a phone sends. It can send them again if it doesn't know whether it worked.

        `saved` has the turns of those that are on the disk, by question; `refused` those that we can't take.
        """

        def take() -> Reply:
            session, own = self._session(code, place, secret), _own_id(secret)
            if wait := self.limits.requests.take(own):
                raise _Refused(429, "busy", wait=wait)
            sent, refused = _checked(session, body)
            outcome = self._store().answer(session.id, own, sent)
            if outcome is Outcome.UNKNOWN_PHONE:
                raise _Refused(403, "unknown")
            if outcome is Outcome.NOT_OPEN:
                now = self._store().session(session.id)
                is_paused = now is not None and now.state is not SessionState.CLOSED
                raise _Refused(409, SessionState.PAUSED if is_paused else SessionState.CLOSED)
            saved = {answer.question: answer.turn for answer in sent}
            return Reply(200, {"state": SessionState.OPEN.value, "saved": saved, "refused": refused})

        return _reply(take)

    def _session(self, code: str, place: str | None, secret: str | None = None) -> LiveSession:
        """Return the session with this code. Raises _Refused if there is none, or after too many wrong codes.

        Those who wait because of others' wrong codes learn nothing, not even whether theirs is right. It's no obstacle
        for phones that have joined, and at addresses where some have.
        """
        own_code, limiter, guest = read_code(code), self.limits.wrong_codes, self.limits.guest(place)
        if own_code is None:
            raise _Refused(404, "gone")
        wait = limiter.wait(guest)
        if wait and not guest.known_as and not secret:
            raise _Refused(429, "wait", wait=wait)
        store = self._store()
        session = store.session_with_code(own_code)
        if session is not None and (not wait or guest.known_as == session.id):
            return session
        if wait:
            if session is None or store.phone(session.id, _own_id(secret or "")) is None:
                raise _Refused(429, "wait", wait=wait)
            return session
        limiter.note_wrong(guest)
        raise _Refused(404, "gone")

    def _own_session(self, code: str, place: str | None, secret: str) -> tuple[LiveSession, bool]:
        """Return the session that a phone has joined, and True if the phone is pending."""
        session, own = self._session(code, place, secret), _own_id(secret)
        phone = self._store().phone(session.id, own)
        if phone is None:
            raise _Refused(403, "unknown")
        if wait := self.limits.requests.take(own):
            raise _Refused(429, "busy", wait=wait)
        return session, phone.is_pending

    def _people_here(self, session: LiveSession) -> frozenset[str]:
        """Return the keys of those who have found themselves on a phone: they were told that the room sees it."""
        now = self._clock()
        with self._lock:
            since, here = self._here.get(session.id, (-math.inf, frozenset()))
        if now - since < HERE_SECONDS:
            return here
        store = self._store()
        said = counted(store.phones(session.id), store.answers(session.id, question=ME))
        values = [own[ME].value for own in said.values()]
        here = frozenset(str(value["person"]) for value in values if isinstance(value, Mapping) and "person" in value)
        with self._lock:
            self._here = {key: entry for key, entry in self._here.items() if now - entry[0] < HERE_SECONDS}
            self._here[session.id] = (now, here)
        return here


def asked(session: LiveSession) -> dict[str, Any]:
    """Return what a phone shows of a session: nothing of who is in it, or of what others answered."""
    known: dict[str, Any] = {"state": session.state.value, "name": session.name}
    if session.state is SessionState.CLOSED:
        return known
    setup = session.setup
    return known | {
        "kind": session.kind.value,
        "moment": session.moment.name.lower(),
        "hoped": setup.asks_hoped_for,
        "roles": setup.roles,
        "statements": setup.statements,
        "list": _list_id(session),
    }


def matches(name: str, search: str) -> bool:
    """True if every word of a search begins a word of a name, whatever the accents.

    Examples:
        >>> matches("Ana María López-Ruiz", "lop maria"), matches("Ana López", "opez"), matches("Ana", " ")
        (True, False, False)
    """
    words = re.findall(r"\w+", unaccented(name).casefold())
    wanted = re.findall(r"\w+", unaccented(search[:100]).casefold())
    return bool(wanted) and all(any(word.startswith(each) for word in words) for each in wanted)


def _lists_people(session: LiveSession) -> bool:
    return session.kind is SessionKind.CONNECTIONS and session.state is not SessionState.CLOSED


def _list_id(session: LiveSession) -> str:
    """Return a text that differs once other people are on the list; empty if no one is."""
    keys = "".join(person.key for person in session.setup.people)
    return hashlib.sha256(keys.encode()).hexdigest()[:8] if keys else ""


def _own_id(secret: str) -> str:
    if not _SECRET.fullmatch(secret):
        raise _Refused(403, "unknown")
    return phone_id(secret)


def _checked(session: LiveSession, body: object) -> tuple[list[SentAnswer], list[str]]:
    """Return the answers in a request, and the questions of those that we can't take. Raises _Refused."""
    answers = body.get("answers") if isinstance(body, Mapping) else None
    if not isinstance(answers, list) or len(answers) > MOST_ANSWERS:
        raise _Refused(422, "invalid")
    sent, refused = [], []
    for each in answers:
        question, turn = (each.get("question"), each.get("turn")) if isinstance(each, Mapping) else (None, None)
        if not isinstance(question, str) or type(turn) is not int or not 0 < turn <= LATEST_TURN:
            raise _Refused(422, "invalid")
        try:
            value, is_pending = check_answer(session, question, each.get("value"))
        except InvalidAnswer:
            refused.append(question[:80])
        else:
            sent.append(SentAnswer(question=question, value=value, turn=turn, is_pending=is_pending))
    return sent, refused


def _reply(work: Callable[[], Reply]) -> Reply:
    try:
        return work()
    except _Refused as refused:
        return refused.reply
    except JournalError:  # the database has logged why
        return Reply(503, {"state": "busy", "wait": math.ceil(BUSY_SECONDS)})
