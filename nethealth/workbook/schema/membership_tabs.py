"""The tabs about the network itself: settings, members, ties, waves, weaving."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any

from nethealth.workbook.schema.columns import CellKind, Column, EntryId, Further, NamedWave, Row, columns_of, tab
from nethealth.workbook.schema.vocabulary import (
    FREQUENCY,
    HOW_OFTEN,
    NO_INTRODUCTIONS,
    STRENGTH,
    HeardThrough,
    Kind,
    NameStyle,
    TieRule,
    WaveKind,
)

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


class SettingRow(Row):
    """How the dashboard reads and shows this network. Every setting may be left out."""

    setting: Annotated[str, Column(name="Setting", required=True, help="The name of a setting.")]
    value: Annotated[
        Any, Column(name="Value", kind=CellKind.ANYTHING, required=True, keeps_row=True, help="What it is set to.")
    ] = None


class SettingValues(Row):
    """The settings themselves: each row of the Settings tab fills one of these."""

    network_name: Annotated[
        str | None,
        Column(name="Network name", help="The name in the heading of every page.", default="the file's name"),
    ] = None
    shared_purpose: Annotated[
        str | None,
        Column(
            name="Shared purpose",
            kind=CellKind.FREE_TEXT,
            help="What the members want to bring about together, in a sentence or two.",
        ),
    ] = None
    unknown_people: Annotated[
        str | None,
        Column(
            name="Unknown people",
            kind=CellKind.CHOICE,
            options=("report", "guests"),
            default="report",
            help="Someone named in a tie who is no member: report lists the name as a problem, guests draws a guest.",
        ),
    ] = None
    date_order: Annotated[
        str | None,
        Column(
            name="Date order",
            kind=CellKind.CHOICE,
            options=("month first", "day first"),
            default="month first",
            help="How a date typed as text, such as 3/4/2024, is read.",
        ),
    ] = None
    engaged_within_months: Annotated[
        float | None,
        Column(
            name="Engaged within months",
            kind=CellKind.NUMBER,
            default="12",
            help="A member counts as engaged when something was heard of them within so many months.",
        ),
    ] = None
    smallest_group: Annotated[
        float | None,
        Column(
            name="Smallest group shown",
            kind=CellKind.NUMBER,
            default="5",
            help="Figures about fewer people than this are held back. Never under 3.",
        ),
    ] = None
    fiscal_year_starts: Annotated[
        str | None,
        Column(
            name="Fiscal year starts",
            kind=CellKind.CHOICE,
            options=MONTHS,
            spellings={month[:3]: month for month in MONTHS}
            | {str(number): month for number, month in enumerate(MONTHS, start=1)}
            | {"Sept": "September"},
            default="January",
            help="The month in which the network's year begins.",
        ),
    ] = None
    color_map_by: Annotated[
        str | None, Column(name="Colour map by", help="A column of Members, as its header says: Organization, say.")
    ] = None
    hub: Annotated[
        str | None,
        Column(
            name="Hub",
            kind=CellKind.NAMES,
            help="The organization that supports the network: its name, its staff, or a tag they carry in Members.",
        ),
    ] = None
    tie_rule: Annotated[
        TieRule | None,
        Column(
            name="Tie rule",
            kind=CellKind.CHOICE,
            options=TieRule,
            default="either",
            help="Two people are tied when either of them reports it, or only when both do.",
        ),
    ] = None
    tie_from_strength: Annotated[
        float | None,
        Column(
            name="Tie from strength",
            kind=CellKind.NUMBER,
            default="1",
            help="Ties weaker than this are not drawn or counted.",
        ),
    ] = None
    names: Annotated[
        NameStyle | None,
        Column(
            name="Names",
            kind=CellKind.CHOICE,
            options=NameStyle,
            default="names",
            help="How people are named to those who look: names, initials or codes.",
        ),
    ] = None
    review_agreements_after_months: Annotated[
        float | None,
        Column(
            name="Review agreements after months",
            kind=CellKind.NUMBER,
            default="24",
            help="An agreement asks for a new look after so many months.",
        ),
    ] = None


class ColumnNameRow(Row):
    """Headers of your own: which of the dashboard's columns each of them means."""

    tab: Annotated[str, Column(name="Tab", required=True, help="The tab in which the header stands.")]
    column: Annotated[
        str,
        Column(
            name="Column",
            required=True,
            help="The dashboard's name for the column. "
            "Of your own columns: Attribute in Members, Measure in Connections.",
        ),
    ]
    your_header: Annotated[str, Column(name="Your header", required=True, help="The header as your tab has it.")]


