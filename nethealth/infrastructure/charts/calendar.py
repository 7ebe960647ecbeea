"""Calendar of gatherings: one row per year, each gathering on its day, to show the rhythm and its pauses."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from nethealth.infrastructure import GatheringKind, GatheringSummary, summarize_gatherings
from nethealth.infrastructure.charts.gatherings import COLOR, hover_text
from nethealth.presentation import palette
from nethealth.presentation.chart_labels import ChartBuilder, figure_in_pixels, write_lines
from nethealth.presentation.chart_style import apply_chart_style
from nethealth.presentation.formatting import format_date, pluralize, single_line
from nethealth.workbook.records import Gathering, Workbook

if TYPE_CHECKING:
    from plotly.graph_objects import Figure, Scatter

ROW_HEIGHT, HEADER_HEIGHT = 40, 30
"""Pixels per year, and for the month names above the first."""
MAX_YEARS = 10
LEFT = -46.0
"""Position of a year's number, in days from January 1."""
MIN_SIZE, MAX_SIZE = 9.0, 24.0
"""Diameter of a mark in pixels, for few attendees and for most."""
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def calendar_years(summary: GatheringSummary) -> tuple[int, ...]:
    """Return the years shown, earliest first: up to ten, ending with the latest planned gathering or today."""
    years = [row.date.year for row in (*summary.past, *summary.upcoming) if row.date is not None]
    if not years:
        return ()
    # A typo a century ahead must not push the known years out of view.
    last = min(max([*years, summary.as_of.year]), summary.as_of.year + 2)
    return tuple(range(max(min(years), last - MAX_YEARS + 1), last + 1))


def gatherings_calendar(summary: GatheringSummary) -> Figure:
    """Draw one row per year; marks grow with attendance, and planned gatherings are hollow diamonds."""
    years = calendar_years(summary)
    drawing = ChartBuilder()
    row_of = {year: HEADER_HEIGHT + ROW_HEIGHT * at + ROW_HEIGHT / 2 for at, year in enumerate(years)}
    for year, y in row_of.items():
        write_lines(drawing, [str(year)], y=y - 6, size=14, color=palette.INK)
        drawing.add_shape(
            type="line", x0=0, x1=366, y0=y, y1=y, line={"color": palette.GRID, "width": 1}, layer="below"
        )
    for month in range(12):
        x = dt.date(2000, month + 1, 1).timetuple().tm_yday - 1
        line = {"color": palette.GRID, "width": 1, "dash": "dot"}
        drawing.add_shape(
            type="line",
            x0=x,
            x1=x,
            y0=HEADER_HEIGHT - 6,
            y1=HEADER_HEIGHT + ROW_HEIGHT * len(years),
            line=line,
            layer="below",
        )
    drawing.add_trace(_months())
    if summary.as_of.year in row_of:
        y = row_of[summary.as_of.year]
        drawing.add_trace(_today(_day_of_year(summary.as_of), y))
    most = max((row.attended or 0 for row in summary.past), default=0) or 1
    counted = [row for row in summary.past if row.attended is not None]
    sizes = [MIN_SIZE + (MAX_SIZE - MIN_SIZE) * min(1.0, (row.attended or 0) / most) ** 0.5 for row in counted]
    uncounted = [row for row in summary.past if row.attended is None]
    for name, rows, marker in (
        (
            "larger: more people came",
            counted,
            {"symbol": "circle", "size": sizes, "color": COLOR, "opacity": 1},
        ),
        ("not counted", uncounted, {"symbol": "circle-open", "size": 10, "color": palette.MUTED}),
        ("planned", list(summary.upcoming), {"symbol": "diamond-open", "size": 12, "color": palette.ACCENT_TEXT}),
    ):
        trace = _marks(name, rows, marker, row_of)
        if trace is not None:
            drawing.add_trace(trace)
    height = HEADER_HEIGHT + ROW_HEIGHT * len(years)
    figure = figure_in_pixels(drawing, height=height, columns=(LEFT, 370))
    figure.update_layout(showlegend=True)
    return apply_chart_style(figure, height=round(height) + 16)


