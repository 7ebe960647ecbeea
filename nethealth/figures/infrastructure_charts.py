"""The charts of membership and platforms; each with its finding and its words.

`..._title` is the finding in one sentence, to stand above the chart; `..._in_words` says the whole chart to those who
don't see it. Both may hold text from cells: whoever shows them escapes it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from nethealth.definitions import Unit
from nethealth.figures import palette
from nethealth.figures.chart_labels import chart_text
from nethealth.figures.chart_style import styled
from nethealth.figures.time_axis import time_axis
from nethealth.figures.wording import counted, formatted, plain
from nethealth.infrastructure import (
    MembershipPeriod,
    Period,
    PlatformFigures,
    PlatformSummary,
    membership_by_period,
    platform,
)
from nethealth.workbook.records import Workbook

if TYPE_CHECKING:
    import plotly.graph_objects as go

LABELLED = 12
"""Up to so many periods, each carries its numbers; beyond, they would run into one another."""
NEW, LEFT = palette.ACCENT, palette.MUTED
PLUS, MINUS = "+", "\u2212"
TOLD = 12
"""How many of the latest periods or months are said in words."""


def spoken_period(period: MembershipPeriod) -> str:
    """What people call a period: 2024, FY2024, Q1 2024, March 2024."""
    if "-Q" in period.period:
        year, quarter = period.period.split("-")
        return f"{quarter} {year}"
    return f"{period.first_day:%B %Y}" if "-" in period.period else period.period


def membership_title(periods: Sequence[MembershipPeriod]) -> str:
    """The finding: how many members there are, and how that moved over the latest period."""
    if not periods:
        return "Membership"
    last = periods[-1]
    members = counted(last.end, "member")
    when = "since the start of" if last.partial else "in"
    if not last.start:
        return f"{members}, the first of them since {spoken_period(last)}" if last.end else "No members today"
    change = last.end - last.start
    if not change:
        return f"{members}, as many as when {spoken_period(last)} began"
    return f"{members}, {abs(change):,} {'more' if change > 0 else 'fewer'} {when} {spoken_period(last)}"


def membership_chart(periods: Sequence[MembershipPeriod]) -> go.Figure:
    """Members at the end of each period as a line; beneath it who is new, above zero, and who left, beneath it.

    Each step of the line is the bar above zero less the bar beneath it, so that the sum can be checked with the eye.
    """
    import plotly.graph_objects as go

    names = [period.period for period in periods]
    labelled = len(periods) <= LABELLED
    told = [_sum_of(period) for period in periods]
    figure = go.Figure()
    figure.add_scatter(
        x=names,
        y=[period.end for period in periods],
        name="Members at the end",
        mode="lines+markers+text" if labelled else "lines",
        text=[f"{period.end:,}" for period in periods],
        textposition="top center",
        cliponaxis=False,
        line={"color": palette.INK, "width": 2.5},
        marker={
            "size": 8,
            "color": [palette.PAPER if period.partial else palette.INK for period in periods],
            "line": {"color": palette.INK, "width": 2},
        },
        hovertext=told,
        hoverinfo="text",
    )
    for label, colour, counts, sign in (
        ("New", NEW, [period.new for period in periods], PLUS),
        ("Left", LEFT, [period.dropped for period in periods], MINUS),
    ):
        figure.add_bar(
            x=names,
            y=[count if sign == PLUS else -count for count in counts],
            name=label,
            yaxis="y2",
            marker={"color": colour, "opacity": [0.55 if period.partial else 1 for period in periods]},
            text=[f"{sign}{count:,}" if count else "" for count in counts] if labelled else None,
            textposition="outside",
            textangle=0,
            cliponaxis=False,
            hovertext=told,
            hoverinfo="text",
        )
    came = max((period.new for period in periods), default=0)
    went = max((period.dropped for period in periods), default=0)
    air = max(came + went, 1) * (0.3 if labelled else 0.1)
    highest = max((period.end for period in periods), default=0) or 1
    figure.update_layout(
        barmode="relative",
        bargap=0.5 if labelled else 0.15,
        xaxis={"type": "category", "anchor": "y2", "tickangle": 0, **_ticks(periods)},
        yaxis={"domain": [0.46, 1], "range": [0, 1.16 * highest], "nticks": 5, "tickformat": ",d"},
        yaxis2={
            "domain": [0, 0.36],
            "range": [-went - air, came + air],
            **({"tickvals": [0], "ticktext": ["0"]} if labelled else {"nticks": 5, "tickformat": ",d"}),
        },
    )
    return styled(figure, height=420)


def membership_chart_by(workbook: Workbook, *, period: Period, as_of: dt.date) -> go.Figure:
    """The chart of a workbook's membership, in the form in which it can be kept for everybody."""
    return membership_chart(membership_by_period(workbook, period=period, as_of=as_of))


