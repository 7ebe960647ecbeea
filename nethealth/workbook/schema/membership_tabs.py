"""The tabs about the network: settings, members, connections, waves, weaving."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any, Final

from pydantic import Field

from nethealth.workbook.schema.columns import CellKind, Column, EntryId, ExtraColumns, NamedWave, Row, columns_of, tab
from nethealth.workbook.schema.vocabulary import (
    FREQUENCY,
    HOW_OFTEN,
    NO_INTRODUCTIONS,
    STRENGTH,
    HeardThrough,
    Introduction,
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
    """How the dashboard reads and shows your network. You can leave out any setting."""

    setting: Annotated[str, Column(name="Setting", required=True, help="A setting's name.")]
    value: Annotated[
        Any, Column(name="Value", kind=CellKind.ANYTHING, required=True, keeps_row=True, help="Its value.")
    ] = None


class SettingValues(Row):
    """The settings: each row of the Settings tab fills one field."""

    network_name: Annotated[
        str | None,
        Column(name="Network name", help="Shown at the top of every page.", default="the file's name"),
    ] = None
    shared_purpose: Annotated[
        str | None,
        Column(
            name="Shared purpose",
            kind=CellKind.FREE_TEXT,
            help="What members want to achieve together, in a sentence or two.",
        ),
    ] = None
    unknown_people: Annotated[
        str | None,
        Column(
            name="Unknown people",
            kind=CellKind.CHOICE,
            options=("report", "guests"),
            default="report",
            help="What we do when a connection names someone who isn't a member. report: list the name as a problem. "
            "guests: add the person as a guest.",
        ),
    ] = None
    date_order: Annotated[
        str | None,
        Column(
            name="Date order",
            kind=CellKind.CHOICE,
            options=("month first", "day first"),
            default="month first",
            help="How we read dates typed as text, such as 3/4/2024.",
        ),
    ] = None
    engaged_within_months: Annotated[
        float | None,
        Column(
            name="Engaged within months",
            kind=CellKind.NUMBER,
            default="12",
            help="A member counts as engaged if they did something within this many months.",
        ),
    ] = None
    smallest_group: Annotated[
        float | None,
        Column(
            name="Smallest group shown",
            kind=CellKind.NUMBER,
            default="5",
            help="We hide numbers about fewer people than this. The minimum is 3.",
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
            help="The month your network's year starts.",
        ),
    ] = None
    color_map_by: Annotated[
        str | None,
        Column(
            name="Color map by",
            aliases=("Colour map by",),
            help="The header of a Members column, such as Organization.",
        ),
    ] = None
    hub: Annotated[
        str | None,
        Column(
            name="Hub",
            kind=CellKind.NAMES,
            help="The organization that supports the network: its name, its staff, or a tag they have in Members.",
        ),
    ] = None
    tie_rule: Annotated[
        TieRule | None,
        Column(
            name="Tie rule",
            kind=CellKind.CHOICE,
            options=TieRule,
            default="either",
            help="either: a connection counts if either person reports it. both: it counts only if both confirm it.",
        ),
    ] = None
    tie_from_strength: Annotated[
        float | None,
        Column(
            name="Tie from strength",
            kind=CellKind.NUMBER,
            default="1",
            help="We leave out connections weaker than this.",
        ),
    ] = None
    names: Annotated[
        NameStyle | None,
        Column(
            name="Names",
            kind=CellKind.CHOICE,
            options=NameStyle,
            default="names",
            help="How viewers see people: names, initials, or codes. Without names, we also hide organizations, roles, "
            "and values that would point to fewer people than Smallest group shown.",
        ),
    ] = None
    review_agreements_after_months: Annotated[
        float | None,
        Column(
            name="Review agreements after months",
            kind=CellKind.NUMBER,
            default="24",
            help="An agreement is due for review after this many months.",
        ),
    ] = None


ATTRIBUTE: Final = "Attribute"
"""In the Column names tab: use this column of Members as an attribute."""
MEASURE: Final = "Measure"
"""In the Column names tab: use this column of Connections as a measure of ties."""
WHOLE_TAB: Final = "Whole tab"
"""In the Column names tab: the header is the title of a tab, which is read as the tab in the same row."""
LEAVE_ALONE: Final = "Leave alone"
"""In the Column names tab: as the tab, don't read the tab with this title; as the column, don't read this column."""


class ColumnNameRow(Row):
    """Your own headers and tab titles, and which of our columns and tabs each one means."""

    tab: Annotated[str, Column(name="Tab", required=True, help="The tab with this header. To skip a tab, Leave alone.")]
    column: Annotated[
        str,
        Column(
            name="Column",
            required=True,
            help="Our name for the column. For a column of your own: Attribute in Members, Measure in Connections. To "
            "skip a column: Leave alone. To say what a tab is: Whole tab.",
        ),
    ]
    your_header: Annotated[
        str, Column(name="Your header", required=True, help="The header as it is in your tab, or the title of the tab.")
    ]


class MemberRow(Row):
    """Everyone who is or was a member, one per row. Someone who left and came back can have a row for each stay."""

    name: Annotated[
        str,
        Column(
            name="Name",
            kind=CellKind.NAME,
            required=True,
            aliases=("Label", "Full name", "Member"),
            help="Full name. Use the same name in the other tabs.",
        ),
    ]
    member_id: Annotated[
        str | None,
        Column(
            name="Member ID",
            kind=CellKind.NAME,
            aliases=("ID",),
            help="A short code of your choice. You only need it if two members share a name.",
        ),
    ] = None
    kind: Annotated[
        Kind | None,
        Column(
            name="Kind",
            kind=CellKind.CHOICE,
            options=Kind,
            help="Person (or blank) or Organization.",
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
    role: Annotated[str | None, Column(name="Role", aliases=("Title", "Position"), help="What they do there.")] = None
    leadership_role: Annotated[
        str | None, Column(name="Leadership role", help="Their role in leading the network, if any.")
    ] = None
    region: Annotated[
        str | None, Column(name="Region", aliases=("State", "Location"), help="Where this member is based.")
    ] = None
    joined: Annotated[
        dt.date | None,
        Column(
            name="Joined",
            kind=CellKind.DATE,
            aliases=("Join date", "Member since"),
            years_ahead=1,
            help="First day of membership. A month or a year is fine, too.",
        ),
    ] = None
    left: Annotated[
        dt.date | None,
        Column(
            name="Left",
            kind=CellKind.DATE,
            aliases=("End date", "Lapsed"),
            end_of_period=True,
            help="Last day of membership. Leave blank for current members.",
        ),
    ] = None
    email: Annotated[
        str | None,
        Column(
            name="Email",
            aliases=("Email address", "E-mail address"),
            help="We only use it to distinguish people who share a name. We never show, export, or store it.",
        ),
    ] = None
    tags: Annotated[
        str | None,
        Column(
            name="Tags",
            kind=CellKind.WORDS,
            help=f"Words to find people by, separated by ;. “{NO_INTRODUCTIONS}”: we suggest no introductions.",
        ),
    ] = None
    on_map: Annotated[
        bool | None,
        Column(
            name="Show on map",
            kind=CellKind.YES_NO,
            unreadable=False,
            assumption="We couldn't read this as yes or no, so we hide this member to be safe.",
            help="no: we count this member, but never name or draw them. Viewers’ numbers on connections and "
            "categories leave them out.",
        ),
    ] = None
    notes: Annotated[str | None, Column(name="Notes", kind=CellKind.FREE_TEXT, help="For staff only.")] = None
    extra: Annotated[Mapping[str, str], ExtraColumns()] = Field(default_factory=dict)


class ConnectionRow(Row):
    """Connections between people, one per row."""

    source: Annotated[
        str,
        Column(
            name="From",
            kind=CellKind.NAME,
            required=True,
            aliases=("Source",),
            help="The person who reports the connection: a name or a Member ID from Members.",
        ),
    ]
    target: Annotated[
        str,
        Column(
            name="To",
            kind=CellKind.NAME,
            required=True,
            aliases=("Target",),
            help="The other person: a name or a Member ID from Members.",
        ),
    ]
    strength: Annotated[
        float | None,
        Column(
            name="Strength",
            kind=CellKind.SCALE,
            aliases=("Weight", "Level"),
            scale=STRENGTH,
            help="1 aware of, 2 know, 3 exchange, 4 coordinate, 5 collaborate. Use the number or the words.",
        ),
    ] = None
    type: Annotated[str | None, Column(name="Type", help="What the connection is about, in a word or two.")] = None
    date: Annotated[
        dt.date | None, Column(name="Date", kind=CellKind.DATE, help="The day it was reported or began.")
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
            help="1 never, 2 rarely (yearly), 3 sometimes (monthly), 4 often (weekly), 5 always (daily). Type the "
            "number or the words, or how many times.",
        ),
    ] = None
    heard_through: Annotated[
        HeardThrough | None,
        Column(
            name="Heard through",
            kind=CellKind.CHOICE,
            options=HeardThrough,
            unreadable=HeardThrough.STAFF,
            assumption="This isn't one of this column's options, so we treat the connection as known to staff.",
            help="How you learned about it. Survey (or blank): From reported it. The others: counts for both people.",
        ),
    ] = None
    notes: Annotated[str | None, Column(name="Notes", kind=CellKind.FREE_TEXT, help="For staff only.")] = None
    entry_id: EntryId = None
    extra: Annotated[Mapping[str, float], ExtraColumns()] = Field(default_factory=dict)


class WaveRow(Row):
    """The rounds in which you asked members about their relationships or their experience."""

    wave: Annotated[str, Column(name="Wave", kind=CellKind.LABEL, required=True, help="A name, such as Spring 2026.")]
    kinds: Annotated[
        frozenset[WaveKind] | None,
        Column(
            name="Kind",
            kind=CellKind.CHOICES,
            options=WaveKind,
            spellings={"Relationship": "Relationships", "Surveys": "Survey"},
            help="What you asked about: Relationships, Survey, or both. Blank means both.",
        ),
    ] = None
    date: Annotated[dt.date | None, Column(name="Date", kind=CellKind.DATE, help="The day you asked.")] = None
    invited: Annotated[
        float | str | None,
        Column(
            name="Invited",
            kind=CellKind.COUNT_OR_NAMES,
            help="How many people you asked, or their names, separated by ;.",
        ),
    ] = None
    responded: Annotated[
        float | str | None,
        Column(
            name="Responded",
            kind=CellKind.COUNT_OR_NAMES,
            help="How many answered, or their names, separated by ;.",
        ),
    ] = None


class WeavingRow(Row):
    """Conversations with members: what you heard, who you introduced, and what to do next. For staff only."""

    date: Annotated[
        dt.date | None,
        Column(name="Date", kind=CellKind.DATE, required=True, keeps_row=True, help="The day of the conversation."),
    ]
    weaver: Annotated[
        str, Column(name="Weaver", kind=CellKind.NAME, required=True, help="The staff member who had the conversation.")
    ]
    member: Annotated[
        str,
        Column(
            name="Member", kind=CellKind.NAME, required=True, help="The member they spoke with: a name from Members."
        ),
    ]
    introduced_to: Annotated[
        str | None,
        Column(
            name="Introduced to",
            kind=CellKind.NAMES,
            help="Members you introduced to this one, separated by ;. Each introduction becomes a connection.",
        ),
    ] = None
    introduction: Annotated[
        Introduction | None,
        Column(
            name="Introduction",
            kind=CellKind.CHOICE,
            options=Introduction,
            help="Not now, if you decided against this introduction for now. Blank counts as made.",
        ),
    ] = None
    what_we_heard: Annotated[
        str | None, Column(name="What we heard", kind=CellKind.FREE_TEXT, help="A short summary.")
    ] = None
    follow_up: Annotated[str | None, Column(name="Follow-up", kind=CellKind.FREE_TEXT, help="What you promised.")] = (
        None
    )
    due: Annotated[dt.date | None, Column(name="Due", kind=CellKind.DATE, help="When it's due.")] = None
    done: Annotated[
        bool | dt.date | None,
        Column(name="Done", kind=CellKind.DONE, help="yes, or the day the follow-up was done."),
    ] = None
    entry_id: EntryId = None


SETTINGS = tab("Settings", SettingRow)
SETTING_VALUES: Mapping[str, Column] = columns_of(SettingValues)
"""Each setting, by field: its name, options, and default."""
COLUMN_NAMES = tab("Column names", ColumnNameRow)
MEMBERS = tab(
    "Members",
    MemberRow,
    aliases=("Directory", "Membership", "Participants", "Roster"),
    extra="Add columns of your own to color, filter, and compare members by. If a header ends in (private), we use the "
    "column only for groups that are large enough.",
)
CONNECTIONS = tab(
    "Connections",
    ConnectionRow,
    aliases=("Ties", "Edges", "Relationships"),
    extra="Add columns of numbers, such as hours together, to measure connections like Trust and Value do. If a header "
    "ends in (private), we skip the column.",
    are_extras_alone_blank=True,
)
WAVES = tab("Waves", WaveRow)
WEAVING = tab("Weaving", WeavingRow, aliases=("Weaving log", "Conversations"))
