"""Participant experience at a glance: who answered, the six outcomes, and how each moved, in words and figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from nethealth.experience import (
    Difference,
    NoChange,
    OutcomeResults,
    QuestionChange,
    QuestionResults,
    Recommendation,
    WaveExperience,
    change_of,
    why_no_change,
)
from nethealth.metric import Unit
from nethealth.presentation.formatting import format_value, pluralize, single_line
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.schema.vocabulary import OUTCOMES, Level, Scale

Card: TypeAlias = tuple[str, str, str | None]
"""A label, a figure as it is written, and a note."""


def response_cards(wave: WaveExperience) -> list[Card]:
    """Who answered, as cards."""
    asked = f"of {wave.asked:,} who were asked" if wave.asked else "nobody knows how many were asked"
    return [
        ("Answered", format_value(wave.answered, Unit.COUNT), "people in this survey"),
        ("Response rate", format_value(wave.response_rate, Unit.SHARE), asked),
    ]


def unassigned_answers_text(waves: Sequence[WaveExperience]) -> str | None:
    """How many answers belong to none of the surveys that can be chosen, and what would place them; None where all do.

    Answers of which none names a survey are one survey themselves.
    """
    nameless = sum(wave.responses for wave in waves if wave.wave is None)
    if not nameless or len(waves) < 2:
        return None
    they = "names no survey and is" if nameless == 1 else "name no survey and are"
    return f"{pluralize(nameless, 'answer')} {they} in none of these: fill in Wave, or give the surveys dates in Waves."


def no_answers_text(wave: WaveExperience) -> str:
    """Why a survey shows no more, in a sentence."""
    if wave.answered:
        return "The sheet says how many answered this survey, and holds none of their answers."
    return "Nobody has answered this survey yet."


def outcome_cards(waves: Sequence[WaveExperience], *, level: Level) -> list[Card]:
    """The three outcomes of a level as cards, for the last of `waves`.

    The figure is the share of answers in the two highest; the note says how it moved since the wave before, the average
    and how many answers stand behind it, or why there is no figure.
    """
    found = {each.outcome: each for each in waves[-1].outcomes} if waves else {}
    return [_card(name, found.get(name), waves) for name in OUTCOMES[level]]


def level_heading(wave: WaveExperience, *, level: Level, whom: str) -> str:
    """How many agree on what a level is to gain, as a sentence: from the lowest of its outcomes to the highest.

    `whom` alone where no outcome has a figure, or where their scales are not all of agreement.
    """
    found = [each for each in wave.outcomes if each.outcome in OUTCOMES[level] and isinstance(each.top_two, float)]
    shares = sorted(each.top_two for each in found if isinstance(each.top_two, float))
    if not shares or any(not is_of_agreement(each.scale) for each in found):
        return whom
    low, high = (format_value(share, Unit.SHARE) for share in (shares[0], shares[-1]))
    return f"{whom}: {low} agree" if low == high else f"{whom}: {low} to {high} agree"


def _card(name: str, outcome: OutcomeResults | None, waves: Sequence[WaveExperience]) -> Card:
    if outcome is None:
        return name, format_value(None), "No question belongs to it yet"
    if not outcome.answers:
        return name, format_value(None), "Nobody answered its questions"
    if isinstance(outcome.top_two, TooFew):
        return name, str(outcome.top_two), "people answered: held back"
    share = format_value(outcome.top_two, Unit.SHARE)
    notes = [
        share_phrase(outcome.scale),
        *_change_notes(outcome, waves),
        *_average_notes(outcome),
        _answer_count(outcome),
    ]
    return name, share, " · ".join(notes)


def _answer_count(outcome: OutcomeResults) -> str:
    """How many answers stand behind a figure: of several questions, whose answers are counted together, it says so."""
    asked = f" to {pluralize(len(outcome.questions), 'question')}" if len(outcome.questions) > 1 else ""
    return f"{pluralize(outcome.answers, 'answer')}{asked}"


def is_of_agreement(scale: Scale | None) -> bool:
    """Whether people agree or not; on other scales their answers are higher or lower."""
    return scale is not None and scale.points[-1][1] == "Strongly agree"


def share_phrase(scale: Scale | None, *, reverse: bool = False) -> str:
    """What those say of whom a share is: they agree, or whatever the two highest answers mean on another scale.

    Of a question worded in reverse the share is of those who disagree, in its two lowest.
    """
    if is_of_agreement(scale):
        return "disagree" if reverse else "agree"
    return f"in the two {'lowest' if reverse else 'highest'} answers"


def _average_notes(outcome: OutcomeResults) -> Iterator[str]:
    if isinstance(outcome.mean, float) and outcome.scale is not None:
        yield f"average {outcome.mean:.1f} of {outcome.scale.highest:g}"
    elif isinstance(outcome.mean, TooFew):
        yield "average held back"


def _change_notes(outcome: OutcomeResults, waves: Sequence[WaveExperience]) -> Iterator[str]:
    """How it moved, with the bounds of that; where there is no such thing the bounds of the share itself."""
    change = change_of(outcome.outcome, waves)
    if change is not None:
        yield change_text(change.difference, since=change.since)
        return
    if outcome.share is not None:
        yield f"likely {format_value(outcome.share.low, Unit.SHARE)} to {format_value(outcome.share.high, Unit.SHARE)}"
    if (why := why_no_change(outcome.outcome, waves)) is not None and why is not NoChange.FIRST:
        yield f"not comparable with before: {why.value}"


def change_text(difference: Difference, *, since: str | None) -> str:
    """How a share moved, with its interval in points: "up 9 points since Fall 2025 (+2 to +16)"."""
    before = f"since {single_line(since, longest=30)}" if since else "since the survey before"
    points = round(difference.value * 100)
    if not difference.is_clear:
        moved = points_text(difference.value) if points else "no different"
        return f"{moved} {before}, but too early to tell ({interval_text(difference)})"
    way = "up" if difference.value > 0 else "down"
    # A clear move that rounds to nothing is still one.
    return f"{way} {pluralize(abs(points), 'point') if points else 'a little'} {before} ({interval_text(difference)})"


def question_change_text(question: QuestionResults, change: QuestionChange | None) -> str | None:
    """How a question moved, as a sentence; None where it was not asked before, or its answers are no shares.

    Of a question worded in reverse the share is of those who disagree with it, and the sentence says so.
    """
    if change is None:
        return None
    if change.difference is not None:
        words = change_text(change.difference, since=change.since)
        return f"{share_label(question)}: {words}" if question.reverse else words[0].upper() + words[1:]
    if change.why_not is NoChange.OTHER_SCALE:
        before = single_line(change.since, longest=30) if change.since else "the survey before"
        return f"Not compared with {before}: it was asked on another scale"
    return "Not compared with before: too few answered" if change.why_not is NoChange.HELD_BACK else None


def share_label(question: QuestionResults) -> str:
    """Of whom a question's share is: "Who disagree", "In the two highest answers"."""
    said = share_phrase(question.scale, reverse=question.reverse)
    return f"Who {said}" if is_of_agreement(question.scale) else said.capitalize()


