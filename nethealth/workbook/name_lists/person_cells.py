"""Write people into cells so that the readers find the same people again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from nethealth.workbook.cells.names import guest_named, name_key
from nethealth.workbook.records import Person, PersonKey, Workbook

_SEPARATORS: Final = re.compile(r"[;,|\n\"]")


def people_to_record(workbook: Workbook) -> list[Person]:
    """Return everyone a row can be about: current members and guests, without `Show on map` = no."""
    return [
        person
        for person in workbook.people.values()
        if person.on_map and (person.is_guest or person.is_inside(workbook.today) is not False)
    ]


def person_cell(key: PersonKey, workbook: Workbook) -> str:
    """Return what a cell says so that we find this person again: the name, or the Member ID if others have that name.

    `workbook` must be the one for staff, since the others lack people and Member IDs.
    """
    return person_cells([key], workbook)[key]


def person_cells(keys: Iterable[PersonKey], workbook: Workbook) -> dict[PersonKey, str]:
    """Return what `person_cell` does for many people."""
    namesakes = Counter(name_key(each.name) for each in workbook.people.values())
    cells = {}
    for key in keys:
        person = workbook.people[key]
        is_clear = namesakes[name_key(person.name)] == 1 and not _SEPARATORS.search(person.name)
        cells[key] = person.name if is_clear or person.member_id is None else person.member_id
    return cells


def unlisted_cell(name: str, workbook: Workbook) -> str:
    """Return what a cell says about a typed name: as it is if we know the person or organization, else “(guest)”."""
    known = (
        text for person in workbook.people.values() for text in (person.name, person.member_id, person.organization)
    )
    is_known = name_key(name) in {name_key(text) for text in known if text}
    return name if is_known or guest_named(name) else f"{name} (guest)"
