"""Cards and tables of participation: engaged members, members who haven't taken part lately, and attendance records.

Everything here but `engagement_table` names people, so it is for staff only.
"""

from __future__ import annotations

from collections.abc import Sequence

from nethealth.infrastructure import (
    METRICS,
    PAGE_METRICS,
    Attendance,
    DisengagementStatus,
    DisengagingMember,
    EngagedPeriod,
    Engagement,
)
from nethealth.infrastructure.tables.membership import PARTIAL
from nethealth.metric import Unit, meanings
from nethealth.presentation.chart_labels import join_names
from nethealth.presentation.formatting import format_value, pluralize
from nethealth.presentation.metric_card import Card
from nethealth.presentation.table import Format, Table


def participation_cards(engagement: Engagement) -> list[Card]:
    """Return how many of today's members took part in each way."""
    return [Card(kind.value, format_value(count, Unit.COUNT)) for kind, count in engagement.by_kind.items() if count]


def engagement_table(periods: Sequence[EngagedPeriod]) -> Table:
    """Return members and engaged members at the end of each period."""
    return Table.of(
        {
            "Period": Format.TEXT,
            "Partial": Format.TEXT,
            "Members": Format.NUMBER,
            "Engaged": Format.NUMBER,
            "Share": Format.SHARE,
        },
        [
            {
                "Period": period.period,
                "Partial": "yes" if period.partial else "no",
                "Members": period.members,
                "Engaged": period.engaged,
                "Share": period.engaged_share,
            }
            for period in periods
        ],
        meanings=PARTIAL | meanings(METRICS["engagement"], {"Engaged": "engaged", "Share": "engaged_share"}),
    )


def disengaging_title(members: Sequence[DisengagingMember]) -> str:
    """Return the finding: how many members haven't taken part lately, soon won't have, or never have."""
    counts = {status: sum(member.status is status for member in members) for status in DisengagementStatus}
    words = {
        DisengagementStatus.LAPSED: ("hasn’t taken part lately", "haven’t taken part lately"),
        DisengagementStatus.LAPSING_SOON: ("is close to that", "are close to that"),
        DisengagementStatus.NEVER_ENGAGED: ("hasn’t taken part yet", "haven’t taken part yet"),
    }
    if not counts[DisengagementStatus.LAPSED]:
        words[DisengagementStatus.LAPSING_SOON] = ("hasn’t taken part in months", "haven’t taken part in months")
    found = [(count, words[status][count != 1]) for status, count in counts.items() if count]
    if not found:
        return "Every member has taken part lately"
    (first, text), *others = found
    return join_names([f"{pluralize(first, 'member')} {text}", *(f"{count:,} {text}" for count, text in others)])


def disengaging_table(members: Sequence[DisengagingMember]) -> Table:
    """Return members to call, the easiest to reach first."""
    return Table.of(
        {
            "Name": Format.TEXT,
            "What we see": Format.TEXT,
            "Last took part": Format.DATE,
            "In": Format.TEXT,
            "Times": Format.NUMBER,
            "Member since": Format.DATE,
        },
        [
            {
                "Name": member.name,
                "What we see": member.status.value,
                "Last took part": member.last_seen,
                "In": member.last_kind.value.lower() if member.last_kind else "",
                "Times": member.participations,
                "Member since": member.joined,
            }
            for member in members
        ],
        meanings={
            "In": "What this person last took part in.",
            "Times": "On how many days they took part. A convening and a survey on one day count as two.",
        },
    )


def attendance_table(convenings: Attendance, activities: Attendance) -> Table:
    """Return each member's attendance."""
    activities_of = {record.person: record for record in activities.members}
    rows = []
    for record in convenings.members:
        other = activities_of[record.person]
        rows.append(
            {
                "Name": record.name,
                "Convenings": record.attended,
                "Out of": record.possible,
                "Activities": other.attended,
                "Last came": max(filter(None, (record.last, other.last)), default=None),
                "How often": record.regularity.value,
            }
        )
    return Table.of(
        {
            "Name": Format.TEXT,
            **dict.fromkeys(("Convenings", "Out of", "Activities"), Format.NUMBER),
            "Last came": Format.DATE,
            "How often": Format.TEXT,
        },
        rows,
        meanings={
            "Convenings": "How many convenings list this person.",
            "Out of": "Convenings with a list of names since this person joined.",
            "Activities": "How many activities between convenings list this person.",
            **meanings(PAGE_METRICS["attendance"], {"How often": "regularity"}),
        },
    )