def interval_text(difference: Difference) -> str:
    """An interval in points: "−2 to +16". One that leaves out nought says so, however close it comes."""
    low, high = round(difference.low * 100), round(difference.high * 100)
    lowest = "just above 0" if difference.low > 0 and not low else signed_points(low)
    highest = "just below 0" if difference.high < 0 and not high else signed_points(high)
    return f"{lowest} to {highest}"


def signed_points(points: int) -> str:
    """A number of points with its sign, as in print: "+9", "−2", "0"."""
    return f"{points:+d}".replace("-", "\u2212") if points else "0"


def points_text(difference: float) -> str:
    """A difference of shares in points: "+9 points", "−1 point"."""
    points = round(difference * 100)
    return f"{signed_points(points)} {'point' if abs(points) == 1 else 'points'}"


def recommendation_cards(question: QuestionResults) -> list[Card]:
    """A question from 0 to 10 as cards: promoters, detractors, and how far apart they are; empty for any other."""
    told = question.recommendation
    if told is None:
        return []
    return [
        ("Promoters", format_value(told.promoters / told.n, Unit.SHARE), "answered 9 or 10"),
        ("Detractors", format_value(told.detractors / told.n, Unit.SHARE), "answered 0 to 6"),
        ("Promoters less detractors", signed_points(round(told.score.value * 100)), _margin_text(told)),
    ]


def _margin_text(told: Recommendation) -> str:
    return f"with {pluralize(told.n, 'answer')}, the true figure may lie anywhere from {interval_text(told.score)}"
