"""Summaries of a workbook's surveys, and the changes between them."""

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


def summarize_experience(workbook: Workbook) -> tuple[WaveExperience, ...]:
    """Return the workbook's surveys, oldest first and undated ones last.

    A survey is a wave that answers name, a wave of the kind Survey in the Waves tab (even without answers), or all
    answers that name no wave. Empty if there is no such survey.
    """
    by_wave: dict[str | None, list[SurveyResponse]] = {
        known.name: [] for known in workbook.waves if WaveKind.SURVEY in known.kinds
    }
    for response in workbook.responses:
        by_wave.setdefault(response.wave, []).append(response)
    surveys = [_survey(workbook, name, responses) for name, responses in by_wave.items()]
    return tuple(sorted(surveys, key=lambda summary: (summary.date is None, summary.date or dt.date.max)))


def up_to(waves: Sequence[WaveExperience], wave: str | None) -> tuple[WaveExperience, ...]:
    """Return the surveys up to and including the one named `wave`; all of them if none has that name."""
    last = next((index for index, each in enumerate(waves) if each.wave == wave), len(waves) - 1)
    return tuple(waves[: last + 1])


def change_of(outcome: str, waves: Sequence[WaveExperience]) -> OutcomeChange | None:
    """Return the change in `outcome` between the last of `waves` and the previous wave that asked about it.

    None if there is no previous wave, if either share is hidden or undefined, or if the two can't be compared
    (`why_no_change` gives the reason).
    """
    pair = _last_two(outcome, waves)
    if pair is None or _reason(*pair[1:]) is not None:
        return None
    since, before, now = pair
    if now.share is None or before.share is None:
        return None
    return OutcomeChange(since=since, difference=difference_of(now.share, before.share))


def why_no_change(outcome: str, waves: Sequence[WaveExperience]) -> NoChange | None:
    """Return why there is no change to report for `outcome` in the last of `waves`; None if there is one."""
    pair = _last_two(outcome, waves)
    return NoChange.FIRST if pair is None else _reason(*pair[1:])


def question_change(question: QuestionResults, waves: Sequence[WaveExperience]) -> QuestionChange | None:
    """Return the change in a question between the last of `waves` and the previous wave with answers to it, or None."""
    for wave in reversed(waves[:-1]):
        before = next((each for each in wave.questions if each.question == question.question and each.n), None)
        if before is None:
            continue
        if not _is_same_scale(before, question):
            return QuestionChange(since=wave.wave, before=None, difference=None, no_change=NoChange.OTHER_SCALE)
        is_hidden = isinstance(before.distribution, TooFew) or isinstance(question.distribution, TooFew)
        is_known = question.share is not None and before.share is not None
        return QuestionChange(
            since=wave.wave,
            before=before,
            difference=difference_of(question.share, before.share) if question.share and before.share else None,
            no_change=NoChange.HIDDEN if is_hidden and not is_known else None,
        )
    return None


def _is_same_scale(one: QuestionResults, other: QuestionResults) -> bool:
    if one.scale is None or other.scale is None:
        return one.scale is other.scale and one.kind is other.kind
    return one.scale.points == other.scale.points


def _last_two(
    outcome: str, waves: Sequence[WaveExperience]
) -> tuple[str | None, OutcomeResults, OutcomeResults] | None:
    """Return the previous wave's name, its results, and the last wave's results; None without answers in both."""
    found = [(wave.wave, each) for wave in waves for each in wave.outcomes if each.outcome == outcome and each.answers]
    if len(found) < 2 or not waves or found[-1][0] != waves[-1].wave:
        return None
    (since, before), (_, now) = found[-2:]
    return since, before, now


def _reason(before: OutcomeResults, now: OutcomeResults) -> NoChange | None:
    if set(now.questions) != set(before.questions):
        return NoChange.OTHER_QUESTIONS
    points = dict(zip(before.questions, before.scales, strict=True)), dict(zip(now.questions, now.scales, strict=True))
    if points[0] != points[1]:
        return NoChange.OTHER_SCALE
    is_hidden = isinstance(before.top_two, TooFew) or isinstance(now.top_two, TooFew)
    return NoChange.HIDDEN if is_hidden else None


def _survey(workbook: Workbook, name: str | None, responses: Sequence[SurveyResponse]) -> WaveExperience:
    known = workbook.wave_named(name, kind=WaveKind.SURVEY)
    date = survey_date(workbook, name, responses)
    respondents = len(responses) or (known.responded if known else None) or 0
    invited = (known.invited if known else None) or _members_at(workbook, date)
    if invited is not None and respondents > invited and not (known and known.invited):
        # More people answered than there were members, so the number invited is unknown.
        invited = None
    smallest = workbook.settings.smallest_group
    sheet = build_answer_sheet(workbook.questions, responses, wave=name)
    return WaveExperience(
        wave=name,
        date=date,
        responses=len(responses),
        respondents=respondents,
        invited=invited,
        response_rate=respondents / invited if invited else None,
        outcomes=tuple(outcome_results(workbook.questions, sheet, smallest_group=smallest)),
        questions=tuple(question_results(question, sheet, smallest_group=smallest) for question in sheet.questions),
    )


def _members_at(workbook: Workbook, date: dt.date | None) -> int | None:
    """Return the number of members on a date, including those without dates; None if unknown."""
    if date is None and any(person.spells for person in workbook.members):
        return None
    inside = [person.is_inside(date or workbook.today) is not False for person in workbook.members]
    return sum(inside) or None