def draw_calendar(workbook: Workbook, *, kind: GatheringKind, as_of: dt.date) -> Figure:
    """Draw the calendar of a workbook's convenings or activities."""
    return gatherings_calendar(summarize_gatherings(workbook, kind=kind, as_of=as_of))


def _today(x: float, y: float) -> Scatter:
    from plotly.graph_objects import Scatter

    return Scatter(
        x=[x],
        y=[y],
        mode="markers",
        name="today",
        marker={"symbol": "line-ns-open", "size": ROW_HEIGHT - 2, "color": palette.ACCENT_TEXT, "line": {"width": 2}},
        hoverinfo="skip",
        cliponaxis=False,
    )


def _months() -> Scatter:
    from plotly.graph_objects import Scatter

    return Scatter(
        x=[dt.date(2000, month, 15).timetuple().tm_yday for month in range(1, 13, 2)],
        y=[HEADER_HEIGHT - 18] * 6,
        mode="text",
        text=list(MONTHS[::2]),  # there is no room for all on a phone
        textfont={"size": 13, "color": palette.MUTED},
        hoverinfo="skip",
        showlegend=False,
    )


def _marks(name: str, rows: list[Gathering], marker: dict[str, object], row_of: dict[int, float]) -> Scatter | None:
    from plotly.graph_objects import Scatter

    sizes = marker["size"]
    shown = [(at, row.date, row) for at, row in enumerate(rows) if row.date is not None and row.date.year in row_of]
    if not shown:
        return None
    if isinstance(sizes, list):
        marker = {**marker, "size": [sizes[at] for at, _, _ in shown]}
    else:
        marker = {**marker, "line": {"width": 2}}
    return Scatter(
        x=[_day_of_year(day) for _, day, _ in shown],
        y=[row_of[day.year] for _, day, _ in shown],
        mode="markers",
        name=name,
        marker=marker,
        hovertext=[hover_text(row) for _, _, row in shown],
        hoverinfo="text",
        cliponaxis=False,
    )


def _day_of_year(day: dt.date) -> int:
    """Return a day's position in a leap year, so that months line up."""
    return dt.date(2000, day.month, day.day).timetuple().tm_yday - 1


def calendar_text(summary: GatheringSummary, *, kind: GatheringKind) -> str:
    """Return the calendar's alt text: how many gatherings each year had, and what is planned."""
    years = calendar_years(summary)
    if not years:
        return f"No {kind.plural} yet."
    parts = [f"A calendar of {kind.plural}."]
    for year in years:
        days = [row.date for row in summary.past if row.date is not None and row.date.year == year]
        months = ", ".join(dict.fromkeys(f"{day:%B}" for day in days))
        parts.append(f"{year}: {pluralize(len(days), kind, kind.plural)}{f', in {months}' if months else ''}.")
    planned = "; ".join(
        f"{format_date(row.date)}, {single_line(row.title, longest=60)}"
        for row in summary.upcoming[:MAX_YEARS]
        if row.date is not None
    )
    parts.append(f"Planned: {planned}." if planned else "Nothing planned yet.")
    return " ".join(parts)


def rhythm_text(summary: GatheringSummary, *, kind: GatheringKind) -> str | None:
    """Say when the next gathering would be due by the network's own cadence; None without one, or if one is planned."""
    due = summary.next_due
    if due is None or summary.days_since_last is None or summary.planned:
        return None
    if summary.is_overdue:
        return (
            f"The last {kind} was {pluralize(summary.days_since_last, 'day')} ago, and they’re usually about "
            f"{pluralize(round(summary.cadence_days or 0), 'day')} apart. A pause can be wise. If you’ve set a date, "
            f"add it to the {kind.plural.capitalize()} tab."
        )
    when = "would be" if due >= summary.as_of else "would have been"
    return f"At your usual pace, the next {kind} {when} around {format_date(due)}. It has no date yet."
