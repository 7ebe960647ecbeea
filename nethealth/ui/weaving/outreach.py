"""Who to talk with next: outreach suggestions with everyone's ties, as a title, text, and table. Staff only.

Texts may contain values from cells, so callers must escape them.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from nethealth.network.current_ties import FEW_TIES, NEW_WITHIN, find_current_ties, recently_connected
from nethealth.presentation.chart_labels import join_names
from nethealth.presentation.formatting import format_date, pluralize
from nethealth.presentation.table import Column, Format, Table
from nethealth.weaving import RECENT_DAYS, OutreachReason, OutreachSuggestion, suggest_outreach, summarize_weaving
from nethealth.workbook.records import Workbook

FIRST = "reach out first"
FILTERS: dict[str, frozenset[OutreachReason]] = {
    FIRST: frozenset({OutreachReason.NEWCOMER, OutreachReason.ATTENDING_LESS}),
    "follow-ups due": frozenset({OutreachReason.FOLLOW_UP}),
    "newcomers with few connections": frozenset({OutreachReason.NEWCOMER}),
    "attending less": frozenset({OutreachReason.ATTENDING_LESS}),
    "no recent conversation": frozenset({OutreachReason.NO_RECENT_CONVERSATION}),
    "everyone": frozenset(OutreachReason),
}
"""The choices of which suggestions to show, with the reasons each includes."""
NOTE = "These are reasons to talk, not grades. The workbook may be missing something."
NONE_FOR_FILTER = "No one right now. Choose “everyone” to see all suggestions."
NONE_AT_ALL = "No one right now."


def find_outreach(
    workbook: Workbook, *, as_of: dt.date, recent_days: int = RECENT_DAYS
) -> tuple[OutreachSuggestion, ...]:
    """Suggest which members to talk with on a day, given everyone's ties."""
    current = find_current_ties(workbook)
    return suggest_outreach(
        summarize_weaving(workbook, as_of=as_of),
        workbook=workbook,
        ties={key: len(others) for key, others in current.neighbors.items()} if current.has_ties else None,
        gained=recently_connected(workbook, as_of=as_of),
        few_ties=FEW_TIES,
        new_within=NEW_WITHIN,
        recent_days=recent_days,
    )


def without_follow_ups(
    suggestions: Sequence[OutreachSuggestion], *, workbook: Workbook, as_of: dt.date
) -> list[OutreachSuggestion]:
    """Return the suggestions without people who have an open follow-up, since pages list those by themselves."""
    listed = {each.member for each in summarize_weaving(workbook, as_of=as_of).follow_ups if each.is_listable}
    return [each for each in suggestions if each.person not in listed]


def filter_outreach(suggestions: Sequence[OutreachSuggestion], *, choice: str | None) -> list[OutreachSuggestion]:
    """Return the suggestions with a reason that the choice (one of `FILTERS`) includes."""
    reasons = FILTERS[choice or FIRST]
    return [suggestion for suggestion in suggestions if reasons.intersection(suggestion.reasons)]


def outreach_title(suggestions: Sequence[OutreachSuggestion]) -> str:
    """Return the finding: how many people to reach out to first."""
    if not suggestions:
        return "No one to reach out to right now"
    first = len(filter_outreach(suggestions, choice=FIRST))
    return f"Reach out to {pluralize(first, 'person', 'people')}" if first else "No one stands out right now"


def outreach_text(suggestions: Sequence[OutreachSuggestion]) -> str:
    """Say how many people each urgent reason applies to; empty without any."""
    first = filter_outreach(suggestions, choice=FIRST)
    counts = Counter(reason for suggestion in first for reason in suggestion.reasons)
    words = {
        OutreachReason.NEWCOMER: ("is new", "are new"),
        OutreachReason.ATTENDING_LESS: ("attends less", "attend less"),
    }
    parts = [f"{counts[reason]:,} {words[reason][counts[reason] != 1]}" for reason in words if counts[reason]]
    return f"{join_names(parts)}." if parts else ""


def no_conversation_text(suggestions: Sequence[OutreachSuggestion], *, recent_days: int) -> str:
    """Say how many members had no recent conversation; empty if all had one."""
    count = sum(OutreachReason.NO_RECENT_CONVERSATION in each.reasons for each in suggestions)
    return f"We haven’t talked with {pluralize(count, 'member')} in {recent_days:,} days." if count else ""


def outreach_table(suggestions: Sequence[OutreachSuggestion], *, workbook: Workbook, as_of: dt.date) -> Table:
    """Return one row per person, most urgent first: why to talk, and the last conversation."""
    return Table.of(
        (
            Column("Member"),
            Column("Organization", on_screen=False),
            Column("Why"),
            Column("Last conversation"),
            Column("Last seen", Format.DATE, on_screen=False),
        ),
        [
            {
                "Member": workbook.people[each.person].name,
                "Organization": workbook.people[each.person].organization or "",
                "Why": ". ".join(_reason_text(reason, each, as_of=as_of) for reason in each.reasons),
                "Last conversation": _last_conversation(each),
                "Last seen": each.last_seen,
            }
            for each in suggestions
        ],
    )


def short_reason(suggestion: OutreachSuggestion) -> str:
    """Return the most urgent reason in a few words."""
    match suggestion.reasons[0]:
        case OutreachReason.NEWCOMER:
            return f"Joined in {suggestion.joined:%B}" if suggestion.joined else "New"
        case OutreachReason.ATTENDING_LESS:
            return f"Came {_times(suggestion.attended)}, {_times(suggestion.attended_before)} the year before"
        case reason:
            return reason.value


def _reason_text(reason: OutreachReason, suggestion: OutreachSuggestion, *, as_of: dt.date) -> str:
    match reason:
        case OutreachReason.FOLLOW_UP:
            return "A follow-up is due"
        case OutreachReason.NEWCOMER:
            since = f"Joined in {suggestion.joined:%B %Y}" if suggestion.joined else "New"
            if suggestion.ties is None:
                return since
            return f"{since}, {'one connection' if suggestion.ties else 'no connections yet'}"
        case OutreachReason.ATTENDING_LESS:
            parts = [
                f"Came {_times(suggestion.attended)} in the past year, {_times(suggestion.attended_before)} before"
            ]
            parts += ["no new connection"] if suggestion.has_no_new_tie else []
            parts += [f"no response by name in {suggestion.missed_survey}"] if suggestion.missed_survey else []
            return "; ".join(parts)
        case OutreachReason.NO_RECENT_CONVERSATION:
            if suggestion.last_conversation:
                return f"No conversation for {pluralize((as_of - suggestion.last_conversation).days, 'day')}"
            since = f", a member since {suggestion.joined:%B %Y}" if suggestion.joined else ""
            return f"No conversation yet{since}"


def _times(number: int) -> str:
    return {0: "zero times", 1: "once", 2: "twice"}.get(number, f"{number} times")


def _last_conversation(suggestion: OutreachSuggestion) -> str:
    if suggestion.last_conversation is None:
        return "no date" if suggestion.last_weaver is not None else "none yet"
    weaver = f", with {suggestion.last_weaver}" if suggestion.last_weaver else ""
    return f"{format_date(suggestion.last_conversation)}{weaver}"