class MemberRow(Row):
    """Everyone who is or was a member, a row each. Whoever left and came back may have a row for each stay."""

    name: Annotated[
        str,
        Column(
            name="Name",
            kind=CellKind.NAME,
            required=True,
            aliases=("Label", "Full name", "Member"),
            help="The full name, as other tabs will name this member.",
        ),
    ]
    member_id: Annotated[
        str | None,
        Column(
            name="Member ID",
            kind=CellKind.NAME,
            aliases=("ID",),
            help="A short code of your own. Needed only where two members share a name.",
        ),
    ] = None
    kind: Annotated[
        Kind | None,
        Column(
            name="Kind",
            kind=CellKind.CHOICE,
            options=Kind,
            help="Person (also when blank) or Organization.",
            spellings={"Organisation": "Organization", "People": "Person"},
        ),
    ] = None
    organization: Annotated[
        str | None,
        Column(
            name="Organization",
            aliases=("Organisation", "School", "District"),
            help="Where this member works.",
        ),
    ] = None
    role: Annotated[
        str | None, Column(name="Role", aliases=("Title", "Position"), help="What this member does there.")
    ] = None
    leadership_role: Annotated[
        str | None, Column(name="Leadership role", help="A role in leading the network, if any.")
    ] = None
    region: Annotated[
        str | None, Column(name="Region", aliases=("State", "Location"), help="Where this member is at home.")
    ] = None
    joined: Annotated[
        dt.date | None,
        Column(
            name="Joined",
            kind=CellKind.DATE,
            aliases=("Join date", "Member since"),
            years_ahead=1,
            help="The first day of membership. A month or a year will do.",
        ),
    ] = None
    left: Annotated[
        dt.date | None,
        Column(
            name="Left",
            kind=CellKind.DATE,
            aliases=("End date", "Lapsed"),
            end_of_period=True,
            help="The last day of membership. Blank for members of today.",
        ),
    ] = None
    email: Annotated[
        str | None,
        Column(
            name="Email",
            aliases=("Email address", "E-mail address"),
            help="Used only to tell people of one name apart. Never shown, exported or kept.",
        ),
    ] = None
    tags: Annotated[
        str | None,
        Column(
            name="Tags",
            kind=CellKind.WORDS,
            help=f"Words to find people by, with ; between them. “{NO_INTRODUCTIONS}”: suggest this member to nobody.",
        ),
    ] = None
    on_map: Annotated[
        bool | None,
        Column(
            name="Show on map",
            kind=CellKind.YES_NO,
            unreadable=False,
            assumption="This is neither yes nor no; to be safe this member is kept off the map.",
            help="no: this member is counted, and never named or drawn.",
        ),
    ] = None
    notes: Annotated[str | None, Column(name="Notes", kind=CellKind.FREE_TEXT, help="For staff only.")] = None
    extra: Annotated[Mapping[str, str], Further()] = {}


class ConnectionRow(Row):
    """Who is connected with whom, a row a tie."""

    source: Annotated[
        str,
        Column(
            name="From",
            kind=CellKind.NAME,
            required=True,
            aliases=("Source",),
            help="Who says so: a name or a Member ID from Members.",
        ),
    ]
    target: Annotated[
        str,
        Column(
            name="To",
            kind=CellKind.NAME,
            required=True,
            aliases=("Target",),
            help="Of whom: a name or a Member ID from Members.",
        ),
    ]
    strength: Annotated[
        float | None,
        Column(
            name="Strength",
            kind=CellKind.SCALE,
            aliases=("Weight", "Level"),
            scale=STRENGTH,
            help="1 aware of, 2 know, 3 exchange, 4 coordinate, 5 collaborate; the number or the words.",
        ),
    ] = None
    type: Annotated[str | None, Column(name="Type", help="What the tie is about, in a word or two.")] = None
    date: Annotated[
        dt.date | None, Column(name="Date", kind=CellKind.DATE, help="The day it was reported, or came about.")
    ] = None
    wave: NamedWave = None
    trust: Annotated[float | None, Column(name="Trust", kind=CellKind.MEASURE, help="How much trust, as a number.")] = (
        None
    )
    value: Annotated[float | None, Column(name="Value", kind=CellKind.MEASURE, help="How much value, as a number.")] = (
        None
    )
    frequency: Annotated[
        float | None,
        Column(
            name="Frequency",
            kind=CellKind.MEASURE,
            aliases=("Contact frequency", "Frequency of contact", "How often"),
            scale=FREQUENCY,
            spellings=HOW_OFTEN,
            help="1 never, 2 rarely (yearly), 3 sometimes (monthly), 4 often (weekly), 5 always (daily); the number or "
            "the words. Or how many times, as a number.",
        ),
    ] = None
    heard_through: Annotated[
        HeardThrough | None,
        Column(
            name="Heard through",
            kind=CellKind.CHOICE,
            options=HeardThrough,
            unreadable=HeardThrough.STAFF,
            assumption="None of the words that this column knows: the tie counts as a fact that staff know of.",
            help="How the tie came to be known. Survey (also when blank): From said it of To. The others: a fact.",
        ),
    ] = None
    notes: Annotated[str | None, Column(name="Notes", kind=CellKind.FREE_TEXT, help="For staff only.")] = None
    entry_id: EntryId = None
    extra: Annotated[Mapping[str, float], Further()] = {}


