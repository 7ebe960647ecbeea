"""What convenings and activities are called, and what draws each: the same page in other words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nethealth.infrastructure import Attendance
from nethealth.infrastructure.charts.calendar import activities_calendar, convenings_calendar
from nethealth.infrastructure.charts.gatherings import activities_chart, convenings_chart
from nethealth.infrastructure.charts.participation import activity_attendance, convening_attendance

if TYPE_CHECKING:
    import plotly.graph_objects as go


@dataclass(frozen=True, slots=True, kw_only=True)
class GatheringView:
    """What one sort of gathering is called, what to say where there is none, and what is made of a workbook's."""

    one: str
    many: str
    outcomes: str
    """What its column is headed that says what came of it."""
    tab: str
    hint: str
    chart: Callable[..., go.Figure]
    """Makes the chart of who came from a workbook, as of a day."""
    calendar: Callable[..., go.Figure]
    attendance: Callable[..., Attendance]


CONVENINGS = GatheringView(
    one="convening",
    many="convenings",
    outcomes="Key outcomes",
    tab="Convenings",
    hint="How often people meet, who comes and what came of it shows with one row for each convening.",
    chart=convenings_chart,
    calendar=convenings_calendar,
    attendance=convening_attendance,
)
ACTIVITIES = GatheringView(
    one="activity",
    many="activities",
    outcomes="Notes",
    tab="Activities",
    hint="What keeps people in touch between convenings shows with one row for each activity.",
    chart=activities_chart,
    calendar=activities_calendar,
    attendance=activity_attendance,
)
