"""Who can be found on phones: members when a session begins, and guests once the facilitator has confirmed them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from nethealth.live.codes import person_code
from nethealth.live.questions import ME
from nethealth.live.session import Answer, ListedPerson, Phone, Setup
from nethealth.presentation.formatting import single_line
from nethealth.workbook.cells.names import NameIndex, closest, name_key, spellings
from nethealth.workbook.name_lists.person_cells import people_to_record, person_cells
from nethealth.workbook.records import Person, Workbook
from nethealth.workbook.schema.vocabulary import Kind, NameStyle

LONGEST_NAME: Final = 80
PLACES: Final = ("Organization", "Region")
"""What tells namesakes apart, the first that does."""
_SEPARATORS: Final = re.compile(r"[;|\n\r]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """Someone who says that they are new, and waits for the facilitator."""

    phone: str
    name: str
    """As typed."""


def may_list(workbook: Workbook) -> bool:
    """True if phones may list members by name: the setting `Names` shows names."""
    return workbook.settings.names is NameStyle.NAMES and not workbook.are_names_replaced


def listed_people(workbook: Workbook, *, session: str) -> tuple[ListedPerson, ...]:
    """Return who can be found on phones: current members who may be named, by name. `session` is the session's ID.

    No one if viewers see initials or codes. Namesakes have a place that tells them apart, as far as one does.
    `workbook` must be the one for staff.
    """
    if not may_list(workbook):
        return ()
    members = [
        person
        for person in workbook.people.values()
        if person.on_map
        and not person.is_guest
        and person.kind is Kind.PERSON
        and person.is_inside(workbook.today) is not False
    ]
    namesakes = Counter(name_key(person.name) for person in members)
    places = {
        name: _places([person for person in members if name_key(person.name) == name])
        for name, count in namesakes.items()
        if count > 1
    }
    cells = person_cells([person.key for person in members], workbook)
    listed = [
        ListedPerson(
            key=person_code(person.key, session=session),
            name=single_line(person.name, longest=LONGEST_NAME),
            place=places.get(name_key(person.name), {}).get(person.key, ""),
            person=person.key,
            cell=cells[person.key],
        )
        for person in members
    ]
    return _sorted(listed)


def _places(namesakes: list[Person]) -> dict[str, str]:
    """Return what tells namesakes apart, by key: their organizations, or their regions; nothing if neither does."""
    for column in PLACES:
        values = {person.key: single_line(person.attributes.get(column, ""), longest=60) for person in namesakes}
        if len({name_key(value) for value in values.values()}) == len(namesakes):
            return values
    return {person.key: single_line(person.attributes.get(PLACES[0], ""), longest=60) for person in namesakes}


def newcomers(phones: Iterable[Phone], answers: Iterable[Answer]) -> list[Newcomer]:
    """Return who waits for the facilitator to say who they are, in the order in which they came."""
    let_in = {phone.id for phone in phones if not phone.is_pending}
    return [
        Newcomer(phone=answer.phone, name=str(answer.value["new"]))
        for answer in answers
        if answer.question == ME and answer.phone in let_in and isinstance(answer.value, dict) and "new" in answer.value
    ]


def similar_people(name: str, setup: Setup, workbook: Workbook, *, session: str) -> Sequence[ListedPerson]:
    """Return people whom a newcomer's name may mean, the most similar first: listed ones, and guests that the workbook
    knows. `session` is the session's ID."""
    known = [*setup.people, *_known_guests(setup, workbook, session)]
    index = NameIndex(person.name for person in known)
    alike = dict.fromkeys(name_key(found) for each in spellings(name) for found in closest(each, index))
    return tuple(person for each in alike for person in known if name_key(person.name) == each)


def guest(name: str, *, session: str) -> ListedPerson:
    """Return a guest whom the workbook doesn't know, as typed. The same name is the same guest."""
    # A separator in a name would make two people of one.
    shown = single_line(_SEPARATORS.sub(" ", name), longest=LONGEST_NAME)
    return ListedPerson(key=person_code(f"guest {name_key(shown)}", session=session), name=shown, person="")


def with_person(setup: Setup, person: ListedPerson) -> Setup:
    """Return a setup in which this person is listed, too."""
    if person.key in {each.key for each in setup.people}:
        return setup
    return replace(setup, people=_sorted([*setup.people, person]))


def _known_guests(setup: Setup, workbook: Workbook, session: str) -> list[ListedPerson]:
    listed = {person.person for person in setup.people}
    guests = [each for each in people_to_record(workbook) if each.is_guest and each.key not in listed]
    return [
        ListedPerson(key=person_code(each.key, session=session), name=each.name, person=each.key, cell=cell)
        for each, cell in zip(guests, person_cells([each.key for each in guests], workbook).values(), strict=True)
    ]


def _sorted(people: Iterable[ListedPerson]) -> tuple[ListedPerson, ...]:
    return tuple(sorted(people, key=lambda each: (name_key(each.name), each.place, each.key)))
