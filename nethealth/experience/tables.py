"""Tables of participant experience, for the page and its downloads: they hide what the page hides."""

from __future__ import annotations

from collections.abc import Sequence

from nethealth.experience import (
    METRICS,
    DisclosedValue,
    GroupComparison,
    OpenAnswers,
    Respondents,
    Share,
    WaveExperience,
    change_of,
    why_no_change,
)
from nethealth.experience.charts.response_rates import answered_text
from nethealth.experience.text import change_text, no_change_text, share_interval_text
from nethealth.metric import Unit, meanings
from nethealth.presentation.formatting import format_value
from nethealth.presentation.table import Format, Row, Table
from nethealth.privacy.suppression import TooFew

TOP_TWO = "Share in the top two answers"
LOW, HIGH = "95% interval, low", "95% interval, high"
INTERVAL = {LOW: Format.SHARE, HIGH: Format.SHARE}
_MEANINGS = meanings(METRICS, {TOP_TWO: "top_two", "Average answer": "mean", "Answers": "answers", LOW: "interval"}) | {
    HIGH: "The upper end of that interval."
}


def outcome_table(waves: Sequence[WaveExperience]) -> Table:
    """Return the outcomes of all waves to download, rounded as on the page."""
    return Table.of(
        {
            "Wave": Format.TEXT,
            "Level": Format.TEXT,
            "Outcome": Format.TEXT,
            TOP_TWO: Format.SHARE,
            **INTERVAL,
            "Average answer": Format.NUMBER,
            "Answers": Format.NUMBER,
        },
        [
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
        ],
        meanings=_MEANINGS,
    )


def outcome_details(waves: Sequence[WaveExperience]) -> Table:
    """Return the outcomes of the last wave with what their cards leave out: intervals, averages, and counts."""
    rows: list[Row] = []
    for each in waves[-1].outcomes:
        change = change_of(each.outcome, waves)
        average = format_value(each.mean, Unit.NUMBER)
        if isinstance(each.mean, float) and each.scale is not None:
            average = f"{each.mean:.1f} of {each.scale.highest:g}"
        rows.append(
            {
                "Outcome": each.outcome,
                "Share": each.top_two,
                "95% confidence interval": share_interval_text(each.share) if each.share else None,
                "Change": change_text(change.difference, since=change.since)
                if change
                else no_change_text(why_no_change(each.outcome, waves)),
                "Average answer": "hidden" if isinstance(each.mean, TooFew) else average,
                "Answers": each.answers,
                "Questions": len(each.questions),
            }
        )
    columns = dict.fromkeys(rows[0] if rows else ["Outcome"], Format.TEXT)
    return Table.of(columns | {"Share": Format.SHARE, "Answers": Format.NUMBER, "Questions": Format.NUMBER}, rows)


def question_table(waves: Sequence[WaveExperience]) -> Table:
    """Return every answer of every closed question with its number of people; hidden ones say "fewer than 5"."""
    rows: list[Row] = []
    for wave in waves:
        for question in wave.questions:
            columns = {"Wave": wave.wave, "Question": question.label, "People who answered": question.n}
            if isinstance(question.distribution, TooFew):
                rows.append({**columns, "Answer": question.distribution, "People": question.distribution})
            else:
                rows += [{**columns, "Answer": option, "People": n} for option, n in question.distribution.items()]
    return Table.of(
        {
            "Wave": Format.TEXT,
            "Question": Format.TEXT,
            "People who answered": Format.NUMBER,
            "Answer": Format.TEXT,
            "People": Format.NUMBER,
        },
        rows,
        meanings=meanings(METRICS, {"People": "distribution"})
        | {"People who answered": "Everyone who answered this question."},
    )


def group_table(comparison: GroupComparison, *, wave: str | None) -> Table:
    """Return each visible group of each outcome and question."""
    return Table.of(
        {
            "Wave": Format.TEXT,
            "Compared by": Format.TEXT,
            "Outcome or question": Format.TEXT,
            "Group": Format.TEXT,
            "People who answered": Format.NUMBER,
            TOP_TWO: Format.SHARE,
            **INTERVAL,
        },
        [
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
        ],
        meanings=_MEANINGS | {"Compared by": "The column of the Members tab that has the groups."},
    )


def survey_table(waves: Sequence[WaveExperience]) -> Table:
    """Return the response rate of each survey, latest first."""
    return Table.of(
        {
            "Survey": Format.TEXT,
            "Date": Format.DATE,
            "Responses": Format.NUMBER,
            "People asked": Format.NUMBER,
            "Response rate": Format.SHARE,
        },
        [
            {
                "Survey": each.wave or "Unnamed survey",
                "Date": each.date,
                "Responses": each.respondents,
                "People asked": each.invited,
                "Response rate": each.response_rate,
            }
            for each in reversed(waves)
        ],
    )


def response_table(respondents: Respondents, *, wave: str | None, smallest_group: int) -> Table:
    """Return how many members of each group answered; what the page says in words is in words here."""
    return Table.of(
        {
            "Wave": Format.TEXT,
            "Column": Format.TEXT,
            "Group": Format.TEXT,
            "Members": Format.NUMBER,
            "Answered": Format.NUMBER,
        },
        [
            {
                "Wave": wave,
                "Column": column.by,
                "Group": group.group,
                "Members": group.members,
                "Answered": group.answered if group.answered is not None else answered_text(group, smallest_group),
            }
            for column in respondents.columns
            for group in column.groups
        ],
        meanings={"Column": "The column of the Members tab that has the groups."},
    )


def open_answer_table(answers: Sequence[OpenAnswers]) -> Table:
    """Return every open answer; empty for viewers, whose workbook has none."""
    return Table.of(
        {"Question": Format.TEXT, "Answer": Format.TEXT},
        [{"Question": each.question, "Answer": answer} for each in answers for answer in each.answers],
    )


def word_table(answers: OpenAnswers) -> Table:
    """Return the frequent words of an open question, most frequent first."""
    return Table.of(
        {"Word": Format.TEXT, "People who used it": Format.NUMBER},
        [{"Word": word, "People who used it": people} for word, people in answers.words],
    )


def _rounded(value: DisclosedValue, digits: int) -> DisclosedValue:
    return round(value, digits) if isinstance(value, float) else value


def _interval(share: Share | None) -> dict[str, object]:
    return {
        LOW: None if share is None else round(share.low, 2),
        HIGH: None if share is None else round(share.high, 2),
    }
