"""Chart of cohorts: the share of each cohort that is still a member, period by period.

Each row is the people who joined in one period, each column the end of a later period.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from nethealth.infrastructure import Cohort, CohortMoment, Period, summarize_cohorts
from nethealth.infrastructure.charts.membership import MAX_LABELED, spoken_period
from nethealth.infrastructure.hidden import HIDDEN, range_text
from nethealth.metric import Unit
from nethealth.presentation import palette
from nethealth.presentation.chart_style import apply_chart_style
from nethealth.presentation.formatting import format_value, pluralize
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.records import Workbook

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from numpy.typing import NDArray

COLOR_STEPS = ((0.0, 0), (0.25, 1), (0.5, 2), (0.75, 3), (0.9, 6))
"""The lowest share of each of five colors, with its index in the sequence; numbers stay readable on all of them."""
ROW_HEIGHT, MAX_HEIGHT = 38, 640
MAX_DRAWN = 120
"""Most cohorts and periods drawn: ten years of months. The table has all."""
MAX_WIDE_COLUMNS = 4
"""Most columns with room for words, even on a phone."""
DARK_FROM = 0.9
"""Share from which a cell is so dark that its text is light."""


def cohorts_title(cohorts: Sequence[Cohort]) -> str:
    """Return the finding: how many of the oldest cohort with a known share are still members."""
    for cohort in cohorts:
        latest = next((moment for moment in reversed(cohort.moments) if moment.share is not None), None)
        if latest is None or isinstance(cohort.joined, TooFew) or latest.period == cohort.period:
            continue
        is_today = latest is cohort.moments[-1]
        still = "are still members" if is_today else f"were still members at the end of {latest.period}"
        share = format_value(latest.share, Unit.SHARE)
        return f"{share} of the {pluralize(cohort.joined, 'person', 'people')} who joined in {cohort.period} {still}"
    bounded = next((cohort for cohort in cohorts if cohort.moments[-1].bounds and len(cohort.moments) > 1), None)
    if bounded is not None and bounded.moments[-1].bounds is not None:
        share = range_text(bounded.moments[-1].bounds)
        return f"{share} of the {bounded.joined} people who joined in {spoken_period(bounded)} are still members"
    return "Who stays, by when they joined"


def has_later_moments(cohorts: Sequence[Cohort]) -> bool:
    """True if any cohort has reached the end of a later period than its own."""
    return any(len(cohort.moments) > 1 for cohort in cohorts)


def cell_text(moment: CohortMoment) -> str:
    """Return a cell's text: the share, its range, or `hidden`."""
    if moment.share is not None:
        return format_value(moment.share, Unit.SHARE)
    return range_text(moment.bounds) if moment.bounds else HIDDEN


def _short_cell(moment: CohortMoment, *, is_wide: bool) -> str:
    """Return a cell's text in little room: `≥ 91%`, and a dot if hidden."""
    text = cell_text(moment)
    if text == HIDDEN:
        return text if is_wide else "·"
    number, *words = text.split()
    return f"{'≥' if words[-1] == 'more' else '≤'} {number}" if words else number


