"""Tables of representation: shares of members by category, over time, and by outcome."""

from __future__ import annotations

from collections.abc import Sequence

from nethealth.infrastructure import (
    CategoryShare,
    IntervalPosition,
    MembershipByCategory,
    OutcomeByCategory,
    Representation,
)
from nethealth.infrastructure.charts.outcomes import OUTCOME_NAMES
from nethealth.infrastructure.hidden import HIDDEN, cell, range_text
from nethealth.presentation.table import Format, Table

COMPARED = {
    IntervalPosition.BELOW: "fewer than expected",
    IntervalPosition.ABOVE: "more than expected",
    IntervalPosition.WITHIN: "could be chance",
}


def representation_table(representation: Representation) -> Table:
    """Return each category's share of members with its interval and expected share."""
    return Table.of(
        {
            "Category": Format.TEXT,
            "Members": Format.NUMBER,
            **dict.fromkeys(("Share", "95% CI from", "95% CI to", "Expected"), Format.SHARE),
            "Compared with expected": Format.TEXT,
        },
        [
            {
                "Category": category.category,
                "Members": cell(category.count),
                "Share": cell(category.share),
                "95% CI from": category.interval[0] if category.interval else None,
                "95% CI to": category.interval[1] if category.interval else None,
                "Expected": category.expected,
                "Compared with expected": _compared(category),
            }
            for category in representation.categories
        ],
    )


def _compared(category: CategoryShare) -> str:
    if category.position is not None:
        return COMPARED[category.position]
    return "no expected share" if category.expected is None else HIDDEN


def over_time_table(membership: MembershipByCategory) -> Table:
    """Return each category's members and share at each period's end."""
    return Table.of(
        {"Period": Format.TEXT, "Category": Format.TEXT, "Members at the end": Format.NUMBER, "Share": Format.SHARE},
        [
            {
                "Period": period.period,
                "Category": name,
                "Members at the end": cell(period.end),
                "Share": HIDDEN if (share := membership.share(name, index)) is None else share,
            }
            for name, periods in membership.categories.items()
            for index, period in enumerate(periods)
        ],
    )


def outcome_table(outcomes: Sequence[OutcomeByCategory]) -> Table:
    """Return every outcome by category with its interval and everyone's share."""
    return Table.of(
        {
            "Outcome": Format.TEXT,
            "Category": Format.TEXT,
            "People": Format.NUMBER,
            "With the outcome": Format.NUMBER,
            **dict.fromkeys(("Share", "95% CI from", "95% CI to", "Everyone"), Format.SHARE),
        },
        [
            {
                "Outcome": OUTCOME_NAMES[outcome.outcome],
                "Category": category.category,
                "People": cell(category.total),
                "With the outcome": cell(category.count),
                "Share": range_text(category.bounds) if category.bounds else cell(category.share),
                "95% CI from": category.interval[0] if category.interval else None,
                "95% CI to": category.interval[1] if category.interval else None,
                "Everyone": cell(outcome.share),
            }
            for outcome in outcomes
            for category in outcome.categories
        ],
    )
