"""Emergent activity as metric cards, activity cards, and tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from nethealth.emergence.metrics import Emergence, RegisteredActivity
from nethealth.metric import Unit
from nethealth.presentation.chart_labels import join_names
from nethealth.presentation.formatting import format_value, pluralize, single_line
from nethealth.presentation.metric_card import Card
from nethealth.presentation.table import Column, Format, Table
from nethealth.workbook.records import EmergentActivity
from nethealth.workbook.schema.vocabulary import StartedBy

STARTERS = {
    StartedBy.MEMBERS: "Members",
    StartedBy.ESO_WITH_MEMBERS: "Staff and members",
    StartedBy.ESO: "Staff",
    None: "Unknown",
}
"""What the page calls who started an activity."""
FIRST_ACROSS = ("Region", "Organization")
"""Columns that most networks have and care about come first."""
ACROSS_SHOWN = 2
STORIES_SHOWN = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityCard:
    """One activity as the page shows it: text as typed, not escaped. None or empty if the workbook doesn't say."""

    activity: EmergentActivity
    name: str
    purpose: str | None
    collaborators: str | None
    """As one text; people who aren't to be listed are only counted."""
    collaborator_count: int
    started: dt.date | None
    started_by: str | None
    is_planned: bool
    status: str | None
    outcomes: str | None
    link: str | None


def metric_cards(emergence: Emergence) -> list[Card]:
    """Return how many activities there are, how many collaborators, and the shares without the hub and across."""
    planned = f"{len(emergence.planned):,} more planned" if emergence.planned else None
    cards = [
        Card("Activities so far", format_value(emergence.count, Unit.COUNT), planned),
        Card("Collaborators", format_value(emergence.collaborators, Unit.COUNT), "people and organizations"),
    ]
    if emergence.without_hub_share is not None:
        cards.append(Card("Without the hub", format_value(emergence.without_hub_share, Unit.SHARE), "of activities"))
    shares = [(column, share) for column, share in emergence.across.items() if share is not None]
    shares.sort(key=lambda item: (item[0] not in FIRST_ACROSS, item[0] != FIRST_ACROSS[0], -item[1]))
    for column, share in shares[:ACROSS_SHOWN]:
        label = f"More than one {single_line(column, longest=40).lower()}"
        cards.append(Card(label, format_value(share, Unit.SHARE), "of activities"))
    return cards


def activity_cards(emergence: Emergence) -> list[ActivityCard]:
    """Return a card per activity: planned ones first, then the latest."""
    planned = [_card(each, emergence, is_planned=True) for each in reversed(emergence.planned)]
    return planned + [_card(each, emergence, is_planned=False) for each in emergence.started]


def split_stories(cards: Sequence[ActivityCard]) -> tuple[list[ActivityCard], list[ActivityCard]]:
    """Return the few latest activities that something came of, to open the page with, and all the others.

    If nothing came of any yet, the latest activities open it.
    """
    with_outcomes = [card for card in cards if card.outcomes and not card.is_planned] or list(cards)
    first = with_outcomes[:STORIES_SHOWN]
    return first, [card for card in cards if card not in first]


def _card(entry: RegisteredActivity, emergence: Emergence, *, is_planned: bool) -> ActivityCard:
    activity = entry.activity
    return ActivityCard(
        activity=activity,
        name=activity.name,
        purpose=activity.purpose,
        collaborators=_collaborators(entry, emergence),
        collaborator_count=len(entry.collaborators),
        started=activity.started,
        started_by=STARTERS[activity.started_by] if activity.started_by else None,
        is_planned=is_planned,
        status=activity.status.value if activity.status else None,
        outcomes=activity.outcomes,
        link=activity.link,
    )


def _collaborators(entry: RegisteredActivity, emergence: Emergence) -> str | None:
    names = [emergence.names[key] for key in entry.collaborators if key in emergence.names]
    unlisted = len(entry.collaborators) - len(names)
    others = [f"{unlisted:,} more" if names else pluralize(unlisted, "person", "people")] if unlisted else []
    return join_names([*_counted(names), *others]) or None


def _counted(names: Sequence[str]) -> list[str]:
    """Return each name once; a name that several people share ("Former member") has their number."""
    return [name if names.count(name) == 1 else f"{name} ({names.count(name)})" for name in dict.fromkeys(names)]


def activity_table(emergence: Emergence) -> Table:
    """Return the activities as a table to download."""
    columns = (
        Column("Name"),
        Column("Purpose"),
        Column("Collaborators"),
        Column("Started", Format.DATE),
        Column("Started by"),
        Column("Status"),
        Column("Outcomes to date"),
        Column("Link", Format.LINK),
    )
    return Table.of(
        columns,
        (
            {
                "Name": card.name,
                "Purpose": card.purpose,
                "Collaborators": card.collaborators,
                "Started": card.started,
                "Started by": card.started_by,
                "Status": card.status,
                "Outcomes to date": card.outcomes,
                "Link": card.link,
            }
            for card in activity_cards(emergence)
        ),
    )


def pair_table(emergence: Emergence) -> Table:
    """Return pairs of collaborators who may both be listed, most shared activities first."""
    names = emergence.names
    return Table.of(
        {"Collaborator": Format.TEXT, "With": Format.TEXT, "Shared activities": Format.NUMBER},
        (
            {
                "Collaborator": names[pair.first],
                "With": names[pair.second],
                "Shared activities": pair.activities,
            }
            for pair in emergence.pairs
            if pair.first in names and pair.second in names
        ),
    )
