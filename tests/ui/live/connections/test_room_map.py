"""The network of a room as a map: who is drawn, and that no one moves."""

from __future__ import annotations

import pytest

from nethealth.live.connections import read_room
from nethealth.network.connectivity import analyze_connectivity
from nethealth.ui.live.connections.room_map import RoomPositions, draw_room, room_network
from nethealth.workbook.records import Workbook
from tests.ui.live.rooms import answers_in, known_network, new_network, session_in


def test_only_people_in_the_room_with_ties_are_drawn() -> None:
    workbook = known_network()
    session = session_in(workbook)
    room = read_room(session, answers_in(session, "0123", "01 02 05"))
    drawn = draw_room(session, room, workbook, positions={})
    assert {node["name"] for node in drawn.nodes} == {"Ana Ruiz", "Ben Li", "Cai Wu"}
    assert len(drawn.edges) == 2
    assert [(entry.label, entry.count) for entry in drawn.legend] == [("Ohio", 3)]


def test_what_the_workbook_knows_is_no_tie_of_the_room() -> None:
    workbook = known_network()
    session = session_in(workbook)
    room = read_room(session, answers_in(session, "01234", "04"))
    assert len(room_network(session, room, workbook).ties) == 1


def test_people_stand_where_the_known_map_has_them() -> None:
    workbook = known_network()
    session = session_in(workbook)
    known = analyze_connectivity(workbook).positions
    person_of = {each.key: each.person for each in session.setup.people}
    room = read_room(session, answers_in(session, "0126", "01 12 26"))
    found = RoomPositions().positions(session, room, workbook)
    placed = {person_of[key]: point for key, point in found.items()}
    assert {key: placed[key] for key in ("m0", "m1", "m2")} == {key: known[key] for key in ("m0", "m1", "m2")}
    assert placed["m6"] not in known.values()


@pytest.mark.parametrize("workbook", [known_network(), new_network()], ids=["known", "new"])
def test_no_one_moves_when_others_come(workbook: Workbook) -> None:
    session, store = session_in(workbook), RoomPositions()
    few = store.positions(session, read_room(session, answers_in(session, "012345", "01 12")), workbook)
    more = store.positions(session, read_room(session, answers_in(session, "0123456", "34 45 01 12 46")), workbook)
    assert len(more) == 7
    assert {key: more[key] for key in few} == few
    # A replay, or a tie that is taken back, moves no one either.
    again = store.positions(session, read_room(session, answers_in(session, "012345", "01 12")), workbook)
    assert again == few


def test_new_network_is_arranged_anew_once_it_has_some_ties() -> None:
    workbook = new_network()
    session, store = session_in(workbook), RoomPositions()
    room = read_room(session, answers_in(session, "012345", "01 12 23 34 45 50"))
    found = store.positions(session, room, workbook)
    assert store.positions(session, room, workbook) == found
    fewer = read_room(session, answers_in(session, "012345", "01 12 23 34 45"))
    assert RoomPositions().positions(session, fewer, workbook).items() - found.items()
