"""What members said and what became of it: promises kept, on their way, and overdue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from nethealth.experience.metrics.surveys import summarize_experience
from nethealth.workbook.cells.characters import folded
from nethealth.workbook.records import FeedbackAction, QuestionKind, Workbook


class PromiseStatus(StrEnum):
    """Where a promise stands."""

    OVERDUE = "Overdue"
    PROMISED = "Promised"
    HEARD = "Heard"
    DONE = "Done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """Something that members said, and what was done or will be."""

    heard: str
    did: str | None
    standing: PromiseStatus
    day: dt.date | None
    """Done: when, if the sheet says; promised or overdue: by when."""
    question: str | None
    """The survey question that it answers to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerLocation:
    """Where the answers to a question stand."""

    wave: str | None
    """The survey's."""
    question: str
    """Its whole header."""
    is_open: bool
    """Whether people wrote something, rather than chose."""


def answer_locations(workbook: Workbook, *, at_first: str | None) -> Mapping[str, AnswerLocation]:
    """Where the answers to each question stand, by its words as `folded`: in the survey `at_first`, else in the latest.

    Questions that nobody answered are left out; of open ones a viewer's workbook holds those of which it tells.
    """
    waves = [wave for wave in summarize_experience(workbook) if not wave.is_empty]
    open_ones = [question for question in workbook.questions if question.kind is QuestionKind.TEXT]
    found: dict[str, AnswerLocation] = {}
    for wave in sorted(waves, key=lambda each: each.wave == at_first):
        written = {text for response in workbook.responses if response.wave == wave.wave for text in response.answers}
        asked = [(each.question, each.words, False) for each in wave.questions if each.n]
        asked += [(each.text, each.label, True) for each in open_ones if each.text in written]
        asked += [(each.question, each.question, True) for each in workbook.answer_themes if each.wave == wave.wave]
        for text, words, is_open in asked:
            place = AnswerLocation(wave=wave.wave, question=text, is_open=is_open)
            found |= dict.fromkeys((folded(words), folded(text)), place)
    return found


def promises(workbook: Workbook, *, as_of: dt.date, for_staff: bool) -> tuple[Promise, ...]:
    """What was heard, in the order in which it wants attention: overdue, promised (soonest first), heard, done.

    That a promise is overdue is staff's to know: for others it is heard, without a day.
    """
    found = [_promise(action, as_of=as_of, for_staff=for_staff) for action in workbook.actions]
    places = {standing: place for place, standing in enumerate(PromiseStatus)}

    def order(promise: Promise) -> tuple[int, int]:
        day = promise.day.toordinal() if promise.day else dt.date.max.toordinal()
        return places[promise.standing], -day if promise.standing is PromiseStatus.DONE else day

    return tuple(sorted(found, key=order))


def _promise(action: FeedbackAction, *, as_of: dt.date, for_staff: bool) -> Promise:
    day = action.promised_by
    if action.done:
        standing = PromiseStatus.DONE
        day = action.done if isinstance(action.done, dt.date) else None
    elif day is None:
        standing = PromiseStatus.HEARD
    elif day >= as_of:
        standing = PromiseStatus.PROMISED
    elif for_staff:
        standing = PromiseStatus.OVERDUE
    else:
        standing, day = PromiseStatus.HEARD, None
    return Promise(
        heard=action.what_we_heard, did=action.what_we_did, standing=standing, day=day, question=action.question
    )
