"""Introductions to make before people leave: pairs in the room who haven't met, and what they have in common."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from nethealth.live.connections import Room
from nethealth.live.session import LiveSession
from nethealth.network.introductions.cards import introduction_cards
from nethealth.network.introductions.suggestions import Introductions, suggest_introductions
from nethealth.presentation.formatting import escape_html, pluralize
from nethealth.ui.live.connections.room_pairs import with_room
from nethealth.workbook.records import Workbook

MOST: Final = 9
"""Introductions on a screen: more, no one could read."""
MOST_REASONS: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomIntroduction:
    """Two people in the room, and why they should meet: what they share, never that someone has few connections."""

    one: str
    other: str
    reasons: tuple[str, ...]


def room_introductions(session: LiveSession, room: Room, workbook: Workbook) -> list[RoomIntroduction]:
    """Return the best introductions between people in the room, best first.

    They don't know each other by the workbook, and by what the room reports. Guests aren't in it.
    """
    person_of = {each.key: each.person for each in session.setup.people}
    # That both came today is nothing two people here have in common.
    earlier = tuple(each for each in workbook.convenings if each.date != session.day)
    known = replace(with_room(workbook, session, room), convenings=earlier)
    here = {person_of[key] for key in room.arrivals}
    found: Introductions = suggest_introductions(known, as_of=workbook.today, number=MOST, within=here)
    return [
        RoomIntroduction(one=card.who[0][0], other=card.who[1][0], reasons=card.in_common[:MOST_REASONS])
        for card in introduction_cards(found, workbook=known)
    ]


def introductions_html(found: list[RoomIntroduction], *, shows_names: bool) -> str:
    """Return what the screen shows: the pairs if it shows names, and otherwise how many there are."""
    if not found:
        return '<p class="nh-large">No introductions to suggest. Ask the person next to you who they hoped to meet.</p>'
    if not shows_names:
        pairs = pluralize(len(found), "pair has", "pairs have")
        return (
            f'<p class="nh-large">{pairs} something in common and haven’t met.</p>'
            '<p class="nh-meet-unnamed">This screen doesn’t show their names.</p>'
        )
    items = "".join(
        f"<li><b>{escape_html(each.one)}</b> <span>and</span> <b>{escape_html(each.other)}</b>"
        f"<small>{escape_html('. '.join(each.reasons))}</small></li>"
        for each in found
    )
    return f'<ul class="nh-meet">{items}</ul>'


STYLE: Final = """<style>
.nh-meet { list-style: none; margin: 0 !important; padding: 0 !important; display: grid; gap: 0.6em;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 15em), 1fr)); font-size: 1.35em; }
.nh-meet li { background: var(--nh-surface); border-radius: 0.4em; padding: 0.7em 0.9em; margin: 0 !important;
  line-height: 1.3; overflow-wrap: anywhere; }
.nh-meet-unnamed { font-size: 1.2em; color: var(--nh-muted); }
.nh-meet li span { color: var(--nh-muted); }
.nh-meet li small { display: block; margin-top: 0.35em; font-size: 0.8em; color: var(--nh-muted); }
</style>"""
