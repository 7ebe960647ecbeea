"""Introductions in the room: between people who are here and haven't met, and what a screen says of them."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

from nethealth.live.connections import read_room
from nethealth.ui.live.connections.room_introductions import RoomIntroduction, introductions_html, room_introductions
from nethealth.workbook.records import Workbook
from tests.ui.live.rooms import NAMES, answers_in, known_network, session_in


def with_interests() -> Workbook:
    """The members, of whom the first four care about one thing."""
    book = known_network()
    people = {
        key: replace(person, tags=("literacy",) if at < 4 else ())
        for at, (key, person) in enumerate(book.people.items())
    }
    return replace(book, people=people)


def pairs(here: str, ties: str = "") -> set[frozenset[str]]:
    workbook = with_interests()
    session = session_in(workbook)
    found = room_introductions(session, read_room(session, answers_in(session, here, ties)), workbook)
    return {frozenset((each.one, each.other)) for each in found}


def names(here: str) -> list[str]:
    return [NAMES[int(at)] for at in here]


def test_only_people_in_the_room_who_have_not_met_are_suggested() -> None:
    # By the workbook, each knows the next, and the first the sixth. The first four care about one thing.
    found = pairs("012345")
    assert {frozenset(("Ana Ruiz", "Dee Ho")), frozenset(("Ben Li", "Dee Ho"))} <= found
    assert frozenset(("Ana Ruiz", "Ben Li")) not in found
    assert pairs("0245") <= {frozenset((one, other)) for one, other in combinations(names("0245"), 2)}
    assert pairs("0") == set()


def test_whom_the_room_says_it_knows_is_not_suggested() -> None:
    assert pairs("012345") - pairs("012345", "03") == {frozenset(("Ana Ruiz", "Dee Ho"))}


def test_who_has_only_met_is_not_suggested_whatever_counts_as_a_connection() -> None:
    workbook = with_interests()
    workbook = replace(workbook, settings=replace(workbook.settings, tie_from_strength=5.0))
    session = session_in(workbook)
    found = room_introductions(session, read_room(session, answers_in(session, "03", "03")), workbook)
    assert found == []


def test_screen_names_people_only_if_it_shows_names() -> None:
    found = [RoomIntroduction(one="Ana <i>", other="Ben", reasons=("Both care about literacy",))]
    assert "Ana &lt;i&gt;" in introductions_html(found, shows_names=True)
    hidden = introductions_html(found, shows_names=False)
    assert "Ana" not in hidden
    assert "literacy" not in hidden


def test_screen_never_says_that_someone_has_few_connections() -> None:
    workbook = with_interests()
    session = session_in(workbook)
    found = room_introductions(session, read_room(session, answers_in(session, "012345")), workbook)
    assert found
    assert not [reason for each in found for reason in each.reasons if "connection" in reason]
