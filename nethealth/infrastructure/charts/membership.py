"""Chart of membership, for all members or one category.

Titles and texts may contain values from cells, so callers must escape them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

from nethealth.infrastructure import (
    CategoryPeriod,
    Cohort,
    EngagedPeriod,
    MembershipPeriod,
    Period,
    membership_by_category,
    membership_by_period,
)
from nethealth.presentation import palette
from nethealth.presentation.chart_style import apply_chart_style
from nethealth.presentation.formatting import pluralize, single_line
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.records import Workbook

if TYPE_CHECKING:
    import plotly.graph_objects as go

AnyPeriod: TypeAlias = MembershipPeriod | CategoryPeriod | EngagedPeriod | Cohort
MAX_LABELED = 12
"""Most periods labeled with their numbers; more would overlap."""
NEW, LEFT = palette.ACCENT, palette.MUTED
PLUS, MINUS = "+", "\u2212"
MAX_IN_TEXT = 12
"""Latest periods in the alt text."""


def spoken_period(period: AnyPeriod) -> str:
    """Return a period as people say it: 2024, FY2024, Q1 2024, March 2024."""
    if "-Q" in period.period:
        year, quarter = period.period.split("-")
        return f"{quarter} {year}"
    return f"{period.first_day:%B %Y}" if "-" in period.period else period.period


def membership_title(periods: Sequence[MembershipPeriod | CategoryPeriod], *, category: str | None = None) -> str:
    """Return the finding: how many members there are, and the change over the latest period."""
    if not periods:
        return "Membership"
    last = periods[-1]
    prefix = f"{single_line(category, longest=40)}: " if category else ""
    if isinstance(last.end, TooFew):
        return f"{prefix}number of members hidden (too few people)"
    members = pluralize(last.end, "member")
    if isinstance(last.start, TooFew):
        return f"{prefix}{members}"
    if not last.start:
        return f"{prefix}{members}, the first since {spoken_period(last)}" if last.end else f"{prefix}no members today"
    change = last.end - last.start
    if not change:
        return f"{prefix}{members}, the same as when {spoken_period(last)} began"
    when = f"since {spoken_period(last)} began" if last.partial else f"in {spoken_period(last)}"
    return f"{prefix}{members}, {'up' if change > 0 else 'down'} {abs(change):,} {when}"


def membership_chart(periods: Sequence[MembershipPeriod | CategoryPeriod]) -> go.Figure:
    """Draw members at each period's end as a line, with new members and members who left as bars below.

    Each step of the line is the bar above zero minus the bar below it. Hidden numbers are gaps in the line and no bar.
    """
    import plotly.graph_objects as go

    names = [period.period for period in periods]
    labeled = len(periods) <= MAX_LABELED
    hover = [_hover_text(period) for period in periods]
    ends = [_known(period.end) for period in periods]
    figure = go.Figure()
    figure.add_scatter(
        x=names,
        y=ends,
        name="Members at the end",
        mode="lines+markers+text" if labeled else "lines",
        text=["" if end is None else f"{end:,}" for end in ends],
        textposition="top center",
        cliponaxis=False,
        connectgaps=False,
        line={"color": palette.INK, "width": 2.5},
        marker={
            "size": 8,
            "color": [palette.PAPER if period.partial else palette.INK for period in periods],
            "line": {"color": palette.INK, "width": 2},
        },
        hovertext=hover,
        hoverinfo="text",
    )
    joined, left = [_known(period.new) for period in periods], [_known(period.dropped) for period in periods]
    for label, color, counts, sign in (("New", NEW, joined, PLUS), ("Left", LEFT, left, MINUS)):
        figure.add_bar(
            x=names,
            y=[count if sign == PLUS or count is None else -count for count in counts],
            name=label,
            yaxis="y2",
            marker={"color": color, "opacity": [0.55 if period.partial else 1 for period in periods]},
            text=[f"{sign}{count:,}" if count else "" for count in counts] if labeled else None,
            textposition="outside",
            textangle=0,
            cliponaxis=False,
            hovertext=hover,
            hoverinfo="text",
        )
    most_joined = max((count or 0 for count in joined), default=0)
    most_left = max((count or 0 for count in left), default=0)
    padding = max(most_joined + most_left, 1) * (0.3 if labeled else 0.1)
    highest = max((end or 0 for end in ends), default=0) or 1
    figure.update_layout(
        barmode="relative",
        bargap=0.5 if labeled else 0.15,
        xaxis={"type": "category", "anchor": "y2", "tickangle": 0, **period_ticks(periods)},
        yaxis={"domain": [0.46, 1], "range": [0, 1.16 * highest], "nticks": 5, "tickformat": ",d"},
        yaxis2={
            "domain": [0, 0.36],
            "range": [-most_left - padding, most_joined + padding],
            **({"tickvals": [0], "ticktext": ["0"]} if labeled else {"nticks": 5, "tickformat": ",d"}),
        },
    )
    return apply_chart_style(figure, height=420)


def _known(count: int | TooFew) -> int | None:
    return None if isinstance(count, TooFew) else count


def draw_membership(
    workbook: Workbook,
    *,
    period: Period,
    as_of: dt.date,
    fiscal_year_starts: int | None = None,
    column: str | None = None,
    category: str | None = None,
) -> go.Figure:
    """Draw a workbook's membership, or that of one category of a column."""
    if column is None or category is None:
        return membership_chart(
            membership_by_period(workbook, period=period, as_of=as_of, fiscal_year_starts=fiscal_year_starts)
        )
    by_category = membership_by_category(
        workbook, column=column, period=period, as_of=as_of, fiscal_year_starts=fiscal_year_starts
    )
    return membership_chart(by_category.categories.get(category, ()))


