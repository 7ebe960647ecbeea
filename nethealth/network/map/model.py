"""The drawing: where people stand and who is connected, as plain values that a browser can draw.

A drawing includes no one who must stay off the map, no keys, emails, or links, and only bounded plain text from cells.
Callers insert its texts as text, never as HTML. It travels in columns, because rows would repeat every heading for
each of thousands of people. Ids are codes that tell people apart and say nothing about them.
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
from nethealth.network.map.drawing_limits import choose_people, choose_ties, limits_text
from nethealth.network.map.legend import LONGEST_LABEL
from nethealth.network.map.regions import NO_CLUSTERS, NO_REGION, Clusters
from nethealth.presentation import palette
from nethealth.presentation.formatting import LONGEST_MEASURE, single_line, tie_value_name
from nethealth.privacy.codes import installation_secret, person_code
from nethealth.privacy.display_names import codes, initials
from nethealth.workbook.records import Person, PersonKey
from nethealth.workbook.schema.vocabulary import STRENGTH, Kind, NameStyle

Position = tuple[float, float]

LONGEST_NAME = 60
LONGEST_KIND = 60
UNIT = 66.0
"""The layout's unit, about the length of a tie, in map units."""
AREA_EDGE = 40.0
PROFILE_COLUMNS = ("Organization", "Role", "Region")
"""Attributes that the map shows about people, whatever colors it."""
LINE_DASHES = ((), (11, 5), (2, 4), (13, 4, 2, 4), (5, 5), (1.5, 7))
"""How ties of the five most frequent types are dashed, and all others last: color is never the only difference."""
OPTIONS: Mapping[str, Any] = MappingProxyType({
    "autoResize": False,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "interaction": {"hover": False, "keyboard": False, "navigationButtons": False, "zoomSpeed": 0.6},
})  # fmt: skip
"""What the drawing library is set to: positions are ours, so it simulates nothing."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Drawing:
    """Who is where and who is connected, before the map is colored."""

    people: tuple[Person, ...]
    """The people drawn, in the order of `nodes`."""
    pairs: tuple[tuple[PersonKey, PersonKey], ...]
    """The connected pairs, in the order of `edges`."""
    nodes: tuple[Mapping[str, Any], ...]
    edges: tuple[Mapping[str, Any], ...]
    listable: tuple[Person, ...]
    """The people who could be drawn: `people`, and anyone excluded by a filter."""
    is_named: bool
    """True if people are shown by their names."""
    style: NameStyle
    """How people are shown: by name, initials, or code."""
    has_betweenness: bool
    """True if nodes have a betweenness."""
    nonresponse_label: str
    """What hollow people have in common."""
    measures: tuple[str, ...]
    """The measures of ties that edges have, in order."""
    clusters: Clusters
    """The clusters that the map shows as regions; nodes have their numbers."""
    selected_people: int
    selected_ties: int
    """How many people and ties would be drawn if there were no limit; more than `nodes` and `edges` in very large
    networks only."""

    @property
    def limits_text(self) -> str:
        """What is left out because there is too much to draw; empty if nothing is."""
        return limits_text(
            people=len(self.nodes), of_people=self.selected_people, ties=len(self.edges), of_ties=self.selected_ties
        )

    def subset(
        self, people: Collection[PersonKey], ties: Collection[tuple[PersonKey, PersonKey]] | None = None
    ) -> Drawing:
        """Return the drawing of these people and ties only, everyone in the same place and at the same size."""
        node_places = [place for place, person in enumerate(self.people) if person.key in people]
        edge_places = [
            place
            for place, pair in enumerate(self.pairs)
            if pair[0] in people and pair[1] in people and (ties is None or pair in ties)
        ]
        return replace(
            self,
            people=tuple(self.people[place] for place in node_places),
            pairs=tuple(self.pairs[place] for place in edge_places),
            nodes=tuple(self.nodes[place] for place in node_places),
            edges=tuple(self.edges[place] for place in edge_places),
            selected_people=len(node_places),
            selected_ties=len(edge_places),
        )

    @cached_property
    def places(self) -> list[tuple[int, int]]:
        """For each tie, where its two people are in `nodes`."""
        place_of = {node["id"]: place for place, node in enumerate(self.nodes)}
        return [(place_of[edge["from"]], place_of[edge["to"]]) for edge in self.edges]

    @cached_property
    def isolates(self) -> Mapping[str, Any] | None:
        """The area for people with no connections, and its label; None if everyone is connected."""
        positions = [(float(node["x"]), float(node["y"])) for node in self.nodes if not node["ties"]]
        return _isolate_area(positions)

    @cached_property
    def attributes(self) -> list[dict[str, Any]]:
        """What the map shows about people whatever colors it, in columns; nothing if they are not shown by name."""
        columns = [attribute_column(self.people, column) for column in (PROFILE_COLUMNS if self.is_named else ())]
        return [column for column in columns if column]

    @cached_property
    def packed(self) -> dict[str, Any]:
        """All that a browser needs to draw it, in columns."""
        return {
            "people": self._people_columns(),
            "name_styles": {
                "shown": self.style.value,
                "others": {
                    style: [node[style] for node in self.nodes]
                    for style in (NameStyle.INITIALS.value, NameStyle.CODES.value)
                    if self.nodes and style in self.nodes[0]
                },
            },
            "attributes": self.attributes,
            "ties": self._tie_columns(),
            "scale": {f"{value:g}": label for value, label in STRENGTH.points},
            "shapes": {"groups": list(palette.SHAPES), "other": palette.OTHER_SHAPE},
            "options": dict(OPTIONS),
            "shown": len(self.people),
            "total": len(self.listable),
            "isolates": dict(self.isolates) if self.isolates else None,
            "tie_opacity": _tie_opacity(len(self.edges), len(self.nodes)),
            "palettes": {"light": _colors(palette.LIGHT), "dark": _colors(palette.DARK)},
            "fonts": {"text": palette.TEXT_FONTS, "title": palette.TITLE_FONTS},
        }

    @cached_property
    def digest(self) -> str:
        """Equal drawings have equal digests."""
        return digest(self.packed)

    def _people_columns(self) -> dict[str, Any]:
        columns = ("id", "name", "x", "y", "ties")
        return {
            **{column: [node[column] for node in self.nodes] for column in columns},
            "betweenness": [node["betweenness"] for node in self.nodes] if self.has_betweenness else None,
            "nonrespondents": [place for place, node in enumerate(self.nodes) if node["is_nonrespondent"]],
            "organizations": [place for place, node in enumerate(self.nodes) if node["is_organization"]],
            "cluster": [node["cluster"] for node in self.nodes],
            "hidden_ties": [
                [place, node["hidden_ties"]] for place, node in enumerate(self.nodes) if node["hidden_ties"]
            ],
        }

    def _tie_columns(self) -> dict[str, Any]:
        kinds_by_edge = [tuple(edge["kinds"]) for edge in self.edges]
        frequency = Counter(kind for kinds, count in Counter(kinds_by_edge).items() for kind in kinds * count)
        names = sorted(frequency, key=lambda kind: (-frequency[kind], kind))
        number_of = {kind: number for number, kind in enumerate(names)}
        numbers = {kinds: tuple(sorted(number_of[kind] for kind in kinds)) for kinds in set(kinds_by_edge)}
        sets = sorted(set(numbers.values()))
        set_number = {kinds: number for number, kinds in enumerate(sets)}
        return {
            "from": [start for start, _ in self.places],
            "to": [end for _, end in self.places],
            "strength": [edge.get("strength") for edge in self.edges],
            "kinds": [set_number[numbers[kinds]] for kinds in kinds_by_edge],
            "kind_names": names,
            "kind_sets": [list(kinds) for kinds in sets],
            "unconfirmed": [place for place, edge in enumerate(self.edges) if edge["is_unconfirmed"]],
            "introduced": [place for place, edge in enumerate(self.edges) if edge["is_introduced"]],
            "one_sided": [place for place, edge in enumerate(self.edges) if edge["is_one_sided"]],
            "measures": [
                {
                    "id": _measure_id(measure),
                    "label": single_line(tie_value_name(measure), longest=LONGEST_MEASURE),
                    "values": [edge["measures"].get(measure) for edge in self.edges],
                }
                for measure in self.measures
            ],
        }


def draw_network(
    network: Network,
    *,
    positions: Mapping[PersonKey, Position],
    names: Mapping[PersonKey, str] | None = None,
    is_named: bool = True,
    style: NameStyle | None = None,
    betweenness: Mapping[PersonKey, float] | None = None,
    nonrespondents: Collection[PersonKey] = (),
    measures: Sequence[str] = (),
    include_unconfirmed: bool = False,
    introduced: Sequence[Tie] = (),
    part: Network | None = None,
    clusters: Clusters = NO_CLUSTERS,
) -> Drawing:
    """Return the drawing of a network, with everyone at their `positions` as `network.layout` gives them.

    People with `on_map` False, and ties to them, are left out first. Everyone with no connections gets an area of their
    own. `names` says what people are called (their names unless given). With `is_named` False, names are initials or
    codes, and the drawing shows nothing about a person but the value that colors them. `style` says which style `names`
    are in (full names, or codes if `is_named` is False). A drawing of names also has the more private styles, so that
    people can choose.

    `betweenness` (0 to 1) gives sizes. `nonrespondents` of this wave are drawn hollow. Of `measures` (such as Trust),
    edges have the average of what their two people answered, so that lines can show it. `include_unconfirmed` draws
    ties that the other person has not confirmed as dashed lines, and says which ties only one of the two reports; both
    show who did not name whom, so they are for staff.

    `introduced` are ties that came after the wave. They are dashed, too, and don't count.

    `clusters` are the parts that the map shows as regions.

    With `part`, only its people and ties are drawn. Of very large networks, not everything is: see `drawing_limits`.
    """
    everyone = {key: person for key, person in network.people.items() if person.on_map}
    # Ties to people off the map are not drawn, but they count: someone who has one is connected.
    degrees = Counter(key for tie in network.ties for key in tie.pair)
    hidden_ties = Counter(
        key for tie in network.ties for key in tie.pair if not (tie.a in everyone and tie.b in everyone)
    )
    source = part or network
    selected = {key: person for key, person in everyone.items() if key in source.people}
    selected_ties = [
        tie
        for tie in (*source.ties, *(source.unconfirmed_ties if include_unconfirmed else ()), *introduced)
        if tie.a in everyone and tie.b in everyone
    ]
    people = choose_people(selected, degrees)
    ties = choose_ties([tie for tie in selected_ties if tie.a in people and tie.b in people])
    shown_names = {person.key: (names or {}).get(person.key, person.name) for person in everyone.values()}
    style = style or (NameStyle.NAMES if is_named else NameStyle.CODES)
    ids = {key: person_id(key) for key in everyone}
    private_names = _more_private_names(everyone.values(), shown_names, style, ids=ids)
    nodes = [
        _node(
            node_id=ids[key],
            name=shown_names[key],
            private_names={each: shown[key] for each, shown in private_names.items()},
            ties=degrees[key],
            hidden_ties=hidden_ties[key],
            position=map_position(positions.get(key)),
            betweenness=None if betweenness is None else betweenness.get(key, 0.0),
            is_nonrespondent=key in nonrespondents,
            # Where people go by codes, what someone is would say who they are.
            is_organization=is_named and people[key].kind is Kind.ORGANIZATION,
            cluster=clusters.number_of.get(key, NO_REGION),
        )
        for key in people
    ]
    kinds = {kind: single_line(kind, longest=LONGEST_KIND) for tie in ties for kind in tie.kinds}
    introduced_pairs = {tie.pair for tie in introduced}
    edges = [
        _edge(
            tie,
            ids=ids,
            kinds=kinds,
            is_unconfirmed=tie.pair not in network.pairs,
            is_introduced=tie.pair in introduced_pairs,
            is_one_sided=include_unconfirmed and len(tie.reported_by) == 1,
            measures=measures,
        )
        for tie in ties
    ]
    return Drawing(
        people=tuple(people.values()),
        pairs=tuple(tie.pair for tie in ties),
        nodes=tuple(MappingProxyType(node) for node in nodes),
        edges=tuple(MappingProxyType(edge) for edge in edges),
        listable=tuple(everyone.values()),
        is_named=is_named,
        style=style,
        has_betweenness=betweenness is not None,
        nonresponse_label="No response" if network.are_respondents_recorded else "Named no one",
        measures=tuple(measure for measure in measures if any(measure in edge["measures"] for edge in edges)),
        clusters=clusters,
        selected_people=len(selected),
        selected_ties=len(selected_ties),
    )


def attribute_column(people: Sequence[Person], column: str) -> dict[str, Any] | None:
    """Return one attribute of everyone: each value once, and for each person the place of theirs (-1 for none).

    None if no one has a value.
    """
    places: dict[str, int] = {}
    values = [single_line(person.attributes.get(column, ""), longest=120) for person in people]
    indexes = [places.setdefault(value, len(places)) if value else -1 for value in values]
    if not places:
        return None
    return {"label": single_line(column, longest=LONGEST_LABEL), "values": list(places), "indexes": indexes}


def person_id(key: PersonKey) -> str:
    """Return the code for a person in drawings and addresses: always the same, and no way back to who it is."""
    return person_code(key, secret=installation_secret())


def digest(value: object) -> str:
    """Return a digest of a JSON value: equal values have equal digests."""
    return hashlib.blake2b(json.dumps(value, sort_keys=True).encode(), digest_size=9).hexdigest()


def _measure_id(measure: str) -> str:
    """The id of a tie measure in addresses: its name, or for the workbook's own column a code without its words."""
    name = tie_value_name(measure)
    return name if name != measure else f"own-{digest(measure)[:8]}"


