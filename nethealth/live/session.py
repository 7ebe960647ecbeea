"""A live session: what a room is asked, who may join, and what the screen shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from nethealth.workbook.schema.vocabulary import Moment


class SessionKind(StrEnum):
    """What a session asks."""

    MINDSET = "mindset"
    """The seven pairs, from hierarchical to network."""
    CONNECTIONS = "connections"
    """Who knows whom."""
    PULSE = "pulse"
    """How far people agree with up to three statements."""
    COLLABORATIONS = "collaborations"
    """Collaborations that people know of."""


class SessionState(StrEnum):
    """Whether a session takes answers."""

    OPEN = "open"
    PAUSED = "paused"
    """It takes no answers for now. Phones keep theirs, and send them later."""
    CLOSED = "closed"
    """It has ended, takes no answers, and can be opened again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPerson:
    """Someone whom people can find on their phones."""

    key: str
    """The session's own code for them. It says nothing about who they are elsewhere."""
    name: str
    place: str = ""
    """Their organization or region, which tells namesakes apart; empty if it may not be shown."""
    person: str = field(repr=False)
    """Their key in the workbook, which never goes to a phone; empty for a guest whom the workbook doesn't know."""
    cell: str = field(default="", repr=False)
    """What a cell says so that the workbook's readers find them again; empty for their name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What the facilitator decided about a collaboration that phones told of."""

    answers: tuple[str, ...]
    """The IDs of the answers that tell of it (`live.collaborations`). Several were merged."""
    collaborators: str = ""
    """The workbook's cell about who is in it, once it's accepted."""
    is_accepted: bool = False
    """True if it goes to the workbook when the session closes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What was decided at a session's start."""

    asks_hoped_for: bool = False
    """Mindset: ask where people hope the organization will be, as well."""
    roles: tuple[str, ...] = ()
    """Mindset: the roles that people can choose from; empty asks for none."""
    statements: tuple[str, ...] = ()
    """Pulse: one to three."""
    people: tuple[ListedPerson, ...] = ()
    """Who can be found on phones: the members on the day on which the session began, and guests whom the facilitator
    has confirmed since."""
    wave: str = ""
    """Connections: the name of the wave that they belong to; empty for no name."""
    is_own_wave: bool = False
    """Connections: True if they are a wave of their own, in which people reported them; False if they join a wave that
    the workbook has, as facts."""
    cards: tuple[Card, ...] = ()
    """Collaborations: those that were merged or accepted."""
    after_wave: tuple[str, ...] = ()
    """Connections: the keys of people who became members after the wave that they join. Facts about them name no wave,
    so they count today and in the next one."""
    most_phones: int = 400
    """Phones that join after this many are pending until the facilitator lets them in."""
    smallest_group: int = 5
    """The workbook's minimum group size. Fewer anonymous answers are neither shown nor recorded."""
    day: dt.date | None = None
    """The day on which the session began, where the workbook is at home. None takes the day in UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """What the screen shows. The facilitator controls it from another device."""

    is_revealed: bool = False
    """False shows the code and how many are in, and no answer."""
    step: int = 0
    """Which picture of the session is shown, from 0."""
    shows_names: bool = False
    focus: str = ""
    """The category that the map shows large; empty for everyone."""
    words: tuple[str, ...] = ()
    """The IDs of the phones whose words the facilitator chose to show."""
    replayed_at: dt.datetime | None = None
    """When a replay of what came so far began; aware. None for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveSession:
    """A live session as it's stored."""

    id: str
    workbook: str
    """The key of the workbook that it belongs to, as in the journal."""
    kind: SessionKind
    name: str
    moment: Moment
    code: str = field(repr=False)
    """What people type or scan to join."""
    state: SessionState
    created_at: dt.datetime
    """Aware, in UTC."""
    setup: Setup
    screen: Screen
    version: int
    """It grows with every change to the session, its phones, and their answers."""
    is_rehearsal: bool = False
    """A rehearsal's answers are invented, and never go to the workbook."""

    @property
    def takes_answers(self) -> bool:
        """True if phones can answer now."""
        return self.state is SessionState.OPEN

    @property
    def day(self) -> dt.date:
        """The day on which it began."""
        return self.setup.day or self.created_at.date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """One phone in a session."""

    id: str = field(repr=False)
    """A digest of the phone's secret: it can't be used to answer in its name."""
    joined_at: dt.datetime
    is_pending: bool = False
    """True if the facilitator hasn't let it in. Its answers are stored, and don't count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one phone last answered to one question."""

    phone: str = field(repr=False)
    question: str
    """Such as `now.Leadership`, `statement.1`, or `tie.4f2a…` (`live.questions`)."""
    value: object = field(repr=False)
    """As `live.questions` has checked it: a number, a text, a list, or a mapping of these."""
    number: int
    """It grows from answer to answer of a session, whatever the clock says."""
    answered_at: dt.datetime
    is_pending: bool = False
    """True if the facilitator has to look at it first, such as a name with a rude word. It doesn't count until then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentAnswer:
    """An answer as a phone sends it."""

    question: str
    value: object = field(repr=False)
    """None takes the answer back."""
    turn: int
    """The phone counts its answers to each question. A later one replaces an earlier one, whatever arrives first."""
    is_pending: bool = False


Answers = Mapping[str, Mapping[str, Answer]]
"""Answers by phone, then by question."""
