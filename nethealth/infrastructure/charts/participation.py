"""Who takes part: charts, findings and tables of newcomers and regulars, of engagement over time, of who is drifting.

`..._title` is the finding in one sentence; `..._in_words` says the whole chart to those who don't see it. What names
people is for staff alone: whoever calls it sees to that.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from nethealth.infrastructure import (
    Attendance,
    Disengagement,
    DisengagingMember,
    EngagedPeriod,
    Engagement,
    Period,
    Regularity,
    Turnout,
    attendance_by_name,
    engagement_by_period,
    summarize_activities,
    summarize_convenings,
)
from nethealth.infrastructure.charts.membership import period_ticks
from nethealth.infrastructure.charts.representation import HELD_BACK, shown
from nethealth.metric import Unit
from nethealth.presentation import palette
from nethealth.presentation.chart_labels import chart_text
from nethealth.presentation.chart_style import apply_chart_style
from nethealth.presentation.formatting import format_date, format_value, pluralize, single_line
from nethealth.presentation.time_axis import time_axis
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.records import Workbook

if TYPE_CHECKING:
    import plotly.graph_objects as go

Card: TypeAlias = tuple[str, str, str | None]
Row: TypeAlias = dict[str, object]
TOLD = 12
"""So many of the latest moments are said in words."""
FIRST, AGAIN, UNTOLD = palette.ACCENT, palette.CATEGORY_COLORS[2], palette.FAINT


def convening_attendance(workbook: Workbook, *, as_of: dt.date) -> Attendance:
    """What the lists of names tell of convenings, in the form in which it can be kept for everybody."""
    return attendance_by_name(workbook, summarize_convenings(workbook, as_of=as_of).held, as_of=as_of)


def activity_attendance(workbook: Workbook, *, as_of: dt.date) -> Attendance:
    """The same of the activities between them."""
    first = summarize_convenings(workbook, as_of=as_of).held
    return attendance_by_name(workbook, summarize_activities(workbook, as_of=as_of).held, as_of=as_of, beside=first)


def newcomers_title(told: Attendance, *, one: str) -> str:
    """The finding: how many were for the first time at the latest gathering whose list of names is kept.

    It says which, since later ones may have no list.
    """
    latest = next((turnout for turnout in reversed(told.turnouts) if turnout.first_time is not None), None)
    if latest is None:
        return "Who comes for the first time"
    day = latest.gathering.date
    which = f"the {one} of {format_date(day)}" if day else f"the last {one} with a list of names"
    if isinstance(latest.first_time, TooFew):
        return f"Newcomers and those who come again: at {which} too few of one to tell"
    if not latest.first_time:
        return f"Nobody at {which} was there for the first time"
    came = "was" if latest.first_time == 1 else "were"
    new = format_value(latest.first_time, Unit.COUNT)
    return f"{new} of {latest.named:,} at {which} {came} there for the first time"


def newcomers_chart(told: Attendance) -> go.Figure:
    """Each gathering with a list as a bar: who had come before, and on top who came for the first time."""
    import plotly.graph_objects as go

    rows = [(turnout.gathering.date, turnout) for turnout in told.turnouts if turnout.gathering.date is not None]
    days = _apart([day for day, _ in rows])
    figure = go.Figure()
    wide = _bar_width(days)
    for name, color, heights in (
        ("Had come before", AGAIN, [_known(turnout.came_again) for _, turnout in rows]),
        ("For the first time", FIRST, [_known(turnout.first_time) for _, turnout in rows]),
        (
            "Not told apart",
            UNTOLD,
            [None if _known(turnout.first_time) is not None else turnout.named for _, turnout in rows],
        ),
    ):
        if any(height for height in heights):
            figure.add_bar(
                x=days,
                y=heights,
                width=wide,
                name=name,
                marker={"color": color},
                hovertext=[_turnout_told(turnout) for _, turnout in rows],
                hoverinfo="text",
            )
    figure.update_layout(
        barmode="stack",
        xaxis=time_axis(days[0], days[-1]) if days else {},
        yaxis={"rangemode": "tozero", "nticks": 5, "tickformat": ",d"},
    )
    return apply_chart_style(figure, height=260)


def _apart(days: Sequence[dt.date]) -> list[dt.date]:
    """The days in order, with a second gathering of one day drawn on the next: bars of one day would be one bar."""
    placed: list[dt.date] = []
    for day in days:
        placed.append(max(day, placed[-1] + dt.timedelta(days=1)) if placed and placed[-1] < dt.date.max else day)
    return placed


def _bar_width(days: Sequence[dt.date]) -> float:
    """A bar's width in milliseconds, as the time axis counts: at most a 45th of the whole, and no wider than a gap."""
    gaps = [(later - earlier).days for earlier, later in pairwise(days) if later > earlier]
    span = (days[-1] - days[0]).days if days else 0
    return max(2.0, min(max(span / 45, 4.0), 0.85 * min(gaps, default=4))) * 24 * 3600 * 1000


