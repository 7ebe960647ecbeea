"""Who is here and who is missing: charts, findings and tables of the membership's make-up and of each group's part.

`..._title` is the finding in one sentence; `..._in_words` says the whole chart to those who don't see it. Both may hold
text from cells: whoever shows them escapes it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from nethealth.infrastructure import (
    CategoryShare,
    Difference,
    GroupOutcome,
    GroupOutcomeResult,
    GroupOutcomeShare,
    MembershipByCategory,
    Period,
    Representation,
    compare_representation,
    group_outcomes,
    membership_by_category,
)
from nethealth.infrastructure.charts.membership import period_ticks
from nethealth.metric import Unit
from nethealth.presentation import palette
from nethealth.presentation.chart_labels import chart_text, join_names
from nethealth.presentation.chart_style import apply_chart_style
from nethealth.presentation.formatting import format_value, pluralize, single_line
from nethealth.presentation.interval_chart import MARGIN_OF_ERROR, IntervalRow, interval_chart
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.records import PersonKey, Workbook

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

Row: TypeAlias = dict[str, object]
OutcomeChart: TypeAlias = "tuple[GroupOutcomeResult, Figure]"
HELD_BACK = "held back"
"""What stands where a figure speaks of too few, or would give one away that does."""
WHY_HELD_BACK = "it would tell of too few people, by itself or beside other figures"
ARROWS = {Difference.BELOW: "▼ ", Difference.ABOVE: "▲ "}
TOLD = 4
"""So many groups are named in a finding at most."""
BEYOND_CHANCE = {
    Difference.BELOW: "fewer than expected",
    Difference.ABOVE: "more than expected",
    Difference.WITHIN: "no further from it than chance",
}


def shown(value: object, unit: Unit = Unit.SHARE) -> str:
    """A figure as people read it; `held back` where it is."""
    return HELD_BACK if isinstance(value, TooFew) else format_value(value, unit)


def make_up_title(told: Representation) -> str:
    """The finding: which groups are fewer or more than expected; without a reference the largest group."""
    fewer = _named(told.groups, Difference.BELOW)
    more = _named(told.groups, Difference.ABOVE)
    column = single_line(told.column, longest=40)
    if fewer or more:
        parts = [f"fewer than expected: {fewer}" if fewer else "", f"more: {more}" if more else ""]
        return f"{column}: {'; '.join(part for part in parts if part)}"
    if any(group.standing for group in told.groups):
        return f"{column}: no group is further from what one would expect than chance explains"
    largest = next((group for group in told.groups if not isinstance(group.share, TooFew)), None)
    if largest is None:
        return column
    share = format_value(largest.share, Unit.SHARE)
    which = "the largest group that may be shown" if _are_some_held(told) else "the largest group"
    return f"{column}: {which} is {single_line(largest.group, longest=40)}, {share} of members"


def _are_some_held(told: Representation) -> bool:
    return any(isinstance(group.share, TooFew) for group in told.groups)


def _named(groups: Sequence[CategoryShare], where: Difference) -> str:
    names = [single_line(group.group, longest=30) for group in groups if group.standing is where]
    return join_names([*names[:TOLD], *([f"{len(names) - TOLD} others"] if len(names) > TOLD else [])])


def make_up_chart(told: Representation) -> Figure:
    """Each group's share of the members with its interval, and the share expected as a diamond."""
    has_reference = any(group.expected is not None for group in told.groups)
    rows = [
        IntervalRow(
            name=group.group,
            figure=_beside(group),
            share=None if isinstance(group.share, TooFew) else group.share,
            interval=group.interval,
            mark=group.expected,
            stands_out=group.standing in ARROWS,
            tip=f"<b>{chart_text(group.group)}</b><br>{shown(group.count, Unit.COUNT)} of {told.members:,} members",
        )
        for group in told.groups
    ]
    return interval_chart(
        rows,
        dot="share of members",
        mark="expected" if has_reference else None,
        apart="▼ ▲ more or fewer than expected, beyond chance",
    )


def _beside(group: CategoryShare) -> str:
    share = f"{ARROWS.get(group.standing, '') if group.standing else ''}{shown(group.share)}"
    return share if group.expected is None else f"{share}, expected {format_value(group.expected, Unit.SHARE)}"


