"""The map: who is tied to whom, as plain values that a browser draws. Prepared by pyvis; drawn without its page.

What leaves here names nobody who is not to be shown, carries no key, e-mail or link, and holds every cell as bounded
plain text; whoever draws it puts text in as text. Ids are codes that tell people apart and say nothing about them.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from nethealth.figures import palette
from nethealth.figures.wording import counted, plain
from nethealth.network.graph import Network, Tie
from nethealth.person_codes import code_of, installation_secret
from nethealth.workbook.records import Person, PersonKey
from nethealth.workbook.vocabulary import STRENGTH

Place = tuple[float, float]

MOST_GROUPS = len(palette.GROUPS)
OTHER = -1
"""The group of whoever has none of the named values."""
LONGEST_NAME = 60
SHORT_NAME = 22
UNIT = 66.0
"""The layout's unit, about the length of a tie, in the map's own units."""
OPENING = 0.25
"""How strongly a crowded middle is opened: 0 not at all, 1 puts everybody on one circle."""
FIELD_EDGE = 40.0
MANY_TIES = 1_500
"""From so many ties on they are hidden while the map moves."""
ABOUT = ("Organization", "Role", "Region")


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One value of the attribute that colours the map."""

    group: int
    """0 to 7; `OTHER` for all further values and for none."""
    label: str
    count: int
    shape: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkMap:
    """The map, ready to be drawn. `nodes`, `edges` and `options` are what vis-network takes, and hold JSON alone."""

    nodes: tuple[Mapping[str, Any], ...]
    edges: tuple[Mapping[str, Any], ...]
    options: Mapping[str, Any]
    legend_title: str
    legend: tuple[LegendEntry, ...]
    words: str
    """The map in words, for those who do not see it."""
    shown: int
    of: int
    """People who could be shown: `shown` and those whom a filter left out."""
    apart: Mapping[str, Any] | None
    """The field on which people without a tie stand together, and what is written on it; None where all are tied."""

    def as_json(self) -> dict[str, Any]:
        """The form that the drawing reads: plain lists, texts and numbers."""
        return {
            "nodes": [dict(node) for node in self.nodes],
            "edges": [dict(edge) for edge in self.edges],
            "options": dict(self.options),
            "legend": {
                "title": self.legend_title,
                "entries": [
                    {"group": entry.group, "label": entry.label, "count": entry.count, "shape": entry.shape}
                    for entry in self.legend
                ],
            },
            "words": self.words,
            "shown": self.shown,
            "of": self.of,
            "apart": dict(self.apart) if self.apart else None,
            "faint": _faintness(len(self.edges), len(self.nodes)),
            "many": _many_ties([int(node["ties"]) for node in self.nodes]),
            "palettes": {"light": _colours(palette.LIGHT), "dark": _colours(palette.DARK)},
            "fonts": {"text": palette.TEXT_FONTS, "title": palette.TITLE_FONTS},
        }


def network_map(
    network: Network,
    *,
    places: Mapping[PersonKey, Place],
    colour_by: str | None = None,
    only: Collection[PersonKey] | None = None,
    ties: Collection[tuple[PersonKey, PersonKey]] | None = None,
    names: Mapping[PersonKey, str] | None = None,
    is_named: bool = True,
    among: Iterable[Person] | None = None,
    words: str = "",
) -> NetworkMap:
    """The map of a network, its people standing at `places` as `network.layout` gives them.

    People with `on_map` False, and ties to them, are left out before anything else happens. `only` keeps those people
    and `ties` those ties, by their two ends (a filter); sizes still tell all ties. Everybody without a tie stands apart
    on a field of their own. Ties that wait for the other's answer are dashed. `names` says what people are called
    (their names unless given); with `is_named` False the map stands for initials or codes, and tells of each person
    nothing but the value that colours it. Colour follows the attribute `colour_by`: its eight most frequent values
    `among` these people (those of the network unless given), so that a value keeps its colour from wave to wave; all
    others are "Other".
    """
    listable = {key: person for key, person in network.people.items() if person.on_map}
    drawn, waiting = (
        [tie for tie in some if tie.a in listable and tie.b in listable and (ties is None or (tie.a, tie.b) in ties)]
        for some in (network.ties, network.unconfirmed)
    )
    # Ties to people who are not drawn are nobody's to see, but they count: whoever has one is not alone.
    degrees = Counter(key for tie in network.ties for key in (tie.a, tie.b))
    ranked = _ranked(listable.values() if among is None else among, colour_by)
    groups, legend = _groups(list(listable.values()), colour_by, ranked=ranked, only=only)
    spots = _spots(list(listable), degrees, places)
    kept = [person for person in listable.values() if only is None or person.key in only]
    kept_keys = {person.key for person in kept}
    called = names or {}
    nodes = [
        _node(
            person,
            name=called.get(person.key, person.name),
            ties=degrees[person.key],
            spot=spots[person.key],
            group=groups.get(person.key, OTHER),
            about=_about(person, colour_by, is_named=is_named),
        )
        for person in kept
    ]
    edges = [
        _edge(tie, is_confirmed=confirmed)
        for tied, confirmed in ((drawn, True), (waiting, False))
        for tie in tied
        if tie.a in kept_keys and tie.b in kept_keys
    ]
    net = _prepared(nodes, edges)
    return NetworkMap(
        nodes=tuple(MappingProxyType(node) for node in net.nodes),
        edges=tuple(MappingProxyType(edge) for edge in net.edges),
        options=MappingProxyType(net.options),
        legend_title=plain(colour_by or "", longest=LONGEST_NAME),
        legend=legend,
        words=plain(words, longest=2_000),
        shown=len(kept),
        of=len(listable),
        apart=_field([spots[person.key] for person in kept if not degrees[person.key]]),
    )


