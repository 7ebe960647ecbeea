"""Names in cells become people, and what there is to tell of them is told at their cell."""

from __future__ import annotations

from typing import Any, Final

from nethealth.privacy.email_masking import EMAIL_MARK
from nethealth.workbook.cells.names import split_names
from nethealth.workbook.cells.text import read_name
from nethealth.workbook.readers.directory import Directory
from nethealth.workbook.readers.tab_rows import TabRows
from nethealth.workbook.records import PersonKey, Severity

NAME_LEFT_OUT: Final = "this name is left out"


def one_person(
    table: TabRows[Any], directory: Directory, text: str, *, row: int, at: str | int, fate: str
) -> PersonKey | None:
    """Whom a cell names; None where nobody (told, with `fate`: what became of the row or value)."""
    found = directory.find(text)
    if found.severity is not None:
        message = found.message if found.key is not None else f"{found.message}; {fate}."
        table.tell(found.severity, message, found.remedy, row=row, at=at, value=text)
    return found.key


def listed_names(
    table: TabRows[Any], directory: Directory, text: str, *, row: int, at: str | int, wide: bool
) -> list[str]:
    """The names listed in a cell, each once, without hidden characters. `wide`: organizations are names too."""
    names: dict[str, None] = {}
    for piece in split_names(text, directory.wide_index if wide else directory.index):
        parsed = read_name(piece)
        for problem in parsed.problems:
            table.tell(problem.severity, problem.message, problem.remedy, row=row, at=at, value=piece)
        if parsed.value is not None:
            names[parsed.value] = None
    return list(names)


def several_people(
    table: TabRows[Any], directory: Directory, text: str | None, *, row: int, at: str | int
) -> tuple[tuple[PersonKey, ...], int]:
    """Whom a cell lists, and how many names it lists. Unknown ones are told, and left out."""
    if text is None:
        return (), 0
    names = listed_names(table, directory, text, row=row, at=at, wide=False)
    keys = [one_person(table, directory, name, row=row, at=at, fate=NAME_LEFT_OUT) for name in names]
    people = tuple(dict.fromkeys(key for key in keys if key is not None))
    unknown = sum(key is None for key in keys)
    return people, len(people) + unknown


def collaborators(
    table: TabRows[Any], directory: Directory, text: str, *, row: int, at: str
) -> tuple[tuple[PersonKey, ...], tuple[str, ...]]:
    """Whom a cell lists, and which organizations that are no members themselves."""
    people: dict[PersonKey, None] = {}
    organizations: dict[str, None] = {}
    for name in listed_names(table, directory, text, row=row, at=at, wide=True):
        organization = None if directory.bears(name) else directory.organization(name)
        if organization is not None:
            organizations[organization] = None
        elif (key := one_person(table, directory, name, row=row, at=at, fate=NAME_LEFT_OUT)) is not None:
            people[key] = None
    return tuple(people), tuple(organizations)


def names_of_respondent(table: TabRows[Any], text: str | None, *, row: int) -> list[str]:
    """What a row of a form calls whoever answered: a form may ask for a name and collect addresses as well."""
    beside = [read_name(cell).value for cell in table.spare_cells("respondent", row)]
    return [name for name in (text, *beside) if name is not None]


def respondent(
    table: TabRows[Any], directory: Directory, text: str | None, *, row: int
) -> tuple[PersonKey | None, str | None]:
    """Who answered: the person, and a mark by which the same respondent is known again; neither where anonymous.

    Whoever answers a survey becomes nobody's guest: an unknown name is told, and the answers count without a person.
    """
    names = names_of_respondent(table, text, row=row)
    if not names:
        return None, None
    for name in names:
        found = directory.find(name) if directory.bears(name) else None
        if found is not None and found.key is not None:
            return found.key, found.key
    text = names[0]
    if directory.people and not directory.is_open:
        is_shared = directory.bears(text)
        table.tell(
            Severity.WARNING,
            "Several members bear this name or e-mail; the answers count without a person."
            if is_shared
            else "No member has this name, ID or e-mail; the answers count without a person.",
            directory.find(text).remedy if is_shared else lambda: directory.suggestion(text),
            row=row,
            at="respondent",
            value=text,
        )
    # A name may be written in two ways; an address is not.
    mark = next((name for name in names if EMAIL_MARK.fullmatch(name)), text)
    return None, f"unknown: {mark.casefold()}"