def cohorts_chart(cohorts: Sequence[Cohort], *, period: Period) -> go.Figure:
    """Draw a cell for each of the latest cohorts and each later period, darker if more people are still members."""
    import plotly.graph_objects as go

    cohorts = cohorts[-MAX_DRAWN:]
    columns = min(MAX_DRAWN, max((len(cohort.moments) for cohort in cohorts), default=0))
    labeled = len(cohorts) <= MAX_LABELED and columns <= MAX_LABELED
    cells = [(cohort, index, moment) for cohort in cohorts for index, moment in enumerate(cohort.moments[:MAX_DRAWN])]
    gap = 3 if labeled else 0.5
    figure = go.Figure()
    figure.add_heatmap(
        x=_object_array([index for _, index, _ in cells]),
        y=_object_array([cohort.period for cohort, _, _ in cells]),
        z=_object_array([_color_share(moment) for _, _, moment in cells]),
        zmin=0,
        zmax=1,
        colorscale=_color_scale(),
        showscale=False,
        xgap=gap,
        ygap=gap,
        hoverongaps=False,
        hoverinfo="text",
        hovertext=_object_array([_hover_text(cohort, moment) for cohort, _, moment in cells]),
    )
    if labeled:
        figure.add_scatter(
            x=[index for _, index, _ in cells],
            y=[cohort.period for cohort, _, _ in cells],
            mode="text",
            text=[_short_cell(moment, is_wide=columns <= MAX_WIDE_COLUMNS) for _, _, moment in cells],
            textfont={"size": 14, "color": [_text_color(_color_share(moment)) for _, _, moment in cells]},
            hoverinfo="skip",
        )
    ticks = list(range(columns)) if labeled else list(range(0, columns, max(1, -(-columns // 6))))
    figure.update_layout(
        xaxis={
            "side": "top",
            "tickvals": ticks,
            "ticktext": [_tick_text(index, period.value) for index in ticks],
            "tickangle": 0,
            "range": [-0.5, columns - 0.5],
        },
        yaxis={
            "type": "category",
            "autorange": "reversed",
            "showgrid": False,
            **({} if labeled else {"nticks": 12}),
        },
    )
    rows = len(cohorts)
    height = 60 + (ROW_HEIGHT * rows if labeled else min(MAX_HEIGHT, max(10, 560 // max(rows, 1)) * rows))
    figure = apply_chart_style(figure, height=height)
    figure.update_layout(margin={"t": 48, "b": 8, "l": 76})
    figure.update_yaxes(showgrid=False)
    if not labeled:
        figure.update_layout(meta={"legend": _legend()})
    return figure


def _object_array(values: Sequence[object]) -> NDArray[np.object_]:
    """Return values as an array, which plotly checks much faster than a list."""
    return np.array([*values, None], dtype=np.object_)[:-1]


def _legend() -> list[list[str]]:
    """Return the five colors as legend entries, highest share first."""
    entries = [
        [f"{share:.0%} or more" if share else "fewer", palette.SEQUENCE[index], "■"] for share, index in COLOR_STEPS
    ]
    return entries[::-1]


def _color_share(moment: CohortMoment) -> float | None:
    """Return the share that colors a cell: if hidden, the nearest end of its range."""
    if moment.bounds is None:
        return moment.share
    low, high = moment.bounds
    return low if 1 - high < low else high


def _text_color(share: float | None) -> str:
    if share is None:
        return palette.MUTED
    return palette.PAPER if share >= DARK_FROM else palette.INK


def _tick_text(index: int, unit: str) -> str:
    return "same<br>" + unit if index == 0 else f"+{index}<br>{unit if index == 1 else unit + 's'}"


def _color_scale() -> list[tuple[float, str]]:
    """Return the five colors as a plotly scale: each from its share to the next one's."""
    starts = [start for start, _ in COLOR_STEPS] + [1.0]
    colors = [palette.SEQUENCE[index] for _, index in COLOR_STEPS]
    return [
        point for index, color in enumerate(colors) for point in ((starts[index], color), (starts[index + 1], color))
    ]


def draw_cohorts(
    workbook: Workbook, *, period: Period, as_of: dt.date, fiscal_year_starts: int | None = None
) -> tuple[tuple[Cohort, ...], go.Figure]:
    """Return a workbook's cohorts with their chart."""
    cohorts = summarize_cohorts(workbook, period=period, as_of=as_of, fiscal_year_starts=fiscal_year_starts)
    return cohorts, cohorts_chart(cohorts, period=period)


def _hover_text(cohort: Cohort, moment: CohortMoment) -> str:
    if isinstance(cohort.joined, TooFew):
        return f"<b>{cohort.period}</b><br>hidden: too few joined"
    remaining = f"{moment.remaining:,} of {cohort.joined:,}" if moment.remaining is not None else cell_text(moment)
    so_far = " so far" if moment.partial else ""
    return f"<b>Joined in {cohort.period}</b><br>{remaining} at the end of {moment.period}{so_far}"


def cohorts_text(cohorts: Sequence[Cohort]) -> str:
    """Return the chart's alt text for the latest cohorts."""
    if not cohorts:
        return "No cohorts yet."
    parts = [f"{cohorts_title(cohorts)}."]
    for cohort in cohorts[-MAX_LABELED:]:
        if isinstance(cohort.joined, TooFew):
            parts.append(f"{cohort.period}: hidden, too few joined.")
            continue
        moments = ", ".join(
            f"{cell_text(moment)} at the end of {moment.period}" for moment in cohort.moments[-MAX_LABELED:]
        )
        parts.append(f"{cohort.period}: {pluralize(cohort.joined, 'person', 'people')} joined; {moments}.")
    return " ".join(parts)


def hidden_text(cohorts: Sequence[Cohort], *, smallest_group: int) -> str | None:
    """Explain cells without an exact share; None if every cell has one."""
    if all(moment.share is not None for cohort in cohorts for moment in cohort.moments):
        return None
    return (
        f"≥ or ≤: fewer than {smallest_group} people left or stayed, so we show a range. Hidden: fewer than "
        f"{smallest_group} joined, or the share would give away another one."
    )
