"""The drawing: who stands where and who is tied to whom, as plain values. Prepared by pyvis; drawn without its page.

What leaves here names nobody who is not to be shown, carries no key, e-mail or link, and holds every cell as bounded
plain text; whoever draws it puts text in as text. It travels in columns: of thousands of people, rows would repeat
every heading thousands of times. Ids are codes that tell people apart and say nothing about them.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any

from nethealth.network.analysis.tie_values import average_answer
from nethealth.network.graph import Network, Tie
from nethealth.network.map.legend import LONGEST_LABEL
from nethealth.presentation import palette
from nethealth.presentation.formatting import LONGEST_MEASURE, pluralize, single_line, tie_value_name
from nethealth.privacy.codes import installation_secret, person_code
from nethealth.privacy.display_names import codes, initials
from nethealth.workbook.records import Person, PersonKey
from nethealth.workbook.schema.vocabulary import STRENGTH, Kind, NameStyle

Place = tuple[float, float]

LONGEST_NAME = 60
LONGEST_KIND = 60
UNIT = 66.0
"""The layout's unit, about the length of a tie, in the map's own units."""
OPENING = 0.25
"""How strongly a crowded middle is opened: 0 not at all, 1 puts everybody on one circle."""
FIELD_EDGE = 40.0
ABOUT = ("Organization", "Role", "Region")
LINES = ((), (11, 5), (2, 4), (13, 4, 2, 4), (5, 5), (1.5, 7))
"""How ties of the five most frequent kinds are dashed, and all others last: their colour is never the only sign."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Drawing:
    """Who stands where and who is tied to whom, before anything has a colour: what choosing another one leaves."""

    people: tuple[Person, ...]
    """Those who are drawn, in the order of `nodes`."""
    pairs: tuple[tuple[PersonKey, PersonKey], ...]
    """Who is tied, in the order of `edges`."""
    nodes: tuple[Mapping[str, Any], ...]
    edges: tuple[Mapping[str, Any], ...]
    options: Mapping[str, Any]
    listable: tuple[Person, ...]
    """Those who could be drawn: `people`, and whom a filter left out."""
    is_part: bool
    """Whether a filter may have left somebody or some tie out."""
    is_named: bool
    """Whether people are called by their names."""
    style: NameStyle
    """What people are called: their names, initials or codes."""
    has_bridging: bool
    """Whether nodes say how many shortest ways lead through them."""
    hatched: str
    """What hatching says of people."""
    qualities: tuple[str, ...]
    """The measures of ties that edges tell under `said`, in order."""

    def narrowed(
        self, people: Collection[PersonKey], ties: Collection[tuple[PersonKey, PersonKey]] | None = None
    ) -> Drawing:
        """Those people and ties alone, each standing, called and as large as here."""
        kept = [at for at, person in enumerate(self.people) if person.key in people]
        tied = [
            at
            for at, pair in enumerate(self.pairs)
            if pair[0] in people and pair[1] in people and (ties is None or pair in ties)
        ]
        return replace(
            self,
            people=tuple(self.people[at] for at in kept),
            pairs=tuple(self.pairs[at] for at in tied),
            nodes=tuple(self.nodes[at] for at in kept),
            edges=tuple(self.edges[at] for at in tied),
            is_part=True,
        )

    @cached_property
    def apart(self) -> Mapping[str, Any] | None:
        """The field on which people without a tie stand together, and what is written on it; None where all are tied.

        In a part of the network others may have no tie that is shown: these have none to anybody at all.
        """
        spots = [(float(node["x"]), float(node["y"])) for node in self.nodes if not node["ties"]]
        return _field(spots, is_part=self.is_part)

    @cached_property
    def about(self) -> list[dict[str, Any]]:
        """What is told of people whatever colours the map, in columns; without names nothing is."""
        columns = [told_of(self.people, column) for column in (ABOUT if self.is_named else ())]
        return [column for column in columns if column]

    @cached_property
    def packed(self) -> dict[str, Any]:
        """All that a browser needs to know of it, in columns."""
        return {
            "people": self._people(),
            "called": {
                "style": self.style.value,
                "also": {
                    style: [node[style] for node in self.nodes]
                    for style in (NameStyle.INITIALS.value, NameStyle.CODES.value)
                    if self.nodes and style in self.nodes[0]
                },
            },
            "about": self.about,
            "ties": self._ties(),
            "scale": {f"{value:g}": label for value, label in STRENGTH.points},
            "shapes": {"groups": list(palette.SHAPES), "other": palette.OTHER_SHAPE},
            "options": dict(self.options),
            "shown": len(self.people),
            "of": len(self.listable),
            "apart": dict(self.apart) if self.apart else None,
            "faint": _faintness(len(self.edges), len(self.nodes)),
            "many": _many_ties([int(node["ties"]) for node in self.nodes]),
            "palettes": {"light": _colors(palette.LIGHT), "dark": _colors(palette.DARK)},
            "fonts": {"text": palette.TEXT_FONTS, "title": palette.TITLE_FONTS},
        }

    @cached_property
    def digest(self) -> str:
        """Equal drawings have equal ones."""
        return digest_of(self.packed)

    def _people(self) -> dict[str, Any]:
        columns = ("id", "name", "x", "y", "ties")
        return {
            **{column: [node[column] for node in self.nodes] for column in columns},
            "bridging": [node["bridging"] for node in self.nodes] if self.has_bridging else None,
            "silent": [at for at, node in enumerate(self.nodes) if node["silent"]],
        }

    def _ties(self) -> dict[str, Any]:
        place = {node["id"]: at for at, node in enumerate(self.nodes)}
        told = [tuple(edge["kinds"]) for edge in self.edges]
        frequent = Counter(kind for kinds, count in Counter(told).items() for kind in kinds * count)
        names = sorted(frequent, key=lambda kind: (-frequent[kind], kind))
        number = {kind: at for at, kind in enumerate(names)}
        numbers = {kinds: tuple(sorted(number[kind] for kind in kinds)) for kinds in set(told)}
        sets = sorted(set(numbers.values()))
        set_at = {one: at for at, one in enumerate(sets)}
        return {
            "from": [place[edge["from"]] for edge in self.edges],
            "to": [place[edge["to"]] for edge in self.edges],
            "strength": [edge.get("strength") for edge in self.edges],
            "kinds": [set_at[numbers[kinds]] for kinds in told],
            "kind_names": names,
            "kind_sets": [list(one) for one in sets],
            "waiting": [at for at, edge in enumerate(self.edges) if "dashes" in edge],
            "said": [
                {
                    "id": _id_of(quality),
                    "label": single_line(tie_value_name(quality), longest=LONGEST_MEASURE),
                    "of": [edge["said"].get(quality) for edge in self.edges],
                }
                for quality in self.qualities
            ],
        }


