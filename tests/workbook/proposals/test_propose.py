"""What tabs and columns seem to be: exports of the tools that people use are proposed right at once."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nethealth.workbook.proposals.propose import (
    ROWS_LOOKED_AT,
    TAB_CHOICES,
    column_choices,
    likely_member_columns,
    propose_columns,
    propose_tab,
)
from nethealth.workbook.raw import RawCell, RawTab
from nethealth.workbook.schema.membership_tabs import LEAVE_ALONE

NAMES = ("Ana Ruiz", "Ben Okafor", "Carla Wynn")


def tab(headers: Sequence[str], *rows: Sequence[RawCell], title: str = "Sheet1") -> RawTab:
    filled = rows or [[f"value {number}" for _ in headers] for number in range(3)]
    return RawTab(title=title, rows=[list(headers), *map(list, filled)])


def meanings(raw: RawTab, name: str) -> dict[str, str]:
    """What each header that we don't know is proposed to mean, other than to be left alone."""
    return {each.header: each.column for each in propose_columns(raw, name).unknown if each.column != LEAVE_ALONE}


PEOPLE = {
    # The header in https://github.com/michalbe/csv2vcard (README: Outlook CSV schema).
    "outlook": (
        ["Title", "First Name", "Middle Name", "Last Name", "Company", "Job Title", "E-mail Address", "Home State"],
        {"Company": "Organization", "Home State": "Region"},
    ),
    # The header that scripts for Google Contacts read, such as https://github.com/krischimk/Google-Contacts-to-Google-Earth.
    "google": (
        ["First Name", "Last Name", "Organization Name", "Organization Title", "Labels", "E-mail 1 - Value"],
        {
            "Organization Name": "Organization",
            "Organization Title": "Role",
            "Labels": "Tags",
            "E-mail 1 - Value": "Email",
        },
    ),
    # Columns of the audience export in the case 10-first-last-name.
    "mailchimp": (
        ["Email Address", "First Name", "Last Name", "MEMBER_RATING", "OPTIN_TIME", "REGION", "TAGS"],
        {},
    ),
    # https://help.bloomerang.com/en/articles/12632811-imports-import-fields
    "bloomerang": (
        ["Account Number", "First Name", "Last Name", "Employer", "Job Title", "Groups", "Account Status"],
        {"Account Number": "Member ID", "Employer": "Organization", "Job Title": "Role", "Groups": "Tags"},
    ),
    # https://wildandfreetools.com/blog/format-csv-for-salesforce-import
    "salesforce": (
        ["FirstName", "LastName", "Email", "Title", "AccountName", "MailingState", "Description"],
        {"AccountName": "Organization", "MailingState": "Region", "Description": "Notes"},
    ),
    # https://support.wildapricot.com/hc/en-us/articles/24302973314061-Bulk-changes-through-importing
    "wild apricot": (
        ["User ID", "First name", "Last name", "Organization", "Email", "Group participation", "Created on"],
        {"User ID": "Member ID", "Group participation": "Tags", "Created on": "Joined"},
    ),
    # https://docs.mightynetworks.com/members
    "mighty networks": (
        ["Member ID", "Email", "First Name", "Last Name", "Location", "Created At"],
        {"Created At": "Joined"},
    ),
    # Member lists of a Circle community begin with the email address:
    # https://convology.com/bulk-add-and-remove-members-from-spaces-in-circle-and-more
    "circle": (
        ["Email", "Name", "Headline", "Location", "Joined at", "Member tags"],
        {"Headline": "Role", "Joined at": "Joined", "Member tags": "Tags"},
    ),
    # An Airtable grid view; every table's first column is Name unless someone renames it.
    "airtable": (["Name", "Company", "Status", "Notes"], {"Company": "Organization"}),
    # As in the case 01-kumu-workbook.
    "kumu elements": (["Label", "Type", "Tags", "Description"], {"Description": "Notes"}),
    # As in the case 03-gephi-nodes-edges.
    "gephi nodes": (["Id", "Label"], {}),
}


@pytest.mark.parametrize("export", PEOPLE)
@pytest.mark.parametrize("title", ["Sheet1", "Contacts", "audience_export_2f3"])
def test_lists_of_people_are_members(export: str, title: str) -> None:
    headers, meant = PEOPLE[export]
    raw = tab(headers, title=title)
    assert propose_tab(raw).tab == "Members"
    found = meanings(raw, "Members")
    assert {header: found.get(header) for header in meant} == meant


TIES = {
    "kumu connections": (["From", "To", "Direction", "Type", "Description"], {"Description": "Notes"}),
    "gephi edges": (["Source", "Target", "Type", "Id", "Weight"], {}),
    "nodexl edges": (["Vertex 1", "Vertex 2", "Edge Weight"], {"Vertex 1": "From", "Vertex 2": "To"}),
    "own words": (["friend_1", "friend_2", "friendship_strength"], {"friendship_strength": "Strength"}),
}


