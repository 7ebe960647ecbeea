"""A weaver's workbook holds the directory and their own conversations, and nothing else of the network."""

from __future__ import annotations

import datetime as dt

from nethealth.privacy.weaver_redaction import redact_for_weavers
from nethealth.workbook.records import Conversation, Person, Spell, Workbook
from tests.privacy.test_viewer_redaction import TODAY, texts_in, workbook

__all__ = ["workbook"]


def conversation(member: str, *introduced_to: str, entry: str, heard: str = "") -> Conversation:
    return Conversation(
        date=TODAY, weaver="Wen", member=member, introduced_to=introduced_to, what_we_heard=heard, entry_id=entry, row=9
    )


def network(*conversations: Conversation) -> Workbook:
    here, gone = (Spell(None, None),), (Spell(None, dt.date(2025, 1, 1)),)
    known = {"Organization": "North HS", "Role": "Teacher", "Region": "North", "Salary": "SECRET"}
    people = (
        Person(key="M-1", member_id="M-1", name="Ana", spells=here, attributes=known, tags=("SECRET",), notes="SECRET"),
        Person(key="Bo", name="Bo", spells=gone),
        Person(key="Cy", name="Cy", spells=here, on_map=False),
        Person(key="Di", name="Di", is_guest=True),
    )
    return Workbook(today=TODAY, people={person.key: person for person in people}, weaving=conversations)


def test_directory_has_only_names_and_its_columns() -> None:
    seen = redact_for_weavers(network())
    assert [person.name for person in seen.people.values()] == ["Ana", "Di"]
    assert seen.people["M-1"].attributes == {"Organization": "North HS", "Role": "Teacher", "Region": "North"}
    assert seen.people["M-1"].member_id is None
    assert "SECRET" not in texts_in(seen)


def test_only_own_conversations_are_left() -> None:
    seen = redact_for_weavers(
        network(conversation("M-1", entry="NH-1", heard="Mine"), conversation("M-1", entry="NH-2", heard="SECRET")),
        own=frozenset({"NH-1"}),
    )
    assert [each.what_we_heard for each in seen.weaving] == ["Mine"]
    assert "SECRET" not in texts_in(seen)


def test_people_off_the_map_leave_own_conversations() -> None:
    own = frozenset({"NH-1", "NH-2"})
    seen = redact_for_weavers(
        network(conversation("M-1", "Cy", "Di", entry="NH-1"), conversation("Cy", entry="NH-2")), own=own
    )
    assert [(each.member, each.introduced_to) for each in seen.weaving] == [("M-1", ("Di",))]
    assert "Cy" not in texts_in(seen)


def test_someone_who_left_is_named_where_a_weaver_talked_with_them() -> None:
    seen = redact_for_weavers(network(conversation("Bo", entry="NH-1")), own=frozenset({"NH-1"}))
    assert "Bo" in seen.people
    assert "Bo" not in redact_for_weavers(network()).people


def test_everything_for_staff_is_gone(workbook: Workbook) -> None:
    seen = redact_for_weavers(workbook)
    assert not [text for text in texts_in(seen) if "SECRET" in text]
    assert (seen.connections, seen.weaving, seen.responses, seen.convenings, seen.problems) == ((), (), (), (), ())
    assert seen.is_for_viewers
