"""What a whole room, and people who get a picture, see of a map: no one without connections, unless staff want their
names, and no tie that isn't confirmed. `room_data.js` does the same for the presenter view.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from nethealth.network.map.model import Drawing
from nethealth.presentation.formatting import pluralize
from nethealth.workbook.records import PersonKey

IdPair = tuple[str, str]


@dataclass(frozen=True)
class Room:
    """What a room sees of a map."""

    drawing: Drawing

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The ids of everyone drawn, by place."""
        return tuple(str(node["id"]) for node in self.drawing.nodes)

    @cached_property
    def ties_of(self) -> tuple[int, ...]:
        """How many ties a room sees of each person drawn, by place: as in the viewers' workbook, none to people off
        the map."""
        return tuple(int(node["ties"]) - int(node["hidden_ties"]) for node in self.drawing.nodes)

    @cached_property
    def ties(self) -> list[tuple[int, int]]:
        """The ties that are drawn, by the places of their people."""
        return [
            pair
            for pair, edge in zip(self.drawing.places, self.drawing.edges, strict=True)
            if not edge["is_unconfirmed"]
        ]

    @cached_property
    def id_of(self) -> Mapping[PersonKey, str]:
        """The ids of the people who have connections."""
        people = self.drawing.people
        return {person.key: one for person, one, ties in zip(people, self.ids, self.ties_of, strict=True) if ties}

    @property
    def counts_text(self) -> str:
        """How many people share how many connections, how many have only others, and how many have none, in one
        sentence."""
        people, connected = len(self.ids), len(self.id_of)
        everyone = pluralize(people, "person", "people")
        sharing = len({place for pair in self.ties for place in pair})
        if not sharing:
            return f"{everyone}, no connections {'with each other' if connected else 'yet'}."
        ties = pluralize(len(self.ties), "connection")
        if sharing == people:
            return f"{everyone} share {ties}; everyone has at least one."
        parts = [f"{sharing:,} of {everyone} share {ties}"]
        if elsewhere := connected - sharing:
            parts.append(f"{elsewhere:,} {_have(elsewhere)} connections only with people not shown")
        if alone := people - connected:
            parts.append(f"{alone:,} {_have(alone)} none yet")
        return f"{'; '.join(parts)}."

    def pairs_of(self, pairs: Iterable[tuple[PersonKey, PersonKey]]) -> tuple[IdPair, ...]:
        """Return the ids of the pairs whose two people the room sees."""
        ids = self.id_of
        return tuple((ids[one], ids[other]) for one, other in pairs if one in ids and other in ids)


def _have(count: int) -> str:
    return "has" if count == 1 else "have"
