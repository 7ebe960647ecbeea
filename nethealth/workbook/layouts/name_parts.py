"""Lists of people with first and last names in two columns."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from typing import Final

from nethealth.workbook.cells.characters import folded
from nethealth.workbook.cells.text import is_blank, read_text, read_yes_no
from nethealth.workbook.layouts.rearranged import ROWS_CHECKED, Rearranged, find_header_row, header_keys, text_at
from nethealth.workbook.raw import RawCell, RawTab
from nethealth.workbook.readers.headers import match_tab
from nethealth.workbook.schema.tabs import MEMBERS

_FIRST_NAME_HEADERS: Final = (
    "First name",
    "First",
    "Given name",
    "Forename",
    "Nombre",
    "Vorname",
    "Prénom",
    "Prenom",
    "Nome",
    "Nombres",
    "Nombre(s)",
    "Voornaam",
)
_LAST_NAME_HEADERS: Final = (
    "Last name",
    "Last",
    "Surname",
    "Family name",
    "Apellido",
    "Apellidos",
    "Primer apellido",
    "Apellido paterno",
    "Nachname",
    "Nom de famille",
    "Nom",
    "Apelido",
    "Sobrenome",
    "Cognome",
    "Achternaam",
)
_SECOND_LAST: Final = tuple(map(folded, ("Segundo apellido", "Apellido materno")))
_FIRST, _LAST = tuple(map(folded, _FIRST_NAME_HEADERS)), tuple(map(folded, _LAST_NAME_HEADERS))
_SALUTATIONS: Final = frozenset(
    (
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "dr",
        "prof",
        "rev",
        "sr",
        "sra",
        "srta",
        "m",
        "mme",
        "mlle",
        "herr",
        "frau",
        "dra",
    )
)
_LONGEST_SALUTATION: Final = 8
_NAME: Final = folded(MEMBERS.columns["name"].name)
_WHOLE: Final = tuple(map(folded, (MEMBERS.columns["name"].name, *MEMBERS.columns["name"].aliases)))


def rename_marks(tab: RawTab, _people: object) -> Rearranged | None:
    """Rename two headers whose columns hold something else than in ours.

    Member, which means Name, is Current member if it holds only yes and no. Title, which means Role, is Salutation if
    it holds only Ms., Mr., and the like.
    """
    if match_tab(tab) not in (None, MEMBERS):
        return None
    for number, cells in enumerate(tab.rows[:ROWS_CHECKED]):
        keys = header_keys(cells)
        renamed: dict[int, tuple[str, str]] = {}
        for header, name, holds, taken_for in _MARKS:
            at = keys.get(header)
            below = [] if at is None else [row[at] for row in tab.rows[number + 1 :] if at < len(row)]
            filled = [cell for cell in below if not is_blank(cell)]
            if at is not None and filled and all(map(holds, filled)):
                renamed[at] = name, f"“{text_at(cells, at)}” holds {taken_for}."
        if renamed:
            rows = [*tab.rows]
            rows[number] = [renamed[at][0] if at in renamed else cell for at, cell in enumerate(cells)]
            message = " ".join(words for _, words in renamed.values())
            return Rearranged([dataclasses.replace(tab, rows=rows)], message)
    return None


def _is_mark(cell: RawCell) -> bool:
    return read_yes_no(cell).value is not None


def _is_salutation(cell: RawCell) -> bool:
    return isinstance(cell, str) and len(cell) < _LONGEST_SALUTATION and folded(cell) in _SALUTATIONS


_MARKS: Final[Sequence[tuple[str, str, Callable[[RawCell], bool], str]]] = (
    (folded("Member"), "Current member", _is_mark, "yes and no, so we read it as who is a member, not as names"),
    (folded("Title"), "Salutation", _is_salutation, "salutations, so we don’t read it as roles"),
)
"""Folded headers, what they are called instead, what their cells hold then, and how we say so."""


def join_name_parts(tab: RawTab, _people: object) -> Rearranged | None:
    """Fill a Name column from the first and last names; add the column if there is none."""
    found = find_header_row(tab, _FIRST, _LAST)
    if found is None:
        return _join_first_names(tab)
    header_row, (first, last) = found
    keys = header_keys(tab.rows[header_row])
    width = max(map(len, tab.rows))
    parts = (first, last, *(keys[name] for name in _SECOND_LAST if name in keys))
    whole = next((keys[name] for name in _WHOLE if name in keys), width)
    rows: list[list[RawCell]] = []
    moved = {}
    for number, cells in enumerate(tab.rows):
        row = [*cells, *[None] * (max(width, whole + 1) - len(cells))]
        if number == header_row and whole == width:
            row[whole] = MEMBERS.columns["name"].name
        elif number > header_row and not read_text(row[whole]).value:
            row[whole] = " ".join(part for at in parts if (part := read_text(row[at]).value)) or None
            moved[number, whole] = (number, first)
        rows.append(row)
    if not moved:
        return None
    joined = dataclasses.replace(tab, rows=rows, moved_cells={**(tab.moved_cells or {}), **moved})
    return Rearranged([joined], "We joined first and last names to full names.")


def _join_first_names(tab: RawTab) -> Rearranged | None:
    """Put first names before those under Name if these are last names, as German lists have them: `Vorname`, `Name`."""
    found = find_header_row(tab, _FIRST, (_NAME,))
    if found is None or match_tab(tab) not in (None, MEMBERS):
        return None
    header_row, (first, last) = found
    parts = {
        number: tuple(read_text(cells[at]).value if at < len(cells) else None for at in (first, last))
        for number, cells in enumerate(tab.rows)
        if number > header_row
    }
    both = [(given, name) for given, name in parts.values() if given and name]
    are_last = [given.casefold() not in name.casefold() and "," not in name for given, name in both]
    are_short = [" " not in name for _, name in both]
    if not both or not all(are_last) or 2 * sum(are_short) <= len(both):
        return None
    rows = [[*cells] for cells in tab.rows]
    for number, (given, name) in parts.items():
        if given and name:
            rows[number][last] = f"{given} {name}"
    return Rearranged(
        [dataclasses.replace(tab, rows=rows)], "“Name” holds last names, so we put the first names before them."
    )


def replace_name_parts(tab: RawTab, people: object) -> Rearranged | None:
    """As `join_name_parts`, but leave out the parts if Name is new: alone they would be attributes to compare by."""
    joined = join_name_parts(tab, people)
    found = find_header_row(tab, _FIRST, _LAST)
    if joined is None or found is None or any(name in header_keys(tab.rows[found[0]]) for name in _WHOLE):
        return joined
    header_row, parts = found
    rows = [
        [None if number >= header_row and at in parts else cell for at, cell in enumerate(row)]
        for number, row in enumerate(joined.tabs[0].rows)
    ]
    return dataclasses.replace(joined, tabs=[dataclasses.replace(joined.tabs[0], rows=rows)])
