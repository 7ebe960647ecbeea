"""Charts of representation: each category's share of members now, compared with expected, and over time.

Titles and texts may contain values from cells, so callers must escape them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from nethealth.infrastructure import (
    CategoryShare,
    IntervalPosition,
    MembershipByCategory,
    Period,
    Representation,
    compare_representation,
    membership_by_category,
)
from nethealth.infrastructure.charts.membership import period_ticks
from nethealth.infrastructure.hidden import WHY_HIDDEN, interval_text, shown
from nethealth.metric import Unit
from nethealth.presentation import palette
from nethealth.presentation.chart_labels import chart_text, join_names
from nethealth.presentation.chart_style import apply_chart_style
from nethealth.presentation.formatting import format_value, pluralize, single_line
from nethealth.presentation.interval_chart import IntervalRow, interval_chart
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.records import Workbook

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

ARROWS = {IntervalPosition.BELOW: "▼ ", IntervalPosition.ABOVE: "▲ "}
MAX_NAMED = 4
"""Most categories named in a title."""


def names_text(names: Sequence[str]) -> str:
    """Return a list of categories for a title, cut after `MAX_NAMED`."""
    shown_names = [single_line(name, longest=30) for name in names[:MAX_NAMED]]
    rest = len(names) - MAX_NAMED
    return join_names([*shown_names, *([f"{rest} others"] if rest > 0 else [])])


def representation_title(representation: Representation) -> str:
    """Return the finding: which categories differ from expected, or else the largest category."""
    column = single_line(representation.column, longest=40)
    categories = representation.categories
    below, above = (
        names_text([each.category for each in categories if each.position is position])
        for position in (IntervalPosition.BELOW, IntervalPosition.ABOVE)
    )
    if below and above:
        return f"{column}: fewer members than expected in {below}, more in {above}"
    if below or above:
        return f"{column}: {'fewer' if below else 'more'} members than expected in {below or above}"
    if any(each.position for each in categories):
        return f"{column}: no category differs from what you’d expect by more than chance"
    largest = next((each for each in categories if not isinstance(each.share, TooFew)), None)
    if largest is None:
        return column
    which = "largest category shown" if _has_hidden(representation) else "largest category"
    share = format_value(largest.share, Unit.SHARE)
    return f"{column}: the {which} is {single_line(largest.category, longest=40)}, with {share} of members"


def _has_hidden(representation: Representation) -> bool:
    return any(isinstance(each.share, TooFew) for each in representation.categories)


def representation_chart(representation: Representation) -> Figure:
    """Draw each category's share with its interval, and the expected share as a diamond."""
    rows = [
        IntervalRow(
            name=each.category,
            figure=_share_label(each),
            share=None if isinstance(each.share, TooFew) else each.share,
            interval=each.interval,
            mark=each.expected,
            is_notable=each.position in ARROWS,
            tip=f"<b>{chart_text(each.category)}</b><br>{shown(each.count, Unit.COUNT)} of "
            f"{representation.members:,} members",
        )
        for each in representation.categories
    ]
    has_expected = any(each.expected is not None for each in representation.categories)
    return interval_chart(
        rows,
        dot="share of members",
        mark="expected" if has_expected else None,
        apart="▼ ▲ differs from expected by more than chance",
    )


def _share_label(category: CategoryShare) -> str:
    arrow = ARROWS.get(category.position, "") if category.position else ""
    share = f"{arrow}{shown(category.share)}"
    return share if category.expected is None else f"{share}, expected {format_value(category.expected, Unit.SHARE)}"


def draw_representation(workbook: Workbook, *, column: str, as_of: dt.date) -> Figure | None:
    """Draw the representation of a workbook's members by a column; None without categories to show."""
    representation = compare_representation(workbook, column=column, as_of=as_of)
    return None if representation is None else representation_chart(representation)


def representation_text(representation: Representation) -> str:
    """Return the chart's alt text, category by category."""
    members = pluralize(representation.members, "member")
    which = "" if representation.includes_blanks else " with a value"
    parts = [f"{representation_title(representation)}. Of {members}{which}:"]
    for each in representation.categories:
        interval = f" ({interval_text(each.interval)})" if each.interval else ""
        expected = f", expected {format_value(each.expected, Unit.SHARE)}" if each.expected is not None else ""
        parts.append(f"{single_line(each.category, longest=40)} {shown(each.share)}{interval}{expected}.")
    return " ".join(parts)