def drawing_of(
    network: Network,
    *,
    places: Mapping[PersonKey, Place],
    names: Mapping[PersonKey, str] | None = None,
    is_named: bool = True,
    style: NameStyle | None = None,
    bridging: Mapping[PersonKey, float] | None = None,
    silent: Collection[PersonKey] = (),
    qualities: Sequence[str] = (),
    with_waiting: bool = False,
) -> Drawing:
    """A network, its people standing at `places` as `network.layout` gives them.

    People with `on_map` False, and ties to them, are left out before anything else happens. Everybody without a tie
    stands apart on a field of their own. `names` says what people are called (their names unless given); with
    `is_named` False the drawing stands for initials or codes, and tells of each person nothing but the value that
    colours it. `style` says which style `names` are of (full names, or codes where `is_named` is False); a drawing of
    names holds the more private styles beside them, so that whoever shows it may choose. `bridging` gives each person's
    share of the shortest ways (betweenness, 0 to 1), for sizes. `silent` are drawn hatched: who did not answer in this
    wave. Of `qualities` (measures of ties, such as Trust) ties tell what their two people say on average, where they
    do, so that lines can show it. `with_waiting` draws ties that wait for the other's answer, dashed: they meet at
    whoever did not answer, which is for staff.
    """
    listable = {key: person for key, person in network.people.items() if person.on_map}
    drawn, waiting = (
        [tie for tie in some if tie.a in listable and tie.b in listable]
        for some in (network.ties, network.unconfirmed_ties if with_waiting else ())
    )
    # Ties to people who are not drawn are nobody's to see, but they count: whoever has one is not alone.
    degrees = Counter(key for tie in network.ties for key in tie.pair)
    spots = _spots(list(listable), degrees, places)
    called = {person.key: (names or {}).get(person.key, person.name) for person in listable.values()}
    style = style or (NameStyle.NAMES if is_named else NameStyle.CODES)
    ids = {key: person_id(key) for key in listable}
    also = _more_private(listable.values(), called, style, ids=ids)
    nodes = [
        _node(
            id_=ids[key],
            name=called[key],
            also={each: shown[key] for each, shown in also.items()},
            ties=degrees[key],
            spot=spots[key],
            bridging=None if bridging is None else bridging.get(key, 0.0),
            is_silent=key in silent,
        )
        for key in listable
    ]
    kinds = {kind: single_line(kind, longest=LONGEST_KIND) for tie in (*drawn, *waiting) for kind in tie.kinds}
    edges = [
        _edge(tie, ids=ids, kinds=kinds, is_confirmed=confirmed, qualities=qualities)
        for tied, confirmed in ((drawn, True), (waiting, False))
        for tie in tied
    ]
    net = _prepared(nodes, edges)
    return Drawing(
        people=tuple(listable.values()),
        pairs=tuple(tie.pair for tie in (*drawn, *waiting)),
        nodes=tuple(MappingProxyType(node) for node in net.nodes),
        edges=tuple(MappingProxyType(edge) for edge in net.edges),
        options=MappingProxyType(net.options),
        listable=tuple(listable.values()),
        is_part=False,
        is_named=is_named,
        style=style,
        has_bridging=bridging is not None,
        hatched="did not answer" if network.are_respondents_recorded else "named nobody",
        qualities=tuple(quality for quality in qualities if any(quality in edge["said"] for edge in edges)),
    )


