"""What a screen of the room gets, and what a replay shows."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from nethealth.live.connections import read_room
from nethealth.live.session import Screen
from nethealth.ui.live.connections.live_map import REPLAY_SECONDS, focus_choices, is_replaying, live_data, replayed_room
from nethealth.ui.live.connections.room_map import draw_room
from tests.ui.live.rooms import NAMES, NOON, answers_in, known_network, session_in

WORKBOOK = known_network()
SESSION = session_in(WORKBOOK)
ANSWERS = answers_in(SESSION, "0123", "01 02 03 12")
ROOM = read_room(SESSION, ANSWERS)
DRAWN = draw_room(SESSION, ROOM, WORKBOOK, positions={})


def at(share: float) -> dt.datetime:
    return NOON + dt.timedelta(seconds=share * REPLAY_SECONDS)


def test_screen_without_names_gets_none() -> None:
    text = json.dumps(live_data(DRAWN, ROOM, Screen(is_revealed=True)))
    words = {word for name in NAMES for word in name.split()}
    assert not [word for word in words if f'"{word}' in text or f" {word}" in text]
    assert not [each for each in SESSION.setup.people if each.key in text or f'"{each.person}"' in text]
    assert "Ana Ruiz" in json.dumps(live_data(DRAWN, ROOM, Screen(shows_names=True)))


def test_names_are_another_version_of_the_map() -> None:
    shown, hidden = (live_data(DRAWN, ROOM, Screen(shows_names=each))["map"]["version"] for each in (True, False))
    assert shown != hidden


def test_focus_is_on_people_of_one_category() -> None:
    data = live_data(DRAWN, ROOM, Screen(focus="Iowa"))
    assert (data["focus"], len(data["focus_people"])) == ("Iowa", 1)
    gone = live_data(DRAWN, ROOM, Screen(focus="Utah"))
    assert (gone["focus"], gone["focus_people"]) == ("", [])
    assert set(focus_choices(SESSION, ANSWERS, workbook=WORKBOOK)) == {"Ohio", "Iowa"}


@pytest.mark.parametrize(("share", "ties"), [(-0.1, 4), (0, 1), (0.26, 2), (0.99, 4), (1, 4)])
def test_replay_shows_tie_after_tie(share: float, ties: int) -> None:
    screen = Screen(replayed_at=NOON)
    assert len(replayed_room(ROOM, screen, now=at(share)).ties) == ties
    assert is_replaying(screen, now=at(share)) == (0 <= share < 1)


def test_replay_of_nothing_shows_the_room() -> None:
    alone = read_room(SESSION, answers_in(SESSION, "0"))
    assert replayed_room(alone, Screen(replayed_at=NOON), now=NOON) == alone
    assert not is_replaying(Screen(), now=NOON)
