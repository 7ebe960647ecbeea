"""Who knows whom by what the room has just said, for introductions and seating on the same day."""

from __future__ import annotations

from dataclasses import replace

from nethealth.errors import JournalError
from nethealth.live.connections import Room
from nethealth.live.session import LiveSession, SessionKind, SessionState
from nethealth.network.graph import Pair, pair_of
from nethealth.network.seating.tables import typed_key
from nethealth.ui import recording
from nethealth.ui.live.connections.live_map import room_now
from nethealth.ui.live.view import live_sessions, load_view
from nethealth.workbook.records import Connection, Workbook
from nethealth.workbook.schema.vocabulary import HeardThrough


def with_room(workbook: Workbook, session: LiveSession, room: Room) -> Workbook:
    """Return a workbook that knows what the room says, too, of the people in the workbook.

    However weak a connection is, its two people have met. So the strength from which the settings count one is no
    reason to introduce them.
    """
    reported = tuple(
        Connection(source=one, target=other, date=workbook.today, heard_through=HeardThrough.CONVENING)
        for one, other in sorted(pairs_of(session, room))
        if one in workbook.people and other in workbook.people
    )
    return replace(workbook, connections=(*workbook.connections, *reported))


def pairs_of(session: LiveSession, room: Room) -> frozenset[Pair]:
    """Return the pairs who know each other by what the room says, by the keys that Seating has for them."""
    key_of = {each.key: each.person or typed_key(each.name) for each in session.setup.people}
    return frozenset(pair_of(key_of[report.source], key_of[report.target]) for report in room.reports)


def pairs_reported_today(workbook: Workbook) -> frozenset[Pair]:
    """Return the pairs of all rooms that say today who knows whom, by the keys that Seating has for them.

    None if the database fails, or if no session is open or of today. Rehearsals don't count.
    """
    key = recording.workbook_key()
    if key is None:
        return frozenset()
    try:
        views = [
            load_view(each.id)
            for each in live_sessions().sessions(key)
            if each.kind is SessionKind.CONNECTIONS
            and not each.is_rehearsal
            and (each.state is not SessionState.CLOSED or each.day == workbook.today)
        ]
    except JournalError:
        return frozenset()
    rooms = [(view.session, room_now(view.session, view.counted)) for view in views if view is not None]
    return frozenset(pair for session, room in rooms for pair in pairs_of(session, room))
