"""Find people by the names, Member IDs, and email marks in any tab.

A person is identified by Member ID, else by name. Email addresses arrive masked (`(email 3)`): equal addresses have
equal marks, which distinguish people of one name, and nothing else of the address remains.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from nethealth.privacy.email_masking import EMAIL_MARK
from nethealth.workbook.cells.names import NameIndex, closest, described_names, is_anonymous, name_key, turned
from nethealth.workbook.records import Person, PersonKey, Severity
from nethealth.workbook.schema.columns import one_of

_ADDED: Final = re.compile(r"[(\[,|/·@]| [-–—] ")
"""Signs that may separate a name from what is added to it."""


WRITTEN_DIFFERENTLY: Final = "This name is written differently in Members. It fits only one member, so we used them."
CHECK_NAME: Final = "No action needed. If you mean someone else, use their Member ID or email address."


class UnknownNamePolicy(Enum):
    """What to do with a name that no one in the directory has."""

    REJECT = "report a problem"
    ADD_GUESTS = "add a guest"
    ADD_MEMBERS = "add a member, since the Members tab is missing"
    WAIT = "skip everything, since the Members tab couldn’t be read"


@dataclass(frozen=True, slots=True)
class NameMatch:
    """The person that a name means, or a problem, or both.

    Without a person, the message is incomplete: the tab's reader adds what happened to the row or value.
    """

    key: PersonKey | None
    severity: Severity | None = None
    message: str = ""
    remedy: str | Callable[[], str] = ""


class Directory:
    """Everyone named in the workbook."""

    def __init__(self, people: Iterable[Person] = (), *, emails: dict[str, list[PersonKey]] | None = None) -> None:
        self.people: dict[PersonKey, Person] = {person.key: person for person in people}
        self.unknown_name_policy = UnknownNamePolicy.REJECT
        self.is_open = False
        """True if we can't know who is a member: there is no Members tab, or it couldn't be read."""
        self.attributes: tuple[str, ...] = ()
        self.private_attributes: tuple[str, ...] = ()
        self._ids: dict[str, PersonKey] = {}
        self._names: dict[str, list[PersonKey]] = {}
        self._turned_names: dict[str, list[PersonKey]] = {}
        self._emails = emails or {}
        self._matches: dict[str, NameMatch] = {}
        for person in self.people.values():
            self.add_name(person.name, person)
        self._organizations: dict[str, str] = {}
        for person in self.people.values():
            if person.organization:
                self._organizations.setdefault(name_key(person.organization), person.organization)
        self.gatherings: frozenset[str] = frozenset()
        """Name keys of the titles of convenings and activities: no names of people."""
        self._index: NameIndex | None = None
        self._wide_index: NameIndex | None = None
        self._suggestions: NameIndex | None = None

    def add_name(self, name: str, person: Person) -> None:
        """Make a person findable by this name, and by their Member ID."""
        namesakes = self._names.setdefault(name_key(name), [])
        if person.key not in namesakes:
            namesakes.append(person.key)
            if (other := turned(name)) is not None:
                self._turned_names.setdefault(name_key(other), []).append(person.key)
        if person.member_id:
            self._ids.setdefault(name_key(person.member_id), person.key)
        self._matches.clear()

    def clear_cache(self) -> None:
        """Forget earlier matches. Call it after people were added or the policy for unknown names changed."""
        self._matches.clear()
        self._index = self._wide_index = self._suggestions = None

    @property
    def index(self) -> NameIndex:
        """Names and IDs of the members, for splitting lists."""
        if self._index is None:
            self._index = NameIndex(self._all_names())
        return self._index

    @property
    def wide_index(self) -> NameIndex:
        """The same, and the values of Organization."""
        if self._wide_index is None:
            self._wide_index = NameIndex([*self._all_names(), *self._organizations.values()])
        return self._wide_index

    def _all_names(self) -> list[str]:
        members = [person for person in self.people.values() if not person.is_guest]
        return [person.name for person in members] + [person.member_id for person in members if person.member_id]

    def organization(self, text: str) -> str | None:
        """Return the value of Organization that a text means."""
        return self._organizations.get(name_key(text))

    def has_name(self, text: str) -> bool:
        """True if a text is the name, ID, or email mark of someone in the directory."""
        key = name_key(text)
        return key in self._ids or key in self._names or key in self._emails or bool(self._with_organization(text))

    def _with_organization(self, text: str) -> list[PersonKey]:
        """Return the people whose name and organization a text gives: `Ana Ruiz (North HS)`."""
        return [
            key
            for name, added in (described_names(text) if _ADDED.search(text) else ())
            for key in self._names.get(name_key(name), ())
            if (organization := self.people[key].organization) and name_key(organization) == name_key(added)
        ]

    def find(self, text: str) -> NameMatch:
        """Find the person that a name, Member ID, or email mark means. `unknown_name_policy` decides about others."""
        match = self._matches.get(text)
        if match is None:
            match = self._matches[text] = self._find(text)
        return match

    def _find(self, text: str) -> NameMatch:
        key = name_key(text)
        if key in self._ids:
            return NameMatch(self._ids[key])
        namesakes = self._names.get(key) or self._emails.get(key) or self._with_organization(text)
        if len(namesakes) == 1:
            return NameMatch(namesakes[0])
        if namesakes:
            return self._ambiguous(namesakes)
        # `Ana <ana@example.org>`: the email of one member says who is meant, however the name is written.
        marks = EMAIL_MARK.findall(text)
        owners = self._emails.get(marks[0], []) if len(marks) == 1 and marks[0] != text else []
        if len(owners) == 1:
            return NameMatch(owners[0])
        return self.find_only_fitting(text) or self._unknown(text)

    def find_only_fitting(self, text: str) -> NameMatch | None:
        """Return the one member that a differently written name fits, with a note; None if none or several do."""
        only = self._only_fitting(text)
        return None if only is None else NameMatch(only, Severity.NOTE, WRITTEN_DIFFERENTLY, CHECK_NAME)

    def _only_fitting(self, text: str) -> PersonKey | None:
        """Return the one person whose name this is with the last name first, or with something fitting added."""
        if self.is_open or (not _ADDED.search(text) and not self._turned_names):
            return None
        fitting = {*self._names.get(name_key(turned(text) or ""), ()), *self._turned_names.get(name_key(text), ())}
        for name, added in described_names(text):
            namesakes = self._names.get(name_key(name), ())
            # Of several people with this name, what is added must tell which one is meant, and it didn't so far.
            if len(namesakes) > 1 or (namesakes and not self._may_be_added(added, self.people[namesakes[0]])):
                return None
            fitting.update(namesakes)
        return fitting.pop() if len(fitting) == 1 else None

    def _may_be_added(self, added: str, person: Person) -> bool:
        """True if a text after a person's name fits what we know of them, and of no other organization."""
        key = name_key(added)
        if person.organization and set(key.split()) <= set(name_key(person.organization).split()):
            return True
        if key in map(name_key, person.attributes.values()):
            return True
        is_elsewhere = any(set(key.split()) <= set(other.split()) for other in self._organizations)
        rejects_others = self.unknown_name_policy is UnknownNamePolicy.REJECT
        return rejects_others and person.organization is None and not is_elsewhere

    def _ambiguous(self, namesakes: Sequence[PersonKey]) -> NameMatch:
        without_id = [key for key in namesakes if self.people[key].member_id is None]
        if len(without_id) == 1:
            return NameMatch(
                without_id[0],
                Severity.WARNING,
                "Several members share this name. We chose the one without a Member ID.",
                "If you mean someone else, use their Member ID here.",
            )
        return NameMatch(
            None,
            Severity.ERROR,
            "Several members share this name",
            "Add a “Member ID” column to Members, give each of them an ID, and use it here.",
        )

    def _unknown(self, text: str) -> NameMatch:
        if self.unknown_name_policy is UnknownNamePolicy.WAIT:
            message = "We can’t match names until the Members tab is fixed"
            return NameMatch(None, Severity.ERROR, message, "Fix the Members tab first.")
        if self.unknown_name_policy is UnknownNamePolicy.REJECT:
            return NameMatch(
                None,
                Severity.ERROR,
                "No member has this name or ID",
                lambda: self.suggestion(text),
            )
        if is_anonymous(text):
            remedy = "Fill in the name, or clear the row."
            return NameMatch(None, Severity.ERROR, "This is no name: it may be several people", remedy)
        is_guest = self.unknown_name_policy is UnknownNamePolicy.ADD_GUESTS
        person = Person(key=unused_key(text, self.people), name=text, is_guest=is_guest)
        self.people[person.key] = person
        self._names.setdefault(name_key(text), []).append(person.key)
        if not is_guest:
            return NameMatch(person.key)
        return NameMatch(
            person.key,
            Severity.WARNING,
            "No member has this name or ID, so we added this person as a guest.",
            lambda: self.suggestion(text),
        )

    def suggestion(self, text: str, *, otherwise: str | None = None) -> str:
        """Return what to do about an unknown name: the closest known names, but no one hidden from the map.

        `otherwise` says what to do if none of them is meant.
        """
        if EMAIL_MARK.fullmatch(text):
            return "Add this email address to the member’s row in Members. We show a mark in place of the address."
        if name_key(text) in self.gatherings:
            return "This is a gathering, not a person. Delete it here. List who came in its row, under Attendees."
        if self._suggestions is None:
            shown = [person for person in self.people.values() if person.on_map and not person.is_guest]
            self._suggestions = NameIndex(person.name for person in shown)
        names = closest(text, self._suggestions)
        if not names:
            return otherwise or "Add this name to Members, or correct the spelling."
        question = f"Did you mean {one_of(tuple(f'“{name}”' for name in names))}?"
        return f"{question} {otherwise or 'If not, add the name to Members.'}"


def unused_key(wanted: str, taken: Container[PersonKey]) -> PersonKey:
    """Return `wanted`, with a number if it is taken."""
    key, number = wanted, 1
    while key in taken:
        number += 1
        key = f"{wanted} ({number})"
    return key
