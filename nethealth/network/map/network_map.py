"""The map: a drawing with its colours, its legend and what it says in words, as plain values for a browser."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any

from nethealth.network.map.legend import Coloring, LegendEntry, color_people
from nethealth.network.map.model import ABOUT, Drawing, digest_of, told_of
from nethealth.presentation import palette
from nethealth.presentation.formatting import single_line
from nethealth.workbook.records import Person

IN_COLUMNS = frozenset({"people", "ties"})
"""What is told in columns that can change one by one."""


@dataclass(frozen=True, kw_only=True, eq=False)
class NetworkMap:
    """The map, ready to be drawn. `nodes`, `edges` and `options` are what vis-network takes, and hold JSON alone."""

    drawing: Drawing
    coloring: Coloring
    by: Mapping[str, Any] | None = None
    """What is told of people since it colours them, as a column like those of `Drawing.about`."""
    words: str = ""
    """The map in words, for those who do not see it. Nobody is named in it."""
    named: str = ""
    """What the words leave out: people by what they are called in the drawing's style."""

    def saying(self, words: str, *, named: str = "") -> NetworkMap:
        """The same map with what it says in words, and who is who in them."""
        return replace(self, words=single_line(words, longest=2_000), named=single_line(named, longest=1_000))

    @cached_property
    def nodes(self) -> tuple[Mapping[str, Any], ...]:
        """The people, each with the colour, shape and group that they have, and what is told `about` them."""
        return tuple(
            MappingProxyType({
                **node,
                "group": group,
                "shape": palette.SHAPES[group] if group >= 0 else palette.OTHER_SHAPE,
                "color": palette.GROUPS[group] if group >= 0 else palette.QUIET,
                "about": [
                    [column["label"], column["values"][column["of"][at]]]
                    for column in self._about
                    if column["of"][at] >= 0
                ],
            })
            for at, (node, group) in enumerate(zip(self.drawing.nodes, self.coloring.groups, strict=True))
        )  # fmt: skip

    @property
    def edges(self) -> tuple[Mapping[str, Any], ...]:
        """The ties."""
        return self.drawing.edges

    @property
    def options(self) -> Mapping[str, Any]:
        """What vis-network is told of how to draw."""
        return self.drawing.options

    @property
    def legend(self) -> tuple[LegendEntry, ...]:
        """The values that colour the map, and how many people have each."""
        return self.coloring.legend

    @property
    def shown(self) -> int:
        """How many people are drawn."""
        return len(self.drawing.people)

    @property
    def of(self) -> int:
        """People who could be drawn: `shown` and those whom a filter left out."""
        return len(self.drawing.listable)

    def as_json(self) -> dict[str, Any]:
        """The form that the drawing reads: plain lists, texts and numbers, in columns. Do not change what it holds."""
        return self._packed

    @property
    def version(self) -> str:
        """A digest of all that is drawn: equal maps have equal ones."""
        return str(self._packed["version"])

    def changes_on(self, other: NetworkMap) -> dict[str, Any]:
        """What of `as_json` is not as in `other`: whole entries, of people and ties those columns alone.

        A browser that has the other map makes this one of it, and is not sent again what it knows.
        """
        ours, theirs = self.as_json(), other.as_json()
        changed = {name: value for name, value in ours.items() if value != theirs[name]}
        for name in changed.keys() & IN_COLUMNS:
            changed[name] = {column: told for column, told in ours[name].items() if told != theirs[name][column]}
        return changed

    @property
    def _about(self) -> list[Mapping[str, Any]]:
        return [*self.drawing.about, *([self.by] if self.by else ())]

    @cached_property
    def _packed(self) -> dict[str, Any]:
        drawing, chosen = self.drawing, self.coloring
        colored: dict[str, Any] = {
            "about": self._about,
            "legend": {
                "title": chosen.title,
                "hatched": drawing.hatched,
                "entries": [
                    {"group": entry.group, "label": entry.label, "count": entry.count, "shape": entry.shape}
                    for entry in chosen.legend
                ],
            },
            "words": self.words,
            "named": self.named,
        }
        groups = list(chosen.groups)
        # Equal maps have equal versions: the living map tells by it that nothing has changed.
        version = digest_of([drawing.digest, groups, colored])
        return drawing.packed | colored | {"people": {**drawing.packed["people"], "group": groups}, "version": version}


def color_map(drawing: Drawing, column: str | None, *, among: Iterable[Person] | None = None) -> NetworkMap:
    """The map of a drawing, coloured by the attribute `column` (None: one colour for all).

    Its eight most frequent values `among` these people (all who could be drawn unless given) have a colour each, so
    that a value keeps its own from wave to wave; all others are "Other".
    """
    return NetworkMap(
        drawing=drawing,
        coloring=color_people(drawing.people, column, among=drawing.listable if among is None else among),
        by=None if column is None or (drawing.is_named and column in ABOUT) else told_of(drawing.people, column),
    )
