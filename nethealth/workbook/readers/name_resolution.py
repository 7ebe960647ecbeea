"""Turn names in cells into people, and report at the cell what can't be matched."""

from __future__ import annotations

from typing import Any, Final

from nethealth.privacy.email_masking import EMAIL_MARK
from nethealth.workbook.cells.names import described_names, guest_named, is_no_name, name_key, spellings, split_names
from nethealth.workbook.cells.text import read_name
from nethealth.workbook.readers.directory import Directory
from nethealth.workbook.readers.tab_rows import TabRows
from nethealth.workbook.records import PersonKey, Severity
from nethealth.workbook.schema.tabs import MEMBERS

NAME_SKIPPED: Final = "we skipped this name"
UNKNOWN_RESPONDENT: Final = "unknown: "
"""How the key of a respondent begins who is no one in the workbook; the name follows."""
_SHARED_NAME: Final = "Ask for a Member ID or email address, and fill in these columns in Members."


def resolve_person(
    table: TabRows[Any], directory: Directory, text: str, *, row: int, at: str | int, consequence: str
) -> PersonKey | None:
    """Return the person that a cell names; None, reported with `consequence` (what we did then), if there is none."""
    match = directory.find(text)
    if match.severity is not None:
        message = match.message if match.key is not None else f"{match.message}, so {consequence}."
        table.report(match.severity, message, match.remedy, row=row, at=at, value=text)
    return match.key


def member_named(text: str, directory: Directory) -> str | None:
    """Return the member's name in a text that adds a school or role to it: `Ana Ruiz (North HS)`; None if in doubt.

    What is added mustn't be the organization of others alone: then it is someone else with this name.
    """
    if directory.has_name(text):
        return text
    for name, added in described_names(text):
        if directory.has_name(name) and directory.organization(added) is None:
            return name
    return None


def split_cell_names(
    table: TabRows[Any], directory: Directory, text: str, *, row: int, at: str | int, wide: bool
) -> list[str]:
    """Return the names listed in a cell, each once, without hidden characters. `wide`: organizations count as names."""
    names: dict[str, None] = {}
    for piece in split_names(text, directory.wide_index if wide else directory.index):
        parsed = read_name(piece)
        for problem in parsed.problems:
            table.report(problem.severity, problem.message, problem.remedy, row=row, at=at, value=piece)
        if parsed.value is not None:
            names[parsed.value] = None
    return list(names)


def resolve_people(
    table: TabRows[Any], directory: Directory, text: str | None, *, row: int, at: str | int
) -> tuple[tuple[PersonKey, ...], int]:
    """Return the people that a cell lists, and how many names it lists. Unknown names are reported and skipped."""
    people, unknown = resolve_listed(table, directory, text, row=row, at=at)
    return people, len(people) + len(unknown)


def resolve_listed(
    table: TabRows[Any], directory: Directory, text: str | None, *, row: int, at: str | int
) -> tuple[tuple[PersonKey, ...], tuple[str, ...]]:
    """Return the people that a cell lists, and the names that no one has. These are reported, but for guests."""
    if text is None:
        return (), ()
    people: dict[PersonKey, None] = {}
    unknown: list[str] = []
    for name in split_cell_names(table, directory, text, row=row, at=at, wide=False):
        if (guest := _guest(name, directory)) is not None:
            unknown.append(guest)
            continue
        written = guest_named(name) or name
        key = resolve_person(table, directory, written, row=row, at=at, consequence=NAME_SKIPPED)
        if key is None:
            unknown.append(name)
        else:
            people[key] = None
    return tuple(people), tuple(unknown)


def _guest(name: str, directory: Directory) -> str | None:
    """Return who is marked as a guest, unless they are a member by now."""
    guest = guest_named(name)
    return None if guest is None or directory.has_name(guest) else guest