@pytest.mark.parametrize("export", TIES)
def test_edge_lists_are_connections(export: str) -> None:
    headers, meant = TIES[export]
    assert propose_tab(tab(headers)).tab == "Connections"
    found = meanings(tab(headers), "Connections")
    assert {header: found.get(header) for header in meant} == meant


@pytest.mark.parametrize(
    ("header", "column"),
    [("Member until", "Left"), ("Term End Date", "Left"), ("Enrollment Date", "Joined"), ("Create Date", "Joined")],
)
def test_dates_of_a_membership_are_proposed(header: str, column: str) -> None:
    assert meanings(tab(["Full Name", header]), "Members") == {header: column}


def test_members_of_a_mailing_group_are_members() -> None:
    # As Google Workspace exports a group.
    group = tab(["Group Email [Required]", "Member Email", "Member Name", "Member Role", "Join time"])
    assert propose_tab(group).tab == "Members"


def test_groups_above_the_headers_are_no_headers() -> None:
    rows: list[list[RawCell]] = [["Visual Properties", None, "Other"], ["Vertex", "Color", "School"]]
    rows += [[name, "red", "North HS"] for name in NAMES]
    raw = RawTab(title="Vertices", rows=rows)
    assert propose_tab(raw).tab == "Members"
    assert propose_columns(raw, "Members").header_row == 1
    assert meanings(raw, "Members") == {"Vertex": "Name"}


# https://slack.zendesk.com/hc/en-gb/articles/360057638533 names these numbers; the case 23b-slack-mapped holds them.
def test_platform_export_is_platform() -> None:
    raw = tab(["Date", "Total membership", "Guests", "Weekly active members", "Messages posted"])
    assert propose_tab(raw).tab == "Platform"
    assert meanings(raw, "Platform") == {
        "Date": "Month",
        "Total membership": "Members on it",
        "Weekly active members": "Active members",
        "Messages posted": "Posts",
    }


def test_list_of_meetings_is_convenings() -> None:
    raw = tab(["Event name", "Start date", "Attendance"], ["Spring", dt.date(2026, 3, 12), 12])
    assert propose_tab(raw).tab == "Convenings"
    assert meanings(raw, "Convenings") == {"Event name": "Title", "Start date": "Date", "Attendance": "Attended"}


SIGN_UPS = {
    # The fields of attendees and orders in https://github.com/matt-guyotte/LitmusDance (data-example.js).
    "eventbrite": ["Order #", "Order Date", "First Name", "Last Name", "Email", "Ticket Type", "Attendee Status"],
    # Fields of https://public-api.luma.com/v1/event/get-guests
    "luma": ["api_id", "name", "first_name", "last_name", "email", "created_at", "approval_status", "checked_in_at"],
    "zoom": ["Name (Original Name)", "User Email", "Join Time", "Leave Time", "Duration (Minutes)", "Guest"],
}


@pytest.mark.parametrize("export", SIGN_UPS)
def test_people_at_one_event_are_never_proposed_as_members(export: str) -> None:
    assert propose_tab(tab(SIGN_UPS[export])).tab == LEAVE_ALONE


@pytest.mark.parametrize(
    "headers",
    [
        ["Timestamp", "The network helps me in my work"],
        ["ID", "Completion time", "Email", "What should we change?"],
        ["Submit Date (UTC)", "How useful was the convening for you?"],
        ["I trust the people here.", "I know whom to ask for help.", "What should we do differently?"],
    ],
)
def test_answers_are_a_survey(headers: list[str]) -> None:
    assert propose_tab(tab(headers)).tab == "Survey"


def test_without_headers_that_say_so_columns_of_names_decide() -> None:
    people = tab(["Teacher", "Grade"], ["Ana Ruiz", 3], ["Ben Okafor", 4], ["Carla Wynn", 3])
    assert propose_tab(people).tab == "Members"
    assert meanings(people, "Members") == {"Teacher": "Name"}
    pairs = tab(["Mentor", "Mentee"], NAMES[:2], NAMES[1:])
    assert propose_tab(pairs).tab == "Connections"
    assert meanings(pairs, "Connections") == {"Mentor": "From", "Mentee": "To"}


@pytest.mark.parametrize(
    ("title", "headers", "meant"),
    [
        ("Weaving", ["Date of call", "Staff", "Who", "Next step by"], ["Date", "Weaver", "Member", "Due"]),
        ("Platform", ["Week of", "Total members", "New posts"], ["Month", "Members on it", "Posts"]),
        ("Connections", ["Teacher", "Works with"], ["From", "To"]),
        ("Convenings", ["Fecha", "Título", "Asistentes"], ["Date", "Title", "Attendees"]),
        ("Convenings", ["Datum", "Titel", "Teilnehmer"], ["Date", "Title", "Attendees"]),
        ("Convenings", ["Data", "Tema", "Participantes"], ["Date", "Title", "Attendees"]),
        ("Meetings", ["Réunion", "Présents", "Held on"], ["Title", "Attendees", "Date"]),
    ],
)
def test_title_says_what_a_tab_is_and_headers_what_its_columns_are(
    title: str, headers: list[str], meant: list[str]
) -> None:
    raw = tab(headers, *[["Ana Ruiz"] * len(headers), ["Ben Okafor"] * len(headers)], title=title)
    name = "Convenings" if title == "Meetings" else title
    assert propose_tab(raw).tab == name
    assert meanings(raw, name) == dict(zip(headers, meant, strict=True))