def _more_private_names(
    people: Iterable[Person], names: Mapping[PersonKey, str], style: NameStyle, *, ids: Mapping[PersonKey, str]
) -> dict[str, dict[PersonKey, str]]:
    """What people are called in each style that says less than the one shown."""
    if style is not NameStyle.NAMES:
        return {}
    listed = list(people)
    organizations = {person.key: names[person.key] for person in listed if person.kind is Kind.ORGANIZATION}
    short = initials({person.key: names[person.key] for person in listed if person.key not in organizations})
    return {
        NameStyle.INITIALS.value: organizations | short,
        NameStyle.CODES.value: codes({person.key: ids[person.key] for person in listed}),
    }


def map_position(position: Position | None) -> Position:
    """Return a position in map units; the center if it's missing or not finite."""
    x, y = position if position is not None and all(map(math.isfinite, position)) else (0.0, 0.0)
    return (round(x * UNIT, 1), round(y * UNIT, 1))


def _isolate_area(positions: Sequence[Position]) -> dict[str, Any] | None:
    if not positions:
        return None
    left, top = min(x for x, _ in positions) - AREA_EDGE, min(y for _, y in positions) - AREA_EDGE
    right, bottom = max(x for x, _ in positions) + AREA_EDGE, max(y for _, y in positions) + AREA_EDGE
    return {
        "x": round(left, 1),
        "y": round(top, 1),
        "width": round(right - left, 1),
        "height": round(bottom - top, 1),
        "label": f"No connections yet: {len(positions):,}",
    }


