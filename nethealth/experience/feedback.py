"""What members said and what was done about it: promises done, still due, and overdue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from nethealth.experience.metrics.surveys import summarize_experience
from nethealth.workbook.cells.characters import folded
from nethealth.workbook.records import FeedbackAction, QuestionKind, Workbook


class PromiseStatus(StrEnum):
    """The status of a promise, in the order that needs attention."""

    OVERDUE = "Overdue"
    PROMISED = "Promised"
    HEARD = "Heard"
    DONE = "Done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """Something members said, and the response to it."""

    feedback: str
    response: str | None
    status: PromiseStatus
    day: dt.date | None
    """If done: when, if known. If promised or overdue: the due date."""
    question: str | None
    """The survey question it responds to."""
    row_id: str | None = None
    """Its row, for a later change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerLocation:
    """The place on the page that shows the answers to a question."""

    wave: str | None
    """The survey's wave."""
    question: str
    """The question's full header."""
    is_open: bool
    """True for an open question."""


def answer_locations(workbook: Workbook, *, preferred_wave: str | None) -> Mapping[str, AnswerLocation]:
    """Return where the answers to each question are, by its wording as `folded`: in `preferred_wave`, else the latest.

    Questions without answers are left out. A viewer's workbook has only the open questions with words to show.
    """
    waves = [wave for wave in summarize_experience(workbook) if not wave.is_empty]
    open_questions = [question for question in workbook.questions if question.kind is QuestionKind.TEXT]
    locations: dict[str, AnswerLocation] = {}
    for wave in sorted(waves, key=lambda each: each.wave == preferred_wave):
        answered = {text for response in workbook.responses if response.wave == wave.wave for text in response.answers}
        questions = [(each.question, each.label, False) for each in wave.questions if each.n]
        questions += [(each.text, each.label, True) for each in open_questions if each.text in answered]
        questions += [(each.question, each.question, True) for each in workbook.answer_themes if each.wave == wave.wave]
        for text, wording, is_open in questions:
            location = AnswerLocation(wave=wave.wave, question=text, is_open=is_open)
            locations |= dict.fromkeys((folded(wording), folded(text)), location)
    return locations


def promises(workbook: Workbook, *, as_of: dt.date, for_staff: bool) -> tuple[Promise, ...]:
    """Return the feedback on the Actions tab in the order that needs attention: overdue, promised, heard, done.

    Only staff see that a promise is overdue. For others its status is "heard", without a date.
    """
    statuses = list(PromiseStatus)

    def order(promise: Promise) -> tuple[int, int]:
        day = promise.day.toordinal() if promise.day else dt.date.max.toordinal()
        return statuses.index(promise.status), -day if promise.status is PromiseStatus.DONE else day

    return tuple(sorted((_promise(each, as_of=as_of, for_staff=for_staff) for each in workbook.actions), key=order))


def _promise(action: FeedbackAction, *, as_of: dt.date, for_staff: bool) -> Promise:
    day = action.promised_by
    if action.done:
        status = PromiseStatus.DONE
        day = action.done if isinstance(action.done, dt.date) else None
    elif day is None:
        status = PromiseStatus.HEARD
    elif day >= as_of:
        status = PromiseStatus.PROMISED
    elif for_staff:
        status = PromiseStatus.OVERDUE
    else:
        status, day = PromiseStatus.HEARD, None
    return Promise(
        feedback=action.what_we_heard,
        response=action.what_we_did,
        status=status,
        day=day,
        question=action.question,
        row_id=action.row_id if for_staff else None,
    )
