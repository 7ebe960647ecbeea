"""Who is who: names, Member IDs and e-mail marks in any tab find their people.

A person is known by Member ID, else by name. E-mail addresses arrive masked (`(e-mail 3)`): equal addresses keep
equal marks, which tells people apart, and nothing more of them is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from nethealth.privacy.email_masking import EMAIL_MARK
from nethealth.workbook.cells.names import NameIndex, closest, name_key
from nethealth.workbook.records import Person, PersonKey, Severity


class UnknownNamePolicy(Enum):
    """What becomes of a name that nobody bears."""

    NOBODY = "a problem"
    GUESTS = "a guest"
    MEMBERS = "a member, since there is no Members tab"
    WAITS = "everything waits, since the Members tab does"


@dataclass(frozen=True, slots=True)
class NameMatch:
    """Whom a name means: a key, or None and what to tell; sometimes both.

    Without a key the message lacks its end: what became of the row or value, which only the tab's reader knows.
    """

    key: PersonKey | None
    severity: Severity | None = None
    message: str = ""
    remedy: str | Callable[[], str] = ""


class Directory:
    """Everybody whom the workbook names."""

    def __init__(self, people: Iterable[Person] = (), *, emails: dict[str, list[PersonKey]] | None = None) -> None:
        self.people: dict[PersonKey, Person] = {person.key: person for person in people}
        self.welcome = UnknownNamePolicy.NOBODY
        self.is_open = False
        """Nobody can say who is a member: there is no Members tab, or it waits."""
        self.attributes: tuple[str, ...] = ()
        self.private_attributes: tuple[str, ...] = ()
        self._ids: dict[str, PersonKey] = {}
        self._names: dict[str, list[PersonKey]] = {}
        self._emails = emails or {}
        self._remembered: dict[str, NameMatch] = {}
        for person in self.people.values():
            self.know(person.name, person)
        self._organizations: dict[str, str] = {}
        for person in self.people.values():
            if person.organization:
                self._organizations.setdefault(name_key(person.organization), person.organization)
        self._index: NameIndex | None = None
        self._wide_index: NameIndex | None = None
        self._offered: NameIndex | None = None

    def know(self, name: str, person: Person) -> None:
        """Let a person be found by a name, and by the Member ID."""
        bearers = self._names.setdefault(name_key(name), [])
        if person.key not in bearers:
            bearers.append(person.key)
        if person.member_id:
            self._ids.setdefault(name_key(person.member_id), person.key)
        self._remembered.clear()

    def forget(self) -> None:
        """Drop what was remembered of names, when what becomes of unknown ones changes, and people were added."""
        self._remembered.clear()
        self._index = self._wide_index = self._offered = None

    @property
    def index(self) -> NameIndex:
        """Names and IDs of the members, to take lists apart by."""
        if self._index is None:
            self._index = NameIndex(self._all_names())
        return self._index

    @property
    def wide_index(self) -> NameIndex:
        """The same with the values of Organization."""
        if self._wide_index is None:
            self._wide_index = NameIndex([*self._all_names(), *self._organizations.values()])
        return self._wide_index

    def _all_names(self) -> list[str]:
        members = [person for person in self.people.values() if not person.is_guest]
        return [person.name for person in members] + [person.member_id for person in members if person.member_id]

    def organization(self, text: str) -> str | None:
        """The value of Organization that a text means."""
        return self._organizations.get(name_key(text))

    def bears(self, text: str) -> bool:
        """Whether a text is the name, ID or e-mail mark of somebody known."""
        key = name_key(text)
        return key in self._ids or key in self._names or key in self._emails

    def find(self, text: str) -> NameMatch:
        """Whom a name, a Member ID or an e-mail mark means. An unknown one is welcomed as the settings say."""
        found = self._remembered.get(text)
        if found is None:
            found = self._find(text)
            self._remembered[text] = found
        return found

    def _find(self, text: str) -> NameMatch:
        key = name_key(text)
        if key in self._ids:
            return NameMatch(self._ids[key])
        bearers = self._names.get(key) or self._emails.get(key) or []
        if len(bearers) == 1:
            return NameMatch(bearers[0])
        if bearers:
            return self._ambiguous(bearers)
        return self._unknown(text)

    def _ambiguous(self, bearers: Sequence[PersonKey]) -> NameMatch:
        without_id = [key for key in bearers if self.people[key].member_id is None]
        if len(without_id) == 1:
            return NameMatch(
                without_id[0],
                Severity.WARNING,
                "Several members bear this name; it is taken for the one without a Member ID.",
                "Use the Member ID here if another one is meant.",
            )
        return NameMatch(
            None,
            Severity.ERROR,
            "Several members bear this name, and nobody can tell which is meant",
            "Give each of them a Member ID in Members (a column of that name), and use it here.",
        )

    def _unknown(self, text: str) -> NameMatch:
        if self.welcome is UnknownNamePolicy.WAITS:
            message = "Names cannot be recognized while the Members tab waits"
            return NameMatch(None, Severity.ERROR, message, "Mend the Members tab first.")
        if self.welcome is UnknownNamePolicy.NOBODY:
            return NameMatch(
                None,
                Severity.ERROR,
                "No member has this name or ID",
                lambda: self.suggestion(text),
            )
        is_guest = self.welcome is UnknownNamePolicy.GUESTS
        person = Person(key=unused_key(text, self.people), name=text, is_guest=is_guest)
        self.people[person.key] = person
        self._names.setdefault(name_key(text), []).append(person.key)
        if not is_guest:
            return NameMatch(person.key)
        return NameMatch(
            person.key,
            Severity.WARNING,
            "No member has this name or ID; this person is drawn as a guest.",
            lambda: self.suggestion(text),
        )

    def suggestion(self, text: str) -> str:
        """What to do about an unknown name: the closest known ones, never those who are not to be named."""
        if EMAIL_MARK.fullmatch(text):
            return "Write this e-mail address in its member’s row in Members. Here only a mark stands for it."
        if self._offered is None:
            shown = [person for person in self.people.values() if person.on_map and not person.is_guest]
            self._offered = NameIndex(person.name for person in shown)
        names = closest(text, self._offered)
        if not names:
            return "Add this name to Members, or correct the spelling."
        return f"Did you mean {' or '.join(f'“{name}”' for name in names)}? Otherwise add the name to Members."


def unused_key(wanted: str, taken: Container[PersonKey]) -> PersonKey:
    """`wanted`, or with a number where it is taken."""
    key, number = wanted, 1
    while key in taken:
        number += 1
        key = f"{wanted} ({number})"
    return key
