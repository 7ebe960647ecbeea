"""The map: a drawing with colors, a legend, and a description, as plain values for a browser."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any

from nethealth.network.map.legend import MOST_GROUPS, OTHER, Coloring, LegendEntry, color_people
from nethealth.network.map.model import PROFILE_COLUMNS, Drawing, attribute_column, digest
from nethealth.network.map.regions import Regions, choose_regions
from nethealth.network.map.room import Room
from nethealth.presentation import palette
from nethealth.presentation.formatting import single_line
from nethealth.workbook.records import Person

COLUMN_TABLES = frozenset({"people", "ties"})
"""The entries of `NetworkMap.as_json` whose columns can change one by one."""
LONGEST_TITLE = 80


@dataclass(frozen=True, kw_only=True, eq=False)
class NetworkMap:
    """The map, ready to be drawn."""

    drawing: Drawing
    coloring: Coloring
    regions: Regions
    color_column: Mapping[str, Any] | None = None
    """The attribute that colors the map, as a column like those of `Drawing.attributes`; None if it is among them."""
    description: str = ""
    """The map in words, for people who can't see it. It names no one."""
    description_names: str = ""
    """What the description leaves out: people by the names that the drawing shows."""
    title: str = ""
    """The network's name, for a screen or picture that shows nothing but the map."""
    wave: str = ""
    """The wave's name; empty if it has none."""
    source: str = ""
    """Where the map comes from and of which day, for a picture that leaves the app."""
    is_for_staff: bool = False
    """True if staff see it, who may turn on the names of people with no connections."""

    def described(self, description: str, *, names: str = "") -> NetworkMap:
        """Return the same map with a description, and who is who in it."""
        return replace(
            self,
            description=single_line(description, longest=2_000),
            description_names=single_line(names, longest=1_000),
        )

    def titled(self, title: str, *, wave: str | None, source: str = "", is_for_staff: bool = False) -> NetworkMap:
        """Return the same map with the names of its network and wave, and where it comes from."""
        return replace(
            self,
            title=single_line(title, longest=LONGEST_TITLE),
            wave=single_line(wave or "", longest=LONGEST_TITLE),
            source=source,
            is_for_staff=is_for_staff,
        )

    @cached_property
    def nodes(self) -> tuple[Mapping[str, Any], ...]:
        """The people, each with their group, color, shape, and attributes."""
        return tuple(
            MappingProxyType({
                **node,
                "group": group,
                "shape": palette.SHAPES[group] if group >= 0 else palette.OTHER_SHAPE,
                "color": palette.CATEGORY_COLORS[group] if group >= 0 else palette.FAINT,
                "attributes": [
                    [column["label"], column["values"][column["indexes"][place]]]
                    for column in self._attributes
                    if column["indexes"][place] >= 0
                ],
            })
            for place, (node, group) in enumerate(zip(self.drawing.nodes, self.coloring.groups, strict=True))
        )  # fmt: skip

    @property
    def edges(self) -> tuple[Mapping[str, Any], ...]:
        """The ties."""
        return self.drawing.edges

    @property
    def legend(self) -> tuple[LegendEntry, ...]:
        """The values that color the map, and how many people have each."""
        return self.coloring.legend

    @cached_property
    def room(self) -> Room:
        """What a room sees of it."""
        return Room(self.drawing)

    @property
    def legend_for_room(self) -> tuple[LegendEntry, ...]:
        """The legend without people who have no connections."""
        counts = Counter(group for group, ties in zip(self.coloring.groups, self.room.ties_of, strict=True) if ties)
        counted = (replace(entry, count=counts[entry.group]) for entry in self.legend)
        return tuple(entry for entry in counted if entry.count)

    @property
    def region_noun(self) -> str:
        """What a region is called, as in `from one cluster to another`."""
        title = self.coloring.title
        if self.regions.kind == "found":
            return "cluster"
        return title.lower() if title.istitle() else title

    @property
    def shown(self) -> int:
        """How many people are drawn."""
        return len(self.drawing.people)

    @property
    def total(self) -> int:
        """How many people could be drawn: `shown`, and those excluded by a filter."""
        return len(self.drawing.listable)

    def as_json(self) -> dict[str, Any]:
        """Return what the map's script reads: lists, texts, and numbers, in columns. Do not change the result."""
        return self._packed

    @property
    def version(self) -> str:
        """A digest of all that is drawn: equal maps have equal versions."""
        return str(self._packed["version"])

    def changes_from(self, other: NetworkMap) -> dict[str, Any]:
        """Return the entries of `as_json` that differ from the other map; of people and ties, only those columns.

        A browser that has the other map applies these, so that it is not sent again what it has.
        """
        ours, theirs = self.as_json(), other.as_json()
        changes = {name: value for name, value in ours.items() if value != theirs[name]}
        for name in changes.keys() & COLUMN_TABLES:
            changes[name] = {column: cells for column, cells in ours[name].items() if cells != theirs[name][column]}
        return changes

    @property
    def _attributes(self) -> list[Mapping[str, Any]]:
        return [*self.drawing.attributes, *([self.color_column] if self.color_column else ())]

    @cached_property
    def _packed(self) -> dict[str, Any]:
        drawing, coloring = self.drawing, self.coloring
        colored: dict[str, Any] = {
            "attributes": self._attributes,
            "legend": {
                "title": coloring.title,
                "nonresponse_label": drawing.nonresponse_label,
                "entries": [
                    {"group": entry.group, "label": entry.label, "count": entry.count, "shape": entry.shape}
                    for entry in coloring.legend
                ],
            },
            "regions": {**self.regions.as_json(), "noun": self.region_noun},
            "description": self.description,
            "description_names": self.description_names,
            "title": self.title,
            "wave": self.wave,
            "source": self.source,
            "for_staff": self.is_for_staff,
            "counts": self.room.counts_text,
        }
        groups = list(coloring.groups)
        # By the version, the browser sees that nothing has changed. Positions may differ between readings of the same
        # workbook, so the version follows from what is drawn and not from the workbook.
        version = digest([drawing.digest, groups, colored])
        return drawing.packed | colored | {"people": {**drawing.packed["people"], "group": groups}, "version": version}


