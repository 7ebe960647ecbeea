"""The chart of the cohorts, with its finding, its words and its table.

Each row is those who joined in one period, each column the end of a period so much later; a cell says which share of
them is still here. What is held back says why.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from nethealth.infrastructure import Cohort, CohortMoment, Period, summarize_cohorts
from nethealth.infrastructure.charts.membership import LABELED, spoken_period
from nethealth.infrastructure.charts.representation import HELD_BACK, within
from nethealth.metric import Unit
from nethealth.presentation import palette
from nethealth.presentation.chart_style import apply_chart_style
from nethealth.presentation.formatting import format_value, pluralize
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.records import Workbook

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from numpy.typing import NDArray

Row: TypeAlias = dict[str, object]
STEPS = ((0.0, 0), (0.25, 1), (0.5, 2), (0.75, 3), (0.9, 6))
"""From which share on a cell has which colour of the sequence: five steps on which a number is read in both themes."""
ROW, TALLEST = 38, 640
MOST = 120
"""So many cohorts, and periods since, are drawn: ten years of months. The table holds all."""
ROOMY = 4
"""Up to so many columns a cell holds words, on a phone too."""
DARK_FROM = 0.9
"""From this share on a cell is so dark that its words are light."""


def _latest_told(cohort: Cohort) -> CohortMoment | None:
    return next((moment for moment in reversed(cohort.moments) if moment.share is not None), None)


def cohorts_title(told: Sequence[Cohort]) -> str:
    """The finding: of the oldest cohort that may be shown, how many are still here."""
    for cohort in told:
        latest = _latest_told(cohort)
        if latest is None or isinstance(cohort.joined, TooFew) or latest.period == cohort.period:
            continue
        when = "still here" if latest is cohort.moments[-1] else f"still here at the end of {latest.period}"
        return (
            f"Of the {cohort.joined:,} who joined in {cohort.period}, "
            f"{format_value(latest.share, Unit.SHARE)} are {when}"
        )
    bounded = next((c for c in told if c.moments[-1].bounds and len(c.moments) > 1), None)
    if bounded is not None and bounded.moments[-1].bounds is not None:
        share = within(bounded.moments[-1].bounds)
        return f"Of the {bounded.joined} who joined in {spoken_period(bounded)}, {share} are still here"
    return "Who stays, by when they joined"


def have_something_to_say(told: Sequence[Cohort]) -> bool:
    """Whether any cohort has seen the end of a later period than its own."""
    return any(len(cohort.moments) > 1 for cohort in told)


def cell(moment: CohortMoment) -> str:
    """A cell as it is written: the share, within what it lies, or that it is held back."""
    if moment.share is not None:
        return format_value(moment.share, Unit.SHARE)
    return within(moment.bounds) if moment.bounds else HELD_BACK


def _short_cell(moment: CohortMoment, *, roomy: bool) -> str:
    """The same where there is little room: `≥ 91%`; a point where it is held back without bounds."""
    text = cell(moment)
    if text == HELD_BACK:
        return text if roomy else "·"
    number, *words = text.split()
    return f"{'≥' if words[-1] == 'more' else '≤'} {number}" if words else number


def cohorts_chart(told: Sequence[Cohort], *, period: Period) -> go.Figure:
    """A cell for each of the latest cohorts and each period since, the darker the more of them are still here."""
    import plotly.graph_objects as go

    told = told[-MOST:]
    widest = min(MOST, max((len(cohort.moments) for cohort in told), default=0))
    labeled = len(told) <= LABELED and widest <= LABELED
    cells = [(cohort, at, moment) for cohort in told for at, moment in enumerate(cohort.moments[:MOST])]
    gap = 3 if labeled else 0.5
    figure = go.Figure()
    figure.add_heatmap(
        x=_column([at for _, at, _ in cells]),
        y=_column([cohort.period for cohort, _, _ in cells]),
        z=_column([_shade(moment) for _, _, moment in cells]),
        zmin=0,
        zmax=1,
        colorscale=_scale(),
        showscale=False,
        xgap=gap,
        ygap=gap,
        hoverongaps=False,
        hoverinfo="text",
        hovertext=_column([_told(cohort, moment) for cohort, _, moment in cells]),
    )
    if labeled:
        figure.add_scatter(
            x=[at for _, at, _ in cells],
            y=[cohort.period for cohort, _, _ in cells],
            mode="text",
            text=[_short_cell(moment, roomy=widest <= ROOMY) for _, _, moment in cells],
            textfont={"size": 14, "color": [_ink(_shade(moment)) for _, _, moment in cells]},
            hoverinfo="skip",
        )
    unit = period.value
    ticks = list(range(widest)) if labeled else list(range(0, widest, max(1, -(-widest // 6))))
    figure.update_layout(
        xaxis={
            "side": "top",
            "tickvals": ticks,
            "ticktext": [_since(at, unit) for at in ticks],
            "tickangle": 0,
            "range": [-0.5, widest - 0.5],
        },
        yaxis={
            "type": "category",
            "autorange": "reversed",
            "showgrid": False,
            **({} if labeled else {"nticks": 12}),
        },
    )
    height = 60 + (ROW * len(told) if labeled else min(TALLEST, max(10, 560 // max(len(told), 1)) * len(told)))
    figure = apply_chart_style(figure, height=height)
    figure.update_layout(margin={"t": 48, "b": 8, "l": 76})
    figure.update_yaxes(showgrid=False)
    if not labeled:
        figure.update_layout(meta={"legend": _legend()})
    return figure


def _column(values: Sequence[object]) -> NDArray[np.object_]:
    """Values as plotly takes thousands of them fastest; a list it would look through one by one."""
    return np.array([*values, None], dtype=np.object_)[:-1]


def _legend() -> list[list[str]]:
    """The five steps as a legend, the most first."""
    named = [[f"{start:.0%} or more" if start else "fewer", palette.SEQUENCE[place], "■"] for start, place in STEPS]
    return named[::-1]


def _shade(moment: CohortMoment) -> float | None:
    """The share by which a cell is coloured: where it is held back, the least (or the most) that it can be."""
    if moment.bounds is None:
        return moment.share
    low, high = moment.bounds
    return low if 1 - high < low else high


def _ink(share: float | None) -> str:
    """The colour of a cell's words: light on a dark cell."""
    if share is None:
        return palette.MUTED
    return palette.PAPER if share >= DARK_FROM else palette.INK


