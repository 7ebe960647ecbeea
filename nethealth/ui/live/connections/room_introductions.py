"""Introductions to make before people leave: pairs in the room who haven't met, and what they have in common."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from nethealth.live.connection_rows import STRENGTHS
from nethealth.live.connections import Room
from nethealth.live.session import LiveSession
from nethealth.network.introductions.cards import introduction_cards
from nethealth.network.introductions.suggestions import Introductions, suggest_introductions
from nethealth.presentation.formatting import escape_html, pluralize
from nethealth.workbook.records import Connection, Workbook
from nethealth.workbook.schema.vocabulary import HeardThrough

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
    reports = [
        Connection(
            source=person_of[report.source],
            target=person_of[report.target],
            strength=STRENGTHS[report.strength],
            date=workbook.today,
            heard_through=HeardThrough.CONVENING,
        )
        for report in room.reports
        if person_of[report.source] in workbook.people and person_of[report.target] in workbook.people
    ]
    known = replace(workbook, connections=(*workbook.connections, *reports))
    here = {person_of[key] for key in room.arrivals}
    found: Introductions = suggest_introductions(known, as_of=workbook.today, number=MOST, within=here)
    return [
        RoomIntroduction(one=card.who[0][0], other=card.who[1][0], reasons=card.in_common[:MOST_REASONS])
        for card in introduction_cards(found, workbook=known)
    ]


def introductions_html(found: list[RoomIntroduction], *, shows_names: bool) -> str:
    """Return what the screen shows: the pairs if it shows names, and otherwise how many there are."""
    if not found:
        return (
            '<div class="nh-meet"><h2>No introductions to suggest yet</h2>'
            "<p>Ask the person next to you who they hoped to meet.</p></div>"
        )
    title = f"{pluralize(len(found), 'introduction')} to make before you leave"
    if not shows_names:
        return (
            f'<div class="nh-meet"><h2>{title}</h2><p>These people have something in common and haven’t met. Their '
            "names aren’t shown on this screen.</p></div>"
        )
    pairs = "".join(
        f"<li><b>{escape_html(each.one)}</b> <span>and</span> <b>{escape_html(each.other)}</b>"
        f"<small>{escape_html('. '.join(each.reasons))}</small></li>"
        for each in found
    )
    return f'<div class="nh-meet"><h2>{title}</h2><ul>{pairs}</ul></div>'


STYLE: Final = """<style>
.nh-meet { text-align: center; }
.nh-meet h2 { font-family: var(--nh-title-font); font-weight: 500; font-size: clamp(1.75rem, 2.6vw, 4rem);
  margin: 0 0 0.8em; padding: 0; }
.nh-meet p { font-size: clamp(1.2rem, 1.5vw, 2.4rem); color: var(--nh-muted); }
.nh-meet ul { list-style: none; margin: 0 !important; padding: 0 !important; display: grid; gap: 1.1vw;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 24vw), 1fr)); text-align: start; }
.nh-meet li { background: var(--nh-surface); border-radius: 10px; padding: 0.9vw 1.2vw; margin: 0 !important;
  font-size: clamp(1.15rem, 1.5vw, 2.4rem); line-height: 1.3; overflow-wrap: anywhere; }
.nh-meet li span { color: var(--nh-muted); }
.nh-meet li small { display: block; margin-top: 0.35em; font-size: 0.72em; color: var(--nh-muted); }
@media (max-width: 900px) { .nh-meet ul { grid-template-columns: 1fr; } }
</style>"""