def _hover_text(period: MembershipPeriod | CategoryPeriod) -> str:
    """Return a period's arithmetic, as far as it isn't hidden."""
    head = f"<b>{period.period}{' so far' if period.partial else ''}</b><br>"
    start, new, dropped, end = (_known(each) for each in (period.start, period.new, period.dropped, period.end))
    if start is None or new is None or dropped is None or end is None:
        return f"{head}{'hidden (too few people)' if end is None else f'{end:,} at the end'}"
    brief = _known(period.came_and_went)
    note = f"<br>{pluralize(brief, 'person', 'people')} joined and left" if brief else ""
    return f"{head}{start:,} at the start + {new:,} new {MINUS} {dropped:,} left = {end:,}{note}"


def period_ticks(periods: Sequence[AnyPeriod]) -> dict[str, object]:
    """Return axis ticks: one per period, or with many periods one per year."""
    if len(periods) <= MAX_LABELED:
        return {
            "tickvals": [period.period for period in periods],
            "ticktext": [f"{_short(period)}{'<br>so far' if period.partial else ''}" for period in periods],
        }
    firsts = {period.first_day.year: period for period in reversed(periods)}
    years = sorted(year for year, period in firsts.items() if period.first_day.month == 1 or "FY" in period.period)
    every = -(-len(years) // 8) or 1
    labeled = years[::-1][::every][::-1]
    return {
        "tickvals": [firsts[year].period for year in labeled],
        "ticktext": [_year_text(firsts[year]) for year in labeled],
    }


def _short(period: AnyPeriod) -> str:
    """Return a period's name for a narrow axis: Q1 over 2024, Mar over 2024."""
    if "-Q" in period.period:
        year, quarter = period.period.split("-")
        return f"{quarter}<br>{year}"
    return f"{period.first_day:%b<br>%Y}" if "-" in period.period else period.period


def _year_text(period: AnyPeriod) -> str:
    return period.period if "FY" in period.period else str(period.first_day.year)


def membership_text(periods: Sequence[MembershipPeriod | CategoryPeriod], *, category: str | None = None) -> str:
    """Return the chart's alt text for the latest periods."""
    if not periods:
        return "No members yet."

    def count_text(count: int | TooFew, label: str) -> str:
        return f"{label} hidden" if isinstance(count, TooFew) else f"{count:,} {label}"

    lines = [
        f"{spoken_period(period)}{' so far' if period.partial else ''}: {count_text(period.start, 'at the start')}, "
        f"{count_text(period.new, 'new')}, {count_text(period.dropped, 'left')}, "
        f"{count_text(period.end, 'at the end')}."
        for period in periods[-MAX_IN_TEXT:]
    ]
    latest = f" The latest {MAX_IN_TEXT} of {len(periods)} periods:" if len(periods) > MAX_IN_TEXT else ""
    return " ".join([f"{membership_title(periods, category=category)}.{latest}", *lines])
