"""The chart of the membership, or of one group of it, with its finding and its words.

`..._title` is the finding in one sentence, to stand above the chart; `..._in_words` says the whole chart to those who
don't see it. Both may hold text from cells: whoever shows them escapes it.
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
LABELED = 12
"""Up to so many periods, each carries its numbers; beyond, they would run into one another."""
NEW, LEFT = palette.ACCENT, palette.MUTED
PLUS, MINUS = "+", "\u2212"
TOLD = 12
"""How many of the latest periods or months are said in words."""


def spoken_period(period: AnyPeriod) -> str:
    """What people call a period: 2024, FY2024, Q1 2024, March 2024."""
    if "-Q" in period.period:
        year, quarter = period.period.split("-")
        return f"{quarter} {year}"
    return f"{period.first_day:%B %Y}" if "-" in period.period else period.period


def membership_title(periods: Sequence[MembershipPeriod | CategoryPeriod], *, of: str | None = None) -> str:
    """The finding: how many members there are (`of` a group), and how that moved over the latest period."""
    if not periods:
        return "Membership"
    last = periods[-1]
    among = f" of {single_line(of, longest=40)}" if of else ""
    if isinstance(last.end, TooFew):
        return f"The number of members{among} is held back"
    members = f"{pluralize(last.end, 'member')}{among}"
    when = "since the start of" if last.partial else "in"
    if isinstance(last.start, TooFew):
        return members
    if not last.start:
        return f"{members}, the first of them since {spoken_period(last)}" if last.end else f"No members{among} today"
    change = last.end - last.start
    if not change:
        return f"{members}, as many as when {spoken_period(last)} began"
    return f"{members}, {abs(change):,} {'more' if change > 0 else 'fewer'} {when} {spoken_period(last)}"


def membership_chart(periods: Sequence[MembershipPeriod | CategoryPeriod]) -> go.Figure:
    """Members at the end of each period as a line; beneath it who is new, above zero, and who left, beneath it.

    Each step of the line is the bar above zero less the bar beneath it, so that the sum can be checked with the eye.
    What is held back of a group is a gap in the line and no bar.
    """
    import plotly.graph_objects as go

    names = [period.period for period in periods]
    labeled = len(periods) <= LABELED
    told = [_sum_of(period) for period in periods]
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
        hovertext=told,
        hoverinfo="text",
    )
    came, went = [_known(period.new) for period in periods], [_known(period.dropped) for period in periods]
    for label, color, counts, sign in (("New", NEW, came, PLUS), ("Left", LEFT, went, MINUS)):
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
            hovertext=told,
            hoverinfo="text",
        )
    most_came, most_went = (
        max((count or 0 for count in came), default=0),
        max((count or 0 for count in went), default=0),
    )
    air = max(most_came + most_went, 1) * (0.3 if labeled else 0.1)
    highest = max((end or 0 for end in ends), default=0) or 1
    figure.update_layout(
        barmode="relative",
        bargap=0.5 if labeled else 0.15,
        xaxis={"type": "category", "anchor": "y2", "tickangle": 0, **period_ticks(periods)},
        yaxis={"domain": [0.46, 1], "range": [0, 1.16 * highest], "nticks": 5, "tickformat": ",d"},
        yaxis2={
            "domain": [0, 0.36],
            "range": [-most_went - air, most_came + air],
            **({"tickvals": [0], "ticktext": ["0"]} if labeled else {"nticks": 5, "tickformat": ",d"}),
        },
    )
    return apply_chart_style(figure, height=420)


def _known(count: int | TooFew) -> int | None:
    return None if isinstance(count, TooFew) else count


def membership_chart_by(
    workbook: Workbook,
    *,
    period: Period,
    as_of: dt.date,
    fiscal_year_starts: int | None = None,
    column: str | None = None,
    group: str | None = None,
) -> go.Figure:
    """The chart of a workbook's membership, or of one group's, in the form in which it can be kept for everybody."""
    if column is None or group is None:
        return membership_chart(
            membership_by_period(workbook, period=period, as_of=as_of, fiscal_year_starts=fiscal_year_starts)
        )
    told = membership_by_category(
        workbook, column=column, period=period, as_of=as_of, fiscal_year_starts=fiscal_year_starts
    )
    return membership_chart(told.groups.get(group, ()))


def _sum_of(period: MembershipPeriod | CategoryPeriod) -> str:
    """The arithmetic of a period, as it is checked; without what is held back."""
    so_far = " so far" if period.partial else ""
    start, new, dropped, end = (_known(each) for each in (period.start, period.new, period.dropped, period.end))
    head = f"<b>{period.period}{so_far}</b><br>"
    if start is None or new is None or dropped is None or end is None:
        told = "Held back, since few came, left or were here." if end is None else f"{end:,} at the end."
        return f"{head}{told}"
    passed = _known(period.came_and_went)
    went = f"<br>{pluralize(passed, 'person', 'people')} came and went" if passed else ""
    return f"{head}{start:,} at the start + {new:,} new {MINUS} {dropped:,} left = {end:,}{went}"


def period_ticks(periods: Sequence[AnyPeriod]) -> dict[str, object]:
    """Where the axis says which period it is: each, or where there are many the first of each year."""
    if len(periods) <= LABELED:
        return {
            "tickvals": [period.period for period in periods],
            "ticktext": [f"{_short(period)}{'<br>so far' if period.partial else ''}" for period in periods],
        }
    firsts = {period.first_day.year: period for period in reversed(periods)}
    years = sorted(year for year, period in firsts.items() if period.first_day.month == 1 or "FY" in period.period)
    every = -(-len(years) // 8) or 1
    shown = years[::-1][::every][::-1]
    return {"tickvals": [firsts[year].period for year in shown], "ticktext": [_year_of(firsts[y]) for y in shown]}


def _short(period: AnyPeriod) -> str:
    """A period's name on a narrow axis: Q1 over 2024, Mar over 2024."""
    if "-Q" in period.period:
        year, quarter = period.period.split("-")
        return f"{quarter}<br>{year}"
    return f"{period.first_day:%b<br>%Y}" if "-" in period.period else period.period


def _year_of(period: AnyPeriod) -> str:
    return period.period if "FY" in period.period else str(period.first_day.year)


def membership_text(periods: Sequence[MembershipPeriod | CategoryPeriod], *, of: str | None = None) -> str:
    """The chart in words, its latest periods one by one."""
    if not periods:
        return "No membership to show yet."

    def said(count: int | TooFew, what: str) -> str:
        return f"{what} held back" if isinstance(count, TooFew) else f"{count:,} {what}"

    lines = [
        f"{spoken_period(period)}{' so far' if period.partial else ''}: {said(period.start, 'at the start')}, "
        f"{said(period.new, 'new')}, {said(period.dropped, 'left')}, {said(period.end, 'at the end')}."
        for period in periods[-TOLD:]
    ]
    earlier = f" The latest {TOLD} of {len(periods)} periods:" if len(periods) > TOLD else ""
    return " ".join([f"{membership_title(periods, of=of)}.{earlier}", *(line[0].upper() + line[1:] for line in lines)])
