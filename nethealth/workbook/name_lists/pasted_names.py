"""Match a pasted list of names with people, by the same rules as cells of the workbook."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nethealth.privacy.email_masking import EMAIL
from nethealth.workbook.cells.names import name_key, split_names
from nethealth.workbook.readers.directory import Directory
from nethealth.workbook.records import PersonKey, Workbook

LONGEST = 200_000
"""Characters of a list that are read."""
LONGEST_NAME = 120
_ADDRESS = re.compile(r"[<(\[]?[^\S\r\n]*(?:mailto:)?" + EMAIL.pattern + r"[^\S\r\n]*[>)\]]?")
"""An address in its brackets. Lines before and after it stay apart."""
_NUMBERED = re.compile(r"^\s*(?:\d{1,4}[.)]\s+|[-–•*]\s+)", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownName:
    """A name on the list that matches no one, and what to do about it."""

    name: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PastedNames:
    """The people on a pasted list, and the names that match no one, as typed."""

    people: tuple[PersonKey, ...]
    """In the order of the list, each once."""
    unknown: tuple[UnknownName, ...]
    repeated: int
    """How many names repeat an earlier one."""
    addresses: int
    """How many email addresses were skipped: we match by name, and don't store addresses."""


def match_pasted_names(text: str, *, workbook: Workbook) -> PastedNames:
    """Match a list of names: one per line, or separated by `;` or commas, as in a cell of the workbook.

    Numbers and dashes before a name, and email addresses after it, are ignored.
    """
    directory = Directory(workbook.people.values())
    names, addresses = names_on_list(text, directory=directory)
    people: dict[PersonKey, None] = {}
    unknown: dict[str, UnknownName] = {}
    for name in names:
        match = directory.find(name)
        if match.key is not None:
            people[match.key] = None
        elif name_key(name) not in unknown:
            remedy = match.remedy if isinstance(match.remedy, str) else match.remedy()
            unknown[name_key(name)] = UnknownName(name=name[:LONGEST_NAME], remedy=remedy)
    return PastedNames(
        people=tuple(people),
        unknown=tuple(unknown.values()),
        repeated=len(names) - len(people) - len(unknown),
        addresses=addresses,
    )


def names_on_list(text: str, *, directory: Directory) -> tuple[list[str], int]:
    """Return the names on a list, as typed, and how many email addresses we skipped."""
    names_only, addresses = _ADDRESS.subn(" ", text[:LONGEST])
    names = split_names(_NUMBERED.sub("", names_only), directory.index)
    return [name for name in names if name_key(name)], addresses
