"""The tabs about what members do together: convenings, activities, platform, agreements, emergent activity."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from nethealth.workbook.schema.columns import CellKind, Column, EntryId, Row, tab
from nethealth.workbook.schema.vocabulary import (
    ONE_TO_FIVE,
    ActivityHeardThrough,
    ActivityStatus,
    AgreementKind,
    AgreementStatus,
    StartedBy,
)


def _invited() -> Column:
    return Column(name="Invited", kind=CellKind.COUNT, help="How many people were invited.")


def _attended() -> Column:
    return Column(name="Attended", kind=CellKind.COUNT, help="How many people came.")


def _attendees() -> Column:
    return Column(
        name="Attendees",
        kind=CellKind.NAMES,
        aliases=("Attendee",),
        help="Who came: names from Members, separated by ;. Or one name per row, with the same date and title.",
    )


def _link(help_text: str) -> Column:
    return Column(name="Link", kind=CellKind.LINK, help=f"{help_text} Starts with https://.")


class ConveningRow(Row):
    """When the network met, who came, and what came of it."""

    date: Annotated[
        dt.date | None,
        Column(
            name="Date", kind=CellKind.DATE, required=True, keeps_row=True, help="The day. Upcoming ones count, too."
        ),
    ]
    title: Annotated[str, Column(name="Title", required=True, help="Its name.")]
    format: Annotated[str | None, Column(name="Format", help="In person, online, hybrid, …")] = None
    invited: Annotated[float | None, _invited()] = None
    attended: Annotated[float | None, _attended()] = None
    attendees: Annotated[str | None, _attendees()] = None
    key_outcomes: Annotated[
        str | None, Column(name="Key outcomes", kind=CellKind.FREE_TEXT, help="What came of it, in a few words.")
    ] = None
    link: Annotated[str | None, _link("Notes, slides, or pictures.")] = None
    entry_id: EntryId = None


class ActivityRow(Row):
    """What members do together between convenings: working groups, webinars, visits."""

    date: Annotated[
        dt.date | None,
        Column(
            name="Date", kind=CellKind.DATE, required=True, keeps_row=True, help="The day. Upcoming ones count, too."
        ),
    ]
    title: Annotated[str, Column(name="Title", required=True, help="Its name.")]
    kind: Annotated[str | None, Column(name="Kind", help="Working group, webinar, school visit, …")] = None
    invited: Annotated[float | None, _invited()] = None
    attended: Annotated[float | None, _attended()] = None
    attendees: Annotated[str | None, _attendees()] = None
    notes: Annotated[
        str | None, Column(name="Notes", kind=CellKind.FREE_TEXT, help="What came of it, in a few words.")
    ] = None
    link: Annotated[str | None, _link("Notes, slides, or pictures.")] = None
    entry_id: EntryId = None


class PlatformRow(Row):
    """How members use their online platform, one month per row."""

    month: Annotated[
        dt.date, Column(name="Month", kind=CellKind.MONTH, required=True, help="Any day of the month, or 2026-03.")
    ]
    platform: Annotated[str | None, Column(name="Platform", help="Its name, if you have several.")] = None
    members: Annotated[
        float | None, Column(name="Members on it", kind=CellKind.COUNT, help="How many members have joined.")
    ] = None
    active: Annotated[
        float | None,
        Column(name="Active members", kind=CellKind.COUNT, help="How many of them posted or replied that month."),
    ] = None
    posts: Annotated[float | None, Column(name="Posts", kind=CellKind.COUNT, help="New threads.")] = None
    replies: Annotated[float | None, Column(name="Replies", kind=CellKind.COUNT, help="Replies to threads.")] = None
    facilitator: Annotated[
        str | None, Column(name="Facilitator", kind=CellKind.NAME, help="Who keeps the conversation going, if anyone.")
    ] = None
    curated: Annotated[
        bool | None,
        Column(name="Curated", kind=CellKind.YES_NO, help="yes if someone collects what's worth keeping."),
    ] = None
    effectiveness: Annotated[
        float | None,
        Column(
            name="Effectiveness",
            kind=CellKind.SCALE,
            scale=ONE_TO_FIVE,
            help="How well it serves the network, from 1 to 5.",
        ),
    ] = None


class AgreementRow(Row):
    """What members agreed on: values, how they treat each other, how they make decisions."""

    title: Annotated[str, Column(name="Agreement", required=True, aliases=("Title",), help="The agreement's name.")]
    kind: Annotated[
        AgreementKind | None,
        Column(
            name="Kind",
            kind=CellKind.CHOICE,
            options=AgreementKind,
            help="What it is about.",
        ),
    ] = None
    status: Annotated[
        AgreementStatus | None,
        Column(name="Status", kind=CellKind.CHOICE, options=AgreementStatus, help="Draft, Adopted, or Retired."),
    ] = None
    adopted: Annotated[
        dt.date | None, Column(name="Adopted", kind=CellKind.DATE, help="The day members adopted it.")
    ] = None
    reviewed: Annotated[
        dt.date | None, Column(name="Reviewed", kind=CellKind.DATE, help="The day of the latest review.")
    ] = None
    made_by_members: Annotated[
        bool | None,
        Column(name="Made by members", kind=CellKind.YES_NO, help="yes if members wrote it themselves."),
    ] = None
    link: Annotated[str | None, _link("The text.")] = None


class EmergentRow(Row):
    """Collaborations that members start themselves, no matter who had the idea."""

    name: Annotated[str, Column(name="Name", required=True, help="Its name.")]
    purpose: Annotated[
        str | None, Column(name="Purpose", kind=CellKind.FREE_TEXT, help="Its purpose, in a sentence.")
    ] = None
    collaborators: Annotated[
        str,
        Column(
            name="Collaborators",
            kind=CellKind.NAMES,
            required=True,
            help="Members and organizations taking part, separated by ;. Mark others: Dana Fox (guest).",
        ),
    ]
    started: Annotated[
        dt.date | None, Column(name="Started", kind=CellKind.DATE, help="The day it started. A month is fine, too.")
    ] = None
    started_by: Annotated[
        StartedBy | None,
        Column(name="Started by", kind=CellKind.CHOICE, options=StartedBy, help="Who took the first step."),
    ] = None
    outcomes: Annotated[
        str | None,
        Column(
            name="Outcomes to date",
            kind=CellKind.FREE_TEXT,
            help="What has come of it so far, one per line. Begin with the day: 2026-03-14: A guide for teachers.",
        ),
    ] = None
    heard_through: Annotated[
        ActivityHeardThrough | None,
        Column(
            name="Heard through", kind=CellKind.CHOICE, options=ActivityHeardThrough, help="How you heard about it."
        ),
    ] = None
    status: Annotated[
        ActivityStatus | None,
        Column(name="Status", kind=CellKind.CHOICE, options=ActivityStatus, help="Its status today."),
    ] = None
    share_story: Annotated[
        bool | None,
        Column(
            name="Share story",
            aliases=("Consent", "May share"),
            kind=CellKind.YES_NO,
            help="yes, if its people agreed that you tell it in reports. Blank means no.",
        ),
    ] = None
    link: Annotated[str | None, _link("Where to read more.")] = None
    entry_id: EntryId = None


CONVENINGS = tab("Convenings", ConveningRow, aliases=("Events", "Meetings"))
ACTIVITIES = tab("Activities", ActivityRow, aliases=("Between convenings",))
PLATFORM = tab("Platform", PlatformRow, aliases=("Communication platform",))
AGREEMENTS = tab("Agreements", AgreementRow)
EMERGENT = tab("Emergent activity", EmergentRow, aliases=("Emergence", "Collaborations"))
