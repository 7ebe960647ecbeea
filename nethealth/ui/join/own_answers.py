"""What a visitor of the page answered: kept in their session until it's on the disk, like on a phone."""

from __future__ import annotations

import base64
import hashlib
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from nethealth.live.codes import new_phone_secret
from nethealth.privacy.sign_in_attempts.addresses import network_of
from nethealth.ui.server.phones.desk import MOST_ANSWERS, Reply
from nethealth.ui.server.phones.routes import desk
from nethealth.ui.server.visits import browser_of

_ANSWERS: Final = "_phone_answers"
_SECRET: Final = "_phone_secret"  # noqa: S105  # a key of the session's state
_JOINED: Final = "_phone_joined"


@dataclass(frozen=True, slots=True)
class OwnPhone:
    """This visitor's browser, as a phone in a session."""

    code: str
    place: str | None
    secret: str

    def come_in(self) -> Reply:
        """Join at the first run, and look how things are at the next ones."""
        if st.session_state.get(_JOINED) == self.code:
            return desk.state(self.code, place=self.place, secret=self.secret)
        if _JOINED in st.session_state:
            _forget_other_session()
        reply = desk.join(self.code, place=self.place, secret=self.secret)
        if reply.status == 200:
            st.session_state[_JOINED] = self.code
        return reply

    def join_again(self) -> None:
        """Join at the next run, after the facilitator removed this phone."""
        st.session_state.pop(_JOINED, None)

    def people(self, *, search: str | None = None) -> Mapping[str, Any]:
        """Return who is on the list, or those whom a search finds; nothing if that doesn't work right now."""
        return desk.people(self.code, place=self.place, secret=self.secret, search=search).data

    def send(self) -> Reply | None:
        """Send what isn't on the disk yet. Returns what the server said; None if there was nothing to send."""
        answers = own_answers()
        waiting = [
            {"question": question, "value": answer["value"], "turn": answer["turn"]}
            for question, answer in answers.items()
            if not answer["is_sent"]
        ][:MOST_ANSWERS]
        if not waiting:
            return None
        reply = desk.take(self.code, place=self.place, secret=self.secret, body={"answers": waiting})
        for question in (*reply.data.get("saved", ()), *reply.data.get("refused", ())):
            answers[question]["is_sent"] = True
        return reply


def own_phone(code: str) -> OwnPhone:
    """Return this browser as a phone: the same one after the page was reloaded, and another one in other sessions."""
    browser = browser_of(st.context.cookies.to_dict())
    if browser:
        digest = hashlib.sha256(f"phone {browser} {code}".encode()).digest()
        secret = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    else:
        secret = st.session_state.setdefault(_SECRET, new_phone_secret())
    return OwnPhone(code, network_of(st.context.ip_address), secret)


def _forget_other_session() -> None:
    """Start without answers: those to another session belong there."""
    for key in list(st.session_state):
        if key == _ANSWERS or str(key).startswith("join-"):
            del st.session_state[key]


def own_answers() -> dict[str, dict[str, Any]]:
    """Return what this visitor answered, by question."""
    answers: dict[str, dict[str, Any]] = st.session_state.setdefault(_ANSWERS, {})
    return answers


def note(question: str, value: object) -> None:
    """Keep an answer; None takes it back."""
    before = own_answers().get(question, {"turn": 0})
    turn = max(before["turn"] + 1, time.time_ns() // 1_000_000)
    own_answers()[question] = {"value": value, "turn": turn, "is_sent": False}


def value_of(question: str) -> Any:
    """Return what this visitor answered to a question, or None."""
    return own_answers().get(question, {"value": None})["value"]


def first_free(questions: Sequence[str]) -> str | None:
    """Return the first of these questions without an answer."""
    return next((question for question in questions if value_of(question) is None), None)
