"""Metric cards of participant experience: who answered, the six outcomes, and a recommendation."""

from __future__ import annotations

from collections.abc import Sequence

from nethealth.experience import (
    OutcomeResults,
    QuestionResults,
    WaveExperience,
    change_of,
    why_no_change,
)
from nethealth.experience.text import (
    change_text,
    interval_text,
    is_agreement_scale,
    no_change_text,
    share_interval_text,
    share_phrase,
    shared_since,
    signed_points,
)
from nethealth.metric import Unit
from nethealth.presentation.formatting import format_value, pluralize
from nethealth.presentation.metric_card import Card
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.schema.vocabulary import OUTCOMES, Level


def response_cards(wave: WaveExperience) -> list[Card]:
    """Return the number of respondents and the response rate."""
    note = f"of {wave.invited:,} people" if wave.invited else "we don’t know how many people were asked"
    return [
        Card("Responses", format_value(wave.respondents, Unit.COUNT), None),
        Card("Response rate", format_value(wave.response_rate, Unit.SHARE), note),
    ]


def unassigned_answers_text(waves: Sequence[WaveExperience]) -> str | None:
    """Return how many answers name no survey while others do, and the fix; None if there are none."""
    unassigned = sum(wave.responses for wave in waves if wave.wave is None)
    if not unassigned or len(waves) < 2:
        return None
    name, are = ("names", "isn’t") if unassigned == 1 else ("name", "aren’t")
    return (
        f"{pluralize(unassigned, 'answer')} {name} no survey and {are} shown. "
        "Fill in the Wave column, or add dates on the Waves tab."
    )


def no_answers_text(wave: WaveExperience) -> str:
    """Return why a survey has nothing to show."""
    if wave.respondents:
        return f"The Waves tab says {wave.respondents:,} people answered, but the workbook has none of their answers."
    return "No one has answered this survey yet."


def outcome_cards(waves: Sequence[WaveExperience], *, level: Level) -> list[Card]:
    """Return the outcomes of a level in the last of `waves`: the share of top-two answers and how it changed.

    The cards leave out what `level_heading` and `changes_since` say for all of them.
    """
    results = {each.outcome: each for each in waves[-1].outcomes} if waves else {}
    with_phrase = bool(waves) and not _agreement_shares(waves[-1], level)
    with_since = changes_since(waves) is None
    return [
        _outcome_card(name, results.get(name), waves, with_phrase=with_phrase, with_since=with_since)
        for name in OUTCOMES[level]
    ]


def changes_since(waves: Sequence[WaveExperience]) -> str | None:
    """Return the survey that all outcomes of the last of `waves` are compared with; None if none or several."""
    return shared_since(change_of(each.outcome, waves) for each in waves[-1].outcomes) if waves else None


def level_heading(wave: WaveExperience, *, level: Level, title: str) -> str:
    """Return a level's heading with the range of its outcomes: "For participants: 57–68% agree".

    `title` alone if no outcome has a share, or if not all of them are on an agreement scale.
    """
    shares = _agreement_shares(wave, level)
    if not shares:
        return title
    low, high = (format_value(share, Unit.SHARE) for share in (shares[0], shares[-1]))
    return f"{title}: {low} agree" if low == high else f"{title}: {low.removesuffix('%')}–{high} agree"


def _agreement_shares(wave: WaveExperience, level: Level) -> list[float]:
    """Return the shares of a level's outcomes, lowest first; empty if not all of them are on an agreement scale."""
    visible = [each for each in wave.outcomes if each.outcome in OUTCOMES[level] and isinstance(each.top_two, float)]
    if any(not is_agreement_scale(each.scale) for each in visible):
        return []
    return sorted(each.top_two for each in visible if isinstance(each.top_two, float))


def _outcome_card(
    name: str,
    outcome: OutcomeResults | None,
    waves: Sequence[WaveExperience],
    *,
    with_phrase: bool,
    with_since: bool,
) -> Card:
    if outcome is None:
        return Card(name, format_value(None), "No questions yet")
    if not outcome.answers:
        return Card(name, format_value(None), "No answers yet")
    if isinstance(outcome.top_two, TooFew):
        return Card(name, str(outcome.top_two), "people answered (hidden)")
    phrase = share_phrase(outcome.scale) if with_phrase else None
    change = change_of(name, waves)
    if change is not None:
        since = change.since if with_since else None
        parts = [phrase, change_text(change.difference, since=since, with_interval=False)]
    else:
        interval = f"95% confidence interval {share_interval_text(outcome.share)}" if outcome.share else None
        parts = [phrase, interval, no_change_text(why_no_change(name, waves))]
    return Card(name, format_value(outcome.top_two, Unit.SHARE), " · ".join(filter(None, parts)))


def recommendation_cards(question: QuestionResults) -> list[Card]:
    """Return promoters, detractors, and their difference for a 0-10 question; empty for any other."""
    recommendation = question.recommendation
    if recommendation is None:
        return []
    n, score = recommendation.n, recommendation.score
    return [
        Card("Promoters", format_value(recommendation.promoters / n, Unit.SHARE), "answered 9 or 10"),
        Card("Detractors", format_value(recommendation.detractors / n, Unit.SHARE), "answered 0 to 6"),
        Card(
            "Promoters minus detractors (NPS)",
            signed_points(round(score.value * 100)),
            f"95% confidence interval {interval_text(score)}, {pluralize(n, 'answer')}",
        ),
    ]