def person_id(key: PersonKey) -> str:
    """What stands for a person in drawings and addresses: the same in every view, and no way back to who it is."""
    return code_of(key, secret=installation_secret())


def strength_in_words(tie: Tie) -> str:
    """How strong a tie is, in the words of the strength scale where it has them; empty where nobody said."""
    if tie.strength is None:
        return plain(", ".join(tie.kinds), longest=40)
    return STRENGTH.label(tie.strength)


def _ranked(people: Iterable[Person], column: str | None) -> list[str]:
    """The values that get a colour of their own, the most frequent first."""
    said = (person.attributes.get(column or "", "").strip() for person in people if person.on_map)
    sizes = Counter(value for value in said if value)
    return sorted(sizes, key=lambda value: (-sizes[value], value))[:MOST_GROUPS]


def _groups(
    people: Sequence[Person], column: str | None, *, ranked: Sequence[str], only: Collection[PersonKey] | None
) -> tuple[dict[PersonKey, int], tuple[LegendEntry, ...]]:
    """Each person's group, and the legend with the counts of those who are kept. Groups follow all people, so that a
    filter does not change a colour."""
    if column is None:
        return {person.key: 0 for person in people}, ()
    values = {person.key: person.attributes.get(column, "").strip() for person in people}
    place = {value: number for number, value in enumerate(ranked)}
    groups = {key: place.get(value, OTHER) for key, value in values.items()}
    counts = Counter(group for key, group in groups.items() if only is None or key in only)
    entries = [
        LegendEntry(number, plain(value, longest=LONGEST_NAME), counts[number], palette.SHAPES[number])
        for value, number in place.items()
        if counts[number]
    ]
    if counts[OTHER]:
        unsaid = sum(not value for key, value in values.items() if only is None or key in only)
        label = "Not said" if unsaid == counts[OTHER] else "Other" if not unsaid else "Other or not said"
        entries.append(LegendEntry(OTHER, label, counts[OTHER], palette.OTHER_SHAPE))
    return groups, tuple(entries)


def _spots(
    keys: Sequence[PersonKey], degrees: Mapping[PersonKey, int], places: Mapping[PersonKey, Place]
) -> dict[PersonKey, Place]:
    """Where each stands in the map's own units: crowded middles opened, far ends drawn in.

    What is no finite number stands in the middle; people without a tie stay where they were put.
    """
    finite = {key: places[key] for key in keys if key in places and all(map(math.isfinite, places[key]))}
    reach = _reach([math.hypot(*place) for key, place in finite.items() if degrees[key]])
    spots: dict[PersonKey, Place] = {}
    for key in keys:
        x, y = finite.get(key, (0.0, 0.0))
        away = math.hypot(x, y)
        opened = (reach / away) ** OPENING if reach and away and degrees[key] else 1.0
        spots[key] = (round(x * UNIT * opened, 1), round(y * UNIT * opened, 1))
    return spots


def _reach(distances: Sequence[float]) -> float:
    """How far from the middle most people stand: what is nearer is moved outwards, what is farther inwards."""
    ranked = sorted(distances)
    return ranked[int(len(ranked) * 0.9)] if ranked else 0.0


