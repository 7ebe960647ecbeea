"""Make the workbook for weavers: the directory, and the conversations that they recorded themselves.

A weaver may be a member, or a volunteer who calls people. They need to know whom they talk with, and nothing else.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Final

from nethealth.privacy.viewer_redaction import has_left
from nethealth.workbook.records import Conversation, Person, PersonKey, Settings, Workbook

DIRECTORY_COLUMNS: Final = ("Organization", "Role", "Region")
"""What weavers see of a person besides the name."""


def redact_for_weavers(workbook: Workbook, *, own: AbstractSet[str] = frozenset()) -> Workbook:
    """Return a workbook with the directory, and the conversations whose Entry ID is in `own`.

    The directory has current members and guests by name, without those with `Show on map` = no. Someone who left stays
    in it as long as one of these conversations is about them.
    """
    listed = {key for key, person in workbook.people.items() if person.on_map}
    conversations = tuple(
        _conversation(each, listed) for each in workbook.weaving if each.entry_id in own and each.member in listed
    )
    mentioned = {key for each in conversations for key in (each.member, *each.introduced_to)}
    return Workbook(
        title=workbook.title,
        read_at=workbook.read_at,
        today=workbook.today,
        fingerprint=f"{workbook.fingerprint} for weavers" if workbook.fingerprint else "",
        settings=Settings(
            network_name=workbook.settings.network_name,
            smallest_group=workbook.settings.smallest_group,
            day_first=workbook.settings.day_first,
        ),
        people={
            key: _directory_entry(person)
            for key, person in workbook.people.items()
            if key in listed and (key in mentioned or not has_left(person, today=workbook.today))
        },
        attributes=tuple(column for column in workbook.attributes if column in DIRECTORY_COLUMNS),
        is_for_viewers=True,
        weaving=conversations,
    )


def _directory_entry(person: Person) -> Person:
    known = {column: value for column, value in person.attributes.items() if column in DIRECTORY_COLUMNS}
    return Person(key=person.key, name=person.name, kind=person.kind, is_guest=person.is_guest, attributes=known)


def _conversation(conversation: Conversation, listed: AbstractSet[PersonKey]) -> Conversation:
    introduced_to = tuple(key for key in conversation.introduced_to if key in listed)
    return replace(conversation, introduced_to=introduced_to, row=None)
