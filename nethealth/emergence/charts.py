"""Charts of emergent activity: a timeline, and the collaborators who connect activities."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from nethealth.emergence.metrics import Collaborator, Emergence, RegisteredActivity, summarize_emergence
from nethealth.emergence.tables import STARTERS
from nethealth.presentation import palette
from nethealth.presentation.chart_labels import LINE, ChartBuilder, chart_text, figure_in_pixels, wrap_text
from nethealth.presentation.chart_style import apply_chart_style
from nethealth.presentation.formatting import format_date, format_value, pluralize, single_line
from nethealth.workbook.records import Workbook
from nethealth.workbook.schema.vocabulary import ActivityStatus, StartedBy

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

ROW_HEIGHT = 40
"""Pixels from one activity of the timeline to the next."""
PAIR_ROW_HEIGHT = 42
LONGEST_NAME = 44
"""Characters of a name that fit a phone."""
CHARACTER_WIDTH = 6.9
"""Average pixels per character, to keep labels inside a chart of any width."""
MAX_CONNECTORS = 24
SIDES = {"right": 22, "left": 17}
"""Characters per line of the labels on each side of the collaboration chart, so that it fits a phone."""
YEAR_LABEL: dict[str, Any] = {
    "xanchor": "left",
    "y": 0,
    "yanchor": "top",
    "showarrow": False,
    "font": {"size": 13, "color": palette.MUTED},
    "borderpad": 0,
}
MARKERS: dict[StartedBy | None, tuple[str, str]] = {
    StartedBy.MEMBERS: (palette.CATEGORY_COLORS[0], palette.SYMBOLS[0]),
    StartedBy.ESO_WITH_MEMBERS: (palette.CATEGORY_COLORS[1], palette.SYMBOLS[1]),
    StartedBy.ESO: (palette.CATEGORY_COLORS[2], palette.SYMBOLS[3]),
    None: (palette.FAINT, palette.SYMBOLS[0]),
}
"""Color and symbol by who started an activity."""


def timeline_heading(emergence: Emergence) -> str:
    """Return how many activities there are and how many of them members started, as a heading."""
    by_members = emergence.started_by.get(StartedBy.MEMBERS.value, 0)
    activities = f"{pluralize(emergence.count, 'activity', 'activities')} so far".capitalize()
    if not emergence.started_by:
        return activities
    if emergence.count == 1:
        return f"{activities}, started by members" if by_members else activities
    return f"{activities}; members started {f'{by_members:,}' if by_members else 'none'}"


def timeline_text(emergence: Emergence) -> str:
    """Return the timeline's alt text: each activity with its start and who started it."""
    items = [
        f"{single_line(each.activity.name, longest=80)}, {format_date(each.activity.started)}"
        f" ({STARTERS[each.activity.started_by].lower()})"
        for each in emergence.timeline
        if each.activity.started
    ]
    return f"{timeline_heading(emergence)}. {'; '.join(items)}."


def timeline_figure(workbook: Workbook, *, as_of: dt.date) -> Figure:
    """Return the timeline of a workbook's activities."""
    return timeline(summarize_emergence(workbook, as_of=as_of))


def collaboration_figure(workbook: Workbook, *, as_of: dt.date) -> Figure:
    """Return the collaboration chart of a workbook's activities."""
    return collaboration(summarize_emergence(workbook, as_of=as_of))