def _known(count: object) -> int | None:
    return count if isinstance(count, int) else None


def _turnout_told(turnout: Turnout) -> str:
    day = format_date(turnout.gathering.date) if turnout.gathering.date else ""
    head = f"<b>{chart_text(turnout.gathering.title, longest=70)}</b><br>{day}<br>{turnout.named:,} named"
    if turnout.first_time is None:
        return f"{head}, the first list of all"
    return f"{head}, {shown(turnout.first_time, Unit.COUNT)} for the first time".replace(
        f"{HELD_BACK} for the first time", "too few of one to tell apart"
    )


def newcomers_text(told: Attendance, *, one: str) -> str:
    """The chart in words, its latest gatherings one by one."""
    parts = [f"{newcomers_title(told, one=one)}."]
    for turnout in told.turnouts[-TOLD:]:
        day = format_date(turnout.gathering.date) if turnout.gathering.date else ""
        known = _known(turnout.first_time)
        new = f", {known} for the first time" if known is not None else ""
        parts.append(f"{day}, {single_line(turnout.gathering.title, longest=60)}: {turnout.named} named{new}.")
    return " ".join(parts)


def newcomer_rows(told: Attendance, *, one: str) -> list[Row]:
    """Each gathering with a list, to download."""
    return [
        {
            one.capitalize(): turnout.gathering.title,
            "Date": turnout.gathering.date,
            "Named": turnout.named,
            "For the first time": _cell(turnout.first_time),
            "Had come before": _cell(turnout.came_again),
        }
        for turnout in told.turnouts
    ]


def _cell(value: object) -> object:
    return HELD_BACK if isinstance(value, TooFew) else value


def regularity_cards(told: Attendance, *, many: str, months: int) -> list[Card]:
    """How today's members come: how many regularly, now and then, not lately."""
    lately = f"{many} of the last {pluralize(months, 'month')}"
    notes = {
        Regularity.REGULAR: f"to half or more of the {lately}",
        Regularity.NOW_AND_THEN: f"to fewer than half of the {lately}",
        Regularity.NOT_LATELY: f"to none of the {lately}",
        Regularity.NOTHING_TO_GO_BY: f"no {many} with a list of names since they joined",
    }
    return [(way.value, shown(count, Unit.COUNT), notes[way]) for way, count in told.regularity.items()]


def attendance_rows(convened: Attendance, between: Attendance) -> list[Row]:
    """Each member's own record. Staff only."""
    activities_of = {record.person: record for record in between.members}
    rows = []
    for record in convened.members:
        other = activities_of[record.person]
        days = [day for day in (record.last, other.last) if day is not None]
        rows.append(
            {
                "Name": record.name,
                "Convenings": record.came,
                "Of": record.of,
                "Activities": other.came,
                "Last came": max(days, default=None),
                "Comes": record.regularity.value.removeprefix("Come "),
            }
        )
    return rows


def engagement_title(engaged: Engagement) -> str:
    """The finding: how many of today's members took part lately."""
    if engaged.engaged is None or not engaged.members:
        return "Taking part"
    within = pluralize(engaged.within_months, "month")
    return f"{engaged.engaged:,} of {pluralize(engaged.members, 'member')} took part in something in the last {within}"