def color_map(drawing: Drawing, column: str | None, *, among: Iterable[Person] | None = None) -> NetworkMap:
    """Return the map of a drawing, colored by the attribute `column` (None: by cluster, if there are any).

    Its eight most frequent values `among` these people (everyone who could be drawn unless given) have a color each, so
    that a value keeps its color from wave to wave; all others are "Other".
    """
    is_in_profile = column is None or (drawing.is_named and column in PROFILE_COLUMNS)
    coloring = color_people(
        drawing.people,
        column,
        among=drawing.listable if among is None else among,
        # Without names, the value may be hidden.
        blank="No value" if drawing.is_named else "No value shown",
    )
    if column is None and drawing.clusters.names:
        coloring = replace(coloring, groups=_groups_by_cluster(drawing))
    return NetworkMap(
        drawing=drawing,
        coloring=coloring,
        regions=choose_regions(
            drawing.clusters,
            [person.key for person in drawing.people],
            column=column,
            groups=coloring.groups,
            legend=coloring.legend,
            pairs=drawing.places,
            betweenness=[node["betweenness"] for node in drawing.nodes] if drawing.has_betweenness else (),
        ),
        color_column=None if column is None or is_in_profile else attribute_column(drawing.people, column),
    )


def _groups_by_cluster(drawing: Drawing) -> tuple[int, ...]:
    """A color for each of the largest clusters, so that they can be told apart."""
    numbers = (drawing.clusters.number_of.get(person.key, OTHER) for person in drawing.people)
    return tuple(number if number < MOST_GROUPS else OTHER for number in numbers)