def make_up_chart_by(workbook: Workbook, *, column: str, as_of: dt.date) -> Figure | None:
    """The chart of a workbook's make-up, in the form in which it can be kept for everybody."""
    told = compare_representation(workbook, column=column, as_of=as_of)
    return None if told is None else make_up_chart(told)


def make_up_text(told: Representation) -> str:
    """The chart in words, group by group."""
    whole = pluralize(told.members, "member")
    parts = [f"{make_up_title(told)}. Of {whole}{'' if told.is_of_everybody else ' with a value'}:"]
    for group in told.groups:
        expected = f", expected {format_value(group.expected, Unit.SHARE)}" if group.expected is not None else ""
        interval = f" ({_between(group.interval)})" if group.interval else ""
        parts.append(f"{single_line(group.group, longest=40)} {shown(group.share)}{interval}{expected}.")
    return " ".join(parts)


def _between(interval: tuple[float, float]) -> str:
    return f"{format_value(interval[0], Unit.SHARE)} to {format_value(interval[1], Unit.SHARE)}"


def make_up_rows(told: Representation) -> list[Row]:
    """The make-up as a table to read and to download."""
    return [
        {
            "Group": group.group,
            "Members": HELD_BACK if isinstance(group.count, TooFew) else group.count,
            "Share": HELD_BACK if isinstance(group.share, TooFew) else group.share,
            "From": group.interval[0] if group.interval else None,
            "To": group.interval[1] if group.interval else None,
            "Expected": group.expected,
            "Beside what is expected": _beside_expected(group),
        }
        for group in told.groups
    ]


def _beside_expected(group: CategoryShare) -> str:
    if group.standing is not None:
        return BEYOND_CHANCE[group.standing]
    return "nothing to compare with" if group.expected is None else HELD_BACK


def make_up_note(told: Representation) -> str:
    """Where the expected shares come from, who is left out, and what is held back."""
    if told.source:
        source = f"Expected: {single_line(told.source, longest=120).rstrip('.')}."
    elif any(group.expected is not None for group in told.groups):
        source = "Expected: as the Reference tab has it."
    else:
        source = "Whom one would expect can be typed in the Reference tab; it shows here beside each group."
    parts = [source]
    if told.is_of_everybody:
        parts.append("Some say nothing here; they count in the whole.")
    elif told.without_value:
        blank = shown(told.without_value, Unit.COUNT) if not isinstance(told.without_value, TooFew) else "A few"
        parts.append(f"{blank} more say nothing here and are left out.")
    if _are_some_held(told):
        parts.append(f"{HELD_BACK.capitalize()}: {WHY_HELD_BACK}.")
    return " ".join(parts)


def over_time_title(told: MembershipByCategory) -> str:
    """The finding: which group's share moved most over the periods that may be shown."""
    moved = []
    for name in told.groups:
        known = [(share, at) for at, share in enumerate(_shares(told, name)) if share is not None]
        if len(known) > 1:
            change = known[-1][0] - known[0][0]
            moved.append((abs(change), change, name, told.groups[name][known[0][1]].period))
    column = single_line(told.column, longest=40)
    if not moved:
        return f"{column} over time"
    by, signed, name, since = max(moved)
    points = round(by * 100)
    if not points:
        return f"{column}: every group's share has held"
    way = "has grown" if signed > 0 else "has fallen"
    return (
        f"{single_line(name, longest=40)}: its share of the members {way} by {pluralize(points, 'point')} since {since}"
    )


def _shares(told: MembershipByCategory, name: str) -> list[float | None]:
    return [told.share(name, at) for at in range(len(told.wholes))]


def over_time_chart(told: MembershipByCategory) -> Figure:
    """Each group's share of the members at each period's end as a line; what is held back is a gap."""
    import plotly.graph_objects as go

    figure = go.Figure()
    for index, (name, periods) in enumerate(told.groups.items()):
        color = palette.CATEGORY_COLORS[index] if index < len(palette.CATEGORY_COLORS) else palette.FAINT
        shares = _shares(told, name)
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
    first = next(iter(told.groups.values()), ())
    figure.update_layout(
        xaxis={"type": "category", "tickangle": 0, **period_ticks(first)},
        yaxis={"rangemode": "tozero", "tickformat": ".0%", "nticks": 5},
    )
    return apply_chart_style(figure, height=320)


