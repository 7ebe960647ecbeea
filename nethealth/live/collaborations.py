"""Collaborations that a room knows of: one card for each, and the rows of the Emergent activity tab."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations
from typing import Final

from nethealth.live.questions import COLLABORATION
from nethealth.live.recording import SessionRow
from nethealth.live.session import Answer, Answers, Card, LiveSession, Setup
from nethealth.workbook.cells.names import closest, name_key
from nethealth.workbook.raw import RawCell
from nethealth.workbook.schema.tabs import EMERGENT
from nethealth.workbook.schema.vocabulary import ActivityHeardThrough

MOST_COMPARED: Final = 200
_ID_LENGTH: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One collaboration as one phone named it, as typed."""

    id: str
    """It follows from the answer, so what was accepted counts only until the phone changes it."""
    row: str
    """The same whatever the answer says: the phone and the question."""
    name: str
    purpose: str
    people: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Collaboration:
    """One collaboration, named by one phone or several."""

    mentions: tuple[Mention, ...]
    """In the order in which phones sent them. The first gives it its name."""
    collaborators: str = ""
    is_accepted: bool = False

    @property
    def ids(self) -> tuple[str, ...]:
        """The IDs of the answers behind it."""
        return tuple(each.id for each in self.mentions)

    @property
    def name(self) -> str:
        """As first typed."""
        return self.mentions[0].name

    @property
    def purpose(self) -> str:
        """The longest that someone typed."""
        return max((each.purpose for each in self.mentions), key=len)

    @property
    def people(self) -> str:
        """Everyone whom someone typed, each text once."""
        texts = {name_key(each.people): each.people for each in self.mentions if each.people}
        return "; ".join(texts.values())


def collaborations(session: LiveSession, answers: Answers) -> list[Collaboration]:
    """Return the collaborations that the room named, in the order in which they came; merged answers are one."""
    mentions = sorted(
        (
            each
            for phone, own in answers.items()
            for question, answer in own.items()
            if question.startswith(COLLABORATION) and (each := _mention(phone, question, answer))
        ),
        key=lambda each: each.number,
    )
    card_of = {one: card for card in session.setup.cards for one in card.answers}
    found: dict[Card | str, Collaboration] = {}
    for each in mentions:
        card = card_of.get(each.id)
        key = card or each.id
        known = found.get(key)
        found[key] = Collaboration(
            mentions=(*(known.mentions if known else ()), each),
            collaborators=card.collaborators if card else "",
            is_accepted=card is not None and card.is_accepted,
        )
    return list(found.values())


def similar_pairs(cards: Sequence[Collaboration]) -> list[tuple[Collaboration, Collaboration]]:
    """Return collaborations whose names are so close that they may be one, in their order: of the latest 200."""
    return [(one, other) for one, other in combinations(cards[-MOST_COMPARED:], 2) if _are_close(one.name, other.name)]


def of_one_name(cards: Iterable[Collaboration]) -> list[Collaboration]:
    """Return collaborations in which those of the same name are one, in the order in which their names came."""
    found: dict[str, Collaboration] = {}
    for card in cards:
        known = found.get(key := name_key(card.name))
        found[key] = card if known is None else replace(known, mentions=(*known.mentions, *card.mentions))
    return list(found.values())


@lru_cache(maxsize=100_000)  # a page asks again each time someone names another one
def _are_close(one: str, other: str) -> bool:
    return name_key(one) == name_key(other) or bool(closest(one, [other]))


def merged(setup: Setup, one: Collaboration, other: Collaboration) -> Setup:
    """Return a setup in which two collaborations are one, which the facilitator hasn't accepted yet."""
    return _with_card(setup, Card(answers=(*one.ids, *other.ids)))


def merged_by_name(setup: Setup, cards: Iterable[Collaboration]) -> Setup:
    """Return a setup in which collaborations of the same name are one, without those that are accepted already."""
    for one in of_one_name(card for card in cards if not card.is_accepted):
        if len(one.ids) > 1:
            setup = _with_card(setup, Card(answers=one.ids))
    return setup


def accepted(setup: Setup, one: Collaboration, collaborators: str) -> Setup:
    """Return a setup in which a collaboration goes to the workbook, with this cell about who is in it."""
    return _with_card(setup, Card(answers=one.ids, collaborators=collaborators, is_accepted=True))


def taken_back(setup: Setup, one: Collaboration) -> Setup:
    """Return a setup in which a collaboration doesn't go to the workbook. What was merged stays so."""
    return _with_card(setup, Card(answers=one.ids))


def collaboration_rows(session: LiveSession, answers: Answers) -> list[SessionRow]:
    """Return the rows of the Emergent activity tab: the collaborations that the facilitator accepted."""
    return [
        SessionRow(name=min(one.row for one in each.mentions), tab=EMERGENT.name, cells=_cells(each))
        for each in collaborations(session, answers)
        if each.is_accepted and each.collaborators
    ]


def _cells(one: Collaboration) -> Mapping[str, RawCell]:
    cells: dict[str, RawCell] = {
        "name": one.name,
        "purpose": one.purpose,
        "collaborators": one.collaborators,
        "heard_through": ActivityHeardThrough.CONVENING.value,
    }
    return {EMERGENT.columns[field].name: cell for field, cell in cells.items()}


def _mention(phone: str, question: str, answer: Answer) -> Mention | None:
    value = answer.value
    if not isinstance(value, Mapping) or not value.get("name"):
        return None
    name, purpose, people = (str(value.get(part) or "") for part in ("name", "purpose", "people"))
    content = json.dumps([phone, question, name, purpose, people])
    return Mention(
        id=hashlib.sha256(content.encode()).hexdigest()[:_ID_LENGTH],
        row=f"{phone} {question}",
        name=name,
        purpose=purpose,
        people=people,
        number=answer.number,
    )


def _with_card(setup: Setup, card: Card) -> Setup:
    return replace(setup, cards=(*_without(setup.cards, card.answers), card))


def _without(cards: Iterable[Card], answers: Iterable[str]) -> list[Card]:
    gone = set(answers)
    return [card for card in cards if not gone & set(card.answers)]
