"""Cards and tables of convenings and activities, and of who comes to them."""

from __future__ import annotations

import datetime as dt

from nethealth.infrastructure import METRICS, PAGE_METRICS, Attendance, GatheringKind, GatheringSummary, Regularity
from nethealth.infrastructure.gatherings import attendance
from nethealth.infrastructure.hidden import cell, shown
from nethealth.metric import Unit, meanings
from nethealth.presentation.formatting import UNDEFINED, format_date, format_value, pluralize, single_line
from nethealth.presentation.metric_card import Card
from nethealth.presentation.table import Column, Format, Table
from nethealth.workbook.records import Gathering

OUTCOMES_HEADER = {GatheringKind.CONVENING: "Key outcomes", GatheringKind.ACTIVITY: "Notes"}
"""The column that says what came of each gathering."""
WHO_CAME = "Who came"
"""The on-screen column that sums up Invited, Attended, and Attendance."""


def gathering_cards(summary: GatheringSummary, *, kind: GatheringKind) -> list[Card]:
    """Return cadence, time since the last gathering, attendance, and the next planned one."""
    last = summary.past[-1].date if summary.past else None
    counted = sum(row.attended is not None and row.invited is not None for row in summary.past)
    following = summary.upcoming[0] if summary.upcoming else None
    cadence = None if summary.cadence_days is None else float(round(summary.cadence_days))
    return [
        Card(
            "Cadence",
            format_value(cadence, Unit.DAYS),
            f"between {kind.plural}, usually" if cadence is not None else f"needs a second {kind}",
        ),
        Card("Since the last", format_value(summary.days_since_last, Unit.DAYS), format_date(last) if last else None),
        Card(
            "Attendance",
            format_value(summary.attendance, Unit.SHARE),
            f"of people invited, at {pluralize(counted, kind, kind.plural)}"
            if counted
            else "no row has both Invited and Attended",
        ),
        Card(
            "Next planned",
            _short_date(following.date) if following and following.date else UNDEFINED,
            single_line(following.title, longest=60) if following else "no future date in the workbook",
        ),
    ]


def _short_date(day: dt.date) -> str:
    return f"{day:%b} {day.day}, {day.year}"


def year_table(summary: GatheringSummary, *, kind: GatheringKind) -> Table:
    """Return one row per calendar year of past gatherings, latest first."""
    count_header = kind.plural.capitalize()
    return Table.of(
        {
            "Year": Format.TEXT,
            count_header: Format.NUMBER,
            "Attended": Format.NUMBER,
            "Invited": Format.NUMBER,
            "Attendance": Format.SHARE,
        },
        [
            {
                "Year": f"{year}{' so far' if year == summary.as_of.year else ''}",
                count_header: totals.count,
                "Attended": totals.attended,
                "Invited": totals.invited,
                "Attendance": totals.attendance,
            }
            for year, totals in reversed(summary.by_year.items())
        ],
        meanings=meanings(METRICS[kind.plural], {"Attendance": "attendance"}),
    )


def gathering_table(summary: GatheringSummary, *, kind: GatheringKind) -> Table:
    """Return every gathering: planned ones first, then past ones, latest first.

    The screen sums up in one column what a download has in three.
    """
    name, outcomes = kind.value.capitalize(), OUTCOMES_HEADER[kind]
    upcoming = set(map(id, summary.upcoming))
    return Table.of(
        (
            Column(name),
            Column("Date", Format.DATE),
            Column("Format", on_screen=False),
            Column(outcomes),
            Column("Invited", Format.NUMBER, on_screen=False),
            Column("Attended", Format.NUMBER, on_screen=False),
            Column("Attendance", Format.SHARE, on_screen=False),
            Column(WHO_CAME, in_file=False),
            Column("Link", Format.LINK),
        ),
        [
            {
                name: row.title,
                "Date": row.date,
                "Format": row.format,
                outcomes: row.key_outcomes,
                "Invited": row.invited,
                "Attended": row.attended,
                "Attendance": None if id(row) in upcoming else attendance([row]),
                WHO_CAME: _who_came(row, is_planned=id(row) in upcoming),
                "Link": row.link,
            }
            for row in summary.register
        ],
        meanings=meanings(METRICS[kind.plural], {"Attendance": "attendance"}),
    )


def _who_came(row: Gathering, *, is_planned: bool) -> str:
    came = None if row.attended is None else format_value(row.attended, Unit.COUNT)
    invited = None if row.invited is None else format_value(row.invited, Unit.COUNT)
    if is_planned:
        return f"planned, {invited} invited" if invited else "planned"
    share = attendance([row])
    if share is not None:
        if share > 1:
            return f"{came} came, {invited} invited"
        return f"{came} of {invited} ({format_value(share, Unit.SHARE)})"
    if came:
        return f"{came} came"
    return f"{invited} invited" if invited else "not counted"


def turnout_table(attended: Attendance, *, kind: GatheringKind) -> Table:
    """Return first-time and returning attendees of each gathering with an attendance list."""
    name = kind.value.capitalize()
    return Table.of(
        {
            name: Format.TEXT,
            "Date": Format.DATE,
            "On the list": Format.NUMBER,
            "First time": Format.NUMBER,
            "Returning": Format.NUMBER,
        },
        [
            {
                name: turnout.gathering.title,
                "Date": turnout.gathering.date,
                "On the list": turnout.listed,
                "First time": cell(turnout.first_time),
                "Returning": cell(turnout.returning),
            }
            for turnout in attended.turnouts
        ],
        meanings={
            "On the list": f"How many people the {kind.value}’s list of attendees names.",
            **meanings(PAGE_METRICS["attendance"], {"First time": "first_time"}),
            "Returning": "People on this list and on an earlier one.",
        },
    )


def regularity_cards(attended: Attendance, *, kind: GatheringKind, months: int) -> list[Card]:
    """Return how many of today's members come regularly, sometimes, or haven't come lately."""
    recent = f"{kind.plural} in the last {pluralize(months, 'month')}"
    notes = {
        Regularity.REGULAR: f"half or more of the {recent}",
        Regularity.SOMETIMES: "fewer than half of them",
        Regularity.NOT_LATELY: "none of them",
        Regularity.TOO_EARLY: f"no {kind.plural} with names since they joined",
    }
    return [
        Card(regularity.value, shown(count, Unit.COUNT), notes[regularity])
        for regularity, count in attended.regularity.items()
    ]
