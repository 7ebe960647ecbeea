"""The weaving queue as people read it: whom a call could help, and why. By name, so for staff alone.

Values from cells are as typed: whoever shows them escapes them.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import TypeAlias

from nethealth.network.current_ties import FEW_TIES, NEW_WITHIN, find_current_ties, recently_connected
from nethealth.presentation.formatting import format_date, pluralize
from nethealth.weaving import QUIET_DAYS, OutreachReason, OutreachSuggestion, suggest_outreach, summarize_weaving
from nethealth.workbook.records import Workbook

Row: TypeAlias = dict[str, object]

FIRST = "to reach first"
SHOWN: dict[str, frozenset[OutreachReason]] = {
    FIRST: frozenset(OutreachReason) - {OutreachReason.QUIET},
    "with a promise due": frozenset({OutreachReason.FOLLOW_UP}),
    "newcomers with few ties": frozenset({OutreachReason.NEWCOMER}),
    "coming less than before": frozenset({OutreachReason.DRIFTING}),
    "not talked with lately": frozenset({OutreachReason.QUIET}),
    "everybody": frozenset(OutreachReason),
}
"""What the queue can be narrowed to, in words, and the reasons that are meant."""
NO_MARK = (
    "A reason to call, never a mark: people have quiet years, and the sheet knows only what was written down. "
    "Where a row surprises you, the sheet may lack something."
)
NOBODY = "Nobody for this reason, just now. Choose “everybody” to see all whom a call could help."


def queue(workbook: Workbook, *, as_of: dt.date, quiet_days: int = QUIET_DAYS) -> tuple[OutreachSuggestion, ...]:
    """Whom a call could help on a day: `weaving.people_to_reach`, told of everybody's ties."""
    known = find_current_ties(workbook)
    return suggest_outreach(
        summarize_weaving(workbook, as_of=as_of),
        workbook=workbook,
        ties={key: len(others) for key, others in known.neighbors.items()} if known.has_ties else None,
        gained=recently_connected(workbook, as_of=as_of),
        few_ties=FEW_TIES,
        new_within=NEW_WITHIN,
        quiet_days=quiet_days,
    )


def kept(found: Sequence[OutreachSuggestion], *, shown: str | None) -> list[OutreachSuggestion]:
    """Those of the queue for whom one of the chosen reasons holds (one of `SHOWN`)."""
    return [reach for reach in found if SHOWN[shown or FIRST].intersection(reach.whys)]


def queue_title(found: Sequence[OutreachSuggestion]) -> str:
    """How many a call could help, as a heading."""
    first = len(kept(found, shown=FIRST))
    if not found:
        return "Nobody waits for a call"
    return f"A call could help {pluralize(first, 'person', 'people')}" if first else "A call could help, with no hurry"


def queue_text(found: Sequence[OutreachSuggestion], *, quiet_days: int) -> str:
    """Why, in up to two sentences; empty where there is nobody. Somebody can be counted for two reasons."""
    whys = Counter(why for reach in found for why in reach.whys)
    told = {
        OutreachReason.FOLLOW_UP: ("{} was promised something that is due", "{} were promised something that is due"),
        OutreachReason.NEWCOMER: ("{} is new and has few ties", "{} are new and have few ties"),
        OutreachReason.DRIFTING: ("{} comes less than before", "{} come less than before"),
    }
    parts = [told[why][whys[why] != 1].format(f"{whys[why]:,}") for why in told if whys[why]]
    sentences = [f"{'; '.join(parts)}."] if parts else []
    if quiet := whys[OutreachReason.QUIET]:
        sentences.append(f"With {pluralize(quiet, 'member')} no talk is written down for {quiet_days:,} days.")
    return " ".join(sentences)


def queue_rows(found: Sequence[OutreachSuggestion], *, workbook: Workbook, as_of: dt.date) -> list[Row]:
    """One row a person, the most pressing first: why a call could help, and when somebody last talked with them."""
    rows: list[Row] = []
    for reach in found:
        person = workbook.people[reach.person]
        rows.append(
            {
                "Member": person.name,
                "Organization": person.organization or "",
                "Why a call could help": ". ".join(_why(why, reach, as_of=as_of) for why in reach.whys),
                "Last talked with": _last_talk(reach),
                "Last seen": format_date(reach.last_seen) if reach.last_seen else "",
            }
        )
    return rows


def _why(why: OutreachReason, reach: OutreachSuggestion, *, as_of: dt.date) -> str:
    match why:
        case OutreachReason.FOLLOW_UP:
            return "Something promised is due"
        case OutreachReason.NEWCOMER:
            joined = f"Joined in {reach.joined:%B %Y}" if reach.joined else "New"
            return joined if reach.ties is None else f"{joined}, {'one tie so far' if reach.ties else 'no tie yet'}"
        case OutreachReason.DRIFTING:
            told = [f"Came {_times(reach.came)} in the past year, {_times(reach.came_before)} in the year before"]
            told += ["no new tie"] if reach.has_no_new_tie else []
            told += [f"no answer by name in {reach.survey_missed}"] if reach.survey_missed else []
            return "; ".join(told)
        case OutreachReason.QUIET:
            if reach.last_talk:
                return f"No talk for {pluralize((as_of - reach.last_talk).days, 'day')}"
            return f"No talk yet; a member since {reach.joined:%B %Y}" if reach.joined else "No talk yet"


def _times(number: int) -> str:
    return {0: "to nothing", 1: "once", 2: "twice"}.get(number, f"{number} times")


def _last_talk(reach: OutreachSuggestion) -> str:
    if reach.last_talk is None:
        return "with no date" if reach.last_weaver is not None else "nobody yet"
    by = f", by {reach.last_weaver}" if reach.last_weaver else ""
    return f"{format_date(reach.last_talk)}{by}"
