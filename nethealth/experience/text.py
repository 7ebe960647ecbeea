"""Shares and changes in words: who agrees, how a share changed, and how precisely we know it."""

from __future__ import annotations

from collections.abc import Iterable

from nethealth.experience import Difference, NoChange, OutcomeChange, QuestionChange, QuestionResults, Share
from nethealth.metric import Unit
from nethealth.presentation.formatting import format_value, pluralize, single_line, uppercase_first
from nethealth.workbook.schema.vocabulary import Scale


def is_agreement_scale(scale: Scale | None) -> bool:
    """True if people agree or disagree on a scale; on other scales, answers are higher or lower."""
    return scale is not None and scale.points[-1][1] == "Strongly agree"


def share_phrase(scale: Scale | None, *, reverse: bool = False) -> str:
    """Return what the people in a share do: "agree", or "in the top two answers" on other scales.

    For a question worded in reverse, the share is of people who disagree, in its two lowest answers.
    """
    if is_agreement_scale(scale):
        return "disagree" if reverse else "agree"
    return f"in the {'bottom' if reverse else 'top'} two answers"


def share_label(question: QuestionResults) -> str:
    """Return what a question's share is of: "Share who disagree", "Share in the top two answers"."""
    phrase = share_phrase(question.scale, reverse=question.reverse)
    return f"Share who {phrase}" if is_agreement_scale(question.scale) else f"Share {phrase}"


def change_text(difference: Difference, *, since: str | None = None, with_interval: bool = True) -> str:
    """Return how a share changed: "up 9 points since Fall 2025 (+2 to +16)".

    A change whose interval includes zero "could be chance". Without `since` the page says it once for all changes.
    """
    before = f" since {single_line(since, longest=30)}" if since else ""
    points = round(difference.value * 100)
    if points:
        size = f"{'up' if points > 0 else 'down'} {pluralize(abs(points), 'point')}"
    elif difference.is_clear:
        # A clear change that rounds to zero is still a change.
        size = f"{'up' if difference.value > 0 else 'down'} slightly"
    else:
        size = "no change"
    caveats = ["could be chance"] if points and not difference.is_clear else []
    if with_interval:
        caveats.append(interval_text(difference))
    return size + before + (f" ({': '.join(caveats)})" if caveats else "")


def question_change_text(
    question: QuestionResults, change: QuestionChange | None, *, with_since: bool = True
) -> str | None:
    """Return how a question's share changed; None if it wasn't asked before or has no share."""
    if change is None:
        return None
    if change.difference is not None:
        text = change_text(change.difference, since=change.since if with_since else None)
        return f"{share_label(question)}: {text}" if question.reverse else uppercase_first(text)
    if change.no_change is None:
        return None
    before = single_line(change.since, longest=30) if change.since else "the last survey"
    return f"Can’t compare with {before}: {change.no_change.value}"


def shared_since(changes: Iterable[OutcomeChange | QuestionChange | None]) -> str | None:
    """Return the earlier survey that all changes are compared with; None if there are none or several."""
    surveys = {change.since for change in changes if change is not None}
    return next(iter(surveys)) if len(surveys) == 1 else None


def no_change_text(reason: NoChange | None) -> str | None:
    """Return why an outcome isn't compared with an earlier survey; None in its first survey, or if it is compared."""
    return None if reason in (None, NoChange.FIRST) else f"can’t compare: {reason.value}"


def share_interval_text(share: Share) -> str:
    """Return the 95% confidence interval of a share: "57% to 100%"."""
    return f"{format_value(share.low, Unit.SHARE)} to {format_value(share.high, Unit.SHARE)}"


def interval_text(difference: Difference) -> str:
    """Return an interval in points: "−2 to +16". If it excludes zero, so does the text, however close it comes."""
    low, high = round(difference.low * 100), round(difference.high * 100)
    lowest = "just above 0" if difference.low > 0 and not low else signed_points(low)
    highest = "just below 0" if difference.high < 0 and not high else signed_points(high)
    return f"{lowest} to {highest}"


def signed_points(points: int) -> str:
    """Return a number of points with a typographic sign: "+9", "−2", "0"."""
    return f"{points:+d}".replace("-", "\u2212") if points else "0"