def over_time_chart_by(
    workbook: Workbook, *, column: str, period: Period, as_of: dt.date, fiscal_year_starts: int | None = None
) -> Figure:
    """The chart of a workbook's groups over time, in the form in which it can be kept for everybody."""
    return over_time_chart(
        membership_by_category(
            workbook, column=column, period=period, as_of=as_of, fiscal_year_starts=fiscal_year_starts
        )
    )


def over_time_text(told: MembershipByCategory) -> str:
    """The chart in words: each group's first and last share that may be shown."""
    parts = [f"{over_time_title(told)}."]
    for name, periods in told.groups.items():
        known = [
            (period.period, share)
            for period, share in zip(periods, _shares(told, name), strict=True)
            if share is not None
        ]
        if known:
            (first, before), (last, now) = known[0], known[-1]
            parts.append(f"{single_line(name, longest=40)}: {shown(before)} in {first}, {shown(now)} in {last}.")
    return " ".join(parts)


def over_time_rows(told: MembershipByCategory) -> list[Row]:
    """Each group's members and share at each period's end, to download."""
    return [
        {
            "Period": period.period,
            "Group": name,
            "Members at the end": HELD_BACK if isinstance(period.end, TooFew) else period.end,
            "Share": HELD_BACK if (share := told.share(name, at)) is None else share,
        }
        for name, periods in told.groups.items()
        for at, period in enumerate(periods)
    ]


def lens_title(result: GroupOutcomeResult, *, months: int) -> str:
    """The finding: everybody's share, and which groups stand apart by more than chance."""
    share = shown(result.share)
    if isinstance(result.share, TooFew):
        # Few, or all but few.
        share = within(result.bounds) if result.bounds else "Too few to tell how many"
    says = {
        GroupOutcome.LEADERSHIP: f"{share} hold a leadership role",
        GroupOutcome.ATTENDANCE: f"{share} came to a gathering in the last {pluralize(months, 'month')}",
        GroupOutcome.TIES: f"{share} have {pluralize(result.threshold or 0, 'tie')} or more",
        GroupOutcome.LEFT: f"{share} of those here a year ago have left",
    }[result.lens]
    apart = [
        f"{word}: {names}"
        for word, where in (("less often", Difference.BELOW), ("more often", Difference.ABOVE))
        if (names := _apart(result, where))
    ]
    return f"{says}; {'; '.join(apart)}" if apart else says


def _apart(result: GroupOutcomeResult, where: Difference) -> str:
    names = [single_line(group.group, longest=30) for group in result.groups if result.standing_of(group) is where]
    return join_names([*names[:TOLD], *([f"{len(names) - TOLD} others"] if len(names) > TOLD else [])])


def lenses_title(results: Sequence[GroupOutcomeResult], *, column: str) -> str:
    """The finding over all lenses: which groups stand apart by more than chance, and in what."""
    name = single_line(column, longest=40)
    apart = [
        f"{single_line(group.group, longest=30)} (in {LENS_WORDS[result.lens]})"
        for result in results
        for group in result.groups
        if result.standing_of(group) in ARROWS
    ]
    if not any(group.interval for result in results for group in result.groups):
        return f"{name}: no group can be compared without telling of too few"
    if not apart:
        return f"{name}: no group stands apart by more than chance"
    if len(apart) > TOLD:
        apart = [*apart[: TOLD - 1], f"{len(apart) - TOLD + 1} more"]
    return f"{name}: {join_names(apart)} {'stands' if len(apart) == 1 else 'stand'} apart"


def in_pairs(drawn: Sequence[OutcomeChart]) -> list[Sequence[OutcomeChart]]:
    """Two and two, for two columns."""
    return [drawn[place : place + 2] for place in range(0, len(drawn), 2)]


def lens_legend(results: Sequence[GroupOutcomeResult]) -> str:
    """What the marks of these lenses' charts mean: of those that are drawn in any of them."""
    groups = [(result, group) for result in results for group in result.groups]
    parts = [
        LENS_LEGEND,
        LENS_HELD_BACK if any(group.bounds is not None for _, group in groups) else "",
        f"{HELD_BACK}: {WHY_HELD_BACK}" if any(_of(group) == HELD_BACK for _, group in groups) else "",
        LENS_APART if any(result.standing_of(group) in ARROWS for result, group in groups) else "",
    ]
    return " · ".join(part for part in parts if part)


