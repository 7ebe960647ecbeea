"""Charts of outcomes by category: leadership, attendance, connections, and leaving.

Titles and texts may contain values from cells, so callers must escape them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from nethealth.infrastructure import (
    CategoryOutcome,
    CategoryOutcomeShare,
    IntervalPosition,
    OutcomeByCategory,
    compare_outcomes,
)
from nethealth.infrastructure.charts.representation import ARROWS, MAX_NAMED, names_text
from nethealth.infrastructure.hidden import HIDDEN, WHY_HIDDEN, interval_text, range_text, shown
from nethealth.metric import Unit
from nethealth.presentation.chart_labels import chart_text, join_names
from nethealth.presentation.formatting import format_value, pluralize, single_line
from nethealth.presentation.interval_chart import MARGIN_OF_ERROR, IntervalRow, interval_chart
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.records import PersonKey, Workbook

if TYPE_CHECKING:
    import plotly.graph_objects as go

OutcomeChart: TypeAlias = "tuple[OutcomeByCategory, go.Figure]"

OUTCOME_NAMES = {
    CategoryOutcome.LEADERSHIP: "Leadership role",
    CategoryOutcome.ATTENDANCE: "Came to a gathering",
    CategoryOutcome.TIES: "Many connections",
    CategoryOutcome.LEFT: "Left within a year",
}
SHORT_NAMES = {
    CategoryOutcome.LEADERSHIP: "leadership",
    CategoryOutcome.ATTENDANCE: "attendance",
    CategoryOutcome.TIES: "connections",
    CategoryOutcome.LEFT: "leaving",
}


def outcome_title(outcome: OutcomeByCategory, *, months: int) -> str:
    """Return the finding: everyone's share, and the categories that differ by more than chance."""
    if isinstance(outcome.share, TooFew) and outcome.bounds is None:
        return f"{OUTCOME_NAMES[outcome.outcome]}: hidden (too few people)"
    share = range_text(outcome.bounds) if outcome.bounds else shown(outcome.share)
    finding = {
        CategoryOutcome.LEADERSHIP: f"{share} have a leadership role",
        CategoryOutcome.ATTENDANCE: f"{share} came to a gathering in the last {pluralize(months, 'month')}",
        CategoryOutcome.TIES: f"{share} have {pluralize(outcome.threshold or 0, 'connection')} or more",
        CategoryOutcome.LEFT: f"{share} of members a year ago have left",
    }[outcome.outcome]
    differences = [
        f"{word} in {names}"
        for word, position in (("fewer", IntervalPosition.BELOW), ("more", IntervalPosition.ABOVE))
        if (names := names_text([each.category for each in outcome.categories if outcome.position(each) is position]))
    ]
    return f"{finding}: {', '.join(differences)}" if differences else finding


def outcomes_title(outcomes: Sequence[OutcomeByCategory], *, column: str) -> str:
    """Return the finding over all outcomes: the categories that differ from everyone, and in what."""
    name = single_line(column, longest=40)
    differences = [
        f"{single_line(each.category, longest=30)} ({SHORT_NAMES[outcome.outcome]})"
        for outcome in outcomes
        for each in outcome.categories
        if outcome.position(each) in ARROWS
    ]
    if not any(each.interval for outcome in outcomes for each in outcome.categories):
        return f"{name}: too few people to compare categories"
    if not differences:
        return f"{name}: no category differs from the rest by more than chance"
    verb = "differs" if len(differences) == 1 else "differ"
    if len(differences) > MAX_NAMED:
        differences = [*differences[: MAX_NAMED - 1], f"{len(differences) - MAX_NAMED + 1} more"]
    return f"{name}: {join_names(differences)} {verb} from the network as a whole"


def outcome_legend(outcomes: Sequence[OutcomeByCategory]) -> tuple[str, ...]:
    """Return what each mark drawn in any of these outcomes' charts means."""
    pairs = [(outcome, each) for outcome in outcomes for each in outcome.categories]
    parts = [
        "● a category’s share",
        f"━ {MARGIN_OF_ERROR}",
        "┃ whole network",
        "••• hidden (too few people), but within this range"
        if any(each.bounds is not None for _, each in pairs)
        else "",
        "▼ ▲ differs from the whole network by more than chance"
        if any(outcome.position(each) in ARROWS for outcome, each in pairs)
        else "",
        WHY_HIDDEN.lower().rstrip(".") if any(_share_label(each) == HIDDEN for _, each in pairs) else "",
    ]
    return tuple(part for part in parts if part)


def outcome_chart(outcome: OutcomeByCategory) -> go.Figure:
    """Draw each category's share with its interval, and everyone's share across; see `outcome_legend`."""
    rows = []
    for each in outcome.categories:
        position = outcome.position(each)
        rows.append(
            IntervalRow(
                name=each.category,
                figure=f"{ARROWS.get(position, '') if position else ''}{_share_label(each)}",
                share=None if isinstance(each.share, TooFew) else each.share,
                interval=each.interval,
                bounds=each.bounds,
                is_notable=position in ARROWS,
                tip=f"<b>{chart_text(each.category)}</b><br>"
                f"{shown(each.count, Unit.COUNT)} of {shown(each.total, Unit.COUNT)}",
            )
        )
    everyone = None if outcome.share is None or isinstance(outcome.share, TooFew) else ("everyone", outcome.share)
    return interval_chart(rows, dot="a category’s share", overall=everyone, has_legend=False)


def draw_outcomes(
    workbook: Workbook, *, column: str, as_of: dt.date, ties: Mapping[PersonKey, int] | None = None
) -> tuple[OutcomeChart, ...]:
    """Draw every outcome of a column's categories; `ties` as in `compare_outcomes`."""
    outcomes = compare_outcomes(workbook, column=column, as_of=as_of, ties=ties)
    return tuple((outcome, outcome_chart(outcome)) for outcome in outcomes)


def outcome_text(outcome: OutcomeByCategory, *, months: int) -> str:
    """Return the chart's alt text, category by category."""
    parts = [f"{outcome_title(outcome, months=months)}."]
    for each in outcome.categories:
        interval = f" ({interval_text(each.interval)})" if each.interval else ""
        parts.append(f"{single_line(each.category, longest=40)}: {_share_label(each)}{interval}.")
    return " ".join(parts)


def _share_label(category: CategoryOutcomeShare) -> str:
    """Return a category's share and its people, the range of a hidden share, or `hidden`."""
    if category.bounds is not None:
        return range_text(category.bounds)
    if isinstance(category.share, TooFew) or isinstance(category.total, TooFew):
        return HIDDEN
    return f"{format_value(category.share, Unit.SHARE)} of {category.total:,}"
