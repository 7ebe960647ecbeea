"""The calendar of gatherings: a row a year, each gathering on its day, so that the rhythm and its pauses are seen."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from nethealth.infrastructure import GatheringSummary, summarize_activities, summarize_convenings
from nethealth.infrastructure.charts.gatherings import COUNTED, told
from nethealth.presentation import palette
from nethealth.presentation.chart_labels import ChartBuilder, figure_in_pixels, write_lines
from nethealth.presentation.chart_style import apply_chart_style
from nethealth.presentation.formatting import format_date, pluralize, single_line
from nethealth.workbook.records import Gathering, Workbook

if TYPE_CHECKING:
    from plotly.graph_objects import Figure, Scatter

YEAR, HEAD = 40, 30
"""Pixels from one year to the next, and for the months' names above the first."""
YEARS = 10
"""So many of the latest years are shown."""
LEFT = -46.0
"""Where a year's number stands, in days before 1 January."""
SMALLEST, LARGEST = 9.0, 24.0
"""Across a mark, in pixels, for few who came and for most."""
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def calendar_years(summary: GatheringSummary) -> tuple[int, ...]:
    """The years that the calendar shows, earliest first: up to ten that end with what is planned, or today."""
    years = [row.date.year for row in (*summary.held, *summary.upcoming) if row.date is not None]
    if not years:
        return ()
    # A slip that lies a century ahead must not push the years that people know out of sight.
    last = min(max([*years, summary.as_of.year]), summary.as_of.year + 2)
    return tuple(range(max(min(years), last - YEARS + 1), last + 1))


def gatherings_calendar(summary: GatheringSummary) -> Figure:
    """A row a year from January to December; a mark's size says how many came, a hollow diamond what is planned."""
    years = calendar_years(summary)
    drawing = ChartBuilder()
    place = {year: HEAD + YEAR * at + YEAR / 2 for at, year in enumerate(years)}
    for year, y in place.items():
        write_lines(drawing, [str(year)], y=y - 6, size=14, color=palette.INK)
        drawing.add_shape(
            type="line", x0=0, x1=366, y0=y, y1=y, line={"color": palette.GRID, "width": 1}, layer="below"
        )
    for month in range(12):
        x = dt.date(2000, month + 1, 1).timetuple().tm_yday - 1
        line = {"color": palette.GRID, "width": 1, "dash": "dot"}
        drawing.add_shape(type="line", x0=x, x1=x, y0=HEAD - 6, y1=HEAD + YEAR * len(years), line=line, layer="below")
    drawing.add_trace(_months())
    if summary.as_of.year in place:
        y = place[summary.as_of.year]
        drawing.add_trace(_today(_at(summary.as_of), y))
    most = max((row.attended or 0 for row in summary.held), default=0) or 1
    came = [row for row in summary.held if row.attended is not None]
    sizes = [SMALLEST + (LARGEST - SMALLEST) * min(1.0, (row.attended or 0) / most) ** 0.5 for row in came]
    uncounted = [row for row in summary.held if row.attended is None]
    for name, rows, marker in (
        (
            "held: the larger, the more came",
            came,
            {"symbol": "circle", "size": sizes, "color": COUNTED, "opacity": 1},
        ),
        ("held, not counted", uncounted, {"symbol": "circle-open", "size": 10, "color": palette.MUTED}),
        ("planned", list(summary.upcoming), {"symbol": "diamond-open", "size": 12, "color": palette.ACCENT_TEXT}),
    ):
        trace = _marks(name, rows, marker, place)
        if trace is not None:
            drawing.add_trace(trace)
    height = HEAD + YEAR * len(years)
    figure = figure_in_pixels(drawing, height=height, columns=(LEFT, 370))
    figure.update_layout(showlegend=True)
    return apply_chart_style(figure, height=round(height) + 16)


