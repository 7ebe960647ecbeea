"""Chart of attendance at convenings or activities.

Titles and texts may contain values from cells, so callers must escape them.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from nethealth.infrastructure import GatheringKind, GatheringSummary, summarize_gatherings
from nethealth.infrastructure.gatherings import attendance
from nethealth.metric import Unit
from nethealth.presentation import palette
from nethealth.presentation.chart_labels import chart_text
from nethealth.presentation.chart_style import apply_chart_style
from nethealth.presentation.formatting import format_date, format_value, pluralize, single_line
from nethealth.presentation.time_axis import time_axis
from nethealth.workbook.records import Gathering, Workbook

if TYPE_CHECKING:
    import plotly.graph_objects as go

COLOR = palette.CATEGORY_COLORS[2]
MAX_LABELED = 10
"""Most gatherings labeled with their numbers; more would overlap."""
MAX_IN_TEXT = 12
"""Latest gatherings in the alt text."""


def gatherings_title(summary: GatheringSummary, *, kind: GatheringKind) -> str:
    """Return the finding: how often people gather, and what share of people invited come."""
    if not summary.count:
        if summary.upcoming and (first := summary.upcoming[0].date):
            return f"The first {kind} is planned for {format_date(first)}"
        return f"No {kind.plural} yet"
    count = f"{pluralize(summary.count, kind, kind.plural).capitalize()} so far"
    if summary.cadence_days is not None:
        when = f"about {_every(summary.cadence_days)}"
    else:
        when = f"{pluralize(summary.days_since_last, 'day')} ago" if summary.days_since_last else "today"
    came = f", and {_came(summary.attendance)}" if summary.attendance is not None else ""
    return f"{count}, {when}{came}"


def attendance_title(summary: GatheringSummary, *, kind: GatheringKind) -> str:
    """Return the finding: the share of people invited who came to the latest gathering, compared with earlier ones."""
    known = [(row, share) for row in summary.past if (share := attendance([row])) is not None]
    if not known:
        return f"Who came to {kind.plural}"
    row, share = known[-1]
    came = f"{_came(share)}"
    came = came[:1].upper() + came[1:]
    if len(known) < 2:
        return f"{came} to {single_line(row.title, longest=60)}"
    before = format_value(attendance(row for row, _ in known[:-1]), Unit.SHARE)
    latest = "latest" if row is summary.past[-1] else "latest counted"
    return f"{came} to the {latest} {kind}, compared with {before} before"


def _came(share: float) -> str:
    return (
        "more people came than were invited"
        if share > 1
        else f"{format_value(share, Unit.SHARE)} of those invited came"
    )


def _every(days: float) -> str:
    """Return a cadence as people say it: every day, every 9 days, every 6 weeks, every 3 months."""
    if days < 14:
        return "every day" if days < 1.5 else f"every {days:.0f} days"
    if days < 75:
        return f"every {days / 7:.0f} weeks"
    months = round(days / 30.44)
    return f"every {months} months" if months < 23 else f"every {days / 365.25:.0f} years"


def gatherings_chart(summary: GatheringSummary) -> go.Figure:
    """Draw each gathering on its day: people who came as a stem, people invited as a bar across.

    Planned gatherings are hollow marks on the baseline.
    """
    import plotly.graph_objects as go

    figure = go.Figure()
    stems_x: list[dt.date | None] = []
    stems_y: list[float | None] = []
    for row in summary.past:
        if row.attended:
            stems_x += [row.date, row.date, None]
            stems_y += [0, row.attended, None]
    figure.add_scatter(
        x=stems_x, y=stems_y, mode="lines", line={"color": COLOR, "width": 3}, showlegend=False, hoverinfo="skip"
    )
    labeled = len(summary.past) <= MAX_LABELED
    for name, rows, heights, marker in (
        (
            "People invited",
            [row for row in summary.past if row.invited is not None],
            [row.invited for row in summary.past if row.invited is not None],
            {"symbol": "line-ew-open", "size": 16, "color": palette.MUTED, "line": {"width": 2}},
        ),
        (
            "People who came",
            [row for row in summary.past if row.attended is not None],
            [row.attended for row in summary.past if row.attended is not None],
            {"symbol": "circle", "size": 11, "color": COLOR},
        ),
        (
            "Not counted",
            [row for row in summary.past if row.attended is None],
            [0.0 for row in summary.past if row.attended is None],
            {"symbol": "circle-open", "size": 10, "color": palette.MUTED, "line": {"width": 2}},
        ),
        (
            "Planned",
            list(summary.upcoming),
            [0.0 for _ in summary.upcoming],
            {"symbol": "diamond-open", "size": 12, "color": palette.ACCENT_TEXT, "line": {"width": 2.5}},
        ),
    ):
        if rows:
            figure.add_scatter(
                x=[row.date for row in rows],
                y=heights,
                name=name,
                mode="markers+text" if name == "People who came" and labeled else "markers",
                text=[f"{height:,.0f}" for height in heights],
                textposition="top center",
                marker=marker,
                cliponaxis=False,
                hovertext=[hover_text(row) for row in rows],
                hoverinfo="text",
            )
    first, last = _days_shown(summary)
    tallest = max(
        [*(row.attended or 0 for row in summary.past), *(row.invited or 0 for row in summary.past)], default=0
    )
    figure.update_layout(
        xaxis={"range": [first.isoformat(), last.isoformat()], **time_axis(first, last)},
        yaxis={"range": [-0.06 * (tallest or 1), 1.18 * (tallest or 1)], "nticks": 5, "tickformat": ",d"},
        hovermode="closest",
    )
    if summary.upcoming:
        figure.add_vline(x=summary.as_of.isoformat(), line={"color": palette.FAINT, "width": 1, "dash": "dot"})
    return apply_chart_style(figure, height=300)


def draw_gatherings(workbook: Workbook, *, kind: GatheringKind, as_of: dt.date) -> go.Figure:
    """Draw attendance at a workbook's convenings or activities."""
    return gatherings_chart(summarize_gatherings(workbook, kind=kind, as_of=as_of))