def timeline(emergence: Emergence) -> Figure:
    """Return a timeline with a row per dated activity, earliest first, its name above its start.

    Color and symbol show who started it. A line to today shows that it is forming or active. Planned activities have
    open markers.
    """
    from plotly.graph_objects import Scatter

    rows = [each for each in emergence.timeline if each.activity.started]
    days = [each.activity.started.toordinal() for each in rows if each.activity.started]
    today = emergence.as_of.toordinal()
    first, last = min([*days, today]), max([*days, today])
    margin = max(20, (last - first) // 30)
    first, last = first - margin, last + margin
    top = LINE + 10
    drawing = ChartBuilder()
    _draw_years(drawing, first, last, bottom=top + ROW_HEIGHT * len(rows))
    heights = [top + index * ROW_HEIGHT + LINE + 8 for index in range(len(rows))]
    for each, day, y in zip(rows, days, heights, strict=True):
        _draw_name(drawing, each, y=y - LINE - 8, share=(day - first) / (last - first), day=day)
        if _is_ongoing(each) and day < today:
            line = {"color": MARKERS[each.activity.started_by][0], "width": 2}
            drawing.add_shape(type="line", x0=day, x1=today, y0=y, y1=y, line=line)
    for starter, (color, symbol) in MARKERS.items():
        own = [index for index, each in enumerate(rows) if each.activity.started_by is starter]
        if not own:
            continue
        drawing.add_trace(
            Scatter(
                name=STARTERS[starter],
                mode="markers",
                x=[days[index] for index in own],
                y=[heights[index] for index in own],
                marker={
                    "color": color,
                    "size": 12,
                    "symbol": [symbol if days[index] <= today else f"{symbol}-open" for index in own],
                    "line": {"width": 0},
                    "opacity": 1,
                },
                hoverinfo="text",
                hovertext=[_tip(rows[index]) for index in own],
            )
        )
    figure = figure_in_pixels(drawing, height=top + ROW_HEIGHT * len(rows) + 6, columns=(first, last))
    figure.update_layout(showlegend=True)
    return apply_chart_style(figure, height=round(top + ROW_HEIGHT * len(rows) + 16))


def _draw_years(drawing: ChartBuilder, first: int, last: int, *, bottom: float) -> None:
    """Draw a line and a label for each new year between two days, or label the month if there is none."""
    years = range(dt.date.fromordinal(first).year + 1, dt.date.fromordinal(last).year + 1)
    if not years:
        drawing.add_annotation(text=f"{dt.date.fromordinal(first):%B %Y}", x=first, **YEAR_LABEL)
    for year in years:
        day = dt.date(year, 1, 1).toordinal()
        line = {"color": palette.GRID, "width": 1}
        drawing.add_shape(type="line", x0=day, x1=day, y0=LINE, y1=bottom, line=line, layer="below")
        drawing.add_annotation(text=str(year), x=day, xshift=-round((day - first) / (last - first) * 34), **YEAR_LABEL)


def _draw_name(drawing: ChartBuilder, each: RegisteredActivity, *, y: float, share: float, day: int) -> None:
    """Write a name above its marker: from it at the left edge, up to it at the right edge, and evenly in between.

    So a name of up to `LONGEST_NAME` characters stays inside a chart as narrow as a phone's.
    """
    name = single_line(each.activity.name, longest=LONGEST_NAME)
    drawing.add_annotation(
        text=chart_text(name),
        x=day,
        xanchor="left",
        xshift=-round(share * len(name) * CHARACTER_WIDTH),
        y=y,
        yanchor="top",
        showarrow=False,
        font={"size": 13, "color": palette.INK},
        borderpad=0,
    )


def _is_ongoing(each: RegisteredActivity) -> bool:
    return each.activity.status in (ActivityStatus.ACTIVE, ActivityStatus.FORMING)


def _tip(each: RegisteredActivity) -> str:
    start = format_date(each.activity.started) if each.activity.started else "start date unknown"
    status = f" · {each.activity.status.value.lower()}" if each.activity.status else ""
    return f"<b>{chart_text(each.activity.name, longest=90)}</b><br>{start}{status}"


def connectors(emergence: Emergence) -> tuple[Collaborator, ...]:
    """Return collaborators in at least two activities who may be named: most activities first, up to a limit."""
    several = [one for one in emergence.people if one.activities > 1 and one.name is not None]
    return tuple(several[:MAX_CONNECTORS])


def collaboration_heading(emergence: Emergence) -> str:
    """Return how many collaborators connect activities, as a heading."""
    several = sum(one.activities > 1 for one in emergence.people)
    if several:
        take = "collaborator takes" if several == 1 else "collaborators take"
        return f"{several:,} {take} part in more than one activity"
    return "Who works together" if emergence.count == 1 else "No one takes part in more than one activity yet"


def collaboration_text(emergence: Emergence) -> str:
    """Return the collaboration chart's alt text: each connector with their activities."""
    items = []
    for one in connectors(emergence):
        names = [single_line(e.activity.name, longest=60) for e in emergence.started if one.key in e.collaborators]
        items.append(f"{one.name}: {', '.join(names)}")
    return f"{collaboration_heading(emergence)}. {'; '.join(items)}"


def collaboration(emergence: Emergence) -> Figure:
    """Return a chart with activities on the left, their connectors on the right, and a line for each participation.

    Both sides are ordered so that few lines cross. The hub is a diamond, an organization a square.
    """
    from plotly.graph_objects import Scatter

    people = list(connectors(emergence))
    keys = {one.key for one in people}
    activities = [each for each in emergence.started if keys & set(each.collaborators)]
    activities, people = _with_few_crossings(activities, people)
    height = PAIR_ROW_HEIGHT * max(len(activities), len(people), 1)
    left = [height * (index + 0.5) / len(activities) for index in range(len(activities))]
    right = [height * (index + 0.5) / len(people) for index in range(len(people))]
    colors = [MARKERS[each.activity.started_by][0] for each in activities]
    drawing = ChartBuilder()
    for each, y, color in zip(activities, left, colors, strict=True):
        xs: list[float | None] = []
        ys: list[float | None] = []
        for one, end in zip(people, right, strict=True):
            if one.key in each.collaborators:
                xs += [0.46, 0.6, None]
                ys += [y, end, None]
        drawing.add_trace(
            Scatter(mode="lines", x=xs, y=ys, line={"color": color, "width": 1.6}, opacity=0.7, hoverinfo="skip")
        )
        _draw_side_label(drawing, each.activity.name, x=0.44, y=y, anchor="right")
    for one, y in zip(people, right, strict=True):
        _draw_side_label(drawing, one.name or "", x=0.625, y=y, anchor="left")
    drawing.add_trace(
        Scatter(
            mode="markers",
            x=[0.46] * len(activities),
            y=left,
            marker={"color": colors, "size": 10, "symbol": "circle"},
            hoverinfo="text",
            hovertext=[_tip(each) for each in activities],
        )
    )
    drawing.add_trace(
        Scatter(
            mode="markers",
            x=[0.6] * len(people),
            y=right,
            marker={
                "color": palette.MUTED,
                "size": 11,
                "symbol": [
                    "diamond" if one.is_hub else "square" if one.is_organization else "circle" for one in people
                ],
            },
            hoverinfo="text",
            hovertext=[
                f"{chart_text(one.name or '', longest=90)}: {format_value(one.activities)} activities" for one in people
            ],
        )
    )
    figure = figure_in_pixels(drawing, height=height, columns=(0, 1))
    return apply_chart_style(figure, height=round(height) + 16)


def _draw_side_label(drawing: ChartBuilder, text: str, *, x: float, y: float, anchor: str) -> None:
    drawing.add_annotation(
        text="<br>".join(wrap_text(text, width=SIDES[anchor], lines=2)),
        x=x,
        xanchor=anchor,
        y=y,
        yanchor="middle",
        align=anchor,
        showarrow=False,
        font={"size": 13, "color": palette.INK},
        borderpad=0,
    )


def _with_few_crossings(
    activities: list[RegisteredActivity], people: list[Collaborator]
) -> tuple[list[RegisteredActivity], list[Collaborator]]:
    """Return both sides ordered by the average position of their neighbors (the barycenter heuristic).

    Source: Sugiyama, Tagawa & Toda 1981. Eight rounds are enough for graphs of this size.
    """
    for _ in range(8):
        people.sort(key=lambda one: _average([i for i, each in enumerate(activities) if one.key in each.collaborators]))
        activities.sort(key=lambda each: _average([i for i, one in enumerate(people) if one.key in each.collaborators]))
    return activities, people


def _average(positions: Sequence[int]) -> float:
    return sum(positions) / len(positions) if positions else 0
