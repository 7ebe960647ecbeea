"""Tables of participant experience, for the page and its downloads: they hide what the page hides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nethealth.experience import (
    DisclosedValue,
    GroupComparison,
    Respondents,
    Share,
    WaveExperience,
    change_of,
    why_no_change,
)
from nethealth.experience.charts.response_rates import answered_text
from nethealth.experience.text import change_text, no_change_text, share_interval_text
from nethealth.metric import Unit
from nethealth.presentation.formatting import format_value
from nethealth.privacy.suppression import TooFew

TOP_TWO = "Share in the top two answers"


def outcome_rows(waves: Sequence[WaveExperience]) -> list[Mapping[str, object]]:
    """Return the outcomes of all waves as rows to download, rounded as on the page."""
    return [
        {
            "Wave": wave.wave,
            "Level": each.level.value if each.level else None,
            "Outcome": each.outcome,
            TOP_TWO: _rounded(each.top_two, 2),
            **_interval(each.share),
            "Average answer": _rounded(each.mean, 1),
            "Answers": each.answers,
        }
        for wave in waves
        for each in wave.outcomes
    ]


def outcome_details(waves: Sequence[WaveExperience]) -> list[Mapping[str, object]]:
    """Return the outcomes of the last wave with what their cards leave out: intervals, averages, and counts."""
    rows: list[Mapping[str, object]] = []
    for each in waves[-1].outcomes:
        change = change_of(each.outcome, waves)
        average = format_value(each.mean, Unit.NUMBER)
        if isinstance(each.mean, float) and each.scale is not None:
            average = f"{each.mean:.1f} of {each.scale.highest:g}"
        rows.append(
            {
                "outcome": each.outcome,
                "share": format_value(each.top_two, Unit.SHARE),
                "interval": share_interval_text(each.share) if each.share else None,
                "change": change_text(change.difference, since=change.since)
                if change
                else no_change_text(why_no_change(each.outcome, waves)),
                "average": "hidden" if isinstance(each.mean, TooFew) else average,
                "answers": each.answers,
                "questions": len(each.questions),
            }
        )
    return rows


def question_rows(waves: Sequence[WaveExperience]) -> list[Mapping[str, object]]:
    """Return every answer of every closed question with its number of people; hidden ones say "fewer than 5"."""
    rows: list[Mapping[str, object]] = []
    for wave in waves:
        for question in wave.questions:
            columns = {"Wave": wave.wave, "Question": question.label, "People who answered": question.n}
            if isinstance(question.distribution, TooFew):
                rows.append({**columns, "Answer": question.distribution, "People": question.distribution})
            else:
                rows += [{**columns, "Answer": option, "People": n} for option, n in question.distribution.items()]
    return rows


def group_rows(comparison: GroupComparison | None, *, wave: str | None) -> list[Mapping[str, object]]:
    """Return each visible group of each outcome and question; no rows without a comparison."""
    if comparison is None:
        return []
    return [
        {
            "Wave": wave,
            "Compared by": comparison.by,
            "Outcome or question": item.name,
            "Group": each.group,
            "People who answered": each.people,
            TOP_TWO: round(each.share.value, 2),
            **_interval(each.share),
        }
        for item in (*comparison.outcomes, *comparison.questions)
        for each in item.groups
    ]


def response_rows(respondents: Respondents, *, wave: str | None, smallest_group: int) -> list[Mapping[str, object]]:
    """Return how many members of each group answered; what the page says in words is in words here."""
    return [
        {
            "Wave": wave,
            "Column": column.by,
            "Group": group.group,
            "Members": group.members,
            "Answered": group.answered if group.answered is not None else answered_text(group, smallest_group),
        }
        for column in respondents.columns
        for group in column.groups
    ]


def _rounded(value: DisclosedValue, digits: int) -> DisclosedValue:
    return round(value, digits) if isinstance(value, float) else value


def _interval(share: Share | None) -> dict[str, object]:
    return {
        "95% interval, low": None if share is None else round(share.low, 2),
        "95% interval, high": None if share is None else round(share.high, 2),
    }