def _id_of(quality: str) -> str:
    """What stands for a measure of ties in addresses: its name, or for a column of the sheet's own no word of it."""
    word = tie_value_name(quality)
    return word if word != quality else f"own-{digest_of(quality)[:8]}"


def person_id(key: PersonKey) -> str:
    """What stands for a person in drawings and addresses: the same in every view, and no way back to who it is."""
    return person_code(key, secret=installation_secret())


def _more_private(
    people: Iterable[Person], called: Mapping[PersonKey, str], style: NameStyle, *, ids: Mapping[PersonKey, str]
) -> dict[str, dict[PersonKey, str]]:
    """What people are called in each style that says less than the one they are called in."""
    if style is not NameStyle.NAMES:
        return {}
    listed = list(people)
    organizations = {person.key: called[person.key] for person in listed if person.kind is Kind.ORGANIZATION}
    short = initials({person.key: called[person.key] for person in listed if person.key not in organizations})
    return {
        NameStyle.INITIALS.value: organizations | short,
        NameStyle.CODES.value: codes({person.key: ids[person.key] for person in listed}),
    }


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


def _field(spots: Sequence[Place], *, is_part: bool) -> dict[str, Any] | None:
    """The field on which people without a tie stand, and what is written on it; None where there is nobody.

    In a part of the network others may have no tie that is shown: these have none to anybody at all.
    """
    if not spots:
        return None
    who = pluralize(len(spots), "person", "people").capitalize()
    left, top = min(x for x, _ in spots) - FIELD_EDGE, min(y for _, y in spots) - FIELD_EDGE
    right, bottom = max(x for x, _ in spots) + FIELD_EDGE, max(y for _, y in spots) + FIELD_EDGE
    return {
        "x": round(left, 1),
        "y": round(top, 1),
        "width": round(right - left, 1),
        "height": round(bottom - top, 1),
        "text": f"{who} without a tie to anybody" if is_part else f"{who} without a tie",
    }


