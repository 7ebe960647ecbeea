"""The surveys of a workbook, one after the other: who answered, what they said, how it moved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from nethealth.experience.metrics.answer_sheet import build_answer_sheet
from nethealth.experience.metrics.groupings import survey_date
from nethealth.experience.metrics.intervals import difference_of
from nethealth.experience.metrics.outcomes import outcome_results
from nethealth.experience.metrics.questions import question_results
from nethealth.experience.metrics.results import (
    NoChange,
    OutcomeChange,
    OutcomeResults,
    QuestionChange,
    QuestionResults,
    WaveExperience,
)
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.records import SurveyResponse, Workbook
from nethealth.workbook.schema.vocabulary import WaveKind


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

    None where there is none before, where either share is held back or undefined, or where the two cannot be compared:
    another scale, or other questions (`why_no_change` says which).
    """
    pair = _last_two(outcome, waves)
    if pair is None or _why_not(*pair[1:]) is not None:
        return None
    since, before, now = pair
    if now.share is None or before.share is None:
        return None
    return OutcomeChange(since=since, difference=difference_of(now.share, before.share))


def why_no_change(outcome: str, waves: Sequence[WaveExperience]) -> NoChange | None:
    """Why nothing can be said of how `outcome` moved in the last of `waves`; None where something can."""
    pair = _last_two(outcome, waves)
    return NoChange.FIRST if pair is None else _why_not(*pair[1:])


def question_change(question: QuestionResults, waves: Sequence[WaveExperience]) -> QuestionChange | None:
    """How a question of the last of `waves` moved since the last wave before it in which somebody answered it.

    None where none did.
    """
    for wave in reversed(waves[:-1]):
        before = next((each for each in wave.questions if each.question == question.question and each.n), None)
        if before is None:
            continue
        if not _is_same_scale(before, question):
            return QuestionChange(since=wave.wave, before=None, difference=None, why_not=NoChange.OTHER_SCALE)
        is_held = isinstance(before.distribution, TooFew) or isinstance(question.distribution, TooFew)
        known = question.share is not None and before.share is not None
        return QuestionChange(
            since=wave.wave,
            before=before,
            difference=difference_of(question.share, before.share) if question.share and before.share else None,
            why_not=NoChange.HELD_BACK if is_held and not known else None,
        )
    return None


def _is_same_scale(one: QuestionResults, other: QuestionResults) -> bool:
    if one.scale is None or other.scale is None:
        return one.scale is other.scale and one.kind is other.kind
    return one.scale.points == other.scale.points


def _last_two(
    outcome: str, waves: Sequence[WaveExperience]
) -> tuple[str | None, OutcomeResults, OutcomeResults] | None:
    """The outcome in the wave before, with that wave's name, and in the last; None where either has no answers."""
    found = [(wave.wave, each) for wave in waves for each in wave.outcomes if each.outcome == outcome and each.answers]
    if len(found) < 2 or not waves or found[-1][0] != waves[-1].wave:
        return None
    (since, before), (_, now) = found[-2:]
    return since, before, now


def _why_not(before: OutcomeResults, now: OutcomeResults) -> NoChange | None:
    if set(now.questions) != set(before.questions):
        return NoChange.OTHER_QUESTIONS
    points = dict(zip(before.questions, before.scales, strict=True)), dict(zip(now.questions, now.scales, strict=True))
    if points[0] != points[1]:
        return NoChange.OTHER_SCALE
    is_held = isinstance(before.top_two, TooFew) or isinstance(now.top_two, TooFew)
    return NoChange.HELD_BACK if is_held else None


def _wave(workbook: Workbook, name: str | None, responses: Sequence[SurveyResponse]) -> WaveExperience:
    known = workbook.wave_named(name, kind=WaveKind.SURVEY)
    date = survey_date(workbook, name, responses)
    answered = len(responses) or (known.responded if known else None) or 0
    asked = (known.invited if known else None) or _members_at(workbook, date)
    if asked is not None and answered > asked and not (known and known.invited):
        # More than the members of that day answered, so others were asked, too; nobody knows how many.
        asked = None
    smallest = workbook.settings.smallest_group
    sheet = build_answer_sheet(workbook.questions, responses, wave=name)
    return WaveExperience(
        wave=name,
        date=date,
        responses=len(responses),
        answered=answered,
        asked=asked,
        response_rate=answered / asked if asked else None,
        outcomes=tuple(outcome_results(workbook.questions, sheet, smallest_group=smallest)),
        questions=tuple(question_results(question, sheet, smallest_group=smallest) for question in sheet.questions),
    )


def _members_at(workbook: Workbook, date: dt.date | None) -> int | None:
    """Members whose stay covers the date, and whoever has no dates; None where that cannot be told."""
    if date is None and any(person.spells for person in workbook.members):
        return None
    inside = [date is None or person.is_inside(date) is not False for person in workbook.members]
    return sum(inside) or None