def resolve_attendee(
    table: TabRows[Any], directory: Directory, text: str | None, *, row: int, at: str | int
) -> tuple[tuple[PersonKey, ...], tuple[str, ...]]:
    """Return the person that a row of an attendance report is about, or the name that no one has, which is reported.

    Reports write names as people typed them in a meeting: `Ana Ruiz (she/her)`, `iPhone (Carla Wynn)`. Attendees need
    not be members, so an unknown name counts as one person and is no error.
    """
    if text is None:
        return (), ()
    name = read_name(EMAIL_MARK.sub(" ", text)).value or text
    for written in (*spellings(name), *EMAIL_MARK.findall(text)):
        match = directory.find(written) if directory.has_name(written) else None
        if match is not None and match.key is not None:
            return (match.key,), ()
    if not directory.people:
        table.report(
            Severity.WARNING,
            "The workbook has no members yet, so this person counts as attending, without a name.",
            f"Add a “{MEMBERS.name}” tab with a Name column.",
            row=row,
            at=at,
            value=name,
        )
    else:
        remedy = "If they’re a member, correct the name here. If not, no action needed."
        table.report(
            Severity.WARNING,
            "No member has this name, so this person counts as attending, without a member.",
            lambda: directory.suggestion(name, otherwise=remedy),
            row=row,
            at=at,
            value=name,
        )
    return (), (name_key(name),)


def resolve_collaborators(
    table: TabRows[Any], directory: Directory, text: str, *, row: int, at: str
) -> tuple[tuple[PersonKey, ...], tuple[str, ...], tuple[str, ...]]:
    """Return the people that a cell lists, the organizations that aren't members themselves, and the guests."""
    people: dict[PersonKey, None] = {}
    organizations: dict[str, None] = {}
    guests: dict[str, None] = {}
    for name in split_cell_names(table, directory, text, row=row, at=at, wide=True):
        organization = None if directory.has_name(name) else directory.organization(name)
        if organization is not None:
            organizations[organization] = None
        elif (guest := _guest(name, directory)) is not None:
            guests[guest] = None
        else:
            written = guest_named(name) or name
            key = resolve_person(table, directory, written, row=row, at=at, consequence=NAME_SKIPPED)
            if key is not None:
                people[key] = None
    return tuple(people), tuple(organizations), tuple(guests)


def names_of_respondent(table: TabRows[Any], directory: Directory, text: str | None, *, row: int) -> list[str]:
    """Return all names of a form's respondent: a form may ask for a name and collect email addresses as well.

    Words that are no name (`Anonymous`) don't count, unless a member is called that.
    """
    others = [read_name(cell).value for cell in table.spare_cells("respondent", row)]
    names = [name for name in (text, *others) if name is not None]
    return [name for name in names if not is_no_name(name) or directory.has_name(name)]


def resolve_respondent(
    table: TabRows[Any], directory: Directory, text: str | None, *, row: int
) -> tuple[PersonKey | None, str | None]:
    """Return who answered, and a text that is the same each time this respondent answers; two Nones if anonymous.

    Respondents never become guests: an unknown name is reported, and the answers count without a person. A name that
    several members share points to no one, so each of its rows is a separate answer.
    """
    names = names_of_respondent(table, directory, text, row=row)
    if not names:
        return None, None
    for name in names:
        match = directory.find(name) if directory.has_name(name) else directory.find_only_fitting(name)
        if match is not None and match.key is not None and match.severity in (None, Severity.NOTE):
            if match.severity is not None:
                table.report(match.severity, match.message, match.remedy, row=row, at="respondent", value=name)
            return match.key, match.key
    text = names[0]
    is_shared = directory.has_name(text)
    if directory.people and not directory.is_open:
        table.report(
            Severity.WARNING,
            "Several members share this name or email, so we count the answers without linking them to a person."
            if is_shared
            else "No member has this name, ID, or email, so we count the answers without linking them to a person.",
            _SHARED_NAME if is_shared else lambda: directory.suggestion(text),
            row=row,
            at="respondent",
            value=text,
        )
    # A name may be written in two ways; an address is not.
    mark = next((name for name in names if EMAIL_MARK.fullmatch(name) and not directory.has_name(name)), None)
    if mark is None and is_shared:
        return None, None
    mark = mark or text
    return None, f"{UNKNOWN_RESPONDENT}{mark.casefold()}"
