"""Cards and tables of membership, cohorts, and people who left."""

from __future__ import annotations

from collections.abc import Sequence

from nethealth.infrastructure import METRICS, CategoryPeriod, Cohort, Departure, MembershipPeriod, UncountedMember
from nethealth.infrastructure.charts.cohorts import cell_text
from nethealth.infrastructure.charts.membership import spoken_period
from nethealth.infrastructure.hidden import HIDDEN, cell, shown
from nethealth.metric import Unit, meanings
from nethealth.presentation.formatting import format_value, pluralize
from nethealth.presentation.metric_card import Card
from nethealth.presentation.table import Column, Format, Table

PARTIAL = {"Partial": "“yes” if the period isn’t over yet, so its numbers are from its start to today."}
CATEGORY_NOTE = "Categories use today’s values. We hide small numbers, and others that would give them away."


def membership_cards(periods: Sequence[MembershipPeriod | CategoryPeriod]) -> list[Card]:
    """Return growth, attrition, and retention of the latest whole period, with the current one in the note.

    Without a whole period that started with members, the cards show the current one.
    """
    whole = next((period for period in reversed(periods) if not period.partial and period.start), None)
    current = periods[-1] if periods and periods[-1].partial else None
    period = whole or current or (periods[-1] if periods else None)
    if period is None:
        return []
    cards = []
    for field, label in (("growth", "Growth"), ("attrition", "Attrition"), ("retention", "Retention")):
        value = getattr(period, field)
        note = f"in {spoken_period(period)}" if period is not current else f"in {spoken_period(period)} so far"
        now = getattr(current, field) if current is not None and period is not current else None
        if current is not None and isinstance(now, float):
            note += f"; {format_value(now, Unit.SHARE)} so far in {spoken_period(current)}"
        if value is None and not period.start:
            note = f"no members yet when {spoken_period(period)} began"
        cards.append(Card(label, shown(value), note))
    return cards


def membership_table(periods: Sequence[MembershipPeriod | CategoryPeriod], *, category: str | None = None) -> Table:
    """Return one row per period with its counts and rates; in files, `category` says whose, if not everyone's."""
    counts = {
        "Start": "start",
        "New": "new",
        "Left": "dropped",
        "Joined and left": "came_and_went",
        "End": "end",
    }
    rates = {"Growth": "growth", "Attrition": "attrition", "Retention": "retention"}
    fields = counts | rates
    return Table.of(
        (
            Column("Period"),
            *((Column("Category", on_screen=False),) if category else ()),
            Column("Partial"),
            *(Column(header, Format.NUMBER) for header in counts),
            *(Column(header, Format.SHARE) for header in rates),
        ),
        [
            {
                "Period": period.period,
                "Category": category,
                "Partial": "yes" if period.partial else "no",
                **{header: cell(getattr(period, field)) for header, field in fields.items()},
            }
            for period in periods
        ],
        meanings=PARTIAL | meanings(METRICS["membership"], fields),
    )


def cohort_table(cohorts: Sequence[Cohort]) -> Table:
    """Return one row per cohort and later period."""
    return Table.of(
        {
            "Joined in": Format.TEXT,
            "Joined": Format.NUMBER,
            "At the end of": Format.TEXT,
            "Partial": Format.TEXT,
            "Still members": Format.NUMBER,
            "Share": Format.SHARE,
        },
        [
            {
                "Joined in": cohort.period,
                "Joined": cell(cohort.joined),
                "At the end of": moment.period,
                "Partial": "yes" if moment.partial else "no",
                "Still members": HIDDEN if moment.remaining is None else moment.remaining,
                "Share": moment.share if moment.share is not None else cell_text(moment),
            }
            for cohort in cohorts
            for moment in cohort.moments
        ],
        meanings=PARTIAL
        | {
            "Joined in": "The period in which these people joined. If someone came back, it’s when they first joined.",
            "Joined": "How many people joined in that period.",
            "Share": "Still members, as a share of those who joined.",
        },
    )


def uncounted_table(members: Sequence[UncountedMember]) -> Table:
    """Return the members in no membership metric, and why. Staff only."""
    return Table.of(
        {"Name": Format.TEXT, "Reason": Format.TEXT, "Joins": Format.DATE},
        [{"Name": member.name, "Reason": member.reason.value, "Joins": member.joins} for member in members],
        meanings={"Reason": "Why this person isn’t in any number of members.", "Joins": "A date in the future."},
    )


def departures_table(departures: Sequence[Departure]) -> Table:
    """Return people who left, with their last day. Staff only."""
    return Table.of(
        {"Name": Format.TEXT, "Last day": Format.DATE},
        [{"Name": departure.name, "Last day": departure.left} for departure in departures],
    )


def undated_text(count: int) -> str:
    """Say how many members aren't in the membership numbers, and how to include them."""
    have = "has" if count == 1 else "have"
    members = pluralize(count, "more member").capitalize()
    return f"{members} {have} no Joined date, so we count them on the map but not here."
