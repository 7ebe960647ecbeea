"""Lists of people with first and last names in two columns."""

from __future__ import annotations

import dataclasses
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
_MEMBER, _STATUS = folded("Member"), "Current member"
_NAME: Final = folded(MEMBERS.columns["name"].name)
_WHOLE: Final = tuple(map(folded, (MEMBERS.columns["name"].name, *MEMBERS.columns["name"].aliases)))


def rename_marks(tab: RawTab, _people: object) -> Rearranged | None:
    """Head a column as Current member if it is called Member, which means Name, but holds only yes and no."""
    if match_tab(tab) not in (None, MEMBERS):
        return None
    for number, cells in enumerate(tab.rows[:ROWS_CHECKED]):
        at = header_keys(cells).get(_MEMBER)
        if at is None:
            continue
        below = [row[at] for row in tab.rows[number + 1 :] if at < len(row) and not is_blank(row[at])]
        if not below or not all(_is_mark(cell) for cell in below):
            return None
        rows = [*tab.rows]
        rows[number] = [*cells[:at], _STATUS, *cells[at + 1 :]]
        return Rearranged(
            [dataclasses.replace(tab, rows=rows)],
            f"“{text_at(cells, at)}” holds yes and no, so we read it as who is a member, not as names.",
        )
    return None


def _is_mark(cell: RawCell) -> bool:
    return read_yes_no(cell).value is not None


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
