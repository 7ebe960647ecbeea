"""Match a pasted list of who came with members, and say which names are in doubt, for someone to decide."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from nethealth.workbook.cells.characters import folded
from nethealth.workbook.cells.names import TITLES_AFTER_NAMES, NameIndex, closest, name_key, spellings
from nethealth.workbook.name_lists.pasted_names import LONGEST_NAME, names_on_list
from nethealth.workbook.name_lists.person_cells import people_to_record, person_cell
from nethealth.workbook.readers.directory import Directory
from nethealth.workbook.records import PersonKey, Workbook

_SEPARATORS: Final = re.compile(r"[;|\n\r]+")
_FEWEST_PARTS: Final = 2
_FULL_NAME: Final = re.compile(r"(?:[^\W\d_a-z][\w.’'-]*)(?: [\w.’'-]+){0,2} (?:[^\W\d_a-z][\w.’'-]*)")
_ADDITION: Final = re.compile(
    r"\d|/|\b(?:school|schools|high|middle|elementary|hs|ms|es|isd|usd|district|university|college|academy|institute|"
    r"foundation|network|center|centre|county|inc|org|department|office|teacher|principal|coach|director|counselor|"
    r"superintendent|coordinator|manager|specialist|escuela|colegio|distrito|universidad|maestr[oa]|director[a]?)\b",
    re.IGNORECASE,
)
"""Words of what people add to a name: their school or role."""


@dataclass(frozen=True, slots=True)
class DoubtfulName:
    """A name that may mean several people, or no one that we know."""

    name: str
    """As typed."""
    candidates: tuple[PersonKey, ...]
    """Who may be meant, the most similar first; no one hidden from the map."""

    @property
    def key(self) -> str:
        """The same for all spellings that we don't tell apart."""
        return name_key(self.name)


@dataclass(frozen=True, slots=True)
class AttendeeList:
    """What is on a pasted list."""

    people: tuple[PersonKey, ...]
    """Those who are certain, in the order of the list, each once."""
    doubtful: tuple[DoubtfulName, ...]
    addresses: int
    """How many email addresses were skipped: we match by name, and don't store addresses."""


def match_attendees(text: str, *, workbook: Workbook) -> AttendeeList:
    """Match a list of names as people type them in meetings: `Ana Ruiz (she/her)`, `Ruiz, Ana`, `iPhone (Ana Ruiz)`."""
    directory = Directory(workbook.people.values())
    shown = people_to_record(workbook)
    names, addresses = names_on_list(text, directory=directory)
    index = NameIndex(person.name for person in shown)
    people: dict[PersonKey, None] = {}
    doubtful: dict[str, DoubtfulName] = {}
    splits_at_commas = ";" in text
    for name in (each for listed in names for each in _listed_with_commas(listed, directory, splits_at_commas)):
        matches = (directory.find(each) for each in spellings(name) if directory.has_name(each))
        sure = next((match.key for match in matches if match.key is not None and match.severity is None), None)
        if sure is not None:
            people[sure] = None
        elif name_key(name) not in doubtful:
            alike = dict.fromkeys(name_key(found) for each in spellings(name) for found in closest(each, index))
            candidates = tuple(person.key for each in alike for person in shown if name_key(person.name) == each)
            doubtful[name_key(name)] = DoubtfulName(name[:LONGEST_NAME], candidates)
    return AttendeeList(tuple(people), tuple(doubtful.values()), addresses)


def _listed_with_commas(text: str, directory: Directory, is_list: bool) -> list[str]:
    """Return the names in a part of a list that has commas of its own: `Ben Okafor, Zed Moss`.

    A school or role after a name is no other person. Where `;` separates names (`is_list`), a comma likely does, too;
    elsewhere only what looks like a full name is one.
    """
    parts = [" ".join(part.split()) for part in text.split(",")]
    if len(parts) < _FEWEST_PARTS or directory.has_name(text) or not any(map(directory.has_name, parts)):
        return [text]
    names = [
        part
        for part in parts
        if part
        and (
            directory.has_name(part)
            or not (
                directory.organization(part)
                or _ADDITION.search(part)
                or folded(part) in TITLES_AFTER_NAMES
                or not (is_list or _FULL_NAME.fullmatch(part))
            )
        )
    ]
    return names if len(names) > 1 else [text]


def attendees_cell(
    people: Iterable[PersonKey], others: Iterable[str], workbook: Workbook, *, are_guests: bool = True
) -> str:
    """Return the cell that lists members and others as typed, marked if they `are_guests`.

    `workbook` must be the one for staff.
    """
    members = [person_cell(key, workbook) for key in dict.fromkeys(people)]
    # A separator in a name would make two people of one.
    names = (" ".join(_SEPARATORS.sub(" ", name).split()) for name in others)
    mark = " (guest)" if are_guests else ""
    return "; ".join([*members, *dict.fromkeys(f"{name}{mark}" for name in names if name)])
