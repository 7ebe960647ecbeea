"""Chart of the communication platforms, one panel per metric.

Titles and texts may contain values from cells, so callers must escape them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nethealth.infrastructure import PlatformMonthMetrics, PlatformSummary, summarize_platforms
from nethealth.metric import Unit
from nethealth.presentation import palette
from nethealth.presentation.chart_labels import chart_text
from nethealth.presentation.chart_style import apply_chart_style
from nethealth.presentation.formatting import format_value, pluralize, single_line
from nethealth.presentation.time_axis import time_axis
from nethealth.workbook.records import Workbook

if TYPE_CHECKING:
    import plotly.graph_objects as go

MAX_IN_TEXT = 12
"""Latest months in the alt text."""


def platform_title(summaries: Sequence[PlatformSummary]) -> str:
    """Return the finding: the share active in the latest month of the busiest platform."""
    if not summaries:
        return "No platform data yet"
    busiest = max(summaries, key=lambda summary: (summary.latest_month, summary.latest.active or 0))
    month = format_value(busiest.latest_month, Unit.MONTH)
    name = single_line(busiest.platform, longest=40)
    if busiest.active_share is not None:
        return f"{name}: {format_value(busiest.active_share, Unit.SHARE)} of people on it were active in {month}"
    if busiest.latest.active is not None:
        return f"{name}: {pluralize(busiest.latest.active, 'active member')} in {month}"
    return f"{name}: latest data from {month}"


@dataclass(frozen=True, slots=True)
class Panel:
    """One metric of the platforms with a panel of its own."""

    field: str
    label: str
    tick_format: str
    unit: Unit


PANELS: tuple[Panel, ...] = (
    Panel("active_share", "Active share", ".0%", Unit.SHARE),
    Panel("active", "Active members", ",d", Unit.COUNT),
    Panel("posts", "Posts", ",d", Unit.COUNT),
    Panel("posts_per_active_member", "Posts per active member", ".1~f", Unit.NUMBER),
    Panel("replies_per_active_member", "Replies per active member", ".1~f", Unit.NUMBER),
    Panel("effectiveness", "Effectiveness (rated 1 to 5)", ".0f", Unit.NUMBER),
)
"""The possible panels, from top to bottom."""
REPLACED_BY = {"active": "active_share", "posts": "posts_per_active_member"}
"""Counts left out if the metric made from them is known."""
FIRST_HEIGHT, PANEL_HEIGHT = 190, 118
"""Pixels of the first panel, and of each other one."""


def panels_of(summaries: Sequence[PlatformSummary]) -> tuple[Panel, ...]:
    """Return the panels with data on any platform, or the first one."""
    known = {panel.field for panel in PANELS if any(_values(summary, panel, known=True) for summary in summaries)}
    panels = [panel for panel in PANELS if panel.field in known and REPLACED_BY.get(panel.field) not in known]
    return tuple(panels) or PANELS[:1]


def _values(summary: PlatformSummary, panel: Panel, *, known: bool = False) -> list[float | None]:
    values = [getattr(month, panel.field) for month in summary.months]
    return [value for value in values if value is not None] if known else values


def platform_caption(summaries: Sequence[PlatformSummary]) -> str:
    """Say what the chart shows."""
    labels = [panel.label for panel in panels_of(summaries)]
    what = f"{labels[0]} by month." if len(labels) == 1 else "Monthly values, each with its own scale."
    return f"{what} Gaps are months without data."


def platform_chart(summaries: Sequence[PlatformSummary]) -> go.Figure:
    """Draw one panel per metric over the same months; months without data are gaps."""
    import plotly.graph_objects as go

    panels = panels_of(summaries)
    first = min((summary.months[0].month for summary in summaries), default=None)
    last = max((summary.latest_month for summary in summaries), default=None)
    domains = _domains(len(panels))
    figure = go.Figure()
    titles = []
    for place, (panel, domain) in enumerate(zip(panels, domains, strict=True), start=1):
        axis = "y" if place == 1 else f"y{place}"
        for index, summary in enumerate(summaries):
            figure.add_trace(_line(summary, panel, index=index, axis=axis, first=place == 1))
        top = (
            {"range": [0.8, 5.2], "tickvals": [1, 3, 5]} if panel.field == "effectiveness" else {"rangemode": "tozero"}
        )
        figure.update_layout(
            {
                f"yaxis{'' if place == 1 else place}": {
                    "domain": domain,
                    "tickformat": panel.tick_format,
                    "nticks": 4,
                    **top,
                }
            }
        )
        if len(panels) > 1:
            titles.append((panel.label, domain[1]))
    figure.update_layout(
        showlegend=len(summaries) > 1,
        xaxis={
            **(time_axis(first, last) if first and last else {}),
            "anchor": "y" if len(panels) == 1 else f"y{len(panels)}",
        },
        annotations=[
            {
                "text": label, "x": 0, "y": y, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom",
                "showarrow": False, "font": {"size": 13, "color": palette.MUTED},
            }
            for label, y in titles
        ],
    )  # fmt: skip
    apply_chart_style(
        figure, height=280 if len(panels) == 1 else 24 + FIRST_HEIGHT + PANEL_HEIGHT * (len(panels) - 1) + 44
    )
    if len(panels) > 1:
        figure.update_layout(margin={"t": 24})
    return figure


def _domains(count: int) -> list[tuple[float, float]]:
    """Return each panel's vertical range, from the top: the first is tallest, with room for a title above each."""
    if count == 1:
        return [(0, 1)]
    height = FIRST_HEIGHT + PANEL_HEIGHT * (count - 1)
    domains = []
    top = height
    for index in range(count):
        panel_height = FIRST_HEIGHT if index == 0 else PANEL_HEIGHT
        domains.append(((top - panel_height + 4) / height, (top - (0 if index == 0 else 30)) / height))
        top -= panel_height
    return domains