def _sum_of(period: MembershipPeriod) -> str:
    """The arithmetic of a period, as it is checked."""
    went = f"<br>{counted(period.came_and_went, 'person', 'people')} came and went" if period.came_and_went else ""
    so_far = " so far" if period.partial else ""
    return (
        f"<b>{period.period}{so_far}</b><br>{period.start:,} at the start + {period.new:,} new {MINUS} "
        f"{period.dropped:,} left = {period.end:,}{went}"
    )


def _ticks(periods: Sequence[MembershipPeriod]) -> dict[str, object]:
    """Where the axis says which period it is: each, or where there are many the first of each year."""
    if len(periods) <= LABELLED:
        return {
            "tickvals": [period.period for period in periods],
            "ticktext": [f"{_short(period)}{'<br>so far' if period.partial else ''}" for period in periods],
        }
    firsts = {period.first_day.year: period for period in reversed(periods)}
    years = sorted(year for year, period in firsts.items() if period.first_day.month == 1 or "FY" in period.period)
    every = -(-len(years) // 8) or 1
    shown = years[::-1][::every][::-1]
    return {"tickvals": [firsts[year].period for year in shown], "ticktext": [_year_of(firsts[y]) for y in shown]}


def _short(period: MembershipPeriod) -> str:
    """A period's name on a narrow axis: Q1 over 2024, Mar over 2024."""
    if "-Q" in period.period:
        year, quarter = period.period.split("-")
        return f"{quarter}<br>{year}"
    return f"{period.first_day:%b<br>%Y}" if "-" in period.period else period.period


def _year_of(period: MembershipPeriod) -> str:
    return period.period if "FY" in period.period else str(period.first_day.year)


def membership_in_words(periods: Sequence[MembershipPeriod]) -> str:
    """The chart in words, its latest periods one by one."""
    if not periods:
        return "No membership to show yet."
    lines = [
        f"{spoken_period(period)}{' so far' if period.partial else ''}: {period.start:,} at the start, "
        f"{period.new:,} new, {period.dropped:,} left, {period.end:,} at the end."
        for period in periods[-TOLD:]
    ]
    earlier = f" The latest {TOLD} of {len(periods)} periods:" if len(periods) > TOLD else ""
    return " ".join([f"{membership_title(periods)}.{earlier}", *(line[0].upper() + line[1:] for line in lines)])


def platform_title(summaries: Sequence[PlatformSummary]) -> str:
    """The finding: what share was active in the latest month of the platform with most people."""
    if not summaries:
        return "Communication platform"
    busiest = max(summaries, key=lambda summary: (summary.latest_month, summary.latest.active or 0))
    month = formatted(busiest.latest_month, Unit.MONTH)
    name = plain(busiest.platform, longest=40)
    if busiest.active_share is not None:
        return f"{name}: {formatted(busiest.active_share, Unit.SHARE)} of its members were active in {month}"
    if busiest.latest.active is not None:
        return f"{name}: {counted(busiest.latest.active, 'active member')} in {month}"
    return f"{name}: last heard of in {month}"


_SERIES: tuple[tuple[str, str, str], ...] = (
    ("active_share", "Share of its members who were active", ".0%"),
    ("active", "Active members", ",d"),
    ("posts", "Posts", ",d"),
)
"""What the platforms' chart can show: the first of these that any platform holds."""


def _series_of(summaries: Sequence[PlatformSummary]) -> tuple[str, str, str]:
    return next(
        (
            series
            for series in _SERIES
            if any(getattr(month, series[0]) is not None for summary in summaries for month in summary.months)
        ),
        _SERIES[0],
    )


def platform_measure(summaries: Sequence[PlatformSummary]) -> str:
    """What the platforms' chart shows, to be said once above it."""
    return f"{_series_of(summaries)[1]}, month by month. A gap is a month for which nothing was typed."


def platform_chart(summaries: Sequence[PlatformSummary]) -> go.Figure:
    """The activity on each platform, month by month; a month without figures is a gap in its line."""
    import plotly.graph_objects as go

    field, _, shape = _series_of(summaries)
    first = min((summary.months[0].month for summary in summaries), default=None)
    last = max((summary.latest_month for summary in summaries), default=None)
    figure = go.Figure()
    for index, summary in enumerate(summaries):
        colour = palette.GROUPS[index % len(palette.GROUPS)]
        values = [getattr(month, field) for month in summary.months]
        figure.add_scatter(
            x=[month.month for month in summary.months],
            y=values,
            name=chart_text(summary.platform),
            mode="lines+markers",
            connectgaps=False,
            line={"color": colour, "width": 2.5},
            marker={"size": 7, "symbol": palette.SYMBOLS[index % len(palette.SYMBOLS)], "color": colour},
            hovertext=[_month_told(summary, month) for month in summary.months],
            hoverinfo="text",
        )
    figure.update_layout(
        showlegend=len(summaries) > 1,
        xaxis=time_axis(first, last) if first and last else {},
        yaxis={"rangemode": "tozero", "tickformat": shape, "nticks": 5},
    )
    return styled(figure, height=280)


def platforms_chart(workbook: Workbook, *, as_of: dt.date) -> go.Figure:
    """The chart of a workbook's platforms, in the form in which it can be kept for everybody."""
    return platform_chart(platform(workbook, as_of=as_of))


def _month_told(summary: PlatformSummary, month: PlatformFigures) -> str:
    figures = [
        ("active", formatted(month.active, Unit.COUNT)),
        ("of", formatted(month.members, Unit.COUNT)),
        ("posts", formatted(month.posts, Unit.COUNT)),
        ("replies", formatted(month.replies, Unit.COUNT)),
    ]
    there = dict(figures)
    lines = [f"<b>{chart_text(summary.platform)}</b>, {formatted(month.month, Unit.MONTH)}"]
    if month.active is not None:
        lines.append(f"{there['active']} active" + (f" of {there['of']}" if month.members is not None else ""))
    if month.posts is not None:
        lines.append(f"{there['posts']} posts" + (f", {there['replies']} replies" if month.replies is not None else ""))
    return "<br>".join(lines)


def platform_in_words(summaries: Sequence[PlatformSummary]) -> str:
    """The chart in words, each platform's latest months one by one."""
    if not summaries:
        return "No platform to show yet."
    field, label, _ = _series_of(summaries)
    unit = Unit.SHARE if field == "active_share" else Unit.COUNT
    parts = [f"{platform_title(summaries)}. {label}:"]
    for summary in summaries:
        months = ", ".join(
            f"{month.month:%b %Y} {'no figure' if (v := getattr(month, field)) is None else formatted(v, unit)}"
            for month in summary.months[-TOLD:]
        )
        parts.append(f"{plain(summary.platform, longest=40)}: {months}.")
    return " ".join(parts)
