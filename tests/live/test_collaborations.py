"""Collaborations that a room knows of: what phones tell, what the facilitator decides, and what is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from nethealth.live.collaborations import (
    accepted,
    collaboration_rows,
    collaborations,
    merged,
    merged_by_name,
    of_one_name,
    similar_pairs,
    taken_back,
)
from nethealth.live.session import Answer, LiveSession, SessionKind, Setup
from tests.ui.live.rooms import NOON, new_network, session_in

SESSION = replace(session_in(new_network()), kind=SessionKind.COLLABORATIONS, setup=Setup())


def answers_of(*sent: tuple[str, str, str, str]) -> dict[str, dict[str, Answer]]:
    """What phones tell: the phone, and a collaboration's name, purpose, and people."""
    found: dict[str, dict[str, Answer]] = {}
    for number, (phone, name, purpose, people) in enumerate(sent, start=1):
        question = f"collaboration.{len(found.get(phone, ())) + 1}"
        value: Mapping[str, str] = {"name": name, "purpose": purpose, "people": people}
        one = Answer(phone=phone, question=question, value=value, number=number, answered_at=NOON)
        found.setdefault(phone, {})[question] = one
    return found


ANSWERS = answers_of(
    ("p", "Reading circle", "Read together", "Ana Ruiz"),
    ("q", "The reading circle", "We read together on Mondays", "Ben Li; Cai Wu"),
    ("p", "School garden", "", ""),
)


def within(setup: Setup) -> LiveSession:
    return replace(SESSION, setup=setup)


def test_each_answer_is_a_card_in_the_order_in_which_it_was_told() -> None:
    cards = collaborations(SESSION, ANSWERS)
    assert [each.name for each in cards] == ["Reading circle", "The reading circle", "School garden"]
    assert not any(each.is_accepted for each in cards)
    assert collaboration_rows(SESSION, ANSWERS) == []


def test_close_names_may_be_one() -> None:
    pairs = similar_pairs(collaborations(SESSION, ANSWERS))
    assert [(one.name, other.name) for one, other in pairs] == [("Reading circle", "The reading circle")]


def test_merged_answers_are_one_card_with_all_that_was_typed() -> None:
    one, other, _ = collaborations(SESSION, ANSWERS)
    session = within(merged(SESSION.setup, one, other))
    both, garden = collaborations(session, ANSWERS)
    assert (both.name, both.purpose, both.people) == (
        "Reading circle",
        "We read together on Mondays",
        "Ana Ruiz; Ben Li; Cai Wu",
    )
    assert garden.name == "School garden"
    assert similar_pairs([both, garden]) == []


def test_same_name_is_one_card_of_the_screen_and_one_click_merges_them() -> None:
    answers = answers_of(("p", "Choir", "", "Ana"), ("q", "choir ", "Sing", "Ben"), ("r", "Garden", "", ""))
    cards = collaborations(SESSION, answers)
    assert [(each.name, each.people) for each in of_one_name(cards)] == [("Choir", "Ana; Ben"), ("Garden", "")]
    choir, garden = collaborations(within(merged_by_name(SESSION.setup, cards)), answers)
    assert (len(choir.mentions), len(garden.mentions)) == (2, 1)


def test_what_is_accepted_stays_so_when_names_are_merged() -> None:
    answers = answers_of(("p", "Choir", "", "Ana"), ("q", "Choir", "", "Ben"))
    first, _ = collaborations(SESSION, answers)
    session = within(accepted(SESSION.setup, first, "Ana Ruiz"))
    assert merged_by_name(session.setup, collaborations(session, answers)) == session.setup


def test_accepted_collaboration_is_a_row_until_it_is_taken_back() -> None:
    one, other, garden = collaborations(SESSION, ANSWERS)
    session = within(merged(SESSION.setup, one, other))
    both = collaborations(session, ANSWERS)[0]
    session = within(accepted(session.setup, both, "M1; Ben Li; Cai Wu"))
    (row,) = collaboration_rows(session, ANSWERS)
    assert (row.tab, dict(row.cells)) == (
        "Emergent activity",
        {
            "Name": "Reading circle",
            "Purpose": "We read together on Mondays",
            "Collaborators": "M1; Ben Li; Cai Wu",
            "Heard through": "Convening",
        },
    )
    assert len(collaboration_rows(within(accepted(session.setup, garden, "Gus")), ANSWERS)) == 2
    back = within(taken_back(session.setup, collaborations(session, ANSWERS)[0]))
    assert collaboration_rows(back, ANSWERS) == []
    assert len(collaborations(back, ANSWERS)) == 2


def test_changed_answer_has_to_be_accepted_again_and_keeps_its_row() -> None:
    one, *_ = collaborations(SESSION, ANSWERS)
    session = within(accepted(SESSION.setup, one, "Ana Ruiz"))
    (before,) = collaboration_rows(session, ANSWERS)
    changed = answers_of(("p", "Reading group", "", "Ana Ruiz"))
    assert collaboration_rows(session, changed) == []
    again = within(accepted(session.setup, collaborations(session, changed)[0], "Ana Ruiz"))
    (after,) = collaboration_rows(again, changed)
    assert (after.name, after.cells["Name"]) == (before.name, "Reading group")