def representation_note(representation: Representation) -> str:
    """Say where expected shares come from, who is left out, and what is hidden."""
    if representation.source:
        parts = [f"Expected shares: {single_line(representation.source, longest=120).rstrip('.')}."]
    elif any(each.expected is not None for each in representation.categories):
        parts = ["Expected shares come from the Reference tab."]
    else:
        parts = ["To compare, add expected shares in the Reference tab."]
    if representation.includes_blanks:
        parts.append("Shares are of all members, including those without a value.")
    elif representation.without_value:
        count = representation.without_value
        number = "a few members" if isinstance(count, TooFew) else pluralize(count, "member")
        parts.append(f"Shares leave out {number} without a value.")
    if _has_hidden(representation):
        parts.append(WHY_HIDDEN)
    return " ".join(parts)


def over_time_title(membership: MembershipByCategory) -> str:
    """Return the finding: the category whose share of members changed most."""
    changes = []
    for name, periods in membership.categories.items():
        known = [(share, index) for index, share in enumerate(_shares(membership, name)) if share is not None]
        if len(known) > 1:
            change = known[-1][0] - known[0][0]
            changes.append((abs(change), change, name, periods[known[0][1]].period))
    column = single_line(membership.column, longest=40)
    if not changes:
        return f"{column} over time"
    size, change, name, since = max(changes)
    points = round(size * 100)
    if not points:
        return f"{column}: every category’s share has stayed the same"
    direction = "up" if change > 0 else "down"
    name = single_line(name, longest=40)
    return f"{name}’s share of members is {direction} {pluralize(points, 'point')} since {since}"


def _shares(membership: MembershipByCategory, name: str) -> list[float | None]:
    return [membership.share(name, index) for index in range(len(membership.totals))]


def over_time_chart(membership: MembershipByCategory) -> Figure:
    """Draw each category's share at each period's end as a line; hidden shares are gaps."""
    import plotly.graph_objects as go

    figure = go.Figure()
    for index, (name, periods) in enumerate(membership.categories.items()):
        color = palette.CATEGORY_COLORS[index] if index < len(palette.CATEGORY_COLORS) else palette.FAINT
        shares = _shares(membership, name)
        figure.add_scatter(
            x=[period.period for period in periods],
            y=shares,
            name=chart_text(name, longest=28),
            mode="lines+markers",
            connectgaps=False,
            line={"color": color, "width": 2.5},
            marker={"size": 8, "symbol": palette.SYMBOLS[index % len(palette.SYMBOLS)], "color": color},
            hovertext=[
                f"<b>{chart_text(name)}</b>, {period.period}<br>{shown(share)}"
                for period, share in zip(periods, shares, strict=True)
            ],
            hoverinfo="text",
            cliponaxis=False,
        )
    first = next(iter(membership.categories.values()), ())
    figure.update_layout(
        xaxis={"type": "category", "tickangle": 0, **period_ticks(first)},
        yaxis={"rangemode": "tozero", "tickformat": ".0%", "nticks": 5},
    )
    return apply_chart_style(figure, height=320)


def draw_over_time(
    workbook: Workbook, *, column: str, period: Period, as_of: dt.date, fiscal_year_starts: int | None = None
) -> Figure:
    """Draw the shares of a workbook's categories over time."""
    return over_time_chart(
        membership_by_category(
            workbook, column=column, period=period, as_of=as_of, fiscal_year_starts=fiscal_year_starts
        )
    )


def over_time_text(membership: MembershipByCategory) -> str:
    """Return the chart's alt text: each category's first and last known share."""
    parts = [f"{over_time_title(membership)}."]
    for name, periods in membership.categories.items():
        known = [
            (period.period, share)
            for period, share in zip(periods, _shares(membership, name), strict=True)
            if share is not None
        ]
        if known:
            (first, before), (last, now) = known[0], known[-1]
            parts.append(f"{single_line(name, longest=40)}: {shown(before)} in {first}, {shown(now)} in {last}.")
    return " ".join(parts)
