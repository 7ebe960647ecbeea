"""The chart of the platforms, a panel a figure, with its finding and its words.

`platform_title` is the finding in one sentence; `platform_text` says the whole chart to those who don't see it.
Both may hold text from cells: whoever shows them escapes it.
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

TOLD = 12
"""How many of the latest months are said in words."""


def platform_title(summaries: Sequence[PlatformSummary]) -> str:
    """The finding: what share was active in the latest month of the platform with most people."""
    if not summaries:
        return "Communication platform"
    busiest = max(summaries, key=lambda summary: (summary.latest_month, summary.latest.active or 0))
    month = format_value(busiest.latest_month, Unit.MONTH)
    name = single_line(busiest.platform, longest=40)
    if busiest.active_share is not None:
        return f"{name}: {format_value(busiest.active_share, Unit.SHARE)} of its members were active in {month}"
    if busiest.latest.active is not None:
        return f"{name}: {pluralize(busiest.latest.active, 'active member')} in {month}"
    return f"{name}: last heard of in {month}"


@dataclass(frozen=True, slots=True)
class Panel:
    """One figure of the platforms as a strip of its own."""

    field: str
    label: str
    shape: str
    unit: Unit


PANELS: tuple[Panel, ...] = (
    Panel("active_share", "Share of its members who were active", ".0%", Unit.SHARE),
    Panel("active", "Active members", ",d", Unit.COUNT),
    Panel("posts", "Posts", ",d", Unit.COUNT),
    Panel("posts_per_active_member", "Posts per active member", ".1~f", Unit.NUMBER),
    Panel("replies_per_active_member", "Replies per active member", ".1~f", Unit.NUMBER),
    Panel("effectiveness", "Effectiveness as rated, 1 to 5", ".0f", Unit.NUMBER),
)
"""What the chart can show, from top to bottom; plain counts only where no figure made of them can be told."""
INSTEAD = {"active": "active_share", "posts": "posts_per_active_member"}
"""Counts that are left out where the figure made of them is there."""
TOP, APART = 190, 118
"""Pixels of the first panel, and of each further one."""


def panels_of(summaries: Sequence[PlatformSummary]) -> tuple[Panel, ...]:
    """The panels of which any platform holds a figure; the first one where none does."""
    there = {panel.field for panel in PANELS if any(_values(summary, panel, known=True) for summary in summaries)}
    found = [panel for panel in PANELS if panel.field in there and INSTEAD.get(panel.field) not in there]
    return tuple(found) or PANELS[:1]


def _values(summary: PlatformSummary, panel: Panel, *, known: bool = False) -> list[float | None]:
    values = [getattr(month, panel.field) for month in summary.months]
    return [value for value in values if value is not None] if known else values


def platform_measure(summaries: Sequence[PlatformSummary]) -> str:
    """What the platforms' chart shows, to be said once above it."""
    labels = [panel.label for panel in panels_of(summaries)]
    what = labels[0] if len(labels) == 1 else "Each figure on its own scale"
    return f"{what}, month by month. A gap is a month for which nothing was typed."


def platform_chart(summaries: Sequence[PlatformSummary]) -> go.Figure:
    """A panel a figure, all over the same months; a month without a figure is a gap in its line."""
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
            {f"yaxis{'' if place == 1 else place}": {"domain": domain, "tickformat": panel.shape, "nticks": 4, **top}}
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
    apply_chart_style(figure, height=280 if len(panels) == 1 else 24 + TOP + APART * (len(panels) - 1) + 44)
    if len(panels) > 1:
        figure.update_layout(margin={"t": 24})
    return figure


def _domains(count: int) -> list[tuple[float, float]]:
    """Where each panel stands, from the top: the first taller than the others, room for a title above each."""
    if count == 1:
        return [(0, 1)]
    whole = TOP + APART * (count - 1)
    domains = []
    top = whole
    for place in range(count):
        tall = TOP if place == 0 else APART
        domains.append(((top - tall + 4) / whole, (top - (0 if place == 0 else 30)) / whole))
        top -= tall
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
        hovertext=[_month_told(summary, month) for month in summary.months],
        hoverinfo="text",
    )


def platforms_chart(workbook: Workbook, *, as_of: dt.date) -> go.Figure:
    """The chart of a workbook's platforms, in the form in which it can be kept for everybody."""
    return platform_chart(summarize_platforms(workbook, as_of=as_of))


def _month_told(summary: PlatformSummary, month: PlatformMonthMetrics) -> str:
    figures = [
        ("active", format_value(month.active, Unit.COUNT)),
        ("of", format_value(month.members, Unit.COUNT)),
        ("posts", format_value(month.posts, Unit.COUNT)),
        ("replies", format_value(month.replies, Unit.COUNT)),
    ]
    there = dict(figures)
    lines = [f"<b>{chart_text(summary.platform)}</b>, {format_value(month.month, Unit.MONTH)}"]
    if month.active is not None:
        lines.append(f"{there['active']} active" + (f" of {there['of']}" if month.members is not None else ""))
    if month.posts is not None:
        lines.append(f"{there['posts']} posts" + (f", {there['replies']} replies" if month.replies is not None else ""))
    looked = [word for word, holds in (("facilitated", month.facilitated), ("curated", month.curated)) if holds]
    if looked:
        lines.append(" and ".join(looked))
    return "<br>".join(lines)


def platform_text(summaries: Sequence[PlatformSummary]) -> str:
    """The chart in words, each platform's latest months one by one."""
    if not summaries:
        return "No platform to show yet."
    parts = [f"{platform_title(summaries)}."]
    for panel in panels_of(summaries):
        parts.append(f"{panel.label}:")
        for summary in summaries:
            months = ", ".join(
                f"{month.month:%b %Y} {'no figure' if value is None else format_value(value, panel.unit)}"
                for month, value in list(zip(summary.months, _values(summary, panel), strict=True))[-TOLD:]
            )
            parts.append(f"{single_line(summary.platform, longest=40)}: {months}.")
    return " ".join(parts)
