"""The chart of convenings, or of the activities between them, with its finding and its words.

`gatherings_title` is the finding in one sentence, to stand above the chart; `gatherings_text` says the whole chart
to those who don't see it. Both may hold text from cells: whoever shows them escapes it.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from nethealth.infrastructure import GatheringSummary, summarize_activities, summarize_convenings
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


COUNTED = palette.CATEGORY_COLORS[2]
LABELED = 10
"""Up to so many gatherings, each carries its number; beyond, they would run into one another."""
TOLD = 12
"""How many of the latest gatherings are said in words."""


def gatherings_title(summary: GatheringSummary, *, one: str, many: str) -> str:
    """The finding: how often people gather, and what share of those invited come.

    `one` and `many` are what a gathering is called: convening, convenings.
    """
    if not summary.count:
        if summary.upcoming and (first := summary.upcoming[0].date):
            return f"The first {one} is planned for {format_date(first)}"
        return many.capitalize()
    came = f"; {_came(summary.attendance)}" if summary.attendance is not None else ""
    if summary.cadence_days is None:
        ago = "today" if not summary.days_since_last else f"{pluralize(summary.days_since_last, 'day')} ago"
        return f"{pluralize(summary.count, one, many).capitalize()} so far, {ago}{came}"
    return f"{pluralize(summary.count, one, many).capitalize()}, about {_every(summary.cadence_days)}{came}"


def attendance_title(summary: GatheringSummary, *, many: str) -> str:
    """The finding: what share of those invited came to the latest one, beside all before."""
    known = [(row, share) for row in summary.held if (share := attendance([row])) is not None]
    if not known or summary.attendance is None:
        return f"Who came to {many}"
    row, share = known[-1]
    if len(known) < 2:
        came = _came(share)
        return f"{came[:1].upper()}{came[1:]} to {single_line(row.title, longest=60)}"
    before = attendance(row for row, _ in known[:-1])
    latest = "the latest" if row is summary.held[-1] else "the latest that was counted"
    return f"{_came(share).capitalize()} to {latest}, {format_value(before, Unit.SHARE)} to those before"


def _came(share: float) -> str:
    """What share of those invited came, in words that hold where more came than were asked."""
    return "more came than were invited" if share > 1 else f"{format_value(share, Unit.SHARE)} of those invited came"


def _every(days: float) -> str:
    """A rhythm as people say it: every day, every 9 days, every 6 weeks, every 3 months."""
    if days < 14:
        return "every day" if days < 1.5 else f"every {days:.0f} days"
    if days < 75:
        return f"every {days / 7:.0f} weeks"
    months = round(days / 30.44)
    return f"every {months} months" if months < 23 else f"every {days / 365.25:.0f} years"


def gatherings_chart(summary: GatheringSummary) -> go.Figure:
    """Each gathering on its day: how many came as a stem with its head, how many were invited as a line across.

    What is planned stands as a hollow mark on the ground, right of today. The gaps between are the rhythm.
    """
    import plotly.graph_objects as go

    figure = go.Figure()
    stems_x: list[dt.date | None] = []
    stems_y: list[float | None] = []
    for row in summary.held:
        if row.attended:
            stems_x += [row.date, row.date, None]
            stems_y += [0, row.attended, None]
    figure.add_scatter(
        x=stems_x, y=stems_y, mode="lines", line={"color": COUNTED, "width": 3}, showlegend=False, hoverinfo="skip"
    )
    labeled = len(summary.held) <= LABELED
    for name, rows, heights, marker in (
        (
            "People invited",
            [row for row in summary.held if row.invited is not None],
            [row.invited for row in summary.held if row.invited is not None],
            {"symbol": "line-ew-open", "size": 16, "color": palette.MUTED, "line": {"width": 2}},
        ),
        (
            "People who came",
            [row for row in summary.held if row.attended is not None],
            [row.attended for row in summary.held if row.attended is not None],
            {"symbol": "circle", "size": 11, "color": COUNTED},
        ),
        (
            "Held, not counted",
            [row for row in summary.held if row.attended is None],
            [0.0 for row in summary.held if row.attended is None],
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
                hovertext=[told(row) for row in rows],
                hoverinfo="text",
            )
    shown = _days_shown(summary)
    tallest = max(
        [*(row.attended or 0 for row in summary.held), *(row.invited or 0 for row in summary.held)], default=0
    )
    figure.update_layout(
        xaxis={"range": [day.isoformat() for day in shown], **time_axis(*shown)},
        yaxis={"range": [-0.06 * (tallest or 1), 1.18 * (tallest or 1)], "nticks": 5, "tickformat": ",d"},
        hovermode="closest",
    )
    if summary.upcoming:
        figure.add_vline(x=summary.as_of.isoformat(), line={"color": palette.FAINT, "width": 1, "dash": "dot"})
    return apply_chart_style(figure, height=300)


def convenings_chart(workbook: Workbook, *, as_of: dt.date) -> go.Figure:
    """The chart of a workbook's convenings, in the form in which it can be kept for everybody."""
    return gatherings_chart(summarize_convenings(workbook, as_of=as_of))


def activities_chart(workbook: Workbook, *, as_of: dt.date) -> go.Figure:
    """The chart of a workbook's activities, in the form in which it can be kept for everybody."""
    return gatherings_chart(summarize_activities(workbook, as_of=as_of))


def _days_shown(summary: GatheringSummary) -> tuple[dt.date, dt.date]:
    """From the first gathering to the last one planned, today inside, with a little air at both ends."""
    days = [row.date for row in (*summary.held, *summary.upcoming) if row.date is not None]
    first, last = min([*days, summary.as_of]), max([*days, summary.as_of])
    air = dt.timedelta(days=max(10, (last - first).days // 25))
    # A date typed at the calendar's very end leaves no room for air.
    return (first - air if first - dt.date.min > air else first, last + air if dt.date.max - last > air else last)


def told(row: Gathering) -> str:
    """A gathering as its tip says it; what was typed is escaped, for a tip understands markup."""
    came = [
        f"{format_value(row.attended, Unit.COUNT)} came" if row.attended is not None else "",
        f"{format_value(row.invited, Unit.COUNT)} invited" if row.invited is not None else "",
    ]
    day = format_date(row.date) if row.date else ""
    return "<br>".join(
        part
        for part in (f"<b>{chart_text(row.title, longest=70)}</b>", day, ", ".join(word for word in came if word))
        if part
    )


def gatherings_text(summary: GatheringSummary, *, one: str, many: str) -> str:
    """The chart in words, its latest gatherings one by one."""
    if summary.is_empty:
        return f"No {many} to show yet."
    parts = [f"{gatherings_title(summary, one=one, many=many)}."]
    if summary.days_since_last is not None:
        parts.append(f"The last one was {pluralize(summary.days_since_last, 'day')} ago.")
    parts.append(f"{pluralize(summary.planned, one, many).capitalize()} planned.")
    for row in summary.held[-TOLD:]:
        came = f"{format_value(row.attended, Unit.COUNT)} came" if row.attended is not None else "not counted"
        invited = f" of {format_value(row.invited, Unit.COUNT)} invited" if row.invited is not None else ""
        parts.append(
            f"{format_date(row.date) if row.date else ''}, {single_line(row.title, longest=60)}: {came}{invited}."
        )
    return " ".join(parts)
