"""Charts of emergent activity: a timeline by who took the first step, and who ties the activities together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from nethealth.emergence.metrics import Collaborator, Emergence, RegisteredActivity, summarize_emergence
from nethealth.metric import Unit
from nethealth.presentation import palette
from nethealth.presentation.chart_labels import LINE, LabelDrawing, chart_text, in_pixels, joined, wrapped
from nethealth.presentation.chart_style import apply_chart_style
from nethealth.presentation.formatting import format_date, format_value, pluralize, single_line
from nethealth.workbook.records import Workbook
from nethealth.workbook.schema.vocabulary import ActivityStatus, StartedBy

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

ROW = 40
NAME = 44
FIRST_ACROSS = ("Region", "Organization")
"""Columns that most networks keep and care about: told before others."""
LETTER = 6.9
"""Pixels of a letter on average, to shift a label so that it stays inside the chart however wide that is."""
MOST_MEMBERS = 24
YEAR: dict[str, Any] = {
    "xanchor": "left",
    "y": 0,
    "yanchor": "top",
    "showarrow": False,
    "font": {"size": 12, "color": palette.MUTED},
    "borderpad": 0,
}
"""How a year stands above the timeline."""
SIDES = {"right": 22, "left": 17}
"""Characters of a label that ends, or begins, beside the collaboration picture: both and the lines fit a phone."""
STARTERS: tuple[tuple[StartedBy | None, str, str, str], ...] = (
    (StartedBy.MEMBERS, "Members", palette.GROUPS[0], palette.SYMBOLS[0]),
    (StartedBy.ESO_WITH_MEMBERS, "Staff with members", palette.GROUPS[1], palette.SYMBOLS[1]),
    (StartedBy.ESO, "Staff", palette.GROUPS[2], palette.SYMBOLS[3]),
    (None, "Not said", palette.QUIET, palette.SYMBOLS[0]),
)
"""Who started it: the words, the colour and the shape."""


def timeline_heading(emergence: Emergence) -> str:
    """What the timeline shows, as a sentence."""
    members = emergence.started_by.get(StartedBy.MEMBERS.value, 0)
    said = sum(emergence.started_by.values())
    things = pluralize(emergence.count, "activity", "activities")
    if not said:
        return f"{things.capitalize()} so far"
    if emergence.count == 1:
        return f"{things.capitalize()} so far{'; members took the first step' if members else ''}"
    return f"{things.capitalize()} so far; members took the first step in {members if members else 'none'}"


def timeline_text(emergence: Emergence) -> str:
    """The timeline for those who do not see it: each activity with its start and who took the first step."""
    words = {by: words for by, words, *_ in STARTERS}
    told = [
        f"{single_line(each.activity.name, longest=80)}, {format_date(each.activity.started)}"
        f" ({words[each.activity.started_by].lower()})"
        for each in emergence.timeline
        if each.activity.started
    ]
    return f"{timeline_heading(emergence)}. " + "; ".join(told) + "."


def timeline_figure(workbook: Workbook, *, as_of: dt.date) -> Figure:
    """The timeline of a workbook's emergent activities."""
    return timeline(summarize_emergence(workbook, as_of=as_of))


def collaboration_figure(workbook: Workbook, *, as_of: dt.date) -> Figure:
    """Who ties a workbook's emergent activities together."""
    return collaboration(summarize_emergence(workbook, as_of=as_of))


