"""What phones are asked, and which answers we take. We refuse the rest, or let the facilitator check it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from nethealth.errors import InvalidAnswer
from nethealth.live.rude_words import has_rude_word
from nethealth.live.session import Answer, Answers, LiveSession, Phone, SessionKind, Setup
from nethealth.workbook.cells.text import read_free_text, read_text
from nethealth.workbook.schema.vocabulary import CHARACTERISTICS, PAIRS

NOW, HOPED = "now.", "hoped."
"""Mindset: each followed by a pair's column. `now.` stands for the session's own moment."""
TOP, WORDS, ROLE, ME = "top", "words", "role", "me"
STATEMENT, TIE, COLLABORATION = "statement.", "tie.", "collaboration."
STEPS: Final = 5
"""Steps between the two statements of a pair, and from “Strongly disagree” to “Strongly agree”."""
MOST_AT_THE_TOP: Final = 3
MOST_COLLABORATIONS: Final = 3
STRONGEST: Final = 3
"""Ties: 0 takes one back, 1 is “we've met”, 2 “we talk now and then”, 3 “we work together”."""
LONGEST_WORDS: Final = 500
LONGEST_NAME: Final = 120
LONGEST_PEOPLE: Final = 300
COLLABORATION_PARTS: Final[Mapping[str, int]] = {
    "name": LONGEST_NAME,
    "purpose": LONGEST_WORDS,
    "people": LONGEST_PEOPLE,
}
"""The parts of a collaboration, each with the most characters that it may have. Only the name must be there."""

Checked = tuple[object, bool]
"""An answer as it's stored, and whether the facilitator has to look at it first."""


def check_answer(session: LiveSession, question: str, value: object) -> Checked:
    """Return an answer as it's stored, and True if it's left for the facilitator to check. None takes an answer back.

    Raises InvalidAnswer if the session doesn't ask this, or can't take this answer.
    """
    check = _check_of(session, question)
    return (None, False) if value is None else check(value)


def counted(phones: Iterable[Phone], answers: Iterable[Answer]) -> Answers:
    """Return the answers that count, by phone and question: without phones and answers that are pending."""
    found: dict[str, dict[str, Answer]] = {phone.id: {} for phone in phones if not phone.is_pending}
    for answer in answers:
        if not answer.is_pending and answer.phone in found:
            found[answer.phone][answer.question] = answer
    return {phone: own for phone, own in found.items() if own}


def question_names(session: LiveSession) -> list[str]:
    """Return the questions of a session, in the order in which phones ask them."""
    setup = session.setup
    roles = [ROLE] if setup.roles else []
    if session.kind is SessionKind.MINDSET:
        hoped = [HOPED + pair.column for pair in PAIRS] if setup.asks_hoped_for else []
        return [*(NOW + pair.column for pair in PAIRS), *hoped, TOP, WORDS, *roles]
    if session.kind is SessionKind.PULSE:
        return [*(f"{STATEMENT}{number}" for number, _ in enumerate(setup.statements, 1)), *roles]
    if session.kind is SessionKind.CONNECTIONS:
        return [ME, *(TIE + person.key for person in setup.people)]
    return [f"{COLLABORATION}{number}" for number in range(1, MOST_COLLABORATIONS + 1)]


def _check_of(session: LiveSession, question: str) -> Callable[[object], Checked]:
    """Return what checks answers to a question of this session."""
    if question not in question_names(session):
        raise InvalidAnswer
    setup = session.setup
    if question.startswith((NOW, HOPED, STATEMENT)):
        return lambda value: (_number(value, 1, STEPS), False)
    if question.startswith(TIE):
        return lambda value: (_number(value, 0, STRONGEST), False)
    if question.startswith(COLLABORATION):
        return _collaboration
    checks: Mapping[str, Callable[[object], Checked]] = {
        TOP: _top,
        WORDS: _words,
        ROLE: lambda value: (_one_of(value, setup.roles), False),
        ME: lambda value: _me(value, setup),
    }
    return checks[question]


def _number(value: object, lowest: int, highest: int) -> int:
    if type(value) is not int or not lowest <= value <= highest:  # True is no number here
        raise InvalidAnswer
    return value


def _one_of(value: object, known: Iterable[str]) -> str:
    if not isinstance(value, str) or value not in known:
        raise InvalidAnswer
    return value


def _text(value: object, longest: int, *, has_lines: bool = False) -> str:
    """Return text without hidden characters; empty if nothing is left."""
    if not isinstance(value, str) or len(value) > longest:
        raise InvalidAnswer
    return (read_free_text if has_lines else read_text)(value).value or ""


def _top(value: object) -> Checked:
    if not isinstance(value, list) or len(value) > MOST_AT_THE_TOP:
        raise InvalidAnswer
    chosen = [_one_of(each, CHARACTERISTICS) for each in value]
    if len(set(chosen)) < len(chosen):
        raise InvalidAnswer
    return chosen or None, False


def _words(value: object) -> Checked:
    words = _text(value, LONGEST_WORDS, has_lines=True)
    return words or None, has_rude_word(words)


def _me(value: object, setup: Setup) -> Checked:
    if not isinstance(value, Mapping) or len(value) != 1:
        raise InvalidAnswer
    if "new" in value:
        name = _text(value["new"], LONGEST_NAME)
        if not any(letter.isalpha() for letter in name):
            raise InvalidAnswer
        return {"new": name}, True
    return {"person": _one_of(value.get("person"), {person.key for person in setup.people})}, False


def _collaboration(value: object) -> Checked:
    if not isinstance(value, Mapping) or not value.keys() <= COLLABORATION_PARTS.keys():
        raise InvalidAnswer
    parts = {
        part: _text(value.get(part, ""), longest, has_lines=part != "name")
        for part, longest in COLLABORATION_PARTS.items()
    }
    if not parts["name"]:
        raise InvalidAnswer
    return parts, any(map(has_rude_word, parts.values()))
