"""Mindset sessions: the room's answers as reflections, and as rows of the Mindset tab."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from nethealth.live.codes import phone_code
from nethealth.live.questions import HOPED, NOW, ROLE, TOP, WORDS
from nethealth.live.recording import SessionRow, shuffled
from nethealth.live.session import Answer, Answers, LiveSession
from nethealth.privacy.suppression import is_too_small
from nethealth.workbook.raw import RawCell
from nethealth.workbook.records import MindsetReflection
from nethealth.workbook.schema.tabs import MINDSET
from nethealth.workbook.schema.vocabulary import CHARACTERISTICS, PAIRS, Moment


def moments(session: LiveSession) -> dict[str, Moment]:
    """Return the moments that a session asks about, by how their questions begin."""
    asked = {NOW: session.moment}
    if session.setup.asks_hoped_for and session.moment is not Moment.HOPED_FOR:
        asked[HOPED] = Moment.HOPED_FOR
    return asked


def reflections(session: LiveSession, counted: Answers) -> tuple[MindsetReflection, ...]:
    """Return what the room answered, one reflection per phone and moment, without anyone's name or words."""
    return tuple(
        MindsetReflection(
            session=session.name,
            moment=moment,
            positions=_positions(answers, part),
            rose_to_the_top=_top(answers) if part == NOW else (),
            date=session.day,
        )
        for part, moment in moments(session).items()
        for answers in counted.values()
        if _says_anything(answers, part)
    )


def by_role(session: LiveSession, counted: Answers) -> dict[str | None, tuple[MindsetReflection, ...]]:
    """Return the reflections on the session's own moment by role, in the setup's order, then those without a role.

    They aren't suppressed yet: `nethealth.mindset.roles` does that.
    """
    phones: dict[str | None, dict[str, Mapping[str, Answer]]] = {role: {} for role in (*session.setup.roles, None)}
    for phone, answers in counted.items():
        role = answers[ROLE].value if ROLE in answers else None
        phones[role if isinstance(role, str) and role in session.setup.roles else None][phone] = answers
    return {
        role: tuple(each for each in reflections(session, own) if each.moment is session.moment)
        for role, own in phones.items()
    }


def words(counted: Answers) -> dict[str, str]:
    """Return what people wrote, by phone, in an order that says nothing about who they are."""
    written = {phone: str(answers[WORDS].value).strip() for phone, answers in counted.items() if WORDS in answers}
    return {phone: written[phone] for phone in sorted(written) if written[phone]}


def mindset_rows(session: LiveSession, counted: Answers) -> list[SessionRow]:
    """Return the rows of the Mindset tab, without roles. A moment that too few people answered has none."""
    rows: list[SessionRow] = []
    for part, moment in moments(session).items():
        who = [phone for phone, answers in counted.items() if _says_anything(answers, part)]
        if not is_too_small(len(who), smallest_group=session.setup.smallest_group):
            for phone in who:
                cells = dict(_cells(session, phone, counted[phone], part, moment))
                rows.append(SessionRow(name=part + phone, tab=MINDSET.name, cells=cells))
    return shuffled(session, rows)


def _cells(
    session: LiveSession, phone: str, answers: Mapping[str, Answer], part: str, moment: Moment
) -> Iterator[tuple[str, RawCell]]:
    yield "Timestamp", session.day
    yield "Session", session.name
    yield "Moment", moment.value
    yield "Respondent", phone_code(phone, session=session.id)
    for pair, position in zip(PAIRS, _positions(answers, part), strict=True):
        yield pair.column, position
    if part == NOW:
        yield "Rose to the top", "; ".join(_top(answers))
        yield "Reflection", str(answers[WORDS].value).strip() if WORDS in answers else ""


def _says_anything(answers: Mapping[str, Answer], part: str) -> bool:
    return any(_positions(answers, part)) or (part == NOW and bool(_top(answers) or WORDS in answers))


def _positions(answers: Mapping[str, Answer], part: str) -> tuple[int | None, ...]:
    values = (answers[key].value if (key := part + pair.column) in answers else None for pair in PAIRS)
    return tuple(value if isinstance(value, int) else None for value in values)


def _top(answers: Mapping[str, Answer]) -> tuple[str, ...]:
    named = answers[TOP].value if TOP in answers else ()
    return tuple(one for one in CHARACTERISTICS if isinstance(named, list | tuple) and one in named)