def _days_shown(summary: GatheringSummary) -> tuple[dt.date, dt.date]:
    """Return the days from the first to the last gathering, today included, with a margin at both ends."""
    days = [row.date for row in (*summary.past, *summary.upcoming) if row.date is not None]
    first, last = min([*days, summary.as_of]), max([*days, summary.as_of])
    margin = dt.timedelta(days=max(10, (last - first).days // 25))
    # A date typed at the calendar's very end leaves no room for a margin.
    return (
        first - margin if first - dt.date.min > margin else first,
        last + margin if dt.date.max - last > margin else last,
    )


def hover_text(row: Gathering) -> str:
    """Return a gathering's tooltip with its values escaped."""
    counts = [
        f"{format_value(row.attended, Unit.COUNT)} came" if row.attended is not None else "",
        f"{format_value(row.invited, Unit.COUNT)} invited" if row.invited is not None else "",
    ]
    day = format_date(row.date) if row.date else ""
    lines = [f"<b>{chart_text(row.title, longest=70)}</b>", day, ", ".join(filter(None, counts))]
    return "<br>".join(filter(None, lines))


def gatherings_text(summary: GatheringSummary, *, kind: GatheringKind) -> str:
    """Return the chart's alt text for the latest gatherings."""
    if summary.is_empty:
        return f"No {kind.plural} yet."
    parts = [f"{gatherings_title(summary, kind=kind)}."]
    if summary.days_since_last is not None:
        parts.append(f"The last one was {pluralize(summary.days_since_last, 'day')} ago.")
    parts.append(f"{pluralize(summary.planned, kind, kind.plural).capitalize()} planned.")
    for row in summary.past[-MAX_IN_TEXT:]:
        came = f"{format_value(row.attended, Unit.COUNT)} came" if row.attended is not None else "not counted"
        invited = f" of {format_value(row.invited, Unit.COUNT)} invited" if row.invited is not None else ""
        day = format_date(row.date) if row.date else ""
        parts.append(f"{day}, {single_line(row.title, longest=60)}: {came}{invited}.")
    return " ".join(parts)