class WaveRow(Row):
    """The rounds in which members were asked, about their relationships or their experience."""

    wave: Annotated[str, Column(name="Wave", required=True, help="A name, such as Spring 2026.")]
    kinds: Annotated[
        frozenset[WaveKind] | None,
        Column(
            name="Kind",
            kind=CellKind.CHOICES,
            options=WaveKind,
            spellings={"Relationship": "Relationships", "Surveys": "Survey"},
            help="Relationships or Survey: what was asked. Blank or both for both.",
        ),
    ] = None
    date: Annotated[dt.date | None, Column(name="Date", kind=CellKind.DATE, help="The day of asking.")] = None
    invited: Annotated[
        float | str | None,
        Column(
            name="Invited",
            kind=CellKind.COUNT_OR_NAMES,
            help="How many people were asked, or their names with ; between them.",
        ),
    ] = None
    responded: Annotated[
        float | str | None,
        Column(
            name="Responded",
            kind=CellKind.COUNT_OR_NAMES,
            help="How many answered, or their names with ; between them.",
        ),
    ] = None


class WeavingRow(Row):
    """Conversations with members: what was heard, who was introduced to whom, what to do next. For staff only."""

    date: Annotated[
        dt.date | None,
        Column(name="Date", kind=CellKind.DATE, required=True, keeps_row=True, help="The day of the conversation."),
    ]
    weaver: Annotated[str, Column(name="Weaver", kind=CellKind.NAME, required=True, help="Who of the staff talked.")]
    member: Annotated[
        str, Column(name="Member", kind=CellKind.NAME, required=True, help="With whom: a name from Members.")
    ]
    introduced_to: Annotated[
        str | None,
        Column(
            name="Introduced to",
            kind=CellKind.NAMES,
            help="Members whom the weaver brought together with this one, with ; between them. Each becomes a tie.",
        ),
    ] = None
    what_we_heard: Annotated[
        str | None, Column(name="What we heard", kind=CellKind.FREE_TEXT, help="In a few words.")
    ] = None
    follow_up: Annotated[str | None, Column(name="Follow-up", kind=CellKind.FREE_TEXT, help="What was promised.")] = (
        None
    )
    due: Annotated[dt.date | None, Column(name="Due", kind=CellKind.DATE, help="By when.")] = None
    done: Annotated[
        bool | dt.date | None,
        Column(name="Done", kind=CellKind.DONE, help="yes, or the day on which the follow-up was done."),
    ] = None
    entry_id: EntryId = None


SETTINGS = tab("Settings", SettingRow)
SETTING_VALUES: Mapping[str, Column] = columns_of(SettingValues)
"""Each setting, by field: its name, what it may be set to, and what holds while it is not set."""
COLUMN_NAMES = tab("Column names", ColumnNameRow)
MEMBERS = tab(
    "Members",
    MemberRow,
    aliases=("Directory", "Membership", "Participants", "Roster"),
    extra="Every further column is something to colour, filter and compare members by. One whose header ends in "
    "(private) serves only figures about groups large enough.",
)
CONNECTIONS = tab(
    "Connections",
    ConnectionRow,
    aliases=("Ties", "Edges", "Relationships"),
    extra="Every further column of numbers, such as hours together, is a measure of ties, as Trust and Value are. "
    "One whose header ends in (private) is left alone.",
    are_extras_alone_blank=True,
)
WAVES = tab("Waves", WaveRow)
WEAVING = tab("Weaving", WeavingRow, aliases=("Weaving log", "Conversations"))
