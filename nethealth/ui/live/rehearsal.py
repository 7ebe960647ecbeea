"""Rehearse a session: simulated phones join and answer within a minute. Nothing of it is ever recorded."""

from __future__ import annotations

import random
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

import streamlit as st

from nethealth.errors import JournalError
from nethealth.live.questions import (
    COLLABORATION,
    HOPED,
    ME,
    MOST_AT_THE_TOP,
    NOW,
    ROLE,
    STATEMENT,
    STEPS,
    STRONGEST,
    TIE,
    TOP,
    WORDS,
    question_names,
)
from nethealth.live.session import LiveSession, SentAnswer, SessionKind
from nethealth.live.store import LiveSessions
from nethealth.ui.live import acts
from nethealth.ui.live.view import LiveView
from nethealth.workbook.schema.vocabulary import CHARACTERISTICS

PHONES: Final = 30
SECONDS: Final = 60.0
KNOWN: Final = 6
"""How many others each invented person knows."""
_WORDS: Final = ("Made-up words.", "More made-up words, to see how they look.", "Something no one said.")
_COLLABORATIONS: Final = ("Made-up choir", "Made-up reading circle", "Made-up garden", "Made-up summer camp")


def show_rehearsal(view: LiveView) -> None:
    """Offer to rehearse a session with simulated phones, or to let more of them answer."""
    current = view.session
    if current.is_rehearsal:
        if current.takes_answers:
            more = partial(acts.attempt, lambda live: _let_answer(live, current.id))
            label = f"Let {PHONES} simulated phones answer"
            st.button(label, icon=":material/smart_toy:", key="invent", width="stretch", on_click=more)
        st.caption("This is a rehearsal. The screen says so, and nothing goes to the workbook.")
        return
    rehearse = partial(acts.attempt, lambda live: _start(live, current))
    st.button(
        "Rehearse with simulated phones",
        icon=":material/smart_toy:",
        key="rehearse",
        width="stretch",
        on_click=rehearse,
        help="Starts a copy of this session, in which 30 simulated phones answer within a minute.",
    )


def _start(live: LiveSessions, original: LiveSession) -> None:
    copy = live.start(
        original.workbook,
        original.kind,
        name=original.name,
        moment=original.moment,
        setup=replace(original.setup, cards=()),
        is_rehearsal=True,
    )
    _let_answer(live, copy.id)
    st.query_params["session"] = copy.id


def _let_answer(live: LiveSessions, session_id: str) -> None:
    answering = partial(let_phones_answer, live, session_id, pause=time.sleep, seed=secrets.randbits(32))
    threading.Thread(target=answering, name="rehearsal", daemon=True).start()


def let_phones_answer(
    live: LiveSessions, session_id: str, *, pause: Callable[[float], None], seed: int, phones: int = PHONES
) -> int:
    """Let simulated phones join and answer one after the other, and return how many did. It ends with the session.

    A session that is no rehearsal gets none.
    """
    chance = random.Random(seed)  # noqa: S311 - invented answers
    for number in range(phones):
        try:
            session = live.session(session_id)
            if session is None or not session.is_rehearsal or not session.takes_answers:
                return number
            phone = f"invented-{seed}-{number}"
            if live.join(session_id, phone) is not None:
                live.answer(session_id, phone, invented_answers(session, chance, number=number))
        except JournalError:
            return number
        pause(SECONDS / phones)
    return phones


def invented_answers(session: LiveSession, chance: random.Random, *, number: int = 0) -> list[SentAnswer]:
    """Return what a simulated phone answers to a session's questions. Phones with other numbers are other people."""
    names = question_names(session)
    if session.kind is SessionKind.CONNECTIONS:
        people = [person.key for person in session.setup.people]
        if not people:
            return []
        own = random.Random(session.id).sample(people, len(people))[number % len(people)]  # noqa: S311
        known = chance.sample(people, min(KNOWN, len(people)))
        names = [ME, *(TIE + key for key in known if key != own)]
        return [_answer(name, {"person": own} if name == ME else chance.randint(1, STRONGEST)) for name in names]
    return [_answer(name, value) for name in names if (value := _value(session, name, chance)) is not None]


def _answer(question: str, value: object) -> SentAnswer:
    return SentAnswer(question=question, value=value, turn=1)


def _value(session: LiveSession, question: str, chance: random.Random) -> object:
    """Return an invented answer to a question, or None for none."""
    if question.startswith((NOW, HOPED, STATEMENT)):
        middle = 3.7 if question.startswith(HOPED) else 2.6
        return min(STEPS, max(1, round(chance.gauss(middle, 1.1))))
    if question == TOP:
        return chance.sample(CHARACTERISTICS, MOST_AT_THE_TOP)
    if question == ROLE:
        return chance.choice(session.setup.roles)
    if question == WORDS:
        return chance.choice(_WORDS) if chance.random() < 0.3 else None
    if question == f"{COLLABORATION}1":
        return {"name": chance.choice(_COLLABORATIONS), "purpose": "", "people": ""}
    return None