def _line(summary: PlatformSummary, panel: Panel, *, index: int, axis: str, first: bool) -> go.Scatter:
    from plotly.graph_objects import Scatter

    color = palette.CATEGORY_COLORS[index % len(palette.CATEGORY_COLORS)]
    return Scatter(
        x=[month.month for month in summary.months],
        y=_values(summary, panel),
        yaxis=axis,
        name=chart_text(summary.platform),
        showlegend=None if first else False,
        mode="lines+markers",
        connectgaps=False,
        line={"color": color, "width": 2.5 if first else 2},
        marker={"size": 7 if first else 5, "symbol": palette.SYMBOLS[index % len(palette.SYMBOLS)], "color": color},
        hovertext=[_hover_text(summary, month) for month in summary.months],
        hoverinfo="text",
    )


def draw_platforms(workbook: Workbook, *, as_of: dt.date) -> go.Figure:
    """Draw the chart of a workbook's platforms."""
    return platform_chart(summarize_platforms(workbook, as_of=as_of))


def _hover_text(summary: PlatformSummary, month: PlatformMonthMetrics) -> str:
    lines = [f"<b>{chart_text(summary.platform)}</b>, {format_value(month.month, Unit.MONTH)}"]
    if month.active is not None:
        members = f" of {format_value(month.members, Unit.COUNT)}" if month.members is not None else ""
        lines.append(f"{format_value(month.active, Unit.COUNT)} active{members}")
    if month.posts is not None:
        replies = f", {format_value(month.replies, Unit.COUNT)} replies" if month.replies is not None else ""
        lines.append(f"{format_value(month.posts, Unit.COUNT)} posts{replies}")
    care = [word for word, answer in (("facilitated", month.facilitated), ("curated", month.curated)) if answer]
    if care:
        lines.append(" and ".join(care))
    return "<br>".join(lines)


def platform_text(summaries: Sequence[PlatformSummary]) -> str:
    """Return the chart's alt text for each platform's latest months."""
    if not summaries:
        return "No platform data yet."
    parts = [f"{platform_title(summaries)}."]
    for panel in panels_of(summaries):
        parts.append(f"{panel.label}:")
        for summary in summaries:
            months = ", ".join(
                f"{month.month:%b %Y} {'no data' if value is None else format_value(value, panel.unit)}"
                for month, value in list(zip(summary.months, _values(summary, panel), strict=True))[-MAX_IN_TEXT:]
            )
            parts.append(f"{single_line(summary.platform, longest=40)}: {months}.")
    return " ".join(parts)
