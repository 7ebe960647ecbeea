"""Chart of engagement: the share of members who took part in something in the months before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from nethealth.infrastructure import EngagedPeriod, Engagement, Period, engagement_by_period
from nethealth.infrastructure.charts.membership import MAX_IN_TEXT, period_ticks
from nethealth.metric import Unit
from nethealth.presentation import palette
from nethealth.presentation.chart_style import apply_chart_style
from nethealth.presentation.formatting import format_value, pluralize
from nethealth.workbook.records import Workbook

if TYPE_CHECKING:
    import plotly.graph_objects as go

MAX_LARGE_MARKERS = 40
COLOR = palette.CATEGORY_COLORS[0]


def engagement_title(engagement: Engagement) -> str:
    """Return the finding: how many of today's members took part recently."""
    if engagement.engaged is None or not engagement.members:
        return "Participation"
    months = pluralize(engagement.within_months, "month")
    members = pluralize(engagement.members, "member")
    return f"{engagement.engaged:,} of {members} took part in something in the last {months}"


def engagement_chart(periods: Sequence[EngagedPeriod]) -> go.Figure:
    """Draw the share engaged at each period's end as a line; the current period is hollow."""
    import plotly.graph_objects as go

    figure = go.Figure()
    figure.add_scatter(
        x=[period.period for period in periods],
        y=[period.engaged_share for period in periods],
        mode="lines+markers",
        name="Share engaged",
        connectgaps=False,
        line={"color": COLOR, "width": 2.5},
        marker={
            "size": 8 if len(periods) < MAX_LARGE_MARKERS else 4,
            "color": [palette.PAPER if period.partial else COLOR for period in periods],
            "line": {"color": COLOR, "width": 2},
        },
        hovertext=[
            f"<b>{period.period}{' so far' if period.partial else ''}</b><br>{period.engaged:,} of "
            f"{pluralize(period.members, 'member')}, {format_value(period.engaged_share, Unit.SHARE)}"
            for period in periods
        ],
        hoverinfo="text",
    )
    figure.update_layout(
        showlegend=False,
        xaxis={"type": "category", "tickangle": 0, **period_ticks(periods)},
        yaxis={"range": [0, 1.04], "tickformat": ".0%", "nticks": 5},
    )
    return apply_chart_style(figure, height=260)


def draw_engagement(
    workbook: Workbook, *, period: Period, as_of: dt.date, fiscal_year_starts: int | None = None
) -> go.Figure:
    """Draw a workbook's engagement over time."""
    return engagement_chart(
        engagement_by_period(workbook, period=period, as_of=as_of, fiscal_year_starts=fiscal_year_starts)
    )


def engagement_text(periods: Sequence[EngagedPeriod]) -> str:
    """Return the chart's alt text for the latest periods."""
    return "Share of members who took part in something. " + " ".join(
        f"{period.period}{' so far' if period.partial else ''}: {format_value(period.engaged_share, Unit.SHARE)} of "
        f"{pluralize(period.members, 'member')}."
        for period in periods[-MAX_IN_TEXT:]
    )