def _node(
    *,
    id_: str,
    name: str,
    also: Mapping[str, str],
    ties: int,
    spot: Place,
    bridging: float | None,
    is_silent: bool,
) -> dict[str, Any]:
    node: dict[str, Any] = {
        "id": id_,
        "name": single_line(name, longest=LONGEST_NAME) or "(no name)",
        "x": spot[0],
        "y": spot[1],
        "ties": ties,
        "silent": is_silent,
    }
    node |= {style: single_line(shown, longest=LONGEST_NAME) or "?" for style, shown in also.items()}
    if bridging is not None:
        node["bridging"] = round(bridging, 5) if math.isfinite(bridging) else 0.0
    return node


def told_of(people: Sequence[Person], column: str) -> dict[str, Any] | None:
    """One attribute as a column: each value once, and for everybody the value's number (-1 where nothing is said);
    None where nobody says anything."""
    values: dict[str, int] = {}
    said = [single_line(person.attributes.get(column, ""), longest=120) for person in people]
    of = [values.setdefault(value, len(values)) if value else -1 for value in said]
    return {"label": single_line(column, longest=LONGEST_LABEL), "values": list(values), "of": of} if values else None


def _edge(
    tie: Tie, *, ids: Mapping[PersonKey, str], kinds: Mapping[str, str], is_confirmed: bool, qualities: Sequence[str]
) -> dict[str, Any]:
    strength = tie.strength if tie.strength is not None and math.isfinite(tie.strength) else None
    edge: dict[str, Any] = {
        "from": ids[tie.a],
        "to": ids[tie.b],
        "kinds": sorted({kinds[kind] for kind in tie.kinds}),
    }
    if strength is not None:
        edge["strength"] = int(strength) if strength == int(strength) else strength
    said = {quality: average_answer(tie, quality) for quality in qualities}
    edge["said"] = {quality: round(mean, 2) for quality, mean in said.items() if mean is not None}
    if not is_confirmed:
        edge["dashes"] = True
    return edge


def _prepared(nodes: list[dict[str, Any]], edges: list[dict[str, Any]]) -> Any:
    """A pyvis network that holds them. Filled directly: `add_edge` looks through all edges each time."""
    from pyvis.network import Network

    net = Network(height="100%", width="100%", cdn_resources="local")
    net.nodes = nodes
    net.edges = edges
    net.options = {
        "autoResize": False,
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False, "randomSeed": 1},
        "interaction": {"hover": False, "keyboard": False, "navigationButtons": False, "zoomSpeed": 0.6},
    }
    return net


def digest_of(told: object) -> str:
    """A digest of anything that is JSON: equal things have equal ones."""
    return hashlib.blake2b(json.dumps(told, sort_keys=True).encode(), digest_size=9).hexdigest()


def _faintness(ties: int, people: int) -> float:
    """How strongly ties are drawn, so that many do not make a grey cloud: 0.5 for few, 0.14 for very many."""
    if not people:
        return 0.5
    return round(max(0.14, min(0.5, 0.55 - 0.075 * ties / people - 0.00004 * ties)), 3)


def _many_ties(ties: Sequence[int]) -> int:
    """From how many ties on a name is set in bold: the best connected twentieth, at least four ties."""
    ranked = sorted(ties, reverse=True)
    return max(4, ranked[len(ranked) // 20]) if ranked else 4


def _colors(colors: palette.Palette) -> dict[str, Any]:
    return {
        "paper": colors.paper,
        "ink": colors.ink,
        "muted": colors.muted,
        "quiet": colors.quiet,
        "accent": colors.accent,
        "groups": list(colors.groups),
        "lines": [
            {"colour": color, "dashes": list(dashes)}
            for color, dashes in zip(
                (*colors.leanings, colors.ink, colors.accent_text, colors.groups[2], colors.quiet),
                LINES,
                strict=True,
            )
        ],
    }
