"""Participant experience as tables to download: nothing in them that the page would hold back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nethealth.experience import DisclosedValue, GroupComparison, Share, WaveExperience
from nethealth.privacy.suppression import TooFew


def outcome_rows(waves: Sequence[WaveExperience]) -> list[Mapping[str, object]]:
    """The outcomes of all waves as a table to download, rounded as the page shows them."""
    return [
        {
            "Wave": wave.wave,
            "Level": each.level.value if each.level else None,
            "Outcome": each.outcome,
            "Share in the two highest answers": _rounded(each.top_two, 2),
            **_interval(each.share),
            "Average answer": _rounded(each.mean, 1),
            "Answers": each.answers,
        }
        for wave in waves
        for each in wave.outcomes
    ]


def question_rows(waves: Sequence[WaveExperience]) -> list[Mapping[str, object]]:
    """Every answer of every closed question with how many gave it, as a table to download; held back ones say so."""
    rows: list[Mapping[str, object]] = []
    for wave in waves:
        for question in wave.questions:
            about = {"Wave": wave.wave, "Question": question.words, "People who answered": question.n}
            if isinstance(question.distribution, TooFew):
                rows.append({**about, "Answer": question.distribution, "People": question.distribution})
            else:
                rows += [{**about, "Answer": option, "People": n} for option, n in question.distribution.items()]
    return rows


def _rounded(figure: DisclosedValue, digits: int) -> DisclosedValue:
    return round(figure, digits) if isinstance(figure, float) else figure


def _interval(share: Share | None) -> dict[str, object]:
    return {
        "From": None if share is None else round(share.low, 2),
        "To": None if share is None else round(share.high, 2),
    }


def group_rows(compared: GroupComparison | None, *, wave: str | None) -> list[Mapping[str, object]]:
    """Every group that is shown, for each outcome and question, as a table to download; none without a comparison."""
    if compared is None:
        return []
    return [
        {
            "Wave": wave,
            "Compared by": compared.by,
            "Outcome or question": comparison.about,
            "Group": each.group,
            "People who answered": each.people,
            "Share in the two highest answers": round(each.share.value, 2),
            **_interval(each.share),
        }
        for comparison in (*compared.outcomes, *compared.questions)
        for each in comparison.groups
    ]