def convenings_calendar(workbook: Workbook, *, as_of: dt.date) -> Figure:
    """The calendar of a workbook's convenings, in the form in which it can be kept for everybody."""
    return gatherings_calendar(summarize_convenings(workbook, as_of=as_of))


def activities_calendar(workbook: Workbook, *, as_of: dt.date) -> Figure:
    """The calendar of a workbook's activities, in the form in which it can be kept for everybody."""
    return gatherings_calendar(summarize_activities(workbook, as_of=as_of))


def _today(x: float, y: float) -> Scatter:
    from plotly.graph_objects import Scatter

    return Scatter(
        x=[x],
        y=[y],
        mode="markers",
        name="today",
        marker={"symbol": "line-ns-open", "size": YEAR - 2, "color": palette.ACCENT_TEXT, "line": {"width": 2}},
        hoverinfo="skip",
        cliponaxis=False,
    )


def _months() -> Scatter:
    from plotly.graph_objects import Scatter

    return Scatter(
        x=[dt.date(2000, month, 15).timetuple().tm_yday for month in range(1, 13)],
        y=[HEAD - 18] * 12,
        mode="text",
        text=list(MONTHS),
        textfont={"size": 11, "color": palette.MUTED},
        hoverinfo="skip",
        showlegend=False,
    )


def _marks(name: str, rows: list[Gathering], marker: dict[str, object], place: dict[int, float]) -> Scatter | None:
    from plotly.graph_objects import Scatter

    sizes = marker["size"]
    shown = [(at, row.date, row) for at, row in enumerate(rows) if row.date is not None and row.date.year in place]
    if not shown:
        return None
    if isinstance(sizes, list):
        marker = {**marker, "size": [sizes[at] for at, _, _ in shown]}
    else:
        marker = {**marker, "line": {"width": 2}}
    return Scatter(
        x=[_at(day) for _, day, _ in shown],
        y=[place[day.year] for _, day, _ in shown],
        mode="markers",
        name=name,
        marker=marker,
        hovertext=[told(row) for _, _, row in shown],
        hoverinfo="text",
        cliponaxis=False,
    )


def _at(day: dt.date) -> int:
    """Where a day stands in its year, counted as in a leap year, so that months lie beneath one another."""
    return dt.date(2000, day.month, day.day).timetuple().tm_yday - 1


def calendar_text(summary: GatheringSummary, *, one: str, many: str) -> str:
    """The calendar in words: how many in each year that it shows, and what is planned."""
    years = calendar_years(summary)
    if not years:
        return f"No {many} to show yet."
    parts = []
    for year in years:
        days = [row.date for row in summary.held if row.date is not None and row.date.year == year]
        months = ", ".join(dict.fromkeys(f"{day:%B}" for day in days))
        parts.append(f"{year}: {pluralize(len(days), one, many)}{f', in {months}' if months else ''}.")
    planned = "; ".join(
        f"{format_date(row.date)}, {single_line(row.title, longest=60)}"
        for row in summary.upcoming[:YEARS]
        if row.date is not None
    )
    return " ".join([f"A calendar of {many}.", *parts, f"Planned: {planned}." if planned else "Nothing is planned."])


def rhythm_text(summary: GatheringSummary, *, one: str) -> str | None:
    """When the next one would be due by the network's own rhythm, gently where it went quiet; None without a rhythm."""
    due = summary.next_due
    if due is None or summary.days_since_last is None:
        return None
    if summary.is_quiet:
        return (
            f"It has been quiet for {pluralize(summary.days_since_last, 'day')}; usually the next {one} comes after "
            f"about {pluralize(round(summary.cadence_days or 0), 'day')}. A pause can be wise. If one is on its way, a "
            "row with its date shows it here; if not, a small one is a good beginning."
        )
    if summary.planned:
        return None
    if due >= summary.as_of:
        return f"By the usual rhythm the next {one} would come around {format_date(due)}; none has a date yet."
    return f"By the usual rhythm the next {one} would have come around {format_date(due)}; none has a date yet."
