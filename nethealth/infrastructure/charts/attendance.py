"""Chart of first-time and returning attendees.

Titles and texts may contain values from cells, so callers must escape them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from nethealth.infrastructure import Attendance, GatheringKind, Turnout
from nethealth.presentation import palette
from nethealth.presentation.chart_labels import chart_text
from nethealth.presentation.chart_style import apply_chart_style
from nethealth.presentation.formatting import format_date, single_line
from nethealth.presentation.time_axis import time_axis
from nethealth.privacy.suppression import TooFew

if TYPE_CHECKING:
    import plotly.graph_objects as go

MAX_IN_TEXT = 12
"""Latest gatherings in the alt text."""
FIRST_TIME, RETURNING, NOT_SPLIT = palette.ACCENT, palette.CATEGORY_COLORS[2], palette.FAINT


def attendees_title(attended: Attendance, *, kind: GatheringKind) -> str:
    """Return the finding: how many people came to the latest gathering with a list for the first time."""
    latest = next((turnout for turnout in reversed(attended.turnouts) if turnout.first_time is not None), None)
    if latest is None or latest.gathering.date is None:
        return "First-time and returning attendees"
    day = format_date(latest.gathering.date)
    if isinstance(latest.first_time, TooFew):
        return f"First-time attendees on {day}: hidden (too few people)"
    if not latest.first_time:
        return f"No one was new at the {kind} on {day}"
    return f"{latest.first_time:,} of {latest.listed:,} people were new at the {kind} on {day}"


def attendees_chart(attended: Attendance) -> go.Figure:
    """Draw each gathering with a list as a bar: returning attendees, with first-time attendees on top."""
    import plotly.graph_objects as go

    rows = [(turnout.gathering.date, turnout) for turnout in attended.turnouts if turnout.gathering.date is not None]
    days = _separate_days([day for day, _ in rows])
    figure = go.Figure()
    width = _bar_width(days)
    for name, color, heights in (
        ("Returning", RETURNING, [_known(turnout.returning) for _, turnout in rows]),
        ("First time", FIRST_TIME, [_known(turnout.first_time) for _, turnout in rows]),
        (
            "First list, or hidden",
            NOT_SPLIT,
            [None if _known(turnout.first_time) is not None else turnout.listed for _, turnout in rows],
        ),
    ):
        if any(height for height in heights):
            figure.add_bar(
                x=days,
                y=heights,
                width=width,
                name=name,
                marker={"color": color},
                hovertext=[_hover_text(turnout) for _, turnout in rows],
                hoverinfo="text",
            )
    figure.update_layout(
        barmode="stack",
        xaxis=time_axis(days[0], days[-1]) if days else {},
        yaxis={"rangemode": "tozero", "nticks": 5, "tickformat": ",d"},
    )
    return apply_chart_style(figure, height=260)


def _separate_days(days: Sequence[dt.date]) -> list[dt.date]:
    """Move a second gathering on one day to the next day, so that their bars don't merge."""
    separate: list[dt.date] = []
    for day in days:
        is_free = not separate or separate[-1] == dt.date.max
        separate.append(day if is_free else max(day, separate[-1] + dt.timedelta(days=1)))
    return separate


def _bar_width(days: Sequence[dt.date]) -> float:
    """Return a bar's width in milliseconds: at most a 45th of the time span, and narrower than any gap."""
    gaps = [(later - earlier).days for earlier, later in pairwise(days) if later > earlier]
    span = (days[-1] - days[0]).days if days else 0
    return max(2.0, min(max(span / 45, 4.0), 0.85 * min(gaps, default=4))) * 24 * 3600 * 1000


def _known(count: object) -> int | None:
    return count if isinstance(count, int) else None


def _hover_text(turnout: Turnout) -> str:
    day = format_date(turnout.gathering.date) if turnout.gathering.date else ""
    head = f"<b>{chart_text(turnout.gathering.title, longest=70)}</b><br>{day}<br>{turnout.listed:,} people"
    if turnout.first_time is None:
        return f"{head}, the first list"
    if isinstance(turnout.first_time, TooFew):
        return f"{head}; first-time attendees hidden (too few people)"
    return f"{head}, {turnout.first_time:,} for the first time"


def attendees_text(attended: Attendance, *, kind: GatheringKind) -> str:
    """Return the chart's alt text for the latest gatherings."""
    parts = [f"{attendees_title(attended, kind=kind)}."]
    for turnout in attended.turnouts[-MAX_IN_TEXT:]:
        day = format_date(turnout.gathering.date) if turnout.gathering.date else ""
        first_time = _known(turnout.first_time)
        new = f", {first_time} for the first time" if first_time is not None else ""
        parts.append(f"{day}, {single_line(turnout.gathering.title, longest=60)}: {turnout.listed} people{new}.")
    return " ".join(parts)