def _field(spots: Sequence[Place]) -> dict[str, Any] | None:
    """The field on which people without a tie stand, and what is written on it; None where there is nobody."""
    if not spots:
        return None
    left, top = min(x for x, _ in spots) - FIELD_EDGE, min(y for _, y in spots) - FIELD_EDGE
    right, bottom = max(x for x, _ in spots) + FIELD_EDGE, max(y for _, y in spots) + FIELD_EDGE
    return {
        "x": round(left, 1),
        "y": round(top, 1),
        "width": round(right - left, 1),
        "height": round(bottom - top, 1),
        "text": f"{counted(len(spots), 'person', 'people').capitalize()} without a tie",
    }


def _node(
    person: Person, *, name: str, ties: int, spot: Place, group: int, about: Sequence[tuple[str, str]]
) -> dict[str, Any]:
    full = plain(name, longest=LONGEST_NAME) or "(no name)"
    fill = palette.GROUPS[group] if group >= 0 else palette.QUIET
    return {
        "id": person_id(person.key),
        "name": full,
        "short": plain(full, longest=SHORT_NAME),
        "x": spot[0],
        "y": spot[1],
        "size": round(9.0 + 3.2 * math.sqrt(min(ties, 60)), 1),
        "shape": palette.SHAPES[group] if group >= 0 else palette.OTHER_SHAPE,
        "group": group,
        "color": fill,
        "ties": ties,
        "about": [list(line) for line in about],
    }


def _about(person: Person, colour_by: str | None, *, is_named: bool) -> list[tuple[str, str]]:
    columns = dict.fromkeys((*(ABOUT if is_named else ()), *([colour_by] if colour_by else ())))
    said = [(column, person.attributes.get(column, "")) for column in columns]
    return [(plain(column, longest=40), plain(value, longest=120)) for column, value in said if value.strip()]


def _edge(tie: Tie, *, is_confirmed: bool) -> dict[str, Any]:
    first, second = person_id(tie.a), person_id(tie.b)
    strength = tie.strength if tie.strength is not None and math.isfinite(tie.strength) else None
    edge: dict[str, Any] = {
        "id": "-".join(sorted((first, second))),
        "from": first,
        "to": second,
        "width": round(0.8 + 0.55 * min(max(strength if strength is not None else 1.0, 0.0), 7.0), 2),
        "says": strength_in_words(tie),
    }
    if strength is not None:
        edge["strength"] = strength
    if not is_confirmed:
        edge["dashes"] = [4, 5]
    return edge


def _prepared(nodes: list[dict[str, Any]], edges: list[dict[str, Any]]) -> Any:
    """A pyvis network that holds them. Filled directly: `add_edge` looks through all edges each time."""
    from pyvis.network import Network

    net = Network(height="100%", width="100%", cdn_resources="local")
    net.nodes = nodes
    net.edges = edges
    busy = len(edges) >= MANY_TIES
    net.options = {
        "autoResize": False,
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False, "randomSeed": 1},
        "nodes": {"borderWidth": 1.5, "borderWidthSelected": 3, "font": {"size": 0}, "labelHighlightBold": False},
        "edges": {"smooth": False, "selectionWidth": 0, "hoverWidth": 0, "arrows": {"to": {"enabled": False}}},
        "interaction": {
            "hover": True,
            "dragNodes": False,
            "hideEdgesOnDrag": busy,
            "hideEdgesOnZoom": busy,
            "hoverConnectedEdges": False,
            "selectConnectedEdges": False,
            "keyboard": False,
            "multiselect": False,
            "navigationButtons": False,
            "zoomSpeed": 0.6,
        },
    }
    return net


def _faintness(ties: int, people: int) -> float:
    """How strongly ties are drawn, so that many do not make a grey cloud: 0.5 for few, 0.14 for very many."""
    if not people:
        return 0.5
    return round(max(0.14, min(0.5, 0.55 - 0.075 * ties / people - 0.00004 * ties)), 3)


def _many_ties(ties: Sequence[int]) -> int:
    """From how many ties on a name is set in bold: the best connected twentieth, at least four ties."""
    ranked = sorted(ties, reverse=True)
    return max(4, ranked[len(ranked) // 20]) if ranked else 4


def _colours(colours: palette.Palette) -> dict[str, Any]:
    return {
        "paper": colours.paper,
        "ink": colours.ink,
        "muted": colours.muted,
        "quiet": colours.quiet,
        "accent": colours.accent,
        "groups": list(colours.groups),
    }