def _since(at: int, unit: str) -> str:
    return "same<br>" + unit if at == 0 else f"+{at}<br>{unit if at == 1 else unit + 's'}"


def _scale() -> list[tuple[float, str]]:
    """The five steps as plotly takes them: each colour from its share to the next one's."""
    starts = [start for start, _ in STEPS] + [1.0]
    colors = [palette.SEQUENCE[place] for _, place in STEPS]
    return [point for at, color in enumerate(colors) for point in ((starts[at], color), (starts[at + 1], color))]


def cohorts_drawn(
    workbook: Workbook, *, period: Period, as_of: dt.date, fiscal_year_starts: int | None = None
) -> tuple[tuple[Cohort, ...], go.Figure]:
    """A workbook's cohorts with their chart, in the form in which both can be kept for everybody."""
    told = summarize_cohorts(workbook, period=period, as_of=as_of, fiscal_year_starts=fiscal_year_starts)
    return told, cohorts_chart(told, period=period)


def _told(cohort: Cohort, moment: CohortMoment) -> str:
    so_far = " so far" if moment.partial else ""
    if isinstance(cohort.joined, TooFew):
        return f"<b>{cohort.period}</b><br>{HELD_BACK}: few joined"
    still = f"{moment.still:,} of {cohort.joined:,}" if moment.still is not None else cell(moment)
    return f"<b>Joined in {cohort.period}</b><br>{still} at the end of {moment.period}{so_far}"


def cohorts_text(told: Sequence[Cohort]) -> str:
    """The chart in words, the latest cohorts one by one."""
    if not told:
        return "No cohort to show yet."
    parts = [f"{cohorts_title(told)}."]
    for cohort in told[-LABELED:]:
        if isinstance(cohort.joined, TooFew):
            parts.append(f"{cohort.period}: few joined, {HELD_BACK}.")
            continue
        moments = ", ".join(f"{cell(moment)} at the end of {moment.period}" for moment in cohort.moments[-LABELED:])
        parts.append(f"{cohort.period}: {pluralize(cohort.joined, 'person', 'people')} joined; {moments}.")
    return " ".join(parts)


def cohort_rows(told: Sequence[Cohort]) -> list[Row]:
    """One row a cohort and moment, to read and to download."""
    return [
        {
            "Joined in": cohort.period,
            "Joined": HELD_BACK if isinstance(cohort.joined, TooFew) else cohort.joined,
            "At the end of": moment.period,
            "So far": "yes" if moment.partial else "no",
            "Still here": HELD_BACK if moment.still is None else moment.still,
            "Share": moment.share if moment.share is not None else cell(moment),
        }
        for cohort in told
        for moment in cohort.moments
    ]


def held_back_text(told: Sequence[Cohort], *, smallest_group: int) -> str | None:
    """Why some cells say less than a number; None where none does."""
    if all(moment.share is not None for cohort in told for moment in cohort.moments):
        return None
    few = f"fewer than {smallest_group}"
    return (
        f"≥ and ≤ stand where {few} left, or {few} stayed; a share is held back where so few joined, or where it would "
        "give another one away."
    )