def engagement_chart(told: Sequence[EngagedPeriod]) -> go.Figure:
    """The share engaged at each period's end as a line; the running period is hollow."""
    import plotly.graph_objects as go

    figure = go.Figure()
    figure.add_scatter(
        x=[period.period for period in told],
        y=[period.engaged_share for period in told],
        mode="lines+markers",
        name="Share engaged",
        connectgaps=False,
        line={"color": palette.CATEGORY_COLORS[0], "width": 2.5},
        marker={
            "size": 8 if len(told) < 40 else 4,
            "color": [palette.PAPER if period.partial else palette.CATEGORY_COLORS[0] for period in told],
            "line": {"color": palette.CATEGORY_COLORS[0], "width": 2},
        },
        hovertext=[
            f"<b>{period.period}{' so far' if period.partial else ''}</b><br>{period.engaged:,} of "
            f"{pluralize(period.members, 'member')}, {format_value(period.engaged_share, Unit.SHARE)}"
            for period in told
        ],
        hoverinfo="text",
    )
    figure.update_layout(
        showlegend=False,
        xaxis={"type": "category", "tickangle": 0, **period_ticks(told)},
        yaxis={"range": [0, 1.04], "tickformat": ".0%", "nticks": 5},
    )
    return apply_chart_style(figure, height=260)


def engagement_chart_by(
    workbook: Workbook, *, period: Period, as_of: dt.date, fiscal_year_starts: int | None = None
) -> go.Figure:
    """The chart of a workbook's engagement, in the form in which it can be kept for everybody."""
    return engagement_chart(
        engagement_by_period(workbook, period=period, as_of=as_of, fiscal_year_starts=fiscal_year_starts)
    )


def engagement_text(told: Sequence[EngagedPeriod]) -> str:
    """The chart in words, its latest periods one by one."""
    return "The share of members who took part in something in the months before. " + " ".join(
        f"{period.period}{' so far' if period.partial else ''}: {format_value(period.engaged_share, Unit.SHARE)} of "
        f"{pluralize(period.members, 'member')}."
        for period in told[-TOLD:]
    )


def engagement_rows(told: Sequence[EngagedPeriod]) -> list[Row]:
    """One row a period, to download."""
    return [
        {
            "Period": period.period,
            "Partial": "yes" if period.partial else "no",
            "Members": period.members,
            "Engaged": period.engaged,
            "Share": period.engaged_share,
        }
        for period in told
    ]


def ways_cards(engaged: Engagement) -> list[Card]:
    """How today's members took part; one person can be in several. Staff only."""
    return [(way.value, format_value(count, Unit.COUNT), None) for way, count in engaged.by_way.items() if count]


def drifting_title(told: Sequence[DisengagingMember]) -> str:
    """The finding: how many members have slipped out of sight, and how many were never in it."""
    gone = sum(one.drift is Disengagement.DRIFTING for one in told)
    never = sum(one.drift is Disengagement.NOT_YET for one in told)
    soon = sum(one.drift is Disengagement.SOON for one in told)
    parts = [
        f"{pluralize(gone, 'member has', 'members have')} not been seen for a while" if gone else "",
        f"{pluralize(soon, 'member is', 'members are')} about to slip out of sight" if soon else "",
        f"{pluralize(never, 'member has', 'members have')} not been seen in anything yet" if never else "",
    ]
    found = "; ".join(part for part in parts if part)
    return found[:1].upper() + found[1:] if found else "Everybody has been seen lately"


def drifting_rows(told: Sequence[DisengagingMember]) -> list[Row]:
    """Whom to call, the easiest to reach first. Staff only."""
    return [
        {
            "Name": one.name,
            "What we see": one.drift.value,
            "Last seen": one.last_seen,
            "In": one.last_way.value.lower() if one.last_way else "",
            "Times named": one.occasions,
            "Member since": one.joined,
        }
        for one in told
    ]
