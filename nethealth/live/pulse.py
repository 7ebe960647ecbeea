"""Pulse sessions: how far the room agrees with up to three statements, and the rows of the Pulse tab."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nethealth.live.codes import phone_code
from nethealth.live.questions import STATEMENT
from nethealth.live.recording import SessionRow, shuffled
from nethealth.live.session import Answers, LiveSession
from nethealth.privacy.suppression import TooFew, is_too_small
from nethealth.workbook.cells.names import name_key
from nethealth.workbook.pulse import PulseAnswer
from nethealth.workbook.raw import RawCell
from nethealth.workbook.schema.tabs import PULSE
from nethealth.workbook.schema.vocabulary import AGREEMENT, Moment

STEPS = tuple(int(value) for value, _ in AGREEMENT.points)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementAnswers:
    """How far one session agreed with one statement."""

    statement: str
    session: str | None
    moment: Moment | None
    counts: tuple[int, ...] | TooFew
    """People by answer, from strongly disagree to strongly agree."""

    @property
    def title(self) -> str:
        """The session and moment, if known: `Fall retreat · Before`."""
        return " · ".join(filter(None, (self.session or "", self.moment.value if self.moment else ""))) or "Pulse"


def pulse_answers(session: LiveSession, counted: Answers) -> tuple[PulseAnswer, ...]:
    """Return what the room answered, statement by statement."""
    return tuple(
        PulseAnswer(session=session.name, moment=session.moment, statement=statement, answer=value, date=session.day)
        for question, statement in _statements(session)
        for answers in counted.values()
        if question in answers and (value := answers[question].value) in STEPS and isinstance(value, int)
    )


def summarize_pulse(answers: Iterable[PulseAnswer], *, smallest_group: int) -> tuple[StatementAnswers, ...]:
    """Return each statement's answers in each session and moment: the latest session first.

    Fewer than `smallest_group` answers are hidden.
    """
    grouped: dict[tuple[str, Moment | None, str], list[PulseAnswer]] = {}
    for each in answers:
        grouped.setdefault((name_key(each.session or ""), each.moment, name_key(each.statement)), []).append(each)
    found = []
    for group in grouped.values():
        counts = tuple(sum(each.answer == step for each in group) for step in STEPS)
        shown = TooFew(smallest_group) if is_too_small(len(group), smallest_group=smallest_group) else counts
        first = group[0]
        days = [each.date for each in group if each.date]
        summary = StatementAnswers(statement=first.statement, session=first.session, moment=first.moment, counts=shown)
        found.append((max(days).toordinal() if days else 0, summary))
    return tuple(summary for _, summary in sorted(found, key=lambda item: -item[0]))


def earlier_answers(now: StatementAnswers, others: Sequence[StatementAnswers]) -> StatementAnswers | None:
    """Return the answers to the same statement to compare with: the same session at another moment, else the latest
    other session's. `others` have the latest first. None if there are none, or too few."""
    same = [
        each
        for each in others
        if name_key(each.statement) == name_key(now.statement)
        and not isinstance(each.counts, TooFew)
        and (name_key(each.session or ""), each.moment) != (name_key(now.session or ""), now.moment)
    ]
    own = [each for each in same if name_key(each.session or "") == name_key(now.session or "")]
    return next(iter([*own, *same]), None)


def pulse_rows(session: LiveSession, counted: Answers) -> list[SessionRow]:
    """Return the rows of the Pulse tab, one per phone and statement. A statement with too few answers has none."""
    rows: list[SessionRow] = []
    for question, statement in _statements(session):
        answered = {phone: answers[question].value for phone, answers in counted.items() if question in answers}
        if is_too_small(len(answered), smallest_group=session.setup.smallest_group):
            continue
        own = []
        for phone, value in answered.items():
            if isinstance(value, int) and value in STEPS:
                cells: dict[str, RawCell] = {
                    "Date": session.day,
                    "Session": session.name,
                    "Moment": session.moment.value,
                    "Respondent": phone_code(phone, session=session.id),
                    "Statement": statement,
                    "Answer": value,
                }
                own.append(SessionRow(name=f"{question} {phone}", tab=PULSE.name, cells=cells))
        rows += shuffled(session, own)
    return rows


def _statements(session: LiveSession) -> list[tuple[str, str]]:
    return [(f"{STATEMENT}{number}", text) for number, text in enumerate(session.setup.statements, 1)]
