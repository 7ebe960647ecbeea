"""The network of a room as a map: only who is here, and the connections that they report."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final

from nethealth.live.connection_rows import STRENGTHS
from nethealth.live.connections import Room
from nethealth.live.session import LiveSession
from nethealth.network.connectivity import analyze_connectivity
from nethealth.network.graph import Network, Tie
from nethealth.network.layout.bounding_boxes import Point
from nethealth.network.layout.growing import growing_positions
from nethealth.network.layout.positions import layout
from nethealth.network.map.legend import default_column
from nethealth.network.map.model import draw_network
from nethealth.network.map.network_map import NetworkMap, color_map
from nethealth.network.map.regions import NO_CLUSTERS
from nethealth.workbook.records import Person, PersonKey, Workbook
from nethealth.workbook.schema.vocabulary import HeardThrough, NameStyle, TieRule

MOST_SESSIONS: Final = 32
ARRANGED_AT: Final = (6, 24, 96, 384)
"""In a network that has no map yet, everyone is arranged anew when the room has so many ties."""


def room_network(session: LiveSession, room: Room, workbook: Workbook) -> Network:
    """Return the network of people in the room who are tied, by their keys in the session, with their attributes."""
    listed = {person.key: person for person in session.setup.people}
    people: dict[PersonKey, Person] = {}
    for key in sorted({key for tie in room.ties for key in tie.pair}):
        member = workbook.people.get(listed[key].person)
        people[key] = Person(key=key, name=listed[key].name, attributes=member.attributes if member else {})
    ties = [
        Tie(
            a=tie.one,
            b=tie.other,
            strength=STRENGTHS[tie.strength],
            kinds=(),
            heard_through=(HeardThrough.CONVENING,),
            reported_by=(),
            rows=(),
        )
        for tie in sorted(room.ties, key=lambda tie: tie.pair)
    ]
    return Network(
        wave=None, date=None, rule=TieRule.EITHER, people=MappingProxyType(people), ties=tuple(ties), reports=()
    )


def draw_room(
    session: LiveSession, room: Room, workbook: Workbook, *, positions: Mapping[PersonKey, Point]
) -> NetworkMap:
    """Return the map of the room, colored as the workbook's map is. It has names, which not every screen shows.

    People without connections aren't drawn: a room shouldn't see who they are.
    """
    network = room_network(session, room, workbook)
    column = default_column(workbook)
    known = analyze_connectivity(workbook).drawing.clusters
    # Areas around the values of a column look like nothing if the column doesn't divide the network.
    divides = column is not None and column in known.dividing_columns
    clusters = replace(NO_CLUSTERS, dividing_columns=known.dividing_columns) if divides else NO_CLUSTERS
    drawing = draw_network(network, positions=positions, style=NameStyle.NAMES, clusters=clusters)
    return color_map(drawing, column, among=workbook.people.values())


@dataclass(slots=True)
class _Placed:
    positions: dict[PersonKey, Point] = field(default_factory=dict)
    arrangements: int = 0


class RoomPositions:
    """Where people stand on the maps of this process's sessions: no one moves while others come. Safe in any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._placed: OrderedDict[str, _Placed] = OrderedDict()

    def positions(self, session: LiveSession, room: Room, workbook: Workbook) -> dict[PersonKey, Point]:
        """Return the positions of everyone in the room who is tied.

        People whom the network's own map shows stand where they stand there, so that a room finds what it knows. Others
        go next to whom they were first tied to. If that map has hardly anyone, everyone is arranged anew a few times,
        as the room grows.
        """
        known = _known_positions(session, workbook)
        pairs = [tie.pair for tie in room.ties]
        with self._lock:
            placed = self._placed.setdefault(session.id, _Placed())
            self._placed.move_to_end(session.id)
            while len(self._placed) > MOST_SESSIONS:
                self._placed.popitem(last=False)
            if 2 * sum(key in known for key in room.arrivals) < len(room.arrivals):
                known = {}
                reached = sum(len(pairs) >= number for number in ARRANGED_AT)
                if reached > placed.arrangements:
                    network = room_network(session, room, workbook)
                    placed.positions, placed.arrangements = layout(network, start=placed.positions), reached
            found = growing_positions(pairs, reserved=known | placed.positions)
            placed.positions |= found
            return found


def _known_positions(session: LiveSession, workbook: Workbook) -> dict[PersonKey, Point]:
    """Return where listed people stand on the network's own map, by their keys in the session: those who have ties."""
    own = analyze_connectivity(workbook)
    neighbors = own.full_network.neighbors
    return {
        each.key: own.positions[each.person]
        for each in session.setup.people
        if neighbors.get(each.person) and each.person in own.positions
    }
