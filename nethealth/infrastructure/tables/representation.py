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
from nethealth.presentation.table import Column, Format, Table

COMPARED = {
    IntervalPosition.BELOW: "fewer than expected",
    IntervalPosition.ABOVE: "more than expected",
    IntervalPosition.WITHIN: "could be chance",
}


COLUMN = Column("Column", on_screen=False)
COLUMN_MEANING = {COLUMN.header: "The column of the Members tab that has the categories."}
INTERVAL = COLUMN_MEANING | {
    "95% CI from": "The lower end of the share’s 95% confidence interval.",
    "95% CI to": "Its upper end.",
}


def representation_table(representation: Representation) -> Table:
    """Return each category's share of members with its interval and expected share."""
    return Table.of(
        (
            Column("Category"),
            COLUMN,
            Column("Members", Format.NUMBER),
            *(Column(header, Format.SHARE) for header in ("Share", "95% CI from", "95% CI to", "Expected")),
            Column("Compared with expected"),
        ),
        [
            {
                "Category": category.category,
                COLUMN.header: representation.column,
                "Members": cell(category.count),
                "Share": cell(category.share),
                "95% CI from": category.interval[0] if category.interval else None,
                "95% CI to": category.interval[1] if category.interval else None,
                "Expected": category.expected,
                "Compared with expected": _compared(category),
            }
            for category in representation.categories
        ],
        meanings=INTERVAL
        | {
            "Share": "Members in the category, as a share of members with a value in this column.",
            "Expected": f"The share in the Reference tab. {representation.source or ''}".strip(),
            "Compared with expected": "“could be chance” if the 95% confidence interval includes the expected share.",
        },
    )


def _compared(category: CategoryShare) -> str:
    if category.position is not None:
        return COMPARED[category.position]
    return "no expected share" if category.expected is None else HIDDEN


def over_time_table(membership: MembershipByCategory) -> Table:
    """Return each category's members and share at each period's end."""
    return Table.of(
        (
            Column("Period"),
            COLUMN,
            Column("Category"),
            Column("Members at the end", Format.NUMBER),
            Column("Share", Format.SHARE),
        ),
        [
            {
                "Period": period.period,
                COLUMN.header: membership.column,
                "Category": name,
                "Members at the end": cell(period.end),
                "Share": HIDDEN if (share := membership.share(name, index)) is None else share,
            }
            for name, periods in membership.categories.items()
            for index, period in enumerate(periods)
        ],
        meanings={
            **COLUMN_MEANING,
            "Share": "Members in the category at the period’s end, as a share of members with a value then.",
        },
    )


def outcome_table(outcomes: Sequence[OutcomeByCategory], *, column: str) -> Table:
    """Return every outcome by category with its interval and everyone's share."""
    return Table.of(
        (
            Column("Outcome"),
            COLUMN,
            Column("Category"),
            Column("People", Format.NUMBER),
            Column("With the outcome", Format.NUMBER),
            *(Column(header, Format.SHARE) for header in ("Share", "95% CI from", "95% CI to", "Everyone")),
        ),
        [
            {
                "Outcome": OUTCOME_NAMES[outcome.outcome],
                COLUMN.header: column,
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
        meanings=INTERVAL
        | {
            "Share": "People with the outcome, as a share of the category’s people.",
            "Everyone": "The same share among everyone.",
        },
    )
