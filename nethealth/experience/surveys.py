"""The surveys of a workbook, one after the other: who answered, what they said, how it moved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from nethealth.experience.outcomes import outcome_figures
from nethealth.experience.questions import question_figures
from nethealth.experience.results import HeldFigure, OpenAnswers, OutcomeChange, WaveExperience
from nethealth.workbook.records import QuestionKind, SurveyResponse, Workbook
from nethealth.workbook.vocabulary import WaveKind


def summarize_experience(workbook: Workbook, *, wave: str | None = None) -> tuple[WaveExperience, ...]:
    """Each survey of the workbook, oldest first, those without a date last; with `wave`, that one alone.

    Surveys are the waves that answers name, the waves of the kind Survey in Waves (also when nobody answered), and one
    without a name for answers that name no wave. Empty where there is no survey, or none named `wave`.
    """
    answered: dict[str | None, list[SurveyResponse]] = {
        known.name: [] for known in workbook.waves if WaveKind.SURVEY in known.kinds
    }
    for response in workbook.responses:
        answered.setdefault(response.wave, []).append(response)
    found = [_wave(workbook, name, responses) for name, responses in answered.items() if wave in (None, name)]
    return tuple(sorted(found, key=lambda summary: (summary.date is None, summary.date or dt.date.max)))


def up_to(waves: Sequence[WaveExperience], wave: str | None) -> tuple[WaveExperience, ...]:
    """The surveys up to the one named `wave`, so that it is the last; all of them where none has that name."""
    place = next((place for place, each in enumerate(waves) if each.wave == wave), len(waves) - 1)
    return tuple(waves[: place + 1])


def change_of(outcome: str, waves: Sequence[WaveExperience]) -> OutcomeChange | None:
    """How `outcome` moved in the last of `waves` since the wave before it in which the outcome was answered.

    None where there is none before, where either is held back, or where the two cannot be compared: another scale, or
    other questions.
    """
    found = [(wave.wave, each) for wave in waves for each in wave.outcomes if each.outcome == outcome and each.answers]
    if len(found) < 2 or not waves or found[-1][0] != waves[-1].wave:
        return None
    (since, before), (_, now) = found[-2:]
    if now.scale is None or before.scale is None or now.scale.points != before.scale.points:
        return None
    if set(now.questions) != set(before.questions):
        return None
    moved = OutcomeChange(
        since=since, top_two=_difference(now.top_two, before.top_two), mean=_difference(now.mean, before.mean)
    )
    return moved if moved.mean is not None else None


def open_answers(workbook: Workbook, *, wave: str | None = None) -> tuple[OpenAnswers, ...]:
    """What people wrote, by open question, in the sheet's order; with `wave`, in that one alone. Staff only.

    Questions that nobody answered are left out; a viewer's workbook holds none.
    """
    chosen = [response for response in workbook.responses if wave is None or response.wave == wave]
    found = []
    for text in dict.fromkeys(question.text for question in workbook.questions if question.kind is QuestionKind.TEXT):
        said = [str(response.answers[text]) for response in chosen if response.answers.get(text)]
        if said:
            found.append(OpenAnswers(question=text, answers=tuple(sorted(said, key=str.casefold))))
    return tuple(found)


def _wave(workbook: Workbook, name: str | None, responses: Sequence[SurveyResponse]) -> WaveExperience:
    known = workbook.wave_named(name, kind=WaveKind.SURVEY)
    latest = max((response.date for response in responses if response.date), default=None)
    date = known.date if known and known.date else latest
    answered = len(responses) or (known.responded if known else None) or 0
    asked = (known.invited if known else None) or _members_at(workbook, date)
    if asked is not None and answered > asked and not (known and known.invited):
        # More than the members of that day answered, so others were asked, too; nobody knows how many.
        asked = None
    smallest = workbook.settings.smallest_group
    closed = {question.text: question for question in reversed(workbook.questions)}
    texts = dict.fromkeys(question.text for question in workbook.questions)
    return WaveExperience(
        wave=name,
        date=date,
        responses=len(responses),
        asked=asked,
        response_rate=answered / asked if asked else None,
        outcomes=tuple(outcome_figures(workbook.questions, responses, smallest_group=smallest)),
        questions=tuple(
            question_figures(closed[text], responses, smallest_group=smallest)
            for text in texts
            if closed[text].kind is not QuestionKind.TEXT
        ),
    )


def _members_at(workbook: Workbook, date: dt.date | None) -> int | None:
    """Members whose stay covers the date, and whoever has no dates; None where that cannot be told."""
    if date is None and any(person.spells for person in workbook.members):
        return None
    inside = [date is None or person.is_inside(date) is not False for person in workbook.members]
    return sum(inside) or None


def _difference(now: HeldFigure, before: HeldFigure) -> float | None:
    if isinstance(now, int | float) and isinstance(before, int | float):
        return now - before
    return None
