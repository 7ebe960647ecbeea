"""A list of names that somebody pastes: whom it means, by the workbook's own way of telling who is who."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nethealth.privacy.email_masking import EMAIL
from nethealth.workbook.cells.names import name_key, split_names
from nethealth.workbook.readers.directory import Directory
from nethealth.workbook.records import PersonKey, Workbook

LONGEST = 200_000
"""So many characters of a list are read."""
LONGEST_NAME = 120
_ADDRESS = re.compile(r"[<(\[]?\s*(?:mailto:)?" + EMAIL.pattern + r"\s*[>)\]]?")
_NUMBERED = re.compile(r"^\s*(?:\d{1,4}[.)]\s+|[-–•*]\s+)", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownName:
    """A name on the list that means no member, and what to do about it."""

    name: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PastedNames:
    """Whom a pasted list means. Nobody on it is lost: who is not known stands in `unknown`, as typed."""

    people: tuple[PersonKey, ...]
    """In the order of the list, each once."""
    unknown: tuple[UnknownName, ...]
    repeated: int
    """Names that stood there before."""
    addresses: int
    """E-mail addresses, which are left out: names are needed, and addresses are not kept."""


def match_pasted_names(text: str, *, workbook: Workbook) -> PastedNames:
    """Whom a list of names means: one name a line, or with `;` or commas between them, as in a cell of the workbook.

    Numbers and dashes before a name are no part of it, nor is an e-mail address behind one.
    """
    directory = Directory(workbook.people.values())
    without, addresses = _ADDRESS.subn(" ", text[:LONGEST])
    names = [name for name in split_names(_NUMBERED.sub("", without), directory.index) if name_key(name)]
    people: dict[PersonKey, None] = {}
    unknown: dict[str, UnknownName] = {}
    for name in names:
        found = directory.find(name)
        if found.key is not None:
            people[found.key] = None
        elif name_key(name) not in unknown:
            remedy = found.remedy if isinstance(found.remedy, str) else found.remedy()
            unknown[name_key(name)] = UnknownName(name=name[:LONGEST_NAME], remedy=remedy)
    return PastedNames(
        people=tuple(people),
        unknown=tuple(unknown.values()),
        repeated=len(names) - len(people) - len(unknown),
        addresses=addresses,
    )