def _node(
    *,
    node_id: str,
    name: str,
    private_names: Mapping[str, str],
    ties: int,
    hidden_ties: int,
    position: Position,
    betweenness: float | None,
    is_nonrespondent: bool,
    is_organization: bool,
    cluster: int,
) -> dict[str, Any]:
    node: dict[str, Any] = {
        "id": node_id,
        "name": single_line(name, longest=LONGEST_NAME) or "(no name)",
        "x": position[0],
        "y": position[1],
        "ties": ties,
        "hidden_ties": hidden_ties,
        "is_nonrespondent": is_nonrespondent,
        "is_organization": is_organization,
        "cluster": cluster,
    }
    node |= {style: single_line(shown, longest=LONGEST_NAME) or "?" for style, shown in private_names.items()}
    if betweenness is not None:
        node["betweenness"] = round(betweenness, 5) if math.isfinite(betweenness) else 0.0
    return node


def _edge(
    tie: Tie,
    *,
    ids: Mapping[PersonKey, str],
    kinds: Mapping[str, str],
    is_unconfirmed: bool,
    is_introduced: bool,
    is_one_sided: bool,
    measures: Sequence[str],
) -> dict[str, Any]:
    strength = tie.strength if tie.strength is not None and math.isfinite(tie.strength) else None
    averages = {measure: average_answer(tie, measure) for measure in measures}
    edge: dict[str, Any] = {
        "from": ids[tie.a],
        "to": ids[tie.b],
        "kinds": sorted({kinds[kind] for kind in tie.kinds}),
        "is_unconfirmed": is_unconfirmed,
        "is_introduced": is_introduced,
        "is_one_sided": is_one_sided,
        "measures": {measure: round(average, 2) for measure, average in averages.items() if average is not None},
    }
    if strength is not None:
        edge["strength"] = int(strength) if strength == int(strength) else strength
    return edge


def _tie_opacity(ties: int, people: int) -> float:
    """How opaque ties are, so that many do not turn into a gray cloud: 0.5 for few, 0.14 for very many."""
    if not people:
        return 0.5
    return round(max(0.14, min(0.5, 0.55 - 0.075 * ties / people - 0.00004 * ties)), 3)


def _colors(colors: palette.Palette) -> dict[str, Any]:
    line_colors = (*colors.leanings, colors.ink, colors.accent_text, colors.categories[2], colors.faint)
    return {
        "paper": colors.paper,
        "ink": colors.ink,
        "muted": colors.muted,
        "other": colors.faint,
        "accent": colors.accent,
        "groups": list(colors.categories),
        "lines": [
            {"color": color, "dashes": list(dashes)} for color, dashes in zip(line_colors, LINE_DASHES, strict=True)
        ],
    }
