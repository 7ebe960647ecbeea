"""Pairs who know each other by what a room says, by the keys that other pages have for them."""

from __future__ import annotations

from dataclasses import replace

from nethealth.live.connections import read_room
from nethealth.live.listed_people import guest, with_person
from nethealth.network.seating.tables import typed_key
from nethealth.ui.live.connections.room_pairs import pairs_of, with_room
from tests.ui.live.rooms import answers_in, known_network, session_in


def test_members_and_guests_have_the_keys_of_seating() -> None:
    session = session_in(known_network())
    newcomer = guest("Zoe Zed", session=session.id)
    session = replace(session, setup=with_person(session.setup, newcomer))
    answers = answers_in(session, "03", "03")
    tie = replace(answers["0"]["me"], question=f"tie.{newcomer.key}", value=1)
    answers["0"][tie.question] = tie
    room = read_room(session, answers)
    assert pairs_of(session, room) == {("m0", "m3"), (typed_key("zoe zed"), "m0")}
    reported = with_room(known_network(), session, room).connections[len(known_network().connections) :]
    assert [(each.source, each.target, each.strength) for each in reported] == [("m0", "m3", None)]