def lens_chart(result: GroupOutcomeResult) -> Figure:
    """Each group's share with its interval, and everybody's as a mark across each; `lens_legend` is its legend."""
    rows = []
    for group in result.groups:
        where = result.standing_of(group)
        rows.append(
            IntervalRow(
                name=group.group,
                figure=f"{ARROWS.get(where, '') if where else ''}{_of(group)}",
                share=None if isinstance(group.share, TooFew) else group.share,
                interval=group.interval,
                bounds=group.bounds,
                stands_out=where in ARROWS,
                tip=f"<b>{chart_text(group.group)}</b><br>"
                f"{shown(group.those, Unit.COUNT)} of {shown(group.of, Unit.COUNT)}",
            )
        )
    everybody = None if result.share is None or isinstance(result.share, TooFew) else ("everybody", result.share)
    return interval_chart(rows, dot="share of the group", everybody=everybody, has_legend=False)


def outcome_charts(
    workbook: Workbook, *, column: str, as_of: dt.date, ties: Mapping[PersonKey, int] | None = None
) -> tuple[OutcomeChart, ...]:
    """Every outcome of a column's categories with its chart; `ties` as `group_outcomes` takes them."""
    results = group_outcomes(workbook, column=column, as_of=as_of, ties=ties)
    return tuple((result, lens_chart(result)) for result in results)


def _of(group: GroupOutcomeShare) -> str:
    """A group's figure: its share and of how many, or within what it lies, or that it is held back."""
    if group.bounds is not None:
        return within(group.bounds)
    if isinstance(group.share, TooFew) or isinstance(group.of, TooFew):
        return HELD_BACK
    return f"{format_value(group.share, Unit.SHARE)} of {group.of:,}"


def within(bounds: tuple[float, float]) -> str:
    """What may be said of a share that is held back since few did, or few did not: `91% or more`, `9% or less`."""
    low, high = bounds
    if 1 - high < low:
        return f"{int(low * 100)}% or more"
    return f"{-int(-high * 100 // 1)}% or less"


def lens_text(result: GroupOutcomeResult, *, months: int) -> str:
    """The chart in words, group by group."""
    parts = [f"{lens_title(result, months=months)}."]
    for group in result.groups:
        interval = f" ({_between(group.interval)})" if group.interval else ""
        parts.append(f"{single_line(group.group, longest=40)}: {_of(group)}{interval}.")
    return " ".join(parts)


LENS_WORDS = {
    GroupOutcome.LEADERSHIP: "leading",
    GroupOutcome.ATTENDANCE: "coming",
    GroupOutcome.TIES: "ties",
    GroupOutcome.LEFT: "leaving",
}
LENS_LEGEND = f"● a group’s share · ━ {MARGIN_OF_ERROR} · ┃ everybody’s share"
LENS_HELD_BACK = "dotted: held back, since few did or few did not; it lies somewhere there"
LENS_APART = "▼ ▲ apart from everybody by more than chance"
LENS_NAMES = {
    GroupOutcome.LEADERSHIP: "Hold a leadership role",
    GroupOutcome.ATTENDANCE: "Came to a gathering",
    GroupOutcome.TIES: "Have many ties",
    GroupOutcome.LEFT: "Left within a year",
}


def lens_rows(results: Sequence[GroupOutcomeResult]) -> list[Row]:
    """All lenses as one table to read and to download."""
    return [
        {
            "What": LENS_NAMES[result.lens],
            "Group": group.group,
            "People": HELD_BACK if isinstance(group.of, TooFew) else group.of,
            "Of whom it holds": HELD_BACK if isinstance(group.those, TooFew) else group.those,
            "Share": _told_share(group),
            "From": group.interval[0] if group.interval else None,
            "To": group.interval[1] if group.interval else None,
            "Everybody": HELD_BACK if isinstance(result.share, TooFew) else result.share,
        }
        for result in results
        for group in result.groups
    ]


def _told_share(group: GroupOutcomeShare) -> object:
    if group.bounds is not None:
        return within(group.bounds)
    return HELD_BACK if isinstance(group.share, TooFew) else group.share