@pytest.mark.parametrize(
    ("headers", "meant"),
    [
        (["Vorname", "Nachname", "Schule", "Eintritt", "Austritt"], ["Organization", "Joined", "Left"]),
        (["Nombre", "Apellidos", "Escuela", "Fecha de alta", "Fecha de baja"], ["Organization", "Joined", "Left"]),
        (["Prénom", "Nom", "Établissement", "Date d’entrée", "Date de départ"], ["Organization", "Joined", "Left"]),
        (["Nome", "Sobrenome", "Escola", "Data de entrada", "Data de saída"], ["Organization", "Joined", "Left"]),
    ],
)
def test_lists_of_people_in_four_languages_are_members(headers: list[str], meant: list[str]) -> None:
    raw = tab(headers, ["Ana", "Ruiz", "Nord", "01.02.2024", "03.04.2025"], title="Liste")
    assert propose_tab(raw).tab == "Members"
    assert meanings(raw, "Members") == dict(zip(headers[2:], meant, strict=True))


def test_people_in_a_tab_called_connections_are_members() -> None:
    # LinkedIn's export is called Connections.csv.
    raw = tab(
        ["First Name", "Last Name", "Company", "Position"], ["Ana", "Ruiz", "North", "Coach"], title="Connections"
    )
    assert propose_tab(raw).tab == "Members"


@pytest.mark.parametrize("rows", [[], [[]], [[None]], [["Item", "Cost"], ["Rent", 300]], [["x"], [1], [2]]])
def test_anything_else_is_left_alone(rows: list[list[RawCell]]) -> None:
    assert propose_tab(RawTab(title="Budget", rows=rows)).tab == LEAVE_ALONE


def test_second_list_of_members_is_left_alone() -> None:
    assert propose_tab(tab(["Name", "Company"]), taken={"Members"}).tab == LEAVE_ALONE
    assert propose_tab(tab(["Timestamp", "What helped?"]), taken={"Survey"}).tab == "Survey", "forms add up"


def test_columns_that_a_tab_needs_and_lacks_are_missing() -> None:
    assert propose_columns(tab(["Color", "Size"], ["red", 1]), "Connections").missing == ("From", "To")


def test_names_joined_from_two_columns_add_no_header() -> None:
    assert propose_columns(tab(["First name", "Last name"], ["Ana", "Ruiz"]), "Members").known == (
        "First name",
        "Last name",
    )


def test_empty_columns_are_not_asked_about() -> None:
    assert propose_columns(tab(["Date", "Title", "Room"], ["2026-01-01", "Spring", None]), "Convenings").unknown == ()


def test_only_the_first_rows_count() -> None:
    rows: list[list[RawCell]] = [["red", 1]] * ROWS_LOOKED_AT
    raw = tab(["Color", "Size"], *rows)
    more: list[list[RawCell]] = [["Ana Ruiz", 3]] * 1000
    longer = dataclasses.replace(raw, rows=[*raw.rows, *more])
    assert propose_tab(longer) == propose_tab(raw)


CELL = st.one_of(
    st.none(), st.text(max_size=30), st.integers(), st.sampled_from(["Name", "From", "To", "Date", *NAMES])
)


@given(st.lists(st.lists(CELL, max_size=6), max_size=8))
def test_every_proposal_can_be_chosen(rows: list[list[RawCell]]) -> None:
    raw = RawTab(title="x", rows=rows)
    assert propose_tab(raw).tab in {*TAB_CHOICES, LEAVE_ALONE}
    for name in TAB_CHOICES:
        columns = propose_columns(raw, name)
        meant = [each.column for each in columns.unknown if each.column != LEAVE_ALONE]
        assert set(meant) <= set(column_choices(name))
        assert len(set(meant)) == len(meant), "no two columns mean the same"


def test_likely_columns_of_members_are_proposed_until_staff_answer() -> None:
    members = tab(["Name", "Company", "Color"], title="Members")
    names = tab(["Tab", "Column", "Your header"], ["Members", "Attribute", "company"], title="Column names")
    likely = likely_member_columns([members], answered=())
    assert likely is not None
    assert [(each.header, each.column) for each in likely.unknown] == [("Company", "Organization")]
    assert likely_member_columns([members], answered={"company"}) is None
    assert likely_member_columns([members, names], answered=()) is None
    assert likely_member_columns([tab(["Name", "Color"], title="Members")], answered=()) is None
