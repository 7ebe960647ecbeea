"""A workbook of seven members, a session in it, and what phones answer."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from nethealth.live.listed_people import listed_people
from nethealth.live.session import Answer, LiveSession, Screen, SessionKind, SessionState, Setup
from nethealth.workbook.records import Connection, Person, Workbook
from nethealth.workbook.schema.vocabulary import Moment

NOON = dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 30)
NAMES = ("Ana Ruiz", "Ben Li", "Cai Wu", "Dee Ho", "Eli Oz", "Fay Ng", "Gus Orr")
REGIONS = ("Ohio", "Ohio", "Ohio", "Iowa", "Iowa", "Iowa", "Iowa")


def members() -> dict[str, Person]:
    """The members: m0 to m6."""
    return {
        f"m{at}": Person(key=f"m{at}", name=name, attributes={"Region": region})
        for at, (name, region) in enumerate(zip(NAMES, REGIONS, strict=True))
    }


def known_network() -> Workbook:
    """The members in a ring of ties, all but the last."""
    ties = tuple(Connection(source=f"m{at}", target=f"m{(at + 1) % 6}", strength=3) for at in range(6))
    return Workbook(today=TODAY, people=members(), attributes=("Region",), connections=ties)


def new_network() -> Workbook:
    """The members of a network that no one has asked about connections."""
    return replace(known_network(), connections=())


def session_in(workbook: Workbook, *, own_id: str = "s", screen: Screen | None = None) -> LiveSession:
    """A session in which members say who they know."""
    return LiveSession(
        id=own_id,
        workbook="sheet:a",
        kind=SessionKind.CONNECTIONS,
        name="Fall retreat",
        moment=Moment.NOW,
        code="K7WPXM",
        state=SessionState.OPEN,
        created_at=NOON,
        setup=Setup(people=listed_people(workbook, session=own_id)),
        screen=screen or Screen(is_revealed=True),
        version=1,
    )


def answers_in(session: LiveSession, here: str, ties: str = "") -> dict[str, dict[str, Answer]]:
    """What phones answer: `here` has the numbers of members who came, as `0123`, and `ties` who reports whom, as
    `01 12`."""
    key_of = {each.person: each.key for each in session.setup.people}
    sent = [(at, "me", {"person": key_of[f"m{at}"]}) for at in here]
    sent += [(pair[0], f"tie.{key_of[f'm{pair[1]}']}", 2) for pair in ties.split()]
    found: dict[str, dict[str, Answer]] = {}
    for number, (phone, question, value) in enumerate(sent, start=1):
        one = Answer(phone=phone, question=question, value=value, number=number, answered_at=NOON)
        found.setdefault(phone, {})[question] = one
    return found