def timeline(emergence: Emergence) -> Figure:
    """Every dated activity on a row of its own, earliest first, its name above the day it began.

    The colour and shape say who took the first step; a line runs on to today while it goes on. Activities planned for
    later are open marks.
    """
    from plotly.graph_objects import Scatter

    rows = [each for each in emergence.timeline if each.activity.started]
    days = [each.activity.started.toordinal() for each in rows if each.activity.started]
    today = emergence.as_of.toordinal()
    first, last = min([*days, today]), max([*days, today])
    room = max(20, (last - first) // 30)
    first, last = first - room, last + room
    drawing = LabelDrawing()
    top = LINE + 10
    years = range(dt.date.fromordinal(first).year + 1, dt.date.fromordinal(last).year + 1)
    if not years:
        drawing.add_annotation(text=f"{dt.date.fromordinal(first):%B %Y}", x=first, **YEAR)
    for year in years:
        day = dt.date(year, 1, 1).toordinal()
        bottom = top + ROW * len(rows)
        drawing.add_shape(
            type="line", x0=day, x1=day, y0=LINE, y1=bottom, line={"color": palette.GRID, "width": 1}, layer="below"
        )
        drawing.add_annotation(text=str(year), x=day, xshift=-round((day - first) / (last - first) * 34), **YEAR)
    for place, each in enumerate(rows):
        y = top + place * ROW
        _name(drawing, each, y=y, share=(days[place] - first) / (last - first), day=days[place])
        if _goes_on(each) and days[place] < today:
            _, _, color, _ = _starter(each)
            drawing.add_shape(
                type="line",
                x0=days[place],
                x1=today,
                y0=y + LINE + 8,
                y1=y + LINE + 8,
                line={"color": color, "width": 2},
            )
    for by, words, color, symbol in STARTERS:
        mine = [place for place, each in enumerate(rows) if each.activity.started_by is by]
        if not mine:
            continue
        drawing.add_trace(
            Scatter(
                name=words,
                mode="markers",
                x=[days[place] for place in mine],
                y=[top + place * ROW + LINE + 8 for place in mine],
                marker={
                    "color": color,
                    "size": 12,
                    "symbol": [symbol if days[place] <= today else f"{symbol}-open" for place in mine],
                    "line": {"width": 0},
                    "opacity": 1,
                },
                hoverinfo="text",
                hovertext=[_told(rows[place]) for place in mine],
            )
        )
    figure = in_pixels(drawing, height=top + ROW * len(rows) + 6, columns=(first, last))
    figure.update_layout(showlegend=True)
    return apply_chart_style(figure, height=round(top + ROW * len(rows) + 16))


def _name(drawing: LabelDrawing, each: RegisteredActivity, *, y: float, share: float, day: int) -> None:
    """Write a name above its mark: from it at the left edge, up to it at the right one, and evenly between.

    So a label of up to `NAME` characters stays inside a chart as narrow as a phone's, and no other label is on its row.
    """
    words = single_line(each.activity.name, longest=NAME)
    drawing.add_annotation(
        text=chart_text(words),
        x=day,
        xanchor="left",
        xshift=-round(share * len(words) * LETTER),
        y=y,
        yanchor="top",
        showarrow=False,
        font={"size": 13, "color": palette.INK},
        borderpad=0,
    )


def _goes_on(each: RegisteredActivity) -> bool:
    return each.activity.status in (ActivityStatus.ACTIVE, ActivityStatus.FORMING)


def _starter(each: RegisteredActivity) -> tuple[StartedBy | None, str, str, str]:
    return next(starter for starter in STARTERS if starter[0] is each.activity.started_by)


def _told(each: RegisteredActivity) -> str:
    start = format_date(each.activity.started) if each.activity.started else "start not known"
    status = f" · {each.activity.status.value.lower()}" if each.activity.status else ""
    return f"<b>{chart_text(each.activity.name, longest=90)}</b><br>{start}{status}"


def cards(emergence: Emergence) -> list[Mapping[str, object]]:
    """The register as the page shows it, latest first and what is planned before that: words as typed, not escaped.

    Each holds name, purpose, collaborators (as one text), started, started_by, status, outcomes and link; None where
    the sheet is silent. Collaborators who are not to be listed are counted.
    """
    return [_card(each, emergence) for each in (*reversed(emergence.planned), *emergence.register)]


def _card(each: RegisteredActivity, emergence: Emergence) -> Mapping[str, object]:
    activity = each.activity
    named = [emergence.names[key] for key in each.collaborators if key in emergence.names]
    unnamed = len(each.collaborators) - len(named)
    others = [f"{unnamed} more" if named else pluralize(unnamed, "person", "people")] if unnamed else []
    return {
        "name": activity.name,
        "purpose": activity.purpose,
        "collaborators": joined([*_once(named), *others]) or None,
        "started": activity.started,
        "started_by": _starter(each)[1] if activity.started_by else None,
        "status": activity.status.value if activity.status else None,
        "outcomes": activity.outcomes,
        "link": activity.link,
    }


def _once(names: Sequence[str]) -> list[str]:
    """Each name once; what several people share ("Former member") with their number."""
    return [name if names.count(name) == 1 else f"{name} ({names.count(name)})" for name in dict.fromkeys(names)]


def tied_together(emergence: Emergence) -> tuple[Collaborator, ...]:
    """Who takes part in two activities or more and may be named: most activities first, at most `MOST_MEMBERS`."""
    several = [one for one in emergence.people if one.activities > 1 and one.name is not None]
    return tuple(several[:MOST_MEMBERS])


def collaboration_heading(emergence: Emergence) -> str:
    """What the collaboration picture shows, as a sentence."""
    several = sum(one.activities > 1 for one in emergence.people)
    if not several:
        return "Who takes part together" if emergence.count == 1 else "Each activity has its own people so far"
    who = "1 collaborator takes" if several == 1 else f"{several} collaborators take"
    return f"{who} part in more than one activity and so tie{'s' if several == 1 else ''} them together"


def collaboration_text(emergence: Emergence) -> str:
    """The picture for those who do not see it: who takes part in which activities."""
    told = []
    for one in tied_together(emergence):
        mine = [single_line(e.activity.name, longest=60) for e in emergence.register if one.key in e.collaborators]
        told.append(f"{one.name}: {', '.join(mine)}")
    return f"{collaboration_heading(emergence)}. " + "; ".join(told)


def collaboration(emergence: Emergence) -> Figure:
    """Activities on the left, those who take part in several on the right, a line for each part taken.

    Both sides are ordered so that few lines cross. The hub is drawn as a diamond, an organization as a square.
    """
    from plotly.graph_objects import Scatter

    members = list(tied_together(emergence))
    keys = {one.key for one in members}
    activities = [each for each in emergence.register if keys & set(each.collaborators)]
    activities, members = _untangled(activities, members)
    height = 42 * max(len(activities), len(members), 1)
    left = [height * (place + 0.5) / len(activities) for place in range(len(activities))]
    right = [height * (place + 0.5) / len(members) for place in range(len(members))]
    drawing = LabelDrawing()
    for each, y in zip(activities, left, strict=True):
        _, _, color, _ = _starter(each)
        across, down = [], []
        for one, end in zip(members, right, strict=True):
            if one.key in each.collaborators:
                across += [0.46, 0.6, None]
                down += [y, end, None]
        drawing.add_trace(
            Scatter(mode="lines", x=across, y=down, line={"color": color, "width": 1.6}, opacity=0.7, hoverinfo="skip")
        )
        _beside(drawing, each.activity.name, x=0.44, y=y, anchor="right")
    for one, y in zip(members, right, strict=True):
        _beside(drawing, one.name or "", x=0.625, y=y, anchor="left")
    drawing.add_trace(
        Scatter(
            mode="markers",
            x=[0.46] * len(activities),
            y=left,
            marker={"color": [_starter(each)[2] for each in activities], "size": 10, "symbol": "circle"},
            hoverinfo="text",
            hovertext=[_told(each) for each in activities],
        )
    )
    drawing.add_trace(
        Scatter(
            mode="markers",
            x=[0.6] * len(members),
            y=right,
            marker={
                "color": palette.MUTED,
                "size": 11,
                "symbol": [
                    "diamond" if one.is_hub else "square" if one.is_organization else "circle" for one in members
                ],
            },
            hoverinfo="text",
            hovertext=[
                f"{chart_text(one.name or '', longest=90)}: {format_value(one.activities)} activities"
                for one in members
            ],
        )
    )
    figure = in_pixels(drawing, height=height, columns=(0, 1))
    return apply_chart_style(figure, height=round(height) + 16)


def _beside(drawing: LabelDrawing, text: str, *, x: float, y: float, anchor: str) -> None:
    drawing.add_annotation(
        text="<br>".join(wrapped(text, width=SIDES[anchor], lines=2)),
        x=x,
        xanchor=anchor,
        y=y,
        yanchor="middle",
        align=anchor,
        showarrow=False,
        font={"size": 12.5, "color": palette.INK},
        borderpad=0,
    )


def _untangled(
    activities: list[RegisteredActivity], members: list[Collaborator]
) -> tuple[list[RegisteredActivity], list[Collaborator]]:
    """Both sides ordered by where their lines end on the other, again and again (the barycentre heuristic).

    After Sugiyama, Tagawa & Toda 1981; eight rounds settle graphs of this size.
    """
    for _ in range(8):
        members.sort(key=lambda one: _middle([p for p, e in enumerate(activities) if one.key in e.collaborators]))
        activities.sort(key=lambda each: _middle([p for p, one in enumerate(members) if one.key in each.collaborators]))
    return activities, members


def _middle(places: Sequence[int]) -> float:
    return sum(places) / len(places) if places else 0


def register_rows(emergence: Emergence) -> list[Mapping[str, object]]:
    """The register as a table to download."""
    headers = {
        "name": "Name",
        "purpose": "Purpose",
        "collaborators": "Collaborators",
        "started": "Started",
        "started_by": "Started by",
        "status": "Status",
        "outcomes": "Outcomes to date",
        "link": "Link",
    }
    return [{headers[column]: value for column, value in card.items()} for card in cards(emergence)]


def pair_rows(emergence: Emergence) -> list[Mapping[str, object]]:
    """Who collaborates with whom, most activities together first: pairs of whom both may be listed."""
    names = emergence.names
    return [
        {"Collaborator": names[pair.first], "With": names[pair.second], "Activities together": pair.activities}
        for pair in emergence.pairs
        if pair.first in names and pair.second in names
    ]


def cards_of_figures(emergence: Emergence) -> list[tuple[str, str, str | None]]:
    """The page's figures as cards (label, figure, note): how many, with whom, without the hub, across which borders."""
    found: list[tuple[str, str, str | None]] = [
        ("Activities so far", format_value(emergence.count), _planned(emergence)),
        ("Collaborators", format_value(emergence.collaborators), "people and organizations"),
    ]
    if emergence.without_hub_share is not None:
        found.append(
            ("Carried without the hub", format_value(emergence.without_hub_share, Unit.SHARE), "of activities")
        )
    reaching = [(column, share) for column, share in emergence.across.items() if share is not None]
    for column, share in sorted(
        reaching, key=lambda item: (item[0] not in FIRST_ACROSS, item[0] != FIRST_ACROSS[0], -item[1])
    )[:2]:
        name = single_line(column, longest=40)
        found.append((f"Reach across {name.lower()}", format_value(share, Unit.SHARE), "of activities"))
    return found


def _planned(emergence: Emergence) -> str | None:
    return f"{len(emergence.planned)} more planned" if emergence.planned else None
